"""Keeps an answer as it grows, so that a crash loses at most a second of it."""

import threading
from dataclasses import dataclass

from app.core.engines.tally import Tally
from app.core.errors import Fix, StoreError
from app.core.events import Delta, Routed
from app.core.store.conversations import Conversations
from app.core.types import Account, Origin, Piece, Route, State

SAVE_EVERY = 1.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What was told where no answer came, and the button that helps."""

    told: str = ""
    fix: Fix = Fix.NONE


class Recorder:
    """One answer on its way into the store.

    A timer saves it, not the next piece: a model that pauses must not leave the last second unsaved.
    """

    def __init__(self, store: Conversations, question: int, answer: int) -> None:
        self._store = store
        self.question = question
        self.answer = answer
        self._lock = threading.Lock()
        self._runs: list[tuple[Origin, list[str]]] = []
        self._timer: threading.Timer | None = None
        self._trouble: StoreError | None = None
        self._finished = False
        self._route: Route | None = None
        self._model = ""

    def routed(self, event: Routed) -> None:
        """Note who answers; the last word counts."""
        self._route = Route(event.where, event.mechanism, event.reasons, event.difficulty)
        self._model = event.model

    def add(self, delta: Delta) -> None:
        """Take a further piece; within a second it is saved.

        Raises:
            StoreError: an earlier piece could not be saved; all are kept and tried again.
        """
        with self._lock:
            if not self._runs or self._runs[-1][0] is not delta.origin:
                self._runs.append((delta.origin, []))
            self._runs[-1][1].append(delta.text)
            if self._timer is None:
                self._timer = threading.Timer(SAVE_EVERY, self._save)
                self._timer.daemon = True
                self._timer.start()
            trouble, self._trouble = self._trouble, None
        if trouble is not None:
            raise trouble

    def finish(self, state: State, tally: Tally, failure: Failure) -> None:
        """Store the answer as it ends, and what both sides of the turn looked like on the wire.

        Raises:
            StoreError: it could not be saved.
        """
        with self._lock:
            self._finished = True
            if self._timer is not None:
                self._timer.cancel()
            left = bool(tally.ledger)
            if tally.wire_question and left:
                self._store.set_wire(self.question, tally.wire_question)
            self._store.finish(
                self.answer,
                state,
                self._pieces(),
                wire_text=tally.wire_answer,
                hidden=tally.hidden if left else 0,
                ledger=tally.ledger[-1] if left else None,
                failure=failure.told,
                fix=failure.fix,
                route=self._route,
                model=self._model or tally.model,
                account=Account(tally.steps, tuple(tally.used), tally.comparison, tuple(tally.ledger)),
            )

    def _save(self) -> None:
        with self._lock:
            if self._finished:
                return
            self._timer = None
            try:
                self._store.grow(self.answer, self._pieces())
            except StoreError as error:
                self._trouble = error

    def _pieces(self) -> list[Piece]:
        return [Piece("".join(texts), origin) for origin, texts in self._runs]
