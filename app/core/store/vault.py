"""Keeps the vault's ciphertexts; what they hide is known to the privacy floor alone."""

from app.core.store.database import Database
from app.core.store.erase import destroying


class SqliteVaultStore:
    """Keeps them in the profile's database; every method may raise `StoreError`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, conversation: str) -> list[tuple[str, bytes]]:
        """Return index and ciphertext of every entry of a conversation, oldest first."""
        with self._database.reading() as connection:
            found = connection.execute(
                "SELECT entry, ciphertext FROM vault WHERE conversation = ? ORDER BY number", (conversation,)
            ).fetchall()
        return [(row["entry"], row["ciphertext"]) for row in found]

    def put(self, conversation: str, index: str, ciphertext: bytes) -> None:
        """Keep an entry durably; one with the same conversation and index is replaced in its place."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO vault (conversation, entry, ciphertext) VALUES (?, ?, ?)"
                " ON CONFLICT (conversation, entry) DO UPDATE SET ciphertext = excluded.ciphertext",
                (conversation, index, ciphertext),
            )

    def forget(self, conversation: str) -> None:
        """Destroy every entry of a conversation, down to the bytes in the files."""
        with destroying(self._database) as connection:
            connection.execute("DELETE FROM vault WHERE conversation = ?", (conversation,))
