"""What it knows: inbox, facts, style, lessons, and how each of them is forgotten."""

from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from stage import Stage

from app.core.cancel import Cancel
from app.core.store.examples import NewExample
from app.core.store.facts import FactState
from app.ui.settings.fact_row import FactRow
from app.ui.settings.panel import SettingsPanel
from app.ui.theme import Theme

W = TypeVar("W", bound=QWidget)


@pytest.fixture
def panel(stage: Stage, qtbot: QtBot) -> SettingsPanel:
    stage.parts.start()
    panel = SettingsPanel(stage.tools)
    qtbot.addWidget(panel)
    panel.resize(800, 900)
    return panel


def opened(panel: SettingsPanel, qtbot: QtBot) -> QWidget:
    panel.open_at("memory")
    page = panel.page("memory")
    qtbot.waitUntil(lambda: bool(child(page, QLabel, "lessons_say").text()))
    return page


def child(parent: QWidget, kind: type[W], name: str) -> W:
    found = parent.findChild(kind, name)
    assert found is not None, name
    return found


def shown(parent: QWidget, name: str) -> list[QAbstractButton]:
    buttons = parent.findChildren(QAbstractButton)
    return [each for each in buttons if each.accessibleName() == name and each.isVisible()]


def press(qtbot: QtBot, parent: QWidget, name: str) -> None:
    qtbot.waitUntil(lambda: len(shown(parent, name)) == 1)
    button = shown(parent, name)[0]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)


def facts(page: QWidget) -> list[str]:
    return [row.fact.text for row in page.findChildren(FactRow) if row.isVisible()]


def test_nothing_is_known_and_each_part_says_so(panel: SettingsPanel, qtbot: QtBot) -> None:
    page = opened(panel, qtbot)
    assert child(page, QLabel, "no_fact").text() == "I remember nothing about you."
    assert child(page, QLabel, "lessons_say").text().startswith("Nothing yet.")
    assert not child(page, QWidget, "knows_inbox").isVisible()
    assert not child(page, QLabel, "style_sentence").isVisible()
    for name in ("forget_facts", "forget_style", "forget_lessons", "knows_search"):
        assert not child(page, QWidget, name).isVisible(), name


def test_a_fact_of_the_inbox_is_kept_or_turned_down(panel: SettingsPanel, stage: Stage, qtbot: QtBot) -> None:
    for text in ("I play the cello.", "My sister is called Ylva."):
        stage.parts.noted.add(text, FactState.INBOX)
    page = opened(panel, qtbot)
    inbox = child(page, QWidget, "knows_inbox")
    qtbot.waitUntil(inbox.isVisible)
    press(qtbot, page, "Keep “I play the cello.”")
    qtbot.waitUntil(lambda: not shown(page, "Keep “I play the cello.”"))
    assert [each.text for each in stage.parts.noted.list(FactState.KEPT)] == ["I play the cello."]
    assert child(page, QLabel, "knows_told").text() == "It is used from now on."
    press(qtbot, page, "“My sister is called Ylva.” is not true")
    qtbot.waitUntil(inbox.isHidden)
    assert [each.text for each in stage.parts.noted.list(FactState.DISMISSED)] == [
        "My sister is called Ylva."
    ]
    assert facts(page) == ["I play the cello."]


def test_the_focus_goes_on_to_the_next_fact(panel: SettingsPanel, stage: Stage, qtbot: QtBot) -> None:
    for text in ("First fact.", "Second fact.", "Third fact."):
        stage.parts.noted.add(text, FactState.INBOX)
    page = opened(panel, qtbot)
    press(qtbot, page, "Keep “Second fact.”")
    qtbot.waitUntil(lambda: not shown(page, "Keep “Second fact.”"))
    focused = panel.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Keep “First fact.”"


def test_a_fact_is_corrected_in_place_and_esc_leaves_it(
    panel: SettingsPanel, stage: Stage, qtbot: QtBot
) -> None:
    stage.parts.facts.add("I live in Malmo.")
    page = opened(panel, qtbot)
    press(qtbot, page, "Correct “I live in Malmo.”")
    field = next(
        each for each in page.findChildren(QLineEdit) if each.accessibleName() == "Correct: I live in Malmo."
    )
    qtbot.keyClicks(field, "I live in Oslo.")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert panel.isVisible()
    assert field.isHidden()
    press(qtbot, page, "Correct “I live in Malmo.”")
    assert field.text() == "I live in Malmo."
    qtbot.keyClicks(field, "I live in Lund.")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: facts(page) == ["I live in Lund."])
    assert [each.text for each in stage.parts.facts.kept()] == ["I live in Lund."]


def test_a_fact_is_told_and_one_that_is_too_long_is_refused(
    panel: SettingsPanel, stage: Stage, qtbot: QtBot
) -> None:
    page = opened(panel, qtbot)
    field = child(page, QLineEdit, "knows_add")
    field.setText("I am a vegetarian.")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: facts(page) == ["I am a vegetarian."])
    field.setText("x" * 501)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "500 characters" in child(page, QLabel, "knows_told").text())
    assert len(stage.parts.facts.kept()) == 1


def test_many_facts_are_searched_and_a_search_without_a_hit_says_so(
    panel: SettingsPanel, stage: Stage, qtbot: QtBot
) -> None:
    for number in range(50):
        stage.parts.noted.add(f"I own book {number}.", FactState.KEPT)
    page = opened(panel, qtbot)
    search = child(page, QLineEdit, "knows_search")
    qtbot.waitUntil(search.isVisible)
    qtbot.waitUntil(lambda: len(facts(page)) == 40)
    search.setText("BOOK 49")
    qtbot.waitUntil(lambda: facts(page) == ["I own book 49."])
    search.setText("bicycle")
    qtbot.waitUntil(lambda: facts(page) == [])
    assert child(page, QLabel, "no_fact").text() == "No fact has “bicycle” in it."


