"""How well turns fit the words of a question: BM25 as SQLite counts it, over a turn and its neighbours."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.core.memory.corpus import NONE, Corpus, Places, Scores
from app.core.store.turn_index import Matches, SqliteTurnIndex

_LENT: Final = (0.7, 0.5, 0.3)
"""How much of a word the neighbours at distance 1, 2 and 3 lend."""
_SATURATION: Final = 2.2
"""k1 + 1 of FTS5's BM25."""
_ONCE: Final = 1 / _SATURATION
"""What a word counts that a turn of average length says once."""


def fits(corpus: Corpus, index: SqliteTurnIndex, words: set[str]) -> tuple[Scores, Scores]:
    """Return how well the words fit each turn with its neighbours, and its whole conversation.

    Raises:
        StoreError: the index cannot be read.
    """
    near = np.zeros(len(corpus), np.float32)
    wide = np.zeros(int(corpus.conversations.max()) + 1)
    for word in sorted(words):
        places, part, weight = _part(corpus, index, word)
        if len(places):
            near += np.float32(weight) * _lent(corpus, places, part)
            wide += weight * _together(corpus, places, part, len(wide))
    spread: Scores = wide.astype(np.float32)[corpus.conversations]
    return near, spread


def _part(corpus: Corpus, index: SqliteTurnIndex, word: str) -> tuple[Places, Scores, float]:
    """Return which turns say a word, how much, from 0 to 1, and the word's weight (its idf)."""
    places, parts, found = [], [], 0
    for matches, size in zip(index.matches(word), corpus.counts(), strict=True):
        found += matches.count
        at = corpus.places(np.array(matches.numbers, np.int64))
        here = at != NONE
        places.append(at[here])
        parts.append(_saturated(matches, size)[here])
    total = len(corpus)
    weight = float(np.log(1 + (max(0, total - found) + 0.5) / (found + 0.5))) if found else 0.0
    return np.concatenate(places), np.concatenate(parts), weight


def _saturated(matches: Matches, size: int) -> Scores:
    """Take the idf out of the ranks again."""
    said = np.full(len(matches.numbers), _ONCE, np.float32)
    count = min(matches.count, size)
    own = max(float(np.log((size - count + 0.5) / (count + 0.5))), 1e-6)
    ranked = np.array(matches.ranks, np.float32) / (own * _SATURATION)
    said[: len(ranked)] = ranked.clip(0.0, 1.0)
    return said


def _lent(corpus: Corpus, places: Places, part: Scores) -> Scores:
    """Let each turn borrow from its neighbours in the conversation what it does not say itself."""
    lacks = np.ones(len(corpus), np.float32)
    lacks[places] -= part
    for step in (corpus.before, corpus.after):
        at, lent = places, part
        for share in _LENT:
            at = step[at]
            there = at != NONE
            at, lent = at[there], lent[there]
            lacks[at] *= 1 - np.float32(share) * lent
    return 1 - lacks


def _together(corpus: Corpus, places: Places, part: Scores, size: int) -> NDArray[np.float64]:
    """Return how much each conversation as a whole says the word."""
    lacks = np.log1p(-part.astype(np.float64).clip(max=1 - 1e-9))
    whole: NDArray[np.float64] = 1 - np.exp(
        np.bincount(corpus.conversations[places], weights=lacks, minlength=size)
    )
    return whole
