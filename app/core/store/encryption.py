"""Whether the file is encrypted: found out by opening it, and changed without losing a row."""

import os
import time
from pathlib import Path
from typing import Final, Protocol

from app.core.errors import StoreError
from app.core.instance_lock import Lock
from app.core.store.driver import connect, salt, sqlite
from app.core.store.faults import BUSY, DAMAGED, NOT_OURS, WRONG_KEY, code
from app.core.store.file_copy import NotTheSame, Watch, sync, write_copy

IN_USE: Final = (
    "Confidant is open elsewhere with these conversations. Close the other window or command and try again."
)
_UNLIKE: Final = (
    "Your conversations could not be copied whole, so nothing was changed. Check the disk and try again."
)


class FileKey(Protocol):
    """Says whether the person wants the file encrypted, and with what."""

    @property
    def is_wanted(self) -> bool: ...

    def value(self) -> bytes:
        """Return 32 bytes.

        Raises:
            StoreError: they cannot be had now.
        """
        ...


class Plain:
    """No encryption."""

    is_wanted = False

    def value(self) -> bytes:
        raise StoreError(NOT_OURS)


PLAIN: Final = Plain()


class Fixed:
    """Encryption under a key that the caller holds."""

    is_wanted = True

    def __init__(self, key: bytes) -> None:
        self._key = key

    def value(self) -> bytes:
        return self._key


def opens_without_key(path: Path) -> bool:
    """Say whether no key is needed for the file, or it is not there or holds nothing yet."""
    if not path.is_file() or not path.stat().st_size:
        return True
    connection = connect(path)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite.Error as error:
        return code(error) != sqlite.SQLITE_NOTADB
    finally:
        connection.close()
    return True


def hold(path: Path, patience: float) -> Lock:
    """Keep other processes from changing how the file is encrypted, as long as the lock is held.

    Raises:
        StoreError: one of them does so now, and takes longer than `patience`.
        OSError: the folder may not be written.
    """
    deadline = time.monotonic() + patience
    while True:
        lock = Lock.share(lock_of(path))
        if lock is not None:
            return lock
        if time.monotonic() > deadline:
            raise StoreError(BUSY)
        time.sleep(0.01)


def alone(path: Path) -> Lock:
    """Keep all others from opening the file, as long as the lock is held.

    Raises:
        StoreError: somebody has it open, maybe this very process.
        OSError: the folder may not be written.
    """
    lock = Lock.take(lock_of(path))
    if lock is None:
        raise StoreError(IN_USE)
    return lock


def open_file(path: Path, key: FileKey, patience: float) -> tuple[sqlite.Connection, bytes]:
    """Open the file as it is now, first as the person wants it; return under which key that was, if any.

    Raises:
        StoreError: it opens neither way.
    """
    for value in (key.value, _no_key) if key.is_wanted else (_no_key, key.value):
        found = value()
        connection = connect(path, found, patience)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return connection, found
        except sqlite.Error as error:
            connection.close()
            if code(error) != sqlite.SQLITE_NOTADB:
                raise
        except BaseException:
            connection.close()
            raise
    raise StoreError(_why(path, key.value()))


def copy(path: Path, key: bytes, target: Path, new: bytes, watch: Watch) -> None:
    """Write a copy of an open file under another key, over a connection of its own.

    Raises:
        Cancelled, StoreError, sqlite.Error, OSError: there is no copy then.
    """
    connection = connect(path, key)
    try:
        write_copy(connection, target, new, watch)
    except NotTheSame as error:
        raise StoreError(_UNLIKE) from error
    finally:
        connection.close()


def change(path: Path, key: FileKey, watch: Watch) -> None:
    """Encrypt the file, or make it plain, as the key wants it, with older copies of it; or change nothing.

    Nobody may have it open, this process included. A copy is written beside it, compared, seen on the disk
    and renamed over it, so that the power may fail at any moment.

    Raises:
        Cancelled: the person stopped it; nothing was changed, or nothing but older copies.
        StoreError: it is open elsewhere, or cannot be copied; nothing was changed.
        sqlite.Error, OSError: the disk refuses; nothing was changed.
    """
    lock = alone(path)
    try:
        # The file itself comes last: once it is as wanted, so are the copies.
        for file in (*copies(path), path):
            _change_one(file, key, watch)
    finally:
        lock.release()


def copies(path: Path) -> list[Path]:
    """Return the whole copies that were kept before the file was brought up to date."""
    return sorted(path.parent.glob(f"{path.stem}.before-*{path.suffix}"))


def clear(path: Path) -> None:
    """Remove what a change that broke off left; only while nobody is changing the file."""
    for file in (path, *copies(path)):
        _part(file).unlink(missing_ok=True)


def _change_one(path: Path, key: FileKey, watch: Watch) -> None:
    connection, found = open_file(path, key, patience=0)
    try:
        if bool(found) == key.is_wanted:
            return
        _fold(connection)
        write_copy(connection, _part(path), key.value() if key.is_wanted else b"", watch)
    except NotTheSame as error:
        raise StoreError(_UNLIKE) from error
    finally:
        connection.close()
    os.replace(_part(path), path)
    sync(path.parent)


def _fold(connection: sqlite.Connection) -> None:
    """Fold the journal into the file and remove it, which works only where nobody else has the file open."""
    try:
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite.OperationalError as error:
        raise (StoreError(IN_USE) if code(error) == sqlite.SQLITE_BUSY else error) from error


def _why(path: Path, key: bytes) -> str:
    """Say why a file opens neither plain nor under the key; nobody has it open."""
    with path.open("rb") as file:
        begin = file.read(16)
    if begin == salt(key):
        return DAMAGED
    return NOT_OURS if begin.isascii() else WRONG_KEY


def _no_key() -> bytes:
    return b""


def _part(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def lock_of(path: Path) -> Path:
    """Return the file that says who has a database open, or changes it as a whole."""
    return path.with_name(f".{path.name}.lock")
