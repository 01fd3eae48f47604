"""Let atheris try the targets, each for so many seconds: `make fuzz`, or `tests/fuzz/run.py [SECONDS] [TARGET…]`.

What breaks a promise is written to tests/fuzz/found/, to be looked at and kept as an invented case in corpus/.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FOUND = HERE / "found"


def fuzz(name: str, seconds: str) -> None:
    """Run one target in this process; it ends the process."""
    import atheris

    with atheris.instrument_imports(include=["app.privacy"]):
        from tests.fuzz.targets import TARGETS, run
    target = TARGETS[name]
    corpus = HERE / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    FOUND.mkdir(exist_ok=True)
    fresh = FOUND / f"corpus-{name}"
    fresh.mkdir(exist_ok=True)
    options = [f"-max_total_time={seconds}", "-max_len=400", f"-artifact_prefix={FOUND}/{name}-", "-timeout=20",
               "-rss_limit_mb=3000", "-print_final_stats=1", str(fresh), str(corpus)]  # fmt: skip
    atheris.Setup([sys.argv[0], *options], lambda data: run(target, data))
    atheris.Fuzz()


def main(arguments: list[str]) -> int:
    """Run every target, or those that are named, in a process of its own; return 1 where one broke."""
    try:
        import atheris  # noqa: F401
    except ImportError:
        print(
            "There is no atheris for this Python, so nothing was tried; the tests in tests/fuzz try a little."
        )
        return 0
    from tests.fuzz.targets import TARGETS

    seconds = arguments[0] if arguments else "60"
    broken = 0
    for name in arguments[1:] or TARGETS:
        print(f"\n{name}, {seconds} s", flush=True)
        broken |= subprocess.run(
            [sys.executable, __file__, "--one", name, seconds], cwd=ROOT, check=False
        ).returncode
    return 1 if broken else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    if sys.argv[1:2] == ["--one"]:
        fuzz(*sys.argv[2:4])
    sys.exit(main(sys.argv[1:]))
