"""Recall: what was said is found by words, meaning, neighbours, speaker and time."""

from enum import StrEnum
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.core.cancel import Cancel
from app.core.embeddings import MiniLm
from app.core.errors import Cancelled, MemoryFault
from app.core.memory.recall import Recall
from app.core.memory.vectors import VectorMatrix, packed, pieces
from app.core.store.conversations import Conversations
from app.core.store.database import Database
from app.core.store.turn_index import Mark, SqliteTurnIndex
from app.core.store.turns import Note, SqliteTurns
from app.core.types import Origin, Piece, State

DAY = 86400.0

TALK = (
    "Mara: I planted two pear trees behind the shed this spring.",
    "Tove: Lovely. Do they need much water?",
    "Mara: Hardly any. My brother Anton lent me his old sailing boat for August, by the way.",
    "Tove: Where will you take it?",
    "Mara: Along the coast to Kalmar, if the engine holds.",
    "Tove: I burnt the lentil soup again yesterday.",
    "Mara: You should buy a heavier pot.",
    "Tove: My dentist moved to the house next to the library.",
)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Who lent a boat?", "one-3"),
        ("a meal that went wrong", "one-6"),
        ("fruit in the garden", "one-1"),
        ("Where is the dentist now?", "one-8"),
        ("What did Mara say about cookware?", "one-7"),
    ],
)
def test_a_turn_is_found_by_its_words_or_by_its_meaning(memory, query: str, name: str) -> None:
    memory.tell(*TALK)
    assert name in memory.ask(query, k=2)


def test_a_turn_that_says_little_is_found_by_what_stands_around_it(memory) -> None:
    memory.tell(*TALK)
    memory.tell(*(f"Ove: Nothing new here, number {n}." for n in range(40)), conversation="two")
    assert "one-5" in memory.ask("Where will the sailing boat go in August?")


def test_whoever_is_named_in_the_question_comes_first(memory) -> None:
    memory.tell("Ines: I like strong coffee.", "Paul: I like strong coffee.", "Ines: Fine.", "Paul: Fine.")
    assert memory.ask("What does Paul like?", k=1) == ["one-2"]
    assert memory.ask("What does Ines like?", k=1) == ["one-1"]


def test_a_question_about_my_own_words_prefers_them(memory) -> None:
    memory.tell("user: The tax form goes to Lund.", "assistant: The tax form goes to Lund.")
    assert memory.ask("What did I say about the tax form?", k=1) == ["one-1"]
    assert memory.ask("What did you say about the tax form?", k=1) == ["one-2"]


def test_a_time_in_the_question_counts(memory) -> None:
    now = 1_790_000_000.0
    memory.tell("user: The car was at the garage.", conversation="old", time=now - 400 * DAY)
    memory.tell("user: The car was at the garage.", conversation="new", time=now - 8 * DAY)
    assert memory.ask("When was the car at the garage last week?", k=1, now=now) == ["new-1"]


def test_what_is_gone_or_new_is_noticed_at_once(memory) -> None:
    memory.tell(*TALK)
    assert "one-3" in memory.ask("sailing boat")
    assert memory.turns.forget("one-3") == 1
    assert "one-3" not in memory.ask("sailing boat", k=10)
    memory.tell("Mara: The sailing boat sank.", conversation="two")
    assert memory.ask("sailing boat", k=1) == ["two-1"]


def test_what_is_deleted_while_it_is_read_leaves_no_vector(
    memory, database: Database, embedder: MiniLm
) -> None:
    conversations = Conversations(database)
    kept = conversations.create("Travel")
    conversations.ask(kept.id, "How do I get to Bornholm?")
    memory.turns.add([Note("n", "c", "", "user", 0.0, "A heron.")])
    waiting = unread(memory.index, embedder.name)
    assert len(waiting) == 2
    memory.turns.forget("n")
    conversations.delete(kept.id)
    memory.index.put(embedder.name, [(turn, b"x") for turn in waiting])
    assert vectors(memory.index, embedder.name) == []


def test_messages_of_conversations_are_found_beside_notes(memory, database: Database) -> None:
    conversations = Conversations(database)
    kept = conversations.create("Travel")
    question = conversations.ask(kept.id, "How do I get from Malmö to Bornholm by ferry?").id
    memory.tell(*TALK)
    memory.recall.index(Cancel())
    found = memory.recall.recall("the ferry to an island", 1)
    assert [(each.turn.name, each.turn.conversation) for each in found] == [(f"message-{question}", kept.id)]
    conversations.delete(kept.id)
    assert memory.ask("the ferry to an island", k=20)
    assert all("message" not in name for name in memory.ask("the ferry to an island", k=20))


@pytest.mark.parametrize(
    "query", ["", "   ", "?!", '"', "a" * 5000, "\0", "NEAR(a b)", "ferry\ud800", "船", "x" * 3]
)
def test_any_question_is_answered_without_an_error(memory, query: str) -> None:
    memory.tell(*TALK)
    assert len(memory.ask(query, k=4)) <= 4


