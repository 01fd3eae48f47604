"""The coach in the cloud gets the task alone; this computer writes with what it knows, coached or not."""

from dataclasses import replace

import pytest
from fakes import Says, Yes
from hypothesis import given
from hypothesis import strategies as st

from app.core import settings as keys
from app.core.aide.outline import outline
from app.core.aide.sheet import sheet
from app.core.approval import AnswerLocally, Refuse
from app.core.cancel import Cancel
from app.core.events import Delta, Done, Notice, Recalled, Routed
from app.core.memory.person import Fact
from app.core.task import Task, task_of
from app.core.types import Origin, Where
from app.privacy.policy import Level
from app.privacy.prompt import Template

REQUEST = "Write a letter to my landlord. I am Cornelia Featherstone and the boiler broke on 9 November."
FACTS = ("My landlord is Mr Przybylski.", "I live in flat 14.", "I have a cat called Bruno.")
PLAN = "Sure! Here is an outline:\n1. **Greeting**\n2. What is broken, and since when\n3. A friendly deadline"


class Someone:
    """Knows some facts, whatever is asked."""

    def about(self, question, k=3):
        return tuple(Fact(number, text, 0.0) for number, text in enumerate(FACTS[:k], 1))

    def style(self):
        return "Write briefly."

    def heard(self, message):
        pass


@pytest.fixture
def knowing(confidant):
    """A profile that knows somebody."""
    answering = confidant.session._answering
    answering._minds = replace(answering._minds, person=lambda conversation: Someone())
    return confidant


def ask(confidant, text, approver=None, *, conversation=None, **how):
    events = []
    conversation = conversation or confidant.session.new_conversation().id
    confidant.session.send(
        conversation, text, approver or Yes(), Cancel(), events.append, mechanism="auxiliary", **how
    )
    return events


def only(events, kind):
    return [event for event in events if isinstance(event, kind)]


def said(events):
    return "".join(event.text for event in only(events, Delta))


def test_the_cloud_plans_from_the_task_and_this_computer_writes_with_the_facts(knowing, bird):
    bird.say = lambda question: PLAN
    yes = Yes()
    events = ask(knowing, REQUEST, yes)
    (body,) = bird.bodies
    assert "Write a letter to my landlord." in body.decode()
    for detail in ("Cornelia", "Featherstone", "boiler", "November", "Przybylski", "14", "Bruno", "PERSON-"):
        assert detail not in body.decode()
    assert Template.COACH.value in body.decode()
    answer = said(events)
    assert all(each in answer for each in (*FACTS, REQUEST, "1. Greeting", "3. A friendly deadline"))
    assert (
        answer.index(FACTS[0]) < answer.index(REQUEST) < answer.index("Greeting") < answer.index("Write it")
    )
    assert {each.origin for each in only(events, Delta)} == {Origin.LOCAL}
    assert only(events, Routed)[0].where is Where.LOCAL
    assert [each.text for each in only(events, Recalled)[0].used] == list(FACTS)
    assert not any(each.left for each in only(events, Recalled)[0].used)
    assert [step.name for step in only(events, Done)[0].steps] == ["outline", "answer"]
    assert yes.reviews[0].original.endswith("Write a letter to my landlord.")


def test_a_plan_is_no_turn_that_later_ones_carry(knowing, bird):
    bird.say = lambda question: PLAN
    conversation = knowing.session.new_conversation().id
    ask(knowing, REQUEST, conversation=conversation)
    question, answer = knowing.session.messages(conversation)
    assert question.wire_text == answer.wire_text == ""
    assert answer.ledger is not None
    events = []
    knowing.session.send(
        conversation,
        "What is a fjord?",
        Yes(),
        Cancel(),
        events.append,
        where=Where.CLOUD,
        mechanism="routing",
    )
    assert b"landlord" not in bird.bodies[-1]


