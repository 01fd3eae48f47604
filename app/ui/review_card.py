"""Shows what would leave before it does: the original, the request, and a switch for each detail."""

from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QTextEdit, QVBoxLayout, QWidget

from app.core.approval import AnswerLocally, Approve, Refuse, Review, Revise
from app.privacy.types import Action, Decided
from app.ui.announce import announce
from app.ui.buttons import Button
from app.ui.finding_chip import FindingChip
from app.ui.flow_layout import FlowLayout
from app.ui.highlighter import finding_look
from app.ui.long_text import SHOWN, wrap_mode
from app.ui.natural_area import NaturalArea
from app.ui.payload_view import PayloadView
from app.ui.theme import Theme
from app.ui.words import details_hidden, is_hidden

ARMED_AFTER: Final = 400
"""Milliseconds in which Send does nothing: the key that asked must not also approve."""


class ReviewCard(QFrame):
    """The card above the composer; not modal, and it never remembers "always".

    Signals:
        decided(object): a `Verdict`.
    """

    decided = Signal(object)

    def __init__(self, theme: Theme, *, is_narrow: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._review: Review | None = None
        self.setObjectName("review_card")
        self.setProperty("surface", "card")
        self.setAccessibleName(self.tr("Review before sending"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = _label("strong")
        self._facts = _label("caption")
        self._warning = _label("warning")
        self._original = self._pane(self.tr("Your words"))
        self._outgoing = self._pane(self.tr("What would be sent"))
        self._payload = PayloadView(theme)
        self._payload.hide()
        self._body = NaturalArea()
        self._chips = QWidget()
        self._flow = FlowLayout(theme.px(8), self._chips)
        self._whole = Button(theme, self.tr("Show whole request"), "link")
        self._edit = Button(theme, self.tr("Edit"), "quiet")
        self._local = Button(theme, self.tr("Answer locally"), "plain", "local")
        self._send = Button(theme, "", "primary", "send")
        self._send.setObjectName("review_send")
        self._arming = QTimer(self)
        self._arming.setSingleShot(True)
        self._arming.setInterval(ARMED_AFTER)
        self._lay_out(is_narrow)
        self._connect()

    @property
    def is_armed(self) -> bool:
        return self._review is not None and not self._arming.isActive()

    @property
    def title(self) -> str:
        return self._title.text()

    @property
    def facts(self) -> str:
        return self._facts.text()

    @property
    def warning(self) -> str:
        return self._warning.text()

    def show_review(self, review: Review) -> None:
        """Show a request; a revised one keeps the focus where it was, the same one changes nothing."""
        if review is self._review:
            return
        focused = self.focusWidget()
        value = focused.value if isinstance(focused, FindingChip) else None
        is_new = self._review is None
        self._review = review
        self._fill(review)
        self._send.setEnabled(False)
        self._arming.start()
        self.show()
        if is_new:
            self.setFocus()
            announce(self, self._title.text())
        elif value is not None:
            self._focus_chip(value)

    def close_review(self) -> None:
        """Forget the request and go away."""
        self._review = None
        self._arming.stop()
        self._payload.show_exact("")
        self._payload.hide()
        self.hide()

    def _lay_out(self, is_narrow: bool) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(12), px(16), px(12))
        column.setSpacing(px(8))
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._facts)
        column.addLayout(head)
        panes = QBoxLayout(_direction(is_narrow))
        panes.setSpacing(px(12))
        self._panes, self._is_narrow = panes, is_narrow
        for name, pane in (
            (self.tr("Your words"), self._original),
            (self.tr("Would be sent"), self._outgoing),
        ):
            side = QVBoxLayout()
            side.setSpacing(px(4))
            label = _label("overline")
            label.setText(name)
            side.addWidget(label)
            side.addWidget(pane)
            panes.addLayout(side, 1)
        inside = QVBoxLayout(self._body.content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(px(8))
        inside.addLayout(panes)
        for widget in (self._chips, self._warning, self._payload):
            inside.addWidget(widget)
        column.addWidget(self._body, 1)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self._whole)
        foot.addStretch(1)
        for button in (self._edit, self._local, self._send):
            foot.addWidget(button)
        column.addLayout(foot)
        self._payload.setFixedHeight(px(160))

    def _connect(self) -> None:
        self._arming.timeout.connect(self._on_armed)
        self._whole.clicked.connect(self._on_whole)
        self._edit.clicked.connect(self._on_edit)
        self._local.clicked.connect(self._on_local)
        self._send.clicked.connect(self._on_send)
        self._edit.setToolTip(self.tr("Send nothing and go back to the text (Esc)"))
        self._send.setToolTip(self.tr("Send exactly this (Ctrl+Enter)"))
        for keys, slot in (
            ("Ctrl+Return", self._on_send), ("Ctrl+Enter", self._on_send),
            ("Ctrl+Shift+Return", self._on_local),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _pane(self, name: str) -> QTextEdit:
        pane = QTextEdit()
        pane.setReadOnly(True)
        pane.setTabChangesFocus(True)
        pane.setAccessibleName(name)
        pane.setProperty("look", "pane")
        return pane

    def _fill(self, review: Review) -> None:
        hidden = sum(is_hidden(each) for each in review.decided)
        unsure = sum(each.action is Action.ASK for each in review.decided)
        title = self.tr("Review: {hidden}").format(hidden=details_hidden(hidden))
        self._title.setText(title + (self.tr(", {count} unsure").format(count=unsure) if unsure else ""))
        size = len(review.body.encode())
        facts = (review.model, review.provider, self.tr("{size} bytes").format(size=f"{size:,}"))
        self._facts.setText(" · ".join(fact for fact in facts if fact))
        self._send.setText(self.tr("Send ▸ {provider}").format(provider=self.tr("cloud")))
        _tint(self._theme, self._original, _original_parts(review))
        _tint(self._theme, self._outgoing, _outgoing_parts(review))
        self._payload.show_exact(review.body)
        self._warn(review, unsure)
        self._make_chips(review)

    def _fit(self) -> None:
        """Give panes and chips the height that they need in this width."""
        px = self._theme.px
        self._panes.setDirection(_direction(self._is_narrow or self.width() < px(520)))
        tallest = max(pane.document().size().height() for pane in (self._original, self._outgoing))
        for pane in (self._original, self._outgoing):
            pane.setFixedHeight(min(px(160), max(px(48), round(tallest) + px(16))))
        self._chips.setFixedHeight(max(1, self._flow.heightForWidth(self._body.viewport().width())))
        self._body.updateGeometry()

    def _warn(self, review: Review, unsure: int) -> None:
        told = []
        if unsure:
            told.append(self.tr("What is underlined stays readable. Send only if that is fine with you."))
        if review.rewritten:
            told.append(self.tr("Earlier messages go out again with more hidden than before."))
        self._warning.setText(" ".join(told))
        self._warning.setVisible(bool(told))

    def _make_chips(self, review: Review) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        seen: dict[str, Decided] = {}
        for each in review.decided:
            seen.setdefault(review.original[each.finding.start : each.finding.end], each)
        for value, each in seen.items():
            chip = FindingChip(self._theme, value, each)
            chip.flipped.connect(self._on_flipped)
            self._flow.addWidget(chip)
            chip.show()
        self._order_keys()
        self._chips.setVisible(bool(seen))
        self._fit()

    def _order_keys(self) -> None:
        """Let Tab go as one reads, also through chips that were made just now."""
        chips = (chip for chip in self._chips.findChildren(FindingChip) if not chip.isHidden())
        stops = [self._outgoing, *chips, self._payload, self._whole, self._edit, self._local, self._send]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _focus_chip(self, value: str) -> None:
        for chip in self._chips.findChildren(FindingChip):
            if chip.value == value and not chip.isHidden():
                chip.setFocus()

    def _give(self, verdict: object) -> None:
        if self._review is not None:
            self.decided.emit(verdict)

    @Slot()
    def _on_armed(self) -> None:
        self._send.setEnabled(True)

    @Slot()
    def _on_send(self) -> None:
        if self.is_armed:
            self._give(Approve())

    @Slot()
    def _on_edit(self) -> None:
        self._give(Refuse())

    @Slot()
    def _on_local(self) -> None:
        self._give(AnswerLocally())

    @Slot(str, object)
    def _on_flipped(self, value: str, action: Action) -> None:
        self._give(Revise(value, action))

    @Slot()
    def _on_whole(self) -> None:
        shown = self._payload.isHidden()
        self._payload.setVisible(shown)
        self._whole.setText(self.tr("Hide whole request") if shown else self.tr("Show whole request"))
        self._body.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_edit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def _direction(is_narrow: bool) -> QBoxLayout.Direction:
    return QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight


def _label(kind: str) -> QLabel:
    label = QLabel()
    label.setProperty("type", kind)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(kind == "warning")
    return label


_Part = tuple[str, Decided | None]


def _original_parts(review: Review) -> list[_Part]:
    parts: list[_Part] = []
    done = 0
    for each in review.decided:
        parts.append((review.original[done : each.finding.start], None))
        parts.append((review.original[each.finding.start : each.finding.end], each))
        done = each.finding.end
    return [*parts, (review.original[done:], None)]


def _outgoing_parts(review: Review) -> list[_Part]:
    parts = [(each.replacement if each else text, each) for text, each in _original_parts(review)]
    return parts if "".join(text for text, _ in parts) == review.sanitized else [(review.sanitized, None)]


def _tint(theme: Theme, pane: QTextEdit, parts: list[_Part]) -> None:
    pane.clear()
    pane.setWordWrapMode(wrap_mode("".join(text for text, _ in parts)[:SHOWN]))
    cursor = QTextCursor(pane.document())
    room = SHOWN
    for text, each in parts:
        if room < len(text):
            cursor.insertText(f"{text[:room]} …", QTextCharFormat())
            break
        room -= len(text)
        cursor.insertText(text, finding_look(theme, each) if each is not None else QTextCharFormat())
    pane.moveCursor(QTextCursor.MoveOperation.Start)
