"""Finds again what was said: by words, meaning, speaker, time and conversation together.

Words are BM25 as SQLite's FTS5 counts it, but over a turn and its neighbours, since a turn alone is often
meaningless ("Yes, that one"): each neighbour lends a part of the words that the turn lacks.
"""

import re
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from app.core.cancel import Cancel
from app.core.embeddings import Embedder
from app.core.memory.vectors import Numbers, Scores, VectorMatrix
from app.core.memory.when import span
from app.core.store.rows import clean
from app.core.store.turns import Place, Said, SqliteTurns

_LENT: Final = (0.7, 0.5, 0.3)
"""How much of a word the neighbours at distance 1, 2 and 3 lend."""
_BY_CONVERSATION: Final = 0.2
_BY_SPEAKER: Final = 3.0
_BY_TIME: Final = 3.0
"""Weights beside words and meaning, which count once for each standard deviation."""
_SATURATION: Final = 2.2
"""k1 + 1 of FTS5's BM25."""
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


@dataclass(frozen=True, slots=True)
class _Corpus:
    """Every turn, conversations together and in order."""

    numbers: Numbers
    sorted: Numbers
    """The numbers in ascending order."""
    order: Numbers
    """Where in the corpus each of the sorted ones stands."""
    conversations: Numbers
    starts: Numbers
    """Where each conversation begins."""
    times: Scores
    speakers: dict[str, Numbers]
    """Which turns are whose, by folded name."""
    roles: dict[str, Numbers]


class Recall:
    """Search over all turns of a profile; one thread at a time."""

    def __init__(self, turns: SqliteTurns, embedder: Embedder) -> None:
        self._turns = turns
        self._embedder = embedder
        self._vectors = VectorMatrix(turns, embedder)
        self._lock = threading.Lock()
        self._state: tuple[object, ...] = ()
        self._corpus = _corpus([])

    def index(self, cancel: Cancel, tell: Callable[[int, int], None] = lambda done, all: None) -> None:
        """Make the vectors that are missing; what is done is kept, so it can be stopped and goes on later.

        Args:
            tell: takes how many turns of how many are done.

        Raises:
            StoreError, MemoryFault: it cannot go on.
            Cancelled: it was stopped.
        """
        waiting = self._turns.unread(self._embedder.name)
        for start in range(0, len(waiting), _BATCH):
            cancel.check()
            some = [(said.number, said.text) for said in self._turns.said(waiting[start : start + _BATCH])]
            self._turns.put(self._embedder.name, self._vectors.read(some))
            tell(min(start + _BATCH, len(waiting)), len(waiting))

    def recall(self, query: str, k: int, now: float | None = None) -> list[Recalled]:
        """Return the k turns that are most likely meant, best first.

        Args:
            now: what "last week" counts from, in seconds since the epoch.

        Raises:
            StoreError, MemoryFault: it cannot be searched.
        """
        with self._lock:
            self._refresh()
            corpus = self._corpus
            query = clean(query)
            if not len(corpus.numbers) or not query.strip():
                return []
            scores = self._scores(corpus, query, time.time() if now is None else now)
            best = np.argpartition(-scores, min(k, len(scores)) - 1)[:k]
            best = best[np.argsort(-scores[best], kind="stable")]
            found = {said.number: said for said in self._turns.said(map(int, corpus.numbers[best]))}
        return [
            Recalled(found[number], float(scores[place]))
            for place, number in zip(best, map(int, corpus.numbers[best]), strict=True)
            if number in found
        ]

    def _refresh(self) -> None:
        state = self._turns.state()
        if state != self._state:
            self._corpus = _corpus(self._turns.places())
            self._vectors.refresh()
            self._state = state

    def _scores(self, corpus: _Corpus, query: str, now: float) -> Scores:
        words = {_bare(match.group()) for match in _WORD.finditer(query)}
        named = words & corpus.speakers.keys()
        near, wide = self._words(corpus, words - named - _IDLE)
        bare = _without(query, named)
        meaning = np.empty(len(corpus.numbers))
        meaning[corpus.order] = self._vectors.nearness(bare or query, corpus.sorted)
        scores = _standard(near) + _standard(meaning) + _BY_CONVERSATION * _standard(wide)
        scores += _BY_SPEAKER * _said_by(corpus, query, named)
        if found := span(query, now):
            scores += _BY_TIME * ((found[0] <= corpus.times) & (corpus.times < found[1]))
        return scores

    def _words(self, corpus: _Corpus, words: set[str]) -> tuple[Scores, Scores]:
        """Return how well the words fit each turn with its neighbours, and each conversation."""
        near, wide = np.zeros(len(corpus.numbers)), np.zeros(len(corpus.numbers))
        for word in sorted(words):
            part, weight = self._part(corpus, word)
            if weight:
                near += weight * _lent(part, corpus.conversations)
                wide += weight * _together(part, corpus)
        return near, wide

    def _part(self, corpus: _Corpus, word: str) -> tuple[Scores, float]:
        """Return how much each turn says a word, from 0 to 1, and the word's weight (its idf)."""
        part, found, total = np.zeros(len(corpus.numbers)), 0, 0
        for numbers, ranks, size in self._turns.matches(word):
            count = len(numbers)
            found, total = found + count, total + size
            if not count:
                continue
            own = max(float(np.log((size - count + 0.5) / (count + 0.5))), 1e-6)
            hits = np.array(numbers, np.int64)
            places = np.searchsorted(corpus.sorted, hits).clip(max=len(corpus.sorted) - 1)
            known = corpus.sorted[places] == hits
            said = np.array(ranks)[known] / (own * _SATURATION)
            part[corpus.order[places[known]]] = said.clip(0.0, 1.0)
        weight = float(np.log(1 + (total - found + 0.5) / (found + 0.5))) if found else 0.0
        return part, weight


