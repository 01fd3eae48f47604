"""Finds again what was said: by words, meaning, speaker, time and conversation together.

Words are BM25 as SQLite's FTS5 counts it, but over a turn and its neighbours, since a turn alone is often
meaningless ("Yes, that one"): each neighbour lends a part of the words that the turn lacks.
"""

import re
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

import numpy as np

from app.core.cancel import Cancel
from app.core.embeddings import Embedder
from app.core.memory.corpus import Corpus, Places, Scores
from app.core.memory.vectors import VectorMatrix, packed, pieces
from app.core.memory.when import span
from app.core.memory.words import fits
from app.core.store.rows import clean
from app.core.store.turn_index import Mark, SqliteTurnIndex
from app.core.store.turns import Said, SqliteTurns

_BY_CONVERSATION: Final = 0.2
_BY_SPEAKER: Final = 3.0
_BY_TIME: Final = 3.0
"""Weights beside words and meaning, which count once for each standard deviation."""
_CANDIDATES: Final = 2_048
"""Turns of which the nearness is known exactly where there are many."""
_BATCH: Final = 32
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_IDLE_WORDS: Final = """
a about again ago all also am an and any anything are as at be been but by can could did do does doing
done ever for from get got had has have having he her hers him his how i if in into is it its just like
may me might mine most much my no not of on once one or other our out over own say said she should so some
something tell than that the their them then there these they this those through to told too up us very
was we were what when where which while who whom whose why will with would you your yours
"""
_IDLE: Final = frozenset(_IDLE_WORDS.split())
_ASKED: Final = {
    "user": re.compile(r"\b(?:did|have|had|do) i\b|\bi (?:said|told|wrote|asked)\b", re.IGNORECASE),
    "assistant": re.compile(r"\b(?:did|have|had|do) you\b|\byou (?:said|told|wrote)\b", re.IGNORECASE),
}
"""How a question says whose words it is about."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """A turn that was found again."""

    turn: Said
    score: float
    """Standard deviations above the average turn, all ingredients together."""
    nearness: float = 0.0
    """Cosine of its meaning and the question's; 0 where it was not read yet."""


