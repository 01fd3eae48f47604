"""A question of middling difficulty is drafted here; the cloud is asked only where the draft needs help."""

import json

import pytest
from fakes import Says, Yes

from app.assembly import build
from app.core import settings as keys
from app.core.approval import AnswerLocally, Refuse
from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.errors import Cancelled
from app.core.events import Delta, Done, Failed, Notice, Routed, Sent
from app.core.mechanisms.routing import Routing
from app.core.paths import Paths
from app.core.types import Chunk, Origin, State, Where
from app.core.verify import check

ASKED = "Compare tea and coffee in a table and explain which of the two keeps people awake for longer."
PLAIN = "Compare tea and coffee, and explain step by step which of the two keeps people awake for longer."
GOOD = "| tea | coffee |\n|---|---|\n| less | more |\n\nCoffee keeps people awake for longer."
BAD = "I'm sorry, but I can't help with that."


class Drafts(EchoEngine):
    """A local model that writes drafts with a certain log-probability."""

    def __init__(self, draft, level=-0.05):
        super().__init__()
        self.draft, self.level = draft, level
        self.told = lambda: None

    def stream(self, prompt, cancel):
        self.prompts.append(prompt)
        for word in self.draft.split(" "):
            self.told()
            cancel.check()
            yield Chunk(word + " ", logprobs=(self.level,) if prompt.generation.logprobs else ())


@pytest.fixture
def start(tmp_path, bird):
    made = []

    def start(draft, level=-0.05):
        paths = Paths(tmp_path / "profile")
        paths.create()
        confidant = build(paths, local=Drafts(draft, level))
        made.append(confidant)
        confidant.start()
        for key, value in (
            (keys.CLOUD_ENABLED, True), (keys.CLOUD_BASE_URL, bird.address), (keys.CLOUD_MODEL, "m"),
            (keys.LOCAL_SERVER, "http://127.0.0.1:9/"),  # so that the local model is not the bundled one
        ):  # fmt: skip
            confidant.settings.set(key, value)
        return confidant

    yield start
    for confidant in made:
        confidant.close()


def ask(confidant, text=ASKED, approver=None, cancel=None, **wish):
    events = []
    conversation = confidant.session.new_conversation().id
    confidant.session.send(
        conversation, text, approver or Yes(), cancel or Cancel(), events.append, mechanism="routing", **wish
    )
    return events, confidant.session.messages(conversation)


def only(events, kind):
    return [each for each in events if isinstance(each, kind)]


def said(events, origin):
    return "".join(each.text for each in only(events, Delta) if each.origin is origin)


def test_a_good_draft_stays_and_nothing_leaves(start, bird):
    events, (_, answer) = ask(start(GOOD))
    assert said(events, Origin.LOCAL).strip() == GOOD
    assert bird.bodies == []
    assert answer.route.where is Where.LOCAL
    assert "The draft has no faults that rules can find." in answer.route.reasons
    assert [step.name for step in answer.account.steps] == ["draft", "check"]


def test_a_draft_that_needs_help_is_never_shown_and_the_cloud_answers(start, bird):
    events, (_, answer) = ask(start(BAD))
    assert said(events, Origin.LOCAL) == ""
    assert len(bird.bodies) == 1
    assert BAD not in bird.received
    assert answer.route.where is Where.CLOUD
    assert "The draft declines to answer." in answer.route.reasons
    assert "The draft has no table." in answer.route.reasons
    assert [each.where for each in only(events, Routed)] == [Where.LOCAL, Where.CLOUD]
    assert [step.name for step in answer.account.steps] == ["draft", "check", "answer"]


def test_the_person_reads_what_happens_meanwhile(start):
    events, _ = ask(start(GOOD))
    told = [each.told for each in only(events, Notice)]
    assert "This computer writes a draft." in told
    assert "Checking this computer's draft." in told


def test_an_unsure_draft_without_faults_goes_to_the_cloud_too(start, bird):
    events, _ = ask(start("Coffee does.", level=-2.5), PLAIN)
    assert len(bird.bodies) == 1
    assert "The draft was written without much certainty." in only(events, Routed)[-1].reasons


def test_an_easy_question_streams_at_once(start, bird):
    confidant = start(BAD)
    events, _ = ask(confidant, "Hello!")
    assert len(only(events, Delta)) > 3
    assert not any("draft" in each.told for each in only(events, Notice))
    assert confidant.local._stand_in.prompts[0].generation.logprobs is False
    assert bird.bodies == []


def test_a_review_that_ends_in_answer_locally_uses_the_draft_that_is_there(start, bird):
    confidant = start(BAD)
    confidant.settings.set(keys.CLOUD_POLICY, "ask")
    events, (_, answer) = ask(confidant, approver=Says(AnswerLocally()))
    assert said(events, Origin.LOCAL).strip() == BAD
    assert len(confidant.local._stand_in.prompts) == 1
    assert bird.bodies == []
    assert answer.route.where is Where.LOCAL
    assert isinstance(events[-1], Done)


def test_a_refused_review_sends_nothing(start, bird):
    confidant = start(BAD)
    confidant.settings.set(keys.CLOUD_POLICY, "ask")
    events, _ = ask(confidant, approver=Says(Refuse("No.")))
    assert bird.bodies == []
    assert isinstance(events[-1], Failed)


def test_the_draft_stands_in_for_a_cloud_that_fails(start):
    confidant = start(BAD)
    confidant.settings.set(keys.CLOUD_BASE_URL, "http://127.0.0.1:9")
    confidant.settings.set(keys.CLOUD_RETRIES, 0)
    events, _ = ask(confidant)
    assert said(events, Origin.LOCAL).strip() == BAD
    assert len(confidant.local._stand_in.prompts) == 1
    assert any(each.lasting for each in only(events, Notice))


@pytest.mark.parametrize("where", [Where.LOCAL, Where.CLOUD])
def test_who_chose_himself_gets_no_draft_before(start, bird, where):
    events, (_, answer) = ask(start(BAD), where=where)
    assert answer.route.where is where
    assert len(bird.bodies) == (where is Where.CLOUD)
    assert [step.name for step in answer.account.steps] == ["answer"]
    assert not only(events, Sent) or where is Where.CLOUD


def test_stop_works_while_the_draft_is_written(start, bird):
    confidant, cancel = start(BAD), Cancel()
    confidant.local._stand_in.told = cancel.set
    with pytest.raises(Cancelled):
        ask(confidant, cancel=cancel)
    assert bird.bodies == []


def test_stop_works_while_the_cloud_answers_after_a_draft(start, bird):
    confidant, cancel = start(BAD), Cancel()
    events = []
    conversation = confidant.session.new_conversation().id

    def tell(event):
        events.append(event)
        if isinstance(event, Sent):
            cancel.set()

    with pytest.raises(Cancelled):
        confidant.session.send(conversation, ASKED, Yes(), cancel, tell, mechanism="routing")
    assert confidant.session.messages(conversation)[-1].state is State.STOPPED


def test_only_the_question_leaves(start, bird):
    ask(start(BAD))
    (body,) = bird.bodies
    assert json.loads(body)["messages"][-1]["content"] == ASKED


def test_the_mechanism_s_sentences_are_plain():
    assert check(ASKED, GOOD) == ()
    assert Routing().help.endswith(".")
