"""Fusion: two models at once, of which neither can cost the other's answer."""

import threading

import pytest
from fakes import Says, Yes

from app.assembly import build
from app.core.approval import AnswerLocally, Approve, Refuse
from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.errors import Cancelled, Fix, NotReady
from app.core.events import Compared, Delta, Done, Failed, Notice, Recalled, Routed, Sent
from app.core.mechanisms.fusion import PATIENCE, Fusion
from app.core.memory.person import Fact, Nobody
from app.core.paths import Paths
from app.core.settings import CLOUD_BASE_URL, CLOUD_ENABLED
from app.core.types import Agreement, Chunk, Origin, State, Where
from app.privacy.policy import Level

QUESTION = "When did the bridge open, and who drew the plans?"
RIGHT = "The bridge opened in 1932. The plans are by Ann Field."
WRONG = "It was Ann Field who drew the plans. The bridge opened in 1923."
NAMED = "Cornelia Featherstone asks: when did the bridge open?"


class Failing(EchoEngine):
    """Has no model, or loses it after the first word."""

    def __init__(self, words=0, error=None):
        super().__init__()
        self.words, self.error = words, error or NotReady("No model is chosen.")

    def stream(self, prompt, cancel):
        for _ in range(self.words):
            yield Chunk("Once ")
        raise self.error


class Telling(EchoEngine):
    """Says how likely each of its words was, where that is asked for."""

    def __init__(self, answer, logprobs):
        super().__init__()
        self.answer, self.logprobs = answer, logprobs

    def stream(self, prompt, cancel):
        assert prompt.generation.logprobs
        for word in self.answer.split(" "):
            yield Chunk(f"{word} ", logprobs=self.logprobs)


class Holding(EchoEngine):
    """Says one word and waits until it is stopped."""

    def __init__(self):
        super().__init__()
        self.began = threading.Event()
        self.stopped = threading.Event()

    def stream(self, prompt, cancel):
        yield Chunk("Once")
        self.began.set()
        try:
            cancel.wait(30)
        except Cancelled:
            self.stopped.set()
            raise


class Knows(Nobody):
    """Remembers a few things of the person."""

    def __init__(self, *facts):
        self.facts = tuple(Fact(number, text, 0.0) for number, text in enumerate(facts, 1))

    def about(self, question, k=3):
        return self.facts[:k]


@pytest.fixture
def fused(tmp_path, bird):
    """Build a profile around a local engine, and ask it by fusion."""
    built = []

    def build_one(local):
        paths = Paths(tmp_path / f"profile{len(built)}")
        paths.create()
        confidant = build(paths, local=local)
        confidant.start()
        confidant.settings.set(CLOUD_ENABLED, True)
        confidant.settings.set(CLOUD_BASE_URL, bird.address)
        built.append(confidant)
        return confidant

    yield build_one
    for confidant in built:
        confidant.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "confidant-beside"]


def ask(confidant, text=QUESTION, approver=None, *, cancel=None, tell=None, **how):
    events = []

    def note(event):
        events.append(event)
        if tell:
            tell(event)

    level = how.pop("level", None)
    conversation = confidant.session.new_conversation(level=level).id
    how.setdefault("mechanism", "fusion")
    confidant.session.send(conversation, text, approver or Yes(), cancel or Cancel(), note, **how)
    return conversation, events


def only(events, kind):
    return [event for event in events if isinstance(event, kind)]


def said(events, *origins):
    return "".join(each.text for each in only(events, Delta) if not origins or each.origin in origins)


def test_the_clouds_answer_is_shown_and_both_are_compared(fused, bird):
    bird.say = lambda question: RIGHT
    confidant = fused(EchoEngine([RIGHT.replace("The bridge", "It")]))
    conversation, events = ask(confidant)
    assert said(events) == RIGHT
    assert said(events, Origin.LOCAL) == ""
    (compared,) = only(events, Compared)
    assert compared.comparison.agreement is Agreement.AGREE
    assert isinstance(events[-1], Done)
    assert {(step.name, step.where) for step in events[-1].steps} == {
        ("draft", Where.LOCAL),
        ("answer", Where.CLOUD),
    }
    answer = confidant.session.messages(conversation)[-1]
    assert answer.account.comparison == compared.comparison


