"""Which way of working together a question calls for, before anything was learned."""

import pytest

from app.core.situation import REASONS, Situation, expected, wants_certainty
from app.core.task import Task

BETTER = {"is_bundled": False}


def best(now: Situation, *without: str) -> str:
    hopes = {arm: hope for arm, hope in expected(now).items() if arm not in without}
    return max(hopes, key=hopes.__getitem__)


@pytest.mark.parametrize(
    ("now", "way"),
    [
        (Situation(Task.CHAT, 0.0), "local"),
        (Situation(Task.ABOUT_ME, 0.2, knows=1), "local"),
        (Situation(Task.ASK, 0.2, **BETTER), "routing"),
        (Situation(Task.REASON, 0.3, **BETTER), "routing"),
        (Situation(Task.REASON, 0.9, **BETTER), "pipeline"),
        (Situation(Task.CODE, 0.7), "pipeline"),
        (Situation(Task.WRITE, 0.4, knows=2, **BETTER), "auxiliary"),
        (Situation(Task.WRITE, 0.6, knows=2), "pipeline"),
        (Situation(Task.ASK, 0.5, wants_certainty=True, **BETTER), "fusion"),
        (Situation(Task.ASK, 0.5, repeat=1.0), "distillation"),
        (Situation(Task.REASON, 0.4, lesson=0.8, **BETTER), "routing"),
        (Situation(Task.DOCUMENT, 0.6, has_document=True, **BETTER), "pipeline"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_way_that_suits_a_question_is_hoped_for_most(now: Situation, way: str) -> None:
    assert best(now) == way


def test_what_costs_more_is_hoped_for_less() -> None:
    cheap, dear = (expected(Situation(Task.ASK, 0.5, price=price)) for price in (0.0, 0.5))
    assert dear["pipeline"] < cheap["pipeline"]
    assert dear["local"] == cheap["local"]


def test_a_harder_question_never_speaks_for_this_computer() -> None:
    easy, hard = (expected(Situation(Task.ASK, difficulty)) for difficulty in (0.2, 0.8))
    assert hard["local"] - hard["pipeline"] < easy["local"] - easy["pipeline"]


def test_every_way_has_a_reason_and_every_number_lies_between_0_and_1() -> None:
    now = Situation(Task.WRITE, 0.7, hidden=40, knows=12, lesson=0.9, repeat=1.0, wants_certainty=True)
    assert set(REASONS) == set(expected(now))
    assert all(0 <= value <= 1 for value in now.features())


@pytest.mark.parametrize(
    "text", ["Are you sure about that?", "Please double-check the dates.", "Fact-check this."]
)
def test_who_wants_to_be_sure_is_understood(text: str) -> None:
    assert wants_certainty(text)


@pytest.mark.parametrize(
    "text", ["Make a sure-fire cake recipe.", "I am not sure what to cook.", "Check my grammar."]
)
def test_who_does_not_is_not_taken_for_it(text: str) -> None:
    assert not wants_certainty(text)
