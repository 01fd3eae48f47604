"""Makes everything that was said searchable by meaning, in the background, turn by turn."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.core.cancel import Cancel
from app.core.errors import Cancelled, ConfidantError

if TYPE_CHECKING:
    from app.core.memory.recall import Recall

_LOOK: Final = 30.0
"""Seconds after which it looks by itself: another process may have stored something."""
_REST: Final = 0.05
"""Seconds between two batches, so that half of a slow processor stays free."""
_YIELD: Final = 0.2
"""Seconds until it looks again whether the model has finished its answer."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Indexing:
    """How much of what was said can be found by its meaning."""

    done: int
    all: int
    is_working: bool


class Indexer:
    """Reads what is new on one thread of its own; what is done is kept, so it goes on where it stopped.

    Args:
        recall: gives the memory on first use.
        is_busy: whether the local model is answering; then it waits.
    """

    def __init__(
        self, recall: "Callable[[], Recall]", is_busy: Callable[[], bool], look: float = _LOOK
    ) -> None:
        self._recall = recall
        self._is_busy = is_busy
        self._look = look
        self._cancel = Cancel()
        self._closed = threading.Event()
        self._woken = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_working = False
        self._listeners: list[Callable[[Indexing], None]] = []

    def state(self) -> Indexing:
        """Say how far it is; may block while the memory is loaded.

        Raises:
            StoreError: it cannot be counted.
        """
        done, everything = self._recall().coverage()
        return Indexing(done, everything, self._is_working)

    def on_state(self, listener: Callable[[Indexing], None]) -> None:
        """Call `listener` as it goes on, on any thread."""
        self._listeners.append(listener)

    def wake(self) -> None:
        """Read what is new soon; returns at once. The first call starts the thread."""
        with self._lock:
            if self._closed.is_set():
                return
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="confidant-indexing", daemon=True)
                self._thread.start()
        self._woken.set()

    def close(self, seconds: float = 1.0) -> bool:
        """Stop after the batch in hand; False if that takes longer."""
        with self._lock:
            self._closed.set()
        self._cancel.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join(seconds)
        return self._thread is None or not self._thread.is_alive()

    def _run(self) -> None:
        while not self._closed.is_set():
            self._woken.clear()
            try:
                self._index()
            except Cancelled:
                return
            except ConfidantError as error:  # it goes on from there next time
                _log.warning("what was said could not be indexed: %s", error.kind)
            self._woken.wait(self._look)

    def _index(self) -> None:
        self._give_way()
        recall = self._recall()
        done, everything = recall.coverage()

        def tell(read: int, _: int) -> None:
            self._tell(Indexing(min(done + read, everything), everything, True))
            self._give_way()

        self._is_working = True
        try:
            has_read = recall.index(self._cancel, tell)
        finally:
            self._is_working = False
        if has_read:
            self._tell(self.state())

    def _give_way(self) -> None:
        self._closed.wait(_REST)
        while self._is_busy() and not self._closed.wait(_YIELD):
            pass
        self._cancel.check()

    def _tell(self, state: Indexing) -> None:
        for listener in self._listeners:
            with suppress(ConfidantError):
                listener(state)
