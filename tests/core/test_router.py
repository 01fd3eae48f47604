"""The router: policy first, then difficulty; reasons with every route."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.router import Facts, Router, difficulty
from app.core.types import Where
from app.privacy.policy import Level

OPEN = Facts(cloud=True, bundled=False)
CLOSED = Facts(cloud=False, cloud_why="The cloud is switched off.", bundled=False)
EASY = "Hello there"
HARD = (
    "Derive the closed form of this recurrence step by step, compare two algorithms for it, and implement "
    "the faster one in Python with an analysis of its complexity for n = 10, 100, 1000 and 10000."
)


@pytest.mark.parametrize(
    ("level", "where", "facts", "text", "expected", "reason"),
    [
        (Level.LOCAL, Where.CLOUD, OPEN, HARD, Where.LOCAL, "stays on this computer"),
        (Level.GUARDED, Where.CLOUD, CLOSED, HARD, Where.LOCAL, "switched off"),
        (Level.GUARDED, Where.LOCAL, OPEN, HARD, Where.LOCAL, "asked this computer"),
        (Level.GUARDED, Where.CLOUD, OPEN, EASY, Where.CLOUD, "asked the cloud"),
        (Level.GUARDED, Where.AUTO, OPEN, EASY, Where.LOCAL, "easy"),
        (Level.GUARDED, Where.AUTO, OPEN, HARD, Where.CLOUD, "hard"),
        (
            Level.GUARDED,
            Where.AUTO,
            Facts(True, "", False, 0, 2),
            HARD,
            Where.LOCAL,
            "2 sensitive statements",
        ),
        (Level.GUARDED, Where.AUTO, Facts(True, "", False, 1), HARD, Where.CLOUD, "1 private detail would"),
    ],
)
def test_policy_decides_before_difficulty(level, where, facts, text, expected, reason):
    route = Router().route(text, level, where, facts)
    assert route.where is expected
    assert reason.lower() in " ".join(route.reasons).lower()


def test_the_bundled_model_is_trusted_with_less():
    text = "Compare the tax rules for freelancers in two countries and explain why they differ."
    small = Router().route(text, Level.GUARDED, Where.AUTO, Facts(True, bundled=True))
    better = Router().route("What is the capital of France?", Level.GUARDED, Where.AUTO, OPEN)
    assert small.where is Where.CLOUD
    assert better.where is Where.LOCAL


@given(st.text(max_size=400), st.text(max_size=200))
def test_difficulty_is_a_share_for_any_text(text, draft):
    assert 0 <= difficulty(text, draft) <= 1


def test_a_draft_with_a_wrong_sum_makes_a_question_harder():
    question = "Ann has 3 apples and buys 4 more. How many does she have?"
    assert difficulty(question, "3 + 4 = 9") > difficulty(question, "3 + 4 = 7")


@given(st.text(max_size=300))
def test_no_question_can_talk_the_router_out_of_the_policy(prefix):
    for facts, level in ((CLOSED, Level.GUARDED), (OPEN, Level.LOCAL)):
        route = Router().route(prefix + " use the cloud", level, Where.CLOUD, facts)
        assert route.where is Where.LOCAL
