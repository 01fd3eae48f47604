"""Every window of the program, and what goes on between them."""

import threading
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.core.instance import Instance
from app.core.settings import LOOK_ENTER_SENDS, LOOK_THEME, LOOK_TRAY, LOOK_ZOOM, PRIVACY_LEVEL, Settings
from app.privacy.policy import Level
from app.ui.attaching import Attaching
from app.ui.front import bring_to_front
from app.ui.leaving_out import LeavingOut
from app.ui.main_window import MainWindow
from app.ui.opening import Opening
from app.ui.parts import Parts
from app.ui.privacy_panel import PrivacyPanel
from app.ui.quick_ask import QuickAsk
from app.ui.quick_gate import QuickGate
from app.ui.runner import Runner
from app.ui.settings.comparing import TogetherDoor
from app.ui.settings.keeping import KeepingDoor
from app.ui.settings.knowing import KnowingDoor
from app.ui.settings.panel import SettingsPanel
from app.ui.settings.saver import Saver
from app.ui.settings.strong_filter import StrongFilterDoor
from app.ui.settings.tools import Tools
from app.ui.single_instance import Reception
from app.ui.theme import Theme
from app.ui.tray import Tray
from app.ui.wishes import OpenMessage, OpenSettings, ShowLeft
from app.ui.wordings import Wordings

_PATIENCE = 3.0
"""Seconds in which every thread must have ended after Quit."""


