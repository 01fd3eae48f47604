"""What recall keeps in memory of all turns, read from the database in pieces, and only what is new."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.core.store.database import Database
from app.core.store.turns import Place

_STEP: Final = 10_000
"""Rows that are read at once: others may use the database in between."""
_RANKED, _FURTHER = 500, 8_000
"""Hits of a word that are ranked (2 µs each), the newest, and further ones that are only counted."""
_SIDES: Final = (("message", 0), ("note", 1))
"""The two kinds of turns, and what is added to twice their row to get the number of a turn."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the database is; two of them say what is new in between."""

    changes: int = -1
    """Counts whatever happens beside new rows; where it differs, everything is read again."""
    rows: tuple[int, int] = (0, 0)
    """The last message and the last note that ever were."""
    vector: int = 0
    growing: tuple[int, ...] = ()
    """Messages that were still streaming; they become turns later."""


@dataclass(frozen=True, slots=True)
class Matches:
    """The turns of one kind that say a word, newest first."""

    numbers: tuple[int, ...]
    ranks: tuple[float, ...]
    """BM25 of the first of them; of a frequent word the older ones have none."""
    count: int
    """How many turns say it; of a very frequent word an estimate."""


class SqliteTurnIndex:
    """The turns of a database and their vectors; every method may raise `StoreError`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def mark(self) -> Mark:
        """Return how far the database is; takes no longer for a million turns."""
        query = (
            "SELECT (SELECT number FROM turn_change),"
            " (SELECT seq FROM sqlite_sequence WHERE name = 'message'),"
            " (SELECT seq FROM sqlite_sequence WHERE name = 'note'),"
            " (SELECT seq FROM sqlite_sequence WHERE name = 'vector')"
        )
        with self._database.reading() as connection:
            changes, message, note, vector = connection.execute(query).fetchone()
            growing = connection.execute("SELECT id FROM message WHERE state = 'streaming'").fetchall()
        ids = tuple(sorted(row[0] for row in growing))
        return Mark(changes, (message or 0, note or 0), vector or 0, ids)

    def places(self, old: Mark, new: Mark) -> Iterator[list[Place]]:
        """Yield the turns that came between two marks, without their text, oldest first."""
        query = (
            "SELECT number, conversation, speaker, role, time FROM turn"
            " WHERE is_note = ? AND row > ? AND row <= ? ORDER BY row"
        )
        for row in sorted(set(old.growing) - set(new.growing)):
            yield self._read(query, (0, row - 1, row))
        for is_note in (0, 1):
            last = new.rows[is_note]
            for start in range(old.rows[is_note], last, _STEP):
                yield self._read(query, (is_note, start, min(start + _STEP, last)))

    def _read(self, query: str, values: tuple[int, int, int]) -> list[Place]:
        with self._database.reading() as connection:
            return [Place(*row) for row in connection.execute(query, values).fetchall()]

    def matches(self, word: str) -> Iterator[Matches]:
        """Yield for messages and for notes which of them say a word; of a frequent word not all."""
        quoted = '"' + word.replace('"', '""') + '"'
        for side, odd in _SIDES:
            said = f"FROM {side}_fts WHERE {side}_fts MATCH ?"
            near = f"SELECT rowid, rank {said} ORDER BY rowid DESC LIMIT {_RANKED}"
            far = f"SELECT rowid {said} AND rowid < ? ORDER BY rowid DESC LIMIT {_FURTHER}"
            with self._database.reading() as connection:
                found = connection.execute(near, (quoted,)).fetchall()
                rows = [row[0] for row in found]
                if len(rows) == _RANKED:  # as one text: a tenth of the time that so many rows take
                    gathered = f"SELECT json_group_array(rowid) FROM ({far})"
                    rows += json.loads(connection.execute(gathered, (quoted, rows[-1])).fetchone()[0])
            count = len(rows)
            if count == _RANKED + _FURTHER:  # as frequent in what is older as in what is newer
                count = max(count, count * rows[0] // max(1, rows[0] - rows[-1]))
            yield Matches(tuple(2 * row + odd for row in rows), tuple(-row[1] for row in found), count)

    def unread(self, model: str, old: Mark, new: Mark) -> Iterator[list[int]]:
        """Yield in pieces which turns between two marks have no vector of this embedder."""
        query = (
            "SELECT number FROM turn WHERE is_note = ? AND row > ? AND row <= ? AND NOT EXISTS"
            " (SELECT 1 FROM vector WHERE vector.turn = turn.number AND model = ?)"
        )
        asked = [(0, row - 1, row) for row in sorted(set(old.growing) - set(new.growing))]
        for is_note in (0, 1):
            last = new.rows[is_note]
            asked += [
                (is_note, start, min(start + _STEP, last)) for start in range(old.rows[is_note], last, _STEP)
            ]
        for each in asked:
            with self._database.reading() as connection:
                yield [row[0] for row in connection.execute(query, (*each, model)).fetchall()]

    def put(self, model: str, vectors: Iterable[tuple[int, bytes]]) -> None:
        """Keep vectors of turns, all or none; but none of a turn that was deleted meanwhile."""
        rows = [{"turn": turn, "model": model, "value": value} for turn, value in vectors]
        with self._database.writing() as connection:
            connection.executemany(
                "INSERT INTO vector (turn, model, value) SELECT :turn, :model, :value"
                " WHERE EXISTS (SELECT 1 FROM message WHERE :turn % 2 = 0 AND id = :turn / 2)"
                " OR EXISTS (SELECT 1 FROM note WHERE :turn % 2 = 1 AND id = :turn / 2)",
                rows,
            )

    def vectors(self, model: str, after: int, last: int) -> Iterator[Sequence[tuple[int, bytes]]]:
        """Yield turns and their vectors by an embedder, oldest first, from after one id up to another."""
        for start in range(after, last, _STEP):
            with self._database.reading() as connection:
                yield connection.execute(
                    "SELECT turn, value FROM vector WHERE id > ? AND id <= ? AND model = ? ORDER BY id",
                    (start, min(start + _STEP, last), model),
                ).fetchall()

    def drop_others(self, model: str) -> None:
        """Remove the vectors of every other embedder."""
        with self._database.reading() as connection:
            query = "SELECT 1 FROM vector WHERE model <> ? LIMIT 1"
            if connection.execute(query, (model,)).fetchone() is None:
                return
        with self._database.writing() as connection:
            connection.execute("DELETE FROM vector WHERE model <> ?", (model,))

    def left_out(self) -> list[str]:
        """Return the conversations that the person keeps out of memory."""
        with self._database.reading() as connection:
            found = connection.execute("SELECT id FROM conversation WHERE left_out <> 0").fetchall()
        return [row[0] for row in found]
