"""Conversations as the person left them, whatever was typed and whatever happened to the program."""

import os
import signal
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_processes import Start, go, line

from app.core.errors import StoreError
from app.core.store.conversations import Conversations
from app.core.store.database import Database
from app.core.store.erase import destroying
from app.core.store.vault import SqliteVaultStore
from app.core.types import Origin, Piece, Role, Route, State, StoredMessage, Where
from app.privacy.policy import Level

ROUTE = Route(Where.CLOUD, "pipeline", ("It needs a large model.", "You asked for it."), 0.75)
ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates and NUL too


def _answered(kept: Conversations, conversation: str, *pieces: Piece) -> int:
    answer = kept.begin_answer(conversation, ROUTE, "small")
    kept.finish(answer, State.COMPLETE, pieces)
    return answer


def _words(count: int) -> list[Piece]:
    return [Piece(f"word{number} ", Origin.LOCAL) for number in range(count)]


def test_a_conversation_comes_back_as_it_was_made(kept: Conversations) -> None:
    made = kept.create("Holiday", Level.STRICT)
    assert kept.get(made.id) == made
    assert (made.title, made.level, made.pinned, made.temporary) == ("Holiday", Level.STRICT, False, False)
    assert not made.id.startswith("tmp-")


def test_ids_are_short_and_fit_into_an_address_and_an_argument(kept: Conversations) -> None:
    ids = {kept.create().id for _ in range(50)}
    assert len(ids) == 50
    assert all(each.isalnum() and len(each) <= 16 for each in ids)


def test_the_list_shows_pinned_ones_first_and_then_the_newest(kept: Conversations) -> None:
    first, second, third = (kept.create(title) for title in ("first", "second", "third"))
    assert [each.title for each in kept.list()] == ["third", "second", "first"]
    kept.ask(first.id, "again")
    assert [each.title for each in kept.list()] == ["first", "third", "second"]
    kept.pin(second.id, True)
    assert [each.title for each in kept.list()] == ["second", "first", "third"]
    assert [each.title for each in kept.list(limit=1, offset=1)] == ["first"]
    kept.pin(second.id, False)
    assert not kept.get(second.id).pinned
    assert kept.get(third.id) == third


def test_a_conversation_can_be_renamed_and_its_level_chosen(kept: Conversations) -> None:
    conversation = kept.create()
    kept.rename(conversation.id, " A new\nname ")
    kept.set_level(conversation.id, Level.LOCAL)
    assert kept.get(conversation.id) == replace(conversation, title="A new name", level=Level.LOCAL)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Hello", "Hello"),
        ("What is\n the   capital\tof France?", "What is the capital of France?"),
        (
            "one two three four five six seven eight nine ten eleven",
            "one two three four five six seven eight nine ten",
        ),
        ("x" * 48, "x" * 48),
        ("x" * 49 + " y", "x" * 47 + "…"),
        ("a " + "b" * 60, "a"),
        (" \n\t", ""),
        ("\0null\x07bell", "null bell"),
        ("Grüße 👩‍👩‍👧 مرحبا", "Grüße 👩‍👩‍👧 مرحبا"),
    ],
)
def test_the_first_question_names_the_conversation(kept: Conversations, text: str, title: str) -> None:
    conversation = kept.create()
    kept.ask(conversation.id, text)
    assert kept.get(conversation.id).title == title


def test_a_later_question_leaves_the_title(kept: Conversations) -> None:
    conversation = kept.create()
    kept.ask(conversation.id, "first")
    kept.ask(conversation.id, "second")
    assert kept.get(conversation.id).title == "first"


def test_a_question_comes_back_as_it_was_asked(kept: Conversations) -> None:
    conversation = kept.create()
    asked = kept.ask(conversation.id, "Who is Ada?")
    assert kept.message(asked.id) == asked
    assert kept.messages(conversation.id) == [asked]
    assert kept.get(conversation.id).updated == asked.created


