"""What was said in other conversations reaches the model on this computer where it bears on a question, and nobody else."""

import time

import pytest
from fakes import Yes

from app.core import settings as keys
from app.core.cancel import Cancel
from app.core.events import Done, Recalled, Routed
from app.core.memory.earlier_talk import STAYS, asks_for_it
from app.core.store.turns import Note
from app.core.types import Source, Where

SAID = "My allotment is the one behind the Quillmarsh windmill."
ASKS = "What did I say about my allotment?"
CANARY = "Quillmarsh"
MECHANISMS = ("adaptive", "routing", "pipeline", "auxiliary", "distillation", "fusion")


@pytest.fixture
def engine(confidant):
    return confidant.local._stand_in


def ask(confidant, text, *, conversation="", where=Where.AUTO, mechanism="", temporary=False):
    events = []
    conversation = conversation or confidant.session.new_conversation(temporary=temporary).id
    how = {"where": where, "mechanism": mechanism}
    confidant.session.send(conversation, text, Yes(), Cancel(), events.append, **how)
    assert isinstance(events[-1], Done), events[-1]
    return events


def remember(confidant, text=SAID, **how):
    conversation = confidant.session.new_conversation(**how).id
    ask(confidant, text, conversation=conversation, where=Where.LOCAL)
    if not how:
        confidant.recall.index(Cancel())
    return conversation


def last_prompt(engine):
    return "\n".join(message.text for message in engine.prompts[-1].messages)


def used(events):
    return [each for event in events if isinstance(event, Recalled) for each in event.used]


def test_a_question_about_earlier_talk_is_answered_here_with_what_was_said(confidant, engine):
    conversation = remember(confidant)
    events = ask(confidant, ASKS)
    routed = next(event for event in events if isinstance(event, Routed))
    assert routed.where is Where.LOCAL
    assert STAYS in routed.reasons
    assert SAID in last_prompt(engine)
    day = time.strftime("%B %Y")
    (told,) = [each for each in used(events) if each.source is Source.TURN]
    assert told.text.endswith(f"I said: {SAID}")
    assert day in told.text
    assert not told.left
    kept = confidant.session.messages(confidant.session.conversations()[0].id)[-1]
    assert told in kept.account.used
    confidant.session.delete(conversation)  # and what used it forgets it
    (kept,) = [m for m in confidant.session.messages(kept.conversation) if m.id == kept.id]
    assert not [each for each in kept.account.used if each.source is Source.TURN]


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_nothing_of_it_leaves_whatever_answers(confidant, engine, bird, mechanism):
    remember(confidant)
    conversation = confidant.session.new_conversation().id
    ask(confidant, ASKS, conversation=conversation, mechanism=mechanism)
    assert CANARY in last_prompt(engine)
    # The answer stands in this conversation now, and the next question goes to the cloud.
    ask(confidant, ASKS, conversation=conversation, where=Where.CLOUD, mechanism=mechanism)
    ask(confidant, "Write a long essay about gardens.", conversation=conversation, where=Where.CLOUD,
        mechanism=mechanism)  # fmt: skip
    ask(confidant, ASKS, where=Where.CLOUD, mechanism=mechanism)
    assert bird.received
    assert CANARY not in bird.received


@pytest.mark.parametrize("text", ["As I told you, my allotment needs water. When do I go?",
                                  "When should I walk to my allotment behind the windmill?"])  # fmt: skip
def test_a_question_that_builds_on_it_gets_it_too(confidant, engine, text):
    remember(confidant)
    ask(confidant, text, where=Where.LOCAL)
    assert SAID in last_prompt(engine)


@pytest.mark.parametrize("text", ["What is the capital of France?", "What did I say about my boat in Oslo?"])
def test_a_question_that_is_about_something_else_gets_nothing(confidant, engine, text):
    remember(confidant)
    assert not used(ask(confidant, text, where=Where.LOCAL))
    assert CANARY not in last_prompt(engine)


def test_what_is_left_out_temporary_or_in_sight_is_not_told(confidant, engine):
    left_out, here = remember(confidant), remember(confidant, "My allotment has a red door.")
    remember(confidant, "My allotment is hard to find.", temporary=True)
    confidant.facts.store.leave_out(left_out, True)
    ask(confidant, ASKS, where=Where.LOCAL, conversation=left_out)
    assert "red door" not in last_prompt(engine)
    events = ask(confidant, ASKS, where=Where.LOCAL, conversation=here)
    assert not used(events)
    ask(confidant, ASKS, where=Where.LOCAL)
    assert "red door" in last_prompt(engine)
    assert CANARY not in last_prompt(engine)
    assert "hard to find" not in last_prompt(engine)
    ask(confidant, ASKS, where=Where.LOCAL, temporary=True)
    assert "red door" not in last_prompt(engine)


def test_nothing_is_told_while_nothing_is_remembered(confidant, engine):
    remember(confidant)
    kept = confidant.session.new_conversation().id
    confidant.settings.set(keys.MEMORY_ENABLED, False)
    events = ask(confidant, ASKS, conversation=kept)
    assert not used(events)
    assert CANARY not in last_prompt(engine)


def test_who_chose_the_cloud_is_answered_there(confidant, bird):
    remember(confidant)
    events = ask(confidant, ASKS, where=Where.CLOUD, mechanism="routing")
    assert next(event for event in events if isinstance(event, Routed)).where is Where.CLOUD
    assert CANARY not in bird.received


def test_what_send_would_do_is_said_before(confidant):
    conversation = confidant.session.new_conversation().id
    assert confidant.session.destination(conversation, ASKS).why != STAYS
    remember(confidant)
    told = confidant.session.destination(conversation, ASKS)
    assert (told.where, told.why) == (Where.LOCAL, STAYS)


def test_it_is_little_even_where_much_was_said(confidant, engine):
    confidant.turns.add(
        Note(str(n), "c", "Ann", "user", 1.6e9, f"The allotment of number {n} is " + "very green " * 60)
        for n in range(30)
    )
    confidant.recall.index(Cancel())
    events = ask(confidant, "What did I say about the allotment?")
    assert 1 <= len(used(events)) <= 4
    assert all("Ann said" in each.text for each in used(events))
    assert len(last_prompt(engine)) < 2000


def test_a_question_searches_once(confidant, monkeypatch):
    remember(confidant)
    asked = []
    real = type(confidant.recall).recall
    monkeypatch.setattr(type(confidant.recall), "recall", lambda *a, **k: asked.append(1) or real(*a, **k))
    ask(confidant, ASKS)
    assert asked == [1]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("What did I say last week about the boiler?", True),
        ("did you tell me where to park?", True),
        ("When did I mention my sister?", True),
        ("What have we talked about yesterday?", True),
        ("Do you remember the name of my dentist?", True),
        ("What was the film that you mentioned before?", True),
        ("Which wine did I tell you about?", True),
        ("What do you know about me?", True),
        ("I told you the name of the street before, which one was it?", True),
        ("Have I ever mentioned a Tove?", True),
        ("What did Churchill say about tea?", False),
        ("Did she tell you that?", False),
        ("Write to my landlord that I said no.", False),
        ("What is the capital of France?", False),
        ("Tell me a story.", False),
        ("How do I say hello in Danish?", False),
        ("Can you write a letter that mentions my boat?", False),
        ("Why did the chicken cross the road?", False),
        ("How would you say that in French?", False),
        ("What can I tell my boss about being late?", False),
    ],
)
def test_a_question_for_earlier_talk_is_known_by_its_words(text, asks):
    assert asks_for_it(text) is asks
