"""How good the filter is: figures in words, and a rehearsal of which nothing leaves."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPlainTextEdit, QPushButton, QTextEdit
from pytestqt.qtbot import QtBot
from stage import Stage

from app.core import filter_figures
from app.privacy.policy import Level
from app.ui.settings.figures_view import leak_words
from app.ui.settings.panel import SettingsPanel


@pytest.fixture
def panel(stage: Stage, qtbot: QtBot) -> SettingsPanel:
    panel = SettingsPanel(stage.tools)
    qtbot.addWidget(panel)
    panel.open_at("filter")
    return panel


def told(panel: SettingsPanel) -> str:
    return panel.findChild(QLabel, "try_told").text()


def outcome(panel: SettingsPanel, level: Level) -> QTextEdit:
    return panel.findChild(QTextEdit, f"outcome_{level.value}")


@pytest.mark.parametrize(
    ("leak", "n", "words"),
    [
        (0.0, 153, "none of 153 stay readable"),
        (2 / 9, 9, "2 of 9 stay readable"),
        (0.0239, 1005, "2 of 100 stay readable"),
        (0.002, 1500, "fewer than 1 of 100 stay readable"),
        (0.4288, 758, "43 of 100 stay readable"),
        (1.0, 3, "3 of 3 stay readable"),
    ],
)
def test_a_leak_is_said_in_numbers_that_one_can_picture(leak: float, n: int, words: str) -> None:
    assert leak_words(leak, n) == words


def test_the_figures_that_ship_are_shown_weak_ones_first(panel: SettingsPanel, qtbot: QtBot) -> None:
    figures = filter_figures.load()
    qtbot.waitUntil(lambda: panel.findChild(QLabel, "leak_0") is not None)
    leaking = [row for row in figures.rows if row.leak]
    for at, row in enumerate(leaking):
        label = panel.findChild(QLabel, f"leak_{at}")
        assert label.text() == leak_words(row.leak, row.n)
        assert label.accessibleName().casefold().startswith(row.name.casefold())
    assert panel.findChild(QLabel, f"leak_{len(leaking)}") is None
    said = " ".join(label.text() for label in panel.findChildren(QLabel)).casefold()
    assert "weak ones come first" in said
    for row in figures.rows:
        assert row.name.casefold() in said
    for each in figures.sets:
        assert each.name.casefold() in said


def test_figures_that_cannot_be_read_are_said_to_be_gone(
    stage: Stage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = filter_figures.load
    monkeypatch.setattr(filter_figures, "load", lambda: load(tmp_path / "gone.json"))
    panel = SettingsPanel(stage.tools)
    qtbot.addWidget(panel)
    panel.open_at("filter")
    when = panel.findChild(QLabel, "figures_when")
    qtbot.waitUntil(lambda: when.text() == filter_figures.BROKEN)


def test_what_is_typed_is_shown_as_it_would_leave_at_each_level(
    panel: SettingsPanel, stage: Stage, qtbot: QtBot
) -> None:
    field = panel.findChild(QPlainTextEdit, "try_text")
    field.setFocus()
    QTest.keyClicks(field, "Ask Tomas Wieland")
    qtbot.waitUntil(outcome(panel, Level.OPEN).isVisible)
    assert outcome(panel, Level.STRICT).toPlainText() == "Ask PERSON"
    assert outcome(panel, Level.GUARDED).toPlainText() == "Ask PERSON"
    assert outcome(panel, Level.OPEN).toPlainText() == "Ask Tomas Wieland"
    assert panel.findChild(QLabel, "counts_guarded").text() == "1 detail hidden"
    assert panel.findChild(QLabel, "counts_open").text() == "nothing hidden · 1 seen and left readable"
    assert [level for _, level in stage.session.rehearsed] == [Level.STRICT, Level.GUARDED, Level.OPEN]
    assert told(panel) == "Nothing of it is sent or kept. It is checked on this computer."


def test_an_emptied_box_shows_nothing(panel: SettingsPanel, qtbot: QtBot) -> None:
    QTest.keyClick(panel.findChild(QPushButton, "try_example"), Qt.Key.Key_Space)
    qtbot.waitUntil(outcome(panel, Level.OPEN).isVisible)
    field = panel.findChild(QPlainTextEdit, "try_text")
    assert field.hasFocus()
    field.clear()
    qtbot.waitUntil(lambda: not outcome(panel, Level.OPEN).isVisible())


def test_a_filter_that_fails_is_said_to(panel: SettingsPanel, stage: Stage, qtbot: QtBot) -> None:
    stage.session.rehearsal_fails = True
    QTest.keyClicks(panel.findChild(QPlainTextEdit, "try_text"), "Ask Tomas Wieland")
    qtbot.waitUntil(lambda: "could not run" in told(panel))
    assert not outcome(panel, Level.OPEN).isVisible()


def test_a_very_long_text_is_not_rehearsed(panel: SettingsPanel, stage: Stage, qtbot: QtBot) -> None:
    panel.findChild(QPlainTextEdit, "try_text").setPlainText("word " * 5000)
    qtbot.waitUntil(lambda: told(panel) == "That is long. Try a part of it.")
    assert stage.session.rehearsed == []


def test_the_page_is_found_by_its_words(panel: SettingsPanel) -> None:
    groups = panel.findChild(QListWidget, "settings_groups")
    panel.findChild(QLineEdit, "settings_search").setText("leak")
    shown = [groups.item(at).text() for at in range(groups.count()) if not groups.item(at).isHidden()]
    assert shown == ["How good is the filter"]
