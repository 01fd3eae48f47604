"""After a turn, what the person said of himself is in the inbox; in the background, and only if he likes."""

import threading
import time

import pytest

from app.core.cancel import Cancel
from app.core.memory.facts import Facts
from app.core.memory.listening import Listener
from app.core.memory.style import Style
from app.core.settings import CLOUD_ENABLED, MEMORY_FACTS
from app.core.store.conversations import Conversations
from app.core.store.database import Database
from app.core.store.facts import SqliteFacts
from app.core.store.style import SqliteStyle
from app.core.types import Where


@pytest.fixture
def facts(database: Database, embedder) -> Facts:
    return Facts(SqliteFacts(database), lambda: embedder)


@pytest.fixture
def listener(facts: Facts, database: Database):
    listener = Listener(facts, Style(SqliteStyle(database)))
    yield listener
    assert listener.close()


def until(condition) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        threading.Event().wait(0.01)


def test_what_was_said_meanwhile_is_read_too_and_only_once(listener, facts, database) -> None:
    store = Conversations(database)
    conversation = store.create().id
    messages = [store.ask(conversation, text).id for text in ("I'm vegan.", "Hello", "I have two cats.")]
    listener.heard(messages[-1])
    until(lambda: facts.store.position() == messages[-1])
    assert [each.text for each in facts.inbox()] == ["I have two cats.", "I'm vegan."]
    facts.forget(None)
    listener.listen(messages[-1], threading.Event())
    assert facts.inbox() == []


def test_it_goes_on_where_it_was_stopped(facts, database) -> None:
    store = Conversations(database)
    conversation = store.create().id
    messages = [store.ask(conversation, f"I have {n} cats.").id for n in range(2, 70)]
    closing = threading.Event()
    closing.set()
    listener = Listener(facts, Style(SqliteStyle(database)))
    listener.listen(messages[-1], closing)
    assert facts.store.position() == 0
    listener.listen(messages[-1], threading.Event())
    assert len(facts.inbox()) == len(messages)
    assert SqliteStyle(database).read()["messages"] == len(messages)


@pytest.fixture
def offline(confidant):
    confidant.settings.set(CLOUD_ENABLED, False)
    return confidant


def say(confidant, conversation: str, text: str) -> None:
    confidant.session.send(conversation, text, None, Cancel(), lambda event: None, where=Where.LOCAL)


def test_a_turn_is_listened_to(offline) -> None:
    conversation = offline.session.new_conversation().id
    say(offline, conversation, "I'm allergic to nuts, what can I bake?")
    until(lambda: offline.facts.inbox())
    (fact,) = offline.facts.inbox()
    assert fact.text == "I'm allergic to nuts."
    offline.session.delete(conversation)
    assert offline.facts.inbox() == []


def test_a_kept_fact_is_before_the_local_model_and_in_the_account(offline) -> None:
    number = offline.facts.add("I have a severe nut allergy.")
    conversation = offline.session.new_conversation().id
    say(offline, conversation, "What snacks can I serve at the party?")
    answer = offline.session.messages(conversation)[-1]
    assert [used.id for used in answer.account.used] == [number]


@pytest.mark.parametrize("why", ["off", "left out", "temporary"])
def test_nobody_listens_or_remembers_where_the_person_does_not_want_it(offline, why: str) -> None:
    offline.facts.add("I have a severe nut allergy.")
    conversation = offline.session.new_conversation(temporary=why == "temporary").id
    if why == "off":
        offline.settings.set(MEMORY_FACTS, False)
    elif why == "left out":
        offline.facts.store.leave_out(conversation, True)
    say(offline, conversation, "I'm vegan, what snacks can I serve?")
    assert "acquaintance" not in vars(offline)
    assert offline.facts.inbox() == []
    assert offline.session.messages(conversation)[-1].account.used == ()


def test_what_was_said_while_it_was_switched_off_is_not_noted_later(offline) -> None:
    conversation = offline.session.new_conversation().id
    offline.settings.set(MEMORY_FACTS, False)
    say(offline, conversation, "I'm vegan, what snacks can I serve?")
    offline.settings.set(MEMORY_FACTS, True)
    say(offline, conversation, "I'm allergic to nuts, what can I bake?")
    until(lambda: offline.facts.inbox())
    assert [each.text for each in offline.facts.inbox()] == ["I'm allergic to nuts."]


def test_an_answer_no_longer_tells_a_fact_that_is_forgotten(offline) -> None:
    kept = offline.facts.add("I have a cat called Mirzam.")
    gone = offline.facts.add("My dog is called Zanzibarix.")
    conversation = offline.session.new_conversation().id
    say(offline, conversation, "What should I feed my dog and my cat?")
    assert {each.id for each in offline.session.messages(conversation)[-1].account.used} == {kept, gone}
    offline.facts.forget(gone)
    account = offline.session.messages(conversation)[-1].account
    assert [each.id for each in account.used] == [kept]
    assert account.steps
