"""Lets the local model think over what was said, while nobody asks it anything."""

import logging
import threading
import time
from typing import Final

from app.core.cancel import Cancel
from app.core.errors import Cancelled, ConfidantError
from app.core.memory.draw import unsure
from app.core.memory.draw_model import drawn
from app.core.memory.facts import Facts
from app.core.memory.listening_spare import Spare
from app.core.store.facts import Heard, Reader

AFTER: Final = 20.0
"""Seconds of quiet before it begins, and between two tries."""
_OLD: Final = 30 * 24 * 3600.0
"""Seconds; what was said before, or comes from an import, is not worth the electricity."""
_BATCH: Final = 20
_log = logging.getLogger(__name__)


class Afterthought:
    """Reads again what the rules have read, on a thread that starts when there is something.

    How far it came is kept, so it goes on there after a restart. A question ends what it is at, at once, and
    that message is read again later.
    """

    def __init__(self, facts: Facts, spare: Spare, after: float = AFTER) -> None:
        self._facts = facts
        self._spare = spare
        self._after = after
        self._cancel = Cancel()
        self._closed = threading.Event()
        self._woken = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """Think over what is new when the model is free; returns at once."""
        with self._lock:
            if self._closed.is_set():
                return
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="confidant-afterthought", daemon=True)
                self._thread.start()
        self._woken.set()

    def close(self, seconds: float = 1.0) -> bool:
        """Stop, in the middle of a word if need be; False if that takes longer."""
        with self._lock:
            self._closed.set()
        self._cancel.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join(seconds)
        return self._thread is None or not self._thread.is_alive()

    def _run(self) -> None:
        while self._woken.wait() and not self._closed.wait(self._after):
            self._woken.clear()
            try:
                if not self._think():
                    self._woken.set()  # the model was needed: try again after a while
            except Cancelled:
                self._woken.set()
            except ConfidantError as error:  # the next message wakes it again
                _log.warning("what was said could not be thought over: %s", error.kind)

    def _think(self) -> bool:
        """Go on until all is read; False where the model is not free."""
        store = self._facts.store
        while waiting := store.waiting(store.position(), _BATCH, Reader.MODEL):
            for message in waiting:
                if not self._spare.is_free():
                    return False
                self._weigh(message)
                store.read_up_to(message.id, Reader.MODEL)
        return True

    def _weigh(self, message: Heard) -> None:
        clauses = unsure(message.text) if time.time() - message.created < _OLD else ()
        if clauses and self._spare.is_able():
            for fact in drawn(clauses, self._spare.engine, self._cancel):
                self._facts.propose(fact, message.id)
