"""What the privacy filter costs for a thousand characters, through the command line that people use.

The start of the program is taken out: the same command is timed with one line and with many.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from figures import print_table

ROOT = Path(__file__).resolve().parents[2]
REPEATS = 3
LINES = 200

_TEXT = (
    "Dear Dr. Margaret Whitfield, my name is Tobias Lindqvist and I live at 14 Harbour Lane, Whitby. You can reach me at"
    " tobias.lindqvist@example.org or on +44 20 7946 0958. My card 4111 1111 1111 1111 was charged twice on 3 March 2026"
    " for the same course at Oakfield College. Could you explain in plain words how such a double booking happens, and"
    " write a short, friendly complaint that I can send to their office? Please keep it under two hundred words. "
)


def sanitize(lines: int, level: str, environment: dict[str, str]) -> float:
    """Run the command over so many lines; return the seconds."""
    text = "".join(json.dumps({"id": str(i), "text": f"{_TEXT}{i}"}) + "\n" for i in range(lines))
    command = [sys.executable, "-m", "app", "sanitize", "--jsonl", "--level", level]
    start = time.perf_counter()
    subprocess.run(
        command, input=text, text=True, check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    rows = []
    with tempfile.TemporaryDirectory() as profile:
        environment = {
            **os.environ,
            "CONFIDANT_PROFILE": profile,
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        }
        sanitize(1, "guarded", environment)
        for level in ("open", "guarded", "strict"):
            pairs = [
                (sanitize(1, level, environment), sanitize(LINES, level, environment)) for _ in range(REPEATS)
            ]
            costs = [(many - one) / (LINES - 1) / len(_TEXT) * 1000 for one, many in pairs]
            first = statistics.median(one for one, _ in pairs)
            middle = f"{statistics.median(costs) * 1000:.1f} ms"
            spread = f"{min(costs) * 1000:.1f} to {max(costs) * 1000:.1f}"
            rows.append((level, middle, spread, f"{first:.2f} s"))
    head = ("level", "a thousand characters", "range", "program with one line")
    print_table("The privacy filter", head, rows)


if __name__ == "__main__":
    main()
