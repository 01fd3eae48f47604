"""How long recall takes, and how much memory, as what was said grows.

    python tests/bench/recalling.py [TURNS ...]      default 1000 10000 100000

Turns are sentences made of a few thousand words with the frequencies of a language (Zipf); their vectors are
the embedder's for some of them, and others shaken a little. Times hold the question's own embedding.
"""

import argparse
import random
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np
import psutil

from app.core.embeddings import MiniLm
from app.core.memory.recall import Recall
from app.core.memory.vectors import packed
from app.core.store.database import Database
from app.core.store.turns import Note, SqliteTurns

SYLLABLES = "ba de fi go ku la me ni po ra se ti vo wu za cha dor fel gim hul"
SEEDS = 500
QUESTIONS = 40


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("turns", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    embedder = MiniLm()
    print(f"{'turns':>9} {'median ms':>10} {'p95 ms':>8} {'first ms':>9} {'MB more':>8} {'file MB':>8}")
    for count in parser.parse_args().turns:
        with tempfile.TemporaryDirectory() as folder:
            measure(count, embedder, Path(folder) / "profile.db")


def measure(count: int, embedder: MiniLm, path: Path) -> None:
    chance = random.Random(7)
    words = ["".join(chance.choices(SYLLABLES.split(), k=chance.randint(1, 3))) for _ in range(6000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    database = Database(path)
    turns = SqliteTurns(database)
    said = [" ".join(chance.choices(words, weights, k=chance.randint(5, 30))) for _ in range(count)]
    turns.add(
        Note(str(n), f"talk {n // 40}", ("Ann", "Bo")[n % 2], "user", 1.6e9 + n * 60, text)
        for n, text in enumerate(said)
    )
    fill(turns, embedder, said)
    process = psutil.Process()
    before = process.memory_info().rss
    recall = Recall(turns, embedder)
    start = time.perf_counter()
    recall.recall("warm up", 10)
    first = time.perf_counter() - start
    times = []
    for _ in range(QUESTIONS):
        telling = chance.choices(words[100:], weights[100:], k=4)  # nobody asks for the commonest words
        query = f"What did Ann say about {' '.join(telling)}?"
        start = time.perf_counter()
        recall.recall(query, 10)
        times.append(1000 * (time.perf_counter() - start))
    more = (process.memory_info().rss - before) / 1e6
    p95 = statistics.quantiles(times, n=20)[-1]
    database.close()
    size = path.stat().st_size / 1e6
    print(
        f"{count:>9} {statistics.median(times):>10.1f} {p95:>8.1f} {1000 * first:>9.0f} {more:>8.0f} {size:>8.0f}"
    )


def fill(turns: SqliteTurns, embedder: MiniLm, said: list[str]) -> None:
    noise = np.random.default_rng(7)
    seeds = embedder.embed(said[:SEEDS])
    waiting = turns.unread(embedder.name)
    for start in range(0, len(waiting), 5000):
        some = waiting[start : start + 5000]
        rows = seeds[noise.integers(0, len(seeds), len(some))] + noise.normal(0, 0.02, (len(some), 384))
        turns.put(embedder.name, zip(some, packed(rows.astype(np.float32)), strict=True))


if __name__ == "__main__":
    main()
