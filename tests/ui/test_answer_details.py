"""What stands behind an answer: the badge, the thumbs, and the panel that says why."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.core.feedback import Feedback
from app.core.types import (
    Account,
    Agreement,
    Comparison,
    Difference,
    Origin,
    Piece,
    Role,
    Route,
    Source,
    State,
    Step,
    StoredMessage,
    Usage,
    Used,
    Where,
)
from app.ui.answer_details import AnswerDetails, badge
from app.ui.buttons import IconButton
from app.ui.theme import Theme
from app.ui.transcript import Transcript
from app.ui.turn_row import TurnRow
from app.ui.wishes import Again, Judge, Wish

LONG = "The rent may be lowered " * 40


def compared(*differences: Difference) -> Comparison:
    return Comparison(Agreement.DIFFER if differences else Agreement.AGREE, differences)


def answer(account: Account, number: int = 2, text: str = "Ask the landlord.") -> StoredMessage:
    return StoredMessage(
        number, "c", Role.ASSISTANT, text, time.time(), State.COMPLETE,
        pieces=(Piece(text, Origin.CLOUD),), model="big", hidden=1, ledger=5, account=account,
        route=Route(Where.CLOUD, "fusion", ("Both models were asked.",)),
    )  # fmt: skip


HEADINGS = ("Where the two models differ", "Passages that were read for it", "From your memory")

WHOLE = Account(
    steps=(
        Step("draft", Where.LOCAL, 1234, Usage(80, 140)),
        Step("answer", Where.CLOUD, 3120, Usage(320, 410), 1432, 0.0021),
    ),
    used=(
        Used(Source.FACT, "I live in Malmö.", 3),
        Used(Source.EXAMPLE, "How do I split a bill?", 2),
        Used(Source.PASSAGE, "§ 12 on defects", 4, left=True),
    ),
    comparison=compared(Difference("number", "It is 20 %.", "It is 30 %."), Difference("only", "", LONG)),
)


@pytest.fixture
def transcript(theme: Theme, qtbot: QtBot) -> Transcript:
    transcript = Transcript(theme)
    qtbot.addWidget(transcript)
    transcript.resize(700, 500)
    transcript.show()
    qtbot.waitExposed(transcript)
    return transcript


def show(transcript: Transcript, account: Account) -> list[Wish]:
    wishes: list[Wish] = []
    transcript.wished.connect(wishes.append)
    transcript.show_messages([StoredMessage(1, "c", Role.USER, "What can I do?", 0), answer(account)])
    return wishes


def named(parent: QWidget, name: str) -> QAbstractButton:
    found = [b for b in parent.findChildren(QAbstractButton) if b.accessibleName() == name and b.isVisible()]
    assert len(found) == 1, name
    return found[0]


def said(panel: QWidget) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel)]


def press(button: QAbstractButton) -> None:
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


@pytest.mark.parametrize(
    ("comparison", "told"),
    [
        (compared(), "both models agree"),
        (compared(Difference("number", "1", "2")), "they differ here"),
        (compared(*[Difference("number", "1", "2")] * 3), "they differ in 3 places"),
        (Comparison(Agreement.UNSURE), ""),
    ],
)
def test_the_badge_says_what_the_comparison_says(
    transcript: Transcript, comparison: Comparison, told: str
) -> None:
    assert badge(comparison) == told
    show(transcript, Account(comparison=comparison))
    badges = transcript.findChildren(QPushButton, "badge")
    assert [each.text() for each in badges] == ([told] if told else [])
    assert [each.accessibleName() for each in badges] == ([f"{told}; show how"] if told else [])


def test_the_panel_opens_with_a_key_and_the_row_grows_and_shrinks(
    transcript: Transcript, qtbot: QtBot
) -> None:
    show(transcript, WHOLE)
    row = max(transcript.findChildren(TurnRow), key=lambda each: each.y())
    before = row.height()
    why = named(transcript, "Answered by cloud; show why")
    press(why)
    panel = transcript.findChild(AnswerDetails)
    qtbot.waitUntil(lambda: row.height() > before + 100)
    assert panel.isVisible()
    assert row.rect().contains(panel.geometry().bottomRight() - panel.geometry().topLeft())
    press(why)
    qtbot.waitUntil(lambda: row.height() == before)
    assert panel.isHidden()


def test_the_panel_tells_differences_reasons_memory_and_work(transcript: Transcript) -> None:
    show(transcript, WHOLE)
    press(named(transcript, "they differ in 2 places; show how"))
    words = said(transcript.findChild(AnswerDetails))
    headings = [each for each in words if each in (*HEADINGS, "Why", "What it took")]
    assert headings == [HEADINGS[0], "Why", *HEADINGS[1:], "What it took"]
    for told in (
        "It is 20 %.", "It is 30 %.", "says nothing about it", "Both models were asked.",
        "I live in Malmö. (stayed on this computer)",
        "An earlier question of this kind: How do I split a bill? (stayed on this computer)", "§ 12 on defects (was sent, sanitized)",
        "Draft", "1.2 s", "730 tokens", "1.4 kB sent", "about 0.0021",
    ):  # fmt: skip
        assert told in words, told
    assert not any(len(each) > 200 for each in words), "a long passage is cut"


@pytest.mark.parametrize(
    ("used", "words"),
    [
        ((Used(Source.FACT, "I live in Malmö."),), "memory used: 1"),
        ((Used(Source.PASSAGE, "a"),), "1 passage used"),
        ((Used(Source.PASSAGE, "a"), Used(Source.PASSAGE, "b")), "2 passages used"),
        ((Used(Source.PASSAGE, "a"), Used(Source.EXAMPLE, "b")), "1 passage used, memory used: 1"),
    ],
)
def test_what_was_used_is_said_under_the_answer_and_opens(
    transcript: Transcript, used: tuple[Used, ...], words: str
) -> None:
    show(transcript, Account(used=used))
    press(named(transcript, f"{words}; show which"))
    assert used[0].text in " ".join(said(transcript.findChild(AnswerDetails)))


def test_a_passage_says_where_it_stands(transcript: Transcript) -> None:
    long = f"lease.pdf, page 3: {'The rent is due on the third. ' * 30}"
    show(transcript, Account(used=(Used(Source.PASSAGE, long, 1, left=False),)))
    press(named(transcript, "1 passage used; show which"))
    words = said(transcript.findChild(AnswerDetails))
    (shown,) = [each for each in words if each.startswith("lease.pdf, page 3: ")]
    assert shown.endswith("… (stayed on this computer)")
    assert len(shown) < 450


def test_badge_and_chip_open_the_same_panel(transcript: Transcript) -> None:
    show(transcript, WHOLE)
    press(named(transcript, "they differ in 2 places; show how"))
    press(named(transcript, "Answered by cloud; show why"))
    assert len(transcript.findChildren(AnswerDetails)) == 1
    assert transcript.findChild(AnswerDetails).isHidden()


@pytest.mark.parametrize("width", [320, 480, 1100])
@pytest.mark.parametrize("zoom", [80, 200])
def test_nothing_of_the_panel_is_cut_off(
    transcript: Transcript, theme: Theme, qtbot: QtBot, width: int, zoom: int
) -> None:
    theme.set_look("light", zoom)
    try:
        transcript.resize(width, 500)
        show(transcript, WHOLE)
        press(transcript.findChild(QPushButton, "route_chip"))
        panel = transcript.findChild(AnswerDetails)
        qtbot.waitUntil(lambda: panel.isVisible() and panel.height() > 60)
        for label in panel.findChildren(QLabel):
            if label.wordWrap():
                assert label.height() >= label.heightForWidth(label.width()) - 1, label.text()
    finally:
        theme.set_look("light", 100)


def test_a_thumb_says_how_the_answer_was_and_shows_that_it_was_heard(transcript: Transcript) -> None:
    wishes = show(transcript, Account())
    good, bad = named(transcript, "A good answer"), named(transcript, "Not a good answer")
    press(good)
    press(bad)
    assert wishes == [Judge(2, Feedback.GOOD), Judge(2, Feedback.BAD)]
    assert isinstance(bad, IconButton)
    assert bad.isCheckable()
    assert bad.isChecked()
    assert not good.isChecked()


def test_copying_is_a_judgement_too(transcript: Transcript) -> None:
    wishes = show(transcript, Account())
    press(named(transcript, "Copy this answer"))
    assert wishes == [Judge(2, Feedback.COPIED)]


def test_an_answer_that_is_not_stored_has_no_thumbs(transcript: Transcript) -> None:
    transcript.show_messages([answer(Account(), number=-1)])
    names = {each.accessibleName() for each in transcript.findChildren(IconButton)}
    assert "Copy this answer" in names
    assert "A good answer" not in names


def test_answer_again_offers_the_ways_by_name(transcript: Transcript) -> None:
    wishes = show(transcript, Account())
    again = named(transcript, "Answer again")
    assert isinstance(again, IconButton)
    actions = {action.text(): action for action in again.menu().actions()}
    actions["Ask both and compare"].trigger()
    actions["Ask the cloud"].trigger()
    assert wishes == [Again(mechanism="fusion"), Again(Where.CLOUD)]


def test_right_to_left_mirrors_the_line_under_an_answer(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    show(transcript, WHOLE)
    QApplication.processEvents()
    chip = transcript.findChild(QPushButton, "route_chip")
    copy = named(transcript, "Copy this answer")

    def x_of(widget: QWidget) -> int:
        return widget.mapTo(transcript, widget.rect().center()).x()

    assert x_of(copy) < x_of(chip)


def test_names_in_the_line_are_unique(transcript: Transcript) -> None:
    show(transcript, WHOLE)
    names = [
        each.accessibleName() or each.text()
        for each in transcript.findChildren(QAbstractButton)
        if each.isVisible() and each.focusPolicy() is not Qt.FocusPolicy.NoFocus
    ]
    assert all(names)
    assert len(names) == len(set(names))
