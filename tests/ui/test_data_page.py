"""The data page: files that come and go, copies, encryption, each by keyboard and with a sentence at the end."""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import keyring
import pytest
from keyring.backends import fail
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from stage import Stage

from app.core.cancel import Cancel
from app.core.errors import TransferFault
from app.ui.settings.panel import SettingsPanel
from app.ui.settings.work_bar import Job, WorkBar

W = TypeVar("W", bound=QWidget)
WORDS = "correct horse battery staple"


@pytest.fixture
def panel(stage: Stage, qtbot: QtBot) -> SettingsPanel:
    stage.parts.start()
    panel = SettingsPanel(stage.tools)
    qtbot.addWidget(panel)
    panel.resize(920, 1200)
    panel.open_at("data")
    qtbot.waitUntil(lambda: bool(child(panel, QPushButton, "passphrase_set").isVisible()))
    return panel


def child(parent: QWidget, kind: type[W], name: str) -> W:
    found = parent.findChild(kind, name)
    assert found is not None, name
    return found


def press(parent: QWidget, name: str) -> None:
    button = child(parent, QAbstractButton, name)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def told(panel: QWidget, key: str) -> str:
    return child(panel, QLabel, f"{key}_told").text()


def choose(panel: SettingsPanel, path: Path, qtbot: QtBot) -> None:
    """Take a file in the dialog that is open, as Enter does."""
    qtbot.waitUntil(lambda: bool(panel.findChildren(QFileDialog)))
    (dialog,) = panel.findChildren(QFileDialog)
    dialog.selectFile(str(path))
    field = child(dialog, QLineEdit, "fileNameEdit")
    field.setText(str(path))
    dialog.accept()


def enter(panel: QWidget, key: str, *texts: str) -> None:
    for name, text in zip(("first", "second"), texts, strict=False):
        field = child(panel, QLineEdit, f"{key}_{name}")
        field.setFocus()
        QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "conversations.json"
    messages = [
        {"id": "1", "role": "user", "text": "What is tea?", "created": 1.0},
        {"id": "2", "role": "assistant", "text": "A drink.", "created": 2.0},
    ]
    talk = {"id": "a", "title": "Tea", "created": 1.0, "updated": 2.0, "messages": messages}
    path.write_text(json.dumps({"confidant": 1, "conversations": [talk]}), encoding="utf-8")
    return path


