"""Documents in a conversation: by button, drop and paste; read in the background, shown, stopped, removed."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from app.assembly import build
from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.instance import Instance
from app.core.paths import Paths
from app.core.types import StoredDocument
from app.ui.attaching import Attaching
from app.ui.document_chip import DocumentChip
from app.ui.file_drop import FileDrop
from app.ui.windows import Windows

WAIT = 30_000


@pytest.fixture
def windows(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Windows]:
    paths = Paths(tmp_path / "profile")
    paths.create()
    instance = Instance.claim(paths)
    assert instance is not None
    windows = Windows(qapp, build(paths, EchoEngine()), instance)
    windows.show()
    qtbot.waitUntil(lambda: windows.window.desk.current is not None, timeout=WAIT)
    yield windows
    windows.close()
    windows.theme.set_look("light", 100)
    windows.deleteLater()


@pytest.fixture
def gate(windows: Windows, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Hold every reading after its first page until the test lets it go on."""
    gate = threading.Event()
    documents = windows._parts.documents
    attach = documents.attach

    def held(
        conversation: str, path: Path, cancel: Cancel, tell: Callable[[int, int], None]
    ) -> StoredDocument:
        tell(1, 3)
        while not gate.is_set():
            cancel.wait(0.01)
            cancel.check()
        return attach(conversation, path, cancel, tell)

    monkeypatch.setattr(documents, "attach", held)
    yield gate
    gate.set()


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text("The rent is due on the third of each month.", encoding="utf-8")
    return path


def chips(windows: Windows) -> list[DocumentChip]:
    return windows.window.page.documents.chips


def told(windows: Windows) -> list[tuple[str, str]]:
    return [(each.attached.name, each.told) for each in chips(windows)]


def urls(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(each)) for each in paths])
    return data


def paste(windows: Windows, data: QMimeData) -> None:
    QGuiApplication.clipboard().setMimeData(data)
    editor = windows.window.page.composer.editor
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def end(chip: DocumentChip) -> None:
    button = chip.findChild(QAbstractButton)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def press_notice(windows: Windows, text: str) -> None:
    notices = windows.window.page.notices
    (button,) = [each for each in notices.findChildren(QPushButton) if each.text() == text]
    QTest.keyClick(button, Qt.Key.Key_Space)


def test_a_pasted_file_becomes_a_document(windows: Windows, letter: Path, qtbot: QtBot) -> None:
    paste(windows, urls(letter))
    qtbot.waitUntil(lambda: told(windows) == [("letter.txt", "1 page")], timeout=WAIT)
    assert windows.window.page.composer.text == ""
    assert chips(windows)[0].accessibleName() == "letter.txt, 1 page"


def test_the_button_asks_for_files(windows: Windows, letter: Path, qtbot: QtBot) -> None:
    QTest.keyClick(windows.window.page.composer.editor, Qt.Key.Key_Tab)
    attach = windows.window.findChild(QAbstractButton, "attach")
    attach.setFocus()
    QTest.keyClick(attach, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(windows.window.findChildren(QFileDialog)))
    (dialog,) = windows.window.findChildren(QFileDialog)
    dialog.filesSelected.emit([str(letter)])
    dialog.close()
    qtbot.waitUntil(lambda: told(windows) == [("letter.txt", "1 page")], timeout=WAIT)


def test_files_over_the_page_show_where_they_would_go(windows: Windows, letter: Path, qtbot: QtBot) -> None:
    page = windows.window.page
    drop = windows.window.findChild(FileDrop)
    data, none = urls(letter), Qt.MouseButton.NoButton
    copy, keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier

    def enter() -> QDragEnterEvent:
        event = QDragEnterEvent(QPoint(90, 90), copy, data, none, keys)
        QApplication.sendEvent(page, event)
        return event

    assert enter().isAccepted()
    assert drop.isVisible()
    QApplication.sendEvent(page, QDragLeaveEvent())
    assert not drop.isVisible()
    enter()
    QApplication.sendEvent(page, QDropEvent(QPointF(90, 90), copy, data, none, keys))
    assert not drop.isVisible()
    qtbot.waitUntil(lambda: told(windows) == [("letter.txt", "1 page")], timeout=WAIT)


