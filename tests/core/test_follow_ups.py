"""A follow-up to what was answered here goes to the cloud with the question that it rests on, and no more."""

import json

import pytest
from fakes import Says, Yes

from app.core.aide.asked import request
from app.core.approval import CHOSE_HERE, AnswerLocally, Refuse
from app.core.cancel import Cancel
from app.core.events import Failed, Notice, Sent
from app.core.memory.earlier_talk import STAYS
from app.core.settings import CLOUD_POLICY
from app.core.types import Role, Route, StoredMessage, Turn, Where
from app.privacy.policy import Level

ASKED = "What do bees do in winter?"
HERE = "They huddle, says Zanzibar."


@pytest.fixture
def talk(confidant, bird):
    """Ask here first, then the cloud, in one conversation."""
    confidant.local._stand_in._answers = [HERE] * 9

    def talk(*questions, approver=None, level=None, mechanism="pipeline", first=Where.AUTO):
        conversation = confidant.session.new_conversation(level=level).id
        events = []
        for question in questions[:-1]:
            confidant.session.send(
                conversation, question, Yes(), Cancel(), lambda _: None, where=first, mechanism="routing"
            )
        assert bird.bodies == []
        confidant.session.send(
            conversation, questions[-1], approver or Yes(), Cancel(), events.append,
            where=Where.CLOUD, mechanism=mechanism,
        )  # fmt: skip
        return conversation, events

    return talk


def asked(bird):
    return [each["content"] for each in json.loads(bird.bodies[-1])["messages"] if each["role"] == "user"]


@pytest.mark.parametrize("mechanism", ["pipeline", "routing", "fusion", "distillation"])
def test_the_question_before_goes_along(talk, bird, mechanism):
    _, events = talk(ASKED, "And in summer?", mechanism=mechanism)
    assert asked(bird) == ["What do bees do in summer?"]
    assert any("earlier question" in each.told for each in events if isinstance(each, Notice))
    assert "Zanzibar" not in bird.received


def test_a_question_that_stands_alone_goes_alone(talk, bird):
    _, events = talk(ASKED, "How are bridges built?")
    assert asked(bird) == ["How are bridges built?"]
    assert not any("earlier question" in each.told for each in events if isinstance(each, Notice))


def test_details_of_the_earlier_question_are_hidden(talk, bird):
    private = "Who is Cornelia Featherstone of 14 Harbour Lane, Whitby?"
    talk(private, "When was she born?")
    (question,) = asked(bird)
    assert question.startswith("Who is PERSON-")
    assert question.endswith("When was she born?")
    for detail in ("Cornelia", "Featherstone", "Harbour", "Zanzibar"):
        assert detail not in bird.received


def test_the_person_sees_it_before_it_goes_whatever_the_policy(confidant, talk, bird):
    confidant.settings.set(CLOUD_POLICY, "ask-if-private")
    yes = Yes()
    talk(ASKED, "And in summer?", approver=yes)
    assert [review.original for review in yes.reviews] == ["What do bees do in summer?"]
    bird.bodies.clear()
    _, events = talk(ASKED, "And in summer?", approver=Says(Refuse("You did not agree.")))
    assert bird.bodies == []
    assert isinstance(events[-1], Failed)


def test_what_was_asked_of_this_computer_is_not_told_later(talk, bird):
    talk(ASKED, "And in summer?", first=Where.LOCAL)
    assert asked(bird) == ["And in summer?"]


def test_what_was_said_while_nothing_might_leave_is_not_told_later(confidant, bird, talk):
    session = confidant.session
    conversation = session.new_conversation(level=Level.LOCAL).id
    session.send(conversation, ASKED, Yes(), Cancel(), lambda _: None)
    session.set_level(conversation, Level.GUARDED)
    session.send(conversation, "And in summer?", Yes(), Cancel(), lambda _: None, where=Where.CLOUD)
    assert asked(bird) == ["And in summer?"]


