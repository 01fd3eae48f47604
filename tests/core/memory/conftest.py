"""A memory in a real file, with the embedder that ships."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.cancel import Cancel
from app.core.embeddings import MiniLm
from app.core.memory.recall import Recall
from app.core.store.database import Database
from app.core.store.turn_index import SqliteTurnIndex
from app.core.store.turns import Note, SqliteTurns


@pytest.fixture(scope="session")
def embedder() -> MiniLm:
    return MiniLm()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "profile.db")
    yield database
    database.close()


@pytest.fixture
def turns(database: Database) -> SqliteTurns:
    return SqliteTurns(database)


@pytest.fixture
def index(database: Database) -> SqliteTurnIndex:
    return SqliteTurnIndex(database)


class Memory:
    """Tells and asks in one line."""

    def __init__(self, turns: SqliteTurns, index: SqliteTurnIndex, embedder: MiniLm) -> None:
        self.turns = turns
        self.index = index
        self.recall = Recall(turns, index, embedder)

    def tell(self, *said: str, conversation: str = "one", time: float = 0.0) -> None:
        """Remember turns written as "Speaker: words"; the name of a turn is its first word and its place."""
        notes = []
        for place, line in enumerate(said, 1):
            speaker, _, text = line.partition(": ")
            role = "assistant" if speaker == "assistant" else "user"
            notes.append(Note(f"{conversation}-{place}", conversation, speaker, role, time, text))
        self.turns.add(notes)
        self.recall.index(Cancel())

    def ask(self, query: str, k: int = 3, now: float | None = None) -> list[str]:
        return [found.turn.name for found in self.recall.recall(query, k, now)]


@pytest.fixture
def memory(turns: SqliteTurns, index: SqliteTurnIndex, embedder: MiniLm) -> Memory:
    return Memory(turns, index, embedder)
