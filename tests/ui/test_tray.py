"""The tray's menu and shapes."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot
from stage import Stage

from app.core.engines.holder import LocalState, Phase
from app.core.session import Status
from app.core.settings import CLOUD_ENABLED
from app.ui.tray import Tray


@pytest.fixture
def tray(stage: Stage, qtbot: QtBot) -> Iterator[Tray]:
    tray = Tray(stage.session, stage.local, stage.settings, stage.runner, stage.theme)
    yield tray
    tray.menu.deleteLater()
    tray.deleteLater()


def action(tray: Tray, text: str) -> QAction:
    found = [each for each in tray.menu.actions() if each.text().startswith(text)]
    assert len(found) == 1, text
    return found[0]


def status(phase: Phase = Phase.IDLE, *, cloud_on: bool = False, why: str = "It is off.") -> Status:
    return Status(LocalState(phase, "SmolLM2", ""), cloud_on, "" if cloud_on else why, "big", "host")


def test_the_menu_has_the_order_that_the_person_learns(tray: Tray) -> None:
    assert [each.text().split(":")[0] for each in tray.menu.actions()] == [
        "Quick ask", "Open Confidant", "New temporary chat", "", "Cloud", "Model", "", "Settings", "Quit",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("Quick ask", "quick_wanted"),
        ("Open", "window_wanted"),
        ("New temporary", "temporary_wanted"),
        ("Settings", "settings_wanted"),
        ("Quit", "quit_wanted"),
    ],
)
def test_each_entry_asks_for_what_it_says(tray: Tray, qtbot: QtBot, text: str, signal: str) -> None:
    with qtbot.waitSignal(getattr(tray, signal)):
        action(tray, text).trigger()


def test_the_cloud_is_switched_from_the_tray(tray: Tray, stage: Stage, qtbot: QtBot) -> None:
    cloud = action(tray, "Cloud")
    assert cloud.isCheckable()
    cloud.trigger()
    qtbot.waitUntil(lambda: stage.session.cloud)
    qtbot.waitUntil(lambda: cloud.text() == "Cloud: on")
    cloud.trigger()
    qtbot.waitUntil(lambda: not stage.session.cloud)
    qtbot.waitUntil(lambda: cloud.text() == "Cloud: off" and not cloud.isChecked())


def test_a_cloud_that_is_switched_on_but_closed_says_why(tray: Tray, stage: Stage, qtbot: QtBot) -> None:
    stage.settings.set(CLOUD_ENABLED, True)
    tray.show_status(status(why="No cloud address is set."), True)
    assert action(tray, "Cloud").text() == "Cloud: off (No cloud address is set)"


def test_a_change_elsewhere_shows_in_the_menu(tray: Tray, stage: Stage, qtbot: QtBot) -> None:
    stage.session.set_cloud(True)
    qtbot.waitUntil(lambda: action(tray, "Cloud").text() == "Cloud: on")


@pytest.mark.parametrize(
    ("phase", "words", "may_load", "may_unload"),
    [
        (Phase.IDLE, "not in memory", True, False),
        (Phase.LOADING, "loading", False, False),
        (Phase.READY, "ready", False, True),
        (Phase.ANSWERING, "answering", False, False),
        (Phase.FAILED, "not working", True, False),
        (Phase.ABSENT, "none", False, False),
    ],
)
def test_the_model_can_be_loaded_and_unloaded_where_that_makes_sense(
    tray: Tray, phase: Phase, words: str, may_load: bool, may_unload: bool
) -> None:
    tray.show_status(status(phase), False)
    model = action(tray, "Model")
    assert model.text() == f"Model: SmolLM2, {words}"
    load, unload = model.menu().actions()
    assert (load.isEnabled(), unload.isEnabled()) == (may_load, may_unload)


def test_unload_unloads(tray: Tray, stage: Stage, qtbot: QtBot) -> None:
    stage.local.warm()
    tray.show_status(status(Phase.READY), False)
    action(tray, "Model").menu().actions()[1].trigger()
    qtbot.waitUntil(lambda: stage.local.state.phase is Phase.IDLE)


def test_the_icon_has_three_shapes(tray: Tray) -> None:
    icon = tray.findChild(QSystemTrayIcon)
    images = []
    for shown in (status(), status(cloud_on=True), status(Phase.ANSWERING)):
        tray.show_status(shown, False)
        images.append(icon.icon().pixmap(22, 22).toImage())
    assert images[0] != images[1] != images[2] != images[0]


def test_a_left_click_asks_quickly(tray: Tray, qtbot: QtBot) -> None:
    icon = tray.findChild(QSystemTrayIcon)
    with qtbot.waitSignal(tray.quick_wanted):
        icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    with qtbot.assertNotEmitted(tray.quick_wanted):
        icon.activated.emit(QSystemTrayIcon.ActivationReason.Context)


def test_where_there_is_no_tray_nothing_is_shown(tray: Tray) -> None:
    assert not QSystemTrayIcon.isSystemTrayAvailable()
    tray.show()
    assert not tray.is_shown
    tray.say("nobody reads this")


def test_the_icon_works_as_long_as_any_answer_runs(tray: Tray, stage: Stage, qtbot: QtBot) -> None:
    stop = threading.Event()
    tray.show_status(status(cloud_on=True), is_switched_on=True)
    assert tray.shape == "tray-idle"
    stage.runner.start(lambda _cancel, _tell: bool(stop.wait(20)), lambda _: None, lambda _: None)
    assert tray.shape == "tray-working"
    stop.set()
    qtbot.waitUntil(lambda: tray.shape != "tray-working")
