"""Run blocking work on a thread of its own, so that Stop never has to wait for it."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from app.core.cancel import Cancel
from app.core.errors import Cancelled

T = TypeVar("T")
Put = Callable[[T], None]
Job = Callable[[Put[T], Cancel], None]
"""Work that hands over items and looks at a `Cancel` of its own."""

_ROOM = 64


class _Box(Generic[T]):
    """A few items on their way from the worker to the reader."""

    def __init__(self, stop: Cancel) -> None:
        self._stop = stop
        self._changed = threading.Condition()
        self._items: deque[T] = deque()
        self._ended = False
        self._error: Exception | None = None

    def put(self, item: T) -> None:
        """Wait for room; raise `Cancelled` when nobody reads any more."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._items) < _ROOM or self._stop.is_set)
            self._stop.check()
            self._items.append(item)
            self._changed.notify_all()

    def end(self, error: Exception | None) -> None:
        with self._changed:
            self._ended, self._error = True, error
            self._changed.notify_all()

    def wake(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def read(self) -> Iterator[T]:
        """Yield what was put; at the end raise what the worker raised."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._items) or self._ended or self._stop.is_set)
                self._stop.check()
                if not self._items:
                    break
                item = self._items.popleft()
                self._changed.notify_all()
            yield item
        if self._error is not None:
            raise self._error


class TookTooLong(Exception):
    """Work was not done within its time."""


def aside(work: Callable[[], T], cancel: Cancel, seconds: float) -> T:
    """Return what `work` returns, and raise what it raises, but wait for it only so long.

    The thread of work that nobody waits for any more is left to itself, and its result is dropped.

    Raises:
        Cancelled: `cancel` was set; at once, whatever the work is doing.
        TookTooLong: it is not done.
    """
    results: list[T] = []
    errors: list[Exception] = []
    changed = threading.Event()

    def run() -> None:
        try:
            results.append(work())
        except Exception as error:
            errors.append(error)
        changed.set()

    cancel.check()
    with cancel.on_set(changed.set):
        threading.Thread(target=run, name="aside", daemon=True).start()
        in_time = changed.wait(seconds)
    cancel.check()
    if errors:
        raise errors[0]
    if not in_time:
        raise TookTooLong
    return results[0]


def pump(job: Job[T], cancel: Cancel) -> Iterator[T]:
    """Yield what `job` puts out on a daemon thread, and raise what it raises.

    When `cancel` is set or the iterator is closed, the job's own `Cancel` is set and the thread is left to
    itself: whatever it still puts out is dropped.

    Raises:
        Cancelled: `cancel` was set; at once, whatever the job is doing.
    """
    cancel.check()
    stop = Cancel()
    box = _Box[T](stop)

    def work() -> None:
        try:
            job(box.put, stop)
        except Cancelled:
            box.end(None)
        except Exception as error:
            box.end(error)
        else:
            box.end(None)

    with stop.on_set(box.wake), cancel.on_set(stop.set):
        threading.Thread(target=work, name="cloud", daemon=True).start()
        try:
            yield from box.read()
        finally:
            stop.set()
