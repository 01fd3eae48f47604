"""The main job in the real window: type, review, send, read the answer with its details back."""

import pytest
from fakes import parrot
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QToolButton, QWidget

from app.assembly import build
from app.core.instance import Instance
from app.core.paths import Paths
from app.core.settings import CLOUD_BASE_URL, CLOUD_ENABLED, LOCAL_CONTEXT, LOCAL_MAX_TOKENS
from app.core.types import Role, State, Where
from app.ui.windows import Windows

QUESTION = (
    "Derive and compare two ways to calculate the rent step by step for my landlord Cornelia Featherstone, "
    "cornelia@quillmail.example."
)
LONG = 30_000
"""Milliseconds; the models load in the background."""


@pytest.fixture
def profile(tmp_path):
    paths = Paths(tmp_path / "profile")
    paths.create()
    return paths


@pytest.fixture
def windows(profile, qapp, qtbot):
    """The whole program on a throw-away profile, opened as `confidant` does."""
    parts = build(profile)
    instance = Instance.claim(profile)
    windows = Windows(qapp, parts, instance)
    windows.parts_for_test = parts
    windows.show()
    qtbot.waitUntil(lambda: windows.window.page.isVisible(), timeout=LONG)
    qtbot.waitUntil(lambda: len(parts.session.conversations()) >= 0, timeout=LONG)
    yield windows
    windows.close()
    qapp.processEvents()


@pytest.fixture
def bird():
    with parrot() as server:
        yield server


def named(windows, name, kind=QWidget):
    (found,) = [each for each in windows.window.findChildren(kind, name) if each.isVisible()]
    return found


def is_shown(windows, name):
    return any(each.isVisible() for each in windows.window.findChildren(QWidget, name))


def last_conversation(windows):
    session = windows.parts_for_test.session
    conversations = session.conversations()
    return session.messages(conversations[0].id) if conversations else []


def is_answered(windows):
    messages = last_conversation(windows)
    return bool(messages) and messages[-1].role is Role.ASSISTANT and messages[-1].state is State.COMPLETE


def type_and_send(windows, text):
    composer = windows.window.findChild(QWidget, "composer")
    editor = composer if isinstance(composer, QPlainTextEdit) else windows.window.page.composer.editor
    editor.setFocus()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def test_a_private_question_is_reviewed_sent_sanitized_and_answered_with_its_details(windows, bird, qtbot):
    settings = windows.parts_for_test.settings
    settings.set(CLOUD_BASE_URL, bird.address)
    settings.set(CLOUD_ENABLED, True)
    type_and_send(windows, QUESTION)
    qtbot.waitUntil(lambda: is_shown(windows, "review_card"), timeout=LONG)
    assert bird.bodies == []
    card = named(windows, "review_card")
    shown = card.findChild(QWidget, "payload_view").toPlainText()
    qtbot.wait(450)  # the card arms itself after 400 ms, so that no reflex approves it
    QTest.keyClick(QApplication.focusWidget() or card, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: is_answered(windows), timeout=LONG)
    assert bird.bodies == [shown.encode()], "the preview is not what the server received"
    assert "Cornelia" not in bird.received
    assert "quillmail" not in bird.received
    answer = last_conversation(windows)[-1]
    assert answer.text == QUESTION
    assert answer.route.where is Where.CLOUD
    qtbot.waitUntil(lambda: QUESTION in shown_text(windows), timeout=LONG)
    assert not is_shown(windows, "review_card")


def shown_text(windows):
    """Return the text of every document in the transcript, one row after the other."""
    transcript = windows.window.findChild(QWidget, "transcript")
    views = [view for view in transcript.findChildren(QWidget) if hasattr(view, "toPlainText")]
    return "\n".join(view.toPlainText() for view in views if view.isVisible())


@pytest.mark.model
def test_the_same_question_is_answered_by_the_model_on_this_computer(windows, qtbot):
    settings = windows.parts_for_test.settings
    settings.set(LOCAL_CONTEXT, 512)
    settings.set(LOCAL_MAX_TOKENS, 16)
    type_and_send(windows, QUESTION)
    qtbot.waitUntil(lambda: is_answered(windows), timeout=LONG)
    answer = last_conversation(windows)[-1]
    assert answer.route.where is Where.LOCAL
    assert answer.text.strip()
    qtbot.waitUntil(lambda: answer.text.split()[0] in shown_text(windows), timeout=LONG)


def test_stop_in_the_window_ends_the_answer_and_keeps_what_came(windows, bird, qtbot):
    bird.hold.clear()
    settings = windows.parts_for_test.settings
    settings.set(CLOUD_BASE_URL, bird.address)
    settings.set(CLOUD_ENABLED, True)
    settings.set_text("cloud.policy", "ask-if-private")
    type_and_send(
        windows, "please derive and compare two algorithms step by step that calculate a square root in code"
    )
    qtbot.waitUntil(bird.halfway.is_set, timeout=LONG)
    qtbot.waitUntil(lambda: is_shown(windows, "stop"), timeout=LONG)
    stop = named(windows, "stop")
    assert isinstance(stop, QPushButton | QToolButton)
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: last_conversation(windows)[-1].state is State.STOPPED, timeout=LONG)
    qtbot.waitUntil(lambda: is_shown(windows, "send"), timeout=LONG)