def test_an_answer_grows_and_ends(kept: Conversations) -> None:
    conversation = kept.create()
    question = kept.ask(conversation.id, "Who wrote the first program?")
    answer = kept.begin_answer(conversation.id, ROUTE, "large")
    begun = kept.message(answer)
    assert begun == StoredMessage(
        answer,
        conversation.id,
        Role.ASSISTANT,
        "",
        begun.created,
        State.STREAMING,
        route=ROUTE,
        model="large",
    )
    kept.grow(answer, [Piece("It was ", Origin.CLOUD)])
    assert kept.message(answer).text == "It was "
    pieces = [Piece("It was ", Origin.CLOUD), Piece("Ada", Origin.RESTORED), Piece(".", Origin.CLOUD)]
    kept.finish(answer, State.COMPLETE, pieces, wire_text="It was PERSON-7QK2.", hidden=1, ledger=9)
    assert kept.messages(conversation.id) == [
        question,
        replace(
            begun,
            text="It was Ada.",
            state=State.COMPLETE,
            pieces=tuple(pieces),
            wire_text="It was PERSON-7QK2.",
            hidden=1,
            ledger=9,
        ),
    ]


def test_the_route_and_model_may_be_known_only_at_the_end(kept: Conversations) -> None:
    conversation = kept.create()
    answer = kept.begin_answer(conversation.id)
    assert (kept.message(answer).route, kept.message(answer).model) == (None, "")
    kept.finish(answer, State.COMPLETE, [], route=ROUTE, model="large")
    assert (kept.message(answer).route, kept.message(answer).model) == (ROUTE, "large")
    kept.finish(answer, State.STOPPED, [])
    assert (kept.message(answer).route, kept.message(answer).model) == (ROUTE, "large")


def test_a_failure_keeps_what_had_arrived_and_its_sentence(kept: Conversations) -> None:
    conversation = kept.create()
    answer = kept.begin_answer(conversation.id, ROUTE, "large")
    kept.finish(answer, State.FAILED, [Piece("It w", Origin.CLOUD)], failure="The server stopped.")
    stored = kept.message(answer)
    assert (stored.text, stored.state, stored.failure) == ("It w", State.FAILED, "The server stopped.")


def test_neighbours_of_one_origin_are_kept_as_one(kept: Conversations) -> None:
    conversation = kept.create()
    pieces = [Piece("", Origin.CLOUD), *_words(3), Piece("end", Origin.CLOUD)]
    answer = _answered(kept, conversation.id, *pieces)
    assert kept.message(answer).pieces == (
        Piece("word0 word1 word2 ", Origin.LOCAL),
        Piece("end", Origin.CLOUD),
    )


def test_what_left_can_be_noted_for_a_question(kept: Conversations) -> None:
    conversation = kept.create()
    question = kept.ask(conversation.id, "Who is Ada?")
    kept.set_wire(question.id, "Who is PERSON-7QK2?")
    assert kept.message(question.id) == replace(question, wire_text="Who is PERSON-7QK2?")


def test_the_last_question_is_found_behind_answers(kept: Conversations) -> None:
    conversation = kept.create()
    assert kept.last_question(conversation.id) is None
    kept.ask(conversation.id, "first")
    second = kept.ask(conversation.id, "second")
    _answered(kept, conversation.id, Piece("yes", Origin.LOCAL))
    assert kept.last_question(conversation.id) == second


def _remove(kept: Conversations, message: int) -> None:
    with destroying(kept._database) as connection:
        connection.execute("DELETE FROM message WHERE id = ?", (message,))


def test_a_removed_message_is_neither_shown_nor_found(kept: Conversations) -> None:
    conversation = kept.create("title")
    answer = _answered(kept, conversation.id, Piece("zebra", Origin.LOCAL))
    _remove(kept, answer)
    assert kept.messages(conversation.id) == []
    assert kept.search("zebra") == []


@pytest.mark.parametrize(
    "use",
    [
        lambda kept: kept.get("nowhere"),
        lambda kept: kept.rename("nowhere", "x"),
        lambda kept: kept.pin("nowhere", True),
        lambda kept: kept.set_level("nowhere", Level.OPEN),
        lambda kept: kept.ask("nowhere", "x"),
        lambda kept: kept.begin_answer("nowhere", ROUTE, "small"),
        lambda kept: kept.message(1),
        lambda kept: kept.message(2**80),
        lambda kept: kept.messages("\udc80"),
    ],
)
def test_what_is_gone_is_told(kept: Conversations, use: object) -> None:
    assert callable(use)
    with pytest.raises(StoreError, match="not there any more"):
        use(kept)


def test_an_answer_of_a_deleted_conversation_ends_quietly(kept: Conversations) -> None:
    conversation = kept.create()
    answer = kept.begin_answer(conversation.id, ROUTE, "small")
    kept.delete(conversation.id)
    kept.grow(answer, _words(3))
    kept.finish(answer, State.COMPLETE, _words(4))
    kept.delete(conversation.id)
    assert kept.list() == []


