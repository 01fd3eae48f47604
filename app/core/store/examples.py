"""What the local model learned from the cloud, in the database: without a private detail."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from app.core.store import rows
from app.core.store.database import Database
from app.core.store.driver import sqlite
from app.core.store.erase import TracesLeft, destroying
from app.core.types import StoredMessage

MOST = 2000
"""Examples that are looked through; older ones are only listed."""

_USES = (
    "coalesce(used, 0) AS used, coalesce(helped, 0) AS helped FROM example LEFT JOIN"
    " (SELECT example, count(*) AS used, sum(good) AS helped FROM example_use GROUP BY example) AS judged"
    " ON judged.example = example.id"
)
_WHOLE = f"SELECT example.*, {_USES}"
_OPEN = (
    "state = 'accepted' AND source NOT IN (SELECT message.id FROM message JOIN conversation"
    " ON conversation.id = message.conversation WHERE left_out)"
)
"""Accepted, and of a conversation that the memory may use."""


class Stage(StrEnum):
    """How far an example came."""

    CANDIDATE = "candidate"
    """The person has not said or shown yet what he makes of the answer."""
    ACCEPTED = "accepted"
    DROPPED = "dropped"
    """The answer was no good, or the example helped too seldom."""


@dataclass(frozen=True, slots=True)
class NewExample:
    """An answer of the cloud, as it is kept to learn from."""

    fingerprint: str
    """Keyed digest of the question; empty where the question means nothing without what came before it."""
    masked: str
    strategy: str
    answer: str
    signals: str
    """Numbers about the answer, as JSON."""
    asked: int
    source: int
    """The messages: question and answer."""
    model: str
    vector: bytes
    """Of the question, as the embedder of this name makes it."""


@dataclass(frozen=True, slots=True)
class Example:
    """A kept example and how it did so far."""

    id: int
    stage: Stage
    masked: str
    strategy: str
    answer: str
    created: float
    asked: int
    source: int
    used: int
    """Answers that it was given to and that were judged."""
    helped: int


@dataclass(frozen=True, slots=True)
class Place:
    """An example that may be used, and how it did so far."""

    id: int
    used: int
    helped: int


class SqliteExamples:
    """Keeps examples; every method may raise `StoreError`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, example: NewExample, created: float) -> None:
        """Keep a candidate; where its answer or question is gone by now, or is known, nothing is kept."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO example (state, fingerprint, masked, strategy, answer, signals,"
                " created, asked, source, model, vector) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
                " WHERE (SELECT count(*) FROM message WHERE id IN (?, ?)) = 2",
                (Stage.CANDIDATE, example.fingerprint, rows.clean(example.masked),
                 rows.clean(example.strategy), rows.clean(example.answer), example.signals, created,
                 example.asked, example.source, example.model, example.vector, example.asked,
                 example.source),
            )  # fmt: skip

    def stands_alone(self, question: StoredMessage) -> bool:
        """Say whether a question was the first of its conversation."""
        query = "SELECT 1 FROM message WHERE conversation = ? AND id < ? LIMIT 1"
        return not self._all(query, question.conversation, question.id)

    def places(self, model: str) -> list[Place]:
        """Return the examples that may be used and that this embedder read, oldest first."""
        found = self._all(
            f"SELECT id, {_USES} WHERE model = ? AND {_OPEN} ORDER BY id DESC LIMIT ?", model, MOST
        )
        return [Place(*row) for row in reversed(found)]

    def vectors(self, model: str) -> dict[int, bytes]:
        """Return what this embedder made of the questions, by example."""
        return {
            row["id"]: row["vector"]
            for row in self._all("SELECT id, vector FROM example WHERE model = ?", model)
        }

    def has_any(self) -> bool:
        """Say whether there is something that may be used."""
        return bool(self._all(f"SELECT 1 FROM example WHERE {_OPEN} LIMIT 1"))

    def same(self, fingerprint: str) -> Example | None:
        """Return the newest usable example with this fingerprint."""
        found = self._all(
            f"{_WHOLE} WHERE fingerprint = ? AND fingerprint <> '' AND {_OPEN} ORDER BY id DESC LIMIT 1",
            fingerprint,
        )
        return _example(found[0]) if found else None

    def get(self, id: int) -> Example | None:
        """Return one, whatever its stage."""
        found = self._all(f"{_WHOLE} WHERE id = ?", id)
        return _example(found[0]) if found else None

    def all(self, limit: int) -> list[Example]:
        """Return the newest first."""
        found = self._all(f"{_WHOLE} ORDER BY id DESC LIMIT ?", limit)
        return [_example(row) for row in found]

    def message(self, id: int) -> StoredMessage | None:
        """Return a message that an example came from."""
        found = self._all("SELECT * FROM message WHERE id = ?", id)
        return rows.message(found[0]) if found else None

    def judge(self, answer: int, good: bool) -> None:
        """Accept or drop the example that was drawn from an answer; of one question the newest stays."""
        stage = Stage.ACCEPTED if good else Stage.DROPPED
        with self._database.writing() as connection:
            connection.execute("UPDATE example SET state = ? WHERE source = ?", (stage, answer))
            if good:
                connection.execute(
                    "UPDATE example SET state = ? WHERE source <> ? AND fingerprint <> '' AND fingerprint ="
                    " (SELECT fingerprint FROM example WHERE source = ?)",
                    (Stage.DROPPED, answer, answer),
                )

    def credit(self, used: Iterable[int], answer: int, good: bool) -> None:
        """Note whether an answer was good that these examples were given to; the last word counts."""
        with self._database.writing() as connection:
            connection.executemany(
                "INSERT INTO example_use (example, answer, good) SELECT ?, ?, ?"
                " WHERE EXISTS (SELECT 1 FROM example WHERE id = ?)"
                " ON CONFLICT (example, answer) DO UPDATE SET good = excluded.good",
                [(each, answer, good, each) for each in used],
            )

    def drop(self, ids: Collection[int]) -> None:
        """Use these no more."""
        with self._database.writing() as connection:
            connection.executemany(
                "UPDATE example SET state = ? WHERE id = ?", [(Stage.DROPPED, each) for each in ids]
            )

    def expire(self, before: float) -> None:
        """Delete candidates that nobody said or showed anything about for so long."""
        with suppress(TracesLeft), destroying(self._database) as connection:
            connection.execute(
                "DELETE FROM example WHERE state = ? AND created < ?", (Stage.CANDIDATE, before)
            )

    def forget(self, id: int | None) -> int:
        """Destroy one example (None: all), down to the bytes in the files; return how many."""
        with destroying(self._database) as connection:
            gone = connection.execute("DELETE FROM example WHERE id = ? OR ? IS NULL", (id, id)).rowcount
        return int(gone)

    def _all(self, query: str, *values: str | int) -> list[sqlite.Row]:
        with self._database.reading() as connection:
            return connection.execute(query, values).fetchall()


def _example(row: sqlite.Row) -> Example:
    return Example(
        row["id"], Stage(row["state"]), row["masked"], row["strategy"], row["answer"], row["created"],
        row["asked"], row["source"], row["used"], row["helped"],
    )  # fmt: skip
