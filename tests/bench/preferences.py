"""Is the right fact found, and do answers with it beat answers without?

    python tests/bench/preferences.py DATA                              recall, and how often nothing is given
    python tests/bench/preferences.py DATA --likelihood MODEL.gguf      options of PrefEval, with and without
    python tests/bench/preferences.py --facts                           facts drawn from messages, by rules

DATA is the folder of the shared bench (with tasks/preferences.jsonl). Recall: a profile holds the preference
that belongs to a question and ten others of other topics; in a second run half of them are
questions, as if chat turns had become facts (drawing lets almost none through, which is measured too).
Likelihood: of the four options the one counts whose tokens are likeliest on average after the prompt that
`local_prompt` lays out. Rows of --out are kept, so that a run can be stopped and goes on. Intervals: bootstrap, 95 %.
"""

import argparse
import json
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.core.embeddings import MiniLm, Vectors
from app.core.memory.draw import draw
from app.core.memory.facts import Facts
from app.core.store.database import Database
from app.core.store.facts import SqliteFacts

DISTRACTING = 10
SEED = 5


@dataclass(frozen=True, slots=True)
class Item:
    """A question that a preference should change."""

    topic: str
    preference: str
    question: str
    options: tuple[str, ...]
    right: int


class Remembering:
    """The embedder that ships, asked only once about each text."""

    name = MiniLm.name

    def __init__(self) -> None:
        self._embedder = MiniLm()
        self._rows: dict[str, Vectors] = {}

    def embed(self, texts: Sequence[str]) -> Vectors:
        new = list(dict.fromkeys(text for text in texts if text not in self._rows))
        if new:
            self._rows |= zip(new, self._embedder.embed(new), strict=True)
        return np.stack([self._rows[text] for text in texts])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="?", type=Path)
    parser.add_argument("--likelihood", type=Path, metavar="MODEL")
    parser.add_argument("--facts", action="store_true")
    parser.add_argument("--out", type=Path, help="where rows of --likelihood are kept")
    parser.add_argument("-n", type=int, default=40, help="items of --likelihood (40)")
    parser.add_argument("--every", type=int, default=1, help="measure recall on each so-many-th item")
    options = parser.parse_args()
    if options.facts:
        drawn_facts()
        return
    items = _items(options.data / "tasks" / "preferences.jsonl")
    if options.likelihood:
        likelihood(items, options.likelihood, options.n, options.out)
        return
    embedder = Remembering()
    facts = Facts(SqliteFacts(Database(None)), lambda: embedder)
    for turns in (0, DISTRACTING // 2):
        recall(items, facts, turns, options.every)
    for what in ("preference", "question"):
        hits = [bool(draw(getattr(item, what))) for item in items]
        print(f"drawn from what was said: a fact of {_share(hits)} of the {what}s")
    quiet(items, facts, options.data)


def recall(items: list[Item], facts: Facts, turns: int, every: int) -> None:
    """Print how often the preference comes first, and among three."""
    first, three, given = [], [], []
    for number, item in enumerate(items[::every]):
        others = _others(items, item, number)
        said = [o.question if place < turns else o.preference for place, o in enumerate(others)]
        _tell(facts, [item.preference, *said])
        found = facts.about(item.question, 3)
        texts = [fact.text for fact in found]
        first.append(texts[:1] == [item.preference])
        three.append(item.preference in texts)
        given.append(len(found))
    what = f"{DISTRACTING - turns} preferences and {turns} chat turns"
    print(
        f"beside {what}: first {_share(first)}, among three {_share(three)}, {np.mean(given):.1f} facts given"
    )


def quiet(items: list[Item], facts: Facts, data: Path) -> None:
    """Print how often a question that needs no fact is given some."""
    kinds = (("gsm8k", "tasks/gsm8k.jsonl", "question"), ("mmlu", "routing/mmlu.jsonl", "text"))
    for name, path, key in kinds:
        lines = (data / path).read_text(encoding="utf-8").splitlines()
        chance = random.Random(SEED)
        given = []
        for line in chance.sample(lines, 100):
            told = [item.preference for item in chance.sample(items, DISTRACTING + 1)]
            _tell(facts, told)
            given.append(bool(facts.about(json.loads(line)[key], 3)))
        print(f"{name}: facts given with {_share(given)} of questions that need none")


def drawn_facts() -> None:
    """Print precision and recall of the rules on the two tables of messages."""
    sys.path.append(str(Path(__file__).parents[1] / "core" / "memory"))
    from sentences import KEPT_BACK, SEEN

    for name, table in (("seen", SEEN), ("kept back", KEPT_BACK)):
        right: list[bool] = []
        found: list[bool] = []
        for message, expected in table:
            drawn = {fact.text for fact in draw(message)}
            right += [text in expected for text in sorted(drawn)]
            found += [text in drawn for text in expected]
        print(f"{name}: {len(table)} messages, precision {_share(right)}, recall {_share(found)}")


def likelihood(items: list[Item], model: Path, count: int, out: Path | None) -> None:
    """Print how often the right option is the likeliest, without the preference and with it."""
    from option_scores import Scorer

    chosen = random.Random(SEED).sample(range(len(items)), count)
    rows = {}
    if out and out.exists():
        rows = {row["item"]: row for row in map(json.loads, out.read_text().splitlines())}
    scorer = Scorer(model)
    for number in chosen:
        if number in rows:
            continue
        item = items[number]
        without = scorer.scores(item.question, (), item.options)
        with_it = scorer.scores(item.question, (item.preference,), item.options)
        rows[number] = {"item": number, "without": without, "with": with_it}
        if out:
            with out.open("a", encoding="utf-8") as file:
                file.write(json.dumps(rows[number]) + "\n")
    for key in ("without", "with"):
        right = [int(np.argmax(rows[n][key])) == items[n].right for n in chosen]
        print(f"{model.name}: {key} the fact, the right option is likeliest in {_share(right)}")
    gains = [
        _margin(rows[n]["with"], items[n].right) - _margin(rows[n]["without"], items[n].right) for n in chosen
    ]
    low, high = _interval(gains)
    print(
        f"{model.name}: margin of the right option grows by {np.mean(gains):+.3f} ({low:+.3f} to {high:+.3f})"
    )


def _margin(scores: Sequence[float], right: int) -> float:
    """Return how much likelier a token of the right option is than one of the others, in nats."""
    others = [score for place, score in enumerate(scores) if place != right]
    return scores[right] - sum(others) / len(others)


def _items(path: Path) -> list[Item]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Item(row["topic"], row["preference"], row["question"], tuple(row["options"]), row["right"])
        for row in rows
    ]


def _others(items: list[Item], item: Item, number: int) -> list[Item]:
    others = [each for each in items if each.topic != item.topic]
    return random.Random(SEED * 100_000 + number).sample(others, DISTRACTING)


def _tell(facts: Facts, texts: list[str]) -> None:
    """Let it know these texts and nothing else."""
    facts.forget(None)
    for text in dict.fromkeys(texts):
        facts.add(text)


def _share(hits: Sequence[bool]) -> str:
    low, high = _interval([float(hit) for hit in hits])
    return f"{np.mean(hits):.3f} ({low:.3f} to {high:.3f}, n={len(hits)})"


def _interval(values: Sequence[float]) -> tuple[float, float]:
    chance = np.random.default_rng(SEED)
    means = chance.choice(np.array(values, float), (2000, len(values))).mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


if __name__ == "__main__":
    main()
