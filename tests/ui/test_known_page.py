"""What each provider was told about the person over time."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from stage import Stage

from app.privacy.exposure import Known, Trait
from app.ui.known_page import KnownCard
from app.ui.privacy_panel import PrivacyPanel

DAY = 86_400


@pytest.fixture
def panel(stage: Stage, qtbot: QtBot) -> PrivacyPanel:
    panel = PrivacyPanel(stage.session, stage.runner, stage.theme)
    qtbot.addWidget(panel)
    panel.resize(320, 600)
    panel.show()
    tab = panel.findChild(QPushButton, "tab_known")
    tab.setFocus()
    QTest.keyClick(tab, Qt.Key.Key_Space)
    return panel


def said(panel: PrivacyPanel) -> list[str]:
    cards = [each for each in panel.findChildren(KnownCard) if not each.isHidden()]
    return [label.text() for card in cards for label in card.findChildren(QLabel)]


def test_nobody_was_told_anything(panel: PrivacyPanel, qtbot: QtBot) -> None:
    empty = panel.findChild(QLabel, "nothing_known")
    qtbot.waitUntil(empty.isVisible)
    assert empty.text() == "No facts about you are noted here."


def test_each_provider_has_a_card_with_facts_counts_and_days(
    panel: PrivacyPanel, stage: Stage, qtbot: QtBot
) -> None:
    now = time.time()
    stage.session.known = {
        "api.example.com": {
            Trait.AGE: Known(now - 9 * DAY, now - 8 * DAY, 2),
            Trait.JOB: Known(now - DAY, now - DAY, 1),
        },
        "127.0.0.1:8000": {Trait.HEALTH: Known(now, now, 1)},
    }
    qtbot.waitUntil(lambda: len(said(panel)) > 5, timeout=10_000)
    words = said(panel)
    assert words[0] == "api.example.com"
    assert words.index("Your job") < words.index("Your age") < words.index("127.0.0.1:8000")
    told = {fact: words[words.index(fact) + 1] for fact in ("Your job", "Your age", "Your health")}
    assert told["Your job"].startswith("Once, ")
    assert " – " not in told["Your job"]
    assert told["Your age"].startswith("2 times, ")
    assert " – " in told["Your age"]
    assert told["Your health"] == "Once, today"
    assert not any("enough to tell who you are" in each for each in words)
    assert not panel.findChild(QLabel, "nothing_known").isVisible()


def test_three_facts_are_said_to_belong_together(panel: PrivacyPanel, stage: Stage, qtbot: QtBot) -> None:
    stage.session.known = {"host": {trait: Known(1, 1, 1) for trait in (Trait.AGE, Trait.JOB, Trait.PLACE)}}
    qtbot.waitUntil(lambda: any("enough to tell who you are" in each for each in said(panel)), timeout=10_000)


def test_erasing_takes_two_presses_and_says_what_it_cannot_do(
    panel: PrivacyPanel, stage: Stage, qtbot: QtBot
) -> None:
    stage.session.known = {"host": {Trait.AGE: Known(1, 1, 1)}}
    qtbot.waitUntil(lambda: panel.findChild(QWidget, "erase_host") is not None, timeout=10_000)
    erase = panel.findChild(QPushButton, "erase_host")
    erase.setFocus()
    QTest.keyClick(erase, Qt.Key.Key_Space)
    assert erase.text() == "Press again. What was sent stays sent."
    assert stage.session.known
    QTest.keyClick(erase, Qt.Key.Key_Space)
    qtbot.waitUntil(panel.findChild(QLabel, "nothing_known").isVisible, timeout=10_000)
    assert stage.session.known == {}


def test_an_answer_shows_its_request_again(panel: PrivacyPanel, qtbot: QtBot) -> None:
    assert panel.findChild(QPushButton, "tab_known").isChecked()
    panel.show_entry(1)
    assert panel.findChild(QPushButton, "tab_requests").isChecked()
