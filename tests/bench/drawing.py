"""How many of the facts that people tell about themselves are drawn, and how many of those drawn are right.

    python tests/bench/drawing.py [--half seen|held|both] [--show] [--model MODEL.gguf]

The sentences are our own (data/tellings.jsonl), split in two with a fixed seed; the rules were made looking at
the first half only. With a model, what it draws in idle time from what the rules left is added. --show prints
what went wrong, and is not for the held half.
"""

import argparse
import json
import random
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from figures import Row, print_table

from app.core.memory.draw import Drawn, draw

SEED = 5
ALIKE = 0.7
"""Words that a drawn fact must share with the expected one, of all words of both."""
Draw = Callable[[str], tuple[Drawn, ...]]


@dataclass(frozen=True)
class Telling:
    lang: str
    kind: str
    text: str
    facts: tuple[str, ...]


def halves() -> dict[str, list[Telling]]:
    """Split the set: of each language and kind one half, as far as that goes."""
    lines = (Path(__file__).parent / "data" / "tellings.jsonl").read_text("utf-8").splitlines()
    tellings = [Telling(**{**json.loads(line), "facts": tuple(json.loads(line)["facts"])}) for line in lines]
    random.Random(SEED).shuffle(tellings)
    tellings.sort(key=lambda telling: (telling.lang, not telling.facts, telling.kind))
    return {"seen": tellings[::2], "held": tellings[1::2]}


def is_same(drawn: str, expected: str) -> bool:
    """Compare by words: a fact may have a word more or less, but no other meaning."""
    one, other = ({*re.findall(r"\w+", text.casefold())} for text in (drawn, expected))
    return len(one & other) >= ALIKE * len(one | other)


@dataclass
class Count:
    right: int = 0
    drawn: int = 0
    expected: int = 0

    def row(self, name: str) -> Row:
        precision = f"{self.right / self.drawn:.2f}" if self.drawn else "-"
        recall = f"{self.right / self.expected:.2f}" if self.expected else "-"
        return (name, precision, recall, str(self.right), str(self.drawn), str(self.expected))


def measure(tellings: list[Telling], draw_from: Draw, title: str, show: bool) -> None:
    counts: dict[str, Count] = {}
    for telling in tellings:
        drawn = [fact.text for fact in draw_from(telling.text)]
        met = [fact for fact in telling.facts if any(is_same(each, fact) for each in drawn)]
        if show and (len(met) < len(telling.facts) or len(drawn) > len(met)):
            print(f"{telling.lang} {telling.kind}: {telling.text!r} gave {drawn}")
        for name in ("all", telling.lang):
            count = counts.setdefault(name, Count())
            count.right += len(met)
            count.drawn += len(drawn)
            count.expected += len(telling.facts)
    head = ("language", "precision", "recall", "right", "drawn", "there")
    print_table(title, head, [count.row(name) for name, count in sorted(counts.items())])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--half", choices=("seen", "held", "both"), default="both")
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    for name, tellings in halves().items():
        if given.half in (name, "both"):
            measure(tellings, draw, f"Rules alone, {name}: {len(tellings)} messages", given.show)


if __name__ == "__main__":
    main()