CANARY = "xylophonist"


def test_a_deleted_conversation_leaves_no_byte(kept: Conversations, database: Database, path: Path) -> None:
    other = kept.create("stays")
    SqliteVaultStore(database).put(other.id, "1", b"stays too")
    ids = []
    for number in range(30):
        conversation = kept.create(f"Mrs {CANARY} {number}")
        ids.append(conversation.id)
        for length in (1, 5, 50, 500):
            kept.ask(other.id, "some other words " * length)
            question = kept.ask(conversation.id, f"{CANARY} and words " * length)
            kept.set_wire(question.id, f"{CANARY} wire " * length)
            answer = kept.begin_answer(conversation.id, replace(ROUTE, reasons=(CANARY,)), "small")
            kept.grow(answer, [Piece(CANARY * length, Origin.LOCAL)])
            kept.finish(answer, State.FAILED, [Piece(f"{CANARY} ", Origin.LOCAL)] * length, failure=CANARY)
        SqliteVaultStore(database).put(conversation.id, CANARY, CANARY.encode())
    for each in ids:
        kept.delete(each)
    files = list(path.parent.iterdir())
    assert files
    # The index keeps stems and cuts what neighbours have in common, so parts are looked for as well.
    for part in (CANARY, CANARY[:7], CANARY[3:]):
        assert not [each.name for each in files if part.encode() in each.read_bytes()]
    assert [each.id for each in kept.list()] == [other.id]
    assert len(kept.messages(other.id)) == 120
    assert SqliteVaultStore(database).load(other.id) == [("1", b"stays too")]
    assert [hit.conversation.id for hit in kept.search("stays")] == [other.id]


# -- searching ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "query", "snippet"),
    [
        ("Who wrote the first program?", "program", "Who wrote the first \x02program\x03?"),
        ("Who wrote the first program?", "pro", "Who wrote the first \x02program\x03?"),
        ("Who wrote the first program?", "PROGRAMS first", "Who wrote the \x02first\x03 \x02program\x03?"),
        ("Élodie lebt in Zürich", "elodie zur", "\x02Élodie\x03 lebt in \x02Zürich\x03"),
        ("He said\n\nhello", "hello", "He said \x02hello\x03"),
        ("a (b) 'c' \"d\" *", '"d"', "a (b) 'c' \"\x02d\x03\" *"),
        ("NEAR AND OR NOT", "AND", "NEAR \x02AND\x03 OR NOT"),
        ("C++ or C#?", "C#", "\x02C\x03++ or \x02C\x03#?"),
        ("What a day 😀!", "😀", "What a day \x02😀\x03!"),
        ("東京都に行きたい", "に行き", "東京都\x02に行き\x03たい"),
        ("100 % sure", "%", "100 \x02%\x03 sure"),
        ("before\0after", "before", "\x02before\x03"),
    ],
)
def test_a_search_finds_and_marks(kept: Conversations, text: str, query: str, snippet: str) -> None:
    conversation = kept.create("t")
    asked = kept.ask(conversation.id, text)
    kept.ask(conversation.id, "nothing of that")
    (hit,) = kept.search(query)
    assert (hit.message, hit.conversation.id) == (asked.id, conversation.id)
    assert hit.snippet == snippet


@pytest.mark.parametrize("query", ["", "   ", "absent", "\0", "first absent", "😀"])
def test_a_search_finds_nothing_where_nothing_is(kept: Conversations, query: str) -> None:
    kept.ask(kept.create("t").id, "the first")
    assert kept.search(query) == []


def test_a_title_is_found_and_follows_renaming(kept: Conversations) -> None:
    conversation = kept.create("Holiday plans")
    asked = kept.ask(conversation.id, "Where to?")
    assert [(hit.message, hit.snippet) for hit in kept.search("holi")] == [
        (asked.id, "\x02Holiday\x03 plans")
    ]
    kept.rename(conversation.id, "Summer")
    assert kept.search("holiday") == []
    assert len(kept.search("summer")) == 1
    assert kept.search("summer")[0].conversation.title == "Summer"


