"""Fakes that several tests share: a server that says back what it hears, and people who decide."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from app.core.approval import Approve


class Parrot(ThreadingHTTPServer):
    """A real HTTP server on loopback that speaks chat completions and keeps every byte it got."""

    daemon_threads = True
    model = "parrot-1"

    def __init__(self, piece=3):
        super().__init__(("127.0.0.1", 0), _Bird)
        self.piece = piece
        """Characters in each chunk of an answer."""
        self.say = lambda question: question
        """What to answer to the last message."""
        self.bodies = []
        """Bodies of the chat requests, as bytes."""
        self.requests = []
        """First lines and headers of every request, as text."""
        self.hold = threading.Event()
        """Clear it to stop in the middle of an answer."""
        self.hold.set()
        self.halfway = threading.Event()
        """Set when half of an answer is sent."""

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def received(self):
        """Everything that came in, as one text."""
        return "\n".join([*self.requests, *(body.decode() for body in self.bodies)])

    def handle_error(self, request, client_address):
        """A client that goes away in the middle is what Stop looks like."""


class _Bird(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.requests.append(f"{self.requestline}\n{self.headers}")
        self._reply({"object": "list", "data": [{"id": self.server.model, "object": "model"}]})

    def do_POST(self):
        self.server.requests.append(f"{self.requestline}\n{self.headers}")
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.bodies.append(body)
        answer = self.server.say(json.loads(body)["messages"][-1]["content"])
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        size = self.server.piece
        pieces = [answer[at : at + size] for at in range(0, len(answer), size)]
        for number, piece in enumerate(pieces):
            if number == len(pieces) // 2:
                self.server.halfway.set()
                self.server.hold.wait(30)
            self._event({"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]})
        self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        self._event({"choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": len(pieces)}})
        self.wfile.write(b"data: [DONE]\n\n")
        self.close_connection = True

    def _event(self, value):
        frame = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "parrot-1", **value}
        self.wfile.write(b"data: " + json.dumps(frame).encode() + b"\n\n")
        self.wfile.flush()

    def _reply(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        """Tests print nothing."""


@contextmanager
def parrot(piece: int = 3) -> Iterator[Parrot]:
    """Run a parrot for the length of a block."""
    with Parrot(piece) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.hold.set()
            server.shutdown()
            thread.join()


class Yes:
    """Approves everything, and remembers what it saw."""

    def __init__(self):
        self.reviews = []

    def decide(self, review, cancel):
        self.reviews.append(review)
        return Approve()


class Says:
    """Gives the verdicts that it was told, one after the other."""

    def __init__(self, *verdicts):
        self.verdicts = list(verdicts)
        self.reviews = []

    def decide(self, review, cancel):
        self.reviews.append(review)
        return self.verdicts.pop(0)
