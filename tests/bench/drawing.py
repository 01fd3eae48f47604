"""How many of the facts that people tell about themselves are drawn, and how many of those drawn are right.

    python tests/bench/drawing.py [--half seen|held|clauses|earlier|all] [--show] [--model MODEL.gguf]

The sentences are our own (data/tellings.jsonl), split in two with a fixed seed; the rules were made looking at
the first half only. "earlier" is the table of the tests on which nothing was tuned either; on
"clauses" the model's instruction was tuned. With a model, what it draws in idle time from what the rules left is added. --show prints
what went wrong, and is not for the held half.
"""

import argparse
import json
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1] / "core" / "memory"))
from figures import Row, print_table
from sentences import KEPT_BACK

from app.assembly import Confidant, build
from app.core.cancel import Cancel
from app.core.memory.draw import Drawn, draw, unsure
from app.core.memory.draw_model import drawn
from app.core.paths import Paths
from app.core.settings import LOCAL_CONTEXT, LOCAL_MODEL

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


def groups() -> dict[str, list[Telling]]:
    return {
        **halves(),
        "clauses": read("clauses"),
        "earlier": [Telling("en", "", text, facts) for text, facts in KEPT_BACK],
    }


def halves() -> dict[str, list[Telling]]:
    """Split the set: of each language and kind one half, as far as that goes."""
    tellings = read("tellings")
    random.Random(SEED).shuffle(tellings)
    tellings.sort(key=lambda telling: (telling.lang, not telling.facts, telling.kind))
    return {"seen": tellings[::2], "held": tellings[1::2]}


def read(name: str) -> list[Telling]:
    lines = (Path(__file__).parent / "data" / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [Telling(**{**json.loads(line), "facts": tuple(json.loads(line)["facts"])}) for line in lines]


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


def with_model(confidant: Confidant, times: list[float]) -> Draw:
    """Draw with the rules, and then with the model what they left."""

    def both(text: str) -> tuple[Drawn, ...]:
        clauses = unsure(text)
        start = time.perf_counter()
        more = tuple(drawn(clauses, confidant.own_local, Cancel()))
        times.extend([(time.perf_counter() - start) / len(clauses)] * len(clauses) if clauses else [])
        return (*draw(text), *more)

    return both


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--half", choices=("seen", "held", "clauses", "earlier", "all"), default="all")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--model", help="a file, or a name such as smollm2-135m")
    given = parser.parse_args()
    sets = {name: part for name, part in groups().items() if given.half in (name, "all")}
    for name, tellings in sets.items():
        measure(tellings, draw, f"Rules alone, {name}: {len(tellings)} messages", given.show)
    if not given.model:
        return
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder) / "profile")
        paths.create()
        confidant = build(paths)
        confidant.start()
        confidant.settings.set(LOCAL_MODEL, given.model)
        confidant.settings.set(LOCAL_CONTEXT, 1024)
        times: list[float] = []
        for name, tellings in sets.items():
            measure(tellings, with_model(confidant, times), f"And {given.model}, {name}", given.show)
        confidant.close()
    print(f"\n{len(times)} clauses asked about, {statistics.median(times):.1f} s each (median)")


if __name__ == "__main__":
    main()
