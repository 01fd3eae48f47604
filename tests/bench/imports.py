"""What importing costs over bare Python, in processor time, and what each heavy library would add."""

import os
import statistics
import subprocess
import sys
from pathlib import Path

from figures import milliseconds, print_table

ROOT = Path(__file__).resolve().parents[2]
REPEATS = 7
SUBJECTS = (
    "app",
    "app.cli",
    "app, app.cli, app.assembly",
    "app.ui.application",
    "numpy",
    "openai",
    "spacy",
    "llama_cpp",
    "sqlite_utils",
    "keyring",
    "PySide6.QtWidgets",
)


def processor_time(code: str) -> float:
    """Run a program and return the seconds that it kept a processor busy."""
    child = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{code!r} failed")
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Print the table."""
    rows = []
    for subject in SUBJECTS:
        processor_time(f"import {subject}")
        pairs = [(processor_time("pass"), processor_time(f"import {subject}")) for _ in range(REPEATS)]
        extra = [full - bare for bare, full in pairs]
        rows.append((f"import {subject}", milliseconds(extra), f"{statistics.median(extra) / 0.3:.0%}"))
    print_table("Import over bare Python", ("what", "median (range)", "of the limit of 0.3 s"), rows)


if __name__ == "__main__":
    main()
