"""A private detail as a small button: what it is, and what becomes of it."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent

from app.privacy.types import Action, Decided, Kind
from app.ui.buttons import Button
from app.ui.theme import Theme
from app.ui.words import action_name, is_hidden, kind_name, shortened, with_reason

_ICONS = {Action.BLOCK: "scissors", Action.STANDIN: "mask", Action.GENERALIZE: "blend"}
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
_SAID = frozenset({Action.STANDIN, Action.GENERALIZE})
"""Where a reader should see which words stand in the place of the detail."""


class FindingChip(Button):
    """Shows what is done with a value. Space turns it round, a click or Enter opens all ways.

    What is cut is not turned round by one key: it may be a password.

    Signals:
        flipped(str, object): the value and the `Action` that the person wants.
        opened(str): the person wants to choose among all ways for this value.
        pointed(bool): it got the focus or the pointer, or lost it.
    """

    flipped = Signal(str, object)
    opened = Signal(str)
    pointed = Signal(bool)

    def __init__(self, theme: Theme, value: str, decided: Decided) -> None:
        hidden = is_hidden(decided)
        icon = _ICONS.get(decided.action, "eye-off" if hidden else "eye")
        kind = kind_name(decided.finding.kind)
        told = f"→ {shortened(decided.replacement)}" if decided.action in _SAID else f"· {kind}"
        more = "" if decided.finding.kind is Kind.LITERAL else "  ▾"
        super().__init__(theme, f"{shortened(value)} {told}{more}".replace("\n", " "), "chip", icon)
        self.setObjectName("finding_chip")
        self.setProperty("finding", "hidden" if hidden else "readable")
        self.value = value
        self.decided = decided
        self._wanted = Action.KEEP if hidden else Action.PLACEHOLDER
        self._is_fixed = decided.finding.kind is Kind.LITERAL
        self._is_cut = decided.action is Action.BLOCK
        self.setEnabled(not self._is_fixed)
        self._name(kind, hidden)
        self.clicked.connect(self._on_clicked)

    def _name(self, kind: str, hidden: bool) -> None:
        percent = round(self.decided.finding.score * 100)
        action = action_name(self.decided.action)
        state = self.tr("{value}, {kind}, {state}, {percent} percent").format(
            value=self.value, kind=kind, state=action, percent=percent
        )
        if self._is_fixed:
            turn = self.tr("always hidden")
        elif self._is_cut:
            turn = self.tr("press Enter to choose otherwise")
        elif hidden:
            turn = self.tr("press Space to keep it readable, Enter for other ways")
        else:
            turn = self.tr("press Space to hide it, Enter for other ways")
        self.setAccessibleName(f"{state}; {turn}")
        self.setToolTip(with_reason(f"{kind}, {action}", self.decided))

    @Slot()
    def _on_clicked(self) -> None:
        self.opened.emit(self.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENING and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.opened.emit(self.value)
        elif event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            if not self._is_cut:
                self.flipped.emit(self.value, self._wanted)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space:
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.pointed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:  # its own menu: the place stays lit
            self.pointed.emit(False)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.pointed.emit(True)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(False)
