"""A process with a model in it ends cleanly, prints only its own words, and does not repeat a crash."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from local_model import CAPITAL, Watch, ask, engine

from app.core.engines.holder import Phase
from app.core.errors import ModelBroken

pytestmark = pytest.mark.model
HERE = Path(__file__).parent
_STRICT = ("-W", "error", "-W", "ignore::ResourceWarning")
"""llama_cpp itself leaves two files open until the end."""


def _child(profile, work):
    paths = os.pathsep.join([str(HERE), str(HERE.parents[2])])
    return subprocess.run(
        [sys.executable, *_STRICT, str(HERE / "local_child.py"), str(profile), work],
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("work", "said"), [("answer", "Paris"), ("leave", "began"), ("leave-loading", "began")]
)
def test_a_process_ends_cleanly_and_silently(tmp_path, work, said):
    done = _child(tmp_path, work)
    assert (done.returncode, done.stderr) == (0, "")
    assert said in done.stdout
    assert list((tmp_path / "run").glob("loading*")) == []


def test_what_others_print_while_a_model_loads_is_not_lost(tmp_path):
    done = _child(tmp_path, "print")
    assert done.stdout.count("out\n") >= 3
    assert done.stderr == ""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="This system has no SIGKILL.")
def test_a_load_that_ended_the_program_is_not_repeated_unless_asked_for(tmp_path):
    assert _child(tmp_path, "die-loading").returncode == -signal.SIGKILL
    (mark,) = (tmp_path / "run").glob("loading*")
    assert "smollm" not in mark.read_text().lower()
    local = engine(tmp_path)
    watch = Watch(local)
    for _ in range(2):
        with pytest.raises(ModelBroken, match="closed while loading this model last time"):
            ask(local, CAPITAL)
    assert local.state.phase is Phase.FAILED
    local.load_anyway()
    watch.wait(Phase.READY)
    assert "Paris" in ask(local, CAPITAL)[0]
    local.close()
    assert list((tmp_path / "run").glob("loading*")) == []
