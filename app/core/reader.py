"""Reads text with the name model, a piece at a time, and remembers for a while what it read."""

import re
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple, Protocol

PIECE = 4000
REMEMBERED = 4096
"""Pieces: some megabytes of text, of which offsets and labels alone are kept."""
_SOLID = re.compile(r"\S{200}")
"""Without a blank for so long: spaCy's tokenizer takes quadratic time over it, so it is cut."""
_BREAKS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?])\s"), re.compile(r"\s"))
"""Where a long text is cut, best first."""


class Marked(Protocol):
    """A name as spaCy marks it."""

    @property
    def label_(self) -> str: ...
    @property
    def start_char(self) -> int: ...
    @property
    def end_char(self) -> int: ...


class Document(Protocol):
    """A text that spaCy has read."""

    @property
    def ents(self) -> Sequence[Marked]: ...


class Entity(NamedTuple):
    """What the model takes for a name, in offsets of the piece that it read."""

    label: str
    start: int
    end: int


class Reader:
    """Runs the model on one processor, with the faster arithmetic of numpy, on whichever thread asks."""

    def __init__(self, model: Callable[[str], Document]) -> None:
        from threadpoolctl import ThreadpoolController

        self._model = model
        self._pools = ThreadpoolController()
        self._key = secrets.token_bytes(32)  # so that a digest says nothing to anybody
        self._lock = threading.Lock()
        self._seen: OrderedDict[bytes, tuple[Entity, ...]] = OrderedDict()

    def read(self, piece: str) -> tuple[Entity, ...]:
        """Return the names in a piece; what was read lately is not read again."""
        digest = blake2b(piece.encode("utf-8", "surrogatepass"), key=self._key, digest_size=16).digest()
        with self._lock:
            seen = self._seen.get(digest)
            if seen is not None:
                self._seen.move_to_end(digest)
                return seen
        with self._pools.limit(limits=1, user_api="blas"):
            document = self._model(piece)
        read = tuple(Entity(each.label_, each.start_char, each.end_char) for each in document.ents)
        with self._lock:
            self._seen[digest] = read
            while len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
        return read


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """Cut a long text at a paragraph, line, sentence or word; each piece comes with its place."""
    at = 0
    while at < len(text):
        end = min(len(text), at + PIECE)
        if end < len(text):
            end = _break(text, at + PIECE // 2, end)
        if solid := _SOLID.search(text, at, end):
            end = solid.end()
        yield at, text[at:end]
        at = end


def _break(text: str, start: int, end: int) -> int:
    """Return the end of the last good break in this part, or the part's own end."""
    for kind in _BREAKS:
        last = None
        for last in kind.finditer(text, start, end):  # noqa: B007 - the last one is wanted
            pass
        if last is not None:
            return last.end()
    return end
