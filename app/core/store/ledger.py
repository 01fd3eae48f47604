"""Keeps the ledger's rows; their bodies and digests are ciphertext to this floor."""

import json
from collections.abc import Collection
from contextlib import suppress

from app.core.store.database import Database
from app.core.store.driver import sqlite
from app.core.store.erase import TracesLeft, destroying
from app.privacy.exposure import Known, Trait
from app.privacy.ledger import LedgerRow

_COLUMNS = "id, time, provider, purpose, model, kinds, bytes_sent, sha256, conversation"
_TOLD = (
    "INSERT INTO exposure (provider, trait, first, last, times) VALUES (?, ?, ?, ?, 1)"
    " ON CONFLICT (provider, trait) DO UPDATE SET times = times + 1,"
    " first = min(first, excluded.first), last = max(last, excluded.last)"
)
_ERASE = (
    "UPDATE ledger SET body = NULL, digests = NULL, sha256 = '', conversation = ''"
    " WHERE (body IS NOT NULL OR digests IS NOT NULL OR sha256 <> '')"
)


class SqliteLedgerStore:
    """Keeps them in the profile's database; every method may raise `StoreError`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, row: LedgerRow, body: bytes, digests: bytes, told: Collection[Trait] = ()) -> int:
        """Keep a row (its `id` is ignored) with its ciphertext, durably, and return its new id.

        Args:
            told: the traits that the provider is told with it; all is kept, or nothing.
        """
        with self._database.writing() as connection:
            cursor = connection.execute(
                "INSERT INTO ledger"
                " (time, provider, purpose, model, kinds, bytes_sent, sha256, conversation, body, digests)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (row.time, row.provider, row.purpose, row.model, json.dumps(dict(row.kinds)),
                 row.bytes_sent, row.sha256, row.conversation, body or None, digests or None),
            )  # fmt: skip
            number = cursor.lastrowid or 0
            connection.executemany(_TOLD, [(row.provider, each.value, row.time, row.time) for each in told])
            return number

    def row(self, id: int) -> LedgerRow | None:
        """Return one row."""
        found = self._all(f"SELECT {_COLUMNS} FROM ledger WHERE id = ?", id)
        return _row(found[0]) if found else None

    def rows(self, limit: int, provider: str = "") -> list[LedgerRow]:
        """Return the newest rows first, of one provider if named."""
        named = "WHERE provider = ?" if provider else "WHERE '' = ?"
        query = f"SELECT {_COLUMNS} FROM ledger {named} ORDER BY id DESC LIMIT ?"
        return [_row(each) for each in self._all(query, provider, limit)]

    def body(self, id: int) -> bytes | None:
        """Return the ciphertext, or None where it is gone."""
        found = self._all("SELECT body FROM ledger WHERE id = ?", id)
        body: bytes | None = found[0]["body"] if found else None
        return body

    def bodies(self) -> list[tuple[int, bytes]]:
        """Return id and ciphertext of every row that still has its body, oldest first."""
        found = self._all("SELECT id, body FROM ledger WHERE body IS NOT NULL ORDER BY id")
        return [(each["id"], each["body"]) for each in found]

    def digests(self) -> list[tuple[int, bytes]]:
        """Return id and packed digests of every row that still has them, oldest first."""
        found = self._all("SELECT id, digests FROM ledger WHERE digests IS NOT NULL ORDER BY id")
        return [(each["id"], each["digests"]) for each in found]

    def covers(self) -> tuple[float, float] | None:
        """Return the times of the first and last row that still have digests."""
        query = "SELECT min(time) AS first, max(time) AS last FROM ledger WHERE digests IS NOT NULL"
        (found,) = self._all(query)
        return None if found["first"] is None else (found["first"], found["last"])

    def exposure(self, provider: str = "") -> list[tuple[str, Trait, Known]]:
        """Return which traits each provider was told, or the one that is named; the last one first."""
        named = "WHERE provider = ?" if provider else "WHERE '' = ?"
        query = f"SELECT * FROM exposure {named} ORDER BY last DESC, provider, trait"
        return [
            (each["provider"], Trait(each["trait"]), Known(each["first"], each["last"], each["times"]))
            for each in self._all(query, provider)
        ]

    def forget_exposure(self, provider: str) -> None:
        """Delete which traits a provider was told."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM exposure WHERE provider = ?", (provider,))

    def drop_bodies(self, before: float) -> None:
        """Delete bodies of rows older than `before`; rows and digests stay."""
        with suppress(TracesLeft), destroying(self._database) as connection:
            connection.execute("UPDATE ledger SET body = NULL WHERE body IS NOT NULL AND time < ?", (before,))

    def erase(self, ids: Collection[int] | None) -> None:
        """Destroy bodies, digests and sha256 of these rows; counts and dates stay.

        None: of all rows, and which provider was told which trait as well.
        """
        with destroying(self._database) as connection:
            if ids is None:
                connection.execute(_ERASE)
                connection.execute("DELETE FROM exposure")
            else:
                connection.executemany(f"{_ERASE} AND id = ?", [(id,) for id in ids])

    def _all(self, query: str, *values: str | int) -> list[sqlite.Row]:
        with self._database.reading() as connection:
            return connection.execute(query, values).fetchall()


def _row(row: sqlite.Row) -> LedgerRow:
    return LedgerRow(
        id=row["id"],
        time=row["time"],
        provider=row["provider"],
        purpose=row["purpose"],
        model=row["model"],
        kinds=json.loads(row["kinds"]),
        bytes_sent=row["bytes_sent"],
        sha256=row["sha256"],
        conversation=row["conversation"],
    )
