"""The one SQLite driver: SQLCipher's, which reads and writes plain files as well as encrypted ones.

It also brings the newest SQLite to every system, with FTS5.
"""

import hashlib
import hmac
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3 as sqlite  # sqlcipher3 has the same interface, but no types
else:
    from sqlcipher3 import dbapi2 as sqlite

__all__ = ["KEY_SIZE", "connect", "salt", "spelled", "sqlite"]

KEY_SIZE: Final = 32


def connect(path: Path | None, key: bytes = b"", patience: float = 5.0) -> sqlite.Connection:
    """Open a file, or a database in memory; whether the key fits shows only when something is read.

    Args:
        key: 32 bytes, or none for a plain file.
        patience: seconds to wait for another process that writes.
    """
    connection = sqlite.connect(
        path or ":memory:",
        timeout=patience,
        isolation_level=None,  # transactions are begun by hand, so that none begins unseen
        check_same_thread=False,
    )
    try:
        connection.row_factory = sqlite.Row
        # First of all: SQLCipher would complain about a wrong key on standard error.
        connection.execute("PRAGMA cipher_log_level = NONE")
        if key:
            connection.execute(f'PRAGMA key = "{spelled(key)}"')
        connection.execute("PRAGMA temp_store = MEMORY")  # no text in the system's temporary folder
    except BaseException:
        connection.close()
        raise
    return connection


def spelled(key: bytes) -> str:
    """Write a key the way SQLCipher takes it raw, without stretching it at each opening; none is none."""
    return f"x'{key.hex()}{salt(key).hex()}'" if key else ""


def salt(key: bytes) -> bytes:
    """Return the first 16 bytes of every file under this key.

    A random key needs no random salt. One that follows from the key lets two processes that make the file at
    once agree, and lets a wrong key be told from a damaged file.
    """
    return hmac.digest(key, b"confidant/salt", hashlib.sha256)[:16]
