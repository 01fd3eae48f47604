"""The side list: new chat, search, the conversations, and the way to the settings."""

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QInputDialog, QLabel, QLineEdit, QListView, QMenu, QVBoxLayout

from app.core.types import Conversation, Hit
from app.ui.buttons import Button
from app.ui.conversation_delegate import ConversationDelegate
from app.ui.conversation_model import ConversationModel, Entry, title_of
from app.ui.delete_dialog import ask_delete
from app.ui.theme import Theme

_PAUSE = 200


class ConversationList(QFrame):
    """Shows conversations or hits; changes nothing by itself.

    Signals:
        chosen(str, object): a conversation, and the id of the message that was found, or None.
        new_wanted(bool): a new chat; True for a temporary one.
        settings_wanted(): the settings panel.
        searched(str): the words to search for; empty ends the search.
        renamed(str, str), pinned(str, bool), left_out(str, bool), deleted(str): what the person wants
            with a conversation.
    """

    chosen = Signal(str, object)
    new_wanted = Signal(bool)
    settings_wanted = Signal()
    searched = Signal(str)
    renamed = Signal(str, str)
    pinned = Signal(str, bool)
    left_out = Signal(str, bool)
    deleted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("surface", "sidebar")
        self._theme = theme
        self._conversations: list[Conversation] = []
        self._busy: frozenset[str] = frozenset()
        self._current = ""
        self._left_out: frozenset[str] | None = None
        self._is_searching = False
        self._model = ConversationModel(self)
        self.view = _List()
        self.view.setObjectName("chat_list")
        self.view.setAccessibleName(self.tr("Conversations"))
        self.view.setModel(self._model)
        self.view.setItemDelegate(ConversationDelegate(theme, self.view))
        self.view.setMouseTracking(True)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._empty = QLabel()
        self._empty.setProperty("type", "caption")
        self._empty.setWordWrap(True)
        self._field = QLineEdit()
        self._field.setObjectName("search")
        self._field.setAccessibleName(self.tr("Search chats and messages"))
        self._field.setPlaceholderText(self.tr("Search"))
        self._field.setClearButtonEnabled(False)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._lay_out()
        self._connect()
        self._redraw()

    def show_conversations(self, conversations: list[Conversation], busy: frozenset[str]) -> None:
        """Show these conversations; `busy` are being answered."""
        self._conversations, self._busy = conversations, busy
        if not self._is_searching:
            self._redraw()

    def set_current(self, conversation: str) -> None:
        """Mark the conversation that is on screen."""
        self._current = conversation
        self._mark()

    def set_left_out(self, conversations: frozenset[str]) -> None:
        """Say of which conversations nothing is remembered; until then their menu does not offer it."""
        self._left_out = conversations

    def show_hits(self, query: str, hits: list[Hit]) -> None:
        """Show what a search found, if it is still wanted."""
        if query != self._field.text().strip() or not self._is_searching:
            return
        self._model.show_hits(hits)
        told = self.tr("Nothing found in titles and messages on this computer.")
        self._tell("" if hits else told)

    @Slot()
    def focus_search(self) -> None:
        self._field.setFocus()
        self._field.selectAll()

    def focus_list(self) -> None:
        self.view.setFocus()

    def _lay_out(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(12), px(12), px(12))
        column.setSpacing(px(4))
        new = Button(self._theme, self.tr("New chat"), "row", "plus")
        new.setObjectName("new_chat")
        new.clicked.connect(self._on_new)
        temporary = Button(self._theme, self.tr("Temporary chat"), "row", "ghost")
        temporary.setToolTip(self.tr("Not saved, not remembered"))
        temporary.clicked.connect(self._on_temporary)
        settings = Button(self._theme, self.tr("Settings"), "row", "settings")
        settings.clicked.connect(self.settings_wanted)
        column.addWidget(new)
        column.addWidget(self._field)
        column.addSpacing(px(4))
        column.addWidget(self._empty)
        column.addWidget(self.view, 1)
        column.addWidget(temporary)
        column.addWidget(settings)

    def _connect(self) -> None:
        self.view.clicked.connect(self._on_chosen)
        self.view.opened.connect(self._on_chosen)
        self.view.customContextMenuRequested.connect(self._on_menu)
        self._field.textChanged.connect(self._on_typed)
        self._field.returnPressed.connect(self._on_return)
        self._pause.timeout.connect(self._on_pause)
        self._theme.changed.connect(self.view.doItemsLayout)

    def _redraw(self) -> None:
        self._model.show_conversations(self._conversations, self._busy)
        told = self.tr("Nothing yet. What you write stays here unless you send it.")
        self._tell("" if self._conversations else told)
        self._mark()

    def _tell(self, told: str) -> None:
        self._empty.setText(told)
        self._empty.setVisible(bool(told))

    def _mark(self) -> None:
        row = self._model.row_of(self._current)
        if row >= 0:
            self.view.setCurrentIndex(self._model.index(row))
        else:
            self.view.clearSelection()
            self.view.setCurrentIndex(QModelIndex())

    @Slot()
    def _on_new(self) -> None:
        self.new_wanted.emit(False)

    @Slot()
    def _on_temporary(self) -> None:
        self.new_wanted.emit(True)

    @Slot(QModelIndex)
    def _on_chosen(self, index: QModelIndex) -> None:
        entry = self._model.at(index)
        if isinstance(entry, Entry):
            self.chosen.emit(entry.conversation.id, entry.message)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._is_searching = bool(text.strip())
        if self._is_searching:
            self._pause.start()
        else:
            self._pause.stop()
            self._redraw()

    @Slot()
    def _on_pause(self) -> None:
        self.searched.emit(self._field.text().strip())

    @Slot()
    def _on_return(self) -> None:
        self.view.setFocus()
        if self._model.rowCount():
            self.view.setCurrentIndex(self._model.index(0 if self._is_searching else 1))

    @Slot(QPoint)
    def _on_menu(self, place: QPoint) -> None:
        entry = self._model.at(self.view.indexAt(place))
        if isinstance(entry, Entry):
            self.menu_for(entry.conversation).popup(self.view.viewport().mapToGlobal(place))

    def menu_for(self, conversation: Conversation) -> QMenu:
        """Make the menu of a conversation; the header uses it too."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        key = conversation.id
        rename = menu.addAction(self._theme.icon("edit"), self.tr("Rename…"))
        rename.triggered.connect(lambda: self._rename(conversation))
        pin = menu.addAction(
            self._theme.icon("pin"), self.tr("Unpin") if conversation.pinned else self.tr("Pin to the top")
        )
        pin.triggered.connect(lambda: self.pinned.emit(key, not conversation.pinned))
        if self._left_out is not None and not conversation.temporary:
            leave = menu.addAction(self.tr("Learn nothing about me from this chat"))
            leave.setCheckable(True)
            leave.setChecked(key in self._left_out)
            leave.triggered.connect(lambda is_left_out: self.left_out.emit(key, is_left_out))
        menu.addSeparator()
        delete = menu.addAction(self._theme.icon("trash", "danger"), self.tr("Delete…"))
        delete.triggered.connect(
            lambda: ask_delete(self, title_of(conversation), lambda: self.deleted.emit(key))
        )
        return menu

    def _rename(self, conversation: Conversation) -> None:
        dialog = QInputDialog(self)
        dialog.setWindowTitle(self.tr("Rename"))
        dialog.setLabelText(self.tr("Title"))
        dialog.setTextValue(title_of(conversation))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.textValueSelected.connect(lambda title: self.renamed.emit(conversation.id, title.strip()))
        dialog.open()


class _List(QListView):
    """A list in which Enter opens and F2, Delete are left to the menu.

    Signals:
        opened(QModelIndex): Enter was pressed on a row.
    """

    opened = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
