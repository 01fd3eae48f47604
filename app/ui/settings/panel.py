"""The settings panel: search on top, groups on the left, one page on the right; saves at once."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.settings import GROUPS
from app.ui.buttons import Button
from app.ui.dress import Dress
from app.ui.front import bring_to_front, zoomed
from app.ui.settings.cloud_page import CloudPage
from app.ui.settings.data_page import DataPage
from app.ui.settings.filter_page import FILTER, FilterPage
from app.ui.settings.knows_page import KnowsPage
from app.ui.settings.look_page import LookPage
from app.ui.settings.model_page import ModelPage
from app.ui.settings.page import Page
from app.ui.settings.privacy_page import PrivacyPage
from app.ui.settings.together_page import TogetherPage
from app.ui.settings.tools import Tools
from app.ui.theme import Theme

_PAGES: dict[str, type[Page]] = {
    "cloud": CloudPage,
    "privacy": PrivacyPage,
    "model": ModelPage,
    "mechanism": TogetherPage,
    "memory": KnowsPage,
    "data": DataPage,
    "look": LookPage,
}
_ICONS = {
    "cloud": "cloud", "privacy": "shield", "model": "model", "mechanism": "mechanism",
    "memory": "person", "data": "data", "look": "palette", FILTER: "gauge",
}  # fmt: skip
_PILL_SECONDS = 6


class SavedPill(QFrame):
    """Says for a few seconds that something was saved, and takes it back.

    Signals:
        undo(): the person wants the old value back.
    """

    undo = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self.setObjectName("saved_pill")
        self.setProperty("surface", "pill")
        self._undo = Button(theme, self.tr("Undo"), "bare")
        self._undo.setObjectName("undo")
        self._undo.setAccessibleName(self.tr("Undo the last change"))
        self._undo.clicked.connect(self._on_undo)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 2, 10, 2)
        line.setSpacing(4)
        line.addWidget(QLabel(self.tr("Saved ·")))
        line.addWidget(self._undo)
        self._away = QTimer(self, singleShot=True, interval=_PILL_SECONDS * 1000)
        self._away.timeout.connect(self.hide)
        self.hide()

    @Slot()
    def appear(self) -> None:
        """Show it, above the lower edge of its parent."""
        self.adjustSize()
        self.place()
        self.show()
        self.raise_()
        self._away.start()

    def place(self) -> None:
        """Stand in the middle of the lower edge."""
        room = self._room
        self.move((room.width() - self.width()) // 2, room.height() - self.height() - 20)

    @Slot()
    def _on_undo(self) -> None:
        self.hide()
        self.undo.emit()


class SettingsPanel(QWidget):
    """A window of its own beside the main window; never modal.

    Signals:
        ledger_wanted(): the person wants to see what left this machine.
        erased(): the person deleted everything, or put something else in its place.
        brought(): conversations came from a file.
        message_wanted(str, int): a conversation, and a message in it to go to.
    """

    ledger_wanted = Signal()
    erased = Signal()
    brought = Signal()
    message_wanted = Signal(str, int)

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._tools = tools
        self.setObjectName("settings")
        self.setWindowTitle(self.tr("Settings"))
        self.setAccessibleName(self.tr("Settings"))
        self.setProperty("surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.resize(zoomed(tools.theme, self, 920, 680))
        self._pages: dict[str, Page] = {}
        self._stack = QStackedWidget()
        self._list = QListWidget()
        self._make_pages()
        self._nothing = QLabel()
        self._nothing.setObjectName("nothing_found")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setProperty("type", "muted")
        self._nothing.setWordWrap(True)
        self._stack.addWidget(self._nothing)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self._make_side())
        line.addWidget(self._stack, 1)
        self._pill = SavedPill(tools.theme, self)
        self._pill.undo.connect(tools.saver.undo)
        tools.saver.saved.connect(self._pill.appear)
        tools.theme.changed.connect(self._draw)
        Dress(tools.theme, self)
        for keys in (QKeySequence("Esc"), QKeySequence.StandardKey.Close):
            QShortcut(QKeySequence(keys), self, self.close)
        QShortcut(QKeySequence.StandardKey.Find, self, self._search.setFocus)
        self._list.setCurrentRow(0)
        self._draw()

    def open_at(self, group: str, key: str = "") -> None:
        """Show the panel with this group, and a row of it in focus where a key is given."""
        self._search.clear()
        self._list.setCurrentRow(list(self._pages).index(group))
        parent = self.parentWidget()
        if parent is not None and not self.isVisible():
            self.move(parent.geometry().center() - self.rect().center())
        bring_to_front(self)
        if key:
            self._pages[group].reveal(key)

    @property
    def group(self) -> str:
        """The group that is shown."""
        group: str = self._list.currentItem().data(Qt.ItemDataRole.UserRole)
        return group

    def page(self, group: str) -> Page:
        """Return the page of a group."""
        return self._pages[group]

    def _make_pages(self) -> None:
        groups = {each.group for each in self._tools.settings.declared.values()}
        for group, title in GROUPS.items():
            if group in groups:
                self._add_page(_PAGES.get(group, Page)(self._tools, group), title)
            if group == "privacy":
                self._add_page(FilterPage(self._tools, FILTER), FilterPage.title)

    def _add_page(self, page: Page, title: str) -> None:
        if isinstance(page, PrivacyPage):
            page.ledger_wanted.connect(self.ledger_wanted)
        if isinstance(page, KnowsPage):
            page.message_wanted.connect(self.message_wanted)
        if isinstance(page, DataPage):
            page.erased.connect(self.erased)
            page.brought.connect(self.brought)
        self._pages[page.group] = page
        self._stack.addWidget(page)
        item = QListWidgetItem(title)
        item.setData(Qt.ItemDataRole.UserRole, page.group)
        self._list.addItem(item)

    def _make_side(self) -> QFrame:
        side = QFrame()
        side.setProperty("surface", "sidebar")
        side.setFixedWidth(self._tools.theme.px(220))
        self._side = side
        self._search = QLineEdit()
        self._search.setObjectName("settings_search")
        self._search.setAccessibleName(self.tr("Search settings"))
        self._search.setPlaceholderText(self.tr("Search settings"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._on_search)
        self._list.setObjectName("settings_groups")
        self._list.setAccessibleName(self.tr("Groups of settings"))
        self._list.setProperty("look", "groups")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.currentItemChanged.connect(self._on_group)
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 16, 12, 16)
        column.setSpacing(12)
        column.addWidget(self._search)
        column.addWidget(self._list, 1)
        return side

    @Slot(QListWidgetItem)
    def _on_group(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        page = self._pages[item.data(Qt.ItemDataRole.UserRole)]
        self._stack.setCurrentWidget(page)
        if self.isVisible():
            page.came_up()

    @Slot(str)
    def _on_search(self, text: str) -> None:
        words = text.casefold().split()
        first = None
        for index, page in enumerate(self._pages.values()):
            is_found = page.search(words) > 0 or not words
            item = self._list.item(index)
            item.setHidden(not is_found)
            if is_found and first is None:
                first = item
        if first is None:
            self._nothing.setText(
                self.tr("No setting has “{0}” in its name or description.").format(text.strip())
            )
            self._stack.setCurrentWidget(self._nothing)
            return
        current = self._list.currentItem()
        chosen = first if current is None or current.isHidden() else current
        self._list.setCurrentItem(chosen)
        self._stack.setCurrentWidget(self._pages[chosen.data(Qt.ItemDataRole.UserRole)])

    @Slot()
    def _draw(self) -> None:
        theme = self._tools.theme
        self.setMinimumSize(zoomed(theme, self, 640, 420))
        self._side.setFixedWidth(theme.px(220))
        self._list.setIconSize(QSize(theme.px(18), theme.px(18)))
        for index, group in enumerate(self._pages):
            self._list.item(index).setIcon(theme.icon(_ICONS.get(group, "settings")))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._list.setFocus()
        self._tools.saver.load_all()
        item = self._list.currentItem()
        if item is not None:
            self._pages[item.data(Qt.ItemDataRole.UserRole)].came_up()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pill.place()
