"""How recall grows: time, memory and first use at profiles of growing size, with a chart.

    python tests/bench/recall_scale.py [TURNS ...] [--chart FILE] [--keep FOLDER]     default 1000 10000 100000

Conversations are made from a seed: words of a made-up language with the frequencies of a real one (Zipf),
topics that stay for a conversation, short questions and longer answers. Vectors are mixtures of what the
embedder makes of some of the turns. Times hold the question's own embedding. Each size is measured in a
process of its own, so that memory is that of its size alone.
"""

import argparse
import json
import math
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np
import psutil
from figures import print_table

from app.core.embeddings import MiniLm
from app.core.memory.recall import Recall
from app.core.memory.vectors import packed
from app.core.store.database import Database
from app.core.store.turn_index import SqliteTurnIndex
from app.core.store.turns import Note, SqliteTurns

SYLLABLES = "ba de fi go ku la me ni po ra se ti vo wu za cha dor fel gim hul"
WORDS = 30_000
SEEDS = 2_000
QUESTIONS = 60
_STEP = 20_000
_HEAD = (
    "turns", "median ms", "p95 ms", "processor p95 ms", "after a new turn, p95 ms", "first use s", "MB more",
    "file MB",
)  # fmt: skip


class Tongue:
    """A made-up language: a few words make up most of what is said."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        some = {
            "".join(self.chance.choices(SYLLABLES.split(), k=self.chance.randint(1, 4)))
            for _ in range(3 * WORDS)
        }
        self.words = sorted(some)[:WORDS]
        self.chance.shuffle(self.words)
        self._sums = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))

    def talk(self) -> Iterator[tuple[str, str]]:
        """Yield the turns of one conversation: role and text."""
        topic = [self.chance.choice(self.words) for _ in range(25)]
        for _ in range(self.chance.randint(4, 36)):
            yield "user", self._text(topic, self.chance.lognormvariate(2.6, 0.7))
            yield "assistant", self._text(topic, self.chance.lognormvariate(3.6, 0.7))

    def question(self, said: str) -> str:
        """Ask about a turn with some words of it; nobody asks for the commonest ones."""
        common = set(self.words[:60])
        telling = [word for word in said.split() if word not in common] or said.split()
        return f"What did I say about {' '.join(self.chance.sample(telling, min(4, len(telling))))}?"

    def _text(self, topic: Sequence[str], length: float) -> str:
        count = max(3, min(400, int(length)))
        words = self.chance.choices(self.words, cum_weights=self._sums[: len(self.words)], k=count)
        return " ".join(self.chance.choice(topic) if self.chance.random() < 0.15 else word for word in words)


def fill(database: Database, count: int, embedder: MiniLm) -> list[str]:
    """Store so many messages with their vectors; return some of their texts."""
    tongue, rows, kept = Tongue(7), [], []
    made = talks = 0
    while made < count:
        talks += 1
        name = f"talk-{talks}"
        with database.writing() as connection:
            connection.execute(
                "INSERT INTO conversation (id, title, created, updated, level) VALUES (?, ?, ?, ?, 'guarded')",
                (name, name, 1.6e9 + made, 1.6e9 + made),
            )
        for role, text in tongue.talk():
            made += 1
            rows.append((name, role, text, 1.6e9 + 60.0 * made))
        if len(rows) >= _STEP or made >= count:
            with database.writing() as connection:
                connection.executemany(
                    "INSERT INTO message (conversation, role, text, created, state)"
                    " VALUES (?, ?, ?, ?, 'complete')",
                    rows,
                )
            kept += [row[2] for row in rows[:: max(1, len(rows) // 100)]]
            rows.clear()
    fill_vectors(database, embedder, kept)
    return kept


def fill_vectors(database: Database, embedder: MiniLm, texts: Sequence[str]) -> None:
    """Give every message a mixture of two real vectors and some noise."""
    noise = np.random.default_rng(7)
    seeds = embedder.embed((list(texts) * (SEEDS // len(texts) + 1))[:SEEDS])
    with database.reading() as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM message ORDER BY id").fetchall()]
    for start in range(0, len(ids), _STEP):
        some = ids[start : start + _STEP]
        one, two = noise.integers(0, len(seeds), (2, len(some)))
        share = noise.uniform(0, 1, (len(some), 1))
        rows = seeds[one] * share + seeds[two] * (1 - share) + noise.normal(0, 0.03, (len(some), 384))
        values = packed(rows.astype(np.float32))
        with database.writing() as connection:
            connection.executemany(
                "INSERT INTO vector (turn, model, value) VALUES (?, ?, ?)",
                [(2 * turn, embedder.name, value) for turn, value in zip(some, values, strict=True)],
            )


def measure(path: Path, texts: Sequence[str]) -> dict[str, float]:
    """Ask questions of a filled profile."""
    tongue, embedder = Tongue(8), MiniLm()
    embedder.embed(["warm"])
    database = Database(path)
    database.open()
    turns = SqliteTurns(database)
    process = psutil.Process()
    before = process.memory_info().rss
    recall = Recall(turns, SqliteTurnIndex(database), embedder)
    first, _ = seconds(recall, "warm up")
    for text in texts[:5]:
        recall.recall(tongue.question(text), 10)
    asked = [tongue.question(tongue.chance.choice(texts)) for _ in range(QUESTIONS)]
    times = [seconds(recall, query) for query in asked]
    more = (process.memory_info().rss - before) / 1e6
    after, start = [], time.time()
    for number, query in enumerate(asked[:20]):
        turns.add([Note(f"{start}-{number}", "new", "", "user", time.time(), f"Something new, {number}.")])
        after.append(seconds(recall, query.replace("What", "When"))[0])
    with database.reading() as connection:
        (count,) = connection.execute("SELECT count(*) FROM message").fetchone()
    database.close()
    wall, processor = zip(*times, strict=True)
    return {
        "turns": count, "median": 1000 * statistics.median(wall), "p95": 1000 * _p95(wall),
        "processor": 1000 * _p95(processor), "after": 1000 * _p95(after), "first": first, "more": more,
        "file": path.stat().st_size / 1e6,
    }  # fmt: skip


def seconds(recall: Recall, query: str) -> tuple[float, float]:
    """Return how long one question takes, and how long the processor worked for it."""
    start, busy = time.perf_counter(), time.process_time()
    recall.recall(query, 10)
    return time.perf_counter() - start, time.process_time() - busy


def _p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("turns", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    parser.add_argument("--chart", type=Path, help="write a picture of time against size (SVG)")
    parser.add_argument("--keep", type=Path, help="leave the profiles here, and use them again")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one, json.loads(sys.stdin.read()))))
        return
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for count in options.turns:
            found.append(in_a_process(options.keep or Path(folder), count))
            row = found[-1]
            print(", ".join(f"{key} {value:,.1f}" for key, value in row.items()), file=sys.stderr)
    print_table("Recall by size", _HEAD, [_row(each) for each in found])
    if options.chart:
        options.chart.write_text(chart(found), encoding="utf-8")


def in_a_process(folder: Path, count: int) -> dict[str, float]:
    path, texts = folder / f"{count}.db", folder / f"{count}.json"
    folder.mkdir(parents=True, exist_ok=True)
    if not texts.exists():
        database = Database(path)
        texts.write_text(json.dumps(fill(database, count, MiniLm())))
        database.close()
    done = subprocess.run(
        [sys.executable, __file__, "--one", str(path)],
        input=texts.read_text(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return dict(json.loads(done.stdout))


def _row(each: dict[str, float]) -> tuple[str, ...]:
    times = tuple(f"{each[key]:.1f}" for key in ("median", "p95", "processor", "after"))
    return (
        f"{each['turns']:,.0f}",
        *times,
        f"{each['first']:.2f}",
        f"{each['more']:.0f}",
        f"{each['file']:.0f}",
    )


def chart(found: Sequence[dict[str, float]]) -> str:
    """Draw time against size, both by powers of ten."""
    series = (("median", "#3f8fd2"), ("p95", "#d9822b"))
    width, height, left, top = 720, 360, 70, 50
    room_x, room_y = width - left - 40, height - top - 50
    decades = [math.log10(each["turns"]) for each in found]
    low, high = math.floor(min(decades)), math.ceil(max(decades))
    longest = math.ceil(math.log10(max(each["p95"] for each in found)))

    def x(turns: float) -> float:
        return left + room_x * (math.log10(turns) - low) / max(1, high - low)

    def y(milliseconds: float) -> float:
        return top + room_y * (1 - max(0.0, math.log10(max(1.0, milliseconds))) / longest)

    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif"'
        ' font-size="13" fill="#787d85">',
        f'<text x="{left}" y="24" font-size="15">Recall: milliseconds a question, by turns</text>',
    ]
    for power in range(low, high + 1):
        drawn.append(
            f'<text x="{x(10**power):.0f}" y="{height - 20}" text-anchor="middle">{10**power:,}</text>'
        )
    for power in range(longest + 1):
        at = y(10**power)
        drawn.append(f'<line x1="{left}" x2="{width - 40}" y1="{at:.0f}" y2="{at:.0f}" stroke="#787d8555"/>')
        drawn.append(f'<text x="{left - 8}" y="{at + 4:.0f}" text-anchor="end">{10**power:,}</text>')
    for number, (key, colour) in enumerate(series):
        points = " ".join(f"{x(each['turns']):.1f},{y(each[key]):.1f}" for each in found)
        drawn.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        drawn += [
            f'<circle cx="{x(each["turns"]):.1f}" cy="{y(each[key]):.1f}" r="4" fill="{colour}"/>'
            for each in found
        ]
        drawn.append(f'<text x="{left + 10}" y="{top + 16 + 18 * number}" fill="{colour}">{key}</text>')
    return "\n".join([*drawn, "</svg>", ""])


if __name__ == "__main__":
    main()
