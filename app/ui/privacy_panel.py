"""What left this machine: the requests, and what each provider was told about the person by them."""

from typing import Protocol

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.ui.buttons import IconButton
from app.ui.dress import Dress
from app.ui.known_page import ExposureDoor, KnownPage
from app.ui.requests_page import LedgerDoor, RequestsPage
from app.ui.runner import Runner
from app.ui.theme import Theme


class PanelDoor(LedgerDoor, ExposureDoor, Protocol):
    """The session, as far as this panel uses it. Every method may block."""


class PrivacyPanel(QFrame):
    """A panel at the side of the window, with two pages.

    Signals:
        closed(): the person closed it.
    """

    closed = Signal()

    def __init__(
        self, session: PanelDoor, runner: Runner, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("what_left")
        self.setAccessibleName(self.tr("What left this machine"))
        self.setProperty("surface", "panel")
        self.setMinimumWidth(theme.px(280))
        self._requests = RequestsPage(session, runner, theme)
        self._known = KnownPage(session, runner, theme)
        self._pages = QStackedWidget()
        self._tabs = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 8, 12)
        column.setSpacing(10)
        column.addLayout(self._make_head())
        column.addLayout(self._make_tabs())
        column.addWidget(self._pages, 1)
        Dress(theme, self)

    @Slot()
    def refresh(self) -> None:
        """Read again what left."""
        self._requests.refresh()
        self._known.refresh()

    def show_entry(self, entry: int) -> None:
        """Unfold one request and scroll to it, as soon as it is read."""
        self._tabs.button(0).setChecked(True)
        self._pages.setCurrentIndex(0)
        self._requests.show_entry(entry)

    def _make_head(self) -> QHBoxLayout:
        title = QLabel(self.tr("What left this machine"))
        title.setProperty("type", "heading")
        title.setWordWrap(True)
        close = IconButton(self._theme, "close", self.tr("Close what left"))
        close.setObjectName("close_what_left")
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(close)
        return head

    def _make_tabs(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 8, 0)
        line.setSpacing(4)
        for at, (name, words, page) in enumerate(
            (
                ("tab_requests", self.tr("Requests"), self._requests),
                ("tab_known", self.tr("What they know"), self._known),
            )
        ):
            button = QPushButton(words)
            button.setObjectName(name)
            button.setCheckable(True)
            button.setChecked(not at)
            button.setProperty("look", "segment")
            self._tabs.addButton(button, at)
            self._pages.addWidget(page)
            page.setFocusProxy(button)
            line.addWidget(button, 1)
        self._tabs.buttonClicked.connect(self._on_tab)
        return line

    @Slot(QAbstractButton)
    def _on_tab(self, button: QAbstractButton) -> None:
        self._pages.setCurrentIndex(self._tabs.id(button))
