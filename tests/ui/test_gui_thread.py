"""Nothing waits for a disk: the thread that draws touches no database, no file of the profile, no keyring."""

import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QTextEdit
from pytestqt.qtbot import QtBot

from app.assembly import build
from app.core.engines.echo import EchoEngine
from app.core.instance import Instance
from app.core.paths import Paths
from app.core.secrets import Secrets
from app.core.settings import CLOUD_BASE_URL, LOOK_ENTER_SENDS, LOOK_TRAY
from app.core.store.database import Database
from app.core.types import State
from app.privacy.policy import Level
from app.ui.windows import Windows

_WATCHED = [
    (Database, ("open", "reading", "writing", "scrub", "version")),
    (Secrets, ("key", "set_key", "forget_key", "data_key")),
]


class Watch:
    """Notes who touches the disk on the main thread while it is on."""

    def __init__(self, folder: Path) -> None:
        self.caught: list[str] = []
        self._folder = str(folder)
        self._is_on = True
        sys.addaudithook(self._on_audit)

    def off(self) -> None:
        self._is_on = False  # a hook can't be taken away

    def note(self, what: str) -> None:
        if self._is_on and threading.current_thread() is threading.main_thread():
            frames = traceback.extract_stack()
            where = [f"{Path(f.filename).name}:{f.lineno}" for f in frames if "/app/ui/" in f.filename]
            self.caught.append(f"{what} in {' < '.join(reversed(where))}")

    def _on_audit(self, event: str, arguments: tuple[object, ...]) -> None:
        if self._is_on and event in ("open", "os.listdir", "os.scandir", "os.mkdir", "os.rename"):
            path = str(arguments[0]) if arguments else ""
            if path.startswith(self._folder):
                self.note(f"{event} {path.removeprefix(self._folder)}")


@pytest.fixture
def windows(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Windows]:
    paths = Paths(tmp_path / "profile")
    paths.create()
    instance = Instance.claim(paths)
    assert instance is not None
    windows = Windows(qapp, build(paths, EchoEngine()), instance)
    yield windows
    windows.close()
    windows.theme.set_look("light", 100)
    windows.deleteLater()


@pytest.fixture
def watch(tmp_path: Path, windows: Windows, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    watch = Watch(tmp_path)

    def watched(owner: type, name: str) -> None:
        plain = getattr(owner, name)

        def call(*arguments: object, **named: object) -> object:
            watch.note(f"{owner.__name__}.{name}")
            return plain(*arguments, **named)

        monkeypatch.setattr(owner, name, call)

    for owner, names in _WATCHED:
        for name in names:
            watched(owner, name)
    yield watch
    watch.off()


def settled(windows: Windows, qtbot: QtBot) -> None:
    """Wait until all that was asked for in the background is here."""
    seen: list[int] = []
    windows.runner.call(lambda: 1, seen.append)
    qtbot.waitUntil(lambda: seen != [], timeout=20_000)


def test_the_window_never_waits_for_the_disk(windows: Windows, watch: Watch, qtbot: QtBot) -> None:
    windows.show()
    window, desk = windows.window, windows.window.desk
    qtbot.waitUntil(lambda: desk.current is not None, timeout=20_000)
    key = desk.current.conversation.id
    QTest.keyClicks(window.page.composer.editor, "Is 17 a prime number?")
    QTest.keyClick(window.page.composer.editor, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: [m.state for m in window.page.transcript.messages] == [State.COMPLETE] * 2, timeout=20_000
    )
    desk.rename(key, "Primes")
    desk.pin(key, True)
    desk.set_level(key, Level.LOCAL)
    desk.search("prime")
    desk.new(True)
    settled(windows, qtbot)
    desk.open(key)
    window.show_left(None)
    settled(windows, qtbot)
    windows.panel.findChild(QPushButton, "tab_known").click()
    settled(windows, qtbot)
    assert not watch.caught, "\n".join(watch.caught)


def test_settings_and_popup_never_wait_for_the_disk(windows: Windows, watch: Watch, qtbot: QtBot) -> None:
    windows.show()
    qtbot.waitUntil(lambda: windows.window.desk.current is not None, timeout=20_000)
    for group in ("cloud", "privacy", "filter", "model", "data", "look"):
        windows.show_settings(group)
        settled(windows, qtbot)
    panel = windows._settings_panel
    assert panel is not None
    panel.findChild(QPushButton, "try_example").click()
    outcome = panel.findChild(QTextEdit, "outcome_guarded")
    qtbot.waitUntil(lambda: "Wieland" not in outcome.toPlainText() != "", timeout=30_000)
    for setting, value in (
        (LOOK_ENTER_SENDS, False),
        (CLOUD_BASE_URL, "http://127.0.0.1:9"),
        (LOOK_TRAY, False),
    ):
        panel._tools.saver.save(setting.key, value)
    settled(windows, qtbot)
    qtbot.waitUntil(lambda: not windows.window.page.composer.editor.enter_sends, timeout=20_000)
    panel._tools.saver.undo()
    settled(windows, qtbot)
    windows.quick.popup("Is 17 prime?")
    QTest.keyClick(windows.quick.field, Qt.Key.Key_Return)
    settled(windows, qtbot)
    qtbot.waitUntil(lambda: not windows.quick._thread.is_busy, timeout=20_000)
    windows.tray.menu.actions()[4].trigger()
    windows.window.close()
    settled(windows, qtbot)
    assert not watch.caught, "\n".join(watch.caught)
