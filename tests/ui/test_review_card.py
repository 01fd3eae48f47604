"""The card: what is shown is what would be sent, and nothing is approved by accident."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot
from scripted_session import ScriptedSession

from app.core.approval import AnswerLocally, Approve, Refuse, Review, Revise, ReviseAll, Verdict
from app.privacy.exposure import Trait
from app.privacy.policy import Level
from app.privacy.types import Action, Kind
from app.ui.buttons import Button
from app.ui.exposure_line import ExposureLine
from app.ui.finding_chip import FindingChip
from app.ui.finding_chips import FindingChips
from app.ui.finding_menu import FindingMenu, WayButton
from app.ui.payload_view import PayloadView
from app.ui.review_card import ARMED_AFTER, ReviewCard
from app.ui.theme import Theme

QUESTION = "Can Zoé take 😀 asthma spray? Password hunter2, mail marta.oyelaran@example.com."


def review_of(session: ScriptedSession, text: str = QUESTION, **fields: object) -> Review:
    given: dict[str, object] = {
        "conversation": "c", "provider": "api.example.com", "model": "gpt-large", "original": text,
        "sanitized": session._clean(text), "decided": tuple(session._find(text)),
        "body": session._body(text), "level": Level.GUARDED, "reveals": session.reveals(text),
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
        == "Zoé, person, hidden, 96 percent; press Space to keep it readable, Enter for other ways"
    )
    QTest.keyClick(chip(card, "Zoé"), Qt.Key.Key_Space)
    QTest.keyClick(chip(card, "asthma"), Qt.Key.Key_Space)
    assert verdicts == [Revise("Zoé", Action.KEEP), Revise("asthma", Action.PLACEHOLDER)]


def menu_of(card: ReviewCard, value: str, key: Qt.Key = Qt.Key.Key_Return) -> FindingMenu:
    chip(card, value).setFocus()
    QTest.keyClick(chip(card, value), key)
    return card.findChild(FindingMenu)


def way(menu: FindingMenu, action: Action) -> WayButton:
    return menu.findChild(WayButton, f"way_{action.value}")


def test_one_key_does_not_show_a_password(
    card: ReviewCard, session: ScriptedSession, qtbot: QtBot, verdicts: list[Verdict]
) -> None:
    shown(card, session, qtbot)
    secret = chip(card, "hunter2")
    assert "cut" in secret.accessibleName()
    QTest.keyClick(secret, Qt.Key.Key_Space)
    assert verdicts == []
    menu = menu_of(card, "hunter2")
    assert [each.action for each in menu.findChildren(WayButton)] == [
        Action.BLOCK, Action.PLACEHOLDER, Action.KEEP
    ]  # fmt: skip
    assert way(menu, Action.BLOCK).hasFocus()
    menu.close()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down])
def test_a_chip_opens_all_ways_by_key_with_the_present_one_ticked(
    card: ReviewCard, session: ScriptedSession, qtbot: QtBot, key: Qt.Key
) -> None:
    shown(card, session, qtbot)
    menu = menu_of(card, "Zoé", key)
    assert menu.accessibleName() == "What becomes of Zoé"
    assert [each.accessibleName() for each in menu.findChildren(WayButton)] == [
        "Hide it behind a code, chosen now", "Swap it for another name", "Say it less exactly",
        "Cut it out", "Leave it readable",
    ]  # fmt: skip
    said = [label.text() for label in menu.findChildren(QLabel)]
    assert "Remembered for this detail, here in this conversation." in said
    menu.close()


def test_a_click_opens_all_ways(card: ReviewCard, session: ScriptedSession, qtbot: QtBot) -> None:
    shown(card, session, qtbot)
    QTest.mouseClick(chip(card, "Zoé"), Qt.MouseButton.LeftButton)
    card.findChild(FindingMenu).close()


def test_a_click_on_a_detail_in_the_text_opens_its_ways(
    card: ReviewCard, session: ScriptedSession, qtbot: QtBot
) -> None:
    shown(card, session, qtbot)
    pane = card.findChildren(QTextEdit)[0]
    cursor = pane.textCursor()
    for value, opens in (("asthma", True), ("spray", False)):
        cursor.setPosition(QUESTION.index(value) + 1 + 2)  # the emoji before it is two units wide
        place = pane.cursorRect(cursor).center()
        QTest.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=place)
        menu = card.findChild(FindingMenu)
        assert (menu is not None and menu.value == value) is opens
        if menu is not None:
            menu.close()
            qtbot.waitUntil(lambda: card.findChild(FindingMenu) is None)


@pytest.mark.parametrize(
    ("downs", "change"),
    [
        (1, Revise("Zoé", Action.STANDIN)),
        (2, Revise("Zoé", Action.GENERALIZE, "somebody")),
        (3, Revise("Zoé", Action.GENERALIZE, "somebody")),
        (4, Revise("Zoé", Action.BLOCK)),
        (5, Revise("Zoé", Action.KEEP)),
        (6, Revise("Zoé", Action.PLACEHOLDER)),
    ],
)
def test_the_arrows_and_enter_choose_a_way(
    card: ReviewCard,
    session: ScriptedSession,
    qtbot: QtBot,
    verdicts: list[Verdict],
    downs: int,
    change: Revise,
) -> None:
    shown(card, session, qtbot)
    menu = menu_of(card, "Zoé")
    for _ in range(downs):
        QTest.keyClick(menu.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(menu.focusWidget(), Qt.Key.Key_Return)
    assert verdicts == [change]
    assert menu.isHidden()


def test_escape_leaves_everything_as_it_is(
    card: ReviewCard, session: ScriptedSession, qtbot: QtBot, verdicts: list[Verdict]
) -> None:
    shown(card, session, qtbot)
    menu = menu_of(card, "Zoé")
    QTest.keyClick(menu.focusWidget(), Qt.Key.Key_Escape)
    assert verdicts == []
    assert menu.isHidden()


def test_own_words_stand_in_the_place_of_a_detail_unless_they_hold_it(
    card: ReviewCard, session: ScriptedSession, qtbot: QtBot, verdicts: list[Verdict]
) -> None:
    shown(card, session, qtbot)
    menu = menu_of(card, "asthma")
    line = menu.findChild(QLineEdit, "wording")
    for words in ("my Asthma", "an illness"):
        line.selectAll()
        QTest.keyClicks(line, words)
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert verdicts == [Revise("asthma", Action.GENERALIZE, "an illness")]


def test_better_words_replace_the_rules_but_not_the_persons(
    card: ReviewCard, session: ScriptedSession, qtbot: QtBot
) -> None:
    shown(card, session, qtbot)
    with qtbot.waitSignal(card.wording_wanted) as wanted:
        menu = menu_of(card, "Zoé")
    wish, asking = wanted.args
    assert (wish.text[wish.start : wish.end], wish.kind, asking) == ("Zoé", Kind.PERSON, menu)
    menu.propose("little Zoé")
    assert menu.wording == "somebody"
    menu.propose("a child")
    assert menu.wording == "a child"
    QTest.keyClicks(menu.findChild(QLineEdit, "wording"), " I know")
    menu.propose("a relative")
    assert menu.wording == "a child I know"
    menu.close()


def select(card: ReviewCard, words: str, text: str = QUESTION) -> None:
    """Select by keyboard, as somebody without a mouse does."""
    pane = card.findChildren(QTextEdit)[0]
    pane.setFocus()
    QTest.keyClick(pane, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    for _ in text[: text.index(words)]:
        QTest.keyClick(pane, Qt.Key.Key_Right)
    for _ in words:
        QTest.keyClick(pane, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("asthma spray", "asthma spray"),
        ("sthma spr", "asthma spray"),
        ("take 😀", "take 😀"),
        (" spray", "spray"),
    ],
)
def test_selected_words_are_hidden_too_and_always_whole(
    card: ReviewCard,
    session: ScriptedSession,
    qtbot: QtBot,
    verdicts: list[Verdict],
    words: str,
    whole: str,
) -> None:
    shown(card, session, qtbot)
    button = card.findChild(Button, "hide_too")
    assert not button.isEnabled()
    assert button.text() == "Select words to hide them, too"
    select(card, words)
    assert button.text() == f"Hide “{whole}” too"
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert verdicts == [Revise(whole, Action.PLACEHOLDER)]


def test_what_was_hidden_by_selection_gets_the_focus(
    card: ReviewCard, session: ScriptedSession, qtbot: QtBot
) -> None:
    shown(card, session, qtbot)
    select(card, "spray")
    card.findChild(Button, "hide_too").click()
    session.kept["spray"] = Action.PLACEHOLDER
    card.show_review(review_of(session))
    assert card.focusWidget() is chip(card, "spray")


TELLING = "I am 34 and a nurse in Malmö. Which course should I take?"


def test_three_facts_together_are_told_calmly(
    card: ReviewCard, session: ScriptedSession, qtbot: QtBot, verdicts: list[Verdict]
) -> None:
    shown(card, session, qtbot, text=TELLING)
    line = card.findChild(ExposureLine)
    assert line.isVisible()
    assert line.told == (
        "With this, api.example.com could put together: your age, your job and where you live."
    )
    line.vaguer.setFocus()
    QTest.keyClick(line.vaguer, Qt.Key.Key_Space)
    assert [type(each) for each in verdicts] == [ReviseAll]
    assert [change.value for change in verdicts[0].changes] == ["I am 34", "a nurse", "in Malmö"]
    assert {change.action for change in verdicts[0].changes} == {Action.GENERALIZE}


def test_one_button_sends_and_says_where_it_goes_as_it_is(
    card: ReviewCard, session: ScriptedSession, qtbot: QtBot, verdicts: list[Verdict]
) -> None:
    shown(card, session, qtbot)
    send = card.findChild(Button, "review_send")
    assert send.text() == "Send ▸ cloud"
    card.show_review(review_of(session, TELLING))
    assert send.text() == "Send as it is ▸ cloud"
    assert not send.isEnabled()
    qtbot.waitUntil(lambda: card.is_armed, timeout=ARMED_AFTER * 10)
    send.setFocus()
    QTest.keyClick(send, Qt.Key.Key_Space)
    assert verdicts == [Approve()]


def test_two_facts_and_what_it_knows_already_are_three(
    card: ReviewCard, session: ScriptedSession, qtbot: QtBot
) -> None:
    text = "I am 34 and a nurse."
    shown(card, session, qtbot, text=text)
    assert not card.findChild(ExposureLine).isVisible()
    card.show_review(review_of(session, text, exposed=frozenset({Trait.HEALTH})))
    assert "your age, your health and your job" in card.findChild(ExposureLine).told


def test_what_tells_something_is_underlined_and_named(
    card: ReviewCard, session: ScriptedSession, qtbot: QtBot
) -> None:
    shown(card, session, qtbot, text=TELLING)
    cursor = card.findChildren(QTextEdit)[0].textCursor()
    cursor.setPosition(TELLING.index("nurse") + 2)
    look = cursor.charFormat()
    assert look.underlineStyle() == QTextCharFormat.UnderlineStyle.DotLine
    assert look.toolTip() == "Tells your job"
    cursor.setPosition(TELLING.index("Which") + 2)
    assert not cursor.charFormat().toolTip()


def test_tab_goes_through_the_card_as_one_reads(
    card: ReviewCard, session: ScriptedSession, qtbot: QtBot
) -> None:
    shown(card, session, qtbot, text=f"Zoé: {TELLING}")
    qtbot.waitUntil(lambda: card.is_armed, timeout=ARMED_AFTER * 10)
    names: list[str] = []
    for _ in range(8):
        QTest.keyClick(card.focusWidget() or card, Qt.Key.Key_Tab)
        at = card.focusWidget()
        names.append(at.accessibleName() or at.text())
    assert names == [
        "Your words", "What would be sent", chip(card, "Zoé").accessibleName(), "Say it less exactly",
        "Show whole request", "Edit", "Answer locally", "Send as it is ▸ cloud",
    ]  # fmt: skip


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


def test_what_is_out_of_date_cannot_be_sent(
    card: ReviewCard, session: ScriptedSession, qtbot: QtBot, verdicts: list[Verdict]
) -> None:
    shown(card, session, qtbot)
    qtbot.waitUntil(lambda: card.is_armed, timeout=ARMED_AFTER * 10)
    QTest.keyClick(chip(card, "Zoé"), Qt.Key.Key_Space)
    assert not card.is_armed
    QTest.keyClick(card, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert verdicts == [Revise("Zoé", Action.KEEP)]


def lit(pane: QTextEdit) -> list[str]:
    return [each.cursor.selectedText() for each in pane.extraSelections()]


def test_the_place_of_a_chip_in_focus_is_lit_in_both_texts_and_scrolled_to(
    card: ReviewCard, session: ScriptedSession, qtbot: QtBot
) -> None:
    text = "😀 " + "a word, " * 400 + "asks Zoé; Zoé asks."
    shown(card, session, qtbot, text=text)
    card.activateWindow()
    qtbot.waitUntil(card.isActiveWindow)
    before, after = card.findChildren(QTextEdit)
    assert lit(before) == lit(after) == []
    chip(card, "Zoé").setFocus()
    assert lit(before) == ["Zoé", "Zoé"]
    assert lit(after) == [session._clean("Zoé")] * 2
    for pane in (before, after):
        assert pane.verticalScrollBar().value() > 0
        assert pane.viewport().rect().contains(pane.cursorRect(pane.extraSelections()[0].cursor))
    card.setFocus()
    assert lit(before) == lit(after) == []


def test_many_chips_scroll_below_the_texts(card: ReviewCard, session: ScriptedSession, qtbot: QtBot) -> None:
    card.resize(760, 700)
    text = " ".join(f"somebody{n}@example.com" for n in range(24))
    session.kept.update(dict.fromkeys(text.split(), Action.KEEP))
    shown(card, session, qtbot, text=text)
    chips = card.findChild(FindingChips)
    assert chips.verticalScrollBar().maximum() > 0
    last = chips.chips[-1]
    assert chips.focus(last.value)
    assert chips.viewport().rect().contains(last.geometry().translated(chips.content.pos()))
    assert panes(card)[0] == text
    assert card.findChildren(QTextEdit)[0].visibleRegion().boundingRect().height() > 40


def test_a_card_knows_its_room_as_soon_as_it_is_shown(
    theme: Theme, session: ScriptedSession, qtbot: QtBot
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    card = ReviewCard(theme)
    card.setParent(parent)
    parent.resize(1100, 700)
    card.hide()
    parent.show()
    card.setGeometry(0, 0, 600, 600)
    shown(card, session, qtbot)
    before, after = card.findChildren(QTextEdit)
    qtbot.waitUntil(lambda: before.mapTo(card, QPoint()).x() < after.mapTo(card, QPoint()).x())
