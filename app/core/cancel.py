"""Stop, as one object that every long piece of work looks at."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.core.errors import Cancelled


class Cancel:
    """A switch that is thrown once, from any thread."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._callbacks: list[Callable[[], None]] = []

    @property
    def is_set(self) -> bool:
        return self._event.is_set()

    def set(self) -> None:
        """Throw the switch and run what was registered, once each; never raises."""
        with self._lock:
            self._event.set()
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()

    def check(self) -> None:
        """Raise `Cancelled` if the switch was thrown."""
        if self._event.is_set():
            raise Cancelled

    def wait(self, seconds: float) -> None:
        """Sleep, but wake up and raise `Cancelled` when the switch is thrown."""
        if self._event.wait(seconds):
            raise Cancelled

    @contextmanager
    def on_set(self, callback: Callable[[], None]) -> Iterator[None]:
        """Run `callback` when the switch is thrown inside the block (at once if it was).

        The callback runs on the thread that stops; it must be quick and must not raise.
        """
        with self._lock:
            thrown = self._event.is_set()
            if not thrown:
                self._callbacks.append(callback)
        if thrown:
            callback()
        try:
            yield
        finally:
            with self._lock:
                if callback in self._callbacks:
                    self._callbacks.remove(callback)
