"""The window as a whole: keys, panes, chips, folding, names, several conversations."""

from collections import Counter
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from scripted_session import ScriptedSession

from app.core.engines.local import Phase
from app.core.settings import LOOK_ZOOM, Setting
from app.core.types import Where
from app.privacy.policy import Level
from app.ui.buttons import Button
from app.ui.main_window import MainWindow
from app.ui.runner import Runner
from app.ui.theme import Theme

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENTER = Qt.Key.Key_Return


class Values(dict):  # type: ignore[type-arg]
    """Settings in a dictionary."""

    def __missing__(self, setting: Setting[bool]) -> object:
        return setting.default

    def set(self, setting: Setting[int], value: int) -> None:
        self[setting] = value


@pytest.fixture
def session() -> ScriptedSession:
    return ScriptedSession()


@pytest.fixture
def settings() -> Values:
    return Values()


@pytest.fixture
def window(
    session: ScriptedSession, runner: Runner, theme: Theme, settings: Values, qtbot: QtBot
) -> MainWindow:
    panel = QFrame()
    QVBoxLayout(panel).addWidget(QLineEdit(accessibleName="Was this ever sent?"))
    window = MainWindow(session, runner, theme, settings, panel)  # type: ignore[arg-type]
    qtbot.addWidget(window)
    window.show()
    window.start()
    qtbot.waitUntil(lambda: window.page.talk is not None, timeout=8000)
    qtbot.waitUntil(lambda: window.header.level.text() != "", timeout=8000)
    window.activateWindow()
    qtbot.waitUntil(lambda: window.page.composer.editor.hasFocus(), timeout=8000)
    return window


def press(window: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier = CONTROL) -> None:
    QTest.keyClick(window.focusWidget() or window, key, held)


def ask(window: MainWindow, session: ScriptedSession, qtbot: QtBot, text: str) -> None:
    session.where = Where.LOCAL
    window.page.composer.set_text(text)
    QTest.keyClick(window.page.composer.editor, ENTER)
    talk = window.page.talk
    assert talk is not None
    qtbot.waitUntil(
        lambda: not talk.is_busy and window.header.title.text().startswith(text[:10]), timeout=8000
    )


def test_it_opens_with_an_empty_chat_and_the_caret_in_it(window: MainWindow) -> None:
    assert window.page.welcome.isVisible()
    assert window.header.title.text() == "New chat"
    assert window.panel.isHidden()


def test_a_first_question_names_the_chat(window: MainWindow, session: ScriptedSession, qtbot: QtBot) -> None:
    ask(window, session, qtbot, "Trip to Lyon")
    assert window.header.title.text() == "Trip to Lyon"


def test_a_new_chat_is_made_only_when_there_is_no_unused_one(
    window: MainWindow, session: ScriptedSession, qtbot: QtBot
) -> None:
    press(window, Qt.Key.Key_N)
    QTest.qWait(100)
    assert len(session.shelf) == 1
    ask(window, session, qtbot, "First question")
    press(window, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: len(session.shelf) == 2)
    qtbot.waitUntil(lambda: window.page.welcome.isVisible())


def test_a_temporary_chat_says_what_it_is(window: MainWindow, session: ScriptedSession, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_N, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: window.page.talk is not None and window.page.talk.conversation.temporary)
    told = " ".join(label.text() for label in window.page.welcome.findChildren(QLabel))
    assert "Not saved, not remembered" in told
    assert window.page.composer.property("temporary") is True
    assert window.page.composer.editor.placeholderText() == "Message, not saved and not remembered"
    assert window.header.title.text() == "Temporary chat"


def test_the_level_is_changed_from_the_header_and_can_be_undone(
    window: MainWindow, session: ScriptedSession, qtbot: QtBot
) -> None:
    menu = window.header.level_menu
    next(a for a in menu.actions() if a.data() == Level.LOCAL.value).trigger()
    qtbot.waitUntil(lambda: window.header.level.text() == "Local only")
    qtbot.waitUntil(lambda: window.page.composer.findChild(Button, "send").text() == "Send ▸ local")
    assert window.header.level.accessibleName() == "Privacy level: Local only"
    next(b for b in window.page.notices.findChildren(Button) if b.text() == "Undo").click()
    qtbot.waitUntil(lambda: window.header.level.text() == "Guarded")


def test_a_cloud_that_is_off_shows_in_chip_and_button(
    window: MainWindow, session: ScriptedSession, qtbot: QtBot
) -> None:
    session.change_status(cloud_on=False)
    qtbot.waitUntil(lambda: window.header.level.text() == "Cloud off")
    qtbot.waitUntil(lambda: window.page.composer.findChild(Button, "send").text() == "Send ▸ local")
    assert "switched off" in window.header.level.toolTip()


def test_a_model_that_loads_shows_in_its_chip(
    window: MainWindow, session: ScriptedSession, qtbot: QtBot
) -> None:
    session.change_status(phase=Phase.LOADING)
    chip = window.header.findChild(Button, "model_chip")
    qtbot.waitUntil(lambda: "loading" in chip.text())
    assert chip.accessibleName() == "Model: SmolLM2 135M, loading"