def test_differences_are_shown_and_not_averaged(fused, bird):
    bird.say = lambda question: RIGHT
    _, events = ask(fused(EchoEngine([WRONG])))
    assert said(events) == RIGHT
    (compared,) = only(events, Compared)
    assert compared.comparison.agreement is Agreement.DIFFER
    (difference,) = compared.comparison.differences
    assert difference.kind == "date"
    assert "1923" in difference.local
    assert "1932" in difference.cloud


SUM = "A box holds 12 eggs and costs 4 euros. How many euros do 36 eggs cost?"
WORK = "36 / 12 = 3 boxes, and 3 * 4 = 12. The answer is 12."
WRONG_WORK = "36 / 12 = 4 boxes, and 4 * 4 = 16. The answer is 12."
DOUBTS = [
    (WORK, WORK, (-0.1,), Agreement.AGREE),
    (WORK, WORK, (), Agreement.AGREE),
    (WORK, WORK, (-2.0,), Agreement.UNSURE),
    (WRONG_WORK, WORK, (-0.1,), Agreement.UNSURE),
    (WORK, WRONG_WORK, (-0.1,), Agreement.UNSURE),
]


@pytest.mark.parametrize(("local", "cloud", "logprobs", "agreement"), DOUBTS)
def test_answers_agree_only_where_nothing_speaks_against_either(
    fused, bird, local, cloud, logprobs, agreement
):
    bird.say = lambda question: cloud
    _, events = ask(fused(Telling(local, logprobs)), SUM)
    assert only(events, Compared)[0].comparison.agreement is agreement


def test_details_are_put_back_before_the_answers_are_compared(fused, bird):
    bird.say = lambda question: question.replace(
        "asks: when did the bridge open?", "knows: it opened in 1932."
    )
    _, events = ask(fused(EchoEngine(["Cornelia Featherstone knows: it opened in 1932."])), NAMED)
    assert said(events, Origin.RESTORED) == "Cornelia Featherstone"
    assert only(events, Compared)[0].comparison.agreement is Agreement.AGREE


def test_nothing_of_the_draft_or_of_the_memory_leaves(fused, bird):
    bird.say = lambda question: "Dear Sir,\n\nThe heating is broken.\n\nYours,\n[Your Name]"
    local = EchoEngine(["The heating of flat 14 has been off since 9 November."])
    confidant = fused(local)
    knows = Knows("The heating has been off since 9 November.", "My name is Tendai Moyo.")
    _, events = ask_knowing(confidant, knows, "Write to my landlord about the broken heating.")
    assert "Tendai" in local.prompts[0].messages[-1].text
    for private in ("Tendai", "Moyo", "9 November", "flat 14"):
        assert private not in bird.received
    assert only(events, Sent)


@pytest.mark.parametrize("error", [None, RuntimeError("a fault of ours")])
@pytest.mark.parametrize("words", [0, 1])
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_local_model_that_fails_does_not_cost_the_clouds_answer(fused, bird, words, error):
    bird.say = lambda question: RIGHT
    _, events = ask(fused(Failing(words, error)))
    assert said(events) == RIGHT
    assert only(events, Compared) == []
    assert "nothing was compared" in only(events, Notice)[-1].told
    assert isinstance(events[-1], Done)


def test_the_local_answer_is_there_when_the_cloud_cannot_be_reached(fused, bird):
    confidant = fused(EchoEngine([RIGHT]))
    confidant.settings.set(CLOUD_BASE_URL, "http://127.0.0.1:9/v1")
    _, events = ask(confidant)
    assert said(events) == RIGHT
    assert only(events, Routed)[-1].where is Where.LOCAL
    assert only(events, Compared) == []
    assert isinstance(events[-1], Done)


def test_the_local_answer_follows_when_the_cloud_breaks_off(fused, bird):
    bird.say = lambda question: RIGHT
    break_off(bird)
    _, events = ask(fused(EchoEngine([WRONG])))
    assert said(events, Origin.CLOUD)
    assert RIGHT.startswith(said(events, Origin.CLOUD))
    assert said(events).endswith(WRONG)
    assert isinstance(events[-1], Done)


