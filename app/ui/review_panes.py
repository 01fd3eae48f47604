"""What the person wrote beside what would be sent, with every detail marked in both."""

import re
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QTextEdit, QVBoxLayout, QWidget

from app.core.approval import Review
from app.ui.buttons import Button
from app.ui.long_text import SHOWN
from app.ui.spotlight import light, spans
from app.ui.text_offsets import Offsets
from app.ui.theme import Theme
from app.ui.tinted import Part, original_parts, outgoing_parts, tint
from app.ui.words import shortened, trait_name

_TALLEST = 160
_LOWEST = 48
_LONGEST_VALUE = 400
"""Characters that may be hidden by one selection; whole paragraphs are cut out in the composer."""
_LINE_ENDS = re.compile("[\u2028\u2029]")


class ReviewPanes(QWidget):
    """Two read-only texts. What is selected in the left one can be hidden, too.

    Signals:
        hide_wanted(str): these words should be hidden, wherever they stand.
        clicked(str): the person clicked on this detail in the text.
    """

    hide_wanted = Signal(str)
    clicked = Signal(str)

    def __init__(self, theme: Theme, *, is_narrow: bool) -> None:
        super().__init__()
        self._theme = theme
        self._is_narrow = is_narrow
        self._chosen = ""
        self._review: Review | None = None
        self._outgoing: list[Part] = []
        self.original = _pane(self.tr("Your words"))
        self.outgoing = _pane(self.tr("What would be sent"))
        self.hide_too = Button(theme, "", "act")
        self.hide_too.setObjectName("hide_too")
        self.hide_too.clicked.connect(self._on_hide)
        self.original.selectionChanged.connect(self._on_selected)
        self.original.viewport().installEventFilter(self)
        self._lay_out()
        self._on_selected()

    def show_review(self, review: Review) -> None:
        """Show a request."""
        self._review = review
        tint(self._theme, self.original, original_parts(review.original, review.decided))
        outgoing = outgoing_parts(review.original, review.decided)
        is_whole = "".join(text for text, _ in outgoing) == review.sanitized
        self._outgoing = outgoing if is_whole else [(review.sanitized, None)]
        tint(self._theme, self.outgoing, self._outgoing)
        self._underline(review)
        self._legend.setVisible(bool(review.decided or review.reveals))
        self.point("")

    @Slot(str)
    def point(self, value: str) -> None:
        """Light up a detail in both texts and scroll to it; an empty value puts the light out."""
        review = self._review
        if review is None:
            return
        wanted = {
            each
            for each in review.decided
            if value and review.original[each.finding.start : each.finding.end] == value
        }
        own = original_parts(review.original, review.decided)
        light(self._theme, self.original, review.original, list(spans(own, wanted)))
        light(self._theme, self.outgoing, review.sanitized, list(spans(self._outgoing, wanted)))

    def clear(self) -> None:
        """Forget both texts."""
        self.point("")
        self._review = None
        self._outgoing = []
        self.original.clear()
        self.outgoing.clear()

    def fit(self, width: int) -> None:
        """Give both the height that they need in this width."""
        px = self._theme.px
        is_stacked = self._is_narrow or width < px(520)
        self._line.setDirection(_direction(is_stacked))
        self._line.activate()
        panes = (self.original, self.outgoing)
        for pane in panes:
            pane.document().setTextWidth(pane.viewport().width())
        heights = [pane.document().size().height() for pane in panes]
        for pane, height in zip(panes, heights, strict=True):
            needed = height if is_stacked else max(heights)
            pane.setFixedHeight(min(px(_TALLEST), max(px(_LOWEST), round(needed) + px(16))))

    def _lay_out(self) -> None:
        px = self._theme.px
        self._line = QBoxLayout(_direction(self._is_narrow), self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(px(12))
        self._legend = self._make_legend()
        for name, pane, beside in (
            (self.tr("Your words"), self.original, self.hide_too),
            (self.tr("Would be sent"), self.outgoing, self._legend),
        ):
            label = QLabel(name)
            label.setProperty("type", "overline")
            head = QHBoxLayout()
            head.addWidget(label)
            head.addStretch(1)
            head.addWidget(beside)
            side = QVBoxLayout()
            side.setSpacing(px(4))
            side.addLayout(head)
            side.addWidget(pane)
            self._line.addLayout(side, 1)
        for before, after in pairwise((self.original, self.hide_too, self.outgoing)):
            QWidget.setTabOrder(before, after)

    def _make_legend(self) -> QWidget:
        """Say what tint and line mean, by wearing them."""
        legend = QWidget()
        line = QHBoxLayout(legend)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self._theme.px(10))
        for mark, words in (("hidden", self.tr("hidden")), ("readable", self.tr("stays readable"))):
            sample = QLabel(words)
            sample.setProperty("mark", mark)
            line.addWidget(sample)
        return legend

    def _underline(self, review: Review) -> None:
        """Mark what tells something about the person as all that stays readable is marked."""
        offsets = Offsets(review.original)
        room = min(SHOWN, len(review.original))
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        look.setUnderlineColor(self._theme.colour("finding_line"))
        hidden = [(each.finding.start, each.finding.end) for each in review.decided]
        for reveal in review.reveals:
            if reveal.end > room or any(start < reveal.end and reveal.start < end for start, end in hidden):
                continue
            cursor = QTextCursor(self.original.document())
            cursor.setPosition(offsets.to_qt(reveal.start))
            cursor.setPosition(offsets.to_qt(reveal.end), QTextCursor.MoveMode.KeepAnchor)
            look.setToolTip(self.tr("Tells {0}").format(trait_name(reveal.trait)))
            cursor.mergeCharFormat(look)

    @Slot()
    def _on_selected(self) -> None:
        self._chosen = _whole_words(self.original.textCursor())
        fits = 0 < len(self._chosen) <= _LONGEST_VALUE
        self.hide_too.setEnabled(fits)
        if fits:
            shown = shortened(self._chosen, 24).replace("\n", " ")
            self.hide_too.setText(self.tr("Hide “{0}” too").format(shown))
        else:
            self.hide_too.setText(self.tr("Select words to hide them, too"))
        self.hide_too.setAccessibleName(self.hide_too.text())

    @Slot()
    def _on_hide(self) -> None:
        if self._chosen:
            self.hide_wanted.emit(self._chosen)

    def _value_at(self, place: QPoint) -> str:
        """Return the detail that is drawn there, if any."""
        at = (
            self.original.document()
            .documentLayout()
            .hitTest(
                QPointF(place) + QPointF(0, self.original.verticalScrollBar().value()),
                Qt.HitTestAccuracy.ExactHit,
            )
        )
        if self._review is None or at < 0:
            return ""
        at = Offsets(self._review.original).from_qt(at)
        inside = (
            each.finding for each in self._review.decided if each.finding.start <= at < each.finding.end
        )
        finding = next(inside, None)
        return self._review.original[finding.start : finding.end] if finding is not None else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonRelease:
            is_click = event.button() is Qt.MouseButton.LeftButton and not self._chosen
            value = self._value_at(event.position().toPoint()) if is_click else ""
            if value:
                self.clicked.emit(value)
        return super().eventFilter(watched, event)


