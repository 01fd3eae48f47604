"""The profile's SQLite file: opened once, brought up to date, shared by threads and processes."""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from app.core.errors import StoreError
from app.core.store.migrations import SET, STEPS, Step, apply

GONE = "This conversation is not there any more."

_BUSY = "Another program is using your conversations just now. Wait a moment and try again."
_TOLD = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_FULL: "The disk is full, so this was not saved. Free some space and try again.",
    sqlite3.SQLITE_READONLY: "Your conversations can be read but not changed. "
    "Make the data folder writable and try again.",
    sqlite3.SQLITE_CANTOPEN: "The file with your conversations cannot be opened. "
    "Check that the data folder is there and that you may write in it.",
    sqlite3.SQLITE_CORRUPT: "The file with your conversations is damaged. "
    "Nothing was changed; put a copy of it in its place, or move it away to start afresh.",
    sqlite3.SQLITE_NOTADB: "The file with your conversations is not one that Confidant can read. "
    "Nothing was changed; move it away to start afresh.",
    sqlite3.SQLITE_IOERR: "The disk did not do what it should, so this was not saved. "
    "Check the disk and try again.",
    sqlite3.SQLITE_CONSTRAINT: GONE,
}
_FAILED = "Your conversations could not be read or saved. Try again, or start Confidant again."
_TRACES = (
    "It is deleted, but traces of it stay in the file, which is busy or has no space. "
    "Confidant tries again when you close it."
)
_NEWER = "These conversations were last used by a newer Confidant. Install that version; nothing was changed."


class Database:
    """One SQLite file, or a database in memory that is gone when it is closed.

    A file has two connections, one that writes and one that reads: in WAL a reader never waits for a writer,
    so the window's list stays quick while another process holds the write lock (measured: 0.1 ms against the
    whole of `patience` with one connection). Each is guarded by its own lock. In memory there is one.

    Nothing else in this process may open the file meanwhile, not even to read it: POSIX drops a process's
    locks on a file when any handle of it is closed, and another process would then spoil the journal.
    """

    def __init__(self, path: Path | None, *, steps: Sequence[Step] = STEPS, patience: float = 5.0) -> None:
        """Remember where the file is; nothing is opened yet.

        Args:
            steps: the migrations that this program knows.
            patience: seconds to wait for another process that writes.
        """
        self.path = path
        self._steps = steps
        self._patience = patience
        self._opening = threading.Lock()
        self._write_lock = threading.RLock()
        self._read_lock = threading.RLock() if path else self._write_lock
        self._pair: tuple[sqlite3.Connection, sqlite3.Connection] | None = None
        self._opened = 0
        self._has_traces = False

    def open(self) -> None:
        """Open the file and bring its tables up to date; does nothing where that was done.

        Raises:
            StoreError: it is locked, damaged, of a newer version, or the disk refuses.
        """
        self._connections()

    def close(self) -> None:
        """Close the file and fold its journal into it; the next use opens it again."""
        with self._write_lock, self._read_lock, self._opening:
            if self._pair is None:
                return
            writer, reader = self._pair
            self._pair = None
            reader.close()
            if writer is not reader:
                with suppress(sqlite3.Error):
                    writer.execute("PRAGMA busy_timeout = 500")  # quitting does not wait for others
                    if self._has_traces:
                        writer.execute("VACUUM")
                    writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            writer.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection that reads; fetch everything before leaving.

        Raises:
            StoreError: as `open`, and for whatever SQLite reports inside.
        """
        with self._read_lock, _translated():
            yield self._connections()[1]

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection that writes, inside a transaction: all of it is kept, or nothing.

        Raises:
            StoreError: as `open`, and for whatever SQLite reports inside; nothing was changed.
        """
        with self._write_lock, _translated():
            writer = self._connections()[0]
            with _transaction(writer):
                yield writer

    def version(self) -> tuple[int, int]:
        """Return numbers that differ after a change by another connection or process; cheap."""
        with self.reading() as connection:
            (number,) = connection.execute("PRAGMA data_version").fetchone()
            return self._opened, int(number)

    def scrub(self) -> None:
        """Leave no byte of what was deleted: rewrite the file, empty its journal, remove older copies.

        `secure_delete` alone is not enough: in 5 of 125 deletions SQLite 3.40 left words of the message in
        pages that it had balanced, in none after VACUUM (which took 35 ms for 2 MB).

        Raises:
            StoreError: traces are left; closing tries again.
        """
        if self.path is None:
            return
        with self._write_lock:
            writer = self._connections()[0]
            self._has_traces = True
            try:
                for copy in self.path.parent.glob(f"{self.path.stem}.before-*"):
                    copy.unlink(missing_ok=True)
                writer.execute("VACUUM")
                with self._read_lock:  # a reader would keep the journal as it is
                    (busy, *_) = writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except (sqlite3.Error, OSError) as error:
                raise StoreError(_TRACES) from error
            if busy:
                raise StoreError(_TRACES)
            self._has_traces = False

    def _connections(self) -> tuple[sqlite3.Connection, sqlite3.Connection]:
        pair = self._pair
        if pair is not None:
            return pair
        with self._opening, _translated():
            if self._pair is None:
                self._pair = self._open_pair()
                self._opened += 1
            return self._pair

    def _open_pair(self) -> tuple[sqlite3.Connection, sqlite3.Connection]:
        if self.path:
            _make_private(self.path)
        writer = self._connect()
        try:
            self._migrate(writer)
            if self.path is None:
                return writer, writer
            reader = self._connect()
            reader.execute("PRAGMA query_only = ON")
            return writer, reader
        except BaseException:
            writer.close()
            raise

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path or ":memory:",
            timeout=self._patience,
            isolation_level=None,  # transactions are begun by hand, so that none begins unseen
            check_same_thread=False,
        )
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA temp_store = MEMORY")  # no text in the system's temporary folder
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = NORMAL")
        except BaseException:
            connection.close()
            raise
        return connection

    def _migrate(self, connection: sqlite3.Connection) -> None:
        known = [step.__name__ for step in self._steps]
        applied = _applied(connection)
        _check_ours(connection, applied, known)  # before anything is written
        if self.path:
            _insist(lambda: connection.execute("PRAGMA journal_mode = WAL").fetchone(), self._patience)
        if applied == set(known):
            return
        if self.path and applied:
            _copy(connection, self.path, f"before-{len(known)}")
        from sqlite_utils import Database as Wrapped  # 0.4 s, and needed only here

        with _transaction(connection):
            # Another process may have been here in between: `apply` looks again, now under the write lock.
            _check_ours(connection, _applied(connection), known)
            apply(Wrapped(connection, execute_plugins=False), self._steps)


