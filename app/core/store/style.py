"""The numbers of how the person writes."""

from collections.abc import Mapping

from app.core.store.database import Database
from app.core.store.erase import destroying


class SqliteStyle:
    """Keeps counts by name; every method may raise `StoreError`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self) -> dict[str, float]:
        """Return all counts."""
        with self._database.reading() as connection:
            found = connection.execute("SELECT key, value FROM style").fetchall()
        return {row[0]: float(row[1]) for row in found}

    def add(self, counts: Mapping[str, float]) -> None:
        """Add to counts; all of them, or none."""
        with self._database.writing() as connection:
            connection.executemany(
                "INSERT INTO style (key, value) VALUES (?, ?)"
                " ON CONFLICT (key) DO UPDATE SET value = value + excluded.value",
                list(counts.items()),
            )

    def forget(self) -> None:
        """Destroy all counts, down to the bytes in the file."""
        with destroying(self._database) as connection:
            connection.execute("DELETE FROM style")
