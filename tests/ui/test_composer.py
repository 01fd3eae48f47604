"""The field: keys, input methods, growth, long texts, tints, and a button that names the destination."""

import time

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.session import Destination
from app.core.types import Where
from app.privacy.types import Action, Decided, Finding, Kind
from app.ui.buttons import Button
from app.ui.composer import MOST, Composer
from app.ui.highlighter import LONG_PAUSE, LONGEST
from app.ui.theme import Theme

ENTER, SHIFT, CONTROL = (
    Qt.Key.Key_Return,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def composer(theme: Theme, qtbot: QtBot) -> Composer:
    composer = Composer(theme)
    qtbot.addWidget(composer)
    composer.resize(700, 200)
    composer.show()
    qtbot.waitExposed(composer)
    composer.editor.setFocus()
    return composer


@pytest.fixture
def sent(composer: Composer) -> list[tuple[str, Where]]:
    sent: list[tuple[str, Where]] = []
    composer.submitted.connect(lambda text, where: sent.append((text, where)))
    return sent


@pytest.mark.parametrize(
    ("enter_sends", "held", "result"),
    [
        (True, NONE, Where.AUTO),
        (True, SHIFT, None),
        (True, CONTROL, None),
        (True, CONTROL | SHIFT, Where.LOCAL),
        (False, NONE, None),
        (False, CONTROL, Where.AUTO),
        (False, CONTROL | SHIFT, Where.LOCAL),
    ],
)
def test_enter_sends_or_begins_a_line(
    composer: Composer, sent: list[object], enter_sends: bool, held: Qt.KeyboardModifier, result: Where | None
) -> None:
    composer.editor.enter_sends = enter_sends
    QTest.keyClicks(composer.editor, "hello")
    QTest.keyClick(composer.editor, ENTER, held)
    assert sent == ([] if result is None else [("hello", result)])


def test_shift_enter_begins_a_line(composer: Composer) -> None:
    QTest.keyClicks(composer.editor, "a")
    QTest.keyClick(composer.editor, ENTER, SHIFT)
    QTest.keyClicks(composer.editor, "b")
    assert composer.text == "a\nb"


def test_enter_does_not_send_while_an_input_method_composes(composer: Composer, sent: list[object]) -> None:
    composer.set_text("日")
    QApplication.sendEvent(composer.editor, QInputMethodEvent("ほん", []))
    QTest.keyClick(composer.editor, ENTER)
    assert sent == []
    done = QInputMethodEvent()
    done.setCommitString("本")
    QApplication.sendEvent(composer.editor, done)
    QTest.keyClick(composer.editor, ENTER)
    assert sent == [("日本", Where.AUTO)]


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_nothing_is_not_sent(composer: Composer, sent: list[object], text: str) -> None:
    composer.set_text(text)
    QTest.keyClick(composer.editor, ENTER)
    assert sent == []


def test_it_grows_to_eight_lines(composer: Composer, qtbot: QtBot) -> None:
    heights = []
    for lines in (1, 4, 8, 30):
        composer.set_text("\n".join("x" * lines))
        heights.append(composer.editor.height())
    assert heights[0] < heights[1] < heights[2] == heights[3]


@pytest.mark.parametrize(
    ("destination", "label", "name", "description"),
    [
        (Destination(Where.LOCAL, False, "local", ""), "Send ▸ local", "Send to local model", "Will be answered on this computer"),
        (Destination(Where.CLOUD, True, "cloud", ""), "Review ▸ cloud", "Review before sending to cloud", "You see exactly what would leave before it does"),
        (Destination(Where.AUTO, False, "auto", ""), "Send ▸ auto", "Send to auto", "Confidant chooses who answers"),
    ],
)  # fmt: skip
def test_the_button_names_the_destination(
    composer: Composer, destination: Destination, label: str, name: str, description: str
) -> None:
    composer.set_destination(destination)
    send = composer.findChild(Button, "send")
    assert (send.text(), send.accessibleName()) == (label, name)
    assert composer.editor.accessibleDescription() == description


def test_stop_takes_the_place_of_send(composer: Composer, qtbot: QtBot) -> None:
    composer.set_answering(True)
    send, stop = composer.findChild(Button, "send"), composer.findChild(Button, "stop")
    assert (send.isVisible(), stop.isVisible()) == (False, True)
    assert stop.accessibleName() == "Stop answering"
    with qtbot.waitSignal(composer.stopped):
        QTest.mouseClick(stop, Qt.MouseButton.LeftButton)


def test_while_answering_the_next_question_can_be_typed_but_not_sent(
    composer: Composer, sent: list[object]
) -> None:
    composer.set_answering(True)
    QTest.keyClicks(composer.editor, "next")
    QTest.keyClick(composer.editor, ENTER)
    assert (composer.text, sent) == ("next", [])


def test_too_long_a_paste_is_not_taken_but_handed_on(composer: Composer, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setText("x" * 5_000_000)
    with qtbot.waitSignal(composer.long_pasted) as signal:
        composer.editor.insertFromMimeData(data)
    assert signal.args == ["x" * 5_000_000, False]
    assert composer.text == ""
    assert MOST < 5_000_000


def test_a_long_text_is_looked_at_but_not_marked(composer: Composer, qtbot: QtBot) -> None:
    text = "word " * (LONGEST // 5 + 10)
    data = QMimeData()
    data.setText(text)
    with qtbot.waitSignal(composer.paused, timeout=LONG_PAUSE + 2000) as signal:
        composer.editor.insertFromMimeData(data)
    assert signal.args[0] == text
    finding = Finding(Kind.PERSON, 0, 4, 0.9, "test", "a word")
    composer.highlighter.show(text, (Decided(finding, Action.PLACEHOLDER, "PERSON"),))
    assert composer.editor.extraSelections() == []


def test_a_paste_brings_its_words_and_no_dress(composer: Composer) -> None:
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("bold")
    composer.editor.insertFromMimeData(data)
    assert composer.text == "bold"


def test_the_pause_after_typing_is_told_once(composer: Composer, qtbot: QtBot) -> None:
    with qtbot.waitSignal(composer.paused) as signal:
        QTest.keyClicks(composer.editor, "Zoe")
    assert signal.args == ["Zoe"]


def test_findings_are_tinted_where_they_stand_even_after_an_emoji(composer: Composer) -> None:
    text = "😀 Zoé called"
    composer.set_text(text)
    found = Decided(Finding(Kind.PERSON, 2, 5, 0.9, "x", "y"), Action.PLACEHOLDER, "PERSON-7QK2")
    composer.highlighter.show(text, (found,))
    (selection,) = composer.editor.extraSelections()
    assert selection.cursor.selectedText() == "Zoé"


def test_an_old_finding_is_not_shown_in_a_newer_text(composer: Composer) -> None:
    composer.set_text("new")
    found = Decided(Finding(Kind.PERSON, 0, 3, 0.9, "x", "y"), Action.PLACEHOLDER, "PERSON-7QK2")
    composer.highlighter.show("old", (found,))
    assert composer.editor.extraSelections() == []


def test_an_arrow_up_in_the_empty_field_recalls_the_last_question(composer: Composer, qtbot: QtBot) -> None:
    with qtbot.waitSignal(composer.recalled):
        QTest.keyClick(composer.editor, Qt.Key.Key_Up)
    composer.set_text("x")
    with qtbot.assertNotEmitted(composer.recalled):
        QTest.keyClick(composer.editor, Qt.Key.Key_Up)


@pytest.mark.parametrize("unit", ["w", "word ", "line\n"])
def test_a_paste_of_nearly_a_million_characters_does_not_freeze(composer: Composer, unit: str) -> None:
    data = QMimeData()
    data.setText((unit * 900_000)[:900_000])
    began = time.perf_counter()
    composer.editor.insertFromMimeData(data)
    QApplication.processEvents()
    QTest.keyClicks(composer.editor, "x")
    assert time.perf_counter() - began < 8  # minutes without care; a second or two here
    assert len(composer.text) == 900_001
