"""Distillation: what the cloud taught is answered here; the same question gets the same answer."""

import pytest
from fakes import Yes

from app.core.cancel import Cancel
from app.core.events import Delta, Notice, Offered, Recalled, Routed, Sent
from app.core.mechanisms.distillation import ASKED, KNOWN
from app.core.types import Origin, Source, Where
from app.privacy.policy import Level

HARD = (
    "Explain step by step why the series of the reciprocal squares converges, prove it rigorously, and derive "
    "its exact value with two different methods, comparing their assumptions in detail."
)
NEARLY = HARD.replace("Explain step by step", "Please explain step by step")
HOW = "First, bound the terms by an integral. Then expand the sine as a product. At the end, compare both."


@pytest.fixture
def ask(confidant, bird):
    bird.say = lambda question: HOW

    def ask(text, *, conversation=None, where=Where.AUTO, level=None):
        events = []
        conversation = conversation or confidant.session.new_conversation(level=level).id
        confidant.session.send(
            conversation, text, Yes(), Cancel(), events.append, where=where, mechanism="distillation"
        )
        return conversation, events

    return ask


@pytest.fixture
def taught(confidant, ask):
    """A conversation in which the cloud answered, and whose answer was accepted."""

    def taught(text=HARD):
        conversation, _ = ask(text, where=Where.CLOUD)
        question, answer = confidant.session.messages(conversation)
        confidant.exemplars.learn(question, answer)
        confidant.exemplars.judged(answer.id, True)
        return conversation, answer.id

    return taught


def only(events, kind):
    return [event for event in events if isinstance(event, kind)]


def said(events):
    return "".join(event.text for event in only(events, Delta))


def test_what_is_new_and_hard_goes_to_the_cloud(ask, bird):
    _, events = ask(HARD)
    (routed,) = only(events, Routed)
    assert (routed.where, routed.mechanism) == (Where.CLOUD, "distillation")
    assert said(events) == HOW
    assert len(bird.bodies) == 1


def test_what_is_easy_stays_here(ask, bird):
    _, events = ask("What is the capital of Austria?")
    assert only(events, Routed)[-1].where is Where.LOCAL
    assert bird.bodies == []


def test_the_same_question_gets_the_same_answer_and_says_so(confidant, taught, ask, bird):
    taught()
    bird.bodies.clear()
    conversation, events = ask(f" {HARD.upper()} ")
    assert said(events) == HOW
    (routed,) = only(events, Routed)
    assert routed.where is Where.LOCAL
    assert routed.reasons[0].startswith("You asked this on ")
    assert any("the same answer" in notice.told and notice.lasting for notice in only(events, Notice))
    assert bird.bodies == []
    _, answer = confidant.session.messages(conversation)
    assert [used.source for used in answer.account.used] == [Source.EXAMPLE]
    assert {piece.origin for piece in answer.pieces} == {Origin.CLOUD}
    assert answer.wire_text == ""


def test_asking_again_makes_a_new_answer(confidant, taught, ask):
    taught()
    conversation, _ = ask(HARD)
    events = []
    confidant.session.answer_again(conversation, Yes(), Cancel(), events.append, mechanism="distillation")
    assert said(events) != HOW
    assert not any(routed.reasons[0].startswith("You asked") for routed in only(events, Routed)) or only(
        events, Offered
    )


@pytest.mark.parametrize("where", [Where.LOCAL, Where.CLOUD])
def test_who_names_a_model_gets_an_answer_of_that_model(taught, ask, bird, where):
    taught()
    bird.bodies.clear()
    _, events = ask(HARD, where=where)
    assert only(events, Routed)[-1].where is where
    assert len(bird.bodies) == (where is Where.CLOUD)


def test_a_near_repeat_is_offered_and_answered_here_with_what_was_learned(confidant, taught, ask, bird):
    first, answer = taught()
    bird.bodies.clear()
    conversation, events = ask(NEARLY)
    (offered,) = only(events, Offered)
    assert (offered.message, offered.conversation, offered.question) == (answer, first, HARD)
    *_, routed = only(events, Routed)
    assert (routed.where, routed.reasons[0]) == (Where.LOCAL, ASKED)
    assert said(events) != HOW
    assert bird.bodies == []
    (recalled,) = only(events, Recalled)
    (lesson,) = [used for used in recalled.used if used.source is Source.EXAMPLE]
    told = confidant.session.messages(conversation)[-1]
    assert lesson in told.account.used
    confidant.exemplars.judged(told.id, True)
    assert confidant.examples.get(lesson.id).helped == 1


