"""Facts of the person: kept only with his yes, found where they bear on a question, and gone when he says so."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.embeddings import MiniLm
from app.core.errors import SettingError, StoreError
from app.core.memory.draw import Drawn
from app.core.memory.facts import Facts
from app.core.store.conversations import Conversations
from app.core.store.database import Database
from app.core.store.driver import sqlite
from app.core.store.facts import FactState, SqliteFacts

TOLD = (
    "I have a severe nut allergy.",
    "I hate crowded places.",
    "My daughter Zoé is 7.",
    "I prefer trains to planes.",
    "I work as a midwife.",
    "I'm learning Welsh.",
    "I have two cats.",
)


@pytest.fixture
def facts(database: Database, embedder: MiniLm) -> Facts:
    return Facts(SqliteFacts(database), lambda: embedder)


@pytest.fixture
def known(facts: Facts) -> Facts:
    for text in TOLD:
        facts.add(text)
    return facts


def test_what_was_drawn_waits_for_a_yes(facts: Facts, database: Database) -> None:
    message = _say(database, "I'm vegetarian.")
    number = facts.propose(Drawn("I'm vegetarian.", 0.9), message)
    assert facts.about("What should I cook tonight?") == ()
    assert [each.source for each in facts.inbox()] == [message]
    facts.keep(number)
    assert facts.conversation(facts.kept()[0]) == Conversations(database).message(message).conversation
    assert [each.id for each in facts.about("What should I cook tonight?")] == [number]
    assert facts.inbox() == []


def test_what_was_dismissed_is_not_proposed_again(facts: Facts, database: Database) -> None:
    message = _say(database, "I hate jazz.")
    facts.dismiss(facts.propose(Drawn("I hate jazz.", 0.6), message))
    assert facts.propose(Drawn("I hate jazz", 0.6), message) == 0
    assert facts.inbox() == []


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("What snacks can I serve at the party?", "I have a severe nut allergy."),
        ("Suggest a birthday present for Zoé.", "My daughter Zoé is 7."),
        ("What is the best way for me to get from Berlin to Vienna?", "I prefer trains to planes."),
        ("Which sofa fabric should I choose with pets at home?", "I have two cats."),
    ],
)
def test_a_fact_is_found_where_it_bears_on_the_question(known: Facts, question: str, fact: str) -> None:
    assert fact in [each.text for each in known.about(question, 2)]


@pytest.mark.parametrize(
    "question",
    [
        "What is the square root of 1764?",
        "Write a Python function that reverses a linked list.",
        "Who wrote The Magic Mountain?",
        "How many grams are in 3.5 ounces?",
        "Thanks, that helps.",
        "",
    ],
)
def test_most_questions_need_no_fact(known: Facts, question: str) -> None:
    assert known.about(question) == ()


def test_a_later_fact_takes_the_place_of_what_it_contradicts(facts: Facts) -> None:
    hull, leeds = facts.add("I live in Hull."), facts.add("I moved to Leeds.")
    york = facts.add("We moved to York.")
    assert [each.text for each in facts.kept()] == ["We moved to York."]
    assert [each.id for each in facts.history(york)] == [leeds, hull]
    assert facts.store.get(hull).state is FactState.SUPERSEDED
    assert facts.forget(york) == 3


def test_a_waiting_fact_supersedes_a_kept_one_only_once_it_is_kept(facts: Facts, database: Database) -> None:
    seven = facts.add("My daughter Zoé is 7.")
    eight = facts.propose(Drawn("Zoé is now 8.", 0.6, "Zoé"), _say(database, "Zoé is now 8."))
    assert [each.id for each in facts.kept()] == [seven]
    facts.keep(eight)
    assert [each.id for each in facts.kept()] == [eight]


def test_a_name_that_nothing_ties_to_the_person_is_left_alone(facts: Facts, database: Database) -> None:
    assert facts.propose(Drawn("Max is now 8.", 0.6, "Max"), _say(database, "Max is now 8.")) == 0


def test_an_edited_fact_is_found_by_its_new_words(facts: Facts) -> None:
    number = facts.add("I have two cats.")
    assert facts.about("Which flowers harm my cats, and what should I plant?")
    facts.edit(number, "I collect fountain pens.")
    assert facts.about("Which ink would you recommend for my fountain pens?")[0].id == number
    assert [each.text for each in facts.search("FOUNTAIN")] == ["I collect fountain pens."]
    assert facts.search("cats") == []


def test_the_same_fact_is_kept_once(facts: Facts) -> None:
    assert facts.add("I'm vegan.") == facts.add("I am vegan")
    assert len(facts.kept()) == 1


@pytest.mark.parametrize("text", ["", "  ", "x" * 501])
def test_what_is_no_fact_is_refused_with_a_sentence(facts: Facts, text: str) -> None:
    with pytest.raises(SettingError):
        facts.add(text)


def test_what_is_gone_cannot_be_changed(facts: Facts) -> None:
    for change in (facts.keep, facts.dismiss, lambda fact: facts.edit(fact, "I am tall.")):
        with pytest.raises(StoreError, match="no such fact"):
            change(99)


def test_a_vector_belongs_to_its_embedder(known: Facts) -> None:
    known.about("What snacks can I serve?")
    assert len(known.store.vectors(MiniLm.name)) == len(TOLD)
    assert known.store.vectors("another") == {}


def test_a_conversation_that_is_left_out_teaches_nothing_and_loses_what_it_taught(
    facts: Facts, database: Database
) -> None:
    message = _say(database, "I'm vegan.")
    facts.propose(Drawn("I'm vegan.", 0.9), message)
    conversation = Conversations(database).message(message).conversation
    assert facts.store.leave_out(conversation, True) == 1
    assert facts.store.is_left_out(conversation)
    assert facts.propose(Drawn("I'm vegan.", 0.9), message) == 0
    assert facts.store.waiting(message, 10) == []
    facts.store.leave_out(conversation, False)
    assert not facts.store.is_left_out(conversation)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.lists(st.tuples(st.integers(0, 2), st.sampled_from(TOLD)), min_size=1, max_size=8),
    gone=st.integers(0, 2),
)
def test_facts_and_vectors_go_with_their_conversation(
    database: Database, facts: Facts, told: list[tuple[int, str]], gone: int
) -> None:
    facts.forget(None)
    store = Conversations(database)
    names = [store.create().id for _ in range(3)]
    stay = set()
    for place, text in told:
        number = facts.propose(Drawn(text, 0.9), store.ask(names[place], text).id)
        if number:
            facts.keep(number)
            stay |= {text} if place != gone else set()
    facts.about("What should I cook?")
    store.delete(names[gone])
    assert {each.text for each in facts.kept()} == stay
    assert len(facts.store.vectors(MiniLm.name)) == len(stay)


def test_no_byte_of_a_forgotten_fact_stays(facts: Facts, database: Database) -> None:
    number = facts.add("I grow zweigelt grapes.")
    facts.about("Which grapes should I plant?")
    assert facts.forget(number) == 1
    database.close()
    assert database.path is not None
    for path in database.path.parent.iterdir():
        assert b"zweigelt" not in path.read_bytes()
    with sqlite.connect(database.path) as connection:
        assert connection.execute("SELECT count(*) FROM fact").fetchone() == (0,)


def _say(database: Database, text: str) -> int:
    store = Conversations(database)
    return store.ask(store.create().id, text).id
