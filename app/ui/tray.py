"""The icon in the tray and its menu."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSystemTrayIcon
from shiboken6 import isValid

from app.core.engines.holder import LocalState, Phase
from app.core.session import Status
from app.core.settings import CLOUD_ENABLED, Settings
from app.ui.runner import Runner
from app.ui.settings.tools import LocalModel
from app.ui.theme import Theme

_WORKING = (Phase.LOADING, Phase.ANSWERING)
_SIZE = 22


class TrayDoor(Protocol):
    """The session, as far as the tray uses it. Every method may block."""

    def status(self) -> Status: ...

    def on_status(self, listener: Callable[[], None]) -> None: ...

    def set_cloud(self, on: bool) -> None: ...


class Tray(QObject):
    """Shown only where the desktop has a tray; `is_shown` says so.

    Signals:
        quick_wanted(), window_wanted(), temporary_wanted(), settings_wanted(), quit_wanted(): what the
            person chose.
    """

    quick_wanted = Signal()
    window_wanted = Signal()
    temporary_wanted = Signal()
    settings_wanted = Signal()
    quit_wanted = Signal()
    _changed = Signal()

    def __init__(
        self, session: TrayDoor, local: LocalModel, settings: Settings, runner: Runner, theme: Theme
    ) -> None:
        super().__init__()
        self._session = session
        self._local = local
        self._settings = settings
        self._runner = runner
        self._theme = theme
        self._is_loading, self._is_cloud_on, self._is_answering = False, True, False
        self._icon = QSystemTrayIcon(self)
        self._icon.activated.connect(self._on_activated)
        self.menu = QMenu()
        self._fill()
        self._icon.setContextMenu(self.menu)
        theme.changed.connect(self._draw)
        self._changed.connect(self._refresh)
        session.on_status(self._tell)
        runner.busy.connect(self._on_busy)
        self._draw()
        self._refresh()

    @property
    def is_shown(self) -> bool:
        return self._icon.isVisible()

    def show(self) -> None:
        """Show the icon, where the desktop has a tray."""
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._icon.show()

    def hide(self) -> None:
        self._icon.hide()

    def say(self, told: str) -> None:
        """Explain something once, in a balloon; it never holds what the person wrote."""
        if self.is_shown:
            self._icon.showMessage("Confidant", told, self._icon.icon(), 6000)

    def show_status(self, status: Status, is_switched_on: bool) -> None:
        """Show which models are there."""
        self._cloud.setChecked(status.cloud_on)
        why = f" ({status.cloud_why.rstrip('.')})" if is_switched_on and status.cloud_why else ""
        self._cloud.setText(self.tr("Cloud: on") if status.cloud_on else self.tr("Cloud: off") + why)
        self._show_model(status.local)
        self._is_loading, self._is_cloud_on = status.local.phase in _WORKING, status.cloud_on
        cloud = self.tr("cloud on") if status.cloud_on else self.tr("cloud off")
        self._icon.setToolTip(f"Confidant: {cloud}")
        self._draw()

    @property
    def shape(self) -> str:
        """The name of the icon: working, idle, or the cloud is off."""
        if self._is_loading or self._is_answering:
            return "tray-working"
        return "tray-idle" if self._is_cloud_on else "tray-cloud-off"

    def _show_model(self, local: LocalState) -> None:
        words = {
            Phase.ABSENT: self.tr("none"),
            Phase.IDLE: self.tr("not in memory"),
            Phase.LOADING: self.tr("loading"),
            Phase.READY: self.tr("ready"),
            Phase.ANSWERING: self.tr("answering"),
            Phase.FAILED: self.tr("not working"),
        }
        name = f"{local.model}, " if local.model else ""
        self._model.setTitle(self.tr("Model: {0}{1}").format(name, words[local.phase]))
        self._load.setEnabled(local.phase in (Phase.IDLE, Phase.FAILED))
        self._unload.setEnabled(local.phase is Phase.READY)

    def _fill(self) -> None:
        menu = self.menu
        menu.addAction(self.tr("Quick ask")).triggered.connect(self.quick_wanted)
        menu.addAction(self.tr("Open Confidant")).triggered.connect(self.window_wanted)
        menu.addAction(self.tr("New temporary chat")).triggered.connect(self.temporary_wanted)
        menu.addSeparator()
        self._cloud = QAction(self.tr("Cloud: off"), menu)
        self._cloud.setObjectName("cloud_switch")
        self._cloud.setCheckable(True)
        self._cloud.triggered.connect(self._on_cloud)
        menu.addAction(self._cloud)
        self._model = menu.addMenu(self.tr("Model"))
        self._load = self._model.addAction(self.tr("Load now"))
        self._load.triggered.connect(self._on_load)
        self._unload = self._model.addAction(self.tr("Unload"))
        self._unload.triggered.connect(self._on_unload)
        menu.addSeparator()
        menu.addAction(self.tr("Settings")).triggered.connect(self.settings_wanted)
        menu.addAction(self.tr("Quit")).triggered.connect(self.quit_wanted)

    @Slot(bool)
    def _on_busy(self, is_answering: bool) -> None:
        self._is_answering = is_answering
        self._draw()

    @Slot()
    def _refresh(self) -> None:
        self._runner.call(self._look, self._on_looked, self._ignore)

    def _look(self) -> tuple[Status, bool]:
        return self._session.status(), self._settings[CLOUD_ENABLED]

    def _on_looked(self, seen: tuple[Status, bool]) -> None:
        self.show_status(*seen)

    def _ignore(self, _: object) -> None:
        """The window says what is wrong with the store; the tray has nothing to add."""

    def _tell(self) -> None:
        """Runs on any thread, perhaps after the tray is gone."""
        if isValid(self):
            self._changed.emit()

    @Slot(bool)
    def _on_cloud(self, on: bool) -> None:
        self._runner.call(lambda: self._session.set_cloud(on), self._on_done, self.say)

    @Slot()
    def _on_load(self) -> None:
        self._runner.call(self._local.warm, self._on_done, self.say)

    @Slot()
    def _on_unload(self) -> None:
        self._runner.call(self._local.unload, self._on_done, self.say)

    def _on_done(self, _: object) -> None:
        self._refresh()

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.quick_wanted.emit()

    @Slot()
    def _draw(self) -> None:
        icon = self._theme.icon(self.shape, "accent", _SIZE)
        icon.setIsMask(True)
        self._icon.setIcon(icon)