def test_later_turns_are_hidden_as_if_there_had_been_no_coach(knowing, bird):
    bird.say = lambda question: PLAN
    conversation = knowing.session.new_conversation().id
    ask(knowing, "Write a card to Cornelia Featherstone in Springfield.", conversation=conversation)
    bird.say = lambda question: question
    events = []
    text = "Cornelia Featherstone came on 3 May."
    knowing.session.send(
        conversation, text, Yes(), Cancel(), events.append, where=Where.CLOUD, mechanism="pipeline"
    )
    assert b"PERSON-" in bird.bodies[-1]
    assert b"3 May" in bird.bodies[-1]
    assert "Cornelia Featherstone" in said(events)


@pytest.mark.parametrize(
    ("answer", "is_used"),
    [
        ("I'm sorry, I can't help with that.", False),
        ("", False),
        ("Could you please provide more details?", False),
        ("- Greeting\n- Reason\n- Thanks", True),
        ("Begin kindly. Then say what is wrong. End with thanks.", True),
    ],
)
def test_a_useless_plan_is_left_out(knowing, bird, answer, is_used):
    bird.say = lambda question: answer
    events = ask(knowing, REQUEST)
    assert isinstance(events[-1], Done)
    assert ("Follow this plan" in said(events)) is is_used
    lasting = [each.told for each in only(events, Notice) if each.lasting]
    assert any("This computer writes without" in told for told in lasting) is not is_used
    assert all(each in said(events) for each in FACTS)


def test_who_refuses_gets_no_text_and_the_question_back(knowing, bird):
    conversation = knowing.session.new_conversation().id
    events = ask(knowing, REQUEST, Says(Refuse("You said no.")), conversation=conversation)
    assert (events[-1].told, said(events), bird.bodies) == ("You said no.", "", [])
    knowing.session.take_back(conversation)
    assert knowing.session.messages(conversation) == []


def test_who_wants_no_coach_gets_a_text_without_one(knowing, bird):
    events = ask(knowing, REQUEST, Says(AnswerLocally()))
    assert bird.bodies == []
    assert isinstance(events[-1], Done)
    assert all(each in said(events) for each in FACTS)
    assert "Follow this plan" not in said(events)


def test_with_nobody_to_ask_this_computer_writes_alone(knowing, bird):
    conversation, events = knowing.session.new_conversation().id, []
    knowing.session.send(conversation, REQUEST, None, Cancel(), events.append, mechanism="auxiliary")
    assert bird.bodies == []
    assert FACTS[0] in said(events)


def test_a_cloud_that_fails_costs_the_plan_alone(knowing, bird):
    knowing.settings.set(keys.CLOUD_BASE_URL, "http://127.0.0.1:9")
    events = ask(knowing, REQUEST)
    assert isinstance(events[-1], Done)
    assert FACTS[0] in said(events)
    assert any("writes without a plan" in each.told and each.lasting for each in only(events, Notice))


@pytest.mark.parametrize("where", [Where.LOCAL])
def test_who_asks_this_computer_is_coached_by_nobody(knowing, bird, where):
    events = ask(knowing, REQUEST, where=where)
    assert bird.requests == []
    assert REQUEST in said(events)


@pytest.mark.parametrize(
    "text",
    [
        "Hi there!",
        "What is my sister's name?",
        "My bank account number is 8473920165.",
        "Translate: yes",
        "My salary is 173,250 before taxes, is that fair?",
    ],
)
def test_where_there_is_nothing_to_plan_nothing_is_sent(knowing, bird, text):
    events = ask(knowing, text, where=Where.CLOUD)
    assert bird.bodies == []
    assert isinstance(events[-1], Done)


def test_in_a_local_conversation_nothing_leaves(knowing, bird):
    conversation = knowing.session.new_conversation(level=Level.LOCAL).id
    ask(knowing, REQUEST, conversation=conversation)
    assert bird.requests == []


def test_a_problem_gets_a_strategy_instead_of_a_plan(knowing, bird):
    bird.say = lambda question: "Multiply the rate by the time."
    events = ask(knowing, "A pump fills 12 litres a minute. How many litres does it fill in 3 hours?")
    body = bird.bodies[0].decode()
    assert Template.STRATEGY.value in body
    assert "12" not in body.split("The task is")[1]
    assert "How to solve it:\nMultiply the rate by the time.\n\nAnswer now." in said(events)


