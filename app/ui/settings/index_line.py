"""How much of what was said can be searched by meaning."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from app.ui.listen import while_alive
from app.ui.runner import Runner


class Indexed(Protocol):
    """How far the index is."""

    @property
    def done(self) -> int: ...

    @property
    def all(self) -> int: ...

    @property
    def is_working(self) -> bool: ...


class Index(Protocol):
    """What reads in the background; `state` may block, listeners are called on any thread."""

    def state(self) -> Indexed: ...

    def on_state(self, listener: Callable[[Indexed], None]) -> None: ...


class IndexLine(QLabel):
    """A quiet sentence that keeps itself up to date; empty where nothing was said yet.

    Signals:
        told(object): the index is in another state.
    """

    told = Signal(object)

    def __init__(self, index: Index, runner: Runner) -> None:
        super().__init__()
        self._index = index
        self._runner = runner
        self.setObjectName("index_line")
        self.setProperty("type", "caption")
        self.setWordWrap(True)
        self.told.connect(self._show)
        index.on_state(while_alive(self, self.told.emit))
        self.hide()

    def refresh(self) -> None:
        """Ask how far it is."""
        self._runner.call(self._index.state, self._show, self._ignore)

    def _show(self, indexed: Indexed) -> None:
        count = self.tr("{done} of {all} messages").format(done=f"{indexed.done:,}", all=f"{indexed.all:,}")
        if indexed.done >= indexed.all:
            told = self.tr("Everything that was said can be searched by meaning.")
        elif indexed.is_working:
            told = self.tr("Reading, so that it can be searched by meaning: {count}.").format(count=count)
        else:
            told = self.tr("Can be searched by meaning: {count}. The rest follows in quiet moments.").format(
                count=count
            )
        self.setText(told)
        self.setVisible(indexed.all > 0)

    def _ignore(self, _: str) -> None:
        """What cannot be counted is not shown; searching itself says what is wrong."""
