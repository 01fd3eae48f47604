"""How much of the evidence is left when a long conversation is shrunk.

    python tests/bench/shrinking.py DATA_DIR [--limit QUESTIONS] [--by conversation|session]

DATA_DIR holds NAME.turns.jsonl ({"id","conversation","speaker","role","time","text"}) and NAME.questions.jsonl
({"id","query","evidence":[turn ids],"category"}), such as LoCoMo in this form. All turns of a conversation (or, by
session, of the sessions in which the evidence stands) are passages "Speaker: text"; they are shrunk for the
question to 50, 25 and 12 % of their tokens. Recall is the mean, over questions, of the share of the evidence's
tokens that is left; unshrunk it is 1. `touched` counts a turn of which anything is left. Intervals: bootstrap over
questions, 95 %.
"""

import argparse
import json
import random
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from app.core.aide.budget import tokens
from app.core.aide.shrink import shrink
from app.core.embeddings import MiniLm, Vectors

SHARES = (0.5, 0.25, 0.12)


class Remembering:
    """Embeds each text once: the same turns are looked at for every question, as the memory keeps them."""

    name = MiniLm.name

    def __init__(self) -> None:
        self._inner = MiniLm()
        self._known: dict[str, Vectors] = {}

    def embed(self, texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, self._inner.embed(new), strict=True))
        return np.stack([self._known[text] for text in texts])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--limit", type=int, default=0, help="questions a conversation; 0: all")
    parser.add_argument("--by", choices=("conversation", "session"), default="conversation")
    options = parser.parse_args()
    embedder = Remembering()
    left: dict[float, list[float]] = {share: [] for share in SHARES}
    touched: dict[float, list[float]] = {share: [] for share in SHARES}
    used: dict[float, list[float]] = {share: [] for share in SHARES}
    spent: list[float] = []
    for path in sorted(options.data.glob("*.turns.jsonl")):
        turns = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        asked = path.with_name(path.name.replace(".turns.", ".questions."))
        questions = [json.loads(line) for line in asked.read_text(encoding="utf-8").splitlines()]
        for question in questions[: options.limit or None]:
            some = among(turns, question["evidence"], options.by)
            passages = [f"{turn['speaker']}: {turn['text']}" for turn in some]
            places = [at for at, turn in enumerate(some) if turn["id"] in question["evidence"]]
            if not places:
                continue
            whole = sum(map(tokens, passages))
            for share in SHARES:
                start = time.perf_counter()
                shrunk = shrink(passages, question["query"], int(share * whole), embedder)
                spent.append(time.perf_counter() - start)
                kept = [tokens(shrunk.kept[at]) / tokens(passages[at]) for at in places]
                left[share].append(statistics.mean(kept))
                touched[share].append(statistics.mean(each > 0 for each in kept))
                used[share].append(shrunk.after / whole)
    print(
        f"{len(spent) // len(SHARES)} questions, by {options.by}; median {1000 * statistics.median(spent):.0f} ms"
    )
    for share in SHARES:
        low, high = interval(left[share])
        print(
            f"{share:>4.0%} of the tokens: evidence left {statistics.mean(left[share]):.3f} ({low:.3f} to {high:.3f}), "
            f"touched {statistics.mean(touched[share]):.3f}, used {statistics.mean(used[share]):.3f}"
        )


def among(turns: list[dict[str, str]], evidence: list[str], by: str) -> list[dict[str, str]]:
    """Return the turns that a question is asked about."""
    if by == "conversation":
        return turns
    sessions = {turn["conversation"] for turn in turns if turn["id"] in evidence}
    return [turn for turn in turns if turn["conversation"] in sessions]


def interval(values: list[float]) -> tuple[float, float]:
    chance = random.Random(7)
    means = sorted(statistics.mean(chance.choices(values, k=len(values))) for _ in range(1000))
    return means[25], means[975]


if __name__ == "__main__":
    main()
