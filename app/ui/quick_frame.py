"""What stands in the quick-ask window: field, chips, answer or review, and a line of buttons."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QMenu, QScrollArea, QVBoxLayout, QWidget

from app.core.approval import Review
from app.core.errors import Fix
from app.core.types import State, StoredMessage, Where
from app.privacy.policy import Level
from app.ui.buttons import Button, IconButton
from app.ui.notices import Notices
from app.ui.review_card import ReviewCard
from app.ui.theme import Theme
from app.ui.transcript import Transcript
from app.ui.turn_row import TurnRow
from app.ui.words import ROUTE_ICONS, level_help, level_name, where_name

_LOWEST_ANSWER = 96


class QuickFrame(QFrame):
    """The rounded card that fills the window; it decides nothing.

    Signals:
        decided(object): the `Verdict` on the review in place.
        level_chosen(object): another `Level` for this thread, or the next one.
    """

    decided = Signal(object)
    level_chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("quick_frame")
        self.setProperty("surface", "popup")
        self.level: Level | None = None
        """What the person chose for the next thread; None leaves it to the settings."""
        self._has_thread = False
        self._answer_height = 0
        self._make_field()
        self._make_chips()
        self._make_foot()
        self.transcript = Transcript(theme)
        self.transcript.hide()
        self.notices = Notices(theme)
        self.card = ReviewCard(theme, is_narrow=True)
        self.card.decided.connect(self.decided)
        self._card_area = _scrolling(self.card)
        self._card_area.hide()
        self._lay_out()
        theme.changed.connect(self._draw)
        self._draw()
        self.clear()

    # What the popup tells

    def begin(self, message: StoredMessage) -> None:
        """Make room for an answer that will grow."""
        self._has_thread = True
        self.transcript.begin(message)
        self.transcript.show()
        self.cloud.hide()
        self.say("")

    def finish(self, message: StoredMessage, fix: Fix) -> None:
        """Show how the answer ended, and what may be done with it."""
        self.transcript.finish(message, fix)
        is_from_cloud = message.route is not None and message.route.where is Where.CLOUD
        self.cloud.setVisible(not is_from_cloud or message.state is not State.COMPLETE)

    def take_back(self) -> None:
        """Show again what was there before the review: nothing was sent."""
        self.transcript.drop_live()
        self.show_review(None)
        self.cloud.show()

    def clear(self) -> None:
        """Go back to a field and nothing else."""
        self._has_thread = False
        self._answer_height = 0
        self.level = None
        self.transcript.show_messages([])
        self.notices.clear()
        self.transcript.hide()
        self.show_review(None)
        self.show_route(Where.LOCAL)
        self.lock_start(False)
        self.temporary.setChecked(False)
        self.say("")
        self.set_busy(False)

    def show_review(self, review: Review | None) -> None:
        """Show the review in place of the answer, or take it away."""
        if review is not None:
            self.card.show_review(review)
        elif not self._card_area.isHidden():
            self.card.close_review()
        self._card_area.setVisible(review is not None)
        self.transcript.setVisible(review is None and self._has_thread)
        self._draw_foot()

    def show_route(self, where: Where) -> None:
        """Say where the answer comes from."""
        self._route.setText(where_name(where))
        self._route.set_icon(ROUTE_ICONS[where])
        self._route.setAccessibleName(self.tr("Answered by: {0}").format(where_name(where)))

    def show_level(self, level: Level) -> None:
        """Say which level the thread has."""
        self._level_chip.setText(level_name(level))
        self._level_chip.setAccessibleName(self.tr("Privacy level: {0}").format(level_name(level)))
        for action in self._levels.actions():
            action.setChecked(action.data() == level.value)

    def lock_start(self, is_locked: bool) -> None:
        """Lock what can only be chosen before a thread begins."""
        self.temporary.setEnabled(not is_locked)
        why = self.tr("Chosen when a thread begins") if is_locked else self.tr("Not saved, not remembered")
        self.temporary.setToolTip(why)

    def set_busy(self, is_busy: bool, *, may_stop: bool = True) -> None:
        """Offer Stop in place of Send while an answer is made."""
        self.send.setVisible(not is_busy)
        self.stop.setVisible(is_busy)
        self.stop.setEnabled(may_stop)
        if is_busy and self._card_area.isHidden():
            self.cloud.show()
        self._draw_foot()

    def say(self, told: str) -> None:
        """Show a short sentence in the last line."""
        self._told.setText(told)
        self._draw_foot()

    def wanted_height(self) -> int:
        """Return the height at which nothing would need to scroll."""
        layout = self.layout()
        assert layout is not None
        if not self._card_area.isHidden():
            self._card_area.setFixedHeight(min(self._theme.px(386), self._card_height()))
        elif not self.transcript.isHidden():
            rows = self.transcript.findChildren(TurnRow)
            ends = [row.geometry().bottom() for row in rows if not row.isHidden()]
            height = max(self._theme.px(_LOWEST_ANSWER), max(ends, default=0) + self._theme.px(26))
            self._answer_height = max(self._answer_height, height)
            self.transcript.setFixedHeight(min(self._theme.px(336), self._answer_height))
        layout.activate()
        return layout.sizeHint().height()

    def _card_height(self) -> int:
        """Return what the card needs at its width, whose chips may take more than one line."""
        layout = self.card.layout()
        assert layout is not None
        width = max(self._theme.px(560), self.card.width())
        return max(layout.totalHeightForWidth(width), self.card.sizeHint().height()) + 4

    # How it looks

    def _make_field(self) -> None:
        self._logo = QLabel()
        self.field = QLineEdit()
        self.field.setObjectName("quick_field")
        self.field.setAccessibleName(self.tr("Quick question"))
        self.field.setPlaceholderText(self.tr("Ask anything; it is answered on this computer"))
        self.field.setProperty("look", "bare")
        self.field.setMaxLength(100_000)
        self.field.textChanged.connect(self._on_typed)
        self.send = IconButton(self._theme, "send", self.tr("Ask the local model"))
        self.send.setObjectName("quick_send")
        self.stop = IconButton(self._theme, "stop", self.tr("Stop answering"))
        self.stop.setObjectName("quick_stop")

    def _make_chips(self) -> None:
        self._route = Button(self._theme, "", "chip", "local")
        self._route.setObjectName("quick_route")
        self._route.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._route.setToolTip(self.tr("Quick questions are answered on this computer"))
        self._level_chip = Button(self._theme, self.tr("Level"), "chip", "shield")
        self._level_chip.setObjectName("quick_level")
        self._level_chip.setAccessibleName(self.tr("Privacy level"))
        self._level_chip.setToolTip(self.tr("What the cloud may see, should you ask it"))
        menu = QMenu(self._level_chip)
        self._levels = QActionGroup(menu)
        for level in Level:
            action = QAction(f"{level_name(level)}: {level_help(level)}", menu)
            action.setData(level.value)
            action.setCheckable(True)
            self._levels.addAction(action)
            menu.addAction(action)
        self._levels.triggered.connect(self._on_level)
        self._level_chip.setMenu(menu)
        self.paste = Button(self._theme, self.tr("Paste clipboard"), "chip", "clipboard")
        self.paste.setObjectName("quick_paste")
        self.temporary = Button(self._theme, self.tr("Temporary"), "chip", "ghost")
        self.temporary.setObjectName("quick_temporary")
        self.temporary.setCheckable(True)

    def _make_foot(self) -> None:
        self.copy = Button(self._theme, self.tr("Copy"), "quiet", "copy")
        self.copy.setObjectName("quick_copy")
        self.copy.setAccessibleName(self.tr("Copy the answer"))
        self.copy.setToolTip("Ctrl+Shift+C")
        self.cloud = Button(self._theme, self.tr("Ask the cloud ▸ review"), "plain", "cloud")
        self.cloud.setObjectName("quick_cloud")
        self.open = Button(self._theme, self.tr("Open in window"), "quiet", "external")
        self.open.setObjectName("quick_open")
        self.open.setToolTip("Ctrl+O")
        self._told = QLabel()
        self._told.setProperty("type", "caption")
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._foot = QWidget()
        line = QHBoxLayout(self._foot)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.copy)
        line.addWidget(self.open)
        line.addWidget(self._told, 1)
        line.addStretch(0)
        line.addWidget(self.cloud)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self._logo)
        top.addWidget(self.field, 1)
        top.addWidget(self.send)
        top.addWidget(self.stop)
        chips = QHBoxLayout()
        chips.setSpacing(6)
        for chip in (self._route, self._level_chip, self.paste, self.temporary):
            chips.addWidget(chip)
        chips.addStretch(1)
        self._hint = QLabel(self.tr("Esc closes"))
        self._hint.setProperty("type", "caption")
        chips.addWidget(self._hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 12, 10)
        column.setSpacing(6)
        column.addLayout(top)
        column.addLayout(chips)
        column.addWidget(self.transcript, 1)
        column.addWidget(self._card_area, 1)
        column.addWidget(self.notices)
        column.addWidget(self._foot)

    def _draw_foot(self) -> None:
        shows_answer = not self.transcript.isHidden()
        self._foot.setVisible(shows_answer or bool(self._told.text()))
        for button in (self.copy, self.open):
            button.setVisible(shows_answer)
        self.copy.setEnabled(not self.send.isHidden())
        self.open.setEnabled(not self.send.isHidden())
        if not shows_answer:
            self.cloud.hide()

    @Slot()
    def _draw(self) -> None:
        self._logo.setPixmap(self._theme.pixmap("confidant", "accent", 22))

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.send.setEnabled(bool(text.strip()))

    def _on_level(self, action: QAction) -> None:
        level = Level(action.data())
        self.level = level
        self.show_level(level)
        self.level_chosen.emit(level)


def _scrolling(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(widget)
    return area
