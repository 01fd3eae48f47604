"""A draft that comes back changed shows how the person wants it."""

import threading

import pytest

from app.core.memory.facts import Facts
from app.core.memory.listening import Listener
from app.core.memory.listening_edit import version
from app.core.memory.style import Style
from app.core.store.conversations import Conversations
from app.core.store.database import Database
from app.core.store.facts import SqliteFacts
from app.core.store.style import SqliteStyle
from app.core.types import Origin, Piece, State

DRAFT = (
    "Dear Ms Ray,\n\nI am writing to ask whether the heating in my flat could be repaired before Monday, "
    "since it has been cold for three days.\n\nYours sincerely,\nTom"
)
CHANGED = DRAFT.replace("Dear Ms Ray", "Hi Joan").replace("Yours sincerely", "Cheers").replace("I am", "I'm")


@pytest.mark.parametrize("before", ["", "I changed it to: ", "My version:\n\n", "Is this better?\n\n"])
def test_his_version_is_found_with_or_without_a_word_before_it(before: str) -> None:
    assert version(before + CHANGED, DRAFT) == CHANGED


@pytest.mark.parametrize(
    "message",
    [
        DRAFT, f"Translate this into Welsh: {DRAFT}", "Make it shorter, please.", "", "Thanks: that is good.",
        "I would like to know when the next train leaves for Cardiff and whether it has a place for bicycles.",
    ],
)  # fmt: skip
def test_a_quoted_draft_or_another_text_is_no_version(message: str) -> None:
    assert version(message, DRAFT) == ""


def test_a_short_answer_is_no_draft() -> None:
    assert version("Yes, on Monday at ten.", "Yes, on Monday at nine.") == ""


def test_an_edited_draft_teaches_the_style_and_no_fact(database: Database, embedder) -> None:
    store = Conversations(database)
    conversation = store.create().id
    facts = Facts(SqliteFacts(database), lambda: embedder)
    style = Style(SqliteStyle(database))
    for _ in range(2):
        store.ask(conversation, "Write to my landlady about the heating.")
        answer = store.begin_answer(conversation)
        store.finish(answer, State.COMPLETE, [Piece(DRAFT, Origin.LOCAL)])
        last = store.ask(conversation, f"I changed it to: {CHANGED}").id
    Listener(facts, style).listen(last, threading.Event())
    signs = {sign.name: sign.value for sign in style.signs()}
    assert (signs["greeting"], signs["ending"]) == ("Hi", "Cheers")
    assert facts.inbox() == []
