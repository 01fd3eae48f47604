"""Keeps an answer as it grows, so that a crash loses at most a second of it."""

import time

from app.core.engines.guarded import Tally
from app.core.events import Delta, Routed
from app.core.store.conversations import Conversations
from app.core.types import Origin, Piece, Route, State

SAVE_EVERY = 1.0
"""Seconds."""


class Recorder:
    """One answer on its way into the store."""

    def __init__(self, store: Conversations, question: int, answer: int) -> None:
        self._store = store
        self.question = question
        self.answer = answer
        self._runs: list[tuple[Origin, list[str]]] = []
        self._route: Route | None = None
        self._model = ""
        self._saved = time.monotonic()

    def routed(self, event: Routed) -> None:
        """Note who answers; the last word counts."""
        self._route = Route(event.where, event.mechanism, event.reasons)
        self._model = event.model

    def add(self, delta: Delta) -> None:
        """Take a further piece, and save what there is where a second has passed.

        Raises:
            StoreError: it could not be saved; the pieces stay and are tried again.
        """
        if not self._runs or self._runs[-1][0] is not delta.origin:
            self._runs.append((delta.origin, []))
        self._runs[-1][1].append(delta.text)
        if time.monotonic() - self._saved >= SAVE_EVERY:
            self._saved = time.monotonic()
            self._store.grow(self.answer, self.pieces)

    @property
    def pieces(self) -> list[Piece]:
        return [Piece("".join(texts), origin) for origin, texts in self._runs]

    def finish(self, state: State, tally: Tally, failure: str = "") -> None:
        """Store the answer as it ends, and what both sides of the turn looked like on the wire.

        Raises:
            StoreError: it could not be saved.
        """
        if tally.wire_question and tally.ledger is not None:
            self._store.set_wire(self.question, tally.wire_question)
        self._store.finish(
            self.answer,
            state,
            self.pieces,
            wire_text=tally.wire_answer,
            hidden=tally.hidden if tally.ledger is not None else 0,
            ledger=tally.ledger,
            failure=failure,
            route=self._route,
            model=self._model,
        )
