"""The vectors of all turns in memory, kept in step with the database.

A turn's vector is kept as bytes and as bits. Up to some thousands all bytes are compared; beyond, the bits
say roughly how near each turn is (the share of signs in which it differs from the question), and only those
that may be among the best are compared exactly. 450 bytes a turn.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.core.embeddings import Vectors
from app.core.memory.columns import Column
from app.core.memory.corpus import NONE, Numbers, Places, Scores

_BLOCK: Final = 1000
"""Rows that are made floats at a time: they fit into a processor's cache."""
_ALL: Final = 20_000
"""Vectors that are compared one by one."""
_SAMPLE: Final = 4_096
"""Vectors that tell how near turns are on average where not all are compared."""
_FULL: Final = 127
_LONGEST: Final = 900
"""Characters of a piece: about as many as the embedder reads."""
_PIECES: Final = 16
"""Pieces of one turn; of a longer one the beginning is enough."""


def packed(vectors: Vectors) -> Iterator[bytes]:
    """Round each row to bytes; its length is lost, and not needed."""
    for row in vectors:
        yield np.rint(row * (_FULL / max(float(np.abs(row).max()), 1e-9))).astype(np.int8).tobytes()


def pieces(text: str) -> list[str]:
    """Cut a text where its sentences and lines end, so that the embedder can read each piece whole."""
    cut: list[str] = []
    rest = text.strip()
    while len(rest) > _LONGEST and len(cut) < _PIECES:
        end = max(rest.rfind(mark, _LONGEST // 2, _LONGEST) for mark in ("\n", ". ", "? ", "! ", " "))
        end = end + 1 if end > 0 else _LONGEST
        cut.append(rest[:end].strip())
        rest = rest[end:].strip()
    return [*cut, rest[:_LONGEST]][:_PIECES]


class VectorMatrix:
    """All vectors of one embedder; `_ALL` is compared in 5 ms, the bits of a million in 30."""

    def __init__(self, exact_up_to: int = _ALL) -> None:
        self._exact_up_to = exact_up_to
        self._owners = Column(np.int32)
        self._lengths = Column(np.float32)
        self._first = Column(np.int32)
        """The first vector of each turn, or NONE."""
        self._further = Column(np.int32)
        """Vectors of turns that have several pieces, but for their first."""
        self._rows: Column[np.int8] | None = None
        self._bits: Column[np.uint64] | None = None
        self._size = 0

    def __len__(self) -> int:
        return len(self._owners)

    @property
    def is_exact(self) -> bool:
        """Whether `nearness` compares every vector."""
        return len(self) <= self._exact_up_to

    @property
    def read(self) -> int:
        """How many turns have a vector."""
        return len(self) - len(self._further)

    def add(self, places: Places, values: Sequence[bytes]) -> None:
        """Take in vectors and the places of their turns; those of turns that are not there are left."""
        self._size = self._size or (len(values[0]) if values else 0)
        known = [at for at, value in enumerate(values) if places[at] != NONE and len(value) == self._size]
        if not known:
            return
        block = np.frombuffer(b"".join(values[at] for at in known), np.int8).reshape(len(known), self._size)
        if self._rows is None or self._bits is None:
            self._rows, self._bits = Column(np.int8, self._size), Column(np.uint64, -(-self._size // 64))
        start, owners = len(self), places[known]
        self._rows.add(block)
        self._bits.add(_signs(block))
        self._lengths.add(np.linalg.norm(block.astype(np.float32), axis=1).clip(min=1e-9))
        self._owners.add(owners)
        self._first.add(np.full(max(0, int(owners.max()) + 1 - len(self._first)), NONE, np.int32))
        news, at = np.unique(owners, return_index=True)
        fresh = self._first.values[news] == NONE
        self._first.values[news[fresh]] = start + at[fresh]
        mine = np.arange(start, len(self), dtype=np.int32)
        self._further.add(mine[self._first.values[owners] != mine])

    def nearness(self, target: Vectors, size: int) -> Scores:
        """Return the cosine between a question and each of so many turns; about, unless it `is_exact`.

        Of a turn in several pieces the nearest counts; one without a vector has no number (NaN).
        """
        near = np.full(size, np.nan, np.float32)
        if not len(self) or not len(target):
            return near
        found = self._cosines(target) if self.is_exact else self._rough(target)
        owners, further = self._owners.values, self._further.values
        firsts = self._first.values[:size]
        there = firsts != NONE
        near[: len(firsts)][there] = found[firsts[there]]
        np.fmax.at(near, owners[further], found[further])
        return near

    def exact(self, target: Vectors, places: Places) -> Scores:
        """Return the cosine of a question and each of these turns; NaN as in `nearness`."""
        near = np.full(len(places), np.nan, np.float32)
        if not len(target):
            return near
        held = np.flatnonzero(places < len(self._first))
        firsts = self._first.values[places[held]]
        held, firsts = held[firsts != NONE], firsts[firsts != NONE]
        near[held] = self._cosines(target, firsts)
        owners, further = self._owners.values, self._further.values
        wanted = further[np.isin(owners[further], places)]
        if len(wanted):
            order = np.argsort(places)
            at = order[np.searchsorted(places[order], owners[wanted])]
            np.fmax.at(near, at, self._cosines(target, wanted))
        return near

    def spread(self, target: Vectors) -> tuple[float, float]:
        """Return the mean and the deviation of the cosine over all turns, from some of them."""
        if not len(self) or not len(target):
            return 0.0, 1.0
        some = self._cosines(target, np.arange(0, len(self), max(1, len(self) // _SAMPLE)))
        return float(some.mean()), max(float(some.std()), 1e-9)

    def _cosines(self, target: Vectors, which: Numbers | Places | None = None) -> Scores:
        if self._rows is None:
            return np.zeros(0, np.float32)
        rows, lengths = self._rows.values, self._lengths.values
        if which is not None:
            rows, lengths = rows[which], lengths[which]
        blocks = range(0, len(rows), _BLOCK)
        products: list[Scores] = [
            rows[start : start + _BLOCK].astype(np.float32) @ target for start in blocks
        ]
        found: Scores = np.concatenate(products) if products else np.zeros(0, np.float32)
        return found / lengths

    def _rough(self, target: Vectors) -> Scores:
        """Guess the cosines from the signs alone (Charikar 2002: the angle is the share that differs)."""
        if self._bits is None:
            return np.zeros(0, np.float32)
        asked = _signs(target[None])[0]
        bits = self._bits.values
        angles = np.cos(np.pi * np.arange(self._size + 1, dtype=np.float32) / self._size)
        found = np.empty(len(bits), np.float32)
        for start in range(0, len(bits), 16 * _BLOCK):
            block = np.bitwise_count(bits[start : start + 16 * _BLOCK] ^ asked)
            found[start : start + 16 * _BLOCK] = angles[block.sum(axis=1, dtype=np.int32)]
        return found


def _signs(rows: NDArray[np.int8] | Vectors) -> NDArray[np.uint64]:
    """Return one bit a number, in words of 64."""
    missing = -rows.shape[1] % 64
    bits = np.packbits(np.pad(rows > 0, ((0, 0), (0, missing))), axis=1)
    words: NDArray[np.uint64] = np.ascontiguousarray(bits).view(np.uint64)
    return words
