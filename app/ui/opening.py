"""Opens the profile at the start, with the person's help where it is locked."""

from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMainWindow

from app.core.errors import StoreError
from app.ui.gate import Gate
from app.ui.runner import Runner
from app.ui.theme import Theme

_LOCKED = "locked"
"""What `StoreError.kind` is where a passphrase opens it."""


class Unlocking(Protocol):
    """Takes a passphrase or a recovery phrase; raises `StoreError` where it is neither."""

    def unlock(self, text: str) -> None: ...


class Profile(Protocol):
    """What is opened."""

    @property
    def protection(self) -> Unlocking: ...

    def start(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Outcome:
    """How an attempt went; all False and empty: it is open."""

    told: str = ""
    is_locked: bool = False
    is_wrong: bool = False


class Opening(QObject):
    """Tries on a worker; where it does not open, a gate stands in the window until it does.

    Signals:
        opened(): the profile can be read.
        shut(): a gate is in the window, which should be seen.
        quit_wanted(): end the program.
    """

    opened = Signal()
    shut = Signal()
    quit_wanted = Signal()

    def __init__(self, profile: Profile, window: QMainWindow, runner: Runner, theme: Theme) -> None:
        super().__init__(window)
        self._profile = profile
        self._runner = runner
        self._gate = Gate(window, theme)
        self._gate.quit_wanted.connect(self.quit_wanted)

    @property
    def is_shut(self) -> bool:
        """Whether the person has to do something first."""
        return self._gate.is_shut

    @Slot()
    def begin(self) -> None:
        """Open it, as soon as whatever was asked before is answered."""
        self._runner.call(self._open, self._on_tried, self._on_bug)

    def _open(self) -> _Outcome:
        """Runs on a worker."""
        try:
            self._profile.start()
        except StoreError as error:
            return _Outcome(error.told, error.kind == _LOCKED)
        return _Outcome()

    def _unlock(self, text: str) -> _Outcome:
        """Runs on a worker."""
        try:
            self._profile.protection.unlock(text)
        except StoreError as error:
            return _Outcome(error.told, is_wrong=True)
        return self._open()

    def _on_tried(self, outcome: _Outcome) -> None:
        if not outcome.told:
            self._gate.open()
            self.opened.emit()
        elif outcome.is_wrong:
            self._gate.refuse(outcome.told)
        elif outcome.is_locked:
            self._gate.ask(self._on_entered)
            self.shut.emit()
        else:
            self._on_bug(outcome.told)

    def _on_bug(self, told: str) -> None:
        self._gate.tell(told, self.begin)
        self.shut.emit()

    def _on_entered(self, text: str) -> None:
        self._runner.call(partial(self._unlock, text), self._on_tried, self._gate.refuse)
