"""Small controls that follow the theme: icon buttons, chips, links."""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from app.ui.theme import ICON, Theme

_SIDE = 16
_SMALL_SIDE = 14
"""In a link, whose words are small."""
_GAP = 4
"""Between icon and words, besides the little that the style leaves."""

_SURE = 4000
"""Milliseconds in which a second press does what cannot be undone."""


class IconButton(QToolButton):
    """A square button with an icon of the theme and a name for those who cannot see it."""

    def __init__(self, theme: Theme, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._token = "muted"
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("look", "icon")
        self.set_name(name)
        theme.changed.connect(self._redraw)
        self._redraw()

    def set_icon(self, icon: str, token: str = "muted") -> None:
        self._icon, self._token = icon, token
        self._redraw()

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        self.setToolTip(name)

    @Slot()
    def _redraw(self) -> None:
        side = self._theme.px(ICON)
        self.setIconSize(QSize(side, side))
        self.setIcon(self._theme.icon(self._icon, self._token))


class Button(QPushButton):
    """A button with words; `look` is a rule of the style sheet: primary, plain, quiet, link, chip.

    An icon is optional and takes the colour that fits the look.
    """

    def __init__(self, theme: Theme, text: str, look: str = "plain", icon: str = "") -> None:
        super().__init__(text)
        self._theme = theme
        self._icon = icon
        self.setProperty("look", look)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._redraw)
        self._redraw()

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self._redraw()

    @Slot()
    def _redraw(self) -> None:
        if not self._icon:
            return
        token = "on_accent" if self.property("look") == "primary" else "muted"
        is_link = self.property("look") == "link"
        side, gap = (_SMALL_SIDE, 0) if is_link else (_SIDE, _GAP)
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        aside = -gap if is_mirrored else gap
        icon = QIcon(self._theme.icon(self._icon, token, side, aside))
        size = QSize(self._theme.px(side) + self._theme.px(gap), self._theme.px(side))
        pale = self._theme.icon(self._icon, "muted", side, aside)
        icon.addPixmap(pale.pixmap(size, self.devicePixelRatioF()), QIcon.Mode.Disabled)
        self.setIconSize(size)
        self.setIcon(icon)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._redraw()


class TwicePressed(Button):
    """A quiet button for what cannot be undone: the second press within a few seconds does it.

    Signals:
        confirmed(): it was pressed again in time.
    """

    confirmed = Signal()

    def __init__(self, theme: Theme, text: str, again: str, name: str) -> None:
        super().__init__(theme, text, "link")
        self._words = (text, name)
        self._again = again
        self._sure = QTimer(self, singleShot=True, interval=_SURE)
        self._sure.timeout.connect(self._calm_down)
        self.clicked.connect(self._on_pressed)
        self._calm_down()

    @Slot()
    def _calm_down(self) -> None:
        text, name = self._words
        self.setText(text)
        self.setAccessibleName(name)

    @Slot()
    def _on_pressed(self) -> None:
        if self._sure.isActive():
            self._sure.stop()
            self._calm_down()
            self.confirmed.emit()
        else:
            self._sure.start()
            self.setText(self._again)
            self.setAccessibleName(self._again)
