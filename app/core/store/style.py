"""The numbers of how the person writes, text by text: they go with the message that they come from."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Final

from app.core.store.database import Database
from app.core.store.erase import destroying

_LATEST: Final = 500
"""Texts that count: how somebody wrote long before says less of how he writes, and costs each answer time."""


class SqliteStyle:
    """Keeps counts by name; every method may raise `StoreError`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self) -> dict[str, float]:
        """Return the sums of all counts."""
        with self._database.reading() as connection:
            found = connection.execute("SELECT counts FROM style").fetchall()
        sums: Counter[str] = Counter()
        for (counts,) in found:
            sums.update(json.loads(counts))
        return {name: float(value) for name, value in sums.items()}

    def add(self, counts: Mapping[str, float], source: int | None = None) -> None:
        """Keep the counts of a text; not where its message is gone or left out of the memory."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO style (message, counts) SELECT ?1, ?2"
                " WHERE ?1 IS NULL OR EXISTS (SELECT 1 FROM message JOIN conversation"
                " ON conversation.id = message.conversation WHERE message.id = ?1 AND NOT left_out)",
                (source, json.dumps(dict(counts))),
            )
            connection.execute("DELETE FROM style WHERE id <= (SELECT max(id) FROM style) - ?", (_LATEST,))

    def forget(self) -> None:
        """Destroy all counts, down to the bytes in the file."""
        with destroying(self._database) as connection:
            connection.execute("DELETE FROM style")
