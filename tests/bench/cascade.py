"""How well a draft's own signals tell whether the cloud is worth asking, on outputs of a real pair.

    python tests/bench/cascade.py [FIGURES ...] [--levels MEAN,SPREAD,BIAS,SLOPE] [--wait SECONDS] [--share S]

FIGURES are files of `pair_outputs.py figures`; without any, those in `data/` (Qwen2.5-Coder 0.5B as the local
model, 1.5B as the cloud). The levels are what `Calibration` measured of the 0.5B model on its own 24 questions, or
the usual ones (`--levels usual`). But the rule's form, the weight of a wish that is kept, and the checks of some
kinds of wishes were chosen while the sums and the first 75 of IFEval were looked at: no figure here but those of
later items is one of items that nobody had seen.

"As shipped" is the whole rule of `mechanisms/routing.py`: policy aside, hopeless questions go at once, easy ones
stay, the others are drafted and judged against cost and pace, in orders drawn by chance. Intervals are
bootstrapped over items (95 %).
"""

import argparse
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from figures import print_table
from grading import rows

from app.core.draft import UNKNOWN, Judgement, Levels, Stakes, judge, needs_help
from app.core.mechanisms.routing import EASY, HOPELESS
from app.core.pace import Pace
from app.core.verify import Examined, Fault, Kind

ROUNDS = 1000
DATA = Path(__file__).parent / "data"
MEASURED = Levels(mean=-0.2497, spread=0.2699, bias=-0.6522, slope=0.9043, rate=4.0)
"""Of the 0.5B model, by `Calibration.measure`."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft of which the numbers alone are left; `judge` asks no more of one."""

    mean: float
    lowest: float
    logprobs: range
    text: str = ""
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One question with what both models made of it."""

    weak: int
    strong: int
    """1 where that model is right, 0 where not."""
    mean: float
    lowest: float
    tokens: int
    faults: float
    kept: int
    difficulty: float
    is_easy: bool
    judged: Judgement


def items(path: Path, levels: Levels) -> list[Item]:
    found = []
    for row in rows(path):
        draft = Kept(row["mean"], row["lowest"], range(row["tokens"]))
        faults = tuple(Fault(Kind(kind), "", weight) for kind, weight in row["faults"])
        judged = judge(draft, Examined(faults, row["kept"]), row["difficulty"], levels)
        found.append(
            Item(
                row["local"], row["cloud"], row["mean"], row["lowest"], row["tokens"],
                sum(fault.weight for fault in faults), row["kept"], row["difficulty"],
                row["is_local"] and row["difficulty"] < EASY, judged,
            )
        )  # fmt: skip
    return found


def auroc(values: Sequence[float], labels: Sequence[float]) -> float:
    """Return how often a right draft has the higher value than a wrong one; ties count half."""
    right = [value for value, label in zip(values, labels, strict=True) if label]
    wrong = [value for value, label in zip(values, labels, strict=True) if not label]
    if not right or not wrong:
        return float("nan")
    return sum((a > b) + 0.5 * (a == b) for a in right for b in wrong) / (len(right) * len(wrong))


def closed(sample: Sequence[Item], needy: Callable[[Item], float], share: float = 0.5) -> float:
    """Return the share of the gap between the models that is closed by so many calls, neediest first."""
    ranked = sorted(sample, key=needy, reverse=True)
    return of_gap(sample, ranked[: int(share * len(ranked))])


def of_gap(sample: Sequence[Item], asked: Sequence[Item]) -> float:
    gap = sum(each.strong - each.weak for each in sample)
    return sum(each.strong - each.weak for each in asked) / gap if gap > 0 else float("nan")


def apgr(sample: Sequence[Item], needy: Callable[[Item], float]) -> float:
    return sum(closed(sample, needy, step / 20) for step in range(21)) / 21


def shipped(sample: Sequence[Item], wait: float, share: float) -> list[Item]:
    """Return what goes to the cloud in this order."""
    pace, asked = Pace(None, lambda: share), []
    for each in sample:
        if each.difficulty >= HOPELESS:
            asked.append(each)
        elif not each.is_easy:
            bar = pace.bar(each.judged.gain)
            if needs_help(each.judged, Stakes(wait=wait, bar=bar)):
                asked.append(each)
    return asked


def interval(sample: Sequence[Item], figure: Callable[[Sequence[Item]], float], rounds: int = ROUNDS) -> str:
    draw = random.Random(4)
    drawn = [figure([draw.choice(sample) for _ in sample]) for _ in range(rounds)]
    found = sorted(value for value in drawn if value == value)  # no NaN
    if not found:
        return "–"
    low, high = found[int(0.025 * len(found))], found[int(0.975 * len(found)) - 1]
    return f"{sum(found) / len(found):.2f} ({low:.2f} to {high:.2f})"


SIGNALS: dict[str, Callable[[Item], float]] = {
    "mean log-probability": lambda item: -item.mean,
    "lowest log-probabilities": lambda item: -item.lowest,
    "length": lambda item: item.tokens,
    "faults": lambda item: item.faults,
    "faults and wishes kept": lambda item: item.faults - 0.5 * bool(item.kept),
    "difficulty": lambda item: item.difficulty,
    "combined: right": lambda item: -item.judged.good,
    "combined: gain": lambda item: item.judged.gain,
}


def report(name: str, found: Sequence[Item], arguments: argparse.Namespace) -> None:
    weak, strong = (sum(getattr(each, side) for each in found) / len(found) for side in ("weak", "strong"))
    fixes = sum(each.strong > each.weak for each in found) / len(found)
    spoils = sum(each.strong < each.weak for each in found) / len(found)
    print(
        f"\n{name}: {len(found)} items; the draft is right in {weak:.1%}, the cloud in {strong:.1%}; the cloud "
        f"mends {fixes:.1%} and spoils {spoils:.1%}."
    )

    def rule(sample: Sequence[Item]) -> list[Item]:
        return shipped(sample, arguments.wait, arguments.share)

    # A bootstrap draws the order as well.
    calls = interval(found, lambda sample: len(rule(sample)) / len(sample))
    gap = interval(found, lambda sample: of_gap(sample, rule(sample)))
    print(f"As shipped: share of calls {calls}, of the gap closed {gap}.")
    body = []
    for signal, needy in SIGNALS.items():
        right = interval(found, lambda s, f=needy: auroc([-f(i) for i in s], [i.weak for i in s]), 200)
        half = interval(found, lambda s, f=needy: closed(s, f))
        body.append((signal, right, half, interval(found, lambda s, f=needy: apgr(s, f), 200)))
    print_table(
        "Signals after the draft", ("signal", "AUROC of a right draft", "gap closed at 50 %", "APGR"), body
    )


def main() -> int:
    reader = argparse.ArgumentParser()
    reader.add_argument("figures", nargs="*", type=Path)
    reader.add_argument("--levels", default="")
    reader.add_argument("--wait", type=float, default=4.0)
    reader.add_argument("--share", type=float, default=0.5)
    arguments = reader.parse_args()
    levels = MEASURED
    if arguments.levels:
        usual = arguments.levels == "usual"
        levels = UNKNOWN if usual else Levels(*map(float, arguments.levels.split(",")))
    paths = arguments.figures or sorted(DATA.glob("pair_*.jsonl"))
    sets = {path.stem: items(path, levels) for path in paths}
    for name, found in sets.items():
        report(name, found, arguments)
    if len(sets) > 1:
        report("together", [each for found in sets.values() for each in found], arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main())
