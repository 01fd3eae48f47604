"""Shows what would leave before it does: the original, the request, and a choice for each detail."""

from itertools import pairwise
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.core.approval import AnswerLocally, Approve, Refuse, Review, Revise, ReviseAll, Verdict
from app.privacy.exposure import vaguer
from app.privacy.types import Action
from app.ui.announce import announce
from app.ui.buttons import Button
from app.ui.exposure_line import ExposureLine, FittedLabel
from app.ui.finding_chip import FindingChip
from app.ui.finding_chips import FindingChips
from app.ui.natural_area import NaturalArea
from app.ui.payload_view import PayloadView
from app.ui.review_panes import ReviewPanes
from app.ui.theme import Theme
from app.ui.words import details_hidden, is_hidden

ARMED_AFTER: Final = 400
"""Milliseconds in which Send does nothing: the key that asked must not also approve."""
_NARROW = 520


class ReviewCard(QFrame):
    """The card above the composer; not modal, and it never remembers "always".

    Signals:
        decided(object): a `Verdict`.
        wording_wanted(object, object): see `FindingChips`.
    """

    decided = Signal(object)
    wording_wanted = Signal(object, object)

    def __init__(self, theme: Theme, *, is_narrow: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._is_narrow = is_narrow
        self._review: Review | None = None
        self._is_armed = False
        self._touched = ""
        """The value that the person decided about last; its chip gets the focus back."""
        self.setObjectName("review_card")
        self.setProperty("surface", "card")
        self.setAccessibleName(self.tr("Review before sending"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = _label("strong")
        self._facts = _label("caption")
        self._warning = FittedLabel("warning")
        self._panes = ReviewPanes(theme, is_narrow=is_narrow)
        self._chips = FindingChips(theme)
        self._exposure = ExposureLine(theme)
        self._payload = PayloadView(theme)
        self._payload.hide()
        self._body = NaturalArea()
        self._whole = Button(theme, self.tr("Show whole request"), "link")
        self._edit = Button(theme, self.tr("Edit"), "quiet")
        self._local = Button(theme, self.tr("Answer locally"), "plain", "local")
        self._send = Button(theme, self.tr("Send ▸ cloud"), "primary", "send")
        self._send.setObjectName("review_send")
        self._arming = QTimer(self)
        self._arming.setSingleShot(True)
        self._arming.setInterval(ARMED_AFTER)
        self._lay_out()
        self._connect()

    @property
    def is_armed(self) -> bool:
        return self._review is not None and self._is_armed

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
        value = focused.value if isinstance(focused, FindingChip) else self._touched
        is_new = self._review is None
        self._review = review
        self._touched = ""
        self._fill(review)
        self._disarm()
        self._arming.start()
        self.show()
        if is_new:
            self.setFocus()
            announce(self, self._title.text())
        elif value and not self._chips.focus(value):
            self.setFocus()

    def close_review(self) -> None:
        """Forget the request and go away."""
        self._review = None
        self._touched = ""
        self._arming.stop()
        self._payload.show_exact("")
        self._payload.hide()
        self._panes.clear()
        self._chips.clear()
        self.hide()

    def _lay_out(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(12), px(16), px(12))
        column.setSpacing(px(8))
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(px(2))
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._facts)
        column.addLayout(self._head)
        inside = QVBoxLayout(self._body.content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(px(8))
        for widget in (self._panes, self._chips, self._payload):
            inside.addWidget(widget)
        column.addWidget(self._body, 1)
        column.addWidget(self._warning)  # below what scrolls: both are always in sight
        column.addWidget(self._exposure)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._foot.setSpacing(px(8))
        self._foot.addWidget(self._whole, 0, Qt.AlignmentFlag.AlignLeft)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addStretch(1)
        for button in (self._edit, self._local, self._send):
            buttons.addWidget(button)
        self._foot.addLayout(buttons, 1)
        column.addLayout(self._foot)
        self._payload.setFixedHeight(px(160))

    def _connect(self) -> None:
        self._arming.timeout.connect(self._on_armed)
        self._panes.hide_wanted.connect(self._on_hide_too)
        self._panes.clicked.connect(self._chips.open)
        self._chips.pointed.connect(self._panes.point)
        self._chips.revised.connect(self._on_revised)
        self._chips.wording_wanted.connect(self.wording_wanted)
        self._exposure.vaguer_wanted.connect(self._on_say_less)
        self._whole.clicked.connect(self._on_whole)
        self._edit.clicked.connect(self._on_edit)
        self._local.clicked.connect(self._on_local)
        self._send.clicked.connect(self._on_send)
        self._edit.setToolTip(self.tr("Send nothing and go back to the text (Esc)"))
        self._local.setToolTip(self.tr("Send nothing; this computer answers (Ctrl+Shift+Enter)"))
        self._send.setToolTip(self.tr("Send exactly this (Ctrl+Enter)"))
        for keys, slot in (
            ("Ctrl+Return", self._on_send), ("Ctrl+Enter", self._on_send),
            ("Ctrl+Shift+Return", self._on_local), ("Ctrl+Shift+Enter", self._on_local),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _fill(self, review: Review) -> None:
        hidden = sum(is_hidden(each) for each in review.decided)
        unsure = sum(each.action is Action.ASK for each in review.decided)
        title = self.tr("Review: {hidden}").format(hidden=details_hidden(hidden))
        self._title.setText(title + (self.tr(", {count} unsure").format(count=unsure) if unsure else ""))
        size = len(review.body.encode())
        facts = (review.model, review.provider, self.tr("{size} bytes").format(size=f"{size:,}"))
        self._facts.setText(" · ".join(fact for fact in facts if fact))
        self._panes.show_review(review)
        self._payload.show_exact(review.body)
        warning = _warning(review, unsure)
        self._warning.setText(warning)
        self._warning.setVisible(bool(warning))
        self._exposure.show_review(review, may_say_less=bool(review.reveals))
        self._send.setText(self.tr("Send as it is ▸ cloud") if review.joined else self.tr("Send ▸ cloud"))
        self._chips.show_review(review)
        self._order_keys()
        self._fit()

    def _disarm(self) -> None:
        self._is_armed = False
        self._send.setEnabled(False)

    def _fit(self) -> None:
        """Give panes and chips the height that they need in this width."""
        width = self._body.viewport().width()
        is_small = width < self._theme.px(_NARROW)
        directions = QBoxLayout.Direction
        for line in (self._head, self._foot):
            line.setDirection(directions.TopToBottom if is_small else directions.LeftToRight)
        self._panes.fit(width)
        self._chips.fit(width, is_whole=self._is_narrow or is_small)
        room = self.contentsRect().width() - self._theme.px(32)
        self._warning.fit(room)
        self._exposure.fit(room, is_narrow=self._is_narrow or is_small)
        self._body.updateGeometry()

    def _order_keys(self) -> None:
        """Let Tab go as one reads, also through chips that were made just now."""
        last = (self._exposure.vaguer, self._payload, self._whole, self._edit, self._local, self._send)
        for before, after in pairwise((self._panes.outgoing, *self._chips.chips, *last)):
            QWidget.setTabOrder(before, after)

    def _give(self, verdict: Verdict) -> None:
        if self._review is not None:
            self.decided.emit(verdict)

    def _change(self, change: Revise | ReviseAll, value: str) -> None:
        """Ask for another review; what is shown is out of date from now on, so it cannot be sent."""
        self._touched = value
        self._arming.stop()
        self._disarm()
        self._give(change)

    @Slot()
    def _on_armed(self) -> None:
        self._is_armed = True
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

    @Slot(object)
    def _on_revised(self, change: Revise) -> None:
        self._change(change, change.value)

    @Slot(str)
    def _on_hide_too(self, value: str) -> None:
        self._on_revised(Revise(value, Action.PLACEHOLDER))

    @Slot()
    def _on_say_less(self) -> None:
        changes = said_less(self._review) if self._review is not None else ()
        if changes:
            self._change(ReviseAll(changes), changes[0].value)

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

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()  # only now do the parts inside have their widths


def _warning(review: Review, unsure: int) -> str:
    told = []
    if unsure == 1:
        told.append(_tr("A sensitive statement stays readable. Send only if that is fine with you."))
    elif unsure:
        words = _tr("{count} sensitive statements stay readable. Send only if that is fine with you.")
        told.append(words.format(count=unsure))
    if review.rewritten:
        told.append(_tr("Earlier messages go out again with more hidden than before."))
    return " ".join(told)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReviewCard", text)


def said_less(review: Review) -> tuple[Revise, ...]:
    """Return what would make every fact vaguer that the question tells about the person."""
    told = {review.original[each.start : each.end]: each.trait for each in review.reveals}
    return tuple(Revise(value, Action.GENERALIZE, vaguer(trait, value)) for value, trait in told.items())


def _label(kind: str) -> QLabel:
    label = QLabel()
    label.setProperty("type", kind)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
