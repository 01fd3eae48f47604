"""A real HTTP server on loopback that follows a script: one step for each request, honest or hostile.

    with Hostile(answer("Hello")) as server:
        ... server.url, server.requests

A step is a function of the `Wire` to one client. The last step serves all further requests. Steps send raw bytes, so
they can be as wrong as they like.
"""

import json
import select
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import TracebackType


@dataclass(frozen=True, slots=True)
class Request:
    """One request, as it came over the wire."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        return dict((key.lower(), value) for key, value in self.headers).get(name.lower())


class Wire:
    """The connection to one client, after its request was read."""

    def __init__(self, connection: socket.socket, closing: threading.Event) -> None:
        self._connection = connection
        self._closing = closing
        self.left = threading.Event()
        """Set when the client was seen to hang up."""
        self.spoke = threading.Event()
        """Set when the client said something while the server was holding."""

    def send(self, data: bytes) -> None:
        self._connection.sendall(data)

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Send a whole response; `content_type="text/html"` becomes a header."""
        named = {"content-length": str(len(body)), "content-type": "application/json"}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
        self.send(f"HTTP/1.1 {status} Whatever\r\n{lines}\r\n".encode() + body)

    def begin_events(self, content_type: str = "text/event-stream", extra: str = "") -> None:
        """Send the head of a stream in chunked coding."""
        self.send(
            f"HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\n{extra}transfer-encoding: chunked\r\n\r\n".encode()
        )

    def piece(self, data: bytes) -> None:
        """Send one piece of a stream, in a packet of its own."""
        self.send(b"%x\r\n%s\r\n" % (len(data), data))

    def end_events(self) -> None:
        self.send(b"0\r\n\r\n")

    def hold(self, limit: float = 30.0) -> None:
        """Say nothing until the client hangs up or the server is closed."""
        until = time.monotonic() + limit
        while time.monotonic() < until and not self._closing.is_set():
            readable, _, _ = select.select([self._connection], [], [], 0.02)
            if readable and not self._hear():
                self.left.set()
                return

    def pause(self, seconds: float) -> None:
        self._closing.wait(seconds)

    def pass_through(self, to: tuple[str, int]) -> None:
        """Join this connection to another server, as a proxy does after CONNECT."""
        with socket.create_connection(to) as other:
            pairs = {self._connection: other, other: self._connection}
            while not self._closing.is_set():
                for one in select.select(list(pairs), [], [], 0.02)[0]:
                    data = one.recv(65536)
                    if not data:
                        return
                    pairs[one].sendall(data)

    def _hear(self) -> bool:
        try:
            heard = bool(self._connection.recv(65536))
        except OSError:
            return False
        if heard:
            self.spoke.set()
        return heard


Step = Callable[[Wire], None]


