"""Look and access; the tray's switch is locked where the desktop shows no tray."""

from PySide6.QtWidgets import QSystemTrayIcon

from app.core.settings import LOOK_TRAY
from app.ui.settings.page import Page


class LookPage(Page):
    """Theme, zoom, keys, tray."""

    def lock_rows(self) -> None:
        if not QSystemTrayIcon.isSystemTrayAvailable():
            self.rows[LOOK_TRAY.key].lock(
                self.tr("This desktop shows no tray, so closing the window ends Confidant.")
            )
