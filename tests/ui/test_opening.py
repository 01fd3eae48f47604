"""The start of a profile that does not open by itself: what opens it, what is wrong, and the way out."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.assembly import build
from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.instance import Instance
from app.core.paths import Paths
from app.ui.gate import GateCard
from app.ui.windows import Windows

WAIT = 30_000
WORDS = "correct horse battery staple"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = Paths(tmp_path / "profile")
    paths.create()
    return paths


@pytest.fixture
def recovery(paths: Paths) -> str:
    """Lock the profile, with a conversation in it, and return the words that open it, too."""
    confidant = build(paths, EchoEngine())
    confidant.start()
    session = confidant.session
    session.send(session.new_conversation().id, "What is tea?", None, Cancel(), lambda _: None)
    confidant.protection.set_passphrase(WORDS)
    phrase = confidant.protection.make_recovery_phrase()
    confidant.close()
    return phrase


@pytest.fixture
def start(paths: Paths, qapp: QApplication) -> Iterator[Callable[[str | None], Windows]]:
    opened: list[Windows] = []

    def start(quick: str | None = None) -> Windows:
        instance = Instance.claim(paths)
        assert instance is not None
        windows = Windows(qapp, build(paths, EchoEngine()), instance)
        opened.append(windows)
        windows.show(quick)
        return windows

    yield start
    for windows in opened:
        windows.close()
        windows.theme.set_look("light", 100)
        windows.deleteLater()


def gate(windows: Windows, qtbot: QtBot) -> GateCard:
    qtbot.waitUntil(lambda: windows.window.findChild(GateCard) is not None, timeout=WAIT)
    return windows.window.findChild(GateCard)


def text(parent: QWidget, name: str) -> str:
    return parent.findChild(QLabel, name).text()


def enter(card: GateCard, words: str) -> None:
    field = card.findChild(QLineEdit, "gate_first")
    field.clear()
    QTest.keyClicks(field, words)
    QTest.keyClick(field, Qt.Key.Key_Return)


def titles(windows: Windows) -> list[str]:
    return [each.title for each in windows.window.desk._conversations if each.title]


def test_a_passphrase_is_asked_for_before_any_conversation(
    recovery: str, start: Callable[..., Windows], qtbot: QtBot
) -> None:
    windows = start()
    card = gate(windows, qtbot)
    assert text(card, "gate_title") == "Your data is locked"
    assert card.findChild(QLineEdit, "gate_first").hasFocus()
    assert not windows.window.page.isVisible()
    QTest.keyClick(windows.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    enter(card, "not these words")
    fault = card.findChild(QLabel, "gate_fault")
    qtbot.waitUntil(fault.isVisible, timeout=WAIT)
    assert fault.text().endswith(".")
    assert card.findChild(QLineEdit, "gate_first").hasFocus()
    assert windows.window.desk.current is None
    enter(card, WORDS)
    qtbot.waitUntil(lambda: titles(windows) == ["What is tea?"], timeout=WAIT)
    assert windows.window.page.isVisible()
    assert windows.window.page.notices.told == []
    qtbot.waitUntil(lambda: windows.window.desk.current is not None, timeout=WAIT)
    QTest.keyClick(windows.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert windows.window.findChild(QLineEdit, "search").hasFocus()


def test_the_recovery_phrase_opens_it_too(recovery: str, start: Callable[..., Windows], qtbot: QtBot) -> None:
    windows = start()
    enter(gate(windows, qtbot), recovery)
    qtbot.waitUntil(lambda: titles(windows) == ["What is tea?"], timeout=WAIT)


def test_quick_ask_waits_at_the_same_gate_with_its_question(
    recovery: str, start: Callable[..., Windows], qtbot: QtBot
) -> None:
    windows = start("What is rain?")
    card = gate(windows, qtbot)
    qtbot.waitUntil(windows.window.isVisible)
    assert not windows.quick.isVisible()
    windows.tray.quick_wanted.emit()
    assert not windows.quick.isVisible()
    enter(card, WORDS)
    qtbot.waitUntil(windows.quick.isVisible, timeout=WAIT)
    assert windows.quick.field.text() == "What is rain?"


def test_the_gate_can_be_left(recovery: str, start: Callable[..., Windows], qtbot: QtBot) -> None:
    windows = start()
    card = gate(windows, qtbot)
    with qtbot.waitSignal(windows.ended):
        QTest.keyClick(card.findChild(QAbstractButton, "gate_quit"), Qt.Key.Key_Space)


def test_what_does_not_open_is_a_sentence_and_can_be_tried_again(
    paths: Paths, start: Callable[..., Windows], qtbot: QtBot
) -> None:
    paths.database.mkdir()
    windows = start()
    card = gate(windows, qtbot)
    assert text(card, "gate_title") == "Your data does not open"
    assert text(card, "gate_says").endswith(".")
    again = card.findChild(QAbstractButton, "gate_again")
    assert again.hasFocus()
    paths.database.rmdir()
    QTest.keyClick(again, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: windows.window.desk.current is not None, timeout=WAIT)
    assert windows.window.page.isVisible()


def test_every_widget_of_the_gate_has_a_name(
    recovery: str, start: Callable[..., Windows], qtbot: QtBot
) -> None:
    card = gate(start(), qtbot)
    reached = [w for w in card.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert all(each.accessibleName() or getattr(each, "text", str)() for each in reached)