class Windows(QObject):
    """Every window of the program and what goes on between them.

    Signals:
        painted(): the main window, or the popup, is on screen for the first time.
        ended(): the person wants the program to end; `close` does it.
    """

    painted = Signal()
    ended = Signal()
    _went_wrong = Signal(str)
    _setting_changed = Signal(str)

    def __init__(self, app: QApplication, parts: Parts, instance: Instance) -> None:
        super().__init__()
        self._app = app
        self._parts = parts
        self._is_over = False
        self._settings_panel: SettingsPanel | None = None
        self._reception = Reception(instance)
        self.theme = Theme(app)
        # Here and nowhere else on this thread: the first paint needs it, and its file is a few lines.
        self._look = _read_look(parts.settings)
        self._apply_look(self._look)
        self.runner = Runner(self.report)
        self.panel = PrivacyPanel(parts.session, self.runner, self.theme)
        self.window = MainWindow(parts.session, self.runner, self.theme, parts.settings, self.panel)
        self._opening = Opening(parts, self.window, self.runner, self.theme)
        # First of all calls, so that whatever the windows ask comes after it.
        self._opening.begin()
        self.quick = QuickAsk(parts.session, self.runner, self.theme, self._usual_level)
        self._quickly = QuickGate(self._opening, self.quick, self.window)
        self.tray = Tray(parts.session, parts.local, parts.settings, self.runner, self.theme)
        LeavingOut(parts, self.window, self.runner)
        Attaching(parts, self.window, self.runner, self.theme)
        self._wordings = Wordings(parts.additions.vaguer, self.runner, self)
        for card in (self.window.page.card, self.quick.frame.card):
            self._wordings.serve(card)
        self._connect()
        for window in (self.window, self.quick):
            window.installEventFilter(self)

    def show(self, quick_text: str | None = None) -> None:
        """Show the window, or only the popup where it is what was asked for."""
        self.tray.show()
        if quick_text is None:
            self.window.show()
        else:
            self._quickly.popup(quick_text)

    @Slot()
    def show_window(self) -> None:
        """Bring the window to the front."""
        bring_to_front(self.window)

    @Slot()
    @Slot(str)
    def show_settings(self, group: str = "") -> None:
        """Open the settings, at a group where one is named."""
        if self._settings_panel is None:
            self._settings_panel = self._make_settings()
        self._settings_panel.open_at(group or self._settings_panel.group)

    def report(self, report: str) -> None:
        """Show that a bug was met; may be called on any thread."""
        if not self._is_over:
            self._went_wrong.emit(report)

    @Slot()
    def quit(self) -> None:
        """Ask for the end, for real."""
        self.ended.emit()

    def close(self) -> None:
        """End every thread, in three seconds at most, and remove every window."""
        if self._is_over:
            return
        self._is_over = True
        self._wordings.stop()
        deadline = time.monotonic() + _PATIENCE
        for window in (self.window, self.quick, self._settings_panel):
            if window is not None:
                window.removeEventFilter(self)
                window.hide()
        self.tray.hide()
        self._reception.close()
        self.runner.close()
        end = threading.Thread(target=self._parts.close, name="confidant-end", daemon=True)
        end.start()
        end.join(max(0.3, deadline - time.monotonic()))
        for thing in (self._settings_panel, self.quick, self.window, self.tray, self.runner):
            if thing is not None:
                thing.deleteLater()
        self.tray.menu.deleteLater()

    def _connect(self) -> None:
        self._went_wrong.connect(self._on_bug)
        self._setting_changed.connect(self._on_setting)
        self._parts.settings.on_change(self._tell_setting)
        window, quick, tray = self.window, self.quick, self.tray
        window.settings_wanted.connect(self.show_settings)
        window.left_wanted.connect(self._on_left)
        window.closing.connect(self._on_closing)
        window.quit_wanted.connect(self.quit)
        self.panel.closed.connect(window.header.panel.click)
        quick.opened.connect(self._on_open)
        quick.wished.connect(self._on_wished)
        quick.hidden.connect(window.desk.read_list)
        # Later, since what hides it may show the window instead.
        quick.hidden.connect(self._end_unseen, Qt.ConnectionType.QueuedConnection)
        tray.quick_wanted.connect(self._quickly.toggle)
        tray.window_wanted.connect(self.show_window)
        tray.temporary_wanted.connect(self._on_temporary)
        tray.settings_wanted.connect(self.show_settings)
        tray.quit_wanted.connect(self.quit)
        self._reception.show_wanted.connect(self.show_window)
        self._reception.quick_wanted.connect(self._quickly.popup)
        self._opening.opened.connect(self._on_ready)
        self._opening.quit_wanted.connect(self.quit)

    def _make_settings(self) -> SettingsPanel:
        saver = Saver(self._parts.settings, self.runner, self)
        tools = _tools(self._parts, self.runner, self.theme, saver)
        panel = SettingsPanel(tools, self.window)
        panel.ledger_wanted.connect(self._on_ledger)
        panel.erased.connect(self._on_erased)
        panel.brought.connect(self.window.desk.read_list)
        panel.message_wanted.connect(self._on_message)
        return panel

    def _usual_level(self) -> Level:
        return Level(self._parts.settings[PRIVACY_LEVEL])

    def _apply_look(self, look: "_Look") -> None:
        self._look = look
        if (look.mode, look.zoom) != (self.theme.mode, self.theme.zoom) or not self._app.styleSheet():
            self.theme.set_look(look.mode, look.zoom)

    def _on_look(self, look: "_Look") -> None:
        self._apply_look(look)
        self.window.page.composer.editor.enter_sends = look.enter_sends

    def _tell_setting(self, key: str) -> None:
        """Runs on the thread that changed it."""
        if not self._is_over:
            self._setting_changed.emit(key)

    @Slot(str)
    def _on_setting(self, key: str) -> None:
        if key.startswith("look."):
            self.runner.call(partial(_read_look, self._parts.settings), self._on_look)

    @Slot()
    def _on_ready(self) -> None:
        self._parts.local.holds_model = True
        self._reception.lend(self._parts.local.stream)
        self.window.start()
        self.runner.call(self._parts.warm, _ignore)
        self.runner.call(self._parts.protection.notice, self._on_notice)

    def _on_notice(self, told: str) -> None:
        if told:
            self.window.page.notices.show_notice(told, "warning")

    @Slot(str)
    def _on_bug(self, report: str) -> None:
        copy = partial(QGuiApplication.clipboard().setText, report)
        self.window.page.notices.show_notice(
            self.tr("Something went wrong inside Confidant. The report holds nothing that you wrote."),
            "danger",
            ((self.tr("Copy report"), copy),),
        )

    @Slot(object)
    def _on_left(self, entry: int | None) -> None:
        if entry is None:
            self.panel.refresh()
        else:
            self.panel.show_entry(entry)

    @Slot()
    def _on_ledger(self) -> None:
        self.show_window()
        self.window.show_left(None)

    @Slot()
    def _on_erased(self) -> None:
        self.panel.refresh()
        self.window.desk.clear()
        self._opening.begin()

    @Slot(str)
    def _on_open(self, conversation: str) -> None:
        self.show_window()
        self.window.desk.read_list()
        self.window.desk.open(conversation)

    @Slot()
    def _on_temporary(self) -> None:
        self.show_window()
        self.window.desk.new(True)

    @Slot(object)
    def _on_wished(self, wish: object) -> None:
        match wish:
            case OpenSettings(group):
                self.show_settings(group)
            case ShowLeft(entry):
                self.show_window()
                self.window.show_left(entry)
            case OpenMessage(conversation, message):
                self._on_message(conversation, message)

    @Slot(str, int)
    def _on_message(self, conversation: str, message: int) -> None:
        self.show_window()
        self.window.desk.open(conversation, message)

    @Slot()
    def _end_unseen(self) -> None:
        """Never go on without a window, a popup or a tray: nobody could end that."""
        seen = self.window.isVisible() or self.quick.isVisible() or self.tray.is_shown
        if not seen and not self._is_over:
            self.quit()

    @Slot()
    def _on_closing(self) -> None:
        """Stay in the tray where the person wants it and there is one; else closing is quitting."""
        if self.tray.is_shown and self._look.stays_in_tray:
            self.runner.call(partial(_is_first_time, self._parts.paths.run / "tray-explained"), self._explain)
        else:
            self.quit()

    def _explain(self, is_first_time: bool) -> None:
        if is_first_time:
            self.tray.say(self.tr("Confidant stays here. Quit in this menu ends it."))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self.window.removeEventFilter(self)
            self.quick.removeEventFilter(self)
            QTimer.singleShot(0, self, self.painted.emit)  # after this paint is on screen
        return super().eventFilter(watched, event)


@dataclass(frozen=True, slots=True)
class _Look:
    """The settings that the windows themselves follow."""

    mode: str
    zoom: int
    enter_sends: bool
    stays_in_tray: bool


def _read_look(settings: Settings) -> _Look:
    return _Look(settings[LOOK_THEME], settings[LOOK_ZOOM], settings[LOOK_ENTER_SENDS], settings[LOOK_TRAY])


def _is_first_time(marker: Path) -> bool:
    """Say whether the marker is not there yet, and put it there."""
    if marker.exists():
        return False
    marker.touch()
    return True


def _ignore(_: None) -> None:
    """Nothing to do: what went wrong shows at the first question."""


def _tools(parts: Parts, runner: Runner, theme: Theme, saver: Saver) -> Tools:
    return Tools(
        parts.settings,
        parts.session,
        parts.secrets,
        parts.local,
        parts.paths,
        runner,
        theme,
        saver,
        StrongFilterDoor(parts.additions, parts, parts.settings),
        KnowingDoor(parts),
        TogetherDoor(parts),
        KeepingDoor(parts, parts.settings),
        parts.indexing,
    )
