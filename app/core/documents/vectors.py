"""Vectors of passages as bytes, and which of them are near to a question."""

from collections.abc import Iterator, Sequence

import numpy as np

from app.core.embeddings import Vectors


def packed(rows: Vectors) -> Iterator[bytes]:
    """Return each row in half precision: 768 bytes."""
    for row in rows:
        yield row.astype(np.float16).tobytes()


def unpacked(values: Sequence[bytes]) -> Vectors:
    """Undo `packed`."""
    return np.frombuffer(b"".join(values), np.float16).reshape(len(values), -1).astype(np.float32)


def nearness(values: Sequence[bytes], target: Vectors) -> list[float]:
    """Return the cosine of each packed row and a vector of unit length."""
    near: list[float] = (unpacked(values) @ target).tolist()
    return near
