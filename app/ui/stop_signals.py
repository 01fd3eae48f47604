"""Ctrl+C in the terminal and a polite kill quit the program as its menu does."""

import signal
import socket
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier


class StopSignals(QObject):
    """Wakes the event loop when a signal comes, without any timer."""

    def __init__(self, stop: Callable[[], None]) -> None:
        super().__init__()
        self._stop = stop
        self._ours, self._theirs = socket.socketpair()
        self._ours.setblocking(False)
        self._theirs.setblocking(False)
        self._before = signal.set_wakeup_fd(self._theirs.fileno(), warn_on_full_buffer=False)
        self._handlers = {each: signal.signal(each, _ignore) for each in (signal.SIGINT, signal.SIGTERM)}
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)

    def close(self) -> None:
        """Leave signals as they were."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        for each, handler in self._handlers.items():
            signal.signal(each, handler)
        self._ours.close()
        self._theirs.close()

    def _on_signal(self) -> None:
        if self._ours.recv(64):
            self._stop()


def _ignore(_: int, __: FrameType | None) -> None:
    """The bytes that Python writes for each signal are what counts."""
