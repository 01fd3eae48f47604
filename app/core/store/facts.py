"""What the person told about himself, as the database keeps it; deleting its source deletes a fact."""

import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.core.errors import StoreError
from app.core.memory.person import Fact
from app.core.store.database import GONE, Database
from app.core.store.driver import sqlite
from app.core.store.erase import TracesLeft, destroying
from app.core.store.rows import clean
from app.core.types import Role, State

NO_FACT: Final = "There is no such fact any more."
_COLUMNS: Final = "id, text, created, confidence, source, state, replaced_by"


class Reader(StrEnum):
    """Who reads what was said; the row of `learner` that says up to which message he did."""

    RULES = "heard"
    MODEL = "thought over"


class FactState(StrEnum):
    """What became of a fact."""

    INBOX = "inbox"
    """It was drawn from what the person wrote, and waits for a yes; nothing uses it."""
    KEPT = "kept"
    DISMISSED = "dismissed"
    """Kept only so that it is not proposed again."""
    SUPERSEDED = "superseded"
    """A newer fact says otherwise."""


@dataclass(frozen=True, slots=True)
class KnownFact(Fact):
    """A fact with its history."""

    state: FactState = FactState.KEPT
    replaced_by: int | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """Something that the person wrote."""

    id: int
    text: str
    created: float


_Facts = list[KnownFact]


