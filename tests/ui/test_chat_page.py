"""One conversation on screen, driven by keys: from typing through the review to the answer."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from scripted_session import ScriptedSession

from app.core.errors import Fix
from app.core.events import Failed
from app.core.types import Role, State, Where
from app.privacy.types import Action
from app.ui.buttons import Button
from app.ui.chat_page import ChatPage
from app.ui.exposure_line import ExposureLine
from app.ui.finding_chip import FindingChip
from app.ui.finding_menu import FindingMenu
from app.ui.runner import Runner
from app.ui.talk import Phase, Talk
from app.ui.theme import Theme
from app.ui.turn_footer import StateLine
from app.ui.wishes import OpenLink

ENTER, CONTROL, SHIFT = (
    Qt.Key.Key_Return,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
QUESTION = "Can Zoé take asthma spray to Lyon?"


@pytest.fixture
def session() -> ScriptedSession:
    return ScriptedSession()


@pytest.fixture
def page(session: ScriptedSession, runner: Runner, theme: Theme, qtbot: QtBot) -> ChatPage:
    page = ChatPage(session, runner, theme)  # type: ignore[arg-type]
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    qtbot.waitExposed(page)
    return page


@pytest.fixture
def talk(session: ScriptedSession, runner: Runner, page: ChatPage, qtbot: QtBot) -> Talk:
    talk = Talk(session.new_conversation(), session, runner, page)
    page.show_talk(talk)
    qtbot.waitUntil(lambda: page.welcome.isVisible())
    return talk


def ask(
    page: ChatPage, text: str = QUESTION, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    page.composer.set_text(text)
    QTest.keyClick(page.composer.editor, ENTER, held)


def approve(page: ChatPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.card.is_armed, timeout=8000)
    QTest.keyClick(page.card, ENTER, CONTROL)


def shown(page: ChatPage) -> list[str]:
    count = len(page.transcript.messages)
    return [page.transcript.row_of(index).view.toPlainText() for index in range(count)]


def idle(talk: Talk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not talk.is_busy, timeout=8000)


def test_a_question_is_reviewed_sent_and_answered_with_its_details(
    page: ChatPage, talk: Talk, session: ScriptedSession, qtbot: QtBot
) -> None:
    ask(page)
    approve(page, qtbot)
    idle(talk, qtbot)
    assert session.sent == [session.reviews[-1].body]
    assert "Zoé" not in session.sent[0]
    assert shown(page) == [QUESTION, "Yes, Zoé can take it."]
    assert page.card.isHidden()
    assert page.transcript.messages[1].hidden == 1
    assert page.transcript.messages[1].ledger == 1


def test_the_focus_goes_into_the_card_and_back(page: ChatPage, talk: Talk, qtbot: QtBot) -> None:
    ask(page)
    qtbot.waitUntil(lambda: page.card.hasFocus())
    approve(page, qtbot)
    idle(talk, qtbot)
    assert page.composer.editor.hasFocus()


def test_editing_returns_the_text_and_sends_nothing(
    page: ChatPage, talk: Talk, session: ScriptedSession, qtbot: QtBot
) -> None:
    ask(page)
    qtbot.waitUntil(lambda: page.card.isVisible())
    page.escape()
    idle(talk, qtbot)
    assert page.composer.text == QUESTION
    assert page.composer.editor.hasFocus()
    assert session.sent == []
    qtbot.waitUntil(lambda: page.transcript.messages == [], timeout=5000)
    assert page.findChildren(StateLine) == []
    assert session.messages(talk.conversation.id) == []


def test_editing_keeps_what_was_written_meanwhile(page: ChatPage, talk: Talk, qtbot: QtBot) -> None:
    ask(page)
    page.composer.set_text("and the next thing")
    qtbot.waitUntil(lambda: page.card.isVisible())
    page.escape()
    idle(talk, qtbot)
    assert page.composer.text == f"{QUESTION}\n\nand the next thing"


def test_editing_the_other_answer_leaves_the_first_one_there(
    page: ChatPage, talk: Talk, session: ScriptedSession, qtbot: QtBot
) -> None:
    session.where = Where.LOCAL
    ask(page)
    idle(talk, qtbot)
    page.again(Where.CLOUD)
    qtbot.waitUntil(lambda: page.card.isVisible())
    page.escape()
    idle(talk, qtbot)
    qtbot.waitUntil(lambda: [m.state for m in page.transcript.messages] == [State.COMPLETE] * 2, timeout=5000)


def test_answering_locally_sends_nothing(
    page: ChatPage, talk: Talk, session: ScriptedSession, qtbot: QtBot
) -> None:
    ask(page)
    qtbot.waitUntil(lambda: page.card.isVisible())
    next(b for b in page.card.findChildren(Button) if b.text() == "Answer locally").click()
    idle(talk, qtbot)
    assert session.sent == []
    assert page.transcript.messages[-1].route is not None
    assert page.transcript.messages[-1].route.where is Where.LOCAL


def test_control_shift_enter_answers_locally_this_once(
    page: ChatPage, talk: Talk, session: ScriptedSession, qtbot: QtBot
) -> None:
    ask(page, held=CONTROL | SHIFT)
    idle(talk, qtbot)
    assert session.asked == [(QUESTION, Where.LOCAL)]
    assert session.sent == []


def test_a_detail_that_is_kept_is_reviewed_again(
    page: ChatPage, talk: Talk, session: ScriptedSession, qtbot: QtBot
) -> None:
    ask(page)
    qtbot.waitUntil(lambda: page.card.isVisible())
    chip = next(c for c in page.card.findChildren(FindingChip) if c.value == "Zoé")
    QTest.keyClick(chip, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(session.reviews) == 2)
    assert session.kept == {"Zoé": Action.KEEP}
    approve(page, qtbot)
    idle(talk, qtbot)
    assert "Zoé" in session.sent[0]
    assert session.sent == [session.reviews[1].body]


def test_stop_keeps_what_came(page: ChatPage, talk: Talk, session: ScriptedSession, qtbot: QtBot) -> None:
    session.review, session.gate = False, threading.Event()
    ask(page)
    qtbot.waitUntil(lambda: talk.phase is Phase.STREAMING)
    stop = page.composer.findChild(Button, "stop")
    assert stop.isVisible()
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    assert page.transcript.messages[-1].state is State.STOPPED
    idle(talk, qtbot)
    assert shown(page) == [QUESTION, "Yes,"]
    assert page.transcript.row_of(1).findChild(StateLine).accessibleName() == "Stopped by you"
    assert not stop.isVisible()


def test_stop_in_the_review_ends_the_run(
    page: ChatPage, talk: Talk, session: ScriptedSession, qtbot: QtBot
) -> None:
    ask(page)
    qtbot.waitUntil(lambda: page.card.isVisible())
    talk.stop()
    idle(talk, qtbot)
    assert page.card.isHidden()
    assert session.sent == []


def test_a_failure_is_told_and_tried_again(
    page: ChatPage, talk: Talk, session: ScriptedSession, qtbot: QtBot
) -> None:
    session.failure = Failed("unreachable", "No connection. Local answers only.", Fix.ANSWER_LOCALLY)
    ask(page)
    idle(talk, qtbot)
    line = page.transcript.row_of(1).findChild(StateLine)
    assert line.accessibleName() == "No connection. Local answers only."
    session.failure = None
    line.findChild(Button).click()
    idle(talk, qtbot)
    assert session.asked[-1] == (QUESTION, Where.LOCAL)
    assert [m.role for m in page.transcript.messages] == [Role.USER, Role.ASSISTANT]
    assert shown(page)[-1].startswith("Yes, ")


def test_answering_again_keeps_the_old_answer(
    page: ChatPage, talk: Talk, session: ScriptedSession, qtbot: QtBot
) -> None:
    session.where = Where.LOCAL
    ask(page)
    idle(talk, qtbot)
    page.again()
    idle(talk, qtbot)
    assert [m.role for m in page.transcript.messages] == [Role.USER, Role.ASSISTANT, Role.ASSISTANT]


def test_findings_and_destination_appear_while_typing(page: ChatPage, talk: Talk, qtbot: QtBot) -> None:
    QTest.keyClicks(page.composer.editor, "Zoe and hunter2")
    qtbot.waitUntil(lambda: len(page.composer.editor.extraSelections()) == 1)
    qtbot.waitUntil(lambda: page.composer.hint == "1 detail will be hidden")
    assert page.composer.findChild(Button, "send").text() == "Review ▸ cloud"


def test_a_sensitive_statement_stays_here_and_the_button_says_so(
    page: ChatPage, talk: Talk, qtbot: QtBot
) -> None:
    QTest.keyClicks(page.composer.editor, "Does asthma heal?")
    qtbot.waitUntil(lambda: page.composer.findChild(Button, "send").text() == "Send ▸ local")
    assert page.composer.hint == "Stays on this computer"


def test_a_filter_that_fails_says_so_while_typing(
    page: ChatPage, talk: Talk, session: ScriptedSession, qtbot: QtBot
) -> None:
    session.filter_fails = True
    QTest.keyClicks(page.composer.editor, "x")
    qtbot.waitUntil(lambda: "could not run" in page.composer.hint)


def test_a_draft_waits_in_its_conversation(
    page: ChatPage, talk: Talk, session: ScriptedSession, runner: Runner, qtbot: QtBot
) -> None:
    other = Talk(session.new_conversation(), session, runner, page)
    page.composer.set_text("half a")
    page.show_talk(other)
    assert page.composer.text == ""
    page.show_talk(talk)
    assert page.composer.text == "half a"


def test_another_conversation_goes_on_unseen(
    page: ChatPage, talk: Talk, session: ScriptedSession, runner: Runner, qtbot: QtBot
) -> None:
    session.where, session.gate = Where.LOCAL, threading.Event()
    ask(page)
    qtbot.waitUntil(lambda: talk.phase is Phase.STREAMING)
    other = Talk(session.new_conversation(), session, runner, page)
    page.show_talk(other)
    qtbot.waitUntil(lambda: page.welcome.isVisible())
    assert not page.composer.findChild(Button, "stop").isVisible()
    page.show_talk(talk)
    qtbot.waitUntil(lambda: len(page.transcript.messages) == 2)
    qtbot.waitUntil(lambda: shown(page)[-1] == "Yes,")
    session.gate.set()
    idle(talk, qtbot)
    assert shown(page)[-1] == "Yes, Zoé can take it."


def test_a_review_waits_in_its_conversation(
    page: ChatPage, talk: Talk, session: ScriptedSession, runner: Runner, qtbot: QtBot
) -> None:
    ask(page)
    qtbot.waitUntil(lambda: page.card.isVisible())
    page.show_talk(Talk(session.new_conversation(), session, runner, page))
    assert page.card.isHidden()
    page.show_talk(talk)
    assert page.card.isVisible()
    approve(page, qtbot)
    idle(talk, qtbot)


def test_a_starter_goes_into_the_composer(page: ChatPage, talk: Talk, qtbot: QtBot) -> None:
    button = next(b for b in page.welcome.findChildren(Button) if "trip" in b.text())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "Zoé Lindqvist" in page.composer.text
    assert page.composer.editor.hasFocus()


def test_a_link_is_opened_only_after_its_address_was_shown(page: ChatPage, talk: Talk, qtbot: QtBot) -> None:
    page.transcript.wished.emit(OpenLink("https://a.example/?q=1"))
    assert page.notices.told == ["This link leads to https://a.example/?q=1"]
    copy = next(b for b in page.notices.findChildren(Button) if b.text() == "Copy address")
    copy.click()
    assert QGuiApplication.clipboard().text() == "https://a.example/?q=1"
    assert page.notices.told == []


def test_the_last_answer_is_copied(
    page: ChatPage, talk: Talk, session: ScriptedSession, qtbot: QtBot
) -> None:
    session.where = Where.LOCAL
    ask(page)
    idle(talk, qtbot)
    page.copy_last()
    assert QGuiApplication.clipboard().text() == "Yes, Zoé can take it."


def test_words_are_found_in_the_chat_and_selected(
    page: ChatPage, talk: Talk, session: ScriptedSession, qtbot: QtBot
) -> None:
    session.where = Where.LOCAL
    ask(page)
    idle(talk, qtbot)
    page.finder.open_find()
    field = page.finder.findChild(QLineEdit)
    QTest.keyClicks(field, "take")
    assert page.finder.told == "2 / 2"
    assert page.transcript.row_of(1).view.textCursor().selectedText() == "take"
    QTest.keyClick(field, ENTER)
    assert page.finder.told == "1 / 2"
    assert page.transcript.row_of(0).view.textCursor().selectedText() == "take"
    QTest.keyClicks(field, "xx")
    assert page.finder.told == "Not found"
    page.escape()
    assert page.finder.isHidden()
    assert page.composer.editor.hasFocus()


def test_saying_less_keeps_the_card_and_sends_vaguer_words(
    page: ChatPage, talk: Talk, session: ScriptedSession, qtbot: QtBot
) -> None:
    ask(page, "I am 34 and a nurse in Malmö. Which course should I take?")
    qtbot.waitUntil(lambda: page.card.is_armed, timeout=8000)
    line = page.card.findChild(ExposureLine)
    assert line.isVisible()
    QTest.keyClick(line.vaguer, Qt.Key.Key_Space)
    assert page.card.isVisible(), "it stays while the next review is made"
    assert talk.is_revising
    qtbot.waitUntil(lambda: len(session.reviews) == 2)
    qtbot.waitUntil(lambda: not line.isVisible())
    assert {change for change in session.kept.values()} == {Action.GENERALIZE}
    approve(page, qtbot)
    idle(talk, qtbot)
    assert not any(said in session.sent[0] for said in ("34", "nurse", "Malmö"))


def test_a_way_is_chosen_by_keys_alone_and_the_focus_comes_back_to_the_chip(
    page: ChatPage, talk: Talk, session: ScriptedSession, qtbot: QtBot
) -> None:
    ask(page)
    qtbot.waitUntil(lambda: page.card.hasFocus())
    for _ in range(3):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    chip = page.focusWidget()
    assert isinstance(chip, FindingChip)
    assert chip.value == "Zoé"
    QTest.keyClick(chip, ENTER)
    menu = page.card.findChild(FindingMenu)
    for key in (Qt.Key.Key_Down, ENTER):
        QTest.keyClick(menu.focusWidget(), key)
    qtbot.waitUntil(lambda: session.kept == {"Zoé": Action.STANDIN})
    qtbot.waitUntil(lambda: getattr(page.focusWidget(), "decided", chip.decided).action is Action.STANDIN)
    assert page.focusWidget().text().startswith("Zoé → Nora")
    approve(page, qtbot)
    idle(talk, qtbot)
    assert "Nora" in session.sent[0]


def test_a_long_check_says_how_far_it_is_and_can_be_stopped(
    page: ChatPage, talk: Talk, session: ScriptedSession, qtbot: QtBot
) -> None:
    session.checking, session.gate = ("Checking for private details: 42 %",), threading.Event()
    ask(page, "word " * 60_000)
    said = "Checking for private details: 42 %"
    qtbot.waitUntil(lambda: any(each.text().startswith(said) for each in page.findChildren(QLabel)))
    stop = page.findChild(Button, "stop")
    assert stop.isVisible()
    QTest.keyClick(stop, Qt.Key.Key_Space)
    idle(talk, qtbot)
    assert session.reviews == []
    assert page.composer.editor.isEnabled()


def test_a_draft_that_is_held_back_says_how_far_it_is_and_stops(
    page: ChatPage, talk: Talk, session: ScriptedSession, qtbot: QtBot
) -> None:
    told = "This computer writes a draft, 40 words so far"
    session.checking, session.gate = (told,), threading.Event()
    ask(page)
    qtbot.waitUntil(lambda: any(each.text().startswith(told) for each in page.findChildren(QLabel)))
    QTest.keyClick(page.findChild(Button, "stop"), Qt.Key.Key_Space)
    assert page.transcript.messages[-1].state is State.STOPPED
    assert not any(each.text().startswith(told) and each.isVisible() for each in page.findChildren(QLabel))
    idle(talk, qtbot)
    assert session.sent == []
