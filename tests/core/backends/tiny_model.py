"""A real ONNX token classifier of a few kilobytes, with its tokenizer, written by hand; and a server that has it.

The model looks each word up in a table of scores, so what it finds is known beforehand. Its numbers lie in a
second file, as those of large models do.
"""

import hashlib
import struct
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import tokenizers
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from app.core.backends.description import ModelFile, StrongModel
from app.privacy.types import Kind

LABELS = ("O", *(f"{mark}-{name}" for name in ("who", "mail", "key") for mark in "BIES"))
KINDS = {"who": Kind.PERSON, "mail": Kind.EMAIL, "key": Kind.SECRET}
SURE, MAYBE = 8.0, 4.0
WORDS = {
    "Harriet": {"B-who": SURE},
    "Lindqvist": {"E-who": SURE},
    "Tuva": {"S-who": SURE},
    "harriet": {"B-mail": SURE},
    "lindqvist": {"I-mail": SURE},
    "@": {"I-mail": SURE},
    "example": {"I-mail": SURE},
    "com": {"E-mail": SURE},
    ".": {"O": SURE, "I-mail": MAYBE},
    "swordfish": {"S-key": SURE},
    "perhaps": {"O": 1.0, "S-who": 1.2},
}
POISON = "kaboom"
"""A word for which the model has no row, so that it fails in the middle of a text."""


def write(folder, words=WORDS, inputs=("input_ids", "attention_mask"), labels=LABELS):
    """Write a model and return its description; `address` is still empty."""
    names = ["[UNK]", *words, POISON]
    rows = [{"O": SURE}, *words.values()]
    table = b"".join(
        struct.pack(f"<{len(labels)}f", *(row.get(each, 0.0) for each in labels)) for row in rows
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tiny.onnx_data").write_bytes(table)
    (folder / "tiny.onnx").write_bytes(_onnx(len(rows), len(labels), len(table), inputs))
    tokenizer = tokenizers.Tokenizer(WordLevel({name: at for at, name in enumerate(names)}, "[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    return describe(folder, labels)


def describe(folder, labels=LABELS, address=""):
    """Describe the model in a folder, with the fingerprints that its files have now."""
    files = tuple(
        ModelFile(
            path.name, f"onnx/{path.name}", path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest()
        )
        for path in sorted(folder.iterdir())
    )
    return StrongModel(
        name="tiny",
        title="Tiny",
        licence="CC0-1.0",
        address=address,
        fingerprints="Written by this test.",
        files=files,
        model="tiny.onnx",
        tokenizer="tokenizer.json",
        window=32,
        overlap=4,
        labels=labels,
        kinds=KINDS,
    )


def _varint(number):
    out = b""
    while True:
        number, low = number >> 7, number & 127
        out += bytes([low | (128 if number else 0)])
        if not number:
            return out


def _field(number, value):
    """Write one field of a protocol buffer."""
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    data = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def _tensor(name, kind, sizes):
    shape = b"".join(
        _field(1, _field(1, size) if isinstance(size, int) else _field(2, size)) for size in sizes
    )
    return _field(1, name) + _field(2, _field(1, _field(1, kind) + _field(2, shape)))


def _onnx(rows, columns, size, inputs):
    """Write `logits = Gather(table, input_ids)`, the table in a file of its own."""
    places = (("location", "tiny.onnx_data"), ("offset", "0"), ("length", str(size)))
    outside = b"".join(_field(13, _field(1, key) + _field(2, value)) for key, value in places)
    table = _field(1, rows) + _field(1, columns) + _field(2, 1) + _field(8, "table") + outside + _field(14, 1)
    node = _field(1, "table") + _field(1, inputs[0]) + _field(2, "logits") + _field(4, "Gather")
    graph = _field(1, node) + _field(2, "tiny") + _field(5, table)
    graph += b"".join(_field(11, _tensor(name, 7, (1, "tokens"))) for name in inputs)
    graph += _field(12, _tensor("logits", 1, (1, "tokens", columns)))
    return _field(1, 8) + _field(7, graph) + _field(8, _field(1, "") + _field(2, 17))


class Library(ThreadingHTTPServer):
    """A server on loopback that has the files of a folder and knows ranges."""

    daemon_threads = True

    def __init__(self, folder):
        super().__init__(("127.0.0.1", 0), _Librarian)
        self.folder = folder
        self.requests = []
        """First line and headers of each request, as text."""
        self.cut_after = None
        """Bytes after which the next answer breaks off."""
        self.moved = False
        """Point to another path first, as those who publish models do."""
        self.moved_to = ""
        """Point there instead, whatever it is."""
        self.status = 0
        """Answer with this status only."""
        self.counts = True
        """Say how long an answer is."""
        self.swap = None
        """Change the bytes of a file on their way."""

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def handle_error(self, request, client_address):
        """A client that goes away is what Stop looks like."""


class _Librarian(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        server = self.server
        server.requests.append(f"{self.requestline}\n{self.headers}")
        if server.status:
            return self._send(server.status, b"")
        if server.moved_to or (server.moved and not self.path.startswith("/store/")):
            return self._send(302, b"", {"Location": server.moved_to or f"/store{self.path}"})
        data = (server.folder / self.path.rpartition("/")[2]).read_bytes()
        data = server.swap(data) if server.swap else data
        size, start = len(data), 0
        asked = self.headers.get("Range")
        if asked:
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
        headers = {"Content-Range": f"bytes {start}-{size - 1}/{size}"} if asked else {}
        self._send(206 if asked else 200, data[start:], headers)

    def _send(self, status, data, headers=None):
        self.send_response(status)
        if self.server.counts:
            self.send_header("Content-Length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        cut, self.server.cut_after = self.server.cut_after, None
        self.wfile.write(data if cut is None else data[:cut])
        self.close_connection = cut is not None or not self.server.counts

    def log_message(self, format, *args):
        """Tests print nothing."""


@contextmanager
def library(folder):
    """Serve a folder for the length of a block."""
    with Library(folder) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
