"""The whole program with its real parts on a throw-away profile, and with real second processes."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.assembly import build
from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.instance import Instance, NoInstance, QuickAsk, RemoteLocalEngine, Show, ask, living
from app.core.paths import Paths
from app.core.settings import LOOK_ENTER_SENDS, LOOK_THEME, LOOK_TRAY, LOOK_ZOOM
from app.core.types import Message, Prompt, Role
from app.ui.application import run
from app.ui.screen import has_screen
from app.ui.settings.panel import SettingsPanel
from app.ui.transcript import Transcript
from app.ui.windows import Windows
from app.ui.wishes import OpenSettings, ShowLeft

ROOT = Path(__file__).resolve().parents[2]
QUESTION = Prompt((Message(Role.USER, "one two three"),))

Start = Callable[[EchoEngine], Windows]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = Paths(tmp_path / "profile")
    paths.create()
    return paths


@pytest.fixture
def start(paths: Paths, qapp: QApplication, qtbot: QtBot) -> Iterator[Start]:
    """Start the program with an engine in place of the model; it is ended after the test."""
    opened: list[Windows] = []

    def start(engine: EchoEngine) -> Windows:
        instance = Instance.claim(paths)
        assert instance is not None
        windows = Windows(qapp, build(paths, engine), instance)
        opened.append(windows)
        windows.show()
        qtbot.waitUntil(lambda: windows.window.desk.current is not None, timeout=20_000)
        return windows

    yield start
    for windows in opened:
        windows.close()
        windows.theme.set_look("light", 100)
        windows.deleteLater()


@pytest.fixture
def windows(start: Start) -> Windows:
    return start(EchoEngine())


def other(paths: Paths, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "app", "--profile", str(paths.profile), *arguments],
        cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def in_background(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_a_second_start_brings_the_first_to_the_front(windows: Windows, paths: Paths, qtbot: QtBot) -> None:
    windows.window.hide()
    second = other(paths)
    qtbot.waitUntil(windows.window.isVisible, timeout=20_000)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.communicate() == ("", "")
    assert second.returncode == 0


def test_the_quick_ask_command_opens_the_popup_of_the_first(
    windows: Windows, paths: Paths, qtbot: QtBot
) -> None:
    second = other(paths, "--quick-ask", "What is tea?")
    qtbot.waitUntil(windows.quick.isVisible, timeout=20_000)
    assert windows.quick.field.text() == "What is tea?"
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    second.communicate()


def test_from_command_to_caret_it_takes_less_than_150_ms(
    windows: Windows, paths: Paths, qtbot: QtBot
) -> None:
    began = time.perf_counter()
    thread = in_background(lambda: list(ask(paths, QuickAsk("tea"))) and None)
    qtbot.waitUntil(lambda: windows.quick.focusWidget() is windows.quick.field, timeout=5000)
    took = time.perf_counter() - began
    thread.join()
    assert took < 0.5, "150 ms is the goal on an idle machine; this one may be busy"


def test_quick_ask_answers_with_the_real_session(windows: Windows, qtbot: QtBot) -> None:
    windows.quick.popup("tea please")
    qtbot.keyClick(windows.quick.field, Qt.Key.Key_Return)
    transcript = windows.quick.findChild(Transcript)
    qtbot.waitUntil(
        lambda: [m.text for m in transcript.messages] == ["tea please", "tea please"], timeout=20_000
    )
    qtbot.waitUntil(windows.quick.findChild(QAbstractButton, "quick_send").isVisible)
    with qtbot.waitSignal(windows.window.desk.opened, timeout=20_000):
        windows.quick.findChild(QAbstractButton, "quick_open").click()
    assert windows.window.isVisible()
    qtbot.waitUntil(lambda: len(windows.window.page.transcript.messages) == 2, timeout=20_000)


def test_another_process_may_use_the_model_of_the_window(
    windows: Windows, paths: Paths, qtbot: QtBot
) -> None:
    answer: list[str] = []

    def use() -> None:
        for chunk in RemoteLocalEngine(paths, "tiny").stream(QUESTION, Cancel()):
            answer.append(getattr(chunk, "text", ""))

    thread = in_background(use)
    qtbot.waitUntil(lambda: not thread.is_alive(), timeout=20_000)
    assert "".join(answer) == "one two three"


def test_the_theme_the_zoom_and_the_enter_key_follow_the_settings_at_once(
    windows: Windows, paths: Paths, qtbot: QtBot
) -> None:
    settings = build(paths).settings  # as the panel or another part of the program would change them
    parts = windows._parts
    parts.settings.set(LOOK_THEME, "dark")
    qtbot.waitUntil(lambda: windows.theme.is_dark)
    parts.settings.set(LOOK_ZOOM, 150)
    qtbot.waitUntil(lambda: windows.theme.zoom == 150)
    parts.settings.set(LOOK_ENTER_SENDS, False)
    qtbot.waitUntil(lambda: windows.window.page.composer.editor.enter_sends is False)
    assert settings[LOOK_ZOOM] == 150


def test_settings_open_at_the_group_that_was_asked_for_and_stay_there(windows: Windows, qtbot: QtBot) -> None:
    windows.window.settings_wanted.emit("privacy")
    panel = windows.window.findChild(SettingsPanel)
    assert panel.isVisible()
    assert panel.group == "privacy"
    qtbot.waitUntil(panel.isActiveWindow)
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    windows.window.activateWindow()  # a window manager does this
    qtbot.waitUntil(windows.window.isActiveWindow)
    qtbot.keyClick(windows.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(panel.isVisible)
    assert panel.group == "privacy"


def test_the_real_settings_are_saved_from_the_panel(windows: Windows, paths: Paths, qtbot: QtBot) -> None:
    windows.show_settings("cloud")
    panel = windows.window.findChild(SettingsPanel)
    address = next(w for w in panel.findChildren(QLineEdit) if w.accessibleName() == "Address")
    qtbot.keyClicks(address, "http://127.0.0.1:9")
    qtbot.keyClick(address, Qt.Key.Key_Return)
    switch = next(w for w in panel.findChildren(QAbstractButton) if w.accessibleName() == "Use the cloud")
    qtbot.waitUntil(switch.isEnabled, timeout=20_000)
    switch.click()
    qtbot.waitUntil(lambda: "Cloud: on" in [a.text() for a in windows.tray.menu.actions()], timeout=20_000)


def test_everything_is_erased_from_the_panel(windows: Windows, paths: Paths, qtbot: QtBot) -> None:
    session = windows._parts.session
    kept = session.new_conversation()
    windows.show_settings("data")
    panel = windows.window.findChild(SettingsPanel)
    qtbot.keyClicks(panel.findChild(QLineEdit, "erase_word"), "delete")
    with qtbot.waitSignal(panel.erased, timeout=20_000):
        panel.findChild(QAbstractButton, "erase").click()
    qtbot.waitUntil(lambda: kept.id not in [each.id for each in session.conversations()], timeout=20_000)


def test_wishes_of_the_popup_reach_the_window(windows: Windows, qtbot: QtBot) -> None:
    windows.quick.popup()
    windows.quick.wished.emit(ShowLeft(None))
    assert windows.panel.isVisible()
    windows.panel.closed.emit()
    assert not windows.panel.isVisible()
    windows.quick.wished.emit(OpenSettings("look"))
    assert windows.window.findChild(SettingsPanel).group == "look"


def test_the_tray_opens_window_popup_and_a_temporary_chat(windows: Windows, qtbot: QtBot) -> None:
    windows.window.hide()
    windows.tray.window_wanted.emit()
    assert windows.window.isVisible()
    windows.tray.quick_wanted.emit()
    assert windows.quick.isVisible()
    with qtbot.waitSignal(windows.window.desk.opened, timeout=20_000):
        windows.tray.temporary_wanted.emit()
    current = windows.window.desk.current
    assert current is not None
    assert current.conversation.temporary


def test_a_popup_alone_ends_with_its_program_where_no_tray_could(windows: Windows, qtbot: QtBot) -> None:
    windows.quick.popup()
    with qtbot.assertNotEmitted(windows.ended, wait=50):
        windows.quick.hide()
    windows.window.hide()
    windows.quick.popup()
    with qtbot.waitSignal(windows.ended):
        qtbot.keyClick(windows.quick.field, Qt.Key.Key_Escape)


def test_without_a_tray_closing_the_window_quits(windows: Windows, qtbot: QtBot) -> None:
    windows._parts.settings.set(LOOK_TRAY, True)
    with qtbot.waitSignal(windows.ended):
        windows.window.close()


def test_a_bug_is_reported_without_a_word_of_the_person(windows: Windows, qtbot: QtBot) -> None:
    thread = in_background(lambda: windows.report("a report"))
    thread.join()
    told = windows.window.page.notices
    qtbot.waitUntil(lambda: any("went wrong" in each for each in told.told))
    copy = next(b for b in told.findChildren(QAbstractButton) if b.text() == "Copy report")
    copy.click()
    assert QGuiApplication.clipboard().text() == "a report"


def test_quit_ends_every_thread_within_three_seconds_though_an_answer_is_coming(
    start: Start, paths: Paths, qtbot: QtBot
) -> None:
    windows = start(EchoEngine(["word " * 10_000], pause=0.01))
    windows.quick.popup("endless")
    qtbot.keyClick(windows.quick.field, Qt.Key.Key_Return)
    transcript = windows.quick.findChild(Transcript)
    qtbot.waitUntil(lambda: len(transcript.messages) == 2, timeout=20_000)
    began = time.monotonic()
    windows.close()
    assert time.monotonic() - began < 3.5
    assert not [t.name for t in threading.enumerate() if t.name.startswith(("confidant", "instance"))]
    assert not living(paths)


def test_a_polite_kill_quits_it(paths: Paths) -> None:
    child = other(paths)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            list(ask(paths, Show()))
            break
        except NoInstance:
            assert child.poll() is None, child.communicate()
    child.send_signal(signal.SIGTERM)
    out, err = child.communicate(timeout=20)
    assert (child.returncode, out) == (0, ""), err
    assert not living(paths)


def test_the_first_paint_is_timed(paths: Paths) -> None:
    child = other(paths, "--exit-after-first-paint")
    out, err = child.communicate(timeout=60)
    assert child.returncode == 0, err
    assert int(out) > 0
    assert not living(paths)


def test_a_profile_that_cannot_be_used_is_said_and_ends_with_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    paths = Paths(tmp_path / "file" / "profile")
    assert run(lambda: build(paths), paths) == 3
    assert "cannot be used" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a screen")
@pytest.mark.parametrize(
    ("environment", "there"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"DISPLAY": ""}, False),
        ({"QT_QPA_PLATFORM": "offscreen"}, True),
        ({"QT_QPA_PLATFORM": "xcb"}, False),
        ({"QT_QPA_PLATFORM": "offscreen:width=99"}, True),
    ],
)
def test_whether_there_is_a_screen_is_known_before_qt_is_imported(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], there: bool
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert has_screen() is there


def test_handing_over_imports_no_qt(paths: Paths) -> None:
    instance = Instance.claim(paths)
    assert instance is not None
    instance.serve(lambda request, cancel: iter(()))
    code = (
        "import sys; from pathlib import Path; from app.core.paths import Paths; "
        "from app.ui.application import run; "
        f"code = run(None, Paths(Path({str(paths.profile)!r}))); "
        "print(code, [m for m in sys.modules if m.startswith(('PySide6', 'app.privacy.detectors', 'spacy'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=30)
    instance.close()
    assert done.stdout == "0 []\n", done.stderr