def _applied(connection: sqlite3.Connection) -> set[str]:
    if not _tables(connection, "_sqlite_migrations"):
        return set()
    found = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (SET,))
    return {row["name"] for row in found.fetchall()}


def _tables(connection: sqlite3.Connection, name: str) -> int:
    query = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name LIKE ? ESCAPE '!'"
    return int(connection.execute(query, (name.replace("_", "!_"),)).fetchone()[0])


def _check_ours(connection: sqlite3.Connection, applied: set[str], known: list[str]) -> None:
    if applied - set(known):
        raise StoreError(_NEWER)
    if not applied and _tables(connection, "%"):
        raise StoreError(_TOLD[sqlite3.SQLITE_NOTADB])


def _copy(connection: sqlite3.Connection, path: Path, name: str) -> None:
    """Keep a whole copy beside the file; only a finished one gets its name."""
    copy = path.with_name(f"{path.stem}.{name}{path.suffix}")
    part = copy.with_name(f"{copy.name}.{os.getpid()}")
    try:
        _make_private(part)
        connection.execute("VACUUM INTO ?", (str(part),))
        os.replace(part, copy)
    finally:
        part.unlink(missing_ok=True)


def _make_private(path: Path) -> None:
    """Create the file readable by its owner only; SQLite gives its journals the same rights.

    A file that is there is not touched: closing it here would drop the locks that SQLite holds on it.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _insist(action: Callable[[], object], patience: float) -> None:
    """Repeat what SQLite's own busy timeout does not cover: two processes that switch to WAL at once."""
    deadline = time.monotonic() + patience
    while True:
        try:
            action()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


@contextmanager
def _translated() -> Iterator[None]:
    """Turn what SQLite and the disk report into a sentence for the person."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", -1) & 0xFF
        raise StoreError(_TOLD.get(code, _FAILED)) from error
    except (UnicodeEncodeError, OverflowError) as error:
        raise StoreError(GONE) from error  # no name or number that was ever stored
    except OSError as error:
        raise StoreError(_TOLD[sqlite3.SQLITE_CANTOPEN]) from error
