"""The exemplar memory: what the local model learns from answers of the cloud that were accepted."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import numpy as np

from app.core.aide.standalone import is_follow_up
from app.core.embeddings import Embedder, Vectors
from app.core.errors import MemoryFault
from app.core.memory.lessons import Lesson, Repeat
from app.core.memory.mask import Find, Mask
from app.core.memory.sameness import is_passing, plain, same_facts
from app.core.memory.strategy import strategy, tokens
from app.core.memory.vectors import packed
from app.core.store.examples import Example, NewExample, Place, SqliteExamples
from app.core.types import Source, State, StoredMessage
from app.privacy.cipher import derive
from app.privacy.errors import PrivacyError

FIRST: Final = 0.6
"""Cosine from which a new lesson is put before a prompt."""
LOWEST, HIGHEST = 0.5, 0.9
_RISE: Final = 0.05
_FALL: Final = 0.02
"""How a lesson's threshold moves after a use that did not help, and after one that did."""
NEAR: Final = 0.72
"""Cosine from which a question may be the same in other words; the facts of both are compared as well."""
_WIDTH: Final = 384
"""Numbers of a vector."""
_LOOKED_AT: Final = 3
"""Nearest questions whose facts are compared."""
FRESH: Final = 90 * 86400
"""Seconds after which an answer is offered, and no longer reused by itself."""
_PATIENCE: Final = 30 * 86400
"""Seconds until a candidate goes that nothing was heard about."""
_LONGEST: Final = 4000
"""Characters of an answer that is kept to learn from."""


def threshold(used: int, helped: int) -> float:
    """Return from which cosine a lesson helps: each has its own (vCache, arXiv 2502.03771)."""
    return round(min(max(FIRST + _RISE * (used - helped) - _FALL * helped, LOWEST), 1.0), 4)


def is_spent(used: int, helped: int) -> bool:
    """Say whether a lesson helped so seldom that it is dropped."""
    return threshold(used, helped) > HIGHEST or (used >= 3 and 2 * helped < used)


class Exemplars:
    """Implements `Lessons` over the profile's database.

    The table holds no word of a private detail; questions and answers in full stand in the messages alone,
    and the examples go with them. The vector is that of the question as it was asked, such as the memory
    keeps of every message: of a masked one, a word that was taken for a name pulls the meaning away. Any
    thread may call it.
    """

    def __init__(
        self, store: SqliteExamples, embedder: Embedder, find: Find, key: Callable[[], bytes]
    ) -> None:
        """Remember what to work with.

        Args:
            key: returns the profile's key, from which the one of the fingerprints is made.
        """
        self._store = store
        self._embedder = embedder
        self._find = find
        self._key = key
        self._lock = threading.Lock()
        self._rows: tuple[tuple[int, ...], Vectors] = ((), np.zeros((0, 0), np.float32))

    def like(self, question: str, k: int = 2) -> tuple[Lesson, ...]:
        """Return at most k lessons that are near enough to help, nearest first."""
        found: list[Lesson] = []
        for place, nearness in self._nearest(question):
            if nearness < LOWEST or len(found) == k:
                break
            if nearness >= threshold(place.used, place.helped) and (kept := self._store.get(place.id)):
                found.append(_lesson(kept, nearness))
        return tuple(found)

    def repeat(self, question: str) -> Repeat | None:
        """Return the accepted answer to the same question, or to one that is nearly the same.

        It is exact only where the answer may be given again without asking: the very words, nothing that
        changes with the time, no question that rests on others before it, and not too long ago.
        """
        if not self._store.has_any():
            return None  # and the keyring is left alone
        if kept := self._store.same(self._fingerprint(question)):
            is_fresh = time.time() - kept.created < FRESH
            if found := self._repeat(kept, 1.0, exact=is_fresh and not is_passing(question)):
                return found
        for place, nearness in self._nearest(question)[:_LOOKED_AT]:
            if nearness < NEAR or (near := self._store.get(place.id)) is None:
                break
            found = self._repeat(near, nearness, exact=False)
            if found is not None and same_facts(question, found.question):
                return found
        return None

    def learn(self, question: StoredMessage, answer: StoredMessage) -> None:
        """Take an answer of the cloud as a candidate; it counts once the person accepts it.

        What means nothing without the questions before it teaches nothing; what cannot be looked through for
        private details, or be read by the embedder, is not kept.
        """
        stands_alone = self._store.stands_alone(question)
        if not stands_alone and is_follow_up(question.text):
            return
        if answer.state is not State.COMPLETE or not (question.wire_text and answer.wire_text):
            return
        with suppress(PrivacyError, MemoryFault):
            mask = Mask(self._find)
            mask.see(question.text)
            masked, told = mask.masked(question.wire_text), mask.masked(answer.wire_text[:_LONGEST])
            fingerprint = self._fingerprint(question.text) if stands_alone else ""
            signals = {"tokens": tokens(told), "hidden": answer.hidden}
            now = time.time()
            self._store.expire(now - _PATIENCE)
            self._store.add(
                NewExample(
                    fingerprint, masked, strategy(told), told, json.dumps(signals), question.id, answer.id,
                    self._embedder.name, next(packed(self._embedder.embed([question.text]))),
                ),
                now,
            )  # fmt: skip

    def judged(self, answer: int, good: bool) -> None:
        """Take what the person made of an answer: of its lesson, and of the lessons that it was given."""
        self._store.judge(answer, good)
        message = self._store.message(answer)
        used = [each.id for each in message.account.used if each.source is Source.EXAMPLE] if message else []
        self._store.credit(used, answer, good)
        kept = [found for each in used if (found := self._store.get(each))]
        self._store.drop([each.id for each in kept if is_spent(each.used, each.helped)])

    def _repeat(self, kept: Example, nearness: float, *, exact: bool) -> Repeat | None:
        question, answer = self._store.message(kept.asked), self._store.message(kept.source)
        if question is None or answer is None:
            return None
        return Repeat(exact, question.text, answer, question.created, _lesson(kept, nearness))

    def _nearest(self, question: str) -> list[tuple[Place, float]]:
        """Return the usable examples with their cosines, nearest first."""
        places = self._store.places(self._embedder.name)
        if not places:
            return []
        matrix = self._matrix(tuple(each.id for each in places))
        cosines = matrix @ self._embedder.embed([question])[0]
        order = np.argsort(-cosines, kind="stable")[: 4 * _LOOKED_AT]
        return [(places[at], float(cosines[at])) for at in order]

    def _matrix(self, ids: tuple[int, ...]) -> Vectors:
        """Return the vectors of these examples as rows of unit length, read anew once others are wanted."""
        with self._lock:
            if self._rows[0] != ids:
                kept = self._store.vectors(self._embedder.name)
                blank = bytes(_WIDTH)  # of one that went a moment ago
                rows = np.frombuffer(b"".join(kept.get(id, blank) for id in ids), np.int8)
                matrix = rows.reshape(len(ids), -1).astype(np.float32)
                self._rows = (ids, matrix / np.linalg.norm(matrix, axis=1, keepdims=True).clip(min=1.0))
            return self._rows[1]

    def _fingerprint(self, question: str) -> str:
        key = derive(self._key(), "repeated questions")
        return hmac.digest(key, plain(question).encode(), hashlib.sha256).hex()


def _lesson(kept: Example, nearness: float) -> Lesson:
    return Lesson(kept.id, kept.masked, kept.strategy, kept.answer, nearness)
