"""How well a long document is searched before anything of it leaves, over documents of our own making.

    python tests/bench/extracts.py [--documents 30] [--small MODEL.gguf [--asked 15]] [--plan MODEL.gguf]

Every question goes through the program's own pipeline to a server on loopback that keeps the bytes. With
`--small`, a model on this computer answers from the extracts alone; with `--plan`, that model, as the cloud,
writes the plan instead of the rules.
"""

import argparse
import json
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "packaging"))
from fakes import Yes, parrot
from figures import print_table
from long_documents import Planted, Question, documents
from loopback_server import LoopbackServer

from app.assembly import Confidant, build
from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.events import Delta, Event, Recalled, Sent
from app.core.paths import Paths
from app.core.settings import CLOUD_BASE_URL, CLOUD_ENABLED, LOCAL_MAX_TOKENS, LOCAL_MODEL
from app.core.types import Origin, Where


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=30)
    parser.add_argument("--small", type=Path)
    parser.add_argument("--asked", type=int, default=15)
    parser.add_argument("--plan", type=Path)
    chosen = parser.parse_args()
    planted = documents(chosen.documents)
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder) / "profile")
        paths.create()
        if chosen.small:
            answer_here(paths, planted, chosen.small, chosen.asked)
        elif chosen.plan:
            with LoopbackServer(chosen.plan) as server:
                confidant = started(paths, server.address)
                confidant.settings.set_text("mechanism.pipeline.plan", "cloud")
                search(confidant, planted, None)
        else:
            with parrot(200) as bird:
                bird.say = cites
                search(started(paths, bird.address), planted, bird)


def started(paths: Paths, address: str) -> Confidant:
    confidant = build(paths, local=EchoEngine())
    confidant.start()
    confidant.settings.set(CLOUD_ENABLED, True)
    confidant.settings.set(CLOUD_BASE_URL, address)
    return confidant


def cites(question: str) -> str:
    """Name every passage, and one that there is not."""
    return (
        " ".join(f"Yes {number}" for number in re.findall(r"^\[\d+\]", question, re.MULTILINE)) + " and [77]."
    )


def asked(confidant: Confidant, planted: Planted, question: Question, where: Where) -> list[Event]:
    events: list[Event] = []
    conversation = confidant.session.new_conversation().id
    text = f"{planted.text}\n\n{question.text}"
    confidant.session.send(
        conversation, text, Yes(), Cancel(), events.append, where=where, mechanism="pipeline"
    )
    return events


def search(confidant: Confidant, planted: list[Planted], bird) -> None:
    found, shares, valid, cited, leaked, times, sizes = 0, [], 0, 0, 0, [], []
    missed: list[str] = []
    for each in planted:
        for question in each.questions:
            start = time.perf_counter()
            events = asked(confidant, each, question, Where.CLOUD)
            times.append(time.perf_counter() - start)
            sent = [event.body for event in events if isinstance(event, Sent)]
            used = [one.text for event in events if isinstance(event, Recalled) for one in event.used]
            hit = any(question.evidence.removesuffix(".") in text for text in used)
            found += hit
            missed += [] if hit else [question.text]
            shares.append(sum(len(body.encode()) for body in sent) / len(each.text.encode()))
            sizes.append(len(each.text))
            leaked += sum(private in body for body in sent for private in each.private)
            for line in footnotes(events):
                cited += 1
                valid += squeezed(line.removesuffix(" …")) in squeezed(each.text)
    count = len(times)
    rows = [
        ("documents, characters", f"{len(planted)}, {min(sizes):,} to {max(sizes):,}"),
        ("evidence among what was sent", f"{found} of {count} ({found / count:.1%})"),
        (
            "bytes sent / bytes of the document, mean, largest",
            f"{statistics.mean(shares):.1%}, {max(shares):.1%}",
        ),
        ("citations that stand in the document", f"{valid} of {cited}"),
        ("private strings in outgoing bytes", str(leaked)),
        ("a question, median", f"{statistics.median(times):.1f} s"),
    ]
    print_table("Searching long documents", ("what", "figure"), rows)
    for text in missed:
        print("missed:", text)
    confidant.close()


def footnotes(events: list[Event]) -> list[str]:
    text = "".join(
        event.text for event in events if isinstance(event, Delta) and event.origin is Origin.LOCAL
    )
    return re.findall(r"^- \[\d+\] (?:p\. \d+: )?“(.*)”$", text, re.MULTILINE)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def answer_here(paths: Paths, planted: list[Planted], model: Path, count: int) -> None:
    """Let a small model answer from the extracts: does the planted value stand in its answer?"""
    confidant = build(paths)
    confidant.start()
    confidant.settings.set(LOCAL_MODEL, str(model))
    confidant.settings.set(LOCAL_MAX_TOKENS, 80)
    pairs = [(each, question) for each in planted for question in each.questions][
        :: max(1, 3 * len(planted) // count)
    ]
    right, times = 0, []
    for each, question in pairs[:count]:
        start = time.perf_counter()
        events = asked(confidant, each, question, Where.LOCAL)
        times.append(time.perf_counter() - start)
        answer = "".join(event.text for event in events if isinstance(event, Delta))
        right += question.answer.replace(",", "") in answer.replace(",", "")
        print(json.dumps({"question": question.text, "value": question.answer, "answer": answer[:300]}))
    confidant.close()
    rows = [
        ("right value", f"{right} of {len(times)}"),
        ("an answer, median", f"{statistics.median(times):.0f} s"),
    ]
    print_table(f"Answered here by {model.stem}", ("what", "figure"), rows)


if __name__ == "__main__":
    main()
