"""Whole copies of a database file: under the same key, under another, or plain."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.core.cancel import Cancel
from app.core.errors import Cancelled
from app.core.store.driver import connect, spelled, sqlite

_STEPS: Final = 20_000
"""Instructions of SQLite between two looks at the person's Stop: some milliseconds."""
_CHECKED: Final = 80
"""The share that is done, of 100, when all is written and what remains is to look at it."""


class NotTheSame(Exception):
    """A copy is not what it was copied from."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Who may stop the copying, and who is told how much of 100 is done."""

    cancel: Cancel
    tell: Callable[[int, int], None]

    @classmethod
    def nobody(cls) -> "Watch":
        return cls(Cancel(), lambda _done, _all: None)


def write_copy(connection: sqlite.Connection, target: Path, key: bytes, watch: Watch) -> None:
    """Write all that the connection sees at one moment into a new file, check it, and see it on the disk.

    Only its owner may read it. What is there already is replaced; what is not finished is removed.

    Raises:
        Cancelled: the person stopped it.
        NotTheSame: it does not hold what it was copied from.
        sqlite.Error, OSError: the disk refuses.
    """
    target.unlink(missing_ok=True)
    make_private(target)
    try:
        connection.execute("ATTACH ? AS copy KEY ?", (str(target), spelled(key)))
        try:
            _export(connection, target, watch)
        finally:
            with suppress(sqlite.Error):
                connection.execute("DETACH copy")
        _check(target, key)
        watch.cancel.check()
        sync(target)
        watch.tell(100, 100)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def make_private(path: Path) -> None:
    """Create the file readable by its owner only; SQLite gives its journals the same rights.

    A file that is there is not touched: closing it here would drop the locks that SQLite holds on it.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def sync(path: Path) -> None:
    """Wait until a file, or what a folder lists, is on the disk."""
    if sys.platform == "win32" and path.is_dir():
        return  # its file system sees to that
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _export(connection: sqlite.Connection, target: Path, watch: Watch) -> None:
    connection.execute("PRAGMA copy.journal_mode = OFF")  # what breaks off is thrown away
    connection.execute("PRAGMA copy.synchronous = OFF")
    connection.execute("BEGIN")
    try:
        connection.set_progress_handler(_follow(connection, target, watch), _STEPS)
        try:
            connection.execute("SELECT sqlcipher_export('copy')").fetchone()
        except sqlite.OperationalError as error:
            raise (Cancelled() if watch.cancel.is_set else error) from error
        finally:
            connection.set_progress_handler(None, 0)
        if _counts(connection, "main") != _counts(connection, "copy"):
            raise NotTheSame
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _follow(connection: sqlite.Connection, target: Path, watch: Watch) -> Callable[[], bool]:
    """Return what SQLite asks now and then whether to stop; it tells how far the copy is."""
    (pages,) = connection.execute("PRAGMA main.page_count").fetchone()
    (size,) = connection.execute("PRAGMA main.page_size").fetchone()
    told = -1

    def look() -> bool:
        nonlocal told
        share = min(_CHECKED, _CHECKED * target.stat().st_size // max(1, pages * size))
        if share > told:
            told = share
            watch.tell(share, 100)
        return watch.cancel.is_set

    return look


def _counts(connection: sqlite.Connection, schema: str) -> dict[str, int]:
    """Count the rows of each table; a search index is counted by the tables that it keeps."""
    query = (
        f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL %'"
    )
    names = [str(row["name"]) for row in connection.execute(query).fetchall()]
    return {
        name: int(connection.execute(f'SELECT count(*) FROM {schema}."{name}"').fetchone()[0])
        for name in names
    }


def _check(target: Path, key: bytes) -> None:
    """Read the finished file as the next start will."""
    copy = connect(target, key)
    try:
        (told,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    finally:
        copy.close()
    if told != "ok":
        raise NotTheSame
