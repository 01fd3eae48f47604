"""Shows a request byte for byte."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QPlainTextEdit

from app.ui.theme import Theme


class PayloadView(QPlainTextEdit):
    """A read-only text whose copy and `toPlainText` are exactly what was set.

    Qt's own would turn some characters (no-break space, line separator) into others.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._exact = ""
        self.setObjectName("payload_view")
        self.setAccessibleName(self.tr("Exact text that will be sent"))
        self.setProperty("look", "code")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        theme.changed.connect(self._redraw)
        self._redraw()

    def show_exact(self, text: str) -> None:
        """Show this text."""
        self._exact = text
        self.setPlainText(text)

    def _redraw(self) -> None:
        self.document().setDefaultFont(self._theme.mono())
        self.setFont(self._theme.mono())

    def toPlainText(self) -> str:
        return self._exact

    def createMimeDataFromSelection(self) -> QMimeData:
        cursor = self.textCursor()
        units = self._exact.encode("utf-16-le")
        chosen = units[2 * cursor.selectionStart() : 2 * cursor.selectionEnd()]
        data = QMimeData()
        data.setText(chosen.decode("utf-16-le", "replace"))
        return data