def test_all_facts_are_forgotten_after_a_second_press(
    panel: SettingsPanel, stage: Stage, qtbot: QtBot
) -> None:
    stage.parts.facts.add("I play the cello.")
    stage.parts.noted.add("I sing.", FactState.INBOX)
    page = opened(panel, qtbot)
    press(qtbot, page, "Forget every fact about you")
    assert stage.parts.facts.kept()
    press(qtbot, page, "Press again to forget every fact")
    qtbot.waitUntil(lambda: child(page, QLabel, "no_fact").text() == "I remember nothing about you.")
    assert not stage.parts.facts.kept()
    assert not stage.parts.facts.inbox()


def test_the_style_is_one_sentence_and_forgotten(panel: SettingsPanel, stage: Stage, qtbot: QtBot) -> None:
    for _ in range(3):
        stage.parts.style.learn("Hi Tomas,\nthe parcel came today.\nCheers,\nIda")
    page = opened(panel, qtbot)
    sentence = child(page, QLabel, "style_sentence")
    qtbot.waitUntil(sentence.isVisible)
    assert "egin letters with 'Hi'" in sentence.text()
    press(qtbot, page, "Forget how you write")
    press(qtbot, page, "Press again to forget how you write")
    qtbot.waitUntil(sentence.isHidden)
    assert stage.parts.style.signs() == ()


def learned(stage: Stage, question: str) -> None:
    """Keep an example as the memory of lessons does."""
    session = stage.parts.session
    talk = session.new_conversation().id
    session.send(talk, question, None, Cancel(), lambda _: None)
    asked, answer = session.messages(talk)
    stage.parts.examples.add(
        NewExample("", question, "Say what costs what.", "A table.", "{}", asked.id, answer.id, "m", b""), 0
    )


def test_a_lesson_is_forgotten_and_its_conversation_stays(
    panel: SettingsPanel, stage: Stage, qtbot: QtBot
) -> None:
    learned(stage, "How do I split a bill?")
    page = opened(panel, qtbot)
    qtbot.waitUntil(lambda: bool(shown(page, "Forget lesson 1: How do I split a bill?")))
    words = [label.text() for label in page.findChildren(QLabel)]
    assert "Say what costs what." in words
    press(qtbot, page, "Forget lesson 1: How do I split a bill?")
    qtbot.waitUntil(lambda: child(page, QLabel, "lessons_say").text().startswith("Nothing yet."))
    assert stage.parts.examples.all(10) == []
    assert len(stage.parts.session.conversations()) == 1


def test_every_control_has_a_name_of_its_own(panel: SettingsPanel, stage: Stage, qtbot: QtBot) -> None:
    for number in range(8):
        stage.parts.noted.add(f"I own book {number}.", FactState.KEPT)
        stage.parts.noted.add(f"I read page {number}.", FactState.INBOX)
    learned(stage, "How do I split a bill?")
    page = opened(panel, qtbot)
    qtbot.waitUntil(lambda: len(facts(page)) == 16)
    seen = [
        each.accessibleName() or each.text()
        for kind in (QAbstractButton, QLineEdit)
        for each in page.findChildren(kind)
        if each.isVisible()
    ]
    assert all(seen)
    assert len(seen) == len(set(seen)), sorted(seen)


@pytest.mark.parametrize("zoom", [80, 200])
def test_long_words_wrap_in_a_narrow_window(
    panel: SettingsPanel, stage: Stage, theme: Theme, qtbot: QtBot, zoom: int
) -> None:
    theme.set_look("light", zoom)
    try:
        stage.parts.facts.add("I live in Malmö and commute to Lund by train. " * 8)
        panel.resize(640, 500)
        page = opened(panel, qtbot)
        qtbot.waitUntil(lambda: len(facts(page)) == 1)
        qtbot.wait(50)
        for label in page.findChildren(QLabel):
            if label.isVisible() and label.wordWrap():
                assert label.height() >= label.heightForWidth(label.width()) - 1, label.text()[:40]
    finally:
        theme.set_look("light", 100)


def test_the_page_is_found_by_what_it_does(panel: SettingsPanel, qtbot: QtBot) -> None:
    page = opened(panel, qtbot)
    assert page.search(["lessons"]) == 1
    assert page.search(["xylophone"]) == 0
    assert not child(page, QPushButton, "forget_facts").isVisible()


def test_a_fact_leads_to_the_message_it_came_from(stage: Stage, panel: SettingsPanel, qtbot: QtBot) -> None:
    session = stage.parts.session
    talk = session.new_conversation()
    session.send(talk.id, "I am a vegetarian.", None, Cancel(), lambda _: None)
    said = session.messages(talk.id)[0].id
    fact = stage.parts.noted.add("Is a vegetarian", FactState.KEPT, source=said)
    page = opened(panel, qtbot)
    qtbot.waitUntil(lambda: page.findChild(FactRow, f"fact_{fact}") is not None)
    link = child(child(page, FactRow, f"fact_{fact}"), QPushButton, "fact_source")
    assert link.accessibleName() == "Show where you wrote “Is a vegetarian”"
    with qtbot.waitSignal(panel.message_wanted) as wanted:
        link.click()
    assert wanted.args == [talk.id, said]


def test_the_index_says_how_far_it_is(stage: Stage, panel: SettingsPanel, qtbot: QtBot) -> None:
    session = stage.parts.session
    session.send(session.new_conversation().id, "What is tea?", None, Cancel(), lambda _: None)
    page = opened(panel, qtbot)
    line = child(page, QLabel, "index_line")
    qtbot.waitUntil(lambda: "searched by meaning" in line.text(), timeout=20_000)
