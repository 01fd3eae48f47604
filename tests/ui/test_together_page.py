"""Working together: ways, learning, money, and the comparison of the ways on a real profile."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from fakes import Parrot, parrot
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from stage import Stage

from app.core.cancel import Cancel
from app.core.engines.tally import Tally
from app.core.learner import Decision
from app.core.settings import (
    CLOUD_BASE_URL,
    CLOUD_BUDGET_MONTH,
    CLOUD_ENABLED,
    CLOUD_PRICE_ANSWER,
    CLOUD_PRICE_PROMPT,
    MECHANISM,
)
from app.core.types import Chunk, Usage, Where
from app.ui.review_card import ReviewCard
from app.ui.settings.compare_card import duration
from app.ui.settings.compare_form import CompareForm
from app.ui.settings.outcome_view import Chart, OutcomeView
from app.ui.settings.panel import SettingsPanel

W = TypeVar("W", bound=QWidget)
LATE = 20_000
"""Milliseconds that a whole comparison may take on a busy machine."""


@pytest.fixture
def bird() -> Iterator[Parrot]:
    with parrot() as server:
        yield server


@pytest.fixture
def panel(stage: Stage, qtbot: QtBot) -> SettingsPanel:
    stage.parts.start()
    panel = SettingsPanel(stage.tools)
    qtbot.addWidget(panel)
    panel.resize(800, 900)
    panel.open_at("mechanism")
    return panel


@pytest.fixture
def questions(tmp_path: Path) -> str:
    path = tmp_path / "sums.jsonl"
    lines = [{"id": n, "question": f"What is {n} and {n}?", "answer": str(2 * n)} for n in range(1, 4)]
    path.write_text("\n".join(json.dumps(each) for each in lines), encoding="utf-8")
    return str(path)


def child(parent: QWidget, kind: type[W], name: str) -> W:
    found = parent.findChild(kind, name)
    assert found is not None, name
    return found


def press(qtbot: QtBot, panel: QWidget, name: str) -> None:
    button = child(panel, QAbstractButton, name)
    qtbot.waitUntil(lambda: button.isVisible() and button.isEnabled(), timeout=LATE)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)


def told(panel: QWidget) -> str:
    return child(panel, QLabel, "compare_told").text()


def let_cloud_in(stage: Stage, bird: Parrot) -> None:
    stage.parts.settings.set(CLOUD_ENABLED, True)
    stage.parts.settings.set(CLOUD_BASE_URL, bird.address)


def choose(panel: QWidget, *ways: str) -> None:
    for box in panel.findChildren(QCheckBox):
        box.setChecked(box.objectName().removeprefix("way_") in ways)


# Ways and learning


def test_each_way_has_a_plain_name_and_a_sentence(panel: SettingsPanel, stage: Stage, qtbot: QtBot) -> None:
    buttons = panel.page("mechanism").rows[MECHANISM.key].findChildren(QRadioButton)
    assert buttons[0].text() == "Whatever suits the question"
    assert len(buttons) == len(MECHANISM.choices)
    assert all(each.accessibleDescription().endswith(".") for each in buttons)
    assert not {each.text().lower() for each in buttons} & set(MECHANISM.choices), "no jargon"
    next(each for each in buttons if each.text() == "Ask both and compare").click()
    qtbot.waitUntil(lambda: stage.settings[MECHANISM] == "fusion")


def test_what_was_learned_is_forgotten_after_a_second_press(
    panel: SettingsPanel, stage: Stage, qtbot: QtBot
) -> None:
    learner = stage.parts.learner
    talk = stage.parts.session.new_conversation().id
    stage.parts.session.send(talk, "Hello", None, Cancel(), lambda _: None)
    answer = stage.parts.session.messages(talk)[-1].id
    store = learner._store
    store.put(answer, Decision("cloud", (1.0,)))
    store.keep("ways", b"something")
    press(qtbot, panel, "forget_choices")
    assert store.state("ways")
    press(qtbot, panel, "forget_choices")
    says = child(panel, QLabel, "together_told")
    qtbot.waitUntil(lambda: says.text() == "Forgotten. It begins anew.")
    assert store.state("ways") == b""
    assert store.reward(answer, 1.0) is None


# Money


def month(panel: SettingsPanel) -> str:
    return child(panel, QLabel, "month_says").text()


def test_a_month_without_the_cloud_says_so(panel: SettingsPanel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: month(panel) == "Nothing went to the cloud yet.")
    assert not child(panel, QProgressBar, "month_bar").isVisible()


def test_this_month_is_summed_up_against_the_budget(panel: SettingsPanel, stage: Stage, qtbot: QtBot) -> None:
    stage.parts.settings.set(CLOUD_PRICE_PROMPT, 10.0)
    stage.parts.settings.set(CLOUD_PRICE_ANSWER, 10.0)
    stage.parts.settings.set(CLOUD_BUDGET_MONTH, 4.0)
    tally = Tally(stage.parts.spending.prices)
    with tally.step("answer", Where.CLOUD) as meter:
        meter.count(Chunk(usage=Usage(60_000, 40_000)))
    stage.parts.spending.add(tally)
    panel.page("mechanism").came_up()
    qtbot.waitUntil(lambda: month(panel) == "1 request · 100,000 tokens · about 1.00 of 4")
    bar = child(panel, QProgressBar, "month_bar")
    assert bar.value() == 25
    assert bar.accessibleName() == "25 % of this month's budget is spent"


# The comparison


def test_without_the_cloud_this_computer_is_measured_alone(
    panel: SettingsPanel, bird: Parrot, stage: Stage, questions: str, qtbot: QtBot
) -> None:
    let_cloud_in(stage, bird)
    panel.findChild(CompareForm).take_file(questions)
    assert not any(box.isVisible() for box in panel.findChildren(QCheckBox))
    press(qtbot, panel, "compare_ask")
    qtbot.waitUntil(lambda: told(panel).startswith("3 questions"), timeout=LATE)
    assert told(panel) == (
        "3 questions, answered by this computer alone. Nothing leaves, and it costs nothing but time."
    )
    press(qtbot, panel, "compare_begin")
    view = panel.findChild(OutcomeView)
    qtbot.waitUntil(view.isVisible, timeout=LATE)
    assert bird.bodies == []
    assert "This computer alone" in [label.text() for label in view.findChildren(QLabel)]


def test_each_request_is_shown_before_it_leaves(
    panel: SettingsPanel, bird: Parrot, stage: Stage, questions: str, qtbot: QtBot
) -> None:
    let_cloud_in(stage, bird)
    panel.findChild(CompareForm).take_file(questions)
    press(qtbot, panel, "compare_cloud")
    choose(panel, "routing")
    press(qtbot, panel, "compare_ask")
    qtbot.waitUntil(lambda: "you see each before it leaves" in told(panel), timeout=LATE)
    assert "3 questions, each answered in 3 ways." in told(panel)
    press(qtbot, panel, "compare_begin")
    card = panel.findChild(ReviewCard)
    qtbot.waitUntil(lambda: card.isVisible() and card.is_armed, timeout=LATE)
    assert bird.bodies == []
    press(qtbot, card, "review_send")
    qtbot.waitUntil(lambda: len(bird.bodies) == 1, timeout=LATE)
    press(qtbot, panel, "compare_stop")
    qtbot.waitUntil(lambda: told(panel).startswith("Stopped after"), timeout=LATE)
    assert len(bird.bodies) == 1
    assert child(panel, QAbstractButton, "compare_again").isVisible()


def test_the_others_leave_unseen_after_a_second_press_and_the_figures_come(
    panel: SettingsPanel, bird: Parrot, stage: Stage, questions: str, tmp_path: Path, qtbot: QtBot
) -> None:
    let_cloud_in(stage, bird)
    panel.findChild(CompareForm).take_file(questions)
    press(qtbot, panel, "compare_cloud")
    choose(panel, "routing")
    press(qtbot, panel, "compare_ask")
    press(qtbot, panel, "compare_begin")
    card = panel.findChild(ReviewCard)
    qtbot.waitUntil(lambda: card.isVisible() and card.is_armed, timeout=LATE)
    press(qtbot, panel, "compare_rest")
    assert bird.bodies == []
    press(qtbot, panel, "compare_rest")
    view = panel.findChild(OutcomeView)
    qtbot.waitUntil(view.isVisible, timeout=LATE)
    words = [label.text() for label in view.findChildren(QLabel)]
    assert {"This computer alone", "The cloud alone", "One of the two answers"} <= set(words)
    assert child(view, QLabel, "outcome_measure").text().startswith("Quality: right results. 3 questions;")
    assert view.findChild(Chart).height() > 100
    assert "The cloud alone" in view.findChild(Chart).accessibleName()
    for name in ("picture.png", "picture.svg"):
        view.save_as(str(tmp_path / name))
        qtbot.waitUntil(lambda name=name: child(panel, QLabel, "saved_told").text() == f"Saved as {name}.")
    assert not QImage(str(tmp_path / "picture.png")).isNull()
    assert (tmp_path / "picture.svg").read_text(encoding="utf-8").startswith("<svg")
    view.save_as(str(tmp_path / "nowhere" / "picture.svg"))
    qtbot.waitUntil(lambda: "cannot be written" in child(panel, QLabel, "saved_told").text())
    assert stage.parts.session.conversations() == []


def test_an_empty_history_a_bad_file_and_a_closed_cloud_say_what_is_wrong(
    panel: SettingsPanel, tmp_path: Path, qtbot: QtBot
) -> None:
    press(qtbot, panel, "compare_ask")
    qtbot.waitUntil(lambda: told(panel) == "There is no answered question in your history yet.", timeout=LATE)
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"question": ""}', encoding="utf-8")
    panel.findChild(CompareForm).take_file(str(bad))
    press(qtbot, panel, "compare_ask")
    qtbot.waitUntil(lambda: told(panel).startswith("bad.jsonl, line 1"), timeout=LATE)
    bad.write_text('{"question": "Why?"}', encoding="utf-8")
    press(qtbot, panel, "compare_cloud")
    press(qtbot, panel, "compare_ask")
    qtbot.waitUntil(lambda: told(panel).endswith("Nothing was sent."), timeout=LATE)


def test_ways_without_any_chosen_cannot_be_compared(panel: SettingsPanel) -> None:
    child(panel, QAbstractButton, "compare_cloud").setChecked(True)
    choose(panel)
    assert not child(panel, QAbstractButton, "compare_ask").isEnabled()
    choose(panel, "fusion")
    assert child(panel, QAbstractButton, "compare_ask").isEnabled()


def test_every_control_has_a_name_of_its_own(panel: SettingsPanel, qtbot: QtBot) -> None:
    page = panel.page("mechanism")
    qtbot.waitUntil(lambda: bool(page.values))
    seen = [
        each.accessibleName() or each.text()
        for kind in (QAbstractButton, QLineEdit)
        for each in page.findChildren(kind)
        if each.isVisible()
    ]
    assert all(seen)
    assert len(seen) == len(set(seen)), sorted(seen)


@pytest.mark.parametrize(
    ("seconds", "words"), [(4.4, "4 s"), (89, "89 s"), (95, "2 min"), (3000, "50 min"), (9000, "2.5 hours")]
)
def test_time_left_is_rough(seconds: float, words: str) -> None:
    assert duration(seconds) == words
