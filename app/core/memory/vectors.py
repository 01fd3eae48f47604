"""The vectors of all turns in memory, kept in step with the database."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.core.embeddings import Embedder, Vectors
from app.core.store.turns import SqliteTurns

Numbers = NDArray[np.int64]
Scores = NDArray[np.float64]

_BLOCK: Final = 1000
"""Rows that are made floats at a time: they fit into a processor's cache."""
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
    """All vectors of one embedder: 384 bytes each, compared by blocks (25 ms for 100,000)."""

    def __init__(self, turns: SqliteTurns, embedder: Embedder) -> None:
        self._turns = turns
        self._embedder = embedder
        self._ids = np.zeros(0, np.int64)
        self._owners = np.zeros(0, np.int64)
        self._rows = np.zeros((0, 0), np.int8)
        self._lengths = np.zeros(0, np.float32)
        self._where = (self._ids, self._ids, self._ids, self._ids)

    def refresh(self) -> None:
        """Take in new vectors and drop those that are gone."""
        ids = np.array(self._turns.vector_ids(self._embedder.name), np.int64)
        if np.array_equal(ids, self._ids):
            return
        kept = np.isin(self._ids, ids)
        if not kept.all():
            self._take(self._ids[kept], self._owners[kept], self._rows[kept])
        new = self._turns.vectors(self._embedder.name, int(self._ids[-1]) if len(self._ids) else 0)
        if new:
            rows = np.stack([np.frombuffer(value, np.int8) for _, _, value in new])
            old = self._rows if len(self._rows) else rows[:0]
            self._take(
                np.concatenate([self._ids, [each[0] for each in new]]),
                np.concatenate([self._owners, [each[1] for each in new]]),
                np.concatenate([old, rows]),
            )

    def nearness(self, query: str, numbers: Numbers) -> Scores:
        """Return the cosine between a query and each of these turns, in ascending order of their numbers.

        Of a turn in several pieces the nearest counts; one without a vector is as near as the average.
        """
        near = np.full(len(numbers), np.nan)
        if len(self._rows):
            target = self._embedder.embed([query])[0]
            blocks = range(0, len(self._rows), _BLOCK)
            products = [self._rows[start : start + _BLOCK].astype(np.float32) @ target for start in blocks]
            found = np.concatenate(products) / self._lengths
            places, first, further = self._places(numbers)
            near[places[first]] = found[first]
            np.fmax.at(near, places[further], found[further])
        mean = np.nanmean(near) if not np.isnan(near).all() else 0.0
        filled: Scores = np.nan_to_num(near, nan=mean)
        return filled

    def _places(self, numbers: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Return where in `numbers` each vector's turn stands, and which vectors are the first of theirs."""
        if self._where[0] is not numbers:
            places = np.searchsorted(numbers, self._owners).clip(max=len(numbers) - 1)
            known = np.flatnonzero(numbers[places] == self._owners)
            first = known[np.unique(self._owners[known], return_index=True)[1]]
            self._where = (numbers, places, first, np.setdiff1d(known, first))
        return self._where[1:]

    def read(self, turns: Sequence[tuple[int, str]]) -> list[tuple[int, bytes]]:
        """Make the vectors of turns, ready to be kept."""
        cut = [(number, piece) for number, text in turns for piece in pieces(text)]
        made = self._embedder.embed([piece for _, piece in cut])
        return [(number, value) for (number, _), value in zip(cut, packed(made), strict=True)]

    def _take(self, ids: Numbers, owners: Numbers, rows: NDArray[np.int8]) -> None:
        self._ids, self._owners, self._rows = ids, owners, rows
        self._lengths = np.linalg.norm(rows.astype(np.float32), axis=1).clip(min=1.0)
        self._where = (self._ids[:0], *self._where[1:])