class SqliteFacts:
    """The facts of a profile; every method may raise `StoreError`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, text: str, state: FactState, *, confidence: float = 1.0, source: int | None = None) -> int:
        """Keep a fact and return its number; 0 where its source is gone or left out of the memory."""
        with self._database.writing() as connection:
            cursor = connection.execute(
                "INSERT INTO fact (text, state, confidence, created, source) SELECT ?, ?, ?, ?, ?"
                " WHERE ?5 IS NULL OR EXISTS (SELECT 1 FROM message JOIN conversation"
                " ON conversation.id = message.conversation WHERE message.id = ?5 AND NOT left_out)",
                (clean(text), state, confidence, time.time(), source),
            )
            return int(cursor.lastrowid or 0) if cursor.rowcount else 0

    def get(self, fact: int) -> KnownFact:
        """Return one; raises `StoreError` where there is none of this number."""
        found = self._read("WHERE id = ?", fact)
        if not found:
            raise StoreError(NO_FACT)
        return found[0]

    def conversation(self, message: int) -> str:
        """Return the conversation of a message; empty where it is gone."""
        with self._database.reading() as connection:
            query = "SELECT conversation FROM message WHERE id = ?"
            row = connection.execute(query, (message,)).fetchone()
        return str(row[0]) if row else ""

    def list(self, *states: FactState) -> _Facts:
        """Return the facts in these states, newest first."""
        marks = ", ".join("?" * len(states))
        return self._read(f"WHERE state IN ({marks}) ORDER BY id DESC", *states)

    def history(self, fact: int) -> _Facts:
        """Return the facts that this one took the place of, newest first."""
        query = (
            "WHERE id IN (WITH RECURSIVE old (id) AS (SELECT id FROM fact WHERE replaced_by = ?"
            " UNION SELECT fact.id FROM fact JOIN old ON fact.replaced_by = old.id) SELECT id FROM old)"
            " ORDER BY id DESC"
        )
        return self._read(query, fact)

    def set_state(self, fact: int, state: FactState, replaced_by: int | None = None) -> None:
        """Say what became of a fact."""
        self._change("UPDATE fact SET state = ?, replaced_by = ? WHERE id = ?", state, replaced_by, fact)

    def edit(self, fact: int, text: str) -> None:
        """Change its words; its vector goes with the old ones."""
        with suppress(TracesLeft), destroying(self._database) as connection:
            changed = connection.execute(
                "UPDATE fact SET text = ?, model = '', vector = NULL WHERE id = ?", (clean(text), fact)
            ).rowcount
            if not changed:
                raise StoreError(NO_FACT)

    def forget(self, fact: int | None) -> int:
        """Destroy a fact with what it took the place of (None: all), down to the bytes in the files."""
        gone = [fact] if fact is not None else []
        gone += [each.id for each in self.history(fact)] if fact is not None else []
        with destroying(self._database) as connection:
            if fact is None:
                count = connection.execute("DELETE FROM fact").rowcount
            else:
                marks = ", ".join("?" * len(gone))
                count = connection.execute(f"DELETE FROM fact WHERE id IN ({marks})", gone).rowcount
        return int(count)

    def vectors(self, model: str) -> dict[int, bytes]:
        """Return this embedder's vectors of the kept facts."""
        with self._database.reading() as connection:
            found = connection.execute(
                "SELECT id, vector FROM fact WHERE state = ? AND model = ? AND vector IS NOT NULL",
                (FactState.KEPT, model),
            ).fetchall()
        return {row[0]: row[1] for row in found}

    def put(self, model: str, vectors: Iterable[tuple[int, str, bytes]]) -> None:
        """Keep vectors with the number and words of their facts; not where these changed meanwhile."""
        with self._database.writing() as connection:
            connection.executemany(
                "UPDATE fact SET model = ?, vector = ? WHERE id = ? AND text = ?",
                [(model, vector, fact, text) for fact, text, vector in vectors],
            )

    # What was heard

    def leave_out(self, conversation: str, left_out: bool) -> int:
        """Keep a conversation out of the memory, or let it in; return how many facts of it are destroyed."""
        changing = destroying if left_out else Database.writing
        with changing(self._database) as connection:
            changed = connection.execute(
                "UPDATE conversation SET left_out = ? WHERE id = ?", (int(left_out), conversation)
            ).rowcount
            gone = 0
            if left_out:
                gone = connection.execute(
                    "DELETE FROM fact WHERE source IN (SELECT id FROM message WHERE conversation = ?)",
                    (conversation,),
                ).rowcount
        if not changed:
            raise StoreError(GONE)
        return int(gone)

    def is_left_out(self, conversation: str) -> bool:
        """Say whether a conversation is kept out of the memory; one that is gone is."""
        with self._database.reading() as connection:
            query = "SELECT left_out FROM conversation WHERE id = ?"
            row = connection.execute(query, (conversation,)).fetchone()
        return row is None or bool(row[0])

    def left_out(self) -> frozenset[str]:
        """Return the conversations that are kept out of the memory."""
        with self._database.reading() as connection:
            found = connection.execute("SELECT id FROM conversation WHERE left_out").fetchall()
        return frozenset(row[0] for row in found)

    def waiting(self, up_to: int, limit: int, reader: Reader = Reader.RULES) -> Sequence[Heard]:
        """Return what the person wrote, after what was read already, oldest first."""
        with self._database.reading() as connection:
            found = connection.execute(
                "SELECT message.id, text, message.created FROM message"
                " JOIN conversation ON conversation.id = message.conversation"
                " WHERE message.id > ? AND message.id <= ? AND role = ? AND NOT left_out"
                " ORDER BY message.id LIMIT ?",
                (self.position(reader), up_to, Role.USER, limit),
            ).fetchall()
        return [Heard(*row) for row in found]

    def draft_before(self, message: int) -> str:
        """Return the answer that a message follows; empty where there is none."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT text FROM message"
                " WHERE conversation = (SELECT conversation FROM message WHERE id = ?1)"
                " AND id < ?1 AND role = ?2 AND state = ?3 ORDER BY id DESC LIMIT 1",
                (message, Role.ASSISTANT, State.COMPLETE),
            ).fetchone()
        return str(row[0]) if row else ""

    def position(self, reader: Reader = Reader.RULES) -> int:
        """Return the last message that was read."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT value FROM learner WHERE name = ?", (reader,)).fetchone()
        return int(row[0]) if row else 0

    def read_up_to(self, message: int, reader: Reader = Reader.RULES) -> None:
        """Note that everything up to a message was read."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO learner (name, value) VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (reader, str(message).encode()),
            )

    def begin(self) -> None:
        """Let the model read only what the rules have not read yet, where it never read anything."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO learner (name, value)"
                " VALUES (?, coalesce((SELECT value FROM learner WHERE name = ?), ?))",
                (Reader.MODEL, Reader.RULES, b"0"),
            )

    def skip(self) -> None:
        """Never read what was said so far."""
        with self._database.reading() as connection:
            last = connection.execute("SELECT coalesce(max(id), 0) FROM message").fetchone()[0]
        for reader in Reader:
            if last > self.position(reader):
                self.read_up_to(last, reader)

    # Inside

    def _read(self, rest: str, *values: str | int) -> _Facts:
        with self._database.reading() as connection:
            found = connection.execute(f"SELECT {_COLUMNS} FROM fact {rest}", values).fetchall()
        return [_fact(row) for row in found]

    def _change(self, statement: str, *values: str | int | None) -> None:
        with self._database.writing() as connection:
            if not connection.execute(statement, values).rowcount:
                raise StoreError(NO_FACT)


def _fact(row: sqlite.Row) -> KnownFact:
    number, text, created, confidence, source, state, replaced_by = row
    return KnownFact(number, text, created, confidence, source, FactState(state), replaced_by)
