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


class Aside(Generic[T]):
    """One piece of work on a thread that is left to itself when nobody waits for it any more."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._results: list[T] = []
        self._errors: list[Exception] = []
        self._changed = threading.Event()
        threading.Thread(target=self._run, name="aside", daemon=True).start()

    def wake(self) -> None:
        """End the wait of `is_done_in` now."""
        self._changed.set()

    def is_done_in(self, seconds: float) -> bool:
        """Wait so long; say whether the work is done, or whoever waits was woken."""
        return self._changed.wait(seconds)

    def result(self) -> T:
        """Return what the work returned, or raise what it raised; only once it is done."""
        if self._errors:
            raise self._errors[0]
        return self._results[0]

    def _run(self) -> None:
        try:
            self._results.append(self._work())
        except Exception as error:
            self._errors.append(error)
        self._changed.set()


class TookTooLong(Exception):
    """Work was not done within its time."""


def aside(work: Callable[[], T], cancel: Cancel, seconds: float) -> T:
    """Return what `work` returns, and raise what it raises, but wait for it only so long.

    Raises:
        Cancelled: `cancel` was set; at once, whatever the work is doing.
        TookTooLong: it is not done; its thread is left to itself and its result is dropped.
    """
    cancel.check()
    job = Aside(work)
    with cancel.on_set(job.wake):
        in_time = job.is_done_in(seconds)
    cancel.check()
    if not in_time:
        raise TookTooLong
    return job.result()


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
