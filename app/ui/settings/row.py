"""One setting as the person sees it: title, help, editor, and why it is locked or refused."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.core.settings import AnySetting, Value
from app.ui.settings.editors import Editor, editor_for
from app.ui.theme import Theme


def caption(text: str = "") -> QLabel:
    """Make a small, quiet, wrapping label."""
    label = QLabel(text)
    label.setProperty("type", "caption")
    label.setWordWrap(True)
    return label


class SettingRow(QFrame):
    """A row of the settings panel.

    Signals:
        chosen(str, object): the person chose a value for this key.
    """

    chosen = Signal(str, object)

    def __init__(self, setting: AnySetting, theme: Theme, editor: Editor | None = None) -> None:
        super().__init__()
        self.setting = setting
        self.setObjectName(f"row_{setting.key}")
        self.editor = editor or editor_for(setting, theme)
        self.editor.chosen.connect(self._on_chosen)
        self.editor.refused.connect(self.show_error)
        title = QLabel(setting.title)
        title.setProperty("type", "strong")
        title.setWordWrap(True)
        title.setBuddy(self.editor)
        self._help = caption(setting.help)
        self._help.setHidden(self.editor.explains_itself)
        self._theme = theme
        self._reason = caption()
        self._reason.setObjectName(f"lock_{setting.key}")
        self._sign = QLabel()
        self._lock = Line(self._sign, self._reason)
        self._lock.line.setStretch(1, 1)
        self._lock.hide()
        self._error = caption()
        self._error.setObjectName(f"error_{setting.key}")
        self._error.setProperty("type", "danger")
        self._error.hide()
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(title)
        words.addWidget(self._help)
        line = QHBoxLayout()
        line.setSpacing(24)
        line.addLayout(words, 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 14, 0, 14)
        self.column.setSpacing(8)
        self.column.addLayout(line)
        if self.editor.is_wide:
            self.column.addWidget(self.editor)
        else:
            line.addWidget(self.editor, 0, Qt.AlignmentFlag.AlignVCenter)
        self.column.addWidget(self._lock)
        self.column.addWidget(self._error)

    def show_value(self, value: Value) -> None:
        """Show what is stored."""
        self._error.hide()
        self.editor.show_value(value)

    def show_error(self, told: str) -> None:
        """Say why the value was not stored."""
        self._error.setText(told)
        self._error.show()

    def lock(self, reason: str) -> None:
        """Make it unchangeable and say why; an empty reason unlocks it."""
        self.editor.setEnabled(not reason)
        self._reason.setText(reason)
        self._sign.setPixmap(self._theme.pixmap("lock", "muted", 14))
        self._lock.setVisible(bool(reason))

    def matches(self, words: list[str]) -> bool:
        """Say whether every word stands somewhere in the title, the help or the key."""
        text = f"{self.setting.title} {self.setting.help} {self.setting.key}".casefold()
        return all(word in text for word in words)

    def _on_chosen(self, value: Value) -> None:
        self._error.hide()
        self.chosen.emit(self.setting.key, value)


class Line(QWidget):
    """A row of buttons and labels without margins."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(8)
        for widget in widgets:
            self.line.addWidget(widget)
