"""Lets nobody past the gate by quick-ask: the question waits until the profile is open."""

from PySide6.QtCore import QObject, Slot

from app.ui.front import bring_to_front
from app.ui.main_window import MainWindow
from app.ui.opening import Opening
from app.ui.quick_ask import QuickAsk


class QuickGate(QObject):
    """Shows the popup, or the window with the gate in it."""

    def __init__(self, opening: Opening, quick: QuickAsk, window: MainWindow) -> None:
        super().__init__(window)
        self._opening = opening
        self._quick = quick
        self._window = window
        self._waiting: str | None = None
        opening.opened.connect(self._on_opened)
        opening.shut.connect(self._on_shut)

    @Slot(str)
    def popup(self, text: str) -> None:
        """Show the popup with a text."""
        if self._opening.is_shut:
            self._waiting = text
            bring_to_front(self._window)
        else:
            self._quick.popup(text)

    @Slot()
    def toggle(self) -> None:
        """Show the popup, or hide it where it is in front."""
        if self._opening.is_shut:
            bring_to_front(self._window)
        else:
            self._quick.toggle()

    @Slot()
    def _on_shut(self) -> None:
        if self._quick.isVisible():
            self._waiting = self._quick.field.text()
            self._quick.hide()
        bring_to_front(self._window)

    @Slot()
    def _on_opened(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._quick.popup(waiting)
