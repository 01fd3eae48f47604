"""Shows one message as selectable text, as high as it needs to be; loads nothing from anywhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRectF, Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextDocument,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from app.ui.block_writer import HEAD, PAD, Mark
from app.ui.buttons import IconButton
from app.ui.theme import CAPTION, GAP, Theme


@dataclass(frozen=True, slots=True)
class CodeArea:
    """One block of code on screen."""

    number: int
    language: str
    area: QRectF
    text: str


class TextView(QTextBrowser):
    """A message's text without scroll bars.

    Signals:
        link_wanted(str): a link was clicked; nothing is opened here.
    """

    link_wanted = Signal(str)

    def __init__(self, theme: Theme, document: QTextDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._buttons: dict[int, IconButton] = {}
        document.setParent(self)
        self.setDocument(document)
        self.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.anchorClicked.connect(self._on_link)

    def fit(self, width: int) -> int:
        """Lay the text out in this width and return the height that it takes."""
        if self.lineWrapColumnOrWidth() != width:
            self.setLineWrapColumnOrWidth(width)
        document = self.document()
        below = self._theme.px(PAD) if document.lastBlock().blockFormat().hasProperty(Mark.CODE) else 0
        height = max(1, ceil(document.size().height()) + below)
        self.setFixedSize(width, height)
        self._place_buttons()
        return height

    def code_areas(self) -> Iterator[CodeArea]:
        """Yield the blocks of code with the cards that are painted behind them."""
        block = self.document().begin()
        while block.isValid():
            number = block.blockFormat().intProperty(Mark.CODE)
            lines: list[QTextBlock] = []
            while block.isValid() and number and block.blockFormat().intProperty(Mark.CODE) == number:
                lines.append(block)
                block = block.next()
            if lines:
                yield self._code_area(number, lines)
            else:
                block = block.next()

    def _code_area(self, number: int, lines: list[QTextBlock]) -> CodeArea:
        layout = self.document().documentLayout()
        first, last = layout.blockBoundingRect(lines[0]), layout.blockBoundingRect(lines[-1])
        shape = lines[0].blockFormat()
        indent = shape.leftMargin() - self._theme.px(PAD + 4)
        top, bottom = first.top() - self._theme.px(HEAD), last.bottom() + self._theme.px(PAD)
        area = QRectF(indent, top, self.width() - indent, bottom - top)
        text = "\n".join(line.text() for line in lines)
        return CodeArea(number, str(shape.property(Mark.LANGUAGE) or ""), area, text)

    def _place_buttons(self) -> None:
        """Put a copy button on each block of code."""
        seen = set()
        for code in self.code_areas():
            seen.add(code.number)
            button = self._buttons.get(code.number)
            if button is None:
                button = IconButton(self._theme, "copy", self.tr("Copy this code"), self.viewport())
                button.clicked.connect(self._on_copy)
                self._buttons[code.number] = button
                button.show()
            button.adjustSize()
            x = code.area.right() - button.width() - self._theme.px(4)
            button.move(round(x), round(code.area.top() + self._theme.px(2)))
        for number in set(self._buttons) - seen:
            self._buttons.pop(number).deleteLater()

    @Slot()
    def _on_copy(self) -> None:
        for code in self.code_areas():
            if self._buttons.get(code.number) is self.sender():
                QGuiApplication.clipboard().setText(code.text)

    @Slot(QUrl)
    def _on_link(self, url: QUrl) -> None:
        self.link_wanted.emit(url.toString())

    def _paint_cards(self, painter: QPainter) -> None:
        radius = self._theme.px(GAP)
        for code in self.code_areas():
            painter.setPen(self._theme.colour("border"))
            painter.setBrush(self._theme.colour("code"))
            painter.drawRoundedRect(code.area.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
            if code.language:
                painter.setPen(self._theme.colour("muted"))
                painter.setFont(self._theme.font(CAPTION))
                head = code.area.adjusted(self._theme.px(PAD + 4), 0, 0, 0)
                head.setHeight(self._theme.px(HEAD))
                painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, code.language)

    def _paint_lines(self, painter: QPainter) -> None:
        """Paint the bars of quotes and the rules."""
        layout = self.document().documentLayout()
        painter.setPen(Qt.PenStyle.NoPen)
        block = self.document().begin()
        while block.isValid():
            shape = block.blockFormat()
            if shape.intProperty(Mark.QUOTE):
                painter.setBrush(self._theme.colour("control"))
                area = layout.blockBoundingRect(block)
                painter.drawRoundedRect(QRectF(0, area.top(), self._theme.px(3), area.height()), 1.5, 1.5)
            elif shape.intProperty(Mark.RULE):
                painter.setBrush(self._theme.colour("border"))
                middle = layout.blockBoundingRect(block).center().y()
                painter.drawRect(QRectF(0, middle, self.width(), 1))
            block = block.next()

    def loadResource(self, type: int, name: QUrl | str) -> None:
        """Load nothing, whatever the address: no picture, no style sheet, no file."""
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_cards(painter)
        self._paint_lines(painter)
        painter.end()
        super().paintEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave scrolling to the conversation."""
        event.ignore()
