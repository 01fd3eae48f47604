"""What a local model's edits are worth: how many of them the check lets pass, and what a paragraph takes.

python tests/bench/edits.py MODEL.gguf [--paragraphs 12]
"""

import argparse
import json
import statistics
import tempfile
import time
from collections import Counter
from pathlib import Path

from figures import print_table

from app.assembly import build
from app.core.cancel import Cancel
from app.core.edit import faithful
from app.core.events import Notice
from app.core.mechanisms.personalizing import PATIENCE, edit_prompt
from app.core.paths import Paths
from app.core.settings import LOCAL_CONTEXT, LOCAL_MODEL

STYLES = ("Write briefly and informally.", "Write at length and formally.")
PARAGRAPHS = (
    "I am writing to inform you that the delivery of 3 May did not arrive. It was expected to contain 40 chairs.",
    "We would be grateful if you could confirm your attendance by Friday, so that we can reserve enough seats.",
    "Thank you very much for your message. Unfortunately I cannot come to the meeting, as I will be in Leeds.",
    "I hope this message finds you well. I wanted to ask whether the heating in my flat could be repaired soon.",
    "Please note that the office will be closed on 24 December. Ms Okonjo will answer urgent calls at home.",
    "It is with great pleasure that we invite you to our garden party, which begins at 15:00 and does not end early.",
    "With regard to your question, the fee of 120 euros is not refundable, but the date may be changed once.",
    "Your application has been received. We will review it and contact you within two weeks, not earlier.",
    "I am sorry for the late reply. The contract was sent to Mr Abernathy, who has not signed it yet.",
    "In my opinion the second draft is better than the first one, because it says clearly what we want.",
    "Could you kindly send me the minutes of the meeting? I was not able to attend, and nobody took notes for me.",
    "As agreed, I will pick up the keys on Monday at 9:30 and bring them back before noon on the same day.",
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path)
    parser.add_argument("--paragraphs", type=int, default=len(PARAGRAPHS))
    chosen = parser.parse_args()
    broken: Counter[str] = Counter()
    times, taken, same = [], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder) / "profile")
        paths.create()
        confidant = build(paths)
        confidant.start()
        confidant.settings.set(LOCAL_MODEL, str(chosen.model))
        confidant.settings.set(LOCAL_CONTEXT, 1024)
        for number, paragraph in enumerate(PARAGRAPHS[: chosen.paragraphs]):
            start = time.perf_counter()
            chunks = confidant.local.stream(edit_prompt(STYLES[number % 2], paragraph), Cancel())
            after = "".join(chunk.text for chunk in chunks if not isinstance(chunk, Notice)).strip()
            times.append(time.perf_counter() - start)
            found = faithful(paragraph, after)
            broken.update(found)
            same += after == paragraph
            taken += not found and after != paragraph
            print(json.dumps([after, found]), flush=True)
        confidant.close()
    count = len(times)
    rows = [
        ("paragraphs", str(count)),
        ("edited and let pass", f"{taken} ({taken / count:.0%})"),
        ("said back as it was", str(same)),
        ("refused for", ", ".join(f"{name} {times_}" for name, times_ in broken.most_common()) or "nothing"),
        ("a paragraph, median", f"{statistics.median(times):.1f} s (an answer may take {PATIENCE:g} s)"),
    ]
    print_table(f"Edits by {chosen.model.stem}", ("what", "figure"), rows)


if __name__ == "__main__":
    main()