def test_a_follow_up_is_planned_with_what_it_follows(knowing, bird):
    bird.say = lambda question: PLAN
    conversation = knowing.session.new_conversation().id
    ask(knowing, "Write a poem about rain.", conversation=conversation)
    ask(knowing, "Write it in short lines.", conversation=conversation)
    assert b"Write a poem about rain. Write it in short lines." in bird.bodies[1]


def test_what_was_answered_here_alone_is_not_told_with_a_follow_up(knowing, bird):
    bird.say = lambda question: PLAN
    conversation = knowing.session.new_conversation().id
    ask(knowing, "Write a poem about wombats.", conversation=conversation, where=Where.LOCAL)
    ask(knowing, "Write it in short lines.", conversation=conversation)
    assert "Write it in short lines." in bird.received
    assert "wombats" not in bird.received


def test_no_code_in_a_plan_is_put_back(knowing, bird):
    conversation = knowing.session.new_conversation().id
    knowing.session.send(
        conversation, "Who is Bertram Lindqvist?", Yes(), Cancel(), lambda _: None,
        where=Where.CLOUD, mechanism="routing",
    )  # fmt: skip
    code = bird.bodies[0].decode().rpartition("PERSON-")[2][:4]
    bird.say = lambda question: f"1. Greet PERSON-{code}\n2. Thank PERSON-{code} warmly\n3. Close"
    events = ask(knowing, "Write a poem about rain.", conversation=conversation)
    assert f"Greet PERSON-{code}" in said(events)
    assert "Lindqvist" not in said(events)


def test_of_a_long_conversation_the_small_model_gets_what_bears_on_the_question(knowing, bird):
    bird.say = lambda question: PLAN
    conversation = knowing.session.new_conversation().id
    filler = "The wagon stood in the yard, and nobody knew why it was there at all. " * 30
    for text in (f"{filler}The toast is for aunt Gudrun's farewell. {filler}", filler, "Is it late?"):
        ask(knowing, text, conversation=conversation, where=Where.LOCAL)
    events = ask(knowing, "Write a short toast for the farewell.", conversation=conversation)
    assert any(each.told.startswith("Left out") for each in only(events, Notice))
    answer = said(events)
    assert "Earlier in this conversation:" in answer
    assert "The toast is for aunt Gudrun's farewell." in answer
    assert answer.count("wagon") < 60
    assert b"Gudrun" not in bird.bodies[0]


SHEETS = [
    ("Write a letter to my bank because I lost my card.", "Write a letter to my bank."),
    ("Please write a note to Tom saying that I moved. Keep it short. Mention the cat.", "write a note to Tom. Keep it short."),
    ("Can you draft an email: I quit on Monday", "draft an email."),
    ("I broke my leg. Write a short apology to my team that I cannot come.", "Write a short apology to my team."),
    ("Is that fair? My pay is low, is it not? Write a note to Tom.", "Write a note to Tom."),
    ("Write a toast for Przybylski and flat 14.", "Write a toast for something and flat something."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), SHEETS)
def test_a_sheet_holds_what_is_wanted_and_nothing_that_is_told(text, wanted):
    made = sheet(text, task_of(text), FACTS)
    assert made is not None
    assert made.text.endswith(f"asked for: {wanted}")


@given(st.text(max_size=300), st.sampled_from(Task))
def test_a_sheet_is_made_of_whatever_is_typed(text, task):
    made = sheet(text, task)
    assert made is None or made.text


@given(st.text(max_size=600))
def test_a_plan_is_short_whatever_the_cloud_says(answer):
    points = outline(answer)
    assert len(points) <= 6
    assert sum(len(point.split()) for point in points) <= 85


def test_a_plan_keeps_points_and_drops_the_gaps_of_forms():
    answer = "Outline:\n- Dear [Recipient's Name],\n- **Say** thanks\n- Say thanks\n- " + "word " * 50
    assert outline(answer) == ("Dear,", "Say thanks", " ".join(["word"] * 20))