def test_what_was_asked_while_the_cloud_was_off_is_not_told_later(confidant, bird, talk):
    session = confidant.session
    conversation = session.new_conversation().id
    session.set_cloud(False)
    session.send(conversation, ASKED, Yes(), Cancel(), lambda _: None)
    session.set_cloud(True)
    session.send(conversation, "And in summer?", Yes(), Cancel(), lambda _: None, where=Where.CLOUD)
    assert asked(bird) == ["And in summer?"]


@pytest.mark.parametrize(
    "reasons", [(), ("A reason that was added tomorrow.",), ("", "The budget is spent.")]
)
def test_a_reason_that_nobody_knows_keeps_a_question_here(reasons):
    said = (
        StoredMessage(1, "c", Role.USER, ASKED, 0.0),
        StoredMessage(2, "c", Role.ASSISTANT, HERE, 0.0, route=Route(Where.LOCAL, "routing", reasons)),
    )
    turn = Turn("c", "And in summer?", Level.GUARDED, Where.CLOUD, said)
    assert request(turn).text == "And in summer?"


def test_what_was_kept_here_in_the_review_is_not_told_later(confidant, bird):
    session = confidant.session
    conversation = session.new_conversation().id
    no = Says(AnswerLocally())
    session.send(
        conversation, "Who is Cornelia Featherstone?", no, Cancel(), lambda _: None, where=Where.CLOUD
    )
    assert CHOSE_HERE in session.messages(conversation)[-1].route.reasons
    session.send(conversation, "Where does she live?", Yes(), Cancel(), lambda _: None, where=Where.CLOUD)
    assert asked(bird) == ["Where does she live?"]


def test_what_could_not_be_hidden_is_not_told_later(talk, bird):
    talk("I am depressed and take antidepressants. What is a good breakfast?", "And at noon?")
    assert asked(bird) == ["And at noon?"]


def test_what_was_asked_about_earlier_talk_is_not_told_later(confidant, bird, talk):
    session = confidant.session
    before = session.new_conversation().id
    session.send(
        before, "My allotment is behind the mill.", None, Cancel(), lambda _: None, where=Where.LOCAL
    )
    conversation, _ = talk("What did I say about my allotment?", "And in summer?")
    assert STAYS in session.messages(conversation)[1].route.reasons
    assert asked(bird) == ["And in summer?"]


def test_what_left_before_the_level_rose_does_not_go_again(confidant, bird):
    session = confidant.session
    conversation = session.new_conversation(level=Level.OPEN).id
    session.send(
        conversation, "Who is Cornelia Featherstone?", Yes(), Cancel(), lambda _: None, where=Where.CLOUD
    )
    session.set_level(conversation, Level.STRICT)
    bird.bodies.clear()
    session.send(conversation, "Where does she live?", Yes(), Cancel(), lambda _: None, where=Where.CLOUD)
    assert asked(bird) == ["Where does she live?"]


def test_where_the_cloud_knows_the_turn_before_nothing_is_said_twice(confidant, bird):
    session = confidant.session
    conversation = session.new_conversation().id
    for question in (ASKED, "And in summer?"):
        session.send(conversation, question, Yes(), Cancel(), lambda _: None, where=Where.CLOUD)
    assert asked(bird) == [ASKED, "And in summer?"]


def test_later_turns_carry_it_as_it_went(confidant, talk, bird):
    conversation, events = talk(ASKED, "And in summer?")
    assert any(isinstance(each, Sent) for each in events)
    confidant.session.send(
        conversation,
        "And in spring?",
        Yes(),
        Cancel(),
        lambda _: None,
        where=Where.CLOUD,
        mechanism="pipeline",
    )
    assert asked(bird) == ["What do bees do in summer?", "And in spring?"]


def test_of_a_long_conversation_the_earliest_turns_stay_here(confidant, bird):
    bird.say = lambda question: "word " * 4000
    session = confidant.session
    conversation = session.new_conversation().id
    events = []
    for number in range(4):
        events.clear()
        session.send(
            conversation, f"Question number {number}?", Yes(), Cancel(), events.append, where=Where.CLOUD
        )
    said = [each.told for each in events if isinstance(each, Notice) and each.lasting]
    assert any("earliest messages were left out, about" in told for told in said)
    assert asked(bird)[-1] == "Question number 3?"
    assert "Question number 0?" not in asked(bird)
