"""Better words for a detail come from the model on this computer, and never hold the window up."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from scripted_session import ScriptedSession
from test_review_card import chip, review_of

from app.core.cancel import Cancel
from app.privacy.types import Kind
from app.ui.finding_menu import FindingMenu
from app.ui.review_card import ReviewCard
from app.ui.runner import Runner
from app.ui.theme import Theme
from app.ui.wordings import Wordings


class Poet:
    """Knows one wording for everything, and thinks until the gate is open."""

    def __init__(self) -> None:
        self.offers = True
        self.gate = threading.Event()
        self.asked: list[tuple[str, Kind]] = []
        self.cancelled = threading.Event()

    def vaguer(self, text: str, start: int, end: int, kind: Kind, cancel: Cancel) -> str:
        assert threading.current_thread() is not threading.main_thread()
        self.asked.append((text[start:end], kind))
        with cancel.on_set(self.gate.set):
            self.gate.wait(20)
        if cancel.is_set:
            self.cancelled.set()
        cancel.check()
        return "a young relative"


@pytest.fixture
def poet() -> Poet:
    return Poet()


@pytest.fixture
def card(theme: Theme, runner: Runner, poet: Poet, qtbot: QtBot) -> Iterator[ReviewCard]:
    card = ReviewCard(theme)
    qtbot.addWidget(card)
    card.resize(760, 400)
    wordings = Wordings(poet, runner)
    wordings.serve(card)
    card.show_review(review_of(ScriptedSession()))
    qtbot.waitExposed(card)
    yield card
    wordings.stop()
    wordings.deleteLater()


def opened(card: ReviewCard, value: str = "Zoé") -> FindingMenu:
    QTest.keyClick(chip(card, value), Qt.Key.Key_Return)
    return next(menu for menu in card.findChildren(FindingMenu) if menu.value == value)


def said(menu: FindingMenu) -> list[str]:
    return [label.text() for label in menu.findChildren(QLabel) if not label.isHidden()]


def test_the_rules_words_are_there_at_once_and_better_ones_follow(
    card: ReviewCard, poet: Poet, qtbot: QtBot
) -> None:
    menu = opened(card)
    assert menu.wording == "somebody"
    qtbot.waitUntil(lambda: "Looking for better words…" in said(menu))
    poet.gate.set()
    qtbot.waitUntil(lambda: menu.wording == "a young relative")
    assert "Proposed by the model on this computer." in said(menu)
    assert poet.asked == [("Zoé", Kind.PERSON)]
    menu.close()


def test_a_model_that_knows_nothing_better_is_not_asked(card: ReviewCard, poet: Poet, qtbot: QtBot) -> None:
    poet.offers = False
    menu = opened(card)
    qtbot.wait(50)
    assert menu.wording == "somebody"
    assert poet.asked == []
    menu.close()


def test_a_closed_menu_stops_the_model(card: ReviewCard, poet: Poet, qtbot: QtBot) -> None:
    menu = opened(card)
    qtbot.waitUntil(lambda: poet.asked != [])
    menu.close()
    qtbot.waitUntil(poet.cancelled.is_set)