def break_off(bird):
    """Let the server hang up in the middle of its next answer."""
    handler = bird.RequestHandlerClass

    class Breaking(handler):
        pieces = 0

        def _event(self, value):
            self.pieces += 1
            if self.pieces > 5:
                self.connection.shutdown(2)
                raise ConnectionAbortedError
            super()._event(value)

    bird.RequestHandlerClass = Breaking


def test_the_local_answer_is_given_where_the_person_wants_that_one_alone(fused, bird):
    _, events = ask(fused(EchoEngine([RIGHT])), NAMED, Says(AnswerLocally()))
    assert said(events) == RIGHT
    assert bird.bodies == []
    assert isinstance(events[-1], Done)


def test_who_refuses_gets_no_answer_from_either_model(fused, bird):
    _, events = ask(fused(EchoEngine([RIGHT])), NAMED, Says(Refuse("You did not agree.")))
    assert said(events) == ""
    assert bird.bodies == []
    assert events[-1] == Failed("refused", "You did not agree.", Fix.ANSWER_LOCALLY)


def test_both_failing_is_told_as_the_clouds_failure(fused, bird):
    confidant = fused(Failing())
    confidant.settings.set(CLOUD_BASE_URL, "http://127.0.0.1:9/v1")
    _, events = ask(confidant)
    assert isinstance(events[-1], Failed)
    assert events[-1].kind == "unreachable"


@pytest.mark.parametrize("how", [{"level": Level.LOCAL}, {"where": Where.LOCAL}])
def test_where_nothing_may_leave_the_local_model_answers_alone(fused, bird, how):
    _, events = ask(fused(EchoEngine([RIGHT])), **how)
    assert said(events) == RIGHT
    assert only(events, Routed)[0].where is Where.LOCAL
    assert bird.requests == []


def test_a_slow_local_model_is_not_waited_for_beyond_patience(fused, bird):
    bird.say = lambda question: RIGHT
    local = Holding()
    confidant = fused(local)
    confidant.settings.set(PATIENCE, 0)
    _, events = ask(confidant)
    assert said(events) == RIGHT
    assert only(events, Compared) == []
    assert isinstance(events[-1], Done)


@pytest.mark.parametrize("phase", ["review", "cloud", "waiting"])
def test_stop_ends_both_in_every_phase(fused, bird, phase):
    bird.say = lambda question: RIGHT
    local, cancel = Holding(), Cancel()
    confidant = fused(local)

    class Stopping:
        def decide(self, review, cancel):
            assert local.began.wait(10)
            if phase == "review":
                cancel.set()
                cancel.check()
            return Approve()

    def tell(event):
        if phase == "cloud" and isinstance(event, Delta):
            cancel.set()
        if phase == "waiting" and isinstance(event, Notice) and "still writing" in event.told:
            cancel.set()

    with pytest.raises(Cancelled):
        ask(confidant, NAMED, Stopping(), cancel=cancel, tell=tell)
    assert local.stopped.wait(10)
    assert confidant.session.messages(confidant.session.conversations()[0].id)[-1].state is State.STOPPED


def test_facts_of_the_person_come_into_the_clouds_answer_by_whole_sentences(fused, bird):
    letter = "Dear Sir,\n\nI write about the heating. It is broken.\n\nYours,\n[Your Name]"
    bird.say = lambda question: letter
    draft = "The heating has been off since 9 November. It was 4 degrees in Rome."
    confidant = fused(EchoEngine([draft]))
    knows = Knows("The heating has been off since 9 November.", "My name is Tendai Moyo.", "I like jazz.")
    _, events = ask_knowing(confidant, knows, "Write to my landlord about the broken heating.")
    assert said(events, Origin.CLOUD) == letter.replace("[Your Name]", "")
    assert "The heating has been off since 9 November." in said(events, Origin.LOCAL)
    assert said(events).endswith("Yours,\nTendai Moyo")
    assert "Rome" not in said(events)
    (recalled,) = only(events, Recalled)
    assert [used.id for used in recalled.used] == [1, 2]


def ask_knowing(confidant, knows, text):
    minds = confidant.session._answering._minds
    object.__setattr__(minds, "person", lambda conversation: knows)
    return ask(confidant, text)


def test_it_is_listed_with_its_option():
    assert Fusion.options == (PATIENCE,)