def test_an_answer_is_found_once_it_is_whole(kept: Conversations) -> None:
    answer = kept.begin_answer(kept.create().id, ROUTE, "small")
    kept.grow(answer, [Piece("zebra", Origin.LOCAL)])
    assert kept.search("zebra") == []
    kept.finish(answer, State.STOPPED, [Piece("zebra stripes", Origin.LOCAL)])
    assert [hit.message for hit in kept.search("stripe")] == [answer]


@given(
    steps=st.lists(st.tuples(st.sampled_from("agfrdt"), st.integers(0, 9), st.text(max_size=30)), max_size=30)
)
def test_the_index_agrees_with_the_messages_whatever_happens(steps: list[tuple[str, int, str]]) -> None:
    database = Database(None)
    kept = Conversations(database)
    ids = [kept.create(str(number)).id for number in range(10)]
    answers = [kept.begin_answer(each, ROUTE, "small") for each in ids]
    for step, number, text in steps:
        match step:
            case "a" if kept.list(1, 9 - number):
                kept.ask(kept.list(1)[0].id, text)
            case "g":
                kept.grow(answers[number], [Piece(text, Origin.LOCAL)])
            case "f":
                kept.finish(answers[number], State.STOPPED, [Piece(text, Origin.LOCAL)])
            case "r":
                _remove(kept, answers[number])
            case "d":
                kept.delete(ids[number])
            case "t" if any(each.id == ids[number] for each in kept.list()):
                kept.rename(ids[number], text)
    for answer in answers:
        kept.finish(answer, State.COMPLETE, [])
    with database.writing() as connection:
        for index in ("message_fts", "conversation_fts"):
            connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
    database.close()


def test_a_search_among_ten_thousand_messages_is_answered(kept: Conversations, database: Database) -> None:
    conversation = kept.create("t")
    with database.writing() as connection:
        connection.executemany(
            "INSERT INTO message (conversation, role, text, created, state) VALUES (?, 'user', ?, 0, 'complete')",
            [(conversation.id, f"message number {n} about things {n % 7}") for n in range(10_000)],
        )
    assert len(kept.search("message")) == 50
    assert [hit.snippet for hit in kept.search("number 4321")] == [
        "message \x02number\x03 \x024321\x03 about things 2"
    ]
    assert len(kept.messages(conversation.id)) == 10_000


@given(query=ANY_TEXT)
def test_no_search_ever_fails(query: str) -> None:
    database = Database(None)
    kept = Conversations(database)
    kept.ask(kept.create(query).id, f"some text and {query}")
    kept.search(query)
    kept.search(f'"{query}')
    database.close()


@given(text=ANY_TEXT, wire=ANY_TEXT, cuts=st.lists(st.tuples(ANY_TEXT, st.sampled_from(Origin))))
def test_any_text_comes_back(text: str, wire: str, cuts: list[tuple[str, Origin]]) -> None:
    def whole(part: str) -> str:
        return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in part)

    database = Database(None)
    kept = Conversations(database)
    conversation = kept.create(text)
    asked = kept.ask(conversation.id, text)
    assert asked.text == whole(text)
    assert kept.message(asked.id) == asked
    answer = kept.begin_answer(conversation.id, ROUTE, "small")
    kept.finish(answer, State.COMPLETE, [Piece(*cut) for cut in cuts], wire_text=wire, failure=text)
    stored = kept.message(answer)
    assert stored.text == whole("".join(part for part, _ in cuts))
    assert "".join(piece.text for piece in stored.pieces) == stored.text
    characters = [(char, origin) for part, origin in cuts for char in whole(part)]
    assert [(char, piece.origin) for piece in stored.pieces for char in piece.text] == characters
    assert (stored.wire_text, stored.failure) == (whole(wire), whole(text))
    database.close()


# -- other processes ---------------------------------------------------------------------------------


def test_a_killed_program_loses_no_word_that_was_stored(kept: Conversations, start: Start) -> None:
    conversation = kept.create()
    child = start("stream", conversation.id)
    progress = [line(child) for _ in range(5)]
    os.kill(child.pid, signal.SIGKILL)
    answer, count = (int(number) for number in progress[-1].split())
    # Wait for its death without taking note of it: the system still lists the dead child.
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert kept.mark_interrupted() == 1
    stored = kept.message(answer)
    assert stored.state is State.INTERRUPTED
    assert stored.text.startswith("".join(piece.text for piece in _words(count)))
    assert kept.mark_interrupted() == 0
    assert [hit.message for hit in kept.search("word3")] == [answer]


