"""What is to be compared: which questions, how many, which ways, and whether the cloud takes part."""

from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.settings import MECHANISM
from app.ui.buttons import Button
from app.ui.flow_layout import FlowLayout
from app.ui.settings.comparing import Wanted
from app.ui.settings.row import Line, caption
from app.ui.settings.switch import Switch
from app.ui.settings.tools import Tools
from app.ui.words import mechanism_name

K = TypeVar("K", bound=Hashable)
_COUNTS: Final = (10, 30, 100, 0)
_FIRST: Final = ("adaptive", "routing")
"""Ways that are compared unless the person chooses others."""


class _Segment(QPushButton):
    """A choice whose words are bold once it is chosen: its room is for bold ones from the start."""

    def sizeHint(self) -> QSize:
        font = QFont(self.font())
        font.setBold(False)
        thin = QFontMetrics(font).horizontalAdvance(self.text())
        font.setBold(True)
        bold = QFontMetrics(font).horizontalAdvance(self.text())
        size = super().sizeHint()
        return size if self.font().bold() else QSize(size.width() + bold - thin + 2, size.height())


class Segments(QWidget, Generic[K]):
    """One of a few, side by side, in lines where they need more than one."""

    def __init__(self, title: str, choices: Mapping[K, str]) -> None:
        super().__init__()
        self.group = QButtonGroup(self)
        self._values: dict[QAbstractButton | None, K] = {}
        flow = FlowLayout(4, self)
        for value, text in choices.items():
            button = _Segment(text)
            button.setCheckable(True)
            button.setProperty("look", "segment")
            button.setAccessibleName(f"{title}: {text}")
            self.group.addButton(button)
            self._values[button] = value
            flow.addWidget(button)
        first = self.group.buttons()[0]
        first.setChecked(True)
        self.setFocusProxy(first)

    @property
    def value(self) -> K:
        """What is chosen."""
        return self._values[self.group.checkedButton()]

    def choose(self, value: K) -> None:
        """Choose this."""
        next(each for each in self.group.buttons() if self._values[each] == value).setChecked(True)


class CompareForm(QWidget):
    """Asks for the questions and the ways; begins nothing.

    Signals:
        wanted(object): a `Wanted` that the person would like to know the price of.
    """

    wanted = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._path: Path | None = None
        source = self.tr("Which questions")
        self._source = Segments(source, {False: self.tr("The newest of yours"), True: self.tr("A file…")})
        self._source.group.buttonClicked.connect(self._on_source)
        self._file = caption()
        self._file.setObjectName("compare_file")
        self._file.hide()
        numbers = {each: str(each) if each else self.tr("All") for each in _COUNTS}
        self._count = Segments(self.tr("How many questions"), numbers)
        self._cloud = Switch(tools.theme)
        self._cloud.setObjectName("compare_cloud")
        self._cloud.setAccessibleName(self.tr("Let the cloud take part in the comparison"))
        self._cloud.toggled.connect(self._on_cloud)
        self._ways = {name: QCheckBox(mechanism_name(name)) for name in MECHANISM.choices}
        self._ways_say = caption()
        self._ways_say.setObjectName("ways_say")
        self.ask = Button(tools.theme, self.tr("See what it takes"))
        self.ask.setObjectName("compare_ask")
        self.ask.clicked.connect(self._on_ask)
        self._lay_out(source)
        self._on_cloud()

    def _lay_out(self, source: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (_label(source), self._source, self._file):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(_label(self.tr("How many")))
        column.addWidget(self._count)
        column.addSpacing(4)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(_label(self.tr("Ask the cloud, too")))
        words.addWidget(
            caption(
                self.tr("Off: nothing leaves. On: questions go sanitized, and you see each before it does.")
            )
        )
        line = Line()
        line.line.addLayout(words, 1)
        line.line.addWidget(self._cloud)
        column.addWidget(line)
        column.addWidget(self._ways_say)
        for name, box in self._ways.items():
            box.setObjectName(f"way_{name}")
            box.setAccessibleName(self.tr("Compare: {0}").format(box.text()))
            box.setChecked(name in _FIRST)
            box.toggled.connect(self._on_way)
            column.addWidget(box)
        column.addSpacing(4)
        bottom = Line(self.ask)
        bottom.line.addStretch(1)
        column.addWidget(bottom)

    @property
    def chosen(self) -> Wanted:
        """What the person wants so far."""
        ways = tuple(name for name, box in self._ways.items() if box.isChecked())
        return Wanted(self._path, self._count.value, ways, self._cloud.isChecked())

    @Slot()
    def _on_source(self) -> None:
        if not self._source.value:
            self._path = None
            self._file.hide()
            return
        if self._path is None:
            self._source.choose(False)  # until there is one
        dialog = QFileDialog(
            self, self.tr("Choose questions"), "", self.tr("Questions (*.jsonl);;All files (*)")
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take_file)
        dialog.open()

    @Slot(str)
    def take_file(self, path: str) -> None:
        """Take the questions of this file."""
        self._path = Path(path)
        self._source.choose(True)
        self._file.setText(self.tr("{0}: one question a line, as JSON").format(self._path.name))
        self._file.show()

    @Slot()
    def _on_cloud(self) -> None:
        is_on = self._cloud.isChecked()
        for box in self._ways.values():
            box.setVisible(is_on)
        self._ways_say.setText(
            self.tr("Each model alone, and these ways:")
            if is_on
            else self.tr(
                "Without it every way answers on this computer, and alike. You see how good it is alone."
            )
        )
        self._on_way()

    @Slot()
    def _on_way(self) -> None:
        self.ask.setEnabled(not self._cloud.isChecked() or bool(self.chosen.ways))

    @Slot()
    def _on_ask(self) -> None:
        self.wanted.emit(self.chosen)


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("type", "way")
    return label