def test_text_that_is_dragged_is_no_document(windows: Windows) -> None:
    data = QMimeData()
    data.setText("only words")
    event = QDragEnterEvent(
        QPoint(90, 90),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(windows.window.page, event)
    assert not event.isAccepted()


def test_a_reading_shows_its_pages_and_can_be_stopped(
    windows: Windows, gate: threading.Event, letter: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    second = tmp_path / "second.txt"
    second.write_text("And the deposit is two rents.", encoding="utf-8")
    paste(windows, urls(letter, second))
    qtbot.waitUntil(
        lambda: told(windows) == [("letter.txt", "page 1 of 3"), ("second.txt", "waits its turn")]
    )
    chip = chips(windows)[0]
    assert chip.findChild(QProgressBar).isVisible()
    assert chip.findChild(QAbstractButton).accessibleName() == "Stop reading letter.txt"
    end(chip)
    assert [each.attached.name for each in chips(windows)] == ["second.txt"]
    assert chips(windows)[0].findChild(QAbstractButton).hasFocus()
    gate.set()
    qtbot.waitUntil(lambda: told(windows) == [("second.txt", "1 page")], timeout=WAIT)


def test_what_cannot_be_read_says_why_in_its_chip(windows: Windows, tmp_path: Path, qtbot: QtBot) -> None:
    empty = tmp_path / "empty.pdf"
    empty.touch()
    paste(windows, urls(empty))
    qtbot.waitUntil(lambda: "This file is empty" in str(told(windows)), timeout=WAIT)
    chip = chips(windows)[0]
    assert chip.property("surface") == "danger"
    assert chip.width() <= windows.window.page.documents.viewport().width()
    end(chip)
    assert chips(windows) == []
    assert windows.window.page.composer.editor.hasFocus()


def test_a_document_stays_with_its_conversation(windows: Windows, letter: Path, qtbot: QtBot) -> None:
    desk = windows.window.desk
    with qtbot.waitSignal(desk.opened, timeout=WAIT):
        desk.new()
    session = windows._parts.session
    first, second = session.new_conversation().id, session.new_conversation().id
    desk.open(first)
    qtbot.waitUntil(lambda: desk.current is not None and desk.current.conversation.id == first)
    paste(windows, urls(letter))
    qtbot.waitUntil(lambda: told(windows) == [("letter.txt", "1 page")], timeout=WAIT)
    desk.open(second)
    qtbot.waitUntil(lambda: chips(windows) == [])
    assert windows.window.page.documents.isHidden()
    windows.window.findChild(Attaching).shelves._shelves.clear()  # as after a new start
    desk.open(first)
    qtbot.waitUntil(lambda: told(windows) == [("letter.txt", "1 page")], timeout=WAIT)
    end(chips(windows)[0])
    qtbot.waitUntil(lambda: windows._parts.documents.list(first) == [], timeout=WAIT)


def test_a_document_that_was_kept_as_it_was_stopped_goes_all_the_same(
    windows: Windows, letter: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    documents, go_on, removed = windows._parts.documents, threading.Event(), list[int]()
    attach, remove = documents.attach, documents.remove

    def too_late(
        conversation: str, path: Path, cancel: Cancel, tell: Callable[[int, int], None]
    ) -> StoredDocument:
        tell(1, 3)
        go_on.wait()
        return attach(conversation, path, Cancel(), tell)

    def taken(id: int) -> None:
        remove(id)
        removed.append(id)

    monkeypatch.setattr(documents, "attach", too_late)
    monkeypatch.setattr(documents, "remove", taken)
    current = windows.window.desk.current
    assert current is not None
    paste(windows, urls(letter))
    qtbot.waitUntil(lambda: told(windows) == [("letter.txt", "page 1 of 3")], timeout=WAIT)
    end(chips(windows)[0])
    go_on.set()
    qtbot.waitUntil(lambda: bool(removed), timeout=WAIT)
    assert documents.list(current.conversation.id) == []
    assert chips(windows) == []


def test_a_question_waits_until_the_document_is_read(
    windows: Windows, gate: threading.Event, letter: Path, qtbot: QtBot
) -> None:
    page = windows.window.page
    paste(windows, urls(letter))
    qtbot.waitUntil(lambda: told(windows) == [("letter.txt", "page 1 of 3")])
    QTest.keyClicks(page.composer.editor, "When is the rent due?")
    QTest.keyClick(page.composer.editor, Qt.Key.Key_Return)
    assert "waits until letter.txt is read" in page.notices.told[-1]
    assert page.composer.text == "When is the rent due?"
    gate.set()
    qtbot.waitUntil(lambda: bool(page.transcript.messages), timeout=WAIT)
    assert page.transcript.messages[0].text == "When is the rent due?"


def test_a_question_may_go_without_waiting(
    windows: Windows, gate: threading.Event, letter: Path, qtbot: QtBot
) -> None:
    page = windows.window.page
    paste(windows, urls(letter))
    qtbot.waitUntil(lambda: told(windows) == [("letter.txt", "page 1 of 3")])
    QTest.keyClicks(page.composer.editor, "What is tea?")
    QTest.keyClick(page.composer.editor, Qt.Key.Key_Return)
    press_notice(windows, "Ask without it")
    qtbot.waitUntil(lambda: bool(page.transcript.messages), timeout=WAIT)


def test_a_long_paste_may_become_a_document(windows: Windows, qtbot: QtBot) -> None:
    page = windows.window.page
    QTest.keyClicks(page.composer.editor, "Look at this: ")
    data = QMimeData()
    data.setText("The rent is due on the third. " * 1000)
    paste(windows, data)
    assert "long text: 30,000 characters" in page.notices.told[-1]
    press_notice(windows, "Keep as a document")
    assert page.composer.text == "Look at this:"
    qtbot.waitUntil(lambda: "page" in str(told(windows)), timeout=WAIT)
    assert chips(windows)[0].attached.name == "Pasted text 1"


def test_a_paste_of_fifty_megabytes_is_offered_as_a_document_only(windows: Windows) -> None:
    data = QMimeData()
    data.setText("x y " * 13_000_000)
    windows.window.page.composer.editor.insertFromMimeData(data)
    assert windows.window.page.composer.text == ""
    assert "52,000,000 characters are too much" in windows.window.page.notices.told[-1]
