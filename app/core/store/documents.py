"""Attached documents and the passages that they are cut into."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.core.errors import StoreError
from app.core.store.database import GONE, Database
from app.core.store.erase import destroying
from app.core.store.rows import clean
from app.core.types import StoredDocument

_DOCUMENT: Final = "id, conversation, name, kind, pages, characters, added"
_AT_ONCE: Final = 500
"""Words that one search looks for at most."""

# The class has a method `list`, which hides the type inside it.
_Documents = list[StoredDocument]
_Passages = list["StoredPassage"]
_Numbers = list[int]


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A run of characters of one page, on its way into the store."""

    page: int
    """From 0."""
    start: int
    """Where in its page, in characters."""
    place: str
    """Where that is for the person, such as "page 3"; empty where nothing can be said."""
    text: str
    model: str = ""
    """Which embedder made the vector; empty where there is none."""
    vector: bytes = b""


@dataclass(frozen=True, slots=True)
class StoredPassage(NewPassage):
    """A passage as the store keeps it."""

    id: int = 0
    document: int = 0


class SqliteDocuments:
    """The documents of one database; every method may raise `StoreError`."""

    def __init__(self, database: Database, first: int = 1) -> None:
        """Keep documents in this database.

        Args:
            first: the number of the first one, so that numbers of two databases differ.
        """
        self._database = database
        self._first = first

    def check(self, conversation: str) -> None:
        """Raise `StoreError` where there is no such conversation."""
        with self._database.reading() as connection:
            found = connection.execute("SELECT 1 FROM conversation WHERE id = ?", (clean(conversation),))
            if found.fetchone() is None:
                raise StoreError(GONE)

    def add(
        self, conversation: str, name: str, kind: str, pages: int, passages: Sequence[NewPassage]
    ) -> StoredDocument:
        """Keep a whole document, or nothing of it.

        Raises:
            StoreError: also where the conversation is gone.
        """
        now, size = time.time(), sum(len(each.text) for each in passages)
        with self._database.writing() as connection:
            number = connection.execute(
                "INSERT INTO document (id, conversation, name, kind, pages, characters, added) VALUES ("
                "(SELECT ? WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'document')),"
                " ?, ?, ?, ?, ?, ?)",
                (self._first, conversation, clean(name), kind, pages, size, now),
            ).lastrowid or 0  # fmt: skip
            connection.executemany(
                "INSERT INTO passage (document, page, start, place, text, model, value)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (number, each.page, each.start, clean(each.place), clean(each.text), each.model,
                     each.vector or None)
                    for each in passages
                ],
            )  # fmt: skip
        return StoredDocument(number, conversation, clean(name), kind, pages, size, now)

    def list(self, conversation: str) -> _Documents:
        """Return the documents of a conversation in the order in which they came."""
        with self._database.reading() as connection:
            found = connection.execute(
                f"SELECT {_DOCUMENT} FROM document WHERE conversation = ? ORDER BY id", (clean(conversation),)
            ).fetchall()
        return [StoredDocument(*row) for row in found]

    def get(self, document: int) -> StoredDocument:
        """Return one document.

        Raises:
            StoreError: it is not there any more.
        """
        with self._database.reading() as connection:
            found = connection.execute(
                f"SELECT {_DOCUMENT} FROM document WHERE id = ?", (document,)
            ).fetchone()
        if found is None:
            raise StoreError("This document is not there any more.")
        return StoredDocument(*found)

    def remove(self, document: int) -> bool:
        """Destroy a document, down to the bytes in the files; say whether there was one."""
        with destroying(self._database) as connection:
            return connection.execute("DELETE FROM document WHERE id = ?", (document,)).rowcount > 0

    def passages(self, documents: Sequence[int]) -> _Passages:
        """Return every passage of these documents, in their order."""
        kept: _Passages = []
        with self._database.reading() as connection:
            for document in documents:
                found = connection.execute(
                    "SELECT page, start, place, text, model, coalesce(value, x''), id, document FROM passage"
                    " WHERE document = ? ORDER BY page, start",
                    (document,),
                ).fetchall()
                kept += [StoredPassage(*row) for row in found]
        return kept

    def matches(self, words: Sequence[str], documents: Sequence[int], limit: int) -> _Numbers:
        """Return the passages of these documents that hold some of the words, best first, by their ids."""
        quoted = " OR ".join('"' + clean(word).replace('"', '""') + '"' for word in words[:_AT_ONCE])
        if not quoted or not documents:
            return []
        among = ", ".join(str(int(each)) for each in documents)
        with self._database.reading() as connection:
            found = connection.execute(
                "SELECT passage.id FROM passage_fts JOIN passage ON passage.id = passage_fts.rowid"
                f" WHERE passage_fts MATCH ? AND passage.document IN ({among}) ORDER BY rank LIMIT ?",
                (quoted, limit),
            ).fetchall()
        return [row[0] for row in found]
