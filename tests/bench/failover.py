"""How soon this computer answers once the cloud is killed: at connect, in its head, in the middle.

    python tests/bench/failover.py [--turns 4] [--reading 8] [--repeats 3] [--stages connect,headers,middle]

The real program with the bundled model in memory, and a server on loopback that answers some turns honestly,
while the person takes his time to read, and is then killed. Measured from the kill (at connect: from the
moment the request was to leave) to the first word of the local answer, with the history read ahead.
"""

import argparse
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from fakes import Yes
from figures import print_table
from hostile import DONE, USAGE, Hostile, Wire, event

from app.assembly import Confidant, build
from app.core import settings as keys
from app.core.cancel import Cancel
from app.core.engines.holder import Phase
from app.core.events import Delta, Sent
from app.core.paths import Paths
from app.core.types import Origin, Where

ASKED = "Please tell me how a {thing} works, and what one has to look after so that it lasts for a long time."
THINGS = ("barometer", "bicycle", "loom", "lighthouse", "water mill", "sextant", "harpsichord", "windlass")
ANSWER = (
    "A {thing} turns one kind of motion into another. Its main part is a frame that carries the rest. Keep it "
    "dry, oil what moves twice a year, and look for cracks before each winter. Small parts wear out first, so "
    "have two spare ones of each in a drawer. If it begins to creak, take it apart, clean it with a soft brush "
    "and put it together again in the same order. With such care a {thing} serves for forty years and more. "
)


class Server:
    """Answers honestly until it is told how to die."""

    def __init__(self) -> None:
        self.dies: Callable[[Wire], None] | None = None
        self.killed = 0.0
        self.count = 0

    def __call__(self, wire: Wire) -> None:
        if self.dies is not None:
            self.dies(wire)
            self.killed = time.perf_counter()
            raise ConnectionAbortedError
        text = ANSWER.format(thing=THINGS[self.count % len(THINGS)])
        self.count += 1
        wire.begin_events()
        for word in text.split(" "):
            wire.piece(event(word + " "))
        for last in (event(finish="stop"), USAGE, DONE):
            wire.piece(last)
        wire.end_events()


def in_head(wire: Wire) -> None:
    """The server thinks for two seconds, then it is gone."""
    wire.pause(2)
    wire.send(b"HTTP/1.1 200 OK\r\ncontent-ty")


def in_the_middle(wire: Wire) -> None:
    wire.pause(1)
    wire.begin_events()
    for word in ANSWER.split(" ")[:12]:
        wire.pause(0.05)
        wire.piece(event(word + " "))


def measure(stage: str, arguments: argparse.Namespace) -> float:
    """Return the seconds from the kill to the first local word."""
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder) / "profile")
        paths.create()
        server = Server()
        with Hostile(server) as hostile:
            confidant = build(paths)
            try:
                return _measure(stage, confidant, hostile, server, arguments)
            finally:
                confidant.close()


def _measure(
    stage: str, confidant: Confidant, hostile: Hostile, server: Server, arguments: argparse.Namespace
) -> float:
    confidant.start()
    for key, value in (
        (keys.CLOUD_ENABLED, True),
        (keys.CLOUD_BASE_URL, hostile.url),
        (keys.CLOUD_MODEL, "m"),
    ):
        confidant.settings.set(key, value)
    confidant.settings.set(keys.CLOUD_RETRIES, 0)
    ready = threading.Event()
    confidant.local.on_state(lambda state: ready.set() if state.phase is Phase.READY else None)
    confidant.local.warm()
    ready.wait(60)
    conversation = confidant.session.new_conversation().id
    for turn in range(arguments.turns):
        ask(confidant, conversation, THINGS[turn % len(THINGS)])
        time.sleep(arguments.reading)
    if stage == "connect":
        confidant.settings.set(keys.CLOUD_BASE_URL, "http://127.0.0.1:9")
    else:
        server.dies = in_head if stage == "headers" else in_the_middle
    sent, first = ask(confidant, conversation, "weather vane")
    return first - (sent if stage == "connect" else server.killed)


def ask(confidant: Confidant, conversation: str, thing: str) -> tuple[float, float]:
    """Return when the request left and when the first local word came (0 where none did)."""
    sent, first, cancel = 0.0, 0.0, Cancel()

    def tell(what: object) -> None:
        nonlocal sent, first
        if isinstance(what, Sent):
            sent = time.perf_counter()
        if (
            isinstance(what, Delta)
            and what.origin is Origin.LOCAL
            and not first
            and "broke off" not in what.text
        ):
            first = time.perf_counter()

    asked = ASKED.format(thing=thing)
    confidant.session.send(conversation, asked, Yes(), cancel, tell, where=Where.CLOUD)
    return sent, first


def main() -> int:
    reader = argparse.ArgumentParser()
    reader.add_argument("--turns", type=int, default=4)
    reader.add_argument("--reading", type=float, default=8.0)
    reader.add_argument("--repeats", type=int, default=3)
    reader.add_argument("--stages", default="connect,headers,middle")
    arguments = reader.parse_args()
    body = []
    for stage in arguments.stages.split(","):
        times = []
        for _ in range(arguments.repeats):
            times.append(measure(stage, arguments))
            print(f"killed at {stage}: {times[-1]:.2f} s", flush=True)
        times.sort()
        body.append((stage, f"{statistics.median(times):.2f} s", f"{times[0]:.2f} to {times[-1]:.2f} s"))
    print_table(
        f"From the kill to the first local word, after {arguments.turns} turns with the cloud",
        ("killed at", "median", "spread"), body,
    )  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