def test_an_empty_memory_finds_nothing(memory) -> None:
    assert memory.ask("anything") == []


def test_indexing_can_be_stopped_and_goes_on_where_it_was(
    turns: SqliteTurns, index: SqliteTurnIndex, embedder: MiniLm
) -> None:
    recall = Recall(turns, index, embedder)
    turns.add(Note(str(n), "c", "", "user", 0.0, f"Turn number {n}") for n in range(80))
    cancel, seen = Cancel(), []

    def tell(done: int, waiting: int) -> None:
        seen.append((done, waiting))
        cancel.set()

    with pytest.raises(Cancelled):
        recall.index(cancel, tell)
    assert seen == [(32, 80)]
    assert len(unread(index, embedder.name)) == 48
    recall.index(Cancel(), lambda done, waiting: seen.append((done, waiting)))
    assert seen[1:] == [(32, 48), (48, 48)]
    assert unread(index, embedder.name) == []


def test_another_embedder_reads_everything_anew(
    turns: SqliteTurns, index: SqliteTurnIndex, embedder: MiniLm
) -> None:
    class Renamed(MiniLm):
        name = "another"

    turns.add([Note("1", "c", "", "user", 0.0, "A heron stood in the pond.")])
    Recall(turns, index, embedder).index(Cancel())
    other = Recall(turns, index, Renamed())
    assert len(unread(index, "another")) == 1
    other.index(Cancel())
    assert other.recall("a bird", 1)[0].turn.name == "1"


def test_a_changed_note_is_read_again(memory) -> None:
    memory.tell("user: The key is under the mat.")
    memory.tell("user: The key is at the neighbour's.")
    assert [each.text for each in memory.turns.notes(9)] == ["The key is at the neighbour's."]
    assert memory.ask("neighbour", k=5) == ["one-1"]
    assert len(vectors(memory.index, "all-MiniLM-L6-v2")) == 1


def test_an_answer_that_still_grows_is_not_remembered(memory, database: Database) -> None:
    conversations = Conversations(database)
    kept = conversations.create()
    answer = conversations.begin_answer(kept.id)
    assert unread(memory.index, "any") == []
    conversations.finish(answer, State.COMPLETE, [Piece("Herons eat frogs.", Origin.LOCAL)])
    memory.recall.index(Cancel())
    assert memory.ask("birds", k=1) == [f"message-{answer}"]