def test_an_import_says_what_came_and_the_list_is_read_again(
    stage: Stage, panel: SettingsPanel, export: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(panel.brought):
        press(panel, "import")
        choose(panel, export, qtbot)
    assert told(panel, "import") == "2 messages in 1 conversation are new."
    assert [each.title for each in stage.parts.session.conversations()] == ["Tea"]
    press(panel, "import")
    choose(panel, export, qtbot)
    qtbot.waitUntil(lambda: told(panel, "import") == "Nothing in it is new.")


def test_a_file_without_conversations_is_a_sentence_in_place(
    panel: SettingsPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "else.json"
    path.write_text("{}", encoding="utf-8")
    press(panel, "import")
    choose(panel, path, qtbot)
    qtbot.waitUntil(lambda: "no conversations in this file" in told(panel, "import"))
    assert child(panel, QLabel, "import_told").property("type") == "danger"
    assert child(panel, QAbstractButton, "import").isEnabled()


@pytest.mark.parametrize("form", ["md", "json"])
def test_an_export_is_written_where_the_person_says(
    stage: Stage, panel: SettingsPanel, tmp_path: Path, qtbot: QtBot, form: str
) -> None:
    session = stage.parts.session
    session.send(session.new_conversation().id, "What is tea?", None, Cancel(), lambda _: None)
    path = tmp_path / f"all.{form}"
    press(panel, f"export_{form}")
    choose(panel, path, qtbot)
    qtbot.waitUntil(lambda: told(panel, "export") == f"1 conversation is in all.{form}.")
    assert "What is tea?" in path.read_text(encoding="utf-8")


def test_a_new_passphrase_is_asked_for_twice_and_changes_what_is_said(
    stage: Stage, panel: SettingsPanel, qtbot: QtBot
) -> None:
    press(panel, "passphrase_set")
    first = child(panel, QLineEdit, "passphrase_first")
    qtbot.waitUntil(first.hasFocus)
    assert first.echoMode() is QLineEdit.EchoMode.Password
    fault = child(panel, QLabel, "passphrase_fault")
    enter(panel, "passphrase", "short")
    assert "at least 8" in fault.text()
    first.clear()
    enter(panel, "passphrase", WORDS, "something else")
    assert "not the same" in fault.text()
    second = child(panel, QLineEdit, "passphrase_second")
    assert second.hasFocus()
    second.clear()
    QTest.keyClicks(second, WORDS)
    QTest.keyClick(second, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "asks for this passphrase" in told(panel, "protection"), timeout=20_000)
    assert (first.text(), second.text()) == ("", "")
    assert stage.parts.protection.state().has_passphrase
    remove = child(panel, QAbstractButton, "passphrase_remove")
    assert remove.isVisible()
    press(panel, "passphrase_remove")
    press(panel, "passphrase_remove")
    qtbot.waitUntil(lambda: "opens by itself again" in told(panel, "protection"), timeout=20_000)
    assert not stage.parts.protection.state().has_passphrase


def test_escape_leaves_the_passphrase_and_not_the_settings(panel: SettingsPanel, qtbot: QtBot) -> None:
    press(panel, "passphrase_set")
    first = child(panel, QLineEdit, "passphrase_first")
    qtbot.waitUntil(first.hasFocus)
    QTest.keyClicks(first, "secret words")
    QTest.keyClick(first, Qt.Key.Key_Escape)
    assert not first.isVisible()
    assert first.text() == ""
    assert panel.isVisible()
    assert child(panel, QAbstractButton, "passphrase_set").hasFocus()


def test_the_eye_shows_what_is_typed_until_the_form_is_left(panel: SettingsPanel, qtbot: QtBot) -> None:
    press(panel, "passphrase_set")
    press(panel, "passphrase_eye")
    first = child(panel, QLineEdit, "passphrase_first")
    assert first.echoMode() is QLineEdit.EchoMode.Normal
    press(panel, "passphrase_leave")
    press(panel, "passphrase_set")
    assert first.echoMode() is QLineEdit.EchoMode.Password


def test_a_recovery_phrase_is_shown_once(stage: Stage, panel: SettingsPanel, qtbot: QtBot) -> None:
    press(panel, "recovery_make")
    words = child(panel, QPlainTextEdit, "recovery_words")
    qtbot.waitUntil(words.isVisible, timeout=20_000)
    phrase = words.toPlainText()
    assert len(phrase.split()) >= 12
    press(panel, "recovery_copy")
    assert QGuiApplication.clipboard().text() == phrase
    assert QGuiApplication.clipboard().mimeData().data("x-kde-passwordManagerHint") == b"secret"
    press(panel, "recovery_have")
    assert not words.isVisible()
    assert words.toPlainText() == ""
    qtbot.waitUntil(
        lambda: child(panel, QAbstractButton, "recovery_make").text() == "Make a new recovery phrase"
    )
    assert stage.parts.protection.state().has_recovery


def test_encryption_goes_off_after_two_presses_and_on_again(
    stage: Stage, panel: SettingsPanel, qtbot: QtBot
) -> None:
    card = child(panel, QWidget, "protection_card")
    says = card.findChildren(QLabel)[1]
    assert says.text().startswith("Your data is encrypted")
    assert child(panel, QLabel, "protection_place").text().startswith("The key: ")
    press(panel, "protection_off")
    assert stage.parts.protection.state().is_encrypted
    press(panel, "protection_off")
    qtbot.waitUntil(lambda: "not encrypted any more" in told(panel, "protection"), timeout=20_000)
    qtbot.waitUntil(lambda: "lie on this disk as they are" in says.text())
    assert stage.paths.database.read_bytes().startswith(b"SQLite format 3")
    press(panel, "protection_on")
    qtbot.waitUntil(lambda: "is encrypted now" in told(panel, "protection"), timeout=20_000)
    assert not stage.paths.database.read_bytes().startswith(b"SQLite format 3")


def test_a_key_that_lies_beside_the_data_is_said_until_there_is_a_passphrase(
    stage: Stage, qtbot: QtBot
) -> None:
    keyring.set_keyring(fail.Keyring())
    stage.parts.start()
    panel = SettingsPanel(stage.tools)
    qtbot.addWidget(panel)
    panel.open_at("data")
    place = child(panel, QLabel, "protection_place")
    qtbot.waitUntil(lambda: "no keyring on this system" in place.text())
    assert place.property("type") == "warning"
    stage.parts.protection.set_passphrase(WORDS)
    panel.page("data").came_up()
    qtbot.waitUntil(lambda: place.text().startswith("The key: "), timeout=20_000)


def test_a_backup_comes_back_with_its_passphrase_only(
    stage: Stage, panel: SettingsPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    session = stage.parts.session
    talk = session.new_conversation()
    session.send(talk.id, "What is tea?", None, Cancel(), lambda _: None)
    path = tmp_path / "elsewhere" / "mine.confidant-backup"
    path.parent.mkdir()
    press(panel, "backup_make")
    choose(panel, path, qtbot)
    qtbot.waitUntil(child(panel, QLineEdit, "backup_new_first").isVisible)
    assert "mine.confidant-backup will open with this passphrase only" in asks(panel)
    enter(panel, "backup_new", WORDS, WORDS)
    qtbot.waitUntil(lambda: "Everything is in mine.confidant-backup" in told(panel, "backup"), timeout=30_000)
    assert b"What is tea?" not in path.read_bytes()
    session.delete(talk.id)
    stage.parts.protection.set_passphrase(WORDS)
    panel.page("data").came_up()
    qtbot.waitUntil(child(panel, QPushButton, "passphrase_remove").isVisible)
    press(panel, "backup_restore")
    choose(panel, path, qtbot)
    qtbot.waitUntil(child(panel, QLineEdit, "backup_old_first").isVisible)
    assert "takes the place of everything that is here now" in asks(panel)
    enter(panel, "backup_old", "not these words")
    qtbot.waitUntil(lambda: child(panel, QLabel, "backup_told").property("type") == "danger", timeout=30_000)
    assert session.conversations() == []
    press(panel, "backup_restore")
    choose(panel, path, qtbot)
    with qtbot.waitSignal(panel.erased, timeout=30_000):
        enter(panel, "backup_old", WORDS)
    assert [each.title for each in session.conversations()] == ["What is tea?"]
    qtbot.waitUntil(child(panel, QPushButton, "passphrase_remove").isHidden)  # it ended with what was here


def asks(panel: SettingsPanel) -> str:
    return child(panel, QLabel, "backup_asks").text()


def test_every_widget_of_the_page_has_a_name_of_its_own(panel: SettingsPanel) -> None:
    page = panel.page("data")
    reached = [each for each in page.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    names = [each.accessibleName() or getattr(each, "text", str)() for each in reached]
    assert all(names)
    assert sorted(set(names)) == sorted(names)


@pytest.fixture
def bar(stage: Stage, qtbot: QtBot) -> WorkBar:
    bar = WorkBar(stage.theme, stage.runner, "work", "Stop the work")
    qtbot.addWidget(bar)
    return bar


def waiting(gate: threading.Event, percents: tuple[int, ...] = (10, 50)) -> Callable[..., str]:
    def work(cancel: Cancel, tell: Callable[[int, int], None]) -> str:
        for percent in percents:
            tell(percent, 100)
        while not gate.is_set():
            cancel.wait(0.01)
            cancel.check()
        return "It is done."

    return work


def test_work_shows_how_far_it_is_and_stops_at_a_press(bar: WorkBar, qtbot: QtBot) -> None:
    gate = threading.Event()
    bar.start(Job(waiting(gate), "Working", "Stopped. Nothing was done."))
    qtbot.waitUntil(lambda: bar.told.text() == "Working, 50 %")
    assert bar.findChild(QProgressBar).value() == 50
    assert bar.isVisibleTo(bar.parentWidget())
    stop = child(bar, QAbstractButton, "work_stop")
    with qtbot.waitSignal(bar.changed) as changed:
        QTest.keyClick(stop, Qt.Key.Key_Space)
    assert changed.args == [False]
    assert bar.told.text() == "Stopped. Nothing was done."
    assert stop.isHidden()


def test_work_that_fails_says_why_in_red(bar: WorkBar, qtbot: QtBot) -> None:
    def work(cancel: Cancel, tell: Callable[[int, int], None]) -> str:
        raise TransferFault("The disk is full. Make room.")

    with qtbot.waitSignal(bar.changed, check_params_cb=lambda busy: not busy):
        bar.start(Job(work, "Working", ""))
    assert bar.told.text() == "The disk is full. Make room."
    assert bar.told.property("type") == "danger"
