"""Finds words in the conversation on screen."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit

from app.ui.buttons import IconButton
from app.ui.theme import Theme
from app.ui.transcript import Transcript


class FindBar(QFrame):
    """A field and two arrows; each match is selected and brought into view.

    Signals:
        closed(): the person is done.
    """

    closed = Signal()

    def __init__(self, theme: Theme, transcript: Transcript) -> None:
        super().__init__()
        self.setProperty("surface", "notice")
        self._transcript = transcript
        self._matches: list[tuple[int, int]] = []
        """Index of the message, and which of the matches in it."""
        self._at = 0
        self._field = QLineEdit()
        self._field.setObjectName("find")
        self._field.setAccessibleName(self.tr("Find in this chat"))
        self._field.setPlaceholderText(self.tr("Find in this chat"))
        self._field.textChanged.connect(self._on_typed)
        self._count = QLabel()
        self._count.setProperty("type", "caption")
        before = IconButton(theme, "chevron-up", self.tr("Previous match (Shift+Enter)"))
        after = IconButton(theme, "chevron-down", self.tr("Next match (Enter)"))
        close = IconButton(theme, "close", self.tr("Close find (Esc)"))
        before.clicked.connect(self._on_before)
        after.clicked.connect(self._on_after)
        close.clicked.connect(self.close_find)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(8), theme.px(6), theme.px(8), theme.px(6))
        line.addWidget(self._field, 1)
        for widget in (self._count, before, after, close):
            line.addWidget(widget)
        self.hide()

    @property
    def told(self) -> str:
        return self._count.text()

    @Slot()
    def open_find(self) -> None:
        """Show the bar with the field ready."""
        self.show()
        self._field.setFocus()
        self._field.selectAll()

    @Slot()
    def close_find(self) -> None:
        """Hide the bar."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _show_match(self) -> None:
        if not self._matches:
            self._count.setText(self.tr("Not found") if self._field.text() else "")
            return
        self._count.setText(f"{self._at + 1} / {len(self._matches)}")
        index, which = self._matches[self._at]
        view = self._transcript.row_of(index).view
        cursor = QTextCursor(view.document())
        for _ in range(which + 1):
            found = view.document().find(self._field.text(), cursor)
            cursor = cursor if found.isNull() else found
        view.setTextCursor(cursor)
        self._transcript.show_place(view, view.cursorRect())

    def _step(self, by: int) -> None:
        if self._matches:
            self._at = (self._at + by) % len(self._matches)
            self._show_match()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        word = text.casefold()
        self._matches = [
            (index, which)
            for index, message in enumerate(self._transcript.messages)
            for which in range(message.text.casefold().count(word) if word else 0)
        ]
        self._at = max(0, len(self._matches) - 1)
        self._show_match()

    @Slot()
    def _on_before(self) -> None:
        self._step(-1)

    @Slot()
    def _on_after(self) -> None:
        self._step(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)
