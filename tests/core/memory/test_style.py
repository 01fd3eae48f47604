"""The style profile: signs are counted, and told once there are enough of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.memory.style import Style
from app.core.store.conversations import Conversations
from app.core.store.database import Database
from app.core.store.facts import SqliteFacts
from app.core.store.style import SqliteStyle

LETTER = "Hi Paula,\n\nthanks for the plums, they're great. See you on Sunday.\n\nCheers,\nJo"


@pytest.fixture
def style(database: Database) -> Style:
    return Style(SqliteStyle(database))


def test_nothing_is_said_before_there_is_enough(style: Style) -> None:
    style.edited(LETTER)
    style.learn("I don't know what's for dinner.")
    assert style.sentence() == ""


def test_greeting_and_ending_of_own_letters_are_known(style: Style) -> None:
    for _ in range(2):
        style.edited(LETTER)
    assert style.sentence("Jo") == "Write briefly; begin letters with 'Hi'; end them with 'Cheers, Jo'."


def test_a_letter_of_somebody_else_teaches_no_ending(style: Style) -> None:
    for _ in range(3):
        style.learn(f"Please reply to this:\n{LETTER}")
    assert style.sentence() == ""


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ("I don't get it, can't you say what's wrong lol", "Write informally."),
        ("Could you kindly tell me which form is required?", "Write formally."),
        ("Wie kann ich das Brot backen und ist der Ofen zu heiß?", "Write in German unless asked otherwise."),
        ("Which bread is best? 🍞", "Use an emoji now and then."),
        ("Which bread is best?", ""),
    ],
)
def test_tone_language_and_emoji_are_known_after_some_messages(
    style: Style, message: str, sentence: str
) -> None:
    for _ in range(8):
        style.learn(message)
    assert style.sentence() == sentence


def test_none_of_the_words_is_kept(style: Style, database: Database) -> None:
    style.edited(LETTER)
    kept = " ".join(SqliteStyle(database).read())
    assert "Paula" not in kept
    assert "Jo" not in kept


def test_it_can_be_seen_and_forgotten(style: Style) -> None:
    for _ in range(2):
        style.edited(LETTER)
    assert ("greeting", "Hi") in [(sign.name, sign.value) for sign in style.signs()]
    style.forget()
    assert style.signs() == ()


@pytest.mark.parametrize("why", ["deleted", "left out"])
def test_what_a_conversation_showed_goes_with_it(style: Style, database: Database, why: str) -> None:
    store = Conversations(database)
    one, other = store.create().id, store.create().id
    for conversation, text in ((one, "Wie ist das?"), (one, "Und der Hund?"), (other, "How is the dog?")):
        style.learn(text, store.ask(conversation, text).id)
    if why == "deleted":
        store.delete(one)
    else:
        SqliteFacts(database).leave_out(one, True)
    counts = SqliteStyle(database).read()
    assert counts["messages"] == 1
    assert "language:German" not in counts


def test_nothing_is_learned_from_a_message_that_is_gone(style: Style, database: Database) -> None:
    store = Conversations(database)
    conversation = store.create().id
    message = store.ask(conversation, "How is the dog?").id
    store.delete(conversation)
    style.learn("How is the dog?", message)
    assert SqliteStyle(database).read() == {}


def test_only_the_latest_texts_count(style: Style, database: Database) -> None:
    for number in range(503):
        style.learn(f"This is number {number}.")
    assert SqliteStyle(database).read()["messages"] == 500


@given(st.text(max_size=200))
def test_nothing_that_can_be_typed_stops_it(text: str) -> None:
    database = Database(None)
    style = Style(SqliteStyle(database))
    style.learn(text)
    style.edited(text)
    style.sentence()
    database.close()
