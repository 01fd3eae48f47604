"""Indexing in the background: all of it, once, out of the way, and it ends with the program."""

import threading

import pytest

from app.core.cancel import Cancel
from app.core.chosen_embedder import ChosenEmbedder
from app.core.embeddings import MiniLm
from app.core.errors import MemoryFault
from app.core.memory.indexing import Indexer, Indexing
from app.core.memory.recall import Recall
from app.core.store.turn_index import SqliteTurnIndex
from app.core.store.turns import Note, SqliteTurns


class Renamed(MiniLm):
    """The same model under another name."""

    def __init__(self) -> None:
        super().__init__()
        self.name = "another"


@pytest.fixture
def recall(turns: SqliteTurns, index: SqliteTurnIndex, embedder: MiniLm) -> Recall:
    return Recall(turns, index, embedder)


@pytest.fixture
def indexer(recall: Recall):
    indexer = Indexer(lambda: recall, lambda: False, look=60)
    yield indexer
    assert indexer.close(10)


def tell(turns: SqliteTurns, count: int, start: int = 0) -> None:
    turns.add(
        Note(str(n), "c", "", "user", 0.0, f"Heron number {n} stood in the pond.")
        for n in range(start, start + count)
    )


def until_all(indexer: Indexer, count: int) -> list[Indexing]:
    """Wake it and wait until so many turns are read; return what it told."""
    told: list[Indexing] = []
    done = threading.Event()

    def listen(state: Indexing) -> None:
        told.append(state)
        if state == Indexing(count, count, False):
            done.set()

    indexer.on_state(listen)
    indexer.wake()
    assert done.wait(60)
    return told


def test_what_was_said_is_read_in_the_background_and_it_is_told_how_far_it_is(
    indexer: Indexer, turns: SqliteTurns, recall: Recall
) -> None:
    tell(turns, 70)
    assert indexer.state() == Indexing(0, 70, False)
    told = until_all(indexer, 70)
    assert [state.done for state in told] == sorted(state.done for state in told)
    assert Indexing(32, 70, True) in told
    assert indexer.state() == Indexing(70, 70, False)
    assert recall.recall("a bird", 1)


def test_new_turns_are_read_when_it_is_woken(indexer: Indexer, turns: SqliteTurns) -> None:
    tell(turns, 3)
    until_all(indexer, 3)
    tell(turns, 2, start=3)
    until_all(indexer, 5)


def test_nothing_is_read_twice(recall: Recall, turns: SqliteTurns, index: SqliteTurnIndex) -> None:
    tell(turns, 5)
    assert recall.index(Cancel())
    assert not recall.index(Cancel())
    assert recall.coverage() == (5, 5)
    assert index.mark().vector == 5


def test_it_waits_while_the_model_answers(turns: SqliteTurns, recall: Recall) -> None:
    tell(turns, 3)
    busy, asked = [True], threading.Event()

    def is_busy() -> bool:
        asked.set()
        return busy[0]

    indexer = Indexer(lambda: recall, is_busy, look=60)
    indexer.wake()
    assert asked.wait(10)
    assert indexer.state().done == 0
    busy[0] = False
    until_all(indexer, 3)
    assert indexer.close(10)


def test_it_ends_at_once_although_the_model_answers(recall: Recall) -> None:
    indexer = Indexer(lambda: recall, lambda: True)
    indexer.wake()
    assert indexer.close(10)
    indexer.wake()  # and does not begin again
    assert not [each for each in threading.enumerate() if each.name == "confidant-indexing"]


def test_vectors_of_another_embedder_go_once_all_is_read_anew(
    turns: SqliteTurns, index: SqliteTurnIndex, embedder: MiniLm
) -> None:
    tell(turns, 40)
    Recall(turns, index, embedder).index(Cancel())
    other = Recall(turns, index, Renamed())
    assert other.coverage() == (0, 40)
    assert other.recall("heron 7", 1)  # by words alone
    kept = []
    other.index(Cancel(), lambda *_: kept.append(count(index, embedder.name)))
    assert kept == [40, 40]
    assert (count(index, embedder.name), count(index, "another")) == (0, 40)
    assert other.coverage() == (40, 40)
    assert other.recall("a bird", 1)


def test_another_model_is_taken_as_soon_as_it_is_chosen(
    turns: SqliteTurns, index: SqliteTurnIndex, embedder: MiniLm
) -> None:
    chosen = [""]
    recall = Recall(turns, index, ChosenEmbedder(embedder, lambda: chosen[0]))
    tell(turns, 3)
    recall.index(Cancel())
    assert recall.coverage() == (3, 3)
    chosen[0] = "no-such-model"
    assert recall.coverage() == (0, 3)
    assert recall.recall("heron", 1)
    with pytest.raises(MemoryFault) as caught:
        recall.index(Cancel())
    assert "memory.embedder" in caught.value.told
    chosen[0] = " "
    assert recall.coverage() == (3, 3)


def count(index: SqliteTurnIndex, model: str) -> int:
    return sum(map(len, index.vectors(model, 0, index.mark().vector)))