class Hostile:
    """The server; a context manager. `url` is for the client, `requests` and `wires` for the test."""

    def __init__(
        self, *steps: Step, tls: ssl.SSLContext | None = None, speaks_first: Step | None = None
    ) -> None:
        """Listen on a free port of loopback.

        Args:
            speaks_first: runs when a client connects, in place of TLS and of reading a request.
        """
        self._steps = list(steps)
        self._tls = tls
        self._speaks_first = speaks_first
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._threads: list[threading.Thread] = []
        self.requests: list[Request] = []
        self.wires: list[Wire] = []
        self.connections = 0
        self.came = threading.Event()
        """Set when the first request (or connection, with `speaks_first`) has come."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://localhost:{self.port}"

    @property
    def bodies(self) -> list[bytes]:
        return [request.body for request in self.requests]

    def __enter__(self) -> "Hostile":
        self._start(self._listen)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        for thread in list(self._threads):
            thread.join(5)
        self._listener.close()

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _listen(self) -> None:
        self._listener.settimeout(0.02)
        while not self._closing.is_set():
            try:
                connection, _ = self._listener.accept()
            except TimeoutError:
                continue
            self.connections += 1
            self._start(lambda connection=connection: self._serve(connection))

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(30)
        with connection:
            try:
                if self._speaks_first is not None:
                    wire = Wire(connection, self._closing)
                    self.wires.append(wire)
                    self.came.set()
                    self._speaks_first(wire)
                elif self._tls is not None:
                    with self._tls.wrap_socket(connection, server_side=True) as secure:
                        self._serve_requests(secure)
                else:
                    self._serve_requests(connection)
            except OSError:
                pass  # the client hung up, as it may

    def _serve_requests(self, connection: socket.socket) -> None:
        while not self._closing.is_set():
            request = _read_request(connection, self._closing)
            if request is None:
                return
            wire = Wire(connection, self._closing)
            with self._lock:
                self.requests.append(request)
                self.wires.append(wire)
                step = self._steps.pop(0) if len(self._steps) > 1 else self._steps[0]
            self.came.set()
            step(wire)


def _read_request(connection: socket.socket, closing: threading.Event) -> Request | None:
    head = b""
    while b"\r\n\r\n" not in head:
        pending = isinstance(connection, ssl.SSLSocket) and connection.pending()
        if not pending and not select.select([connection], [], [], 0.02)[0]:
            if closing.is_set():
                return None
            continue
        data = connection.recv(65536)
        if not data:
            return None
        head += data
    head, _, body = head.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ")
    headers = tuple((name, value.strip()) for name, _, value in (line.partition(":") for line in lines))
    length = int(dict((name.lower(), value) for name, value in headers).get("content-length", "0"))
    while len(body) < length:
        body += connection.recv(length - len(body))
    return Request(method, target, headers, body)


def event(text: str | None = None, *, finish: str | None = None, **more: object) -> bytes:
    """Return one event of a streamed chat completion."""
    delta = {} if text is None else {"content": text}
    value = {
        "object": "chat.completion.chunk",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
    return b"data: " + json.dumps(value | more, ensure_ascii=False).encode() + b"\n\n"


USAGE = b'data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}\n\n'
DONE = b"data: [DONE]\n\n"


def stream(*pieces: bytes) -> Step:
    """Send these pieces as one stream, each in its own packet, and end it properly."""

    def step(wire: Wire) -> None:
        wire.begin_events()
        for piece in pieces:
            wire.piece(piece)
        wire.end_events()

    return step


def answer(*texts: str) -> Step:
    """Answer like an honest server, in these pieces."""
    return stream(*(event(text) for text in texts), event(finish="stop"), USAGE, DONE)


def cut(*pieces: bytes) -> Step:
    """Send these pieces, then hang up in the middle."""

    def step(wire: Wire) -> None:
        wire.begin_events()
        for piece in pieces:
            wire.piece(piece)
        raise ConnectionAbortedError

    return step


def stall(*pieces: bytes) -> Step:
    """Send these pieces, then nothing any more while the connection stays."""

    def step(wire: Wire) -> None:
        wire.begin_events()
        for piece in pieces:
            wire.piece(piece)
        wire.hold()
        raise ConnectionAbortedError

    return step


def silence(wire: Wire) -> None:
    """Never answer."""
    wire.hold()
    raise ConnectionAbortedError


def status(number: int, body: Iterable[str] | object = None, **headers: str) -> Step:
    """Answer with an error; `body` is sent as JSON."""
    data = b"" if body is None else json.dumps(body).encode()

    def step(wire: Wire) -> None:
        wire.reply(number, data, **headers)

    return step


def page(number: int = 200) -> Step:
    """Answer with the sign-in page of a network."""

    def step(wire: Wire) -> None:
        wire.reply(
            number, b"<!doctype html><html><body>Please sign in</body></html>", content_type="text/html"
        )

    return step


def raw(data: bytes) -> Step:
    """Send these bytes and hang up."""

    def step(wire: Wire) -> None:
        wire.send(data)
        raise ConnectionAbortedError

    return step
