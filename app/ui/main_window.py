"""The window: header, side list, one conversation, and a place for the privacy panel."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMainWindow, QMenu, QVBoxLayout, QWidget

from app.core.session import Session, Status
from app.core.settings import LOOK_ENTER_SENDS, LOOK_ZOOM, Settings
from app.core.types import Conversation
from app.privacy.policy import Level
from app.ui.chat_page import ChatPage
from app.ui.code_colours import warm
from app.ui.conversation_list import ConversationList
from app.ui.desk import Desk
from app.ui.front import zoomed
from app.ui.header import Header
from app.ui.runner import Runner
from app.ui.sides import Sides
from app.ui.theme import Theme
from app.ui.words import level_help, level_name

_SIZE = (1180, 780)
_SMALLEST = (720, 480)


class MainWindow(QMainWindow):
    """Wires its parts; everything it knows about conversations is in the `Desk`.

    Signals:
        settings_wanted(str): a group of the settings, or empty.
        left_wanted(object): the ledger row to show in the panel, or None for everything.
        closing(): the person closed the window; it is hidden after this.
        quit_wanted(): quit for real.
    """

    settings_wanted = Signal(str)
    left_wanted = Signal(object)
    closing = Signal()
    quit_wanted = Signal()

    def __init__(
        self, session: Session, runner: Runner, theme: Theme, settings: Settings, panel: QWidget | None = None
    ) -> None:
        super().__init__()
        self._theme = theme
        self._runner = runner
        self._settings = settings
        self.desk = Desk(session, runner, self)
        self.header = Header(theme)
        self.list = ConversationList(theme)
        self.page = ChatPage(session, runner, theme)
        self.panel = panel or QWidget()
        self.setWindowTitle("Confidant")
        self.setWindowIcon(theme.icon("logo", "text", 64))
        self._on_zoom()
        self.resize(*_SIZE)
        self._lay_out()
        self._connect()
        self._connect_desk()
        self._add_keys()
        self.page.composer.editor.enter_sends = settings[LOOK_ENTER_SENDS]
        self.page.composer.editor.setFocus()

    def start(self) -> None:
        """Read what is there and begin with an empty conversation."""
        self.desk.read_status()
        self.desk.read_list()
        self.desk.new_after_list()
        self._runner.call(warm, lambda _: None, lane="look")

    def show_left(self, ledger: int | None) -> None:
        """Open the privacy panel, at an entry or at its top."""
        self.panel.show()
        self.header.panel.setChecked(True)
        self._sides.arrange()
        self.left_wanted.emit(ledger)

    def _lay_out(self) -> None:
        middle = QWidget()
        self._sides = Sides(self._theme, middle, self.list, self.page, self.panel)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(middle, 1)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        header, side, page = self.header, self.list, self.page
        header.sidebar_wanted.connect(self._on_sidebar)
        header.title_clicked.connect(self._on_title)
        header.model_clicked.connect(partial(self.settings_wanted.emit, "model"))
        header.cloud_clicked.connect(partial(self.settings_wanted.emit, "cloud"))
        header.level_chosen.connect(self._on_level)
        header.search_wanted.connect(self._on_search)
        header.panel_wanted.connect(self._on_panel)
        header.more_wanted.connect(self._on_more)
        side.chosen.connect(self.desk.open)
        side.new_wanted.connect(self.desk.new)
        side.settings_wanted.connect(partial(self.settings_wanted.emit, ""))
        side.searched.connect(self.desk.search)
        side.renamed.connect(self.desk.rename)
        side.pinned.connect(self.desk.pin)
        side.deleted.connect(self.desk.delete)
        page.settings_wanted.connect(self.settings_wanted)
        page.left_wanted.connect(self.show_left)
        page.message_wanted.connect(self.desk.open)
        page.changed.connect(self.desk.read_list)
        self._runner.told.connect(self._on_told)
        self._theme.changed.connect(self._on_zoom)

    @Slot()
    def _on_zoom(self) -> None:
        self.setMinimumSize(zoomed(self._theme, self, *_SMALLEST))

    def _connect_desk(self) -> None:
        self.desk.listed.connect(self.list.show_conversations)
        self.desk.opened.connect(self._on_opened)
        self.desk.changed.connect(self._on_changed)
        self.desk.status.connect(self._on_status)
        self.desk.found.connect(self.list.show_hits)

    def _add_keys(self) -> None:
        for keys, action in (
            ("Ctrl+N", partial(self.desk.new, False)),
            ("Ctrl+Shift+N", partial(self.desk.new, True)),
            ("Ctrl+K", self._on_search),
            ("Ctrl+F", self.page.finder.open_find),
            ("Ctrl+L", self.page.composer.editor.setFocus),
            ("Ctrl+R", self.page.again),
            ("Ctrl+B", self._on_sidebar),
            ("Ctrl+Shift+P", self._on_panel),
            ("Ctrl+Shift+G", self.header.open_level_menu),
            ("Ctrl+Shift+C", self.page.copy_last),
            ("Alt+Up", partial(self.page.step, -1)),
            ("Alt+Down", partial(self.page.step, 1)),
            ("F6", partial(self._next_pane, 1)),
            ("Shift+F6", partial(self._next_pane, -1)),
            ("Ctrl++", partial(self._zoom, 10)),
            ("Ctrl+=", partial(self._zoom, 10)),
            ("Ctrl+-", partial(self._zoom, -10)),
            ("Ctrl+0", partial(self._zoom, 0)),
            ("Ctrl+,", partial(self.settings_wanted.emit, "")),
            ("Ctrl+Q", self.quit_wanted.emit),
            ("Esc", self.page.escape),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)

    def _next_pane(self, by: int) -> None:
        page = self.page
        panes = [
            w
            for w in (self.list, page.transcript, page.card, page.composer.editor, self.panel)
            if w.isVisible()
        ]
        focused = self.focusWidget()
        at = next(
            (i for i, w in enumerate(panes) if focused is w or (focused and w.isAncestorOf(focused))), -by
        )
        pane = panes[(at + by) % len(panes)]
        if pane is self.list:
            self.list.focus_list()
        elif pane is self.panel:
            self.panel.setFocus()
            self.panel.focusNextChild()
        else:
            pane.setFocus()

    def _zoom(self, by: int) -> None:
        zoom = min(200, max(80, self._theme.zoom + by)) if by else 100
        self._theme.set_look(self._theme.mode, zoom)
        self._runner.call(partial(self._settings.set, LOOK_ZOOM, zoom), lambda _: None)

    @Slot()
    def _on_sidebar(self) -> None:
        self.list.setVisible(self.list.isHidden())
        self._sides.arrange()
        if self._sides.is_folded and not self.list.isHidden():
            self.list.focus_list()

    @Slot()
    def _on_panel(self) -> None:
        if self.panel.isHidden():
            self.show_left(None)
        else:
            focused = self.focusWidget()
            was_inside = focused is self.panel or bool(focused and self.panel.isAncestorOf(focused))
            self.panel.hide()
            self.header.panel.setChecked(False)
            if was_inside:  # else Qt would give the focus to the first control of the window
                page = self.page
                (page.card if page.card.isVisible() else page.composer.editor).setFocus()

    @Slot()
    def _on_search(self) -> None:
        self.list.show()
        self._sides.arrange()
        self.list.focus_search()

    @Slot()
    def _on_title(self) -> None:
        if self.desk.current is not None:
            menu = self.list.menu_for(self.desk.current.conversation)
            menu.popup(self.header.title.mapToGlobal(self.header.title.rect().bottomLeft()))

    @Slot()
    def _on_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, action in (
            (self.tr("New chat\tCtrl+N"), partial(self.desk.new, False)),
            (self.tr("New temporary chat\tCtrl+Shift+N"), partial(self.desk.new, True)),
            (self.tr("Find in this chat\tCtrl+F"), self.page.finder.open_find),
            (self.tr("Copy last answer\tCtrl+Shift+C"), self.page.copy_last),
            (self.tr("What left this machine\tCtrl+Shift+P"), self._on_panel),
            (self.tr("Settings\tCtrl+,"), partial(self.settings_wanted.emit, "")),
            (self.tr("Quit\tCtrl+Q"), self.quit_wanted.emit),
        ):
            menu.addAction(text).triggered.connect(action)
        menu.popup(self.header.more.mapToGlobal(self.header.more.rect().bottomLeft()))

    @Slot(object)
    def _on_level(self, level: Level) -> None:
        talk = self.desk.current
        if talk is None or talk.conversation.level is level:
            return
        before = talk.conversation.level
        self.desk.set_level(talk.conversation.id, level)
        told = f"{level_name(level)}: {level_help(level)}."
        undo = partial(self.desk.set_level, talk.conversation.id, before)
        self.page.notices.show_notice(told, "notice", ((self.tr("Undo"), undo),), passes=True)

    @Slot(object, object)
    def _on_opened(self, talk: object, message: int | None) -> None:
        current = self.desk.current
        if current is not None and current is talk:
            self.header.set_conversation(current.conversation)
            self.list.set_current(current.conversation.id)
            self.page.show_talk(current, message)
            if self._sides.is_folded:
                self.list.hide()

    @Slot(object)
    def _on_changed(self, conversation: Conversation) -> None:
        current = self.desk.current
        if current is not None and current.conversation.id == conversation.id:
            self.header.set_conversation(conversation)
            self.page.look_again()

    @Slot(object)
    def _on_status(self, status: Status) -> None:
        self.header.set_status(status)
        self.page.look_again()

    @Slot(str)
    def _on_told(self, told: str) -> None:
        self.page.notices.show_notice(told, "warning")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sides.arrange()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)
