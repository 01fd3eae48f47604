"""Run every benchmark, or those that are named, one after the other."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NAMES = ("imports", "start", "filtering", "speed", "rules", "searching", "recall_scale", "streaming")


def main(names: list[str]) -> int:
    """Return 1 where one failed."""
    failed = 0
    for name in names or NAMES:
        done = subprocess.run([sys.executable, str(HERE / f"{name}.py")], cwd=ROOT, check=False)
        if done.returncode:
            print(f"\n{name}: failed", flush=True)
            failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
