"""Quick-ask: ask, read, review, go."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from stage import Stage

from app.core.approval import AnswerLocally, Approve, Refuse
from app.core.events import Offered
from app.core.feedback import Feedback
from app.core.types import Where
from app.privacy.policy import Level
from app.ui.buttons import Button
from app.ui.notices import Notices
from app.ui.quick_ask import QuickAsk
from app.ui.review_card import ReviewCard
from app.ui.transcript import Transcript
from app.ui.turn_row import TurnRow
from app.ui.wishes import Again, EditQuestion, Judge, OpenLink, OpenMessage, OpenSettings


class Clock:
    """A clock that the test turns."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def quick(stage: Stage, clock: Clock, qtbot: QtBot) -> Iterator[QuickAsk]:
    quick = QuickAsk(stage.session, stage.runner, stage.theme, lambda: Level.GUARDED, clock)
    yield quick
    stage.session.gate.set()
    quick.hide()
    quick.deleteLater()


def button(quick: QuickAsk, name: str) -> QPushButton:
    found = quick.findChild(QAbstractButton, name)
    assert found is not None, name
    return found


def texts(quick: QuickAsk) -> list[str]:
    return [message.text for message in quick.findChild(Transcript).messages]


def ask(qtbot: QtBot, quick: QuickAsk, text: str) -> None:
    quick.field.setText(text)
    qtbot.keyClick(quick.field, Qt.Key.Key_Return)


def ask_and_wait(qtbot: QtBot, quick: QuickAsk, text: str) -> None:
    before = len(texts(quick))
    ask(qtbot, quick, text)
    qtbot.waitUntil(lambda: len(texts(quick)) == before + 2 and button(quick, "quick_send").isVisible())


def leave(quick: QuickAsk) -> None:
    QApplication.sendEvent(quick, QEvent(QEvent.Type.WindowDeactivate))


