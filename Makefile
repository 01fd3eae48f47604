# Two commands are enough: `make run` opens Confidant, `make test` runs its tests. Each sets up what it needs.
# Extra words for the program or for pytest go into ARGS: make test ARGS="tests/privacy -x"

SETUP := packaging/setup.sh
PY := .venv/bin/python
ARGS ?=
DATA ?=
COVERAGE ?=

.DEFAULT_GOAL := help
.PHONY: help run demo test lint check format pictures bench fuzz figures constraints clean

help:  ## say what there is
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="	" read -r name words; do \
	  printf '  make %-12s %s\n' "$$name" "$$words"; done

run:  ## open the window
	@$(SETUP) run
	@.venv/bin/confidant $(ARGS)

demo:  ## open the window on a throw-away profile, with a "cloud" on this machine
	@$(SETUP) run
	@$(PY) packaging/demo.py

test:  ## run the tests
	@$(SETUP) test
	@tests/isolated.sh $(PY) -m pytest $(if $(COVERAGE),--cov --cov-report=term:skip-covered) $(ARGS)

lint:  ## check style, types and who may import whom
	@$(SETUP) tools
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

check:  ## do what the build machine does: lint, then test with coverage
	@.ci/run

format:  ## put the code into its one shape
	@$(SETUP) tools
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .

pictures:  ## take the pictures of the README anew, on a virtual screen
	@$(SETUP) test
	@$(PY) -m pytest tests/end_to_end/test_pictures.py -k "light and 1"
	@cp tests/screenshots/review-light-1x.png resources/screenshots/review-light.png
	@cp tests/screenshots/window-light-1x.png resources/screenshots/window-light.png

bench:  ## measure start, import, filter, search and streaming
	@$(SETUP) run
	@$(PY) tests/bench/all.py $(ARGS)

figures:  ## measure the filter on annotated texts: make figures DATA=folder
	@$(SETUP) run
	@$(PY) packaging/measure_filter.py $(DATA) --command ".venv/bin/confidant sanitize --jsonl" $(ARGS)

fuzz:  ## try random texts on the filter, a minute for each promise: make fuzz ARGS="300 sanitize"
	@$(SETUP) tools
	@$(PY) -m pip install --quiet --disable-pip-version-check -c packaging/constraints.txt atheris || true
	@PYTHONPATH=. $(PY) tests/fuzz/run.py $(ARGS)

constraints:  ## write down the versions that are installed now
	@$(SETUP) test
	@packaging/freeze.sh

clean:  ## remove the environment and what tools left; profiles and compiled wheels stay
	rm -rf .venv .cache build dist .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find app tests packaging -name __pycache__ -type d -exec rm -rf {} +
