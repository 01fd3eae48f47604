"""Keeps the vault's ciphertexts; what they hide is known to the privacy floor alone."""

from collections.abc import Iterable

from app.core.store.database import Database


class SqliteVaultStore:
    """Rows of ciphertext by conversation; every method may raise `StoreError`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, conversation: str) -> "Iterable[tuple[bytes, bytes]]":
        """Return every index and ciphertext of a conversation."""
        with self._database.reading() as connection:
            found = connection.execute(
                "SELECT position, ciphertext FROM vault WHERE conversation = ?", (conversation,)
            ).fetchall()
        return [(row["position"], row["ciphertext"]) for row in found]

    def put(self, conversation: str, index: bytes, ciphertext: bytes) -> None:
        """Store a ciphertext in the place of an earlier one."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO vault (conversation, position, ciphertext) VALUES (?, ?, ?)"
                " ON CONFLICT (conversation, position) DO UPDATE SET ciphertext = excluded.ciphertext",
                (conversation, index, ciphertext),
            )

    def forget(self, conversation: str) -> None:
        """Destroy all that is kept for a conversation, down to the bytes in the files."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM vault WHERE conversation = ?", (conversation,))
        self._database.scrub()