def approve(qtbot: QtBot, quick: QuickAsk) -> None:
    card = quick.findChild(ReviewCard)
    qtbot.waitUntil(lambda: card.isVisible() and card.is_armed)
    qtbot.keyClick(card, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_it_opens_small_a_third_from_the_top_with_the_caret_in_the_field(
    quick: QuickAsk, qtbot: QtBot
) -> None:
    quick.popup()
    area = (QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()).availableGeometry()
    assert (quick.width(), quick.height()) == (640, 88)
    assert quick.pos() == area.topLeft() + QPoint((area.width() - 640) // 2, area.height() // 3)
    assert quick.focusWidget() is quick.field
    assert quick.field.accessibleName() == "Quick question"
    qtbot.waitUntil(lambda: "Guarded" in button(quick, "quick_level").text())


def test_a_question_is_answered_on_this_computer(quick: QuickAsk, stage: Stage, qtbot: QtBot) -> None:
    quick.popup("tea")
    assert quick.field.text() == "tea"
    ask_and_wait(qtbot, quick, "tea")
    assert stage.session.asked == [("tea", Where.LOCAL, False)]
    assert texts(quick) == ["tea", "An answer about **tea**."]
    assert quick.field.text() == ""
    assert 88 < quick.height() <= 480


def test_a_long_answer_grows_to_480_and_scrolls(quick: QuickAsk, stage: Stage, qtbot: QtBot) -> None:
    quick.popup()
    ask_and_wait(qtbot, quick, "word " * 600)
    qtbot.waitUntil(lambda: quick.findChild(Transcript).verticalScrollBar().maximum() > 0)
    assert quick.height() <= 480


def test_the_clipboard_is_read_only_when_the_person_asks(quick: QuickAsk, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("secret from elsewhere")
    quick.popup()
    shown = [w.text() for w in quick.findChildren(QWidget) if isinstance(w, QLabel | QPushButton | QLineEdit)]
    assert not [text for text in shown if "secret" in text]
    button(quick, "quick_paste").click()
    assert quick.field.text() == "secret from elsewhere"


def test_the_cloud_is_asked_only_after_the_review_in_place(
    quick: QuickAsk, stage: Stage, qtbot: QtBot
) -> None:
    quick.popup()
    ask_and_wait(qtbot, quick, "Zoé again")
    button(quick, "quick_cloud").click()
    card = quick.findChild(ReviewCard)
    qtbot.waitUntil(card.isVisible)
    assert stage.session.verdicts == []
    assert quick.height() <= 480
    leave(quick)
    assert quick.isVisible(), "a review is not lost by looking elsewhere"
    approve(qtbot, quick)
    qtbot.waitUntil(lambda: len(texts(quick)) == 3 and texts(quick)[2] != "")
    assert [type(each) for each in stage.session.verdicts] == [Approve]
    assert stage.session.asked[-1] == ("Zoé again", Where.CLOUD, True)
    assert button(quick, "quick_route").text() == "Cloud"


def test_the_cloud_can_be_asked_while_the_local_answer_is_still_coming(
    quick: QuickAsk, stage: Stage, qtbot: QtBot
) -> None:
    stage.session.gate.clear()
    quick.popup()
    ask(qtbot, quick, "hard one")
    qtbot.waitUntil(button(quick, "quick_cloud").isVisible)
    button(quick, "quick_cloud").click()
    qtbot.waitUntil(quick.findChild(ReviewCard).isVisible)
    stage.session.gate.set()
    approve(qtbot, quick)
    qtbot.waitUntil(button(quick, "quick_send").isVisible)
    assert stage.session.asked[-1] == ("hard one", Where.CLOUD, True)


def test_escape_closes_the_card_then_hides(quick: QuickAsk, stage: Stage, qtbot: QtBot) -> None:
    quick.popup()
    ask_and_wait(qtbot, quick, "Zoé again")
    button(quick, "quick_cloud").click()
    card = quick.findChild(ReviewCard)
    qtbot.waitUntil(card.isVisible)
    qtbot.keyClick(card, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: [type(v) for v in stage.session.verdicts] == [Refuse])
    qtbot.waitUntil(lambda: not card.isVisible() and button(quick, "quick_send").isVisible())
    assert quick.field.text() == "Zoé again", "the question is back"
    assert [each.message.failure for each in quick.findChildren(TurnRow) if each.message.failure] == []
    qtbot.keyClick(quick.field, Qt.Key.Key_Escape)
    assert not quick.isVisible()


def test_the_review_can_be_turned_down_for_a_local_answer(
    quick: QuickAsk, stage: Stage, qtbot: QtBot
) -> None:
    quick.popup()
    ask_and_wait(qtbot, quick, "Zoé again")
    button(quick, "quick_cloud").click()
    card = quick.findChild(ReviewCard)
    qtbot.waitUntil(card.isVisible)
    card.decided.emit(AnswerLocally())
    qtbot.waitUntil(lambda: len(texts(quick)) == 3 and button(quick, "quick_send").isVisible())
    assert button(quick, "quick_route").text() == "Local"


def test_after_a_refusal_the_cloud_is_still_offered_and_the_answer_still_copied(
    quick: QuickAsk, stage: Stage, qtbot: QtBot
) -> None:
    quick.popup()
    ask_and_wait(qtbot, quick, "tea")
    button(quick, "quick_cloud").click()
    card = quick.findChild(ReviewCard)
    qtbot.waitUntil(card.isVisible)
    card.decided.emit(Refuse())
    qtbot.waitUntil(button(quick, "quick_cloud").isVisible)
    qtbot.waitUntil(button(quick, "quick_copy").isEnabled)
    button(quick, "quick_copy").click()
    assert QGuiApplication.clipboard().text() == "An answer about **tea**."


def test_a_link_is_shown_before_it_is_opened(quick: QuickAsk, stage: Stage, qtbot: QtBot) -> None:
    quick.popup()
    ask_and_wait(qtbot, quick, "tea")
    before = quick.height()
    QGuiApplication.clipboard().setText("mine")
    quick.findChild(Transcript).wished.emit(OpenLink("https://example.com/x"))
    notices = quick.findChild(Notices)
    assert notices.told == ["This link leads to https://example.com/x"]
    assert [each.text() for each in notices.findChildren(Button)] == ["Open in the browser", "Copy address"]
    assert QGuiApplication.clipboard().text() == "mine"
    assert quick.height() > before
    notices.clear()
    qtbot.waitUntil(lambda: quick.height() == before)


def test_escape_stops_what_is_being_answered(quick: QuickAsk, stage: Stage, qtbot: QtBot) -> None:
    stage.session.gate.clear()
    quick.popup()
    ask(qtbot, quick, "endless")
    qtbot.waitUntil(lambda: button(quick, "quick_stop").isVisible() and stage.session.asked != [])
    qtbot.keyClick(quick.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(button(quick, "quick_send").isVisible)
    assert quick.isVisible()


def test_it_hides_when_left_empty_or_finished_but_not_while_answering_or_writing(
    quick: QuickAsk, stage: Stage, qtbot: QtBot
) -> None:
    quick.popup()
    leave(quick)
    assert not quick.isVisible(), "empty"
    quick.popup("half a thou")
    leave(quick)
    assert quick.isVisible(), "being written"
    stage.session.gate.clear()
    qtbot.keyClick(quick.field, Qt.Key.Key_Return)
    qtbot.waitUntil(button(quick, "quick_stop").isVisible)
    leave(quick)
    assert quick.isVisible(), "being answered"
    stage.session.gate.set()
    qtbot.waitUntil(button(quick, "quick_send").isVisible)
    leave(quick)
    assert not quick.isVisible(), "finished"


def test_the_same_thread_is_there_for_ten_minutes(
    quick: QuickAsk, stage: Stage, clock: Clock, qtbot: QtBot
) -> None:
    quick.popup()
    ask_and_wait(qtbot, quick, "tea")
    leave(quick)
    clock.now += 599
    quick.popup()
    assert texts(quick)[0] == "tea"
    ask_and_wait(qtbot, quick, "and coffee")
    assert len(stage.session.conversations()) == 1
    leave(quick)
    clock.now += 601
    quick.popup()
    assert texts(quick) == []
    assert quick.height() == 88


def test_a_temporary_thread_is_gone_afterwards(
    quick: QuickAsk, stage: Stage, clock: Clock, qtbot: QtBot
) -> None:
    quick.popup()
    button(quick, "quick_temporary").click()
    ask_and_wait(qtbot, quick, "between us")
    assert not button(quick, "quick_temporary").isEnabled()
    assert "thread begins" in button(quick, "quick_temporary").toolTip()
    assert stage.session.conversations() == []
    assert stage.session.conversation("c1").temporary
    leave(quick)
    clock.now += 601
    quick.popup()
    qtbot.waitUntil(lambda: "c1" not in stage.session.made)


def test_a_level_chosen_here_counts_for_the_thread(quick: QuickAsk, stage: Stage, qtbot: QtBot) -> None:
    quick.popup()
    actions = {a.data(): a for a in button(quick, "quick_level").menu().actions()}
    actions[Level.STRICT].trigger()
    ask_and_wait(qtbot, quick, "tea")
    assert stage.session.conversation("c1").level is Level.STRICT
    actions[Level.LOCAL].trigger()
    qtbot.waitUntil(lambda: stage.session.conversation("c1").level is Level.LOCAL)


def test_the_thread_is_opened_in_the_window(quick: QuickAsk, qtbot: QtBot) -> None:
    quick.popup()
    ask_and_wait(qtbot, quick, "tea")
    with qtbot.waitSignal(quick.opened) as opened:
        qtbot.keyClick(quick.field, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert opened.args == ["c1"]
    assert not quick.isVisible()
    quick.popup()
    assert texts(quick) == [], "it goes on in the window, not here"


def test_the_answer_is_copied(quick: QuickAsk, qtbot: QtBot) -> None:
    quick.popup()
    ask_and_wait(qtbot, quick, "tea")
    qtbot.keyClick(
        quick.field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert QGuiApplication.clipboard().text() == "An answer about **tea**."


def test_wishes_are_fulfilled_here_or_handed_on(quick: QuickAsk, stage: Stage, qtbot: QtBot) -> None:
    quick.popup()
    ask_and_wait(qtbot, quick, "tea")
    transcript = quick.findChild(Transcript)
    transcript.wished.emit(EditQuestion("green tea"))
    assert quick.field.text() == "green tea"
    transcript.wished.emit(Again(Where.LOCAL))
    qtbot.waitUntil(lambda: stage.session.asked[-1] == ("tea", Where.LOCAL, True))
    with qtbot.waitSignal(quick.wished) as wished:
        transcript.wished.emit(OpenSettings("model"))
    assert wished.args == [OpenSettings("model")]
    qtbot.waitUntil(button(quick, "quick_send").isVisible)


def test_closing_only_hides_it(quick: QuickAsk) -> None:
    quick.popup()
    quick.close()
    assert not quick.isVisible()
    quick.toggle()
    assert quick.isVisible()


def test_its_controls_have_names_of_their_own(quick: QuickAsk) -> None:
    quick.popup()
    controls = [
        w
        for w in quick.findChildren(QWidget)
        if isinstance(w, QAbstractButton | QLineEdit) and w.objectName().startswith("quick_")
    ]
    names = [w.accessibleName() or w.text() for w in controls]
    assert len(names) == 10
    assert all(names)
    assert len(set(names)) == len(names)


def test_a_thumb_and_another_way_are_passed_on(quick: QuickAsk, stage: Stage, qtbot: QtBot) -> None:
    quick.popup()
    ask_and_wait(qtbot, quick, "Why is the sky blue?")
    transcript = quick.findChild(Transcript)
    transcript.wished.emit(Judge(7, Feedback.GOOD))
    conversation = next(iter(stage.session.made))
    qtbot.waitUntil(lambda: stage.session.judged == [(conversation, 7, Feedback.GOOD)])
    transcript.wished.emit(Again(mechanism="fusion"))
    qtbot.waitUntil(lambda: stage.session.mechanisms == ["fusion"])
    qtbot.waitUntil(button(quick, "quick_send").isVisible)


def test_an_earlier_answer_is_offered_and_opened_in_the_window(
    quick: QuickAsk, stage: Stage, qtbot: QtBot
) -> None:
    quick.popup()
    ask_and_wait(qtbot, quick, "Why is the sky blue?")
    wishes: list[object] = []
    quick.wished.connect(wishes.append)
    quick._thread.offered.emit(Offered(4, "c9", 0.0, "Why is the sky blue?"))
    notices = quick.findChild(Notices)
    assert notices.told[0].startswith("You asked nearly the same on ")
    show = next(each for each in notices.findChildren(Button) if each.text() == "Show that answer")
    show.click()
    assert wishes == [OpenMessage("c9", 4)]
