"""Which of many passages bear on a question: by words (BM25) and by meaning (MiniLM) together."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from app.core.cancel import Cancel
from app.core.content_words import content_words, stem
from app.core.errors import MemoryFault

if TYPE_CHECKING:
    from app.core.embeddings import Embedder, Vectors

_K1: Final = 1.2
_B: Final = 0.5
_BATCH: Final = 16
_READ: Final = 128
"""Passages whose meaning is read at most; of more, those whose words fit best."""


class Ranking:
    """Ranks the same texts for any number of questions; their meaning is read once."""

    def __init__(
        self,
        texts: Sequence[str],
        embedder: "Embedder",
        cancel: Cancel,
        known: "Mapping[int, Vectors] | None" = None,
    ) -> None:
        """Count the words of texts.

        Args:
            known: the vectors of those whose meaning was read before.
        """
        self._texts = texts
        self._embedder = embedder
        self._cancel = cancel
        self._words = [Counter(map(stem, content_words(text))) for text in texts]
        self._lengths = [sum(words.values()) for words in self._words]
        self._counts = Counter(word for words in self._words for word in words)
        self._vectors: dict[int, Vectors] = dict(known or {})

    def best(self, question: str, k: int) -> list[int]:
        """Return the places of the k texts that fit best, best first; by words alone without an embedder.

        Raises:
            Cancelled: it was stopped.
        """
        by_words = self._by_words(question)
        order = sorted(range(len(self._texts)), key=lambda place: -by_words[place])
        read = sorted(order[:_READ])
        meaning = [0.0] * len(read)
        with suppress(MemoryFault):
            self._read([place for place in read if place not in self._vectors])
            asked = self._embedder.embed([question])[0]
            meaning = _standard([float(self._vectors[place] @ asked) for place in read])
        words = _standard([by_words[place] for place in read])
        scores = {place: one + other for place, one, other in zip(read, meaning, words, strict=True)}
        return sorted(read, key=lambda place: -scores[place])[:k]

    def nearness(self, question: str) -> float:
        """Return the cosine of a question and the nearest of the texts read so far."""
        if not self._vectors:
            return 0.0
        asked = self._embedder.embed([question])[0]
        return max(float(row @ asked) for row in self._vectors.values())

    def _read(self, places: Sequence[int]) -> None:
        for start in range(0, len(places), _BATCH):
            self._cancel.check()
            some = places[start : start + _BATCH]
            rows = self._embedder.embed([self._texts[place] for place in some])
            self._vectors.update(zip(some, rows, strict=True))

    def _by_words(self, question: str) -> list[float]:
        asked = set(map(stem, content_words(question)))
        usual = sum(self._lengths) / max(1, len(self._lengths)) or 1.0
        weights = {word: self._weight(word) for word in sorted(asked & self._counts.keys())}
        return [
            sum(
                weight * words[word] * (_K1 + 1) / (words[word] + _K1 * (1 - _B + _B * length / usual))
                for word, weight in weights.items()
                if word in words
            )
            for words, length in zip(self._words, self._lengths, strict=True)
        ]

    def _weight(self, word: str) -> float:
        found = self._counts[word]
        return math.log(1 + (len(self._texts) - found + 0.5) / (found + 0.5))


def _standard(values: Sequence[float]) -> list[float]:
    """Count in standard deviations above the average."""
    if not values:
        return []
    mean = sum(values) / len(values)
    spread = math.sqrt(sum((value - mean) ** 2 for value in values) / len(values))
    return [(value - mean) / spread if spread > 1e-12 else 0.0 for value in values]
