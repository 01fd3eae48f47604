"""Each question is asked in each way through the assistant's own door, and what left is looked at."""

import pytest
from fakes import parrot

from app.core.cancel import Cancel
from app.core.errors import Cancelled, SettingError
from app.core.evaluation.checkers import Demands
from app.core.evaluation.plan import Plan, arms, variants
from app.core.evaluation.replay import AllApproved, Arm, Replay, Stuck
from app.core.evaluation.sets import Questions, Record
from app.core.mechanisms import MECHANISMS
from app.core.settings import CLOUD_BASE_URL, CLOUD_PRICE_ANSWER, LOCAL_MAX_TOKENS
from app.core.types import Where
from app.privacy.policy import Level

TEXT = "Please thank Cornelia Featherstone for the pears."
PRIVATE = ("Cornelia Featherstone",)
ALONE = Arm("routing", Where.LOCAL, Level.LOCAL)
CLOUD = Arm("routing", Where.CLOUD)


def asked(*records):
    return Questions("small", records, "demands met")


def replay(confidant, **more):
    return Replay(confidant.session, confidant.settings, AllApproved(**more))


@pytest.mark.parametrize("mechanism", [each.name for each in MECHANISMS])
def test_every_mechanism_is_replayed_without_a_leak(confidant, bird, mechanism):
    record = Record("a", TEXT, Demands(contains=PRIVATE), PRIVATE)
    (outcome,) = replay(confidant).run(asked(record), [Arm(mechanism)], Cancel())
    assert (outcome.failed, outcome.private, outcome.leaked) == ("", 1, 0)
    assert outcome.requests == len(bird.bodies)
    assert "Cornelia" not in bird.received
    assert outcome.bytes_sent == sum(map(len, bird.bodies))


def test_the_cloud_alone_restores_what_was_hidden_and_is_measured(confidant):
    confidant.settings.set(CLOUD_PRICE_ANSWER, 1000.0)
    record = Record("a", TEXT, Demands(exact=TEXT), PRIVATE)
    (outcome,) = replay(confidant).run(asked(record), [CLOUD], Cancel())
    assert (outcome.quality, outcome.requests, outcome.hidden, outcome.leaked) == (1.0, 1, 1, 0)
    assert outcome.ms >= outcome.first_ms > 0
    assert outcome.prompt_tokens == 7
    assert outcome.cost == pytest.approx(outcome.answer_tokens / 1000)


def test_what_leaves_readable_is_counted_but_not_our_own_words(confidant):
    words = ("You are a helpful assistant.", "pears", "Cornelia")
    record = Record("a", "Please thank the grocer for the pears.", private=words)
    (outcome,) = replay(confidant).run(asked(record), [CLOUD], Cancel())
    assert outcome.leaked == 1


def test_the_local_model_alone_sends_nothing(confidant, bird):
    (outcome,) = replay(confidant).run(asked(Record("a", TEXT)), [ALONE], Cancel())
    assert (outcome.requests, outcome.bytes_sent, bird.bodies) == (0, 0, [])


def test_a_question_asked_at_a_stricter_level_stays_there(confidant, bird):
    record = Record("a", TEXT, level=Level.LOCAL)
    (outcome,) = replay(confidant).run(asked(record), [CLOUD], Cancel())
    assert bird.bodies == []
    assert outcome.failed == "stayed"


def test_sensitive_statements_stay_where_only_the_rest_was_approved(confidant, bird):
    record = Record("a", "I was diagnosed with bipolar disorder last week, what should I do?")
    list(replay(confidant, statements=False).run(asked(record), [CLOUD], Cancel()))
    assert bird.bodies == []
    list(replay(confidant).run(asked(record), [CLOUD], Cancel()))
    assert len(bird.bodies) == 1


def test_what_an_earlier_run_brought_is_not_asked_again(confidant, bird):
    questions = asked(Record("a", "One"), Record("b", "Two"))
    (outcome,) = replay(confidant).run(questions, [CLOUD], Cancel(), done={("a", CLOUD.name)})
    assert outcome.record == "b"
    assert len(bird.bodies) == 1


def test_stop_ends_the_run_at_once(confidant):
    cancel = Cancel()
    run = replay(confidant).run(asked(Record("a", "One"), Record("b", "Two")), [ALONE], cancel)
    next(run)
    cancel.set()
    with pytest.raises(Cancelled):
        next(run)


def test_a_way_that_fails_again_and_again_ends_the_run(confidant):
    with parrot() as gone:
        address = gone.address
    confidant.settings.set(CLOUD_BASE_URL, address)
    confidant.settings.set_text("cloud.retries", "0")
    records = [Record(str(n), "One") for n in range(9)]
    came = []
    with pytest.raises(Stuck, match="cloud alone failed 3 times"):
        came.extend(replay(confidant).run(asked(*records), [CLOUD], Cancel()))


def test_options_hold_for_their_arm_alone_and_are_never_stored(confidant):
    arm = Arm("routing", Where.LOCAL, Level.LOCAL, ((LOCAL_MAX_TOKENS.key, 20),))
    before = confidant.settings[LOCAL_MAX_TOKENS]
    seen = []
    session = confidant.session
    confidant.settings.on_change(seen.append)
    list(Replay(session, confidant.settings, AllApproved()).run(asked(Record("a", "One")), [arm], Cancel()))
    assert confidant.local._stand_in.prompts[-1].generation.max_tokens == 20
    assert confidant.settings[LOCAL_MAX_TOKENS] == before
    assert seen == []


def test_the_arms_are_each_model_alone_then_each_mechanism_in_each_variant(confidant):
    tried = variants(confidant.settings, ["local.max_tokens=20,30"])
    made = arms(["routing", "pipeline"], list(Where), [Level.GUARDED, Level.STRICT], tried)
    assert [arm.name for arm in made] == [
        "local alone",
        "cloud alone", "routing, local.max_tokens=20", "routing, local.max_tokens=30",
        "pipeline, local.max_tokens=20", "pipeline, local.max_tokens=30",
        "cloud alone, strict", "routing, strict, local.max_tokens=20", "routing, strict, local.max_tokens=30",
        "pipeline, strict, local.max_tokens=20", "pipeline, strict, local.max_tokens=30",
    ]  # fmt: skip
    plan = Plan(asked(Record("a", "One"), Record("b", "Two", level=Level.LOCAL)), made)
    assert (plan.size, len(plan.leaving)) == (22, 10)


@pytest.mark.parametrize("said", ["local.max_tokens", "nothing=1", "local.max_tokens=soon"])
def test_a_variant_that_cannot_be_is_a_sentence(confidant, said):
    with pytest.raises(SettingError):
        variants(confidant.settings, [said])
    with pytest.raises(SettingError, match="no mechanism"):
        arms(["magic"], [Where.AUTO], [Level.GUARDED], {})