def test_a_missing_embedder_is_a_sentence(
    turns: SqliteTurns, index: SqliteTurnIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.core.embeddings._PACKAGE", "no_such_package")
    turns.add([Note("1", "c", "", "user", 0.0, "Words")])
    with pytest.raises(MemoryFault) as caught:
        Recall(turns, index, MiniLm()).index(Cancel())
    assert "Install Confidant again" in caught.value.told


def test_a_forgotten_note_leaves_no_byte(memory, database: Database, tmp_path: Path) -> None:
    memory.tell("user: Zyxwvut is my secret word.", "user: The weather is fine.")
    memory.turns.forget("one-1")
    assert not any(b"yxwvut" in path.read_bytes().lower() for path in tmp_path.iterdir())


@given(st.text(max_size=20_000))
@settings(max_examples=50)
def test_pieces_are_short_and_lose_no_word_of_what_fits(text: str) -> None:
    cut = pieces(text)
    assert 1 <= len(cut) <= 16
    assert all(len(piece) <= 900 for piece in cut)
    if len(text) < 6000:
        assert "".join("".join(cut).split()) == "".join(text.split())


def test_rounding_to_bytes_changes_no_nearness_by_more_than_a_hundredth(embedder: MiniLm) -> None:
    rows = embedder.embed([line.partition(": ")[2] for line in TALK])
    rounded = np.stack([np.frombuffer(value, np.int8) for value in packed(rows)]).astype(np.float32)
    rounded /= np.linalg.norm(rounded, axis=1, keepdims=True)
    assert np.abs(rounded @ rows.T - rows @ rows.T).max() < 0.01


def test_the_embedder_puts_like_meanings_together(embedder: MiniLm) -> None:
    dog, puppy, tax = embedder.embed(["The dog sleeps.", "A puppy is taking a nap.", "Taxes are due in May."])
    assert float(dog @ puppy) > 0.5 > float(dog @ tax) + 0.2
    assert np.allclose(np.linalg.norm([dog, puppy, tax], axis=1), 1.0, atol=1e-5)


def test_a_batch_gives_the_vectors_of_its_texts_alone(embedder: MiniLm) -> None:
    texts = ["short", "a rather longer text about nothing in particular " * 20, ""]
    together = embedder.embed(texts)
    alone = np.concatenate([embedder.embed([text]) for text in texts])
    assert np.einsum("ij,ij->i", together, alone).min() > 0.99


def test_a_turn_without_a_vector_has_no_nearness_of_its_own(embedder: MiniLm) -> None:
    matrix = VectorMatrix()
    heron = embedder.embed(["A heron."])
    matrix.add(np.array([1], np.int32), list(packed(heron)))
    near = matrix.nearness(heron[0], 3)
    assert near[1] == pytest.approx(1.0, abs=0.01)
    assert np.isnan(near[[0, 2]]).all()


@pytest.mark.parametrize("exact_up_to", [0, 10_000])
def test_of_a_turn_in_pieces_the_nearest_counts(embedder: MiniLm, exact_up_to: int) -> None:
    matrix = VectorMatrix(exact_up_to)
    rows = embedder.embed(["Taxes are due.", "A heron.", "Soup.", "A heron caught a frog."])
    for some in ([0, 1], [2, 3]):  # the pieces of a turn may come apart
        matrix.add(np.array([0, some[0] // 2], np.int32), list(packed(rows[some])))
    target = embedder.embed(["A heron."])[0]
    assert int(np.nanargmax(matrix.nearness(target, 2))) == 0
    assert matrix.exact(target, np.array([1, 0], np.int32)) == pytest.approx(
        [rows[3] @ target, 1.0], abs=0.02
    )
    assert matrix.read == 2


def test_bits_find_what_bytes_find(memory, embedder: MiniLm) -> None:
    memory.tell(*TALK)
    memory.tell(*(f"Ove: Nothing new here, number {n}." for n in range(300)), conversation="two")
    rough = Recall(memory.turns, memory.index, embedder, exact_up_to=0)
    for query in ("Who lent a boat?", "a meal that went wrong", "fruit in the garden"):
        exact = [(each.turn.name, each.score) for each in memory.recall.recall(query, 5)]
        found = [(each.turn.name, each.score) for each in rough.recall(query, 5)]
        assert [name for name, _ in found] == [name for name, _ in exact]
        assert [score for _, score in found] == pytest.approx([score for _, score in exact], abs=0.05)


def test_a_conversation_that_is_kept_out_is_not_searched(memory) -> None:
    memory.tell(*TALK)
    memory.tell("Mara: The sailing boat sank.", conversation="two")
    found = memory.recall.recall("sailing boat", 9, without=("one", "no such conversation"))
    assert [each.turn.conversation for each in found] == ["two"]


class Step(StrEnum):
    TELL = "tell"
    FORGET = "forget"
    CHANGE = "change"
    ANSWER = "answer"
    FINISH = "finish"
    DELETE = "delete"
    INDEX = "index"


@given(steps=st.lists(st.tuples(st.sampled_from(Step), st.integers(0, 5)), max_size=25))
@example(steps=[(Step.ANSWER, 0), (Step.ANSWER, 0), (Step.FINISH, 0), (Step.FINISH, 0)])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_arrays_that_grew_are_those_that_are_read_anew(
    tmp_path_factory: pytest.TempPathFactory, embedder: MiniLm, steps: list[tuple[Step, int]]
) -> None:
    database = Database(tmp_path_factory.mktemp("steps") / "profile.db")
    turns, index, conversations = SqliteTurns(database), SqliteTurnIndex(database), Conversations(database)
    grown = Recall(turns, index, embedder)
    kept, growing = [conversations.create().id], []
    for step, number in steps:
        if step is Step.TELL:
            turns.add([Note(str(number), f"talk {number % 2}", "Ann", "user", 0.0, f"A heron, {number}.")])
        elif step is Step.CHANGE:
            turns.add([Note(str(number), f"talk {number % 2}", "Bo", "user", 1.0, f"A pot, {number}.")])
        elif step is Step.FORGET:
            turns.forget(str(number))
        elif step is Step.ANSWER:
            conversations.ask(kept[-1], f"Where is the heron, {number}?")
            growing.append(conversations.begin_answer(kept[-1]))
        elif step is Step.FINISH and growing:
            conversations.finish(growing.pop(), State.COMPLETE, [Piece("In the pond.", Origin.LOCAL)])
        elif step is Step.DELETE:
            conversations.delete(kept.pop())
            kept.append(conversations.create().id)
            growing.clear()
        elif step is Step.INDEX:
            grown.index(Cancel())
        now = [(each.turn, round(each.score, 2)) for each in grown.recall("What did Ann say of a heron?", 50)]
        anew = Recall(turns, index, embedder).recall("What did Ann say of a heron?", 50)
        assert sorted(now, key=repr) == sorted(((each.turn, round(each.score, 2)) for each in anew), key=repr)
    database.close()


def unread(index: SqliteTurnIndex, model: str) -> list[int]:
    return [turn for some in index.unread(model, Mark(), index.mark()) for turn in some]


def vectors(index: SqliteTurnIndex, model: str) -> list[int]:
    return [turn for some in index.vectors(model, 0, index.mark().vector) for turn, _ in some]
