"""The stronger filter: nothing is fetched before the person knows what it is and says so."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from stage import Stage

from app.core.errors import ModelBroken, PolicyRefused
from app.core.settings import PRIVACY_STRONG_FILTER
from app.ui.settings.panel import SettingsPanel


@pytest.fixture
def libraries(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The libraries that seem to be installed, whatever is."""
    there = {"onnxruntime", "tokenizers"}
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name in there or None)
    return there


@pytest.fixture
def card(stage: Stage, libraries: set[str], qtbot: QtBot) -> QWidget:
    panel = SettingsPanel(stage.tools)
    qtbot.addWidget(panel)
    panel.open_at("filter")
    card = panel.findChild(QWidget, "strong_card")
    qtbot.waitUntil(lambda: "Apache-2.0" in card.findChild(QLabel, "strong_facts").text())
    return card


def told(card: QWidget) -> str:
    return card.findChild(QLabel, "strong_told").text()


def button(card: QWidget, name: str) -> QPushButton:
    return card.findChild(QPushButton, f"strong_{name}")


def press(qtbot: QtBot, card: QWidget, name: str) -> None:
    qtbot.waitUntil(button(card, name).isVisible)
    button(card, name).setFocus()
    QTest.keyClick(button(card, name), Qt.Key.Key_Space)


def test_size_licence_and_address_come_before_any_download(card: QWidget, stage: Stage) -> None:
    facts = " ".join(label.text() for label in card.findChildren(QLabel))
    facts += card.findChild(QLineEdit, "strong_address").text()
    for fact in ("A small filter", "Apache-2.0", "4 MB", "https://models.example/small/", "Checked by hand."):
        assert fact in facts
    assert button(card, "get").text() == "Download 4 MB"
    assert [name for name in ("stop", "use", "rest", "remove") if button(card, name).isVisible()] == []
    assert not stage.additions.files.folder.exists()


def test_it_is_fetched_tried_used_rested_and_deleted_by_key(
    card: QWidget, stage: Stage, qtbot: QtBot
) -> None:
    press(qtbot, card, "get")
    qtbot.waitUntil(lambda: told(card).startswith("It is here, byte for byte as published."))
    assert stage.additions.files.missing() == []
    press(qtbot, card, "use")
    qtbot.waitUntil(lambda: stage.settings[PRIVACY_STRONG_FILTER])
    assert stage.additions.tried == 1
    press(qtbot, card, "rest")
    qtbot.waitUntil(lambda: not stage.settings[PRIVACY_STRONG_FILTER])
    press(qtbot, card, "remove")
    qtbot.waitUntil(button(card, "get").isVisible)
    assert not stage.additions.files.folder.exists()


def test_a_download_says_how_far_it_is_and_can_be_stopped(card: QWidget, stage: Stage, qtbot: QtBot) -> None:
    stage.additions.gate.clear()
    press(qtbot, card, "get")
    qtbot.waitUntil(lambda: told(card) == "Downloading the stronger filter, 1 MB of 4 MB")
    assert button(card, "stop").hasFocus()
    press(qtbot, card, "stop")
    qtbot.waitUntil(lambda: told(card).startswith("Stopped. It goes on from there next time."))
    assert button(card, "get").isVisible()
    assert not button(card, "stop").isVisible()


def test_a_refused_download_says_why(card: QWidget, stage: Stage, qtbot: QtBot) -> None:
    stage.additions.error = PolicyRefused(
        "The cloud is switched off, so nothing was sent. Switch it on first."
    )
    press(qtbot, card, "get")
    qtbot.waitUntil(lambda: told(card).startswith("The cloud is switched off"))
    assert button(card, "get").isVisible()


def test_a_model_that_does_not_find_what_it_must_is_not_used(
    card: QWidget, stage: Stage, qtbot: QtBot
) -> None:
    press(qtbot, card, "get")
    qtbot.waitUntil(button(card, "use").isVisible)
    stage.additions.error = ModelBroken("It does not work as it should on this computer.")
    press(qtbot, card, "use")
    qtbot.waitUntil(lambda: told(card) == "It does not work as it should on this computer.")
    assert not stage.settings[PRIVACY_STRONG_FILTER]


def test_what_else_it_needs_is_said(card: QWidget, libraries: set[str], stage: Stage, qtbot: QtBot) -> None:
    libraries.clear()
    press(qtbot, card, "get")
    qtbot.waitUntil(button(card, "use").isVisible)
    assert "pip install 'confidant[strong-filter]'" in told(card)
    assert not button(card, "use").isEnabled()
