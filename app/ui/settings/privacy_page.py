"""Privacy: the levels as cards, each with what it covers and what it leaves readable."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QGridLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
)

from app.core.settings import PRIVACY_LEVEL, PRIVACY_STRONG_FILTER, AnySetting, Value
from app.privacy.policy import Level
from app.ui.buttons import Button
from app.ui.dress import restyle
from app.ui.settings.editors import Editor
from app.ui.settings.page import Page
from app.ui.settings.row import Line, caption
from app.ui.settings.strong_filter import StrongStatus
from app.ui.theme import Theme
from app.ui.words import level_name


@dataclass(frozen=True, slots=True)
class Words:
    """What a level means, in words."""

    icon: str
    hides: str
    leaves: str


LEVELS: dict[Level, Words] = {
    Level.LOCAL: Words(
        "lock",
        "Everything. Each question is answered on this computer, whatever the cloud settings say.",
        "Nothing, since nothing leaves.",
    ),
    Level.STRICT: Words(
        "shield",
        "All that Guarded hides, and well-known names of organizations and places too. Dates, ages, sums "
        "and coordinates are made vaguer.",
        "What your question is about. Statements on health, faith and the like only if you agree.",
    ),
    Level.GUARDED: Words(
        "eye-off",
        "People, addresses, contacts, places, organizations, account and record numbers, and your own words. "
        "What you earn, owe or have saved is made vaguer.",
        "Dates, ages and other sums of money, names that everybody knows, and what your question is about. "
        "Statements on health, faith and the like only if you agree.",
    ),
    Level.OPEN: Words(
        "eye",
        "Only passwords, keys, card and identity numbers, and your own words.",
        "Everything else, also names, addresses and numbers.",
    ),
}  # fmt: skip


class LevelCard(QFrame):
    """One level; a click anywhere on it chooses it.

    Signals:
        clicked(): it was clicked beside its button.
    """

    clicked = Signal()

    def __init__(self, level: Level, theme: Theme) -> None:
        super().__init__()
        words = LEVELS[level]
        self._theme = theme
        self._icon_name = words.icon
        self._warns = level is Level.OPEN
        self.setProperty("surface", "choice")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button = QRadioButton(level_name(level))
        self.button.setObjectName(f"level_{level.value}")
        self.button.setAccessibleName(f"Level {level_name(level)}")
        self.button.setAccessibleDescription(f"Hides: {words.hides} Leaves readable: {words.leaves}")
        self.button.toggled.connect(self._draw)
        self._icon = QLabel()
        top = Line(self.button)
        top.line.addStretch(1)
        top.line.addWidget(self._icon)
        grid = QGridLayout()
        grid.setContentsMargins(theme.px(28), 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        for row, (label, text) in enumerate(
            ((self.tr("Hides"), words.hides), (self.tr("Readable"), words.leaves))
        ):
            name = QLabel(label)
            name.setProperty("type", "overline")
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(caption(text), row, 1)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(6)
        column.addWidget(top)
        column.addLayout(grid)
        theme.changed.connect(self._draw)
        self._draw()

    @Slot()
    def _draw(self) -> None:
        chosen = self.button.isChecked()
        token = "warning" if self._warns else "accent" if chosen else "muted"
        self._icon.setPixmap(self._theme.pixmap(self._icon_name, token, 18))
        if self.property("chosen") != chosen:
            self.setProperty("chosen", chosen)
            restyle(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()


class LevelEditor(Editor):
    """The four levels below each other."""

    is_wide = True
    explains_itself = True

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_chosen)
        self._cards = {level: LevelCard(level, theme) for level in Level}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for card in self._cards.values():
            self._group.addButton(card.button)
            card.clicked.connect(card.button.click)
            column.addWidget(card)
        self.setFocusProxy(self._cards[Level.GUARDED].button)

    def show_value(self, value: Value) -> None:
        self._cards[Level(str(value))].button.setChecked(True)

    def _on_chosen(self, button: QAbstractButton) -> None:
        self.chosen.emit(next(level.value for level, card in self._cards.items() if card.button is button))


class PrivacyPage(Page):
    """Levels, words, and the way to what left.

    Signals:
        ledger_wanted(): the person wants to see what left this machine.
    """

    ledger_wanted = Signal()

    def make_editor(self, setting: AnySetting) -> Editor | None:
        return LevelEditor(self.tools.theme) if setting.key == PRIVACY_LEVEL.key else None

    def came_up(self) -> None:
        self.tools.runner.call(self.tools.strong.status, self._on_strong, self._on_unknown)

    def _on_strong(self, status: StrongStatus) -> None:
        reason = self.tr(
            "It is not on this computer yet. “How good is the filter” says what it is, and gets it."
        )
        self.rows[PRIVACY_STRONG_FILTER.key].lock(reason if status.missing and not status.is_used else "")

    def _on_unknown(self, _: str) -> None:
        """Leave the switch as it is: what is wrong is told where the filter is."""

    def add_after(self) -> None:
        see = Button(self.tools.theme, self.tr("See what left this machine"), icon="ledger")
        see.setObjectName("see_ledger")
        see.clicked.connect(self.ledger_wanted)
        line = Line(see)
        line.line.addStretch(1)
        self.add_widget(line)