def test_keys_open_search_panel_settings_and_list(window: MainWindow, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_K)
    assert window.list.findChild(QLineEdit).hasFocus()
    press(window, Qt.Key.Key_L)
    assert window.page.composer.editor.hasFocus()
    with qtbot.waitSignal(window.left_wanted):
        press(window, Qt.Key.Key_P, CONTROL | SHIFT)
    assert window.panel.isVisible()
    window.panel.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.panel.setFocus()
    press(window, Qt.Key.Key_P, CONTROL | SHIFT)
    assert window.panel.isHidden()
    assert window.page.composer.editor.hasFocus()
    press(window, Qt.Key.Key_B)
    assert window.list.isHidden()
    press(window, Qt.Key.Key_B)
    assert window.list.isVisible()
    with qtbot.waitSignal(window.settings_wanted):
        press(window, Qt.Key.Key_Comma)
    with qtbot.waitSignal(window.quit_wanted):
        press(window, Qt.Key.Key_Q)


def test_f6_goes_round_the_panes(window: MainWindow) -> None:
    seen = []
    for _ in range(3):
        press(window, Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier)
        seen.append(window.focusWidget().objectName())
    assert seen == ["chat_list", "transcript", "composer"] or set(seen) == {"chat_list", "composer", seen[1]}


def test_zoom_keys_change_and_store_the_zoom(
    window: MainWindow, theme: Theme, settings: Values, qtbot: QtBot
) -> None:
    press(window, Qt.Key.Key_Plus)
    assert theme.zoom == 110
    press(window, Qt.Key.Key_Minus)
    press(window, Qt.Key.Key_0)
    assert theme.zoom == 100
    qtbot.waitUntil(lambda: settings.get(LOOK_ZOOM) == 100)


def test_escape_stops_what_runs(window: MainWindow, session: ScriptedSession, qtbot: QtBot) -> None:
    window.page.composer.set_text("Zoé?")
    qtbot.waitUntil(lambda: window.page.composer.findChild(Button, "send").text() == "Review ▸ cloud")
    press(window, ENTER, Qt.KeyboardModifier.NoModifier)
    qtbot.waitUntil(lambda: window.page.card.hasFocus())
    press(window, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    talk = window.page.talk
    assert talk is not None
    qtbot.waitUntil(lambda: not talk.is_busy)
    assert window.page.composer.text == "Zoé?"


def test_a_small_window_folds_its_list(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(800, 600)
    qtbot.waitUntil(lambda: window.list.isHidden())
    qtbot.waitUntil(lambda: window.page.width() == 800)
    press(window, Qt.Key.Key_B)
    assert window.list.isVisible()
    assert window.page.width() == 800
    window.resize(1200, 700)
    qtbot.waitUntil(lambda: window.page.width() < 1000)
    assert window.list.isVisible()


def test_a_chat_is_opened_from_a_search_at_its_message(
    window: MainWindow, session: ScriptedSession, qtbot: QtBot
) -> None:
    ask(window, session, qtbot, "Where is the spray?")
    press(window, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: window.page.welcome.isVisible())
    press(window, Qt.Key.Key_K)
    QTest.keyClicks(window.list.findChild(QLineEdit), "spray")
    view = window.list.view
    qtbot.waitUntil(lambda: view.model().rowCount() == 1)
    press(window, ENTER, Qt.KeyboardModifier.NoModifier)
    press(window, ENTER, Qt.KeyboardModifier.NoModifier)
    qtbot.waitUntil(lambda: len(window.page.transcript.messages) == 2)


def test_a_deleted_chat_gives_way_to_an_empty_one(
    window: MainWindow, session: ScriptedSession, qtbot: QtBot
) -> None:
    ask(window, session, qtbot, "Delete me please")
    key = window.page.talk.conversation.id  # type: ignore[union-attr]
    window.list.deleted.emit(key)
    qtbot.waitUntil(lambda: key not in session.shelf)
    qtbot.waitUntil(lambda: window.page.welcome.isVisible())
    assert window.page.talk is not None
    assert window.page.talk.conversation.id != key


def test_every_control_has_a_name_of_its_own(
    window: MainWindow, session: ScriptedSession, qtbot: QtBot
) -> None:
    ask(window, session, qtbot, "Name all")
    controls = [
        w for w in window.findChildren(QWidget)
        if isinstance(w, QAbstractButton | QLineEdit | QPlainTextEdit) and w.isVisible()
    ]  # fmt: skip
    names = [w.accessibleName() or (w.text() if isinstance(w, QAbstractButton) else "") for w in controls]
    assert all(names), [w for w, name in zip(controls, names, strict=True) if not name]
    twice = [name for name, count in Counter(names).items() if count > 1]
    assert twice == []


@pytest.mark.parametrize("zoom", [100, 150, 200])
def test_nothing_of_the_welcome_overlaps_in_the_smallest_window(
    window: MainWindow, theme: Theme, qtbot: QtBot, zoom: int
) -> None:
    theme.set_look("light", zoom)
    window.resize(window.minimumSize())
    qtbot.wait(20)
    shown = [each for each in window.page.welcome.findChildren(QWidget) if each.isVisible()]
    places = sorted((each.geometry() for each in shown), key=lambda place: place.top())
    assert len(places) >= 3
    assert all(above.bottom() < below.top() for above, below in pairwise(places))
    theme.set_look("light", 100)
