"""One message on screen: the person's in a tinted box, an answer plain with its quiet last line."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.core.errors import Fix
from app.core.types import Origin, Piece, Role, StoredMessage
from app.ui.answer_document import AnswerDocument
from app.ui.long_text import SHOWN, wrap_mode
from app.ui.text_view import TextView
from app.ui.theme import Theme
from app.ui.turn_footer import StateLine, TurnFooter, state_line
from app.ui.wishes import OpenLink
from app.ui.words import details_hidden, where_name

_SHOWN_IN_NAME = 200
"""Characters of a message that a screen reader gets as the row's name."""


class TurnRow(QFrame):
    """A question or an answer.

    Signals:
        wished(object): a `Wish`.
        resized(): it may need another height now.
    """

    wished = Signal(object)
    resized = Signal()

    def __init__(self, theme: Theme, message: StoredMessage, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.message = message
        self._is_question = message.role is Role.USER
        self._document = AnswerDocument(theme)
        self.view = TextView(theme, self._document)
        self.view.link_wanted.connect(self._on_link)
        self._progress = QLabel()
        self._progress.setProperty("type", "caption")
        self._progress.hide()
        self._end: list[QWidget] = []
        self._width = 0
        self._lay_out()
        self._show_text()

    def fit(self, width: int) -> int:
        """Take this width and return the height that it needs."""
        self._width = width
        self.setFixedWidth(width)
        pad = self._theme.px(16)
        if self._is_question:
            widest = round(width * 0.86) - 2 * pad
            self.view.fit(min(widest, self._natural(widest)))
            self._box.setFixedWidth(self.view.width() + 2 * pad)
        else:
            self.view.fit(width)
            self.view.setVisible(not self._document.isEmpty())
        column = self._column
        column.invalidate()
        column.activate()
        height = column.heightForWidth(width) if column.hasHeightForWidth() else column.sizeHint().height()
        self.setFixedHeight(height)
        return height

    def add(self, piece: Piece) -> None:
        """Take a further piece of the answer; `flush` draws it."""
        self._document.add(piece)

    def flush(self) -> bool:
        """Draw what was added; say whether there was anything."""
        self.view.setWordWrapMode(wrap_mode(self._document.source))
        return self._document.flush()

    def set_progress(self, told: str) -> None:
        """Show a line about the work in progress, or none."""
        self._progress.setText(told)
        self._progress.setVisible(bool(told))

    def finish(self, message: StoredMessage, fix: Fix, question: str, is_last: bool) -> None:
        """Show how the answer ended and who gave it."""
        self.message = message
        self.set_progress("")
        for widget in self._end:
            widget.hide()  # it stays until the events come round, and would take room
            widget.deleteLater()
        self._end = []
        if not self._is_question:
            self._add_end(fix, question, is_last)
        self._name()

    def _add_end(self, fix: Fix, question: str, is_last: bool) -> None:
        line: StateLine | None = state_line(self._theme, self.message, fix, question, is_last)
        if line is not None:
            line.wished.connect(self.wished)
            self._end.append(line)
        if self.message.text:
            footer = TurnFooter(self._theme, self.message, is_last)
            footer.wished.connect(self.wished)
            footer.resized.connect(self.resized)
            self._end.append(footer)
        for widget in self._end:
            self._column.addWidget(widget)
            widget.show()

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(self._theme.px(8))
        if self._is_question:
            self._box = QFrame()
            self._box.setProperty("surface", "turn")
            inside = QVBoxLayout(self._box)
            pad = self._theme.px(16)
            inside.setContentsMargins(pad, self._theme.px(12), pad, self._theme.px(7))
            inside.addWidget(self.view)
            line = QHBoxLayout()
            line.addStretch(1)
            line.addWidget(self._box)
            self._column.addLayout(line)
        else:
            self._column.addWidget(self.view, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._progress)

    def _show_text(self) -> None:
        text = self.message.text
        self.view.setWordWrapMode(wrap_mode(text[:SHOWN] if self._is_question else text))
        if self._is_question:
            rest = len(text) - SHOWN
            more = self.tr("… and {n} more characters").format(n=f"{rest:,}") if rest > 0 else ""
            self._document.show_plain(text[:SHOWN] + ("\n\n" + more if more else ""))
        else:
            self._document.show_whole(_pieces(self.message))
        self._name()

    def _natural(self, widest: int) -> int:
        """Return the width at which no line wraps, or the widest allowed."""
        self.view.fit(widest)
        return round(self._document.idealWidth()) + 2

    def _name(self) -> None:
        text = self.message.text[:_SHOWN_IN_NAME]
        if self._is_question:
            name = self.tr("You: {text}").format(text=text)
        else:
            parts = [self.tr("Confidant")]
            if self.message.route is not None:
                parts.append(
                    self.tr("from {where}").format(where=where_name(self.message.route.where).lower())
                )
            if self.message.hidden:
                parts.append(details_hidden(self.message.hidden))
            name = f"{', '.join(parts)}: {text}"
        self.setAccessibleName(name)
        self.view.setAccessibleName(name)

    @Slot(str)
    def _on_link(self, address: str) -> None:
        self.wished.emit(OpenLink(address))

    def redraw(self) -> None:
        """Draw the text again, in the colours and sizes of now."""
        if self._is_question:
            self._show_text()
        else:
            self._document.redraw()


def _pieces(message: StoredMessage) -> Sequence[Piece]:
    return message.pieces or ((Piece(message.text, Origin.LOCAL),) if message.text else ())