class Recall:
    """Search over all turns of a profile; one thread at a time."""

    def __init__(
        self, turns: SqliteTurns, index: SqliteTurnIndex, embedder: Embedder, exact_up_to: int | None = None
    ) -> None:
        self._turns = turns
        self._index = index
        self._embedder = embedder
        self._lock = threading.Lock()
        self._exact_up_to = exact_up_to
        self._seen = ("", Mark())
        """The embedder and the mark up to which everything has its vectors."""
        self._forget()

    def _forget(self) -> None:
        self._name = self._embedder.name
        self._mark = Mark()
        self._corpus = Corpus()
        few = self._exact_up_to
        self._vectors = VectorMatrix() if few is None else VectorMatrix(few)

    def coverage(self) -> tuple[int, int]:
        """Return how many turns can be found by their meaning, and how many there are.

        Raises:
            StoreError: it cannot be counted.
        """
        with self._lock:
            self._refresh()
            return self._vectors.read, len(self._corpus)

    def index(self, cancel: Cancel, tell: Callable[[int, int], None] = lambda done, all: None) -> bool:
        """Make the vectors that are missing, and say whether there were any.

        What is done is kept, so it can be stopped and goes on later; only what came since is looked through.

        Vectors of an earlier embedder go once there are new ones for everything.

        Args:
            tell: takes how many turns of how many are done.

        Raises:
            StoreError, MemoryFault: it cannot go on.
            Cancelled: it was stopped.
        """
        name, mark = self._embedder.name, self._index.mark()
        before, seen = self._seen
        since = seen if (before, seen.changes) == (name, mark.changes) else Mark()
        waiting = [turn for some in self._index.unread(name, since, mark) for turn in some]
        for start in range(0, len(waiting), _BATCH):
            cancel.check()
            self._read(waiting[start : start + _BATCH], cancel)
            tell(min(start + _BATCH, len(waiting)), len(waiting))
        self._index.drop_others(name)
        self._seen = (name, mark)
        return bool(waiting)

    def _read(self, turns: list[int], cancel: Cancel) -> None:
        cut = [(said.number, piece) for said in self._turns.said(turns) for piece in pieces(said.text)]
        made = self._embedder.embed([piece for _, piece in cut])
        cancel.check()  # the database may be closed by now
        values = packed(made)
        self._index.put(self._embedder.name, [(turn, next(values)) for turn, _ in cut])

    def recall(
        self, query: str, k: int, now: float | None = None, without: Collection[str] = ()
    ) -> list[Recalled]:
        """Return the k turns that are most likely meant, best first.

        Args:
            now: what "last week" counts from, in seconds since the epoch.
            without: conversations that are not looked at.

        Raises:
            StoreError, MemoryFault: it cannot be searched.
        """
        query = clean(query)
        with self._lock:
            self._refresh()
            if not len(self._corpus) or not query.strip():
                return []
            places, scores, near = self._best(query, k, time.time() if now is None else now, without)
            numbers = [int(number) for number in self._corpus.numbers[places]]
        found = {said.number: said for said in self._turns.said(numbers)}
        return [
            Recalled(found[number], float(score), 0.0 if np.isnan(cosine) else float(cosine))
            for number, score, cosine in zip(numbers, scores, near, strict=True)
            if number in found
        ]

    def _refresh(self) -> None:
        """Take in what came since the last time; where anything else happened, everything is read again."""
        mark = self._index.mark()
        if self._name != self._embedder.name or mark.changes != self._mark.changes:
            self._forget()
        if mark != self._mark and not self._take(mark):
            self._forget()
            self._take(mark)

    def _take(self, mark: Mark) -> bool:
        """Take in what is new up to a mark; False where an answer ended after what was said later."""
        for turns in self._index.places(self._mark, mark):
            if not self._corpus.add(turns):
                return False
        for some in self._index.vectors(self._name, self._mark.vector, mark.vector):
            owners = np.fromiter((turn for turn, _ in some), np.int64, len(some))
            self._vectors.add(self._corpus.places(owners), [value for _, value in some])
        self._mark = mark
        return True

    def _best(
        self, query: str, k: int, now: float, without: Collection[str]
    ) -> tuple[Places, Scores, Scores]:
        """Return the places of the best turns, their scores and how near they are in meaning."""
        corpus, vectors = self._corpus, self._vectors
        words = {_bare(match.group()) for match in _WORD.finditer(query)}
        named = words & corpus.speakers
        near, wide = fits(corpus, self._index, words - named - _IDLE)
        rest = _standard(near) + np.float32(_BY_CONVERSATION) * _standard(wide)
        rest += np.float32(_BY_SPEAKER) * _said_by(corpus, query, named)
        if found := span(query, now):
            rest += np.float32(_BY_TIME) * ((found[0] <= corpus.times) & (corpus.times < found[1]))
        left = [code for name in without if (code := corpus.code(name)) >= 0]
        if left:
            rest[np.isin(corpus.conversations, left)] = -np.inf
        target = self._target(_without(query, named) or query)
        everything = np.arange(len(corpus), dtype=np.int32)
        meaning = vectors.nearness(target, len(corpus))
        if vectors.is_exact:
            places, scores = _top(rest + _standard(meaning), everything, k)
            return places, scores, meaning[places]
        mean, deviation = vectors.spread(target)
        some, _ = _top(rest + np.nan_to_num((meaning - mean) / deviation), everything, max(k, _CANDIDATES))
        scores = rest[some] + np.nan_to_num((vectors.exact(target, some) - mean) / deviation)
        places, scores = _top(scores, some, k)
        return places, scores, vectors.exact(target, places)

    def _target(self, query: str) -> Scores:
        """Return the question's vector; none while most turns are not read yet: then words alone count."""
        if 2 * self._vectors.read < len(self._corpus):
            return np.zeros(0, np.float32)
        target: Scores = self._embedder.embed([query])[0]
        return target


def _top(scores: Scores, places: Places, k: int) -> tuple[Places, Scores]:
    """Return the k best places and their scores, best first."""
    best = np.argpartition(-scores, min(k, len(scores)) - 1)[:k]
    best = best[np.argsort(-scores[best], kind="stable")]
    best = best[scores[best] > -np.inf]
    return places[best], scores[best]


def _said_by(corpus: Corpus, query: str, named: Collection[str]) -> Scores:
    """Say of each turn whether the one who is asked about said it."""
    roles = [role for role, cue in _ASKED.items() if cue.search(query)]
    said = np.zeros(len(corpus), np.float32)
    if len(named) == 1:
        said[corpus.by_speaker(next(iter(named)))] = 1.0
    elif not named and len(roles) == 1:
        said[corpus.by_role(roles[0])] = 0.5
    return said


def _without(query: str, named: Collection[str]) -> str:
    """Leave the names of speakers out: they stand in no turn of theirs, and pull the meaning away."""
    kept = _WORD.sub(lambda word: "" if _bare(word.group()) in named else word.group(), query)
    return " ".join(kept.split())


def _bare(word: str) -> str:
    return word.casefold().removesuffix("'s").removesuffix("’s")


def _standard(values: Scores) -> Scores:
    """Count in standard deviations from the average; what is not known is average."""
    known = values[~np.isnan(values)]
    spread = float(known.std(dtype=np.float64)) if len(known) else 0.0
    if spread <= 1e-7:
        return np.zeros(len(values), np.float32)
    result: Scores = np.nan_to_num((values - np.float32(known.mean(dtype=np.float64))) / np.float32(spread))
    return result
