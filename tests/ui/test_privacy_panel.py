"""What left this machine."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from stage import BODY, Stage

from app.privacy.ledger import LedgerRow
from app.ui.ledger_row import LedgerEntry, kinds_words, purpose_words, size_words, when_words
from app.ui.payload_view import PayloadView
from app.ui.privacy_panel import PrivacyPanel


def row(id: int, purpose: str = "chat", kinds: dict[str, int] | None = None) -> LedgerRow:
    return LedgerRow(id, time.time() - id, "127.0.0.1:1234", purpose, "big", kinds or {}, 77, "ab" * 32)


@pytest.fixture
def panel(stage: Stage, qtbot: QtBot) -> PrivacyPanel:
    panel = PrivacyPanel(stage.session, stage.runner, stage.theme)
    qtbot.addWidget(panel)
    return panel


def entries(panel: PrivacyPanel) -> list[int]:
    found = [each for each in panel.findChildren(LedgerEntry) if not each.isHidden()]
    return [each.row.id for each in sorted(found, key=lambda each: each.y())]


def head(panel: PrivacyPanel, id: int) -> QPushButton:
    entry = panel.findChild(LedgerEntry, f"entry_{id}")
    return next(b for b in entry.findChildren(QPushButton) if b.isCheckable())


def test_an_empty_ledger_says_its_best_sentence(panel: PrivacyPanel, qtbot: QtBot) -> None:
    panel.show()
    sentence = panel.findChild(QLabel, "nothing_left")
    qtbot.waitUntil(sentence.isVisible)
    assert sentence.text() == "Nothing has left this machine."


def test_what_left_is_listed_newest_first_with_kinds_and_size(
    panel: PrivacyPanel, stage: Stage, qtbot: QtBot
) -> None:
    stage.session.ledger = [row(1, kinds={"PERSON": 2, "EMAIL": 1}), row(2, "test"), row(3, "models")]
    panel.show()
    qtbot.waitUntil(lambda: entries(panel) == [1, 2, 3])
    text = " ".join(label.text() for label in panel.findChildren(QLabel))
    assert "Found in what you wrote: person ×2, e-mail address" in text
    assert "To 127.0.0.1:1234 · big" in text
    assert "Connection test" in head(panel, 2).text()
    assert not panel.findChild(QLabel, "nothing_left").isVisible()


def test_an_entry_unfolds_to_the_exact_bytes_and_their_fingerprint(
    panel: PrivacyPanel, stage: Stage, qtbot: QtBot
) -> None:
    stage.session.ledger, stage.session.bodies = [row(1)], {1: BODY + "\u2028 \xa0"}
    panel.show()
    qtbot.waitUntil(lambda: entries(panel) == [1])
    head(panel, 1).click()
    qtbot.waitUntil(lambda: panel.findChild(PayloadView, "body_1") is not None)
    assert panel.findChild(PayloadView, "body_1").toPlainText() == BODY + "\u2028 \xa0"
    assert "sha256 " + "ab" * 32 in [line.text() for line in panel.findChildren(QLineEdit)]
    copy = next(b for b in panel.findChildren(QPushButton) if b.text() == "Copy")
    copy.click()
    assert QGuiApplication.clipboard().text() == BODY + "\u2028 \xa0"
    head(panel, 1).click()
    assert not panel.findChild(PayloadView, "body_1").isVisible()


def test_a_body_that_is_no_longer_kept_is_said_to_be_gone(
    panel: PrivacyPanel, stage: Stage, qtbot: QtBot
) -> None:
    stage.session.ledger = [row(1)]
    panel.show()
    qtbot.waitUntil(lambda: entries(panel) == [1])
    head(panel, 1).click()
    qtbot.waitUntil(lambda: "no longer kept" in " ".join(x.text() for x in panel.findChildren(QLabel)))


def test_one_entry_is_shown_unfolded_when_the_chat_asks_for_it(
    panel: PrivacyPanel, stage: Stage, qtbot: QtBot
) -> None:
    stage.session.ledger = [row(id) for id in range(1, 120)]
    stage.session.bodies = {99: BODY}
    panel.resize(320, 600)
    panel.show()
    panel.show_entry(99)
    qtbot.waitUntil(lambda: panel.findChild(PayloadView, "body_99") is not None)
    entry = panel.findChild(LedgerEntry, "entry_99")
    qtbot.waitUntil(lambda: not entry.visibleRegion().isEmpty())


def test_more_entries_come_when_they_are_asked_for(panel: PrivacyPanel, stage: Stage, qtbot: QtBot) -> None:
    stage.session.ledger = [row(id) for id in range(60)]
    panel.show()
    qtbot.waitUntil(lambda: len(entries(panel)) == 40)
    more = next(b for b in panel.findChildren(QPushButton) if b.text() == "Show earlier ones")
    more.click()
    qtbot.waitUntil(lambda: len(entries(panel)) == 60)
    assert not more.isVisible()


def test_what_leaves_while_the_panel_is_open_shows_up(
    panel: PrivacyPanel, stage: Stage, qtbot: QtBot
) -> None:
    panel.show()
    sentence = panel.findChild(QLabel, "nothing_left")
    qtbot.waitUntil(sentence.isVisible)
    stage.session.ledger = [row(1)]
    qtbot.waitUntil(lambda: entries(panel) == [1])
    assert not sentence.isVisible()


def test_a_phrase_is_looked_up_in_everything_that_left(
    panel: PrivacyPanel, stage: Stage, qtbot: QtBot
) -> None:
    stage.session.ledger, stage.session.bodies = [row(1), row(2)], {1: "hello moon", 2: "hello sun"}
    panel.show()
    qtbot.waitUntil(lambda: entries(panel) == [1, 2])
    field, told = panel.findChild(QLineEdit, "check_phrase"), panel.findChild(QLabel, "check_told")
    qtbot.keyClicks(field, "moon")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: entries(panel) == [1])
    assert told.text() == "These words left once:"
    field.selectAll()
    qtbot.keyClicks(field, "Lyon")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: told.text() == "No request held these words. On record since today.")
    assert entries(panel) == []
    field.clear()
    qtbot.waitUntil(lambda: entries(panel) == [1, 2])
    assert not told.isVisible()


def test_every_control_of_the_panel_has_a_name_of_its_own(
    panel: PrivacyPanel, stage: Stage, qtbot: QtBot
) -> None:
    stage.session.ledger = [row(1), row(2)]
    stage.session.bodies = {1: BODY, 2: BODY}
    panel.show()
    qtbot.waitUntil(lambda: entries(panel) == [1, 2])
    for id in (1, 2):
        head(panel, id).click()
        qtbot.waitUntil(lambda id=id: panel.findChild(PayloadView, f"body_{id}") is not None)
    names = [
        w.accessibleName() or (w.text() if isinstance(w, QPushButton) else "")
        for w in panel.findChildren(QWidget)
        if isinstance(w, QPushButton | QLineEdit | PayloadView)
    ]
    assert all(names)
    assert len(set(names)) == len(names), names


def test_words_of_a_row() -> None:
    assert purpose_words("models") == "List of models"
    assert purpose_words("download") == "Download"
    assert size_words(12) == "12 bytes"
    assert size_words(1234) == "1.2 kB"
    assert size_words(2_500_000) == "2.5 MB"
    assert kinds_words(row(1, kinds={"NEW": 1, "DATE": 0})) == "new"
    assert "," in when_words(0.0)


def test_a_text_is_erased_here_by_the_second_press(panel: PrivacyPanel, stage: Stage, qtbot: QtBot) -> None:
    stage.session.ledger, stage.session.bodies = [row(1)], {1: BODY}
    panel.show()
    qtbot.waitUntil(lambda: entries(panel) == [1])
    head(panel, 1).click()
    qtbot.waitUntil(lambda: panel.findChild(QPushButton, "erase_entry_1") is not None)
    erase = panel.findChild(QPushButton, "erase_entry_1")
    erase.setFocus()
    qtbot.keyClick(erase, Qt.Key.Key_Space)
    assert erase.text() == "Press again. What was sent stays sent."
    assert stage.session.bodies
    qtbot.keyClick(erase, Qt.Key.Key_Space)
    gone = "The text is no longer kept; counts and date are."
    qtbot.waitUntil(lambda: gone in [label.text() for label in panel.findChildren(QLabel)])
    assert stage.session.bodies == {}
    assert entries(panel) == [1]
