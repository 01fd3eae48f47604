"""All ways in which one private detail may leave, to choose one from."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.core.approval import Revise
from app.privacy import standins
from app.privacy.generalize import generalize
from app.privacy.policy import SECRET_KINDS
from app.privacy.types import Action, Decided, Kind
from app.ui.theme import Theme
from app.ui.words import kind_name, shortened, way_help, way_name, with_reason

_WIDTH = 372
_LONGEST_WORDING = 120
_ICONS = {
    Action.PLACEHOLDER: "eye-off", Action.STANDIN: "mask", Action.GENERALIZE: "blend",
    Action.BLOCK: "scissors", Action.KEEP: "eye",
}  # fmt: skip
_STEPS = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}


def ways_for(kind: Kind) -> tuple[Action, ...]:
    """Return what may be done with a detail of this kind, the usual first."""
    standin = (Action.STANDIN,) if kind in standins.KINDS else ()
    if kind in SECRET_KINDS:
        return (Action.BLOCK, Action.PLACEHOLDER, *standin, Action.KEEP)
    return (Action.PLACEHOLDER, *standin, Action.GENERALIZE, Action.BLOCK, Action.KEEP)


class WayButton(QPushButton):
    """A way with a sentence that says what it means; the present one is ticked."""

    def __init__(self, theme: Theme, action: Action, kind: Kind, *, is_present: bool) -> None:
        super().__init__()
        self.action = action
        self.setObjectName(f"way_{action.value}")
        self.setProperty("look", "way")
        self.setProperty("chosen", is_present)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        name, says = way_name(action, kind), way_help(action, kind)
        state = self.tr(", chosen now") if is_present else ""
        self.setAccessibleName(f"{name}{state}")
        self.setAccessibleDescription(says)
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.px(10), theme.px(6), theme.px(10), theme.px(6))
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        sign = _label("strong")
        sign.setPixmap(theme.pixmap(_ICONS[action], "accent" if is_present else "muted", 16))
        title = _label("way", name)
        grid.addWidget(sign, 0, 0)
        grid.addWidget(title, 0, 1)
        grid.addWidget(_label("caption", says), 1, 1)
        if is_present:
            tick = _label("strong")
            tick.setPixmap(theme.pixmap("check", "accent", 16))
            grid.addWidget(tick, 0, 2)
        self._grid = grid

    def sizeHint(self) -> QSize:
        return self._grid.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._grid.totalMinimumSize()


class FindingMenu(QFrame):
    """Hangs below a chip; the arrow keys walk through it, Escape leaves everything as it is.

    Signals:
        chosen(object): the `Revise` that the person wants.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, value: str, decided: Decided, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("finding_menu")
        self.setAccessibleName(self.tr("What becomes of {0}").format(value))
        self.setProperty("surface", "menu")
        self.value = value
        self._theme = theme
        self._kind = decided.finding.kind
        self._is_edited = False
        self.setFixedWidth(theme.px(_WIDTH))
        self._ways = [
            WayButton(theme, action, self._kind, is_present=_is_present(action, decided.action))
            for action in ways_for(self._kind)
        ]
        self._wording = self._make_wording(decided)
        self._note = _label("caption")
        for part in (self._wording, self._note):
            part.setParent(self)
        self._wording.setVisible(self.takes_wording)
        self._note.hide()
        self._lay_out(decided)
        for way in self._ways:
            way.clicked.connect(self._on_way)
            way.installEventFilter(self)

    def open_below(self, anchor: QWidget) -> None:
        """Show it at a chip, above it where the screen ends, with the present way in focus."""
        self._fit()
        place = anchor.mapToGlobal(QPoint(0, anchor.height() + self._theme.px(4)))
        room = anchor.screen().availableGeometry()
        if place.y() + self.height() > room.bottom():
            place.setY(max(room.top(), anchor.mapToGlobal(QPoint(0, 0)).y() - self.height() - 4))
        place.setX(max(room.left(), min(place.x(), room.right() - self.width())))
        self.move(place)
        self.show()
        present = next((way for way in self._ways if way.property("chosen")), self._ways[0])
        present.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def takes_wording(self) -> bool:
        """Whether vaguer words are one of the ways."""
        return Action.GENERALIZE in ways_for(self._kind)

    @property
    def wording(self) -> str:
        return self._wording.text().strip()

    def propose(self, wording: str) -> None:
        """Offer better words than the rule's, unless the person has written his own."""
        is_new = wording not in ("", self.wording)
        if is_new and not self._is_edited and not self._tells(wording):
            self._wording.setText(wording)
            self._say(self.tr("Proposed by the model on this computer."))
        else:
            self.say_asked()

    def say_asking(self) -> None:
        """Say that better words are being looked for."""
        self._say(self.tr("Looking for better words…"))

    def say_asked(self) -> None:
        """Say no longer that better words are being looked for: there are none."""
        if not self._is_edited:
            self._say("")

    def _make_wording(self, decided: Decided) -> QLineEdit:
        is_worded = decided.action is Action.GENERALIZE
        line = QLineEdit(decided.replacement if is_worded else generalize(self._kind, self.value))
        line.setObjectName("wording")
        line.setAccessibleName(self.tr("Words that stand in its place"))
        line.setMaxLength(_LONGEST_WORDING)
        line.returnPressed.connect(self._on_worded)
        line.textEdited.connect(self._on_edited)
        line.installEventFilter(self)
        return line

    def _lay_out(self, decided: Decided) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(6), px(10), px(6), px(10))
        column.setSpacing(px(2))
        kind, percent = kind_name(self._kind), round(decided.finding.score * 100)
        head = _label("strong", shortened(self.value, 44).replace("\n", " "))
        sure = self.tr("{kind}, {percent} % sure").format(kind=kind, percent=percent)
        why = with_reason(sure, decided)
        for label in (head, _label("caption", why)):
            label.setContentsMargins(px(10), 0, px(10), 0)
            column.addWidget(label)
        column.addSpacing(px(6))
        for way in self._ways:
            column.addWidget(way)
            if way.action is Action.GENERALIZE:
                inside = QVBoxLayout()
                inside.setContentsMargins(px(36), 0, px(10), px(6))
                inside.setSpacing(px(2))
                inside.addWidget(self._wording)
                inside.addWidget(self._note)
                column.addLayout(inside)
        column.addSpacing(px(6))
        foot = _label("caption", self.tr("Remembered for this detail, here in this conversation."))
        foot.setContentsMargins(px(10), 0, px(10), 0)
        column.addWidget(foot)

    def _say(self, told: str) -> None:
        self._note.setText(told)
        self._note.setVisible(bool(told))
        self._fit()

    def _fit(self) -> None:
        """Be as high as the words need in this width."""
        self.ensurePolished()
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def _tells(self, wording: str) -> bool:
        """Say whether the words still hold the detail itself."""
        return self.value.casefold().strip() in wording.casefold()

    def _choose(self, action: Action) -> None:
        wording = self.wording if action is Action.GENERALIZE else ""
        if wording and self._tells(wording):
            self._say(self.tr("These words still hold it. Say it in other words."))
            self._wording.setFocus()
            return
        self.chosen.emit(Revise(self.value, action, wording))
        self.close()

    @Slot()
    def _on_way(self) -> None:
        way = self.sender()
        if isinstance(way, WayButton):
            self._choose(way.action)

    @Slot()
    def _on_worded(self) -> None:
        self._choose(Action.GENERALIZE)

    @Slot()
    def _on_edited(self) -> None:
        self._is_edited = True
        self._say("")

    def _step(self, from_: QWidget, by: int) -> None:
        stops: list[QWidget] = []
        for way in self._ways:
            stops += [way, self._wording] if way.action is Action.GENERALIZE else [way]
        at = stops.index(from_)
        stops[(at + by) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = event.key()
            if key in _STEPS and isinstance(watched, QWidget):
                self._step(watched, _STEPS[key])
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(watched, WayButton):
                watched.click()
                return True
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        owner = self.parentWidget()
        if owner is not None:
            owner.activateWindow()  # some platforms leave no window active after a popup

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


@dataclass(frozen=True, slots=True)
class WordingWish:
    """A detail for which vaguer words are wanted; offsets in characters of the text."""

    text: str
    start: int
    end: int
    kind: Kind


def _is_present(way: Action, now: Action) -> bool:
    return way is now or (way is Action.KEEP and now is Action.ASK)


def _label(kind: str, text: str = "") -> QLabel:
    label = QLabel(text)
    label.setProperty("type", kind)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return label
