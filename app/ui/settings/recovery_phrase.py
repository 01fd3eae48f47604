"""Shows a recovery phrase once: to be written down, and then never again."""

from PySide6.QtCore import QMimeData, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout

from app.ui.buttons import Button
from app.ui.settings.row import Line, caption
from app.ui.theme import Theme

_SECRET = "x-kde-passwordManagerHint"
"""Asks clipboard managers, of KDE and others, to keep it out of their history."""


class RecoveryPhrase(QFrame):
    """The words, a button that copies them, and one that ends it.

    Signals:
        written_down(): the person has it; the words are gone from here.
    """

    written_down = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("recovery_phrase")
        self.setProperty("surface", "warning")
        says = caption(
            self.tr(
                "These words open your data if the key is lost. They are shown this once. Write them on "
                "paper, or keep them in a password manager, but not on this computer alone."
            )
        )
        self._words = QPlainTextEdit()
        self._words.setObjectName("recovery_words")
        self._words.setAccessibleName(self.tr("Recovery phrase"))
        self._words.setReadOnly(True)
        self._words.setTabChangesFocus(True)
        self._words.setProperty("look", "field")
        self._words.setFont(theme.mono(15))
        self._words.setFixedHeight(theme.px(84))
        self._copy = Button(theme, self.tr("Copy"), icon="copy")
        self._copy.setObjectName("recovery_copy")
        self._copy.setAccessibleName(self.tr("Copy the recovery phrase"))
        self._copy.clicked.connect(self._on_copy)
        self._have = Button(theme, self.tr("I wrote it down"), "primary")
        self._have.setObjectName("recovery_have")
        self._have.clicked.connect(self._on_have)
        line = Line(self._have, self._copy)
        line.line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        for widget in (says, self._words, line):
            column.addWidget(widget)
        self.hide()

    @property
    def is_unread(self) -> bool:
        """Whether words are shown that the person did not say he has."""
        return bool(self._words.toPlainText())

    def show_phrase(self, phrase: str) -> None:
        """Show these words, with the focus on them."""
        self._words.setPlainText(phrase)
        self._copy.setText(self.tr("Copy"))
        self.show()
        self._words.setFocus()

    @Slot()
    def _on_copy(self) -> None:
        data = QMimeData()
        data.setText(self._words.toPlainText())
        data.setData(_SECRET, b"secret")
        QGuiApplication.clipboard().setMimeData(data)
        self._copy.setText(self.tr("Copied"))

    @Slot()
    def _on_have(self) -> None:
        self._words.clear()
        self.hide()
        self.written_down.emit()