def _corpus(places: list[Place]) -> _Corpus:
    names = sorted({place.conversation for place in places})
    code = {name: at for at, name in enumerate(names)}
    numbers = np.array([place.number for place in places], np.int64)
    conversations = np.array([code[place.conversation] for place in places], np.int64)
    order = np.argsort(numbers)
    changes = np.flatnonzero(np.diff(conversations)) + 1
    return _Corpus(
        numbers=numbers,
        sorted=numbers[order],
        order=order,
        conversations=conversations,
        starts=np.concatenate([[0], changes]) if places else changes,
        times=np.array([place.time for place in places]),
        speakers=_whose(place.speaker.casefold() for place in places),
        roles=_whose(place.role for place in places),
    )


def _whose(names: Iterable[str]) -> dict[str, Numbers]:
    """Return where each name stands; none where it is empty."""
    places: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        places.setdefault(name, []).append(at)
    return {name: np.array(found, np.int64) for name, found in places.items() if name}


def _lent(part: Scores, conversations: Numbers) -> Scores:
    """Let each turn borrow from its neighbours in the conversation what it does not say itself."""
    lacks = 1 - part
    for distance, share in enumerate(_LENT, 1):
        same = conversations[distance:] == conversations[:-distance]
        lacks[distance:] *= 1 - share * part[:-distance] * same
        lacks[:-distance] *= 1 - share * part[distance:] * same
    return 1 - lacks


def _together(part: Scores, corpus: _Corpus) -> Scores:
    """Return for each turn how much its whole conversation says the word."""
    whole = 1 - np.exp(np.add.reduceat(np.log1p(-part.clip(max=1 - 1e-9)), corpus.starts))
    lengths = np.diff(np.append(corpus.starts, len(part)))
    spread: Scores = np.repeat(whole, lengths)
    return spread


def _said_by(corpus: _Corpus, query: str, named: set[str]) -> Scores:
    """Say of each turn whether the one who is asked about said it."""
    said = np.zeros(len(corpus.numbers))
    roles = [role for role, cue in _ASKED.items() if cue.search(query)]
    if len(named) == 1:
        said[corpus.speakers[next(iter(named))]] = 1.0
    elif not named and len(roles) == 1 and roles[0] in corpus.roles:
        said[corpus.roles[roles[0]]] = 0.5
    return said


def _without(query: str, named: set[str]) -> str:
    """Leave the names of speakers out: they stand in no turn of theirs, and pull the meaning away."""
    kept = _WORD.sub(lambda word: "" if _bare(word.group()) in named else word.group(), query)
    return " ".join(kept.split())


def _bare(word: str) -> str:
    return word.casefold().removesuffix("'s").removesuffix("’s")


def _standard(values: Scores) -> Scores:
    spread = values.std()
    result: Scores = (values - values.mean()) / spread if spread > 1e-12 else np.zeros(len(values))
    return result
