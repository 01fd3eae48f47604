"""The card: what is shown is what would be sent, and nothing is approved by accident."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit
from pytestqt.qtbot import QtBot
from scripted_session import ScriptedSession

from app.core.approval import AnswerLocally, Approve, Refuse, Review, Revise, Verdict
from app.privacy.policy import Level
from app.privacy.types import Action
from app.ui.buttons import Button
from app.ui.finding_chip import FindingChip
from app.ui.payload_view import PayloadView
from app.ui.review_card import ARMED_AFTER, ReviewCard
from app.ui.theme import Theme

QUESTION = "Can Zoé take 😀 asthma spray? Password hunter2, mail marta.oyelaran@example.com."


def review_of(session: ScriptedSession, text: str = QUESTION, **fields: object) -> Review:
    given: dict[str, object] = {
        "conversation": "c", "provider": "api.example.com", "model": "gpt-large", "original": text,
        "sanitized": session._clean(text), "decided": tuple(session._find(text)),
        "body": session._body(text), "level": Level.GUARDED,
    }  # fmt: skip
    return Review(**(given | fields))  # type: ignore[arg-type]


@pytest.fixture
def session() -> ScriptedSession:
    return ScriptedSession()


@pytest.fixture
def card(theme: Theme, qtbot: QtBot) -> ReviewCard:
    card = ReviewCard(theme)
    qtbot.addWidget(card)
    card.resize(760, 400)
    return card


@pytest.fixture
def verdicts(card: ReviewCard) -> list[Verdict]:
    verdicts: list[Verdict] = []
    card.decided.connect(verdicts.append)
    return verdicts


def shown(card: ReviewCard, session: ScriptedSession, qtbot: QtBot, **fields: object) -> ReviewCard:
    card.show_review(review_of(session, **fields))  # type: ignore[arg-type]
    qtbot.waitExposed(card)
    return card


def panes(card: ReviewCard) -> list[str]:
    return [pane.toPlainText() for pane in card.findChildren(QTextEdit)]


def test_it_shows_the_original_and_exactly_what_would_be_sent(
    card: ReviewCard, session: ScriptedSession, qtbot: QtBot
) -> None:
    shown(card, session, qtbot)
    assert panes(card) == [QUESTION, session._clean(QUESTION)]


def test_it_says_how_much_where_and_to_whom(card: ReviewCard, session: ScriptedSession, qtbot: QtBot) -> None:
    shown(card, session, qtbot)
    size = len(session._body(QUESTION).encode())
    assert card.title == "Review: 3 details hidden, 1 unsure"
    assert card.facts == f"gpt-large · api.example.com · {size} bytes"


@pytest.mark.parametrize(
    "text", ["plain", "no\u00a0break", "line\u2028and\u2029para", "tab\tand 😀", "a" * 3000]
)
def test_the_whole_request_is_shown_byte_for_byte(
    card: ReviewCard, session: ScriptedSession, qtbot: QtBot, text: str
) -> None:
    body = session._body(text)
    shown(card, session, qtbot, text=text, body=body)
    view = card.findChild(PayloadView, "payload_view")
    assert view.isHidden()
    next(b for b in card.findChildren(Button) if b.text() == "Show whole request").click()
    assert view.isVisible()
    assert view.toPlainText() == body
    view.selectAll()
    view.copy()
    assert QGuiApplication.clipboard().text() == body


def test_send_does_nothing_in_the_first_moment(
    card: ReviewCard, session: ScriptedSession, qtbot: QtBot, verdicts: list[Verdict]
) -> None:
    shown(card, session, qtbot)
    QTest.keyClick(card, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert verdicts == []
    qtbot.waitUntil(lambda: card.is_armed, timeout=ARMED_AFTER * 10)
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert verdicts == []
    QTest.keyClick(card, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert verdicts == [Approve()]


@pytest.mark.parametrize(
    ("words", "verdict"),
    [("Edit", Refuse()), ("Answer locally", AnswerLocally()), ("Send ▸ cloud", Approve())],
)
def test_each_button_gives_its_verdict(
    card: ReviewCard,
    session: ScriptedSession,
    qtbot: QtBot,
    verdicts: list[Verdict],
    words: str,
    verdict: Verdict,
) -> None:
    shown(card, session, qtbot)
    qtbot.waitUntil(lambda: card.is_armed, timeout=ARMED_AFTER * 10)
    button = next(b for b in card.findChildren(Button) if b.text() == words)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert verdicts == [verdict]


def test_escape_returns_the_text(
    card: ReviewCard, session: ScriptedSession, qtbot: QtBot, verdicts: list[Verdict]
) -> None:
    shown(card, session, qtbot)
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert verdicts == [Refuse()]


def chip(card: ReviewCard, value: str) -> FindingChip:
    return next(c for c in card.findChildren(FindingChip) if c.value == value and not c.isHidden())


def test_space_on_a_chip_turns_it_round(
    card: ReviewCard, session: ScriptedSession, qtbot: QtBot, verdicts: list[Verdict]
) -> None:
    shown(card, session, qtbot)
    assert (
        chip(card, "Zoé").accessibleName()
        == "Zoé, person, hidden, 96 percent; press Space to keep it readable"
    )
    QTest.keyClick(chip(card, "Zoé"), Qt.Key.Key_Space)
    QTest.keyClick(chip(card, "asthma"), Qt.Key.Key_Space)
    assert verdicts == [Revise("Zoé", Action.KEEP), Revise("asthma", Action.PLACEHOLDER)]


def test_a_secret_stays_cut(
    card: ReviewCard, session: ScriptedSession, qtbot: QtBot, verdicts: list[Verdict]
) -> None:
    shown(card, session, qtbot)
    assert not chip(card, "hunter2").isEnabled()
    assert "always cut" in chip(card, "hunter2").accessibleName()


def test_a_revised_review_keeps_the_focus_and_is_armed_anew(
    card: ReviewCard, session: ScriptedSession, qtbot: QtBot
) -> None:
    shown(card, session, qtbot)
    qtbot.waitUntil(lambda: card.is_armed, timeout=ARMED_AFTER * 10)
    chip(card, "Zoé").setFocus()
    session.kept["Zoé"] = Action.KEEP
    card.show_review(review_of(session))
    assert not card.is_armed
    assert card.focusWidget() is chip(card, "Zoé")
    assert "readable" in chip(card, "Zoé").accessibleName()


def test_a_value_found_twice_is_one_chip(card: ReviewCard, session: ScriptedSession, qtbot: QtBot) -> None:
    text = "Zoé and Zoé"
    shown(card, session, qtbot, text=text)
    assert [c.value for c in card.findChildren(FindingChip)] == ["Zoé"]


def test_earlier_turns_that_change_are_told(card: ReviewCard, session: ScriptedSession, qtbot: QtBot) -> None:
    shown(card, session, qtbot, rewritten=2)
    assert "Earlier messages" in card.warning


def test_closing_forgets_the_request(
    card: ReviewCard, session: ScriptedSession, qtbot: QtBot, verdicts: list[Verdict]
) -> None:
    shown(card, session, qtbot)
    card.close_review()
    assert card.isHidden()
    assert card.findChild(PayloadView).toPlainText() == ""
    assert not card.is_armed
