"""Shows in the composer what would be hidden, a moment after the last key."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from app.privacy.types import Decided
from app.ui.text_offsets import Offsets
from app.ui.theme import Theme
from app.ui.words import action_name, is_hidden, kind_name

PAUSE = 250
"""Milliseconds after the last key."""
LONGEST = 20_000
"""Characters; beyond that the details are counted but not marked, so that typing stays fast."""
LONG_PAUSE = 1500
"""The same for a text beyond that, whose check takes seconds."""


class Highlighter(QObject):
    """Tints findings in an editor; never changes its text, its undo history or a composition.

    Signals:
        paused(str): the person paused after this text; somebody should inspect it and call `show`.
    """

    paused = Signal(str)

    def __init__(self, theme: Theme, editor: QPlainTextEdit) -> None:
        super().__init__(editor)
        self._theme = theme
        self._editor = editor
        self._decided: tuple[Decided, ...] = ()
        self._text = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_pause)
        editor.textChanged.connect(self._on_changed)
        theme.changed.connect(self._draw)

    def show(self, text: str, decided: tuple[Decided, ...]) -> None:
        """Tint what was found, if the text is still this one."""
        is_long = len(text) > LONGEST
        if is_long or text == self._editor.toPlainText():
            self._text, self._decided = ("", ()) if is_long else (text, decided)
            self._draw()

    @Slot()
    def _on_changed(self) -> None:
        if self._editor.document().isEmpty():
            self._timer.stop()
            self.show("", ())
            self.paused.emit("")
        else:
            is_long = self._editor.document().characterCount() > LONGEST
            self._timer.start(LONG_PAUSE if is_long else PAUSE)

    @Slot()
    def _on_pause(self) -> None:
        self.paused.emit(self._editor.toPlainText())

    @Slot()
    def _draw(self) -> None:
        offsets = Offsets(self._text)
        shown = []
        for decided in self._decided:
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self._editor.document())
            cursor.setPosition(offsets.to_qt(decided.finding.start))
            cursor.setPosition(offsets.to_qt(decided.finding.end), QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            selection.format = finding_look(self._theme, decided)
            shown.append(selection)
        self._editor.setExtraSelections(shown)


def finding_look(theme: Theme, decided: Decided) -> QTextCharFormat:
    """Return tint, dotted line and name of a finding; what stays readable has the line alone."""
    look = QTextCharFormat()
    if is_hidden(decided):
        look.setBackground(theme.colour("finding"))
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    look.setUnderlineColor(theme.colour("finding_line"))
    kind, action = kind_name(decided.finding.kind), action_name(decided.action)
    look.setToolTip(f"{kind}, {action}")
    return look
