"""Which widget edits a value of which type; none of them saves anything."""

import re
from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import SettingError
from app.core.settings import AnySetting, Value
from app.ui.settings.switch import Switch
from app.ui.settings.words import WordsEdit
from app.ui.theme import Theme

_REST = 600
"""Milliseconds without a key after which a number is taken."""
_SPELLED = {"stand-ins": "Stand-ins"}


class Editor(QWidget):
    """Shows and changes one value.

    Signals:
        chosen(object): the person chose this value; it may still be refused.
        refused(str): what was typed is no value, and why.
    """

    chosen = Signal(object)
    refused = Signal(str)
    is_wide = False
    """Takes a line of its own below the words."""
    explains_itself = False
    """Says all that the setting's help text says."""

    def show_value(self, value: Value) -> None:
        """Show a value without emitting `chosen`."""
        raise NotImplementedError

    def _fill(self, *widgets: QWidget) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        for widget in widgets:
            line.addWidget(widget)
        self.setFocusProxy(widgets[0])


class SwitchEditor(Editor):
    """On or off."""

    def __init__(self, setting: AnySetting, theme: Theme) -> None:
        super().__init__()
        self._switch = Switch(theme)
        self._switch.setAccessibleName(setting.title)
        self._switch.clicked.connect(self._on_clicked)
        self._fill(self._switch)

    def show_value(self, value: Value) -> None:
        self._switch.setChecked(bool(value))

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self._switch.isChecked())


