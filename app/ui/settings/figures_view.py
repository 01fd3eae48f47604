"""The measured figures of the filter: a bar and a sentence for each kind, weak ones first."""

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app.core import filter_figures
from app.core.filter_figures import Figures, MeasuredSet, Row
from app.privacy.policy import Level
from app.ui.settings.row import caption
from app.ui.settings.tools import Tools
from app.ui.theme import Theme
from app.ui.words import level_name

_BAR = 120
_BAR_HEIGHT = 8


class LeakBar(QWidget):
    """How much stays readable, as a part of a line; the words beside it say the same."""

    def __init__(self, theme: Theme, leak: float) -> None:
        super().__init__()
        self._theme = theme
        self._leak = leak
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_BAR), self._theme.px(_BAR_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        round_ = whole.height() / 2
        painter.setBrush(self._theme.colour("pressed"))
        painter.drawRoundedRect(whole, round_, round_)
        if self._leak > 0:
            part = QRectF(
                whole.left(), whole.top(), max(whole.height(), whole.width() * self._leak), whole.height()
            )
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                part.moveRight(whole.right())
            painter.setBrush(self._theme.colour("finding_line"))
            painter.drawRoundedRect(part, round_, round_)


class FiguresView(QFrame):
    """Reads the figures that ship with the program when they are first looked at."""

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._is_read = False
        self._when = caption(self.tr("Reading…"))
        self._when.setObjectName("figures_when")
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        self._sets = QVBoxLayout()
        self._sets.setSpacing(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._when)
        column.addLayout(self._grid)
        column.addLayout(self._sets)

    def read(self) -> None:
        """Read the figures in the background, once."""
        if not self._is_read:
            self._is_read = True
            self._tools.runner.call(filter_figures.load, self._show, self._on_failed)

    def _show(self, figures: Figures) -> None:
        day = QDate.fromString(figures.measured_on, Qt.DateFormat.ISODate)
        when = (
            QLocale().toString(day, QLocale.FormatType.LongFormat) if day.isValid() else figures.measured_on
        )
        self._when.setText(
            self.tr(
                "Measured on {day} at the level {level}, on texts that the filter was not made from. "
                "A detail counts as readable as soon as one letter of it is. Weak ones come first."
            ).format(day=when, level=_level_words(figures.level))
        )
        for at, row in enumerate(row for row in figures.rows if row.leak > 0):
            self._add_row(at, row)
        whole = [f"{row.name} ({row.n:,})" for row in figures.rows if not row.leak]
        if whole:
            self._sets.addWidget(_strong(self.tr("Nothing of these stayed readable")))
            says = self.tr(
                "{kinds}. The numbers say how many were tried; where they are small, that says little."
            )
            kinds = ", ".join(whole)
            self._sets.addWidget(caption(says.format(kinds=kinds[:1].upper() + kinds[1:])))
        self._sets.addWidget(_strong(self.tr("What it was tried on")))
        for each in figures.sets:
            self._sets.addWidget(self._set_words(each))
        again = QLineEdit(figures.command)
        again.setReadOnly(True)
        again.setProperty("look", "hash")
        again.setAccessibleName(self.tr("Command that measures it again"))
        self._sets.addWidget(
            caption(self.tr("Who has the program's source and the texts can measure it again:"))
        )
        self._sets.addWidget(again)

    def _add_row(self, at: int, row: Row) -> None:
        name = row.name[:1].upper() + row.name[1:]
        words = QVBoxLayout()
        words.setSpacing(0)
        title = QLabel(name)
        title.setWordWrap(True)
        title.setProperty("type", "way")
        words.addWidget(title)
        words.addWidget(caption(self.tr("{n} tried in {set}").format(n=f"{row.n:,}", set=row.set)))
        says = QLabel(leak_words(row.leak, row.n))
        says.setObjectName(f"leak_{at}")
        says.setAccessibleName(f"{name}: {says.text()}")
        says.setProperty("type", "note")
        middle = Qt.AlignmentFlag.AlignVCenter
        self._grid.addLayout(words, at, 0)
        self._grid.addWidget(LeakBar(self._tools.theme, row.leak), at, 1, middle)
        self._grid.addWidget(says, at, 2, middle)

    def _set_words(self, each: MeasuredSet) -> QLabel:
        facts = [self.tr("{n} texts").format(n=f"{each.texts:,}")]
        if each.leak is not None:
            facts.append(
                self.tr("{share} of the private details stay readable").format(share=_percent(each.leak))
            )
        if each.precision is not None:
            facts.append(
                self.tr("{share} of what is hidden is private").format(share=_percent(each.precision))
            )
        if each.over is not None:
            facts.append(
                self.tr("{share} of the letters were harmless and hidden all the same").format(
                    share=_percent(each.over)
                )
            )
        if each.hit == 0:
            facts.append(self.tr("in no harmless text anything is hidden"))
        elif each.hit is not None:
            facts.append(
                self.tr("in {share} of the harmless texts something is hidden").format(
                    share=_percent(each.hit)
                )
            )
        name = each.name[:1].upper() + each.name[1:]
        return caption(f"{name}: {each.about.rstrip('.')}. {'; '.join(facts)}.")

    def _on_failed(self, told: str) -> None:
        self._is_read = False
        self._when.setText(told)


def _strong(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("type", "strong")
    return label


def leak_words(leak: float, n: int) -> str:
    """Say how many stay readable, in numbers that one can picture."""
    count = round(leak * n)
    if not count:
        return _tr("none of {n} stay readable").format(n=f"{n:,}")
    if n < 100:
        return _tr("{count} of {n} stay readable").format(count=count, n=n)
    share = round(100 * leak)
    if not share:
        return _tr("fewer than 1 of 100 stay readable")
    return _tr("{count} of 100 stay readable").format(count=share)


def _tr(text: str) -> str:
    return QCoreApplication.translate("FiguresView", text)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %" if 0 < share < 0.1 else f"{100 * share:.0f} %"


def _level_words(level: str) -> str:
    known = {each.value: level_name(each) for each in Level}
    return known.get(level, level)
