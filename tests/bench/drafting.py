"""How well a text is written for somebody whose facts may not leave: used, misused, leaked.

    python tests/bench/drafting.py                    which facts are given, over all profiles: no model is asked
    python tests/bench/drafting.py OUT.jsonl --local SMALL.gguf --cloud LARGE.gguf [--items N] [--arms cloud coach ...]

For each profile of `profiles.py` the facts are kept in a new profile of the program, and the request is sent:
`cloud` asks the large model, which gets no fact; `coach` is the auxiliary mechanism; `local` the small model alone;
any other arm is a mechanism by its name. The large model is llama.cpp's server on loopback. OUT keeps each answer
and what it took, and a run that was cut short goes on. Printed: the share of the facts that belong which the text
shows, of those that don't, and how many facts could be read in any request. Intervals: bootstrap over people, 95 %.
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from cloud_cache import Cache, cloud_cache
from profiles import Profile, read

from app.assembly import build
from app.core.approval import Approve
from app.core.cancel import Cancel
from app.core.embeddings import MiniLm
from app.core.events import Delta, Done, Event, Sent
from app.core.memory.facts import Facts
from app.core.paths import Paths
from app.core.settings import CLOUD_BASE_URL, CLOUD_ENABLED, LOCAL_CONTEXT, LOCAL_MAX_TOKENS, LOCAL_MODEL
from app.core.store.database import Database
from app.core.store.facts import SqliteFacts
from app.core.types import Where

WAYS = {
    "cloud": ("routing", Where.CLOUD),
    "coach": ("auxiliary", Where.AUTO),
    "local": ("routing", Where.LOCAL),
}
TOKENS = 220
GIVEN = 5
"""Facts, as the coach takes them."""


class Yes:
    """Approves everything."""

    def decide(self, review: object, cancel: object) -> Approve:
        return Approve()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--local", type=Path)
    parser.add_argument("--cloud", type=Path)
    parser.add_argument("--items", type=int, default=12)
    parser.add_argument("--arms", nargs="+", default=["cloud", "coach", "local"])
    options = parser.parse_args()
    if options.out is None:
        given()
        return
    people = read()[: options.items]
    done = kept(options.out)
    wanted = [(one, arm) for one in people for arm in options.arms if (one.id, arm) not in done]
    if wanted and options.local and options.cloud:
        with ExitStack() as stack:
            cache = Cache(options.out.with_suffix(".cloud.jsonl"))
            server = stack.enter_context(cloud_cache(cache, options.cloud))
            with options.out.open("a", encoding="utf-8") as file:
                for one, arm in wanted:
                    row = {"id": one.id, "arm": arm, **written(one, arm, options.local, server.address)}
                    print(json.dumps(row, ensure_ascii=False), file=file, flush=True)
    report(people, kept(options.out), options.arms)


def given() -> None:
    """Print how many facts that belong, and others, are given to an answer: of even and of odd profiles."""
    embedder = MiniLm()
    facts = Facts(SqliteFacts(Database(None)), lambda: embedder)
    for half, people in (("even", read()[::2]), ("odd", read()[1::2])):
        belong = other = 0
        for one in people:
            facts.forget(None)
            for fact in one.facts:
                facts.add(fact)
            found = {one.facts.index(each.text) for each in facts.about(one.request, GIVEN)}
            belong, other = belong + len(found & set(one.belong)), other + len(found & set(one.other))
        all_belong, all_other = (sum(len(each) for each in kind) for kind in zip(
            *((one.belong, one.other) for one in people), strict=True))  # fmt: skip
        print(f"{half}: {belong} of {all_belong} that belong, {other} of {all_other} others")


def kept(path: Path) -> dict[tuple[str, str], dict[str, object]]:
    if not path.exists():
        return {}
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {(row["id"], row["arm"]): row for row in rows}


def written(one: Profile, arm: str, local: Path, address: str) -> dict[str, object]:
    """Let the program write one text; return it with the bodies of all requests and the milliseconds."""
    mechanism, where = WAYS.get(arm, (arm, Where.AUTO))
    events: list[Event] = []
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder))
        paths.create()
        confidant = build(paths)
        confidant.start()
        try:
            confidant.settings.set(LOCAL_MODEL, str(local))
            confidant.settings.set(LOCAL_CONTEXT, 2048)
            confidant.settings.set(LOCAL_MAX_TOKENS, TOKENS)
            confidant.settings.set(CLOUD_BASE_URL, address)
            confidant.settings.set(CLOUD_ENABLED, True)
            for fact in one.facts:
                confidant.facts.add(fact)
            conversation = confidant.session.new_conversation().id
            start = time.perf_counter()
            confidant.session.send(
                conversation, one.request, Yes(), Cancel(), events.append, where=where, mechanism=mechanism
            )
            took = time.perf_counter() - start
            (*_, answer) = confidant.session.messages(conversation)
        finally:
            confidant.close()
    return {
        "text": "".join(each.text for each in events if isinstance(each, Delta)),
        "ended": type(events[-1]).__name__,
        "sent": [each.body for each in events if isinstance(each, Sent)],
        "recalled": [each.text for each in answer.account.used],
        "ms": round(1000 * took),
        "bytes": next((each.bytes_sent for each in events if isinstance(each, Done)), 0),
    }


def report(
    people: tuple[Profile, ...], rows: dict[tuple[str, str], dict[str, object]], arms: list[str]
) -> None:
    print(f"{'arm':>10} {'people':>6} {'belong used':>24} {'others used':>24} {'facts sent':>10} {'s':>6}")
    for arm in arms:
        belong, other, took, leaked = [], [], [], 0
        for one in people:
            row = rows.get((one.id, arm))
            if row is None:
                continue
            used = one.used(str(row["text"]))
            belong.append(len(used & set(one.belong)) / len(one.belong))
            other.append(len(used & set(one.other)) / len(one.other))
            sent = row["sent"]
            assert isinstance(sent, list)
            leaked += len(one.used("\n".join(sent)))
            took.append(float(str(row["ms"])) / 1000)
        if belong:
            spent = statistics.median(took)
            print(f"{arm:>10} {len(belong):>6} {said(belong)} {said(other)} {leaked:>10} {spent:>6.0f}")


def said(values: list[float]) -> str:
    chance = random.Random(7)
    means = sorted(statistics.mean(chance.choices(values, k=len(values))) for _ in range(1000))
    return f"{statistics.mean(values):>8.3f} ({means[25]:.3f} to {means[975]:.3f})"


if __name__ == "__main__":
    main()
