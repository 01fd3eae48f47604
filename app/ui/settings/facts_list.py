"""Facts about the person below each other: those that wait for a yes, or those that are kept."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.store.facts import KnownFact
from app.ui.settings.fact_row import FactRow
from app.ui.settings.row import caption
from app.ui.theme import Theme

_SHOWN = 40


class FactsList(QWidget):
    """Shows at most forty facts at once; a search finds the others.

    Signals:
        kept(int), dismissed(int), forgotten(int), edited(int, str), source_wanted(int): see `FactRow`.
    """

    kept = Signal(int)
    dismissed = Signal(int)
    forgotten = Signal(int)
    edited = Signal(int, str)
    source_wanted = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._facts: tuple[KnownFact, ...] = ()
        self._words: list[str] = []
        self._shown: list[FactRow] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._more = caption()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(self._rows)
        column.addWidget(self._more)
        self._more.hide()

    @property
    def rows(self) -> list[FactRow]:
        """The rows that are shown, from the top."""
        return list(self._shown)

    def show_facts(self, facts: Sequence[KnownFact]) -> None:
        """Show these, or those of them that are searched for."""
        if self._facts != tuple(facts):
            self._facts = tuple(facts)
            self._draw()

    def search(self, text: str) -> int:
        """Show only what holds these words; return how many facts do."""
        self._words = text.casefold().split()
        self._draw()
        return len(self._found())

    def _found(self) -> list[KnownFact]:
        return [each for each in self._facts if all(word in each.text.casefold() for word in self._words)]

    def _draw(self) -> None:
        at = self._focused()
        for row in self._shown:
            row.hide()
            row.deleteLater()
        self._shown = []
        found = self._found()
        for fact in found[:_SHOWN]:
            row = FactRow(self._theme, fact)
            row.kept.connect(self.kept)
            row.dismissed.connect(self.dismissed)
            row.forgotten.connect(self.forgotten)
            row.edited.connect(self.edited)
            row.source_wanted.connect(self.source_wanted)
            self._rows.addWidget(row)
            self._shown.append(row)
        more = len(found) - _SHOWN
        self._more.setText(self.tr("And {n} more; the search finds them.").format(n=more))
        self._more.setVisible(more > 0)
        if at >= 0 and self.rows:
            self.rows[min(at, len(self.rows) - 1)].focus()

    def _focused(self) -> int:
        """Return the row that has the focus; -1 where none has."""
        focused = self.window().focusWidget()
        if focused is None:
            return -1
        return next((at for at, row in enumerate(self.rows) if row.isAncestorOf(focused)), -1)
