"""The one bridge between worker threads and Qt."""

import functools
import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from app.core.cancel import Cancel
from app.core.errors import Cancelled, ConfidantError
from app.core.log import crash_report
from app.privacy.errors import PrivacyError
from app.ui import foreign_imports

T = TypeVar("T")
Work = Callable[[Cancel, Callable[[object], None]], None]
Ended = Callable[[BaseException | None], None]

_RUNS = 4
_SLICE = 0.008
"""Seconds that one delivery may take before painting and keys get their turn."""
_PATIENCE = 2.5


class Run:
    """One piece of work on a thread of its own, or waiting for one."""

    def __init__(self, work: Work, on_event: Callable[[object], None], on_end: Ended) -> None:
        self.work = work
        self.on_event = on_event
        self.on_end = on_end
        self.cancel = Cancel()
        self.is_waiting = True

    def stop(self) -> None:
        """Throw the switch; nothing but the end is delivered from now on."""
        self.cancel.set()


class _Lane:
    """One daemon thread that does small things one after the other."""

    def __init__(self, name: str) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self.thread = threading.Thread(target=self._live, name=name, daemon=True)
        self.thread.start()

    def put(self, job: Callable[[], None]) -> None:
        self._jobs.put(job)

    def close(self) -> None:
        self._jobs.put(None)

    def _live(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()


class Runner(QObject):
    """Runs work on daemon threads and delivers what it tells on the gui thread, in order.

    Lives in the gui thread. An error that is no `ConfidantError` is a bug: `on_bug` gets a report
    without the person's text.

    Signals:
        told(str): a short call failed and its caller had no handler of its own.
        busy(bool): a run began while there was none, or the last one ended.
        closing(): everything should end; whoever waits for a call in vain may stop it.
    """

    told = Signal(str)
    busy = Signal(bool)
    closing = Signal()
    _arrived = Signal()

    def __init__(self, on_bug: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        foreign_imports.leave_alone()
        self._on_bug = on_bug
        self._parcels: deque[Callable[[], None]] = deque()
        self._lock = threading.Lock()
        self._is_awake = False
        self._is_closed = False
        self._running: dict[Run, threading.Thread] = {}
        self._waiting: deque[Run] = deque()
        self._lanes: dict[str, _Lane] = {}
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    def start(self, work: Work, on_event: Callable[[object], None], on_end: Ended) -> Run:
        """Run `work(cancel, tell)` on its own thread; at most four at once, the rest wait.

        `on_end` gets None, or what was raised (`Cancelled` after a stop).
        """
        run = Run(work, on_event, on_end)
        self._waiting.append(run)
        self._fill()
        return run

    def call(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[str], None] | None = None,
        *,
        lane: str = "calls",
    ) -> None:
        """Do something short in the background; calls of one lane are done and answered in order."""
        if self._is_closed:
            return
        if lane not in self._lanes:
            self._lanes[lane] = _Lane(f"confidant-{lane}")
        self._lanes[lane].put(lambda: self._work(work, then, failed or self.told.emit))

    def close(self) -> None:
        """Stop everything and wait for the threads, but no longer than three seconds."""
        self._is_closed = True
        self.closing.emit()
        self._waiting.clear()
        runs = tuple(self._running.items())
        for run, _ in runs:
            run.stop()
        for lane in self._lanes.values():
            lane.close()
        threads = [thread for _, thread in runs] + [lane.thread for lane in self._lanes.values()]
        deadline = time.monotonic() + _PATIENCE
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        self._parcels.clear()

    def _fill(self) -> None:
        while self._waiting and len(self._running) < _RUNS and not self._is_closed:
            run = self._waiting.popleft()
            run.is_waiting = False
            thread = threading.Thread(target=self._run, args=(run,), name="confidant-run", daemon=True)
            self._running[run] = thread
            thread.start()
            if len(self._running) == 1:
                self.busy.emit(True)

    def _run(self, run: Run) -> None:
        error: BaseException | None = None
        try:
            run.cancel.check()
            run.work(run.cancel, lambda event: self._post(lambda: self._tell(run, event)))
        except BaseException as raised:
            error = raised
        self._post(lambda: self._end(run, error))

    def _work(self, work: Callable[[], T], then: Callable[[T], None], failed: Callable[[str], None]) -> None:
        try:
            result = work()
        except BaseException as raised:
            error = raised
            self._post(lambda: self._fail(error, failed))
        else:
            self._post(lambda: self._deliver(functools.partial(then, result), then))

    def _post(self, parcel: Callable[[], None]) -> None:
        """Queue for the gui thread; it is woken once for all that gathers meanwhile."""
        with self._lock:
            if self._is_closed or not isValid(self):
                return
            self._parcels.append(parcel)
            wake = not self._is_awake
            self._is_awake = True
            if wake:
                self._arrived.emit()

    @Slot()
    def _on_arrived(self) -> None:
        until = time.monotonic() + _SLICE
        while time.monotonic() < until:
            with self._lock:
                if not self._parcels:
                    self._is_awake = False
                    return
                parcel = self._parcels.popleft()
            parcel()
        if not self._is_closed:
            self._arrived.emit()

    def _tell(self, run: Run, event: object) -> None:
        if not run.cancel.is_set:
            self._deliver(functools.partial(run.on_event, event), run.on_event)

    def _end(self, run: Run, error: BaseException | None) -> None:
        self._running.pop(run, None)
        self._fill()
        if not self._running:
            self.busy.emit(False)
        self._note(error)
        self._deliver(functools.partial(run.on_end, error), run.on_end)

    def _fail(self, error: BaseException, failed: Callable[[str], None]) -> None:
        self._note(error)
        told = (
            error.told
            if isinstance(error, ConfidantError | PrivacyError)
            else self.tr("Something went wrong inside Confidant. Nothing was sent by this.")
        )
        self._deliver(functools.partial(failed, told), failed)

    def _note(self, error: BaseException | None) -> None:
        if error is not None and not isinstance(error, ConfidantError | PrivacyError | Cancelled):
            self._on_bug(crash_report(error))

    def _deliver(self, parcel: Callable[[], None], receiver: Callable[..., None]) -> None:
        """Call the receiver unless its widget is gone meanwhile."""
        owner = getattr(receiver, "__self__", None)
        if isinstance(owner, QObject) and not isValid(owner):
            return
        try:
            parcel()
        except Exception as error:
            if not (isinstance(error, RuntimeError) and "already deleted" in str(error)):
                self._on_bug(crash_report(error))
