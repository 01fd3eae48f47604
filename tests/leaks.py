"""What a test of the windows left alive."""

import gc
import threading
from collections.abc import Iterable
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

# Threads that live as long as the program and hold nothing of a window.
_LASTING = ("name-model", "pytest_timeout")


@dataclass(frozen=True, slots=True)
class Living:
    """What is alive before a test, so that one test's leak is not blamed on the next."""

    threads: frozenset[threading.Thread]
    objects: frozenset[int]

    @classmethod
    def look(cls) -> "Living":
        return cls(frozenset(threading.enumerate()), frozenset(map(_address, (*_timers(), *_windows()))))


@dataclass(frozen=True, slots=True)
class Leftovers:
    """Descriptions of what should have ended with the test; false when there is nothing."""

    threads: tuple[str, ...]
    timers: tuple[str, ...]
    windows: tuple[str, ...]

    @classmethod
    def find(cls, before: Living, patience: float = 2.0) -> "Leftovers":
        """Delete what waits for deletion, give threads a moment to end, and look."""
        for thread in _threads(before):
            thread.join(patience)
        _delete_what_waits()
        if _new(before, _windows()) or _new(before, _timers()):
            gc.collect()
            _delete_what_waits()
        threads = tuple(thread.name for thread in _threads(before) if thread.is_alive())
        return cls(threads, _new(before, _timers()), _new(before, _windows()))

    def __bool__(self) -> bool:
        return bool(self.threads or self.timers or self.windows)

    def describe(self) -> str:
        found = (("threads", self.threads), ("timers", self.timers), ("windows", self.windows))
        return "left behind: " + "; ".join(f"{name} {', '.join(items)}" for name, items in found if items)


def _delete_what_waits() -> None:
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()


def _threads(before: Living) -> list[threading.Thread]:
    new = set(threading.enumerate()) - before.threads
    return [thread for thread in new if not thread.name.startswith(_LASTING)]


def _windows() -> list[QWidget]:
    return [widget for widget in QApplication.topLevelWidgets() if shiboken6.isValid(widget)]


def _timers() -> list[QTimer]:
    wrappers = shiboken6.getAllValidWrappers()
    return [timer for timer in wrappers if isinstance(timer, QTimer) and timer.isActive()]


def _new(before: Living, things: Iterable[QObject]) -> tuple[str, ...]:
    return tuple(_name(thing) for thing in things if _address(thing) not in before.objects)


def _address(thing: QObject) -> int:
    return shiboken6.getCppPointer(thing)[0]


def _name(thing: QObject) -> str:
    parent = thing.parent()
    owner = f" of {type(parent).__name__}" if parent is not None else ""
    return f"{type(thing).__name__} {thing.objectName()!r}{owner}"
