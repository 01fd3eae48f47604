"""The side list: order, headings, search, keys, menus, names."""

import time
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QMessageBox
from pytestqt.qtbot import QtBot

from app.core.types import Conversation, Hit
from app.privacy.policy import Level
from app.ui.buttons import Button
from app.ui.conversation_list import ConversationList
from app.ui.theme import Theme

DAY = 86400.0


def conversation(key: str, title: str, ago: float = 0) -> Conversation:
    now = time.time()
    return Conversation(key, title, now - ago, now - ago, Level.GUARDED)


@pytest.fixture
def side(theme: Theme, qtbot: QtBot) -> ConversationList:
    side = ConversationList(theme)
    qtbot.addWidget(side)
    side.resize(260, 600)
    side.show()
    qtbot.waitExposed(side)
    return side


def rows(side: ConversationList, role: int = Qt.ItemDataRole.DisplayRole.value) -> list[str]:
    model = side.findChild(QListView).model()
    return [model.index(row, 0).data(role) for row in range(model.rowCount())]


def test_conversations_stand_under_their_day(side: ConversationList) -> None:
    found = [
        replace(conversation("p", "Pinned one", 9 * DAY), pinned=True),
        conversation("a", "Now"), conversation("b", "Before", DAY), conversation("c", "", 400 * DAY),
    ]  # fmt: skip
    side.show_conversations(found, frozenset())
    year = str(time.localtime(time.time() - 400 * DAY).tm_year)
    assert rows(side) == ["Pinned", "Pinned one", "Today", "Now", "Yesterday", "Before", year, "New chat"]


def test_an_empty_list_says_what_stays_here(side: ConversationList) -> None:
    side.show_conversations([], frozenset())
    assert any("stays here" in label.text() and label.isVisible() for label in side.findChildren(QLabel))


def test_a_row_is_spoken_with_its_state(side: ConversationList) -> None:
    side.show_conversations([conversation("a", "Trip to Lyon", DAY)], frozenset({"a"}))
    assert rows(side, Qt.ItemDataRole.AccessibleTextRole.value)[1] == "Trip to Lyon, yesterday, answering"


@pytest.mark.parametrize("by", ["mouse", "key"])
def test_a_row_is_opened(side: ConversationList, qtbot: QtBot, by: str) -> None:
    side.show_conversations([conversation("a", "One"), conversation("b", "Two")], frozenset())
    view = side.findChild(QListView)
    index = view.model().index(2, 0)
    with qtbot.waitSignal(side.chosen) as signal:
        if by == "mouse":
            QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
        else:
            side.focus_list()
            view.setCurrentIndex(view.model().index(1, 0))
            QTest.keyClick(view, Qt.Key.Key_Down)
            QTest.keyClick(view, Qt.Key.Key_Return)
    assert signal.args == ["b", None]


def test_a_search_waits_for_a_pause_and_opens_at_the_message(side: ConversationList, qtbot: QtBot) -> None:
    field = side.findChild(QLineEdit)
    with qtbot.waitSignal(side.searched) as signal:
        QTest.keyClicks(field, "spray")
    assert signal.args == ["spray"]
    side.show_hits("spray", [Hit(conversation("a", "Trip"), 7, "the \x02spray\x03 in")])
    with qtbot.waitSignal(side.chosen) as chosen:
        QTest.keyClick(field, Qt.Key.Key_Return)
        QTest.keyClick(side.findChild(QListView), Qt.Key.Key_Return)
    assert chosen.args == ["a", 7]
    assert rows(side, Qt.ItemDataRole.AccessibleTextRole.value) == ["Trip, today, the spray in"]


def test_an_answer_to_an_older_search_is_dropped(side: ConversationList, qtbot: QtBot) -> None:
    side.findChild(QLineEdit).setText("new")
    side.show_hits("old", [Hit(conversation("a", "Trip"), 7, "old")])
    assert rows(side) == []
    side.show_hits("new", [])
    assert any("Nothing found" in label.text() for label in side.findChildren(QLabel))
    side.findChild(QLineEdit).clear()


@pytest.mark.parametrize(("words", "temporary"), [("New chat", False), ("Temporary chat", True)])
def test_a_new_chat_is_wished(side: ConversationList, qtbot: QtBot, words: str, temporary: bool) -> None:
    button = next(b for b in side.findChildren(Button) if b.text() == words)
    with qtbot.waitSignal(side.new_wanted) as signal:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert signal.args == [temporary]


@pytest.mark.parametrize(
    ("words", "signal", "args"),
    [("Pin to the top", "pinned", ["a", True])],
)
def test_the_menu_of_a_conversation(
    side: ConversationList, qtbot: QtBot, words: str, signal: str, args: list[object]
) -> None:
    menu = side.menu_for(conversation("a", "One"))
    action = next(a for a in menu.actions() if a.text() == words)
    with qtbot.waitSignal(getattr(side, signal)) as told:
        action.trigger()
    assert told.args == args
    menu.deleteLater()


@pytest.mark.parametrize(("answer", "gone"), [("Delete", ["a"]), ("Keep it", [])])
def test_deleting_says_what_goes_and_waits_for_a_yes(
    side: ConversationList, qtbot: QtBot, answer: str, gone: list[str]
) -> None:
    deleted: list[str] = []
    side.deleted.connect(deleted.append)
    menu = side.menu_for(conversation("a", "One"))
    next(each for each in menu.actions() if each.text() == "Delete…").trigger()
    qtbot.waitUntil(lambda: bool(side.window().findChildren(QMessageBox)))
    (box,) = side.window().findChildren(QMessageBox)
    assert box.text() == "Delete “One”?"
    for part in ("messages and documents", "noted about you", "what left", "stays sent"):
        assert part in box.informativeText()
    assert box.defaultButton().text() == "Keep it"
    button = next(each for each in box.buttons() if each.text() == answer)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert deleted == gone
    menu.deleteLater()
