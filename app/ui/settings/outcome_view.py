"""What a comparison brought: a line of figures for each way, and pictures that can be saved."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QCoreApplication, QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.core.errors import StoreError
from app.core.evaluation.report import Row
from app.core.evaluation.stats import Interval
from app.ui.announce import announce
from app.ui.buttons import Button
from app.ui.pictures import svg_to_png
from app.ui.settings.compare_form import Segments
from app.ui.settings.comparing import Figures
from app.ui.settings.row import Line, caption
from app.ui.settings.tools import Tools
from app.ui.words import mechanism_name


class Chart(QWidget):
    """One drawing, as wide as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._renderer = QSvgRenderer(self)
        self._renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_svg(self, svg: str, name: str) -> None:
        """Show another drawing."""
        self._renderer.load(QByteArray(svg.encode()))
        self.setAccessibleName(name)
        self._fit()
        self.update()

    def _fit(self) -> None:
        size = self._renderer.defaultSize()
        if size.width() > 0:
            self.setFixedHeight(round(self.width() * size.height() / size.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._renderer.render(painter, QRectF(self.rect()))


class OutcomeView(QWidget):
    """The table and one picture at a time."""

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._figures: Figures | None = None
        self._table = QWidget()
        self._picks: Segments[str] | None = None
        self._chart = Chart()
        self._save = Button(tools.theme, self.tr("Save this picture…"), icon="download")
        self._save.setObjectName("save_chart")
        self._save.clicked.connect(self._on_save)
        self._told = caption()
        self._told.setObjectName("saved_told")
        line = Line(self._save, self._told)
        line.line.setStretch(1, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        for widget in (self._table, self._chart, line):
            self._column.addWidget(widget)

    def show_figures(self, figures: Figures) -> None:
        """Show what a run brought."""
        self._figures = figures
        self._told.clear()
        table = _table(self._tools, figures)
        self._column.replaceWidget(self._table, table)
        self._table.deleteLater()
        self._table = table
        if self._picks is not None:
            self._column.removeWidget(self._picks)
            self._picks.deleteLater()
        names = _chart_names()
        self._picks = Segments(self.tr("Picture"), {key: names.get(key, key) for key in figures.charts})
        self._picks.group.buttonClicked.connect(self._draw)
        self._column.insertWidget(1, self._picks)
        self._draw()

    @Slot()
    def _draw(self) -> None:
        if self._figures is not None and self._picks is not None:
            key = self._picks.value
            told = "; ".join(
                f"{_arm(row.arm)}: {_percent(row.quality)}, {_percent(row.cloud_share)}"
                for row in self._figures.rows
            )
            self._chart.show_svg(self._figures.charts[key], f"{_chart_names().get(key, key)}. {told}")

    @Slot()
    def _on_save(self) -> None:
        if self._picks is None:
            return
        dialog = QFileDialog(self, self.tr("Save the picture"), f"{self._picks.value}.png")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Picture (*.png)"), self.tr("Drawing (*.svg)")])
        dialog.setDefaultSuffix("png")
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix("svg" if "svg" in chosen else "png")
        )
        dialog.fileSelected.connect(self.save_as)
        dialog.open()

    @Slot(str)
    def save_as(self, path: str) -> None:
        """Write the picture that is shown, as its name's ending says."""
        if self._figures is not None and self._picks is not None:
            svg = self._figures.charts[self._picks.value]
            self._tools.runner.call(partial(_write, svg, Path(path)), self._on_saved, self._say)

    def _on_saved(self, name: str) -> None:
        self._say(self.tr("Saved as {0}.").format(name))

    def _say(self, told: str) -> None:
        self._told.setText(told)
        announce(self, told)


def _write(svg: str, path: Path) -> str:
    """Write a picture and return its name; raises `StoreError`."""
    try:
        if path.suffix.lower() == ".svg":
            path.write_text(svg, encoding="utf-8")
        elif not svg_to_png(svg, path):
            raise StoreError(f"{path.name} cannot be written there. Choose another folder.")
    except OSError as error:
        raise StoreError(f"{path.name} cannot be written: {error.strerror}.") from error
    return path.name


def _table(tools: Tools, figures: Figures) -> QWidget:
    """Make a row of figures for each way, and a quiet line of the rest below it."""
    px = tools.theme.px
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, px(4), 0, 0)
    grid.setHorizontalSpacing(px(16))
    grid.setVerticalSpacing(px(2))
    grid.setColumnStretch(0, 1)
    for column, text in enumerate(("", _tr("Quality"), _tr("To the cloud"), _tr("Time"))):
        head = QLabel(text)
        head.setProperty("type", "overline")
        grid.addWidget(head, 0, column, Qt.AlignmentFlag.AlignBottom)
    for at, row in enumerate(figures.rows):
        name = QLabel(_arm(row.arm))
        name.setProperty("type", "way")
        name.setWordWrap(True)
        grid.addWidget(name, 2 * at + 1, 0)
        for column, text in enumerate(_cells(row), 1):
            cell = QLabel(text)
            cell.setObjectName(f"cell_{at}_{column}")
            cell.setProperty("type", "note")
            cell.setAccessibleName(f"{_arm(row.arm)}: {text}")
            grid.addWidget(cell, 2 * at + 1, column)
        note = caption(_rest(row))
        note.setContentsMargins(0, 0, 0, px(6))
        grid.addWidget(note, 2 * at + 2, 0, 1, 4)
    asked = figures.rows[0].n if figures.rows else 0
    told = _tr("Quality: {measure}. {n} questions; where they are few, the likely range is wide.")
    last = caption(told.format(measure=figures.measure, n=f"{asked:,}"))
    last.setObjectName("outcome_measure")
    grid.addWidget(last, grid.rowCount(), 0, 1, 4)
    return box


def _cells(row: Row) -> tuple[str, str, str]:
    return (
        f"{100 * row.quality.mid:.0f} %",
        f"{100 * row.cloud_share.mid:.0f} %",
        _tr("{n} s").format(n=f"{row.ms.mid / 1000:.1f}"),
    )


def _rest(row: Row) -> str:
    parts = [row.arm, _tr("likely {range} %").format(range=_range(row.quality))]
    if row.closed is not None:
        parts.append(_tr("closes {share} of the gap to the cloud").format(share=_percent(row.closed)))
    if row.bytes_sent.mid:
        parts.append(_tr("{n} kB sent a question").format(n=f"{row.bytes_sent.mid / 1000:.1f}"))
    if row.leak is not None:
        parts.append(_tr("{share} of what is private could be read").format(share=_percent(row.leak)))
    if row.cost:
        parts.append(_tr("cost about {n}").format(n=f"{row.cost:.2g}"))
    if row.failed:
        parts.append(_tr("{n} of {all} got no answer").format(n=row.failed, all=row.n))
    return " · ".join(parts)


def _arm(arm: str) -> str:
    """Name a way as the person reads it; what follows a comma says which level."""
    name, comma, rest = arm.partition(",")
    return mechanism_name(name) + comma + rest


def _percent(value: Interval) -> str:
    return f"{100 * value.mid:.0f} % ({_range(value)})"


def _range(value: Interval) -> str:
    return f"{100 * value.low:.0f}\N{EN DASH}{100 * value.high:.0f}"


def _chart_names() -> dict[str, str]:
    return {
        "quality": _tr("Quality"),
        "bytes": _tr("What left"),
        "time": _tr("Time"),
        "cloud": _tr("Quality by cloud"),
        "leak": _tr("Leaks"),
        "cost": _tr("Cost"),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("OutcomeView", text)
