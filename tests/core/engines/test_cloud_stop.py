"""Stop reaches the cloud engine wherever it is, and nothing of an abandoned call goes on."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from cloud_kit import ask, engine, no_thread_left, prompt
from hostile import Hostile, Wire, answer, event, silence, stall, status

from app.core.cancel import Cancel
from app.core.engines.cloud import CloudEngine
from app.core.engines.cloud_address import CloudConfig
from app.core.errors import Cancelled
from app.core.events import Notice
from app.core.types import Chunk

CALLER = 0.5
"""Seconds after which whoever called must be free again."""
SOCKET = 0.2
"""Seconds after which the server must see the connection end."""


@pytest.fixture(autouse=True, scope="module")
def _client_is_loaded() -> None:
    """Loading the client takes seconds on a busy machine; Stop must not be measured in the middle of it."""
    import openai

    assert openai.__version__


class Run:
    """One question on a thread of its own, so that the test can stop it."""

    def __init__(self, cloud: CloudEngine) -> None:
        self.cancel = Cancel()
        self.items: list[Chunk | Notice] = []
        self.error: BaseException | None = None
        self.first = threading.Event()
        self._cloud = cloud
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Press Stop and check that the caller is free in time."""
        pressed = time.monotonic()
        self.cancel.set()
        self._thread.join(5)
        assert not self._thread.is_alive()
        assert time.monotonic() - pressed < CALLER
        assert isinstance(self.error, Cancelled)

    def _work(self) -> None:
        try:
            for item in self._cloud.stream(prompt(), self.cancel):
                self.items.append(item)
                self.first.set()
        except BaseException as error:
            self.error = error


def test_stop_before_the_start_sends_nothing() -> None:
    cancel = Cancel()
    cancel.set()
    with Hostile(answer("ok")) as server, pytest.raises(Cancelled):
        ask(engine(server.url), cancel)
    assert server.connections == 0


def test_stop_while_the_keyring_waits_for_its_password() -> None:
    asked, answered = threading.Event(), threading.Event()

    def key(host: str) -> str:
        asked.set()
        answered.wait(5)
        return "late"

    with Hostile(answer("ok")) as server, no_thread_left():
        run = Run(CloudEngine(lambda: CloudConfig(server.url), key))
        assert asked.wait(5)
        run.stop()
        answered.set()
    assert server.requests == []


def test_stop_while_the_name_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, found = threading.Event(), threading.Event()
    look_up = socket.getaddrinfo

    def slow(host: str, *args: object, **kwargs: object) -> object:
        if host == "slow.invalid":
            asked.set()
            found.wait(5)
            host = "127.0.0.1"
        return look_up(host, *args, **kwargs)  # type: ignore[call-overload]  # passed on as it came

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    with Hostile(answer("ok")) as server, no_thread_left():
        run = Run(engine(f"http://slow.invalid:{server.port}"))
        assert asked.wait(5)
        run.stop()
        found.set()  # the abandoned thread goes on and connects, but may say nothing
    assert server.requests == []


@contextmanager
def _full_listener() -> Iterator[int]:
    """A port that takes no further connection, so that connecting to it waits."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        port = listener.getsockname()[1]
        fillers = []
        for _ in range(4):
            filler = socket.socket()
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", port))
            fillers.append(filler)
        try:
            yield port
        finally:
            for filler in fillers:
                filler.close()


def test_stop_while_connecting(monkeypatch: pytest.MonkeyPatch) -> None:
    connecting = threading.Event()
    connect = socket.create_connection

    def watched(*args: object, **kwargs: object) -> socket.socket:
        connecting.set()
        return connect(*args, **kwargs)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(socket, "create_connection", watched)
    with _full_listener() as port, no_thread_left():
        run = Run(engine(f"http://127.0.0.1:{port}", timeout=1))
        assert connecting.wait(5)
        run.stop()


def test_stop_while_the_connection_is_secured() -> None:
    with Hostile(answer("ok"), speaks_first=Wire.hold) as server, no_thread_left():
        run = Run(engine(server.url.replace("http:", "https:"), timeout=20))
        assert server.came.wait(5)
        assert server.wires[0].spoke.wait(5)
        run.stop()
        assert server.wires[0].left.wait(SOCKET)


@pytest.mark.parametrize(
    "step", [silence, stall(event("Some"))], ids=["before the first byte", "while reading"]
)
def test_stop_while_waiting_for_the_server(step: Callable[[Wire], None]) -> None:
    with Hostile(step) as server, no_thread_left():
        run = Run(engine(server.url, timeout=20))
        assert server.came.wait(5)
        if step is not silence:
            assert run.first.wait(5)
        run.stop()
        assert server.wires[0].left.wait(SOCKET)
    assert run.items == ([] if step is silence else [Chunk("Some")])


def test_stop_while_waiting_for_the_next_try() -> None:
    with Hostile(status(429, None, retry_after="30")) as server, no_thread_left():
        run = Run(engine(server.url, retries=3))
        assert run.first.wait(5)
        run.stop()
    assert run.items == [Notice("The server is busy. Trying again in 30 s.")]
    assert len(server.requests) == 1


def test_stop_while_nobody_takes_what_the_server_floods() -> None:
    def flood(wire: Wire) -> None:
        wire.begin_events()
        while True:
            wire.piece(event("x" * 1000))

    cancel = Cancel()
    with Hostile(flood) as server, no_thread_left():
        items = engine(server.url).stream(prompt(), cancel)
        assert next(items) == Chunk("x" * 1000)
        cancel.set()
        with pytest.raises(Cancelled):
            next(items)


@pytest.mark.parametrize("step", [stall(event("Some"))])
def test_closing_the_iterator_closes_the_connection(step: Callable[[Wire], None]) -> None:
    with Hostile(step) as server, no_thread_left():
        items = engine(server.url, timeout=20).stream(prompt(), Cancel())
        assert next(items) == Chunk("Some")
        items.close()  # type: ignore[attr-defined]  # it is a generator
        assert server.wires[0].left.wait(SOCKET)


def test_stop_while_models_are_listed() -> None:
    cancel = Cancel()
    with Hostile(silence) as server, no_thread_left():
        threading.Thread(target=lambda: (server.came.wait(5), cancel.set()), daemon=True).start()
        with pytest.raises(Cancelled):
            engine(server.url, timeout=20).models(cancel)


def test_a_finished_call_leaves_no_connection_open() -> None:
    def step(wire: Wire) -> None:
        answer("ok")(wire)
        wire.hold()

    with Hostile(step) as server, no_thread_left():
        ask(engine(server.url))
        assert server.wires[0].left.wait(SOCKET)
