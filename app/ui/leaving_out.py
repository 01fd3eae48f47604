"""Keeps conversations out of what is known about the person, from their menu."""

from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Slot

from app.core.store.facts import SqliteFacts
from app.ui.main_window import MainWindow
from app.ui.runner import Runner


class Memory(Protocol):
    """Where facts are noted; every method of it may block."""

    @property
    def noted(self) -> SqliteFacts: ...


class LeavingOut(QObject):
    """Tells the list which conversations are left out, and changes it as the person wishes."""

    def __init__(self, memory: Memory, window: MainWindow, runner: Runner) -> None:
        super().__init__(window)
        self._memory = memory
        self._window = window
        self._runner = runner
        window.desk.listed.connect(self._on_listed)
        window.list.left_out.connect(self.leave_out)

    @Slot(str, bool)
    def leave_out(self, conversation: str, is_left_out: bool) -> None:
        """Leave a conversation out, which destroys the facts that came from it; or let it in again."""
        change = partial(self._change, conversation, is_left_out)
        then = partial(self._on_changed, conversation, is_left_out)
        self._runner.call(change, then, self._window.page.notices.show_notice)

    def _change(self, conversation: str, is_left_out: bool) -> int:
        return self._memory.noted.leave_out(conversation, is_left_out)

    def _on_changed(self, conversation: str, is_left_out: bool, gone: int) -> None:
        self._on_listed()
        if not is_left_out:
            self._say(self.tr("What you write in this chat may be remembered again."))
            return
        told = self.tr("Nothing is learned about you from this chat.")
        if gone:
            facts = self.tr("1 fact") if gone == 1 else self.tr("{n} facts").format(n=gone)
            told += " " + self.tr("{facts} that came from it: forgotten.").format(facts=facts)
        undo = partial(self.leave_out, conversation, False)
        self._window.page.notices.show_notice(
            told, "notice", ((self.tr("Let it in again"), undo),), passes=True
        )

    def _say(self, told: str) -> None:
        self._window.page.notices.show_notice(told, passes=True)

    @Slot()
    def _on_listed(self) -> None:
        self._runner.call(self._memory.noted.left_out, self._window.list.set_left_out, _ignore)


def _ignore(_: str) -> None:
    """The list itself says that the store cannot be read."""
