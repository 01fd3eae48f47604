"""Whether a question that was asked before is known again, and one that only looks alike is not.

    python tests/bench/repeats.py [--json] [--words]

Every "asked" of data/repeats.jsonl and data/lookalikes.jsonl was answered by the cloud and accepted, in one
profile; then each "again" is asked. *Known* means: `repeat` finds the answer to that very question, so the
program offers it and answers here, with that question as its lesson, without a request to the cloud. *Reused
silently* means: `repeat` calls it exact. The filter is the program's own; nothing is generated.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections import Counter
from pathlib import Path

from app.assembly import build
from app.core.engines.echo import EchoEngine
from app.core.paths import Paths
from app.core.store.conversations import Conversations
from app.core.types import Origin, Piece, State
from app.privacy.policy import Level

DATA = Path(__file__).parent / "data"
FILLING = 2000


def lines(name):
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


def teach(confidant, text):
    """Let a question be answered by the cloud, as far as the store sees it, and accepted."""
    store = Conversations(confidant._kept)
    conversation = store.create("", Level.GUARDED).id
    question = store.ask(conversation, text)
    store.set_wire(question.id, text)
    answer = store.begin_answer(conversation)
    said = "First, look at what is asked. Then do it step by step. At the end, check the result."
    store.finish(answer, State.COMPLETE, [Piece(said, Origin.CLOUD)], wire_text=said)
    before, after = store.messages(conversation)
    confidant.exemplars.learn(before, after)
    confidant.exemplars.judged(answer, True)
    return answer


def measure(confidant):
    repeats, alike = lines("repeats.jsonl"), lines("lookalikes.jsonl")
    memory = confidant.exemplars
    answers = {
        text: teach(confidant, text) for text in dict.fromkeys(row["asked"] for row in repeats + alike)
    }
    known, taught, silent, offered, missed, times = 0, 0, 0, Counter(), [], []
    again = sum(memory.repeat(row["asked"].upper() + " ") is not None for row in repeats)
    for row in repeats:
        found = memory.repeat(row["again"])
        is_known = found is not None and found.answer.id == answers[row["asked"]]
        known += is_known
        taught += bool(memory.like(row["again"]))
        if not is_known:
            missed.append(row)
    for row in alike:
        found = memory.repeat(row["again"])
        if found is not None and found.answer.id == answers[row["asked"]]:
            silent += found.exact
            offered[row["changed"]] += 1
            missed.append(row)
    for row in (repeats + alike)[::5]:
        start = time.perf_counter()
        memory._last = None
        memory.like(row["again"])
        times.append(1000 * (time.perf_counter() - start))
    return {
        "repeats": len(repeats),
        "same words found": again,
        "known": known,
        "with a lesson": taught,
        "look-alikes": len(alike),
        "reused silently": silent,
        "offered": dict(offered),
        "ms": round(statistics.median(times), 1),
    }, missed


def speed(confidant):
    """Time `like` among 2,000 lessons, and the embedder's part of it."""
    seen = confidant.examples.places(confidant.embedder.name)
    with confidant._kept.writing() as connection:
        for number in range(FILLING - len(seen)):
            connection.execute(
                "INSERT INTO example (state, fingerprint, masked, strategy, answer, created, asked, source,"
                " model, vector) SELECT state, '', masked, strategy, answer, created, asked, ?, model, vector"
                " FROM example WHERE id = ?",
                (-1 - number, seen[number % len(seen)].id),
            )
    whole, busy, reading = [], [], []
    for row in lines("repeats.jsonl")[:40]:
        confidant.exemplars._last = None
        start, work = time.perf_counter(), time.process_time()
        confidant.exemplars.like(row["again"])
        whole.append(1000 * (time.perf_counter() - start))
        busy.append(1000 * (time.process_time() - work))
        start = time.perf_counter()
        confidant.embedder.embed([row["again"]])
        reading.append(1000 * (time.perf_counter() - start))
    return {
        "like among 2000, ms": round(statistics.median(whole), 1),
        "of the processor, ms": round(statistics.median(busy), 1),
        "embedding alone, ms": round(statistics.median(reading), 1),
    }


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--words", action="store_true", help="print what was missed, or offered wrongly")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder))
        paths.create()
        confidant = build(paths, local=EchoEngine())
        confidant.start()
        result, missed = measure(confidant)
        result |= speed(confidant)
        confidant.close()
    print(
        json.dumps(result)
        if options.json
        else "\n".join(f"{key:>22}  {value}" for key, value in result.items())
    )
    for row in missed if options.words else ():
        print(row)


if __name__ == "__main__":
    main()
