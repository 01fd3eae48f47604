"""Everything that was said, as the memory reads it: messages of conversations, and notes told to it alone."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from app.core.store.database import Database
from app.core.store.erase import TracesLeft, destroying
from app.core.store.rows import clean

_NOTE: Final = "SELECT name, conversation, speaker, role, time, text FROM note WHERE id = ?"
_MESSAGE: Final = "SELECT 'message-' || id, conversation, '', role, created, text FROM message WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Note:
    """A turn of a talk that took place elsewhere."""

    name: str
    """Its id where it comes from; with the conversation it names the note."""
    conversation: str
    speaker: str
    role: str
    time: float
    """Seconds since the epoch; 0 where nobody knows."""
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where and by whom a turn was said."""

    number: int
    conversation: str
    speaker: str
    role: str
    time: float


@dataclass(frozen=True, slots=True)
class Said(Note):
    """A turn and its number."""

    number: int


class SqliteTurns:
    """The turns of a profile's database; every method may raise `StoreError`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, notes: Iterable[Note]) -> None:
        """Keep notes durably, all or none; one with the same name and conversation is replaced for good."""
        rows = [
            (clean(each.name), clean(each.conversation), clean(each.speaker), each.role, each.time,
             clean(each.text))
            for each in notes
        ]  # fmt: skip
        changing = destroying if self._overwrites(rows) else Database.writing
        with suppress(TracesLeft), changing(self._database) as connection:
            connection.executemany(
                "INSERT INTO note (name, conversation, speaker, role, time, text) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (conversation, name) DO UPDATE SET speaker = excluded.speaker,"
                " role = excluded.role, time = excluded.time, text = excluded.text",
                rows,
            )

    def _overwrites(self, rows: Iterable[tuple[str, str, str, str, float, str]]) -> bool:
        query = "SELECT 1 FROM note WHERE name = ? AND conversation = ? AND text <> ?"
        with self._database.reading() as connection:
            return any(
                connection.execute(query, (name, conversation, text)).fetchone()
                for name, conversation, *_, text in rows
            )

    def said(self, numbers: Iterable[int]) -> list[Said]:
        """Return turns in the order of their numbers' list; those that are gone are left out."""
        said = []
        with self._database.reading() as connection:
            for number in numbers:
                row, is_note = divmod(number, 2)
                found = connection.execute(_NOTE if is_note else _MESSAGE, (row,)).fetchone()
                if found is not None:
                    name, conversation, speaker, role, when, text = found
                    said.append(Said(name, conversation, speaker, role, when, text, number))
        return said

    def notes(self, limit: int) -> list[Note]:
        """Return the newest notes first."""
        with self._database.reading() as connection:
            found = connection.execute(
                "SELECT name, conversation, speaker, role, time, text FROM note ORDER BY id DESC LIMIT ?",
                (limit,),
            ).fetchall()
        return [Note(*row) for row in found]

    def forget(self, name: str | None) -> int:
        """Destroy the notes of this name (None: all), down to the bytes in the files; return how many."""
        with destroying(self._database) as connection:
            gone = connection.execute("DELETE FROM note WHERE name = ? OR ? IS NULL", (name, name)).rowcount
        return int(gone)
