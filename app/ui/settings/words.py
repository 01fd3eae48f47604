"""A list of words that the person adds to and takes from."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.flow_layout import FlowLayout


class WordsEdit(QWidget):
    """A field that adds, and a chip for each word that takes it away.

    Signals:
        changed(object): the new tuple of words.
    """

    changed = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self._title = title
        self._field = QLineEdit()
        self._field.setAccessibleName(title)
        self._field.setPlaceholderText(self.tr("Type a word, then Enter"))
        self._field.returnPressed.connect(self._on_add)
        self._add = QPushButton(self.tr("Add"))
        self._add.setAccessibleName(self.tr("Add to {0}").format(title))
        self._add.setProperty("look", "plain")
        self._add.setEnabled(False)
        self._add.clicked.connect(self._on_add)
        self._field.textChanged.connect(self._on_typed)
        entry = QHBoxLayout()
        entry.setContentsMargins(0, 0, 0, 0)
        entry.addWidget(self._field, 1)
        entry.addWidget(self._add)
        self._chips = QWidget()
        self._buttons = QButtonGroup(self)
        self._buttons.setExclusive(False)
        self._buttons.buttonClicked.connect(self._on_remove)
        self._flow = FlowLayout(6, self._chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(entry)
        column.addWidget(self._chips)
        self._chips.hide()
        self.setFocusProxy(self._field)

    def show_words(self, words: tuple[str, ...]) -> None:
        """Show these words without emitting `changed`."""
        if words == self._words:
            return
        self._words = words
        while (item := self._flow.takeAt(0)) is not None:
            chip = item.widget()
            if chip is not None:
                chip.hide()
                chip.deleteLater()
        for word in words:
            chip = QPushButton(f"{word}  ×")
            chip.setProperty("look", "word")
            chip.setCursor(Qt.CursorShape.PointingHandCursor)
            chip.setToolTip(self.tr("Take it off the list"))
            chip.setAccessibleName(self.tr("Remove {0} from {1}").format(word, self._title))
            chip.setProperty("word", word)
            self._buttons.addButton(chip)
            self._flow.addWidget(chip)
        self._chips.setVisible(bool(words))
        self._chips.updateGeometry()

    def _on_typed(self, text: str) -> None:
        self._add.setEnabled(bool(text.strip()))

    def _on_add(self) -> None:
        typed = (word.strip() for word in self._field.text().split(","))
        fresh = tuple(dict.fromkeys(word for word in typed if word and word not in self._words))
        self._field.clear()
        if fresh:
            self.show_words(self._words + fresh)
            self.changed.emit(self._words)

    def _on_remove(self, chip: QAbstractButton) -> None:
        word = chip.property("word")
        self.show_words(tuple(each for each in self._words if each != word))
        self._field.setFocus()
        self.changed.emit(self._words)
