"""How long the rules take that every question, draft or pair of answers goes through.

    python tests/bench/rules.py

Milliseconds of processor time beside what is promised; the tests only watch that they do not explode.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from figures import milliseconds, print_table

from app.core.claims import compare
from app.core.task import task_of
from app.core.verify import check

REPEATS = 20
QUESTION = "Write a letter to my landlord in at most 120 words: the heating has been off since Monday."
SENTENCE = "On {} March 19{:02d} Ann Lee paid ${},{:03d} for {} m of rope in Port {}, and did not regret it. "


def answer(step: int) -> str:
    """Make an answer of 3,000 characters that is dense with dates, names, sums and lengths."""
    return "".join(
        SENTENCE.format(n % 28 + 1, n + step, n, n, n + 3, "ABCDEFG"[n % 7] + "rdale") for n in range(34)
    )


def main() -> None:
    """Print the table."""
    local, cloud = answer(0), answer(1)
    letter = f"Summarize this:\n\n{local * 20}"
    draft = (local * 2)[:5_000]
    rows = (
        ("kind of task of a question", "2 ms", lambda: task_of(QUESTION)),
        ("kind of task of 60,000 characters", "8 ms", lambda: task_of(letter)),
        ("faults of a draft of 5,000 characters", "10 ms", lambda: check(QUESTION, draft)),
        ("two answers of 3,000 characters compared", "50 ms", lambda: compare(local, cloud)),
    )
    print_table(
        "Rules",
        ("what", "promised", "median (fastest to slowest)"),
        [(what, promised, milliseconds(spent(work))) for what, promised, work in rows],
    )


def spent(work: Callable[[], object]) -> list[float]:
    """Return the seconds of processor time of some calls, the first one left out."""
    work()
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return times


if __name__ == "__main__":
    main()
