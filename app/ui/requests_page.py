"""Every request that left this machine, word for word, and whether a phrase was ever in one."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.privacy.ledger import LedgerRow
from app.ui.announce import announce
from app.ui.buttons import Button
from app.ui.ledger_row import LedgerEntry, day_words
from app.ui.runner import Runner
from app.ui.theme import Theme

_FIRST = 40
"""Entries that are shown before the person asks for more."""
_PULSE = 2000
"""Milliseconds between two looks while it is shown: the terminal sends things too."""
_SETTLES = 600
"""Milliseconds in which a list that was just filled may still move."""


class LedgerDoor(Protocol):
    """The session, as far as this panel uses it. Every method may block."""

    def ledger_entries(self, limit: int = 200) -> list[LedgerRow]: ...

    def ledger_body(self, entry: int) -> str | None: ...

    def ledger_check(self, phrase: str) -> list[LedgerRow]: ...

    def ledger_covers(self) -> tuple[float, float] | None: ...

    def ledger_forget(self, entry: int) -> None: ...


class RequestsPage(QWidget):
    """Every request, newest first; it reads the ledger whenever it is shown."""

    def __init__(self, session: LedgerDoor, runner: Runner, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._runner = runner
        self._theme = theme
        self._limit = _FIRST
        self._pulse = QTimer(self, interval=_PULSE)
        self._pulse.timeout.connect(self._on_pulse)
        self._entries: dict[int, LedgerEntry] = {}
        self._wanted: int | None = None
        self._goal: LedgerEntry | None = None
        self._settling = QTimer(self, singleShot=True, interval=_SETTLES)
        self._empty = QLabel(self.tr("Nothing has left this machine."))
        self._empty.setObjectName("nothing_left")
        self._empty.setProperty("type", "large")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(24, 24, 24, 24)
        self._empty.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._check = self._make_check()
        column.addWidget(self._check)
        column.addWidget(self._empty, 1)
        self._area = self._make_list()
        column.addWidget(self._area, 1)

    @Slot()
    def refresh(self) -> None:
        """Read the ledger again."""
        limit = self._limit
        show: Callable[[list[LedgerRow]], None] = partial(self._on_rows, limit)
        self._runner.call(partial(self._session.ledger_entries, limit + 1), show, self._say)

    def show_entry(self, entry: int) -> None:
        """Unfold one entry and scroll to it, as soon as it is read."""
        self._wanted = entry
        self._phrase.clear()
        self.refresh()

    def _make_check(self) -> QWidget:
        self._phrase = QLineEdit()
        self._phrase.setObjectName("check_phrase")
        self._phrase.setAccessibleName(self.tr("Check a phrase"))
        self._phrase.setPlaceholderText(self.tr("Was this ever sent?"))
        self._phrase.setClearButtonEnabled(True)
        self._phrase.returnPressed.connect(self._on_check)
        self._phrase.textChanged.connect(self._on_typed)
        button = Button(self._theme, self.tr("Check"))
        button.setAccessibleName(self.tr("Check whether this phrase was sent"))
        button.clicked.connect(self._on_check)
        self._told = QLabel()
        self._told.setObjectName("check_told")
        self._told.setProperty("type", "caption")
        self._told.setWordWrap(True)
        self._told.hide()
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._phrase, 1)
        line.addWidget(button)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 8, 0)
        column.addLayout(line)
        column.addWidget(self._told)
        return whole

    def _make_list(self) -> QScrollArea:
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, 8, 0)
        self._rows.setSpacing(8)
        self._more = Button(self._theme, self.tr("Show earlier ones"), "quiet")
        self._more.clicked.connect(self._on_more)
        self._more.hide()
        self._rows.addWidget(self._more)
        self._rows.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.verticalScrollBar().rangeChanged.connect(self._go)
        return area

    def _on_rows(self, limit: int, rows: list[LedgerRow]) -> None:
        if limit != self._limit:
            return
        self._more.setVisible(len(rows) > limit)
        self._show_rows(rows[:limit])
        self._empty.setVisible(not rows)
        self._area.setVisible(bool(rows))
        self._check.setVisible(bool(rows))
        if self._wanted is not None:
            self._open_wanted(self._wanted, len(rows) > limit)

    def _open_wanted(self, wanted: int, is_more: bool) -> None:
        entry = self._entries.get(wanted)
        if entry is None and is_more:
            self._limit *= 4
            self.refresh()
            return
        self._wanted = None
        if entry is not None:
            self._goal = entry
            self._settling.start()
            entry.unfold()
            self._go()

    @Slot()
    def _go(self) -> None:
        """Stay with the wanted entry while rows and body take their places."""
        if self._goal is not None and self._settling.isActive():
            self._area.verticalScrollBar().setValue(self._goal.y() - self._theme.px(8))

    def _show_rows(self, rows: list[LedgerRow]) -> None:
        """Show these rows; the ones that are there already keep their state."""
        keep = {row.id for row in rows}
        for old in [id for id in self._entries if id not in keep]:
            gone = self._entries.pop(old)
            self._goal = None if self._goal is gone else self._goal
            gone.hide()
            gone.deleteLater()
        for place, row in enumerate(rows):
            entry = self._entries.get(row.id) or self._make_entry(row)
            if self._rows.indexOf(entry) != place:
                self._rows.insertWidget(place, entry)

    def _make_entry(self, row: LedgerRow) -> LedgerEntry:
        entry = LedgerEntry(self._theme, row)
        entry.unfolded.connect(self._on_unfolded)
        entry.copied.connect(self._on_copied)
        entry.erase_wanted.connect(self._on_erase)
        self._entries[row.id] = entry
        return entry

    @Slot(int)
    def _on_unfolded(self, entry: int) -> None:
        show: Callable[[str | None], None] = partial(self._on_body, entry)
        self._runner.call(partial(self._session.ledger_body, entry), show, self._say)

    def _on_body(self, entry: int, body: str | None) -> None:
        if entry in self._entries:
            self._entries[entry].show_body(body)

    @Slot(int)
    def _on_erase(self, entry: int) -> None:
        erase = partial(self._session.ledger_forget, entry)
        self._runner.call(erase, lambda _: self._on_unfolded(entry), self._say)

    @Slot(str)
    def _on_copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    @Slot()
    def _on_more(self) -> None:
        self._limit *= 4
        self.refresh()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        if not text:
            self._told.hide()
            self.refresh()

    @Slot()
    def _on_check(self) -> None:
        phrase = self._phrase.text().strip()
        if phrase:
            session = self._session
            self._runner.call(
                lambda: (session.ledger_check(phrase), session.ledger_covers()), self._on_checked, self._say
            )

    def _on_checked(self, found: tuple[list[LedgerRow], tuple[float, float] | None]) -> None:
        rows, covers = found
        match len(rows):
            case 0 if covers is not None:
                words = self.tr("No request held these words. On record since {day}.")
                self._say(words.format(day=day_words(covers[0])))
            case 0:
                self._say(self.tr("No request that is still on record held these words."))
            case 1:
                self._say(self.tr("These words left once:"))
            case count:
                self._say(self.tr("These words left {0} times:").format(count))
        self._more.hide()
        self._show_rows(rows)

    def _say(self, told: str) -> None:
        self._told.setText(told)
        self._told.show()
        announce(self, told)

    @Slot()
    def _on_pulse(self) -> None:
        if not self._phrase.text():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._pulse.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pulse.stop()
