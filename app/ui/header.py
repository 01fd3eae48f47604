"""The line on top: where you are, which model answers, how much may leave."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QMenu, QSizePolicy, QWidget

from app.core.session import Status
from app.core.types import Conversation
from app.privacy.policy import Level
from app.ui.buttons import Button, IconButton
from app.ui.conversation_model import title_of
from app.ui.theme import Theme
from app.ui.words import level_help, level_name


class Header(QFrame):
    """Chips and buttons; changes nothing by itself.

    Signals:
        sidebar_wanted(): show or hide the side list.
        title_clicked(): the menu of the conversation, below the title.
        model_clicked(), cloud_clicked(): settings of the model, of the cloud.
        level_chosen(object): a `Level` for this conversation.
        search_wanted(), panel_wanted(), more_wanted(): search; what left; the menu of the rest.
    """

    sidebar_wanted = Signal()
    title_clicked = Signal()
    model_clicked = Signal()
    cloud_clicked = Signal()
    level_chosen = Signal(object)
    search_wanted = Signal()
    panel_wanted = Signal()
    more_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("surface", "header")
        self._theme = theme
        self._sidebar = IconButton(theme, "sidebar", self.tr("Show or hide the list (Ctrl+B)"))
        self.title = Button(theme, "", "title", "chevron-down")
        self.title.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._model = Button(theme, "", "chip", "local")
        self._model.setObjectName("model_chip")
        self.level = Button(theme, "", "chip", "shield")
        self.level.setObjectName("level")
        self._search = IconButton(theme, "search", self.tr("Search (Ctrl+K)"))
        self.panel = IconButton(theme, "panel", self.tr("What left this machine (Ctrl+Shift+P)"))
        self.panel.setCheckable(True)
        self.more = IconButton(theme, "more", self.tr("More"))
        self._status: Status | None = None
        self._conversation: Conversation | None = None
        self.level_menu = self._make_menu()
        self._lay_out()
        self._connect()

    def set_conversation(self, conversation: Conversation) -> None:
        self._conversation = conversation
        title = title_of(conversation)
        self._elide()
        self.title.setAccessibleName(self.tr("Conversation menu: {title}").format(title=title))
        self._redraw()

    def set_status(self, status: Status) -> None:
        self._status = status
        self._redraw()

    def open_level_menu(self) -> None:
        """Show the levels, as the key does."""
        self.level_menu.popup(self.level.mapToGlobal(self.level.rect().bottomLeft()))

    def _lay_out(self) -> None:
        px = self._theme.px
        self.setFixedHeight(px(48))
        line = QHBoxLayout(self)
        line.setContentsMargins(px(8), 0, px(8), 0)
        line.setSpacing(px(4))
        line.addWidget(self._sidebar)
        line.addWidget(self.title)
        room = QWidget()
        room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        line.addWidget(room, 1)
        line.addWidget(self._model)
        line.addSpacing(px(4))
        line.addWidget(self.level)
        line.addSpacing(px(4))
        for button in (self._search, self.panel, self.more):
            line.addWidget(button)

    def _connect(self) -> None:
        self._sidebar.clicked.connect(self.sidebar_wanted)
        self.title.clicked.connect(self.title_clicked)
        self._model.clicked.connect(self.model_clicked)
        self.level.clicked.connect(self.open_level_menu)
        self._search.clicked.connect(self.search_wanted)
        self.panel.clicked.connect(self.panel_wanted)
        self.more.clicked.connect(self.more_wanted)
        self._theme.changed.connect(self._on_theme)

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for level in Level:
            action = menu.addAction(f"{level_name(level)}  –  {level_help(level)}")
            action.setCheckable(True)
            action.setData(level.value)
            group.addAction(action)
        group.triggered.connect(self._on_level)
        menu.addSeparator()
        self._cloud = menu.addAction("")
        self._cloud.triggered.connect(self.cloud_clicked)
        return menu

    def _redraw(self) -> None:
        if self._conversation is None or self._status is None:
            return
        level, status = self._conversation.level, self._status
        stays = level is Level.LOCAL or not status.cloud_on
        icon = "lock" if level is Level.LOCAL else "cloud-off" if not status.cloud_on else "shield"
        self.level.set_icon(icon)
        self.level.setText(self.tr("Cloud off") if stays and level is not Level.LOCAL else level_name(level))
        self.level.setAccessibleName(self.tr("Privacy level: {level}").format(level=level_name(level)))
        self.level.setToolTip(status.cloud_why if level is not Level.LOCAL else level_help(level))
        for action in self.level_menu.actions():
            action.setChecked(action.data() == level.value)
        on = self.tr("Cloud: {model}").format(model=status.cloud_model or status.provider)
        self._cloud.setText(on if status.cloud_on else status.cloud_why)
        self._show_model(status)

    def _show_model(self, status: Status) -> None:
        name = status.local.model or self.tr("No model")
        phase = str(status.local.phase)
        words = {
            "loading": self.tr("loading"),
            "answering": self.tr("answering"),
            "failed": self.tr("not working"),
        }
        state = words.get(phase, "")
        self._model.setText(f"{name} · {state}" if state else name)
        self._model.setAccessibleName(
            self.tr("Model: {name}, {state}").format(name=name, state=state or status.local.told)
        )
        self._model.setToolTip(status.local.told)
        self._elide()

    @Slot(QAction)
    def _on_level(self, action: QAction) -> None:
        self.level_chosen.emit(Level(action.data()))

    def _elide(self) -> None:
        """Cut the title to the room that the chips leave."""
        if self._conversation is None:
            return
        self._model.setVisible(self.width() > self._theme.px(600))
        taken = sum(
            w.sizeHint().width()
            for w in self.findChildren(QAbstractButton)
            if w is not self.title and not w.isHidden()
        )
        room = max(self._theme.px(80), self.width() - taken - self._theme.px(96))
        title = title_of(self._conversation)
        shown = self.title.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room)
        self.title.setText(shown)

    @Slot()
    def _on_theme(self) -> None:
        self.setFixedHeight(self._theme.px(48))
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()