def test_a_lesson_of_the_same_kind_keeps_a_hard_question_here(taught, ask, bird):
    taught()
    bird.bodies.clear()
    _, events = ask(HARD.replace("squares", "cubes").replace("two", "three"))
    assert only(events, Offered) == []
    assert only(events, Routed)[-1].reasons[0] == KNOWN
    assert bird.bodies == []


def test_in_the_middle_of_a_talk_nothing_is_reused_silently(taught, ask):
    taught()
    conversation, _ = ask("What is the capital of Austria?")
    _, events = ask(HARD, conversation=conversation)
    assert only(events, Offered)
    assert said(events) != HOW


@pytest.mark.parametrize("draft", ["I'm sorry, but I can't help with that.", "1 + 1 = 3, and 2 + 2 = 5."])
def test_a_near_repeat_is_checked_like_any_draft(confidant, taught, ask, bird, draft):
    taught()
    bird.bodies.clear()
    confidant.local._stand_in._answers = [draft] * 9
    _, events = ask(NEARLY)
    assert only(events, Offered)
    assert [event.where for event in only(events, Routed)] == [Where.LOCAL, Where.CLOUD]
    assert {event.mechanism for event in only(events, Routed)} == {"distillation"}
    assert said(events) == HOW
    assert len(bird.bodies) == 1


def test_nothing_is_reused_of_a_conversation_that_was_deleted(confidant, taught, ask, bird):
    first, _ = taught()
    confidant.session.delete(first)
    bird.bodies.clear()
    _, events = ask(HARD)
    assert not only(events, Offered)
    assert len(bird.bodies) == 1


def test_a_level_that_lets_nothing_leave_lets_nothing_leave(taught, ask, bird):
    taught()
    bird.bodies.clear()
    _, events = ask(HARD, level=Level.LOCAL)
    assert said(events) == HOW
    _, events = ask("Another hard one: " + HARD, level=Level.LOCAL)
    assert not only(events, Sent)
    assert bird.bodies == []


def test_a_temporary_conversation_neither_learns_nor_repeats(confidant, taught, bird):
    taught()
    events = []
    conversation = confidant.session.new_conversation(temporary=True).id
    confidant.session.send(conversation, HARD, Yes(), Cancel(), events.append, mechanism="distillation")
    assert only(events, Routed)[-1].where is Where.CLOUD
    assert len(confidant.examples.all(9)) == 1


PRIVATE = {
    "Cornelia Featherstone": "Please thank Cornelia Featherstone for the evening.",
    "cornelia@quillmail.example": "Is cornelia@quillmail.example a valid address?",
    "+43 660 5551234": "Draft a text that gives my number, +43 660 5551234, to a plumber.",
    "AT61 1904 3002 3457 3201": "Check the IBAN AT61 1904 3002 3457 3201 for me.",
    "Bartholomew Quist": "My brother Bartholomew Quist has a rash, what should he do?",
}


@pytest.mark.parametrize("level", [Level.GUARDED, Level.STRICT, Level.OPEN])
def test_no_private_detail_stands_in_what_is_kept_to_learn_from(confidant, bird, level):
    bird.say = lambda question: f"You asked: {question} First, think. Then write to {question}"
    for text in PRIVATE.values():
        conversation = confidant.session.new_conversation(level=level).id
        confidant.session.send(conversation, text, Yes(), Cancel(), lambda _: None, where=Where.CLOUD)
        confidant.exemplars.learn(*confidant.session.messages(conversation))
    assert len(confidant.examples.all(20)) == len(PRIVATE)
    with confidant._kept.reading() as connection:
        rows = connection.execute("SELECT masked, strategy, answer FROM example").fetchall()
    kept = "\n".join(str(value) for row in rows for value in row).casefold()
    for value in PRIVATE:
        for part in (value, *value.split()):
            assert part.casefold() not in kept, part
