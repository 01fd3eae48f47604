"""Where a window stands among the others, and how large it may be."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from app.ui.theme import Theme


def bring_to_front(window: QWidget) -> None:
    """Show a window, restore it where it was minimized, raise it and give it the keyboard."""
    if window.isMinimized():
        window.showNormal()
    window.show()
    window.raise_()
    window.activateWindow()


def zoomed(theme: Theme, window: QWidget, width: int, height: int) -> QSize:
    """Return a size of a window as the zoom wants it, but no larger than its screen allows."""
    room = window.screen().availableSize() * 0.9
    zoom = max(1.0, theme.zoom / 100)
    wanted = QSize(round(width * zoom), round(height * zoom))
    return wanted.boundedTo(room.expandedTo(QSize(width, height)))
