"""What a test of the windows left alive."""

import gc
import threading
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

# Threads that live as long as the program and hold nothing of a window.
_LASTING = ("name-model", "pytest_timeout")


@dataclass(frozen=True, slots=True)
class Leftovers:
    """Descriptions of what should have ended with the test; false when there is nothing."""

    threads: tuple[str, ...]
    timers: tuple[str, ...]
    windows: tuple[str, ...]

    @classmethod
    def find(cls, before: frozenset[threading.Thread], patience: float = 2.0) -> "Leftovers":
        """Delete what waits for deletion, give threads a moment to end, and look."""
        for thread in set(threading.enumerate()) - before:
            if not thread.name.startswith(_LASTING):
                thread.join(patience)
        _delete_what_waits()
        if _windows() or _timers():
            gc.collect()
            _delete_what_waits()
        new = [t for t in set(threading.enumerate()) - before if not t.name.startswith(_LASTING)]
        return cls(tuple(t.name for t in new), _timers(), _windows())

    def __bool__(self) -> bool:
        return bool(self.threads or self.timers or self.windows)

    def describe(self) -> str:
        found = (("threads", self.threads), ("timers", self.timers), ("windows", self.windows))
        return "left behind: " + "; ".join(f"{name} {', '.join(items)}" for name, items in found if items)


def _delete_what_waits() -> None:
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()


def _windows() -> tuple[str, ...]:
    return tuple(_name(widget) for widget in QApplication.topLevelWidgets())


def _timers() -> tuple[str, ...]:
    found = shiboken6.getAllValidWrappers()
    return tuple(_name(timer) for timer in found if isinstance(timer, QTimer) and timer.isActive())


def _name(thing: QObject) -> str:
    parent = thing.parent()
    owner = f" of {type(parent).__name__}" if parent is not None else ""
    return f"{type(thing).__name__} {thing.objectName()!r}{owner}"
