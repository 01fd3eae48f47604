"""The review with the real filter and a server that says after what it got: what was chosen is what leaves."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import parrot
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.assembly import build
from app.core.engines.echo import EchoEngine
from app.core.instance import Instance
from app.core.paths import Paths
from app.core.settings import CLOUD_BASE_URL, CLOUD_ENABLED, CLOUD_MODEL
from app.core.types import State, Where
from app.privacy.types import Action
from app.ui.buttons import Button
from app.ui.exposure_line import ExposureLine
from app.ui.finding_chip import FindingChip
from app.ui.finding_menu import FindingMenu
from app.ui.known_page import KnownCard
from app.ui.windows import Windows

QUESTION = (
    "I am a 41-year-old nurse and live with my two daughters in Quedlinburg. Tomas Wieland knows of the "
    "spruce plan. What could I learn?"
)
WAIT = 30_000


@pytest.fixture
def bird() -> Iterator[parrot]:
    with parrot() as server:
        yield server


@pytest.fixture
def windows(tmp_path: Path, bird: parrot, qapp: QApplication) -> Iterator[Windows]:
    paths = Paths(tmp_path / "profile")
    paths.create()
    parts = build(paths, EchoEngine())
    for setting, value in ((CLOUD_BASE_URL, bird.address), (CLOUD_MODEL, "gpt-large"), (CLOUD_ENABLED, True)):
        parts.settings.set(setting, value)
    instance = Instance.claim(paths)
    assert instance is not None
    windows = Windows(qapp, parts, instance)
    yield windows
    windows.close()
    windows.theme.set_look("light", 100)
    windows.deleteLater()


def chip(windows: Windows, value: str) -> FindingChip | None:
    chips = windows.window.page.card.findChildren(FindingChip)
    return next((each for each in chips if each.value == value and not each.isHidden()), None)


def becomes(windows: Windows, value: str, action: Action, qtbot: QtBot) -> None:
    def is_done() -> bool:
        found = chip(windows, value)
        return found is not None and found.decided.action is action

    qtbot.waitUntil(is_done, timeout=WAIT)


def test_what_was_chosen_is_what_leaves(windows: Windows, bird: parrot, qtbot: QtBot) -> None:
    windows.show()
    page = windows.window.page
    qtbot.waitUntil(lambda: page.talk is not None, timeout=WAIT)
    page.talk.send(QUESTION, Where.CLOUD)
    card = page.card
    qtbot.waitUntil(card.isVisible, timeout=WAIT)
    becomes(windows, "Tomas Wieland", Action.PLACEHOLDER, qtbot)

    chip(windows, "Tomas Wieland").setFocus()
    QTest.keyClick(chip(windows, "Tomas Wieland"), Qt.Key.Key_Return)
    menu = card.findChild(FindingMenu)
    QTest.keyClick(menu.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(menu.focusWidget(), Qt.Key.Key_Return)
    becomes(windows, "Tomas Wieland", Action.STANDIN, qtbot)
    standin = chip(windows, "Tomas Wieland").decided.replacement

    pane = card._panes.original
    cursor = pane.textCursor()
    cursor.setPosition(QUESTION.index("spruce") + 1)
    cursor.setPosition(QUESTION.index("spruce") + 4, cursor.MoveMode.KeepAnchor)
    pane.setTextCursor(cursor)
    QTest.keyClick(card.findChild(Button, "hide_too"), Qt.Key.Key_Space)
    becomes(windows, "spruce", Action.PLACEHOLDER, qtbot)

    line = card.findChild(ExposureLine)
    qtbot.waitUntil(line.isVisible, timeout=WAIT)
    assert "your age" in line.told
    assert "your job" in line.told
    QTest.keyClick(line.vaguer, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not line.isVisible(), timeout=WAIT)

    qtbot.waitUntil(lambda: card.is_armed, timeout=WAIT)
    QTest.keyClick(card, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    session, key = windows._parts.session, page.talk.conversation.id
    qtbot.waitUntil(lambda: session.messages(key)[-1].state is State.COMPLETE, timeout=WAIT)
    sent = json.loads(bird.bodies[-1])["messages"][-1]["content"]
    assert not any(word in sent for word in ("41", "Wieland", "spruce", "two daughters"))
    assert standin in sent
    assert "Tomas Wieland" in session.messages(key)[-1].text


def test_what_a_provider_was_told_is_in_the_panel(windows: Windows, bird: parrot, qtbot: QtBot) -> None:
    windows.show()
    page = windows.window.page
    qtbot.waitUntil(lambda: page.talk is not None, timeout=WAIT)
    page.talk.send(QUESTION, Where.CLOUD)
    qtbot.waitUntil(lambda: page.card.is_armed, timeout=WAIT)
    QTest.keyClick(page.card.findChild(Button, "review_send"), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not page.talk.is_busy, timeout=WAIT)
    windows.window.show_left(None)
    windows.panel.findChild(QPushButton, "tab_known").click()
    qtbot.waitUntil(lambda: windows.panel.findChild(KnownCard) is not None, timeout=WAIT)