class RadioEditor(Editor):
    """One of few, each with a sentence that says what it means."""

    is_wide = True
    explains_itself = True

    def __init__(
        self,
        setting: AnySetting,
        sentences: dict[str, str],
        theme: Theme,
        names: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        self._buttons: dict[str, QRadioButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for choice in setting.choices:
            name = names[choice] if names else in_words(choice)
            button = QRadioButton(name)
            button.setAccessibleName(f"{setting.title}: {name}" if names else f"{setting.title} {name}")
            button.setAccessibleDescription(sentences[choice])
            self._group.addButton(button)
            self._buttons[choice] = button
            says = QLabel(sentences[choice])
            says.setProperty("type", "caption")
            says.setWordWrap(True)
            says.setIndent(theme.px(28))
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(button)
            pair.addWidget(says)
            column.addLayout(pair)
        self.setFocusProxy(self._buttons[setting.choices[0]])

    def show_value(self, value: Value) -> None:
        self._buttons[str(value)].setChecked(True)

    def _on_clicked(self, button: QAbstractButton) -> None:
        self.chosen.emit(next(choice for choice, each in self._buttons.items() if each is button))


class SegmentEditor(Editor):
    """One of two to four short words, side by side."""

    def __init__(self, setting: AnySetting) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        self._buttons: dict[str, QPushButton] = {}
        for choice in setting.choices:
            button = QPushButton(in_words(choice))
            button.setCheckable(True)
            button.setProperty("look", "segment")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.setAccessibleName(f"{setting.title} {in_words(choice)}")
            self._group.addButton(button)
            self._buttons[choice] = button
        self._fill(*self._buttons.values())

    def show_value(self, value: Value) -> None:
        self._buttons[str(value)].setChecked(True)

    def _on_clicked(self, button: QAbstractButton) -> None:
        self.chosen.emit(next(choice for choice, each in self._buttons.items() if each is button))


class ComboEditor(Editor):
    """One of many."""

    def __init__(self, setting: AnySetting) -> None:
        super().__init__()
        self._combo = QComboBox()
        self._combo.setAccessibleName(setting.title)
        for choice in setting.choices:
            self._combo.addItem(in_words(choice), choice)
        self._combo.activated.connect(self._on_activated)
        self._fill(self._combo)

    def show_value(self, value: Value) -> None:
        self._combo.setCurrentIndex(self._combo.findData(value))

    def _on_activated(self, index: int) -> None:
        self.chosen.emit(self._combo.itemData(index))


class NumberEditor(Editor):
    """A number between two buttons; the arrow keys step too."""

    def __init__(self, setting: AnySetting) -> None:
        super().__init__()
        self._setting = setting
        self._shown: float = 0
        self._is_stepped = False
        self._line = QLineEdit()
        self._line.setAccessibleName(setting.title)
        self._line.setAccessibleDescription(setting.describe())
        self._line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._line.setProperty("look", "number")
        self._line.installEventFilter(self)
        self._pause = QTimer(self, singleShot=True, interval=_REST)
        self._pause.timeout.connect(self._take)
        self._line.textEdited.connect(self._pause.start)
        self._line.editingFinished.connect(self._take)
        less = self._make_step("−", self.tr("Less of {0}").format(setting.title))
        less.clicked.connect(self._on_less)
        more = self._make_step("+", self.tr("More of {0}").format(setting.title))
        more.clicked.connect(self._on_more)
        self._fill(less, self._line, more)
        self.setFocusProxy(self._line)

    def show_value(self, value: Value) -> None:
        if isinstance(value, int | float) and not self._pause.isActive():
            self._shown = value
            self._line.setText(f"{value:g}" if isinstance(value, float) else str(value))

    def _make_step(self, sign: str, name: str) -> QPushButton:
        button = QPushButton(sign)
        button.setProperty("look", "step")
        button.setAccessibleName(name)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setAutoRepeat(True)
        return button

    def _step(self, by: int) -> None:
        """Go one step, within what the setting takes; saved when the person rests."""
        low, high = self._setting.minimum, self._setting.maximum
        value = self._shown + by * (1 if self._setting.type is int else 0.05)
        value = value if low is None else max(low, value)
        value = value if high is None else min(high, value)
        self._line.setText(f"{value:g}" if self._setting.type is float else str(int(value)))
        self._shown = value
        self._is_stepped = True
        self._pause.start()

    @Slot()
    def _on_less(self) -> None:
        self._step(-1)

    @Slot()
    def _on_more(self) -> None:
        self._step(1)

    @Slot()
    def _take(self) -> None:
        self._pause.stop()
        try:
            value = self._setting.parse(self._line.text())
        except SettingError as error:
            self.refused.emit(error.told)
            return
        if isinstance(value, int | float) and (value != self._shown or self._is_stepped):
            self._shown = value
            self._is_stepped = False
            self.chosen.emit(value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            by = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
            if by:
                self._step(by)
                return True
        return super().eventFilter(watched, event)


class LineEditor(Editor):
    """A line of text, taken with Enter or on leaving it."""

    is_wide = True

    def __init__(self, setting: AnySetting) -> None:
        super().__init__()
        self._shown = ""
        self.line = QLineEdit()
        self.line.setAccessibleName(setting.title)
        self.line.setClearButtonEnabled(False)
        self.line.editingFinished.connect(self._take)
        self._fill(self.line)

    def show_value(self, value: Value) -> None:
        is_writing = self.line.hasFocus() and self.line.text().strip() != self._shown
        self._shown = str(value)
        if not is_writing and self.line.text() != self._shown:
            self.line.setText(self._shown)

    def _take(self) -> None:
        text = self.line.text().strip()
        if text != self._shown:
            self._shown = text
            self.chosen.emit(text)


class WordsEditor(Editor):
    """A list of words, each with a button that takes it away."""

    is_wide = True

    def __init__(self, setting: AnySetting) -> None:
        super().__init__()
        self._words = WordsEdit(setting.title)
        self._words.changed.connect(self.chosen.emit)
        self._fill(self._words)

    def show_value(self, value: Value) -> None:
        if isinstance(value, tuple):
            self._words.show_words(value)


def editor_for(setting: AnySetting, theme: Theme) -> Editor:
    """Make the editor that fits a setting's type."""
    if setting.choices:
        sentences = explained(setting)
        if sentences is not None:
            return RadioEditor(setting, sentences, theme)
        return SegmentEditor(setting) if len(setting.choices) <= 4 else ComboEditor(setting)
    if setting.type is bool:
        return SwitchEditor(setting, theme)
    if setting.type is tuple:
        return WordsEditor(setting)
    return LineEditor(setting) if setting.type is str else NumberEditor(setting)


def in_words(choice: str) -> str:
    """Write a choice as a person would: `ask-if-private` becomes "Ask if private"."""
    return _SPELLED.get(choice) or choice.replace("-", " ").replace("_", " ").capitalize()


def explained(setting: AnySetting) -> dict[str, str] | None:
    """Take the sentence of each choice from a help text of the form "never: … ask: …"."""
    names = "|".join(map(re.escape, sorted(setting.choices, key=len, reverse=True)))
    parts = re.split(rf"\b({names}): ", setting.help)
    found = {choice: says.strip() for choice, says in zip(parts[1::2], parts[2::2], strict=True)}
    if set(found) != set(setting.choices):
        return None
    return {choice: says[:1].upper() + says[1:] for choice, says in found.items()}
