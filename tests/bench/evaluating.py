"""Compare the ways of working together on a real pair of models, with what was generated before.

    python tests/bench/evaluating.py SET.jsonl --keep FOLDER [--local GGUF] [--cloud GGUF]
        [--drafts PROMPTS.jsonl ANSWERS.jsonl] [--replies PROMPTS.jsonl ANSWERS.jsonl] [--made]
        [--echo] [--figures FILE.json] [-- options of `confidant evaluate`]

Sets up a profile in FOLDER whose cloud is on loopback (`cloud_cache.py`), puts the answers of the local model
where `confidant evaluate --answers` finds them, and runs it. A second run goes on, and takes seconds where
all answers are known. With --made only the questions with answers of both models are asked. With --echo the
cloud and the local model say each question back: what comes out of the cloud must then be the question itself,
letter by letter, so that `quality` says how exactly private details are put back. With --figures the rows go,
under the set's and the models' names, into a file that holds the figures of all sets.
"""

import argparse
import json
import sys
import time
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))

from cloud_cache import Cache, cloud_cache
from fakes import parrot

from app.assembly import build
from app.commands import evaluate
from app.core.engines.echo import EchoEngine
from app.core.evaluation.recorded import Recording, append, key_of
from app.core.evaluation.replay import Outcome
from app.core.evaluation.report import rows
from app.core.evaluation.sets import read
from app.core.paths import Paths
from app.core.settings import (
    CLOUD_BASE_URL,
    CLOUD_ENABLED,
    LOCAL_MAX_TOKENS,
    LOCAL_MODEL,
)
from app.core.types import Generation, Message, Prompt, Role, Usage

MAX_TOKENS = 400
"""Of the generated answers."""


def main() -> int:
    options = _options()
    options.keep.mkdir(parents=True, exist_ok=True)
    paths = Paths(options.keep.resolve() / "profile")
    paths.create()
    answers = options.keep / "answers.jsonl"
    cache = Cache(options.keep / "cloud.jsonl")
    known = sum(cache.preload(*pair) for pair in options.replies)
    with _cloud(options, cache) as server:
        name = _set_up(paths, server.address, options.local)
        if options.drafts:
            answers.unlink(missing_ok=True)
        drafted = sum(_draft(answers, name, *pair) for pair in options.drafts)
        print(f"{drafted} drafts, {known} replies were there already.", file=sys.stderr)
        arguments = [str(_questions(options)), "--yes", "--resume", "--out", str(options.keep), *options.more]
        if not options.echo:
            arguments += ["--answers", str(answers)]
        code = _run(paths, arguments, EchoEngine() if options.echo else None)
    if options.figures:
        models = ["echo", "echo"] if options.echo else [_name(options.local), _name(options.cloud)]
        _write_figures(options, models)
    print(f"Of the cloud's replies {cache.hits} were kept, {cache.misses} were not.", file=sys.stderr)
    return code


def _run(paths: Paths, arguments: list[str], local: EchoEngine | None) -> int:
    """Run the command in this process, for only so can the local model be another one."""
    parser = argparse.ArgumentParser()
    evaluate.add_to(parser.add_subparsers())
    options = parser.parse_args(["evaluate", *arguments])
    confidant = build(paths, local=local)
    try:
        return options.run(confidant, options)
    finally:
        confidant.close()


def _write_figures(options: argparse.Namespace, models: list[str]) -> None:
    """Put the rows into the file of all figures; no text of any question is in them."""
    _, *lines = _rows(options.keep / "outcomes.jsonl")
    questions = read(options.keep / options.set.name)
    found = rows([Outcome(**line) for line in lines], 1)
    path = options.figures
    figures = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"sets": {}}
    figures["command"] = (
        "python tests/bench/evaluating.py SET.jsonl --keep FOLDER --figures FILE (see --help)"
    )
    figures["sets"][f"{questions.name}: {' and '.join(models)}"] = {
        "measured_on": time.strftime("%Y-%m-%d"),
        "n": found[0].n,
        "measure": questions.measure,
        "arms": [row.as_json() for row in found],
    }
    rounded = json.loads(json.dumps(figures), parse_float=lambda digits: round(float(digits), 4))
    path.write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")


def _name(model: Path | None) -> str:
    return model.stem if model else "answers made before"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("set", type=Path)
    parser.add_argument("--keep", type=Path, required=True)
    parser.add_argument("--local", type=Path)
    parser.add_argument("--cloud", type=Path)
    parser.add_argument("--drafts", nargs=2, type=Path, action="append", default=[])
    parser.add_argument("--replies", nargs=2, type=Path, action="append", default=[])
    parser.add_argument("--made", action="store_true")
    parser.add_argument("--echo", action="store_true")
    parser.add_argument("--figures", type=Path)
    said = sys.argv[1:]
    cut = said.index("--") if "--" in said else len(said)
    return parser.parse_args(said[:cut], argparse.Namespace(more=said[cut + 1 :]))


@contextmanager
def _cloud(options, cache):
    with parrot(piece=7) if options.echo else cloud_cache(cache, options.cloud) as server:
        yield server


def _set_up(paths: Paths, address: str, local: Path | None) -> str:
    confidant = build(paths)
    try:
        confidant.start()
        confidant.settings.set(CLOUD_ENABLED, True)
        confidant.settings.set(CLOUD_BASE_URL, address)
        confidant.settings.set(LOCAL_MAX_TOKENS, MAX_TOKENS)
        confidant.settings.set(LOCAL_MODEL, str(local) if local else "")
        return confidant.local.name
    finally:
        confidant.close()


def _draft(path: Path, name: str, prompts: Path, answers: Path) -> int:
    """Write generated answers as `Recorded` reads them."""
    asked = {row["id"]: row["messages"] for row in _rows(prompts)}
    count = 0
    for row in _rows(answers):
        messages = tuple(Message(Role(each["role"]), each["content"]) for each in asked[row["id"]])
        prompt = Prompt(messages, Generation(max_tokens=MAX_TOKENS))
        usage = Usage(row["usage"]["prompt_tokens"], row["usage"]["completion_tokens"])
        made = Recording(row["text"], usage, row["finish"] == "length", 1000 * row["s"], tuple(row["lp"]))
        append(path, name, key_of(name, prompt), made)
        count += 1
    return count


def _questions(options: argparse.Namespace) -> Path:
    """Write the questions that are to be asked; those of --echo ask for themselves."""
    asked = _rows(options.set)
    if options.made:
        made = [
            {row["id"] for pair in pairs for row in _rows(pair[1])}
            for pairs in (options.drafts, options.replies)
            if pairs
        ]
        asked = [row for row in asked if all(_id(row) in each for each in made)]
        (options.keep / "outcomes.jsonl").unlink(missing_ok=True)  # by now there may be more of them
    if options.echo:
        asked = [{**row, "demands": {"exact": row["text"]}} for row in asked]
    path = options.keep / options.set.name
    path.write_text("".join(json.dumps(row) + "\n" for row in asked), encoding="utf-8")
    return path


def _id(row: dict) -> str:
    return row["id"] if "id" in row else f"if:{row['key']}"


def _rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    sys.exit(main())
