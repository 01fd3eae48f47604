"""What no rule knows, the local model thinks over while nobody needs it; it only proposes."""

import threading
import time
from collections.abc import Iterator

import pytest

from app.core.cancel import Cancel
from app.core.engines.holder import LocalState, Phase
from app.core.errors import Cancelled
from app.core.memory.draw import draw, unsure
from app.core.memory.draw_model import GUESS
from app.core.memory.facts import Facts
from app.core.memory.listening import Listener
from app.core.memory.listening_idle import Afterthought
from app.core.memory.listening_spare import Spare
from app.core.memory.style import Style
from app.core.models.catalog import bundled
from app.core.store.conversations import Conversations
from app.core.store.database import Database
from app.core.store.facts import FactState, Reader, SqliteFacts
from app.core.store.style import SqliteStyle
from app.core.types import Chunk, Prompt


class Sage:
    """A model that always says the same, or is interrupted."""

    def __init__(self, *says: str) -> None:
        self.says = list(says)
        self.phase = Phase.READY
        self.asked: list[str] = []

    @property
    def state(self) -> LocalState:
        return LocalState(self.phase, "sage", "")

    def murmur(self, prompt: Prompt, cancel: Cancel) -> Iterator[Chunk]:
        self.asked.append(prompt.messages[-1].text)
        said = self.says.pop(0) if len(self.says) > 1 else self.says[0]
        if said == "interrupted":
            raise Cancelled
        if said == "thinks for ever":
            gone = threading.Event()
            with cancel.on_set(gone.set):
                gone.wait(10)
            raise Cancelled
        yield Chunk(said)


@pytest.fixture
def facts(database: Database, embedder) -> Facts:
    return Facts(SqliteFacts(database), lambda: embedder)


@pytest.fixture
def listen(facts: Facts, database: Database):
    """Let a model hear messages, and return the thread that asks it."""
    made: list[Listener] = []

    def hear(sage: Sage, *texts: str, least: int = 0, wanted: bool = True) -> int:
        spare = Spare(sage, bundled, lambda: wanted, least)
        made.append(Listener(facts, Style(SqliteStyle(database)), Afterthought(facts, spare, after=0.01)))
        store = Conversations(database)
        conversation = store.create().id
        last = [store.ask(conversation, text).id for text in texts][-1]
        made[-1].heard(last)
        return last

    yield hear
    assert all(listener.close() for listener in made)


def until(condition) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        threading.Event().wait(0.01)


def test_what_the_model_takes_for_lasting_goes_to_the_inbox_as_a_guess(facts, listen) -> None:
    last = listen(Sage("habit"), "We heat with wood.", "I have two cats.")
    until(lambda: facts.store.position(Reader.MODEL) == last)
    found = {each.text: each.confidence for each in facts.inbox()}
    assert found["We heat with wood."] == GUESS
    assert found["I have two cats."] > GUESS


@pytest.mark.parametrize("says", ["moment", "joke", "nothing", "something that no grammar allows", ""])
def test_anything_else_that_it_says_is_no_fact(facts, listen, says: str) -> None:
    last = listen(Sage(says), "We heat with wood.")
    until(lambda: facts.store.position(Reader.MODEL) == last)
    assert facts.inbox() == []


def test_a_model_that_is_too_small_is_not_asked(facts, listen) -> None:
    sage = Sage("habit")
    last = listen(sage, "We heat with wood.", least=10**9)
    until(lambda: facts.store.position(Reader.MODEL) == last)
    assert sage.asked == []


def test_a_question_comes_first_and_the_thought_later(facts, listen) -> None:
    sage = Sage("interrupted", "interrupted", "habit")
    last = listen(sage, "We heat with wood.")
    until(lambda: facts.store.position(Reader.MODEL) == last)
    assert sage.asked == ["We heat with wood."] * 3
    assert len(facts.inbox()) == 1


def test_while_the_model_answers_or_is_not_in_memory_it_is_left_alone(facts, listen) -> None:
    sage = Sage("habit")
    sage.phase = Phase.ANSWERING
    last = listen(sage, "We heat with wood.")
    until(lambda: facts.store.position() == last)
    assert sage.asked == []
    sage.phase = Phase.READY
    until(lambda: facts.inbox())


def test_where_no_facts_are_wanted_nothing_is_thought_over(facts, listen) -> None:
    sage = Sage("habit")
    last = listen(sage, "We heat with wood.", wanted=False)
    until(lambda: facts.store.position() == last)
    facts.store.skip()
    assert facts.store.position(Reader.MODEL) == last
    assert sage.asked == []


def test_closing_stops_it_in_the_middle(facts, listen) -> None:
    sage = Sage("thinks for ever")
    listen(sage, "We heat with wood.")
    until(lambda: sage.asked)  # the fixture closes it within a second


def test_what_was_read_before_there_was_such_a_thing_is_not_read_again(facts, database, listen) -> None:
    store = Conversations(database)
    facts.store.read_up_to(store.ask(store.create().id, "We keep goats in the yard.").id)
    sage = Sage("habit")
    last = listen(sage, "We heat with wood.")
    until(lambda: facts.store.position(Reader.MODEL) == last)
    assert sage.asked == ["We heat with wood."]


def test_a_guess_that_was_dismissed_does_not_come_again(facts, listen) -> None:
    listen(Sage("habit"), "We heat with wood.")
    until(lambda: facts.inbox())
    facts.dismiss(facts.inbox()[0].id)
    last = listen(Sage("habit"), "We heat with wood.")
    until(lambda: facts.store.position(Reader.MODEL) == last)
    assert facts.inbox() == []
    assert len(facts.store.list(FactState.DISMISSED)) == 1


@pytest.mark.parametrize(
    "message",
    [
        "My neighbour heats with wood.", "She heats with wood.", "Do I heat with wood?", "Maybe we heat with wood.",
        'What is meant by "we heat with wood"?', "Write a poem: we heat with wood.", "We used to heat with wood.",
        "We heat with wood today.", "I need a stove.", "Dear Ms Ray,\nwe heat with wood.\nKind regards\nTom",
        "Wenn wir mit Holz heizen, was kostet das?", "I have two cats.",
    ],
)  # fmt: skip
def test_nobody_is_asked_about_others_what_is_supposed_or_what_a_rule_knows(message: str) -> None:
    assert unsure(message) == ()


def test_what_is_asked_about_is_a_clause_as_it_was_said() -> None:
    assert unsure("I'm vegan, and we heat with wood.") == ("We heat with wood.",)
    assert [fact.text for fact in draw("I'm vegan, and we heat with wood.")] == ["I'm vegan."]
