"""Says which facts belong in a text that somebody else will read, such as a letter.

"I take pills for my nerves" is as near to a letter to the school as "My daughter is in class 2b". What tells
them apart: one is the kind of thing that people put into letters, the other the kind that they keep to
themselves. Two lists of sentences show both kinds; a fact is plain where it is nearer to the plain ones.
"""

import re
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.core.embeddings import Embedder, MiniLm, Vectors
from app.privacy.detectors.sensitive import SensitiveDetector
from app.resources import RESOURCES

FOLDER: Final = RESOURCES / "discretion"
PRIVATE: Final = FOLDER / "private.txt"
PLAIN: Final = FOLDER / "plain.txt"

_BREADTH: Final = 0.1
"""How fast a sentence's say falls with its distance, as a cosine."""
_TELLING: Final = 0.05
"""What a word of the filter's list of delicate matters takes away."""
_LEAST: Final = 0.0
"""So much plainer than private a fact must be. The two kinds meet at zero."""
_FLOOR, _WINDOW = 0.05, 0.4
"""Below which cosine with the request a fact is of something else; how far behind the best one it may lie."""
_SAME_THING: Final = 0.6
"""From here on the request itself speaks of what the fact tells, private or not."""
_OWN_NAME: Final = re.compile(
    r"(?:my (?:full |first |last )?(?:sur)?name is|i am called|i'm called|ich heiße|je m'appelle|me llamo|"
    r"mi chiamo|ik heet|chamo-me|o meu nome é)\b",
    re.IGNORECASE,
)
"""It stands below every letter, whatever that is about."""


class Discretion:
    """Compares facts with the two lists; these are read once, at the first letter."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._lock = threading.Lock()
        self._detector = SensitiveDetector()

    def bearing(self, request: str, texts: Sequence[str], vectors: Vectors) -> list[tuple[int, float]]:
        """Return the places of the facts that belong in a text and how near they are to it, best first.

        Args:
            vectors: the embedder's, one row for each text.

        Raises:
            MemoryFault: the embedder cannot be loaded.
        """
        near = (vectors @ self._embedder.embed([request]).T)[:, 0]
        least = max(_FLOOR, float(near.max()) - _WINDOW)
        named = np.array([bool(_OWN_NAME.match(text.replace("’", "'"))) for text in texts])
        fits = (self.plainness(texts, vectors) >= _LEAST) & ((near >= least) | named)
        fits |= near >= _SAME_THING
        order = np.argsort(-near, kind="stable")
        return [(int(place), float(near[place])) for place in order if fits[place]]

    def plainness(self, texts: Sequence[str], vectors: Vectors) -> NDArray[np.float32]:
        """Return how much nearer each text is to what people tell than to what they keep to themselves."""
        with self._lock:
            private, plain = self._lists
        told = [any(True for _ in self._detector.find(text)) for text in texts]
        found: NDArray[np.float32] = _density(vectors @ plain.T) - _density(vectors @ private.T)
        return found - _TELLING * np.array(told, np.float32)

    @cached_property
    def _lists(self) -> tuple[Vectors, Vectors]:
        private, plain = read(PRIVATE), read(PLAIN)
        if self._embedder.name == MiniLm.name:
            rows = np.load(FOLDER / "vectors.npy").astype(np.float32)
        else:
            rows = self._embedder.embed([*private, *plain])
        return rows[: len(private)], rows[len(private) :]


def read(path: Path) -> list[str]:
    """Return the sentences of a list."""
    return path.read_text(encoding="utf-8").splitlines()


def _density(alike: Vectors) -> NDArray[np.float32]:
    """Return how many sentences are how near, on the scale of a cosine."""
    found: NDArray[np.float32] = _BREADTH * np.log(np.exp(alike / _BREADTH).mean(axis=1))
    return found