def test_the_answer_of_another_living_program_is_left_alone(kept: Conversations, start: Start) -> None:
    conversation = kept.create()
    child = start("stream", conversation.id)
    answer = int(line(child).split()[0])
    assert kept.mark_interrupted() == 0
    assert kept.message(answer).state is State.STREAMING
    child.kill()
    child.wait()
    assert kept.mark_interrupted() == 1


def test_an_answer_of_this_program_is_left_alone(kept: Conversations) -> None:
    answer = kept.begin_answer(kept.create().id, ROUTE, "small")
    assert kept.mark_interrupted() == 0
    assert kept.message(answer).state is State.STREAMING


@pytest.mark.parametrize("owner", ["", "nonsense", f"{os.getpid()}:1.0", "99999999:1.0", "-1:2"])
def test_a_number_that_another_program_has_now_does_not_count(
    kept: Conversations, database: Database, owner: str
) -> None:
    kept.begin_answer(kept.create().id, ROUTE, "small")
    with database.writing() as connection:
        connection.execute("UPDATE message SET owner = ?", (owner,))
    assert kept.mark_interrupted() == 1


def test_an_answer_that_was_taken_for_dead_comes_back(kept: Conversations, database: Database) -> None:
    answer = kept.begin_answer(kept.create().id, ROUTE, "small")
    with database.writing() as connection:
        connection.execute("UPDATE message SET state = ? WHERE id = ?", (State.INTERRUPTED, answer))
    kept.grow(answer, _words(1))
    assert kept.message(answer).state is State.STREAMING
    kept.finish(answer, State.COMPLETE, _words(2))
    assert kept.message(answer).state is State.COMPLETE


def test_two_programs_that_write_at_once_lose_nothing(kept: Conversations, start: Start) -> None:
    conversation = kept.create()
    children = [start("write", conversation.id) for _ in range(2)]
    assert [line(child) for child in children] == ["ready", "ready"]
    for child in children:
        go(child)
    for number in range(50):
        kept.ask(conversation.id, f"from here {number}")
    assert [child.wait() for child in children] == [0, 0]
    texts = [each.text for each in kept.messages(conversation.id)]
    for sender, count in (("child", 2), ("here", 1)):
        wanted = [f"from {'the ' * (sender == 'child')}{sender} {number}" for number in range(50)]
        assert sorted(each for each in texts if sender in each) == sorted(wanted * count)


def test_threads_share_one_store(kept: Conversations) -> None:
    conversation = kept.create()

    def work(name: int) -> None:
        for number in range(25):
            kept.ask(conversation.id, f"{name} {number}")
            kept.messages(conversation.id)
            kept.search("nothing")

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept.messages(conversation.id)) == 100


def _failed(kept: Conversations, conversation: str, *pieces: Piece, ledger: int | None = None) -> int:
    answer = kept.begin_answer(conversation, ROUTE, "big")
    kept.finish(answer, State.FAILED, pieces, failure="You chose not to send it.", ledger=ledger)
    return answer


def test_a_question_that_was_not_sent_is_taken_back_with_its_name(kept: Conversations) -> None:
    key = kept.create().id
    kept.ask(key, "Is Zoé ill?")
    _failed(kept, key)
    kept.take_back(key)
    assert kept.messages(key) == []
    assert kept.get(key).title == ""
    kept.take_back(key)


def test_taking_back_keeps_the_persons_own_title_and_what_was_answered(kept: Conversations) -> None:
    key = kept.create().id
    question = kept.ask(key, "Is Zoé ill?")
    answer = _answered(kept, key, Piece("No.", Origin.LOCAL))
    kept.rename(key, "Zoé")
    _failed(kept, key)
    kept.take_back(key)
    assert [message.id for message in kept.messages(key)] == [question.id, answer]
    kept.take_back(key)
    assert [message.id for message in kept.messages(key)] == [question.id, answer]
    assert kept.get(key).title == "Zoé"


@pytest.mark.parametrize(("pieces", "ledger"), [((Piece("No", Origin.CLOUD),), None), ((), 7)])
def test_what_left_or_was_written_is_never_taken_back(
    kept: Conversations, pieces: tuple[Piece, ...], ledger: int | None
) -> None:
    key = kept.create().id
    kept.ask(key, "Is Zoé ill?")
    _failed(kept, key, *pieces, ledger=ledger)
    kept.take_back(key)
    assert len(kept.messages(key)) == 2
