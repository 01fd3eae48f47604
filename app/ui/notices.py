"""Sentences above the composer: what happened, and the one button that helps."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.announce import announce
from app.ui.buttons import Button, IconButton
from app.ui.theme import Theme

_PASSING = 6000


class Notice(QFrame):
    """One sentence that can be closed; `look` is notice, warning or danger.

    Signals:
        closed(object): it goes away now.
    """

    closed = Signal(object)

    def __init__(
        self, theme: Theme, told: str, look: str, choices: tuple[tuple[str, Callable[[], object]], ...] = ()
    ) -> None:
        super().__init__()
        self.told = told
        self.setProperty("surface", look)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(12), theme.px(4), theme.px(4), theme.px(4))
        line.setSpacing(theme.px(8))
        self._label = QLabel(told)
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        line.addWidget(self._label, 1)
        self._actions: dict[Button, Callable[[], object]] = {}
        for text, action in choices:
            button = Button(theme, text)
            button.clicked.connect(self._on_choice)
            self._actions[button] = action
            line.addWidget(button)
        close = IconButton(theme, "close", theme.tr("Close"))
        close.clicked.connect(self.dismiss)
        line.addWidget(close)

    @Slot()
    def dismiss(self) -> None:
        self.hide()
        self.closed.emit(self)
        self.deleteLater()

    @Slot()
    def _on_choice(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.dismiss()
            self._actions[button]()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._label.setMinimumHeight(self._label.heightForWidth(self._label.width()))


class Notices(QWidget):
    """At most three notices, the newest at the bottom; the same sentence is never there twice.

    Signals:
        changed(): one came or went.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: list[Notice] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        self.hide()

    def show_notice(
        self,
        told: str,
        look: str = "notice",
        choices: tuple[tuple[str, Callable[[], object]], ...] = (),
        *,
        passes: bool = False,
    ) -> None:
        """Show a sentence; `passes` takes it away after a few seconds."""
        for old in [each for each in self._shown if each.told == told] or self._shown[:-2]:
            old.dismiss()
        notice = Notice(self._theme, told, look, choices)
        notice.closed.connect(self._on_closed)
        self._shown.append(notice)
        self._column.addWidget(notice)
        notice.show()
        self.show()
        self.changed.emit()
        announce(self, told, is_urgent=look == "danger")
        if passes:
            timer = QTimer(notice)
            timer.setSingleShot(True)
            timer.timeout.connect(notice.dismiss)
            timer.start(_PASSING)

    def show_link(self, address: str) -> None:
        """Say where a link leads; the person decides whether to follow it."""
        opens = partial(QDesktopServices.openUrl, QUrl(address))
        copies = partial(QGuiApplication.clipboard().setText, address)
        self.show_notice(
            self.tr("This link leads to {address}").format(address=address),
            "notice",
            ((self.tr("Open in the browser"), opens), (self.tr("Copy address"), copies)),
        )

    def clear(self) -> None:
        """Take everything away."""
        for notice in tuple(self._shown):
            notice.dismiss()

    @property
    def told(self) -> list[str]:
        return [notice.told for notice in self._shown]

    @Slot(object)
    def _on_closed(self, notice: Notice) -> None:
        self._shown.remove(notice)
        self._column.removeWidget(notice)
        self.setVisible(bool(self._shown))
        self.changed.emit()
