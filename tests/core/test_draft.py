"""A draft is kept, or the cloud is asked, for reasons that can be told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.cancel import Cancel
from app.core.draft import BUNDLED, UNKNOWN, Heard, Levels, Stakes, Written, judge, needs_help
from app.core.engines.echo import EchoEngine
from app.core.types import Chunk, Message, Prompt, Role
from app.core.verify import Examined, Fault, Kind

WRONG_SUM = Fault(Kind.SUMS, "1 of the draft's sums is wrong.", 1.0)
NO_JSON = Fault(Kind.JSON, "The draft is not valid JSON.", 2.5)


def written(mean, count=40):
    return Written("words", [mean] * count)


def judged(z=0.0, faults=(), difficulty=0.5, levels=UNKNOWN, kept=0):
    found = Examined(tuple(faults), kept)
    return judge(written(levels.mean + z * levels.spread), found, difficulty, levels)


@pytest.mark.parametrize("levels", [UNKNOWN, BUNDLED, Levels(-1.0, 0.4, 0.0, 1.0)])
def test_the_surer_the_model_the_better_its_draft(levels):
    good = [judged(z, levels=levels).good for z in (-2, -1, 0, 1, 2)]
    assert good == sorted(good)
    assert good[-1] - good[0] > 0.3


def test_faults_and_a_hard_question_speak_against_a_draft():
    assert judged().good > judged(faults=[WRONG_SUM]).good > judged(faults=[WRONG_SUM, NO_JSON]).good
    assert judged(difficulty=0.2).good > judged(difficulty=0.8).good


@pytest.mark.parametrize(
    ("judgement", "asks"),
    [
        (judged(2.0), False),
        (judged(0.5, difficulty=0.3), False),
        (judged(0.5, [WRONG_SUM]), True),
        (judged(1.0, [NO_JSON]), True),
        (judged(-1.5, difficulty=0.6), True),
        (judged(-3.0, difficulty=1.0, levels=Levels(bias=-6.0)), False),  # the cloud cannot help either
    ],
)
def test_the_cloud_is_asked_only_where_it_is_likely_to_help(judgement, asks):
    assert needs_help(judgement, Stakes()) is asks


@pytest.mark.parametrize("stakes", [Stakes(price=1.0), Stakes(wait=60.0), Stakes(hidden=10)])
def test_price_wait_and_what_must_be_hidden_raise_the_bar(stakes):
    free = Stakes(wait=0.0)
    close = [judged(z / 10) for z in range(-30, 30)]
    assert sum(needs_help(each, stakes) for each in close) < sum(needs_help(each, free) for each in close)


def test_without_log_probabilities_the_rest_decides():
    plain = judge(Written("words"), Examined(), 0.5, UNKNOWN)
    assert plain.good == pytest.approx(judged(0.0).good, abs=0.15)
    assert judge(Written("words"), Examined((NO_JSON,)), 0.5, UNKNOWN).good < plain.good


def test_a_short_answer_is_trusted_and_distrusted_less():
    one, many = (
        judge(written(UNKNOWN.mean - 0.5, count), Examined(), 0.5, UNKNOWN).good for count in (1, 40)
    )
    assert one > many


def test_a_draft_that_keeps_to_what_was_asked_is_trusted_unless_it_has_a_fault():
    assert judged(kept=2).good > judged().good
    assert judged(kept=2).gain < judged().gain
    assert judged(faults=[WRONG_SUM], kept=2).good == judged(faults=[WRONG_SUM]).good


def test_a_bar_keeps_what_is_worth_less_than_others_were():
    needy = judged(0.5, [WRONG_SUM])
    assert needs_help(needy, Stakes(bar=needy.gain - 0.01))
    assert not needs_help(needy, Stakes(bar=needy.gain))


def test_the_reasons_name_what_was_found():
    assert WRONG_SUM.told in judged(faults=[WRONG_SUM, WRONG_SUM]).reasons
    assert any("certainty" in each for each in judged(-2.5).reasons)
    assert judged(1.0).reasons == ("The draft has no faults that rules can find.",)


weights = st.lists(st.floats(0, 4).map(lambda weight: Fault(Kind.SUMS, "x.", weight)), max_size=5)


@given(st.lists(st.floats(-30, 0), max_size=60), weights, st.floats(0, 1), st.floats(0, 1), st.floats(0, 500))
def test_the_chances_are_chances(logprobs, faults, difficulty, price, wait):
    result = judge(Written("x", logprobs), Examined(tuple(faults)), difficulty, UNKNOWN)
    assert result.good + result.needy + result.hopeless == pytest.approx(1)
    assert min(result.good, result.needy, result.hopeless, result.spoiled) >= 0
    if needs_help(result, Stakes(price, wait=wait)):
        assert needs_help(result, Stakes(0.0, wait=0.0))


class _Telling(EchoEngine):
    def stream(self, prompt, cancel):
        yield Chunk("It ", logprobs=(-0.5,))
        yield Chunk("rains.", logprobs=(-0.25, -2.0), truncated=True)

    def prime(self, prompt, cancel): ...


def test_what_is_heard_is_what_was_said():
    ear = Heard(_Telling())
    said = list(ear.stream(Prompt((Message(Role.USER, "?"),)), Cancel()))
    assert [each.text for each in said] == ["It ", "rains."]
    assert ear.written == Written("It rains.", [-0.5, -0.25, -2.0], True)
    assert ear.written.lowest == -2.0
    assert ear.written.mean == pytest.approx(-2.75 / 3)
    assert ear.name == "echo"