def _direction(is_narrow: bool) -> QBoxLayout.Direction:
    return QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight


def _pane(name: str) -> QTextEdit:
    pane = QTextEdit()
    pane.setReadOnly(True)
    by_hand = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    pane.setTextInteractionFlags(by_hand)
    pane.setTabChangesFocus(True)
    pane.setAccessibleName(name)
    pane.setProperty("look", "pane")
    return pane


def _whole_words(cursor: QTextCursor) -> str:
    """Return what is selected, with the rest of the words that it cuts: parts are not found again."""
    if not cursor.hasSelection():
        return ""
    chosen = _LINE_ENDS.sub("\n", cursor.selectedText())
    text = _LINE_ENDS.sub("\n", cursor.document().toPlainText())
    units = text.encode("utf-16-le")
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    before, after = (units[: 2 * start].decode("utf-16-le"), units[2 * end :].decode("utf-16-le"))
    if _is_cased(chosen[:1]):
        chosen = before[_last_word(before) :] + chosen
    if _is_cased(chosen[-1:]):
        chosen += after[: _first_word(after)]
    return chosen.strip()


def _last_word(text: str) -> int:
    at = len(text)
    while at and _is_cased(text[at - 1]):
        at -= 1
    return at


def _first_word(text: str) -> int:
    return next((at for at, char in enumerate(text) if not _is_cased(char)), len(text))


def _is_cased(char: str) -> bool:
    """Say whether a character belongs to a word of a script that sets blanks between words."""
    return char.isdigit() or char.lower() != char.upper()
