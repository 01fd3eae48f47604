"""How well two answers are compared: planted differences shown, false alarms, and how right "agree" is.

    python tests/bench/conflicts.py [--half tuned|held|both] [--words] [--show]
    python tests/bench/conflicts.py --local DRAFTS --cloud ANSWERS --gold TASKS

The first form plants one difference into each of 200 pairs of answers (70 written by hand, the others put
together from sentences; see answer_pairs.py). The second takes what two models really answered to sums, as
lines of {"id", "text"} (a draft's "lp" and "finish" count too), and the right answers as lines of {"id", "question", "answer"}.
"""

import argparse
import json
import random
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from answer_pairs import DATA, Pair, by_hand, generated

from app.core.claims import compare, is_doubtful
from app.core.claims.compare import Embed
from app.core.claims.final import final
from app.core.draft import UNKNOWN, Levels, Written
from app.core.embeddings import MiniLm
from app.core.types import Agreement


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--half", choices=("tuned", "held", "both"), default="both")
    parser.add_argument("--words", action="store_true", help="without the embedder")
    parser.add_argument("--show", action="store_true", help="print what went wrong; not for the held half")
    for name in ("--local", "--cloud", "--gold"):
        parser.add_argument(name, type=Path)
    parser.add_argument(
        "--levels", default="", help="MEAN,SPREAD,BIAS,SLOPE of the local model, as calibrated"
    )
    given = parser.parse_args()
    embed = None if given.words else MiniLm().embed
    if given.local:
        measure_sums(given, embed)
        return
    for held_back in (False, True):
        if given.half in ("both", "held" if held_back else "tuned"):
            measure_planted(pairs(held_back), "held back" if held_back else "tuned on", embed, given.show)
    measure_extras(embed, given.show)


def pairs(held_back: bool) -> list[Pair]:
    """Return one half of the 200 pairs with a changed number, date or name, and those with a "not"."""
    hand = [pair for pair in by_hand() if pair.held_back is held_back]
    more = 100 - sum(pair.kind != "negation" for pair in hand)
    return [*hand, *generated(more, held_back)]


def measure_planted(pairs: Sequence[Pair], title: str, embed: Embed | None, show: bool) -> None:
    shown, right, alarms, times = Counter[str](), Counter[str](), Counter[str](), []
    total = Counter(pair.kind for pair in pairs)
    for pair in pairs:
        start = time.perf_counter()
        honest = compare(pair.local, pair.cloud, pair.question, embed)
        times.append(1000 * (time.perf_counter() - start))
        planted = compare(pair.local, pair.changed, pair.question, embed)
        alarm, seen = honest.agreement is Agreement.DIFFER, planted.agreement is Agreement.DIFFER
        shown[pair.kind] += seen
        right[pair.kind] += any(each.kind == pair.kind for each in planted.differences)
        alarms[pair.kind] += alarm
        if show and (alarm or not seen):
            print("FALSE ALARM" if alarm else "MISSED", pair.id, pair.kind, honest if alarm else planted)
            print(
                "  ",
                pair.local.replace("\n", "\\n"),
                "\n  ",
                (pair.cloud if alarm else pair.changed).replace("\n", "\\n"),
            )
    print(f"\n{title}: {len(pairs)} pairs, median {statistics.median(times):.1f} ms a comparison")
    groups = {kind: [kind] for kind in total} | {"number, date, name": ["number", "date", "name"]}
    for name, kinds in groups.items():
        count, *found = (sum(each[kind] for kind in kinds) for each in (total, shown, right, alarms))
        print(f"  {name:18} n={count:3}  shown {_share(found[0], count)}  as its kind {_share(found[1], count)}"
              f"  false alarms {_share(found[2], count)}")  # fmt: skip


def measure_extras(embed: Embed | None, show: bool) -> None:
    """Count the alarms over answers that tell different things, none of which contradicts."""
    rows = [
        json.loads(line) for line in (DATA / "answer_extras.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    alarms = 0
    for row in rows:
        found = compare(row["local"], row["cloud"], row["question"], embed)
        alarms += found.agreement is Agreement.DIFFER
        if show and found.differences:
            print(row["id"], *found.differences, sep="\n   ")
    print(f"\nanswers that tell different things: false alarms {_share(alarms, len(rows))}")


def measure_sums(given: argparse.Namespace, embed: Embed | None) -> None:
    """Count how often agreement is right, before and after doubts are looked for."""
    local, cloud = _read(given.local), _read(given.cloud)
    levels = Levels(*map(float, given.levels.split(","))) if given.levels else UNKNOWN
    said, right = Counter[str](), Counter[str]()
    for row in map(json.loads, given.gold.read_text(encoding="utf-8").splitlines()):
        if row["id"] not in local or row["id"] not in cloud:
            continue
        mine, other = local[row["id"]], cloud[row["id"]]
        agreement = compare(mine.text, other.text, row["question"], embed).agreement
        answer = final(other.text, row["question"])
        gold = float(row["answer"].replace(",", ""))
        is_right = bool(answer) and answer.number is not None and abs(answer.number - gold) < 0.005
        names = ["the cloud's answer", agreement.value]
        if agreement is Agreement.AGREE:
            names.append("dropped" if is_doubtful(row["question"], mine, other, levels) else "shown")
        said.update(names)
        right.update(names if is_right else ())
    for name, count in said.items():
        print(f"  {name:20} right {_share(right[name], count)}")
    print(f"  coverage of the badge {_share(said['shown'], said[next(iter(said))])}")


def _read(path: Path) -> dict[str, Written]:
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {
        row["id"]: Written(row["text"], list(row.get("lp") or ()), row.get("finish") == "length")
        for row in rows
    }


def _share(part: int, whole: int) -> str:
    """Show a share with its 95 % interval from 2,000 resamplings."""
    if not whole:
        return "-"
    chance = random.Random(1)
    hits = [1] * part + [0] * (whole - part)
    drawn = sorted(sum(chance.choices(hits, k=whole)) / whole for _ in range(2000))
    return f"{part / whole:.1%} ({part}/{whole}, {drawn[50]:.0%} to {drawn[1949]:.0%})"


if __name__ == "__main__":
    main()
