"""How well a draft's own signals tell whether the cloud is worth asking, on outputs of a real pair.

    python tests/bench/cascade.py DRAFTS CLOUD QUESTIONS TASKS [--levels MEAN,SPREAD,BIAS,SLOPE]

DRAFTS and CLOUD hold {"id", "text"} a line; a draft also "lp" (log-probabilities of its tokens) and "finish".
QUESTIONS holds {"id", "messages"}; TASKS is a set with gold answers: {"id", "answer"}, or IFEval's records.
No number is fitted on these items: the levels are the usual ones, or what `confidant` measured of the model
on its own questions. But the form of the decision was changed while the first of them were looked at; leave
those out (`--without`) for a figure that counts. Intervals are bootstrapped (95 %).
"""

import argparse
import json
import random
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from figures import print_table

from app.core.draft import UNKNOWN, Levels, Stakes, Written, judge, needs_help
from app.core.evaluation.instructions import follows
from app.core.router import Facts, Router
from app.core.types import Where
from app.core.verify import check
from app.privacy.policy import Level

ROUNDS = 1000


@dataclass(frozen=True, slots=True)
class Item:
    """One question with what both models made of it."""

    weak: float
    strong: float
    """1 where that model is right, 0 where not."""
    mean: float
    lowest: float
    faults: float
    difficulty: float
    gain: float
    good: float
    asks: bool


def rows(path: str) -> list[dict]:
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def number(text: str) -> float | None:
    """Return the last number, or what was boxed."""
    boxed = re.findall(r"\\boxed\{([^{}]*)\}", text)
    found = re.findall(r"-?\d[\d,]*(?:\.\d+)?", boxed[-1] if boxed else text)
    return float(found[-1].replace(",", "")) if found else None


def is_right(task: dict, text: str) -> float:
    if "answer" in task:
        return float(number(text) == float(str(task["answer"]).replace(",", "")))
    pairs = zip(task["instruction_id_list"], task["kwargs"], strict=True)
    return float(all(follows(name, text, given) for name, given in pairs))


def items(arguments: argparse.Namespace, levels: Levels) -> list[Item]:
    tasks = {row.get("id") or f"if:{row['key']}": row for row in rows(arguments.tasks)}
    asked = {row["id"]: row["messages"][-1]["content"] for row in rows(arguments.questions)}
    cloud = {row["id"]: row["text"] for row in rows(arguments.cloud)}
    seen = Path(arguments.without).read_text(encoding="utf-8").split() if arguments.without else []
    router = Router(_embedder())
    found = []
    for row in rows(arguments.drafts):
        if row["id"] not in cloud or row["id"] in seen:
            continue
        question, task = asked[row["id"]], tasks[row["id"]]
        written = Written(row["text"], list(row.get("lp") or ()), row.get("finish") == "length")
        faults = check(question, written.text, written.truncated)
        facts = Facts(cloud=True, bundled=False)
        hard = router.route(question, Level.GUARDED, Where.AUTO, facts).difficulty
        judged = judge(written, faults, hard, levels)
        found.append(
            Item(
                is_right(task, written.text), is_right(task, cloud[row["id"]]),
                written.mean or 0.0, written.lowest or 0.0, sum(each.weight for each in faults), hard,
                judged.needy - judged.spoiled, judged.good, needs_help(judged, Stakes()),
            )
        )  # fmt: skip
    return found


def _embedder() -> Callable:
    from app.core.embeddings import MiniLm

    embedder = MiniLm()
    return lambda: embedder


def auroc(values: Sequence[float], labels: Sequence[float]) -> float:
    """Return how often a right draft has the higher value than a wrong one; ties count half."""
    right = [value for value, label in zip(values, labels, strict=True) if label]
    wrong = [value for value, label in zip(values, labels, strict=True) if not label]
    if not right or not wrong:
        return float("nan")
    return sum((a > b) + 0.5 * (a == b) for a in right for b in wrong) / (len(right) * len(wrong))


def closed(sample: Sequence[Item], needy: Callable[[Item], float], share: float = 0.5) -> float:
    """Return the share of the gap between the models that is closed by so many calls, neediest first."""
    gap = sum(each.strong - each.weak for each in sample)
    if gap <= 0:
        return float("nan")
    ranked = sorted(sample, key=needy, reverse=True)
    return sum(each.strong - each.weak for each in ranked[: int(share * len(ranked))]) / gap


def apgr(sample: Sequence[Item], needy: Callable[[Item], float]) -> float:
    return sum(closed(sample, needy, step / 20) for step in range(21)) / 21


def interval(sample: Sequence[Item], figure: Callable[[Sequence[Item]], float]) -> str:
    draw = random.Random(4)
    found = sorted(
        value
        for _ in range(ROUNDS)
        if (value := figure([draw.choice(sample) for _ in sample])) == value  # no NaN
    )
    if not found:
        return "–"
    low, high = found[int(0.025 * len(found))], found[int(0.975 * len(found)) - 1]
    return f"{figure(sample):.3f} ({low:.3f} to {high:.3f})"


SIGNALS: dict[str, Callable[[Item], float]] = {
    "mean log-probability": lambda item: -item.mean,
    "lowest log-probabilities": lambda item: -item.lowest,
    "faults": lambda item: item.faults,
    "difficulty": lambda item: item.difficulty,
    "combined: right": lambda item: -item.good,
    "combined: gain": lambda item: item.gain,
}


def main() -> int:
    reader = argparse.ArgumentParser()
    for name in ("drafts", "cloud", "questions", "tasks"):
        reader.add_argument(name)
    reader.add_argument("--levels", default="")
    reader.add_argument("--without", default="", help="a file of ids, one a line: items that were looked at")
    arguments = reader.parse_args()
    levels = Levels(*map(float, arguments.levels.split(","))) if arguments.levels else UNKNOWN
    found = items(arguments, levels)
    weak, strong = (sum(getattr(each, side) for each in found) / len(found) for side in ("weak", "strong"))
    calls = [each for each in found if each.asks]
    kept = sum(each.strong if each.asks else each.weak for each in found) / len(found)
    print(f"{len(found)} items; the draft is right in {weak:.1%}, the cloud in {strong:.1%}.")
    print(f"As decided: {len(calls) / len(found):.1%} go to the cloud, {kept:.1%} are right.")
    body = []
    for name, needy in SIGNALS.items():
        right = interval(found, lambda s, f=needy: auroc([-f(i) for i in s], [i.weak for i in s]))
        half = interval(found, lambda s, f=needy: closed(s, f))
        body.append((name, right, half, interval(found, lambda s, f=needy: apgr(s, f))))
    print_table(
        "Signals after the draft", ("signal", "AUROC of a right draft", "gap closed at 50 %", "APGR"), body
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
