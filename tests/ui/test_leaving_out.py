"""Leaving a conversation out of what is known about the person."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from app.assembly import Confidant, build
from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.paths import Paths
from app.core.store.facts import FactState
from app.core.types import Conversation
from app.ui.leaving_out import LeavingOut
from app.ui.main_window import MainWindow
from app.ui.runner import Runner
from app.ui.theme import Theme

WORDS = "Learn nothing about me from this chat"


@pytest.fixture
def confidant(tmp_path: Path, runner: Runner) -> Iterator[Confidant]:
    paths = Paths(tmp_path / "profile")
    paths.create()
    confidant = build(paths, local=EchoEngine())
    confidant.start()
    yield confidant
    runner.close()
    confidant.close()


def action(window: MainWindow, conversation: Conversation) -> QAction | None:
    menu = window.list.menu_for(conversation)
    return next((each for each in menu.actions() if each.text() == WORDS), None)


def test_a_chat_is_left_out_from_its_menu_with_its_facts_and_let_in_again(
    confidant: Confidant, runner: Runner, theme: Theme, qtbot: QtBot
) -> None:
    talk = confidant.session.new_conversation()
    key = talk.id
    confidant.session.send(key, "Hello there.", None, Cancel(), lambda _: None)  # tells nothing by itself
    question = confidant.session.messages(key)[0].id
    confidant.noted.add("I am a vegetarian.", FactState.KEPT, source=question)
    window = MainWindow(confidant.session, runner, theme, confidant.settings)
    qtbot.addWidget(window)
    LeavingOut(confidant, window, runner)
    window.desk.read_list()
    qtbot.waitUntil(lambda: action(window, talk) is not None)
    leave = action(window, talk)
    assert not leave.isChecked()
    leave.trigger()
    notices = window.page.notices
    qtbot.waitUntil(lambda: bool(notices.told))
    assert notices.told == [
        "Nothing is learned about you from this chat. 1 fact that came from it: forgotten."
    ]
    assert confidant.noted.is_left_out(key)
    assert not confidant.noted.list(FactState.KEPT)
    qtbot.waitUntil(lambda: action(window, talk).isChecked())
    action(window, talk).trigger()
    qtbot.waitUntil(lambda: not confidant.noted.is_left_out(key))


def test_a_temporary_chat_has_nothing_to_leave_out(
    confidant: Confidant, runner: Runner, theme: Theme, qtbot: QtBot
) -> None:
    window = MainWindow(confidant.session, runner, theme, confidant.settings)
    qtbot.addWidget(window)
    window.list.set_left_out(frozenset())
    menu = window.list.menu_for(confidant.session.new_conversation(temporary=True))
    assert WORDS not in [each.text() for each in menu.actions()]
