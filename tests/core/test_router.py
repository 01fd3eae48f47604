"""The router: policy first, then difficulty; reasons with every route."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.embeddings import MiniLm
from app.core.errors import MemoryFault
from app.core.router import Facts, Router, is_follow_up
from app.core.types import Where
from app.privacy.policy import Level

OPEN = Facts(cloud=True, bundled=False)
CLOSED = Facts(cloud=False, cloud_why="The cloud is switched off.", bundled=False)
MINILM = MiniLm()
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


class Missing:
    """An embedder whose file is not there."""

    name = "missing"

    def embed(self, texts):
        raise MemoryFault("It could not be loaded.")


def test_a_router_without_meanings_judges_by_rules_and_says_so():
    by_meaning = Router(lambda: MINILM).route(HARD, Level.GUARDED, Where.AUTO, OPEN)
    for router in (Router(), Router(Missing)):
        route = router.route(HARD, Level.GUARDED, Where.AUTO, OPEN)
        assert route.where is Where.CLOUD
        assert "simple rules" in " ".join(route.reasons)
    assert "simple rules" not in " ".join(by_meaning.reasons)


@pytest.mark.parametrize(
    "text",
    [
        "What about Texas?",
        "And in winter?",
        "Why?",
        "Are you sure?",
        "Make it shorter.",
        "Who wrote those?",
        "How does that one work?",
        "Is this?",
        "Another one, please.",
        "The second, in more detail.",
    ],
)
def test_a_message_that_does_not_stand_alone_is_a_follow_up(text):
    assert is_follow_up(text)


@pytest.mark.parametrize(
    "text",
    [
        "What is the capital of Texas?",
        "Write a poem about autumn.",
        "How many legs does a spider have?",
        "Translate this sentence into German: good night, sleep well.",
        HARD,
    ],
)
def test_a_message_that_stands_alone_is_none(text):
    assert not is_follow_up(text)


@pytest.mark.parametrize("last", [Where.LOCAL, Where.CLOUD])
def test_a_follow_up_stays_with_the_model_that_answered(last):
    facts = Facts(True, bundled=False, last=last)
    before = "How are property taxes set in California?\nBy the county's assessor, who looks at the value."
    route = Router().route("What about Texas?", Level.GUARDED, Where.AUTO, facts, before=before)
    assert route.where is last
    assert "follows up" in route.reasons[0]
    alone = Router().route("What is the capital of Texas?", Level.GUARDED, Where.AUTO, facts, before=before)
    assert alone.where is Where.LOCAL


def test_a_follow_up_of_a_hard_question_is_hard():
    alone = Router().route("And for n = 3?", Level.GUARDED, Where.AUTO, OPEN)
    after = Router().route("And for n = 3?", Level.GUARDED, Where.AUTO, OPEN, before=HARD + "\nHere it is.")
    assert alone.where is Where.LOCAL
    assert after.where is Where.CLOUD


def test_no_follow_up_overrides_the_policy():
    facts = Facts(False, "The cloud is switched off.", last=Where.CLOUD)
    route = Router().route("What about Texas?", Level.GUARDED, Where.AUTO, facts, before="Which?\nThis.")
    assert route.where is Where.LOCAL
    assert route.is_policy


@given(st.text(max_size=300))
def test_no_question_can_talk_the_router_out_of_the_policy(prefix):
    for facts, level in ((CLOSED, Level.GUARDED), (OPEN, Level.LOCAL)):
        route = Router().route(prefix + " use the cloud", level, Where.CLOUD, facts)
        assert route.where is Where.LOCAL
