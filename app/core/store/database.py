"""The profile's SQLite file: opened once, brought up to date, shared by threads and processes."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, RLock

from app.core.errors import StoreError
from app.core.instance_lock import Lock as Hold
from app.core.store import encryption
from app.core.store.driver import connect, sqlite
from app.core.store.encryption import PLAIN, FileKey
from app.core.store.faults import GONE, NOT_OURS, code, translated
from app.core.store.file_copy import Watch, make_private
from app.core.store.migrations import SET, STEPS, Step, apply

__all__ = ["GONE", "Database"]

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

    def __init__(
        self,
        path: Path | None,
        *,
        key: FileKey = PLAIN,
        steps: Sequence[Step] = STEPS,
        patience: float = 5.0,
    ) -> None:
        """Remember where the file is; nothing is opened yet.

        Args:
            key: asked at each opening. A file that is not as wanted is changed then, where no other process
                has it open, and used as it is where one has.
            steps: the migrations that this program knows.
            patience: seconds to wait for another process that writes.
        """
        self.path = path
        self._key = key
        self._steps = steps
        self._patience = patience
        self._opening = Lock()
        self._write_lock = RLock()
        self._read_lock = RLock() if path else self._write_lock
        self._pair: _Pair | None = None
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
            self._close_pair()

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Keep the file closed; other threads wait."""
        with self._write_lock, self._read_lock, self._opening:
            self._close_pair()
            yield

    def is_encrypted(self) -> bool:
        """Say whether the file is encrypted; raises as `open` does."""
        return bool(self._connections().key)

    def change(self, watch: Watch) -> None:
        """Encrypt the file, or make it plain, as the key wants it now; others wait meanwhile.

        Raises:
            Cancelled: the person stopped it; the file is as it was.
            StoreError: another process has it open, or the disk refuses; the file is as it was.
        """
        if self.path is None:
            return
        with self._write_lock, self._read_lock, self._opening, translated():
            self._close_pair()
            encryption.change(self.path, self._key, watch)

    def copy_to(self, path: Path, key: bytes = b"", watch: Watch | None = None) -> None:
        """Write all of it, as it is at one moment, into a new file: under a key of 32 bytes, or plain.

        Others go on reading and writing meanwhile. The copy is compared and on the disk when this returns.

        Raises:
            Cancelled: the person stopped it; there is no file then.
            StoreError: it cannot be written; there is no file then.
        """
        if self.path is None:
            raise ValueError("what is in memory has no file to copy")
        pair = self._connections()
        with translated():
            encryption.copy(self.path, pair.key, path, key, watch or Watch.nobody())

    @contextmanager
    def reading(self) -> Iterator[sqlite.Connection]:
        """Lend the connection that reads; fetch everything before leaving.

        Raises:
            StoreError: as `open`, and for whatever SQLite reports inside.
        """
        with self._read_lock, translated():
            yield self._connections().reader

    @contextmanager
    def writing(self) -> Iterator[sqlite.Connection]:
        """Lend the connection that writes, inside a transaction: all of it is kept, or nothing.

        Raises:
            StoreError: as `open`, and for whatever SQLite reports inside; nothing was changed.
        """
        with self._write_lock, translated():
            writer = self._connections().writer
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
            writer = self._connections().writer
            self._has_traces = True
            try:
                for copy in self.path.parent.glob(f"{self.path.stem}.before-*"):
                    copy.unlink(missing_ok=True)
                writer.execute("VACUUM")
                with self._read_lock:  # a reader would keep the journal as it is
                    (busy, *_) = writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except (sqlite.Error, OSError) as error:
                raise StoreError(_TRACES) from error
            if busy:
                raise StoreError(_TRACES)
            self._has_traces = False

    def _connections(self) -> "_Pair":
        pair = self._pair
        if pair is not None:
            return pair
        with self._opening, translated():
            if self._pair is None:
                self._pair = self._open_pair()
                self._opened += 1
            return self._pair

    def _open_pair(self) -> "_Pair":
        if self.path is None:
            writer = _set_up(connect(None))
            pair = _Pair(writer, writer, b"", None)
        else:
            make_private(self.path)
            pair = self._open_file(self.path)
        try:
            self._migrate(pair.writer)
            if pair.hold:
                pair.reader.execute("PRAGMA query_only = ON")
        except BaseException:
            pair.close()
            raise
        return pair

    def _open_file(self, path: Path) -> "_Pair":
        pair = self._open_as_it_is(path)
        if bool(pair.key) == self._key.is_wanted:
            return pair
        try:
            _check_ours(pair.writer, _applied(pair.writer), [step.__name__ for step in self._steps])
        finally:
            pair.close()
        # Where that cannot be done now, the next start tries again.
        with suppress(StoreError, sqlite.Error, OSError):
            encryption.change(path, self._key, Watch.nobody())
        return self._open_as_it_is(path)

    def _open_as_it_is(self, path: Path) -> "_Pair":
        hold = encryption.hold(path, self._patience)
        try:
            encryption.clear(path)
            writer, key = encryption.open_file(path, self._key, self._patience)
            try:
                return _Pair(_set_up(writer), _set_up(connect(path, key, self._patience)), key, hold)
            except BaseException:
                writer.close()
                raise
        except BaseException:
            hold.release()
            raise

    def _close_pair(self) -> None:
        pair, self._pair = self._pair, None
        if pair is not None:
            pair.close(rewrite=self._has_traces)

    def _migrate(self, connection: sqlite.Connection) -> None:
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


@dataclass(frozen=True, slots=True)
class _Pair:
    """The two connections to a file, and the key that it is under; or one in memory, twice."""

    writer: sqlite.Connection
    reader: sqlite.Connection
    key: bytes = field(repr=False)
    hold: Hold | None

    def close(self, rewrite: bool = False) -> None:
        """Close both and fold the journal into the file."""
        self.reader.close()
        if self.hold is None:
            self.writer.close()
            return
        with suppress(sqlite.Error):
            self.writer.execute("PRAGMA busy_timeout = 500")  # quitting does not wait for others
            if rewrite:
                self.writer.execute("VACUUM")
            self.writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.writer.close()
        self.hold.release()


def _set_up(connection: sqlite.Connection) -> sqlite.Connection:
    try:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        connection.close()
        raise
    return connection


def _applied(connection: sqlite.Connection) -> set[str]:
    if not _tables(connection, "_sqlite_migrations"):
        return set()
    found = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (SET,))
    return {row["name"] for row in found.fetchall()}


def _tables(connection: sqlite.Connection, name: str) -> int:
    query = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name LIKE ? ESCAPE '!'"
    return int(connection.execute(query, (name.replace("_", "!_"),)).fetchone()[0])


def _check_ours(connection: sqlite.Connection, applied: set[str], known: list[str]) -> None:
    if applied - set(known):
        raise StoreError(_NEWER)
    if not applied and _tables(connection, "%"):
        raise StoreError(NOT_OURS)


def _copy(connection: sqlite.Connection, path: Path, name: str) -> None:
    """Keep a whole copy beside the file; only a finished one gets its name."""
    copy = path.with_name(f"{path.stem}.{name}{path.suffix}")
    part = copy.with_name(f"{copy.name}.{os.getpid()}")
    try:
        make_private(part)
        connection.execute("VACUUM INTO ?", (str(part),))
        os.replace(part, copy)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _transaction(connection: sqlite.Connection) -> Iterator[None]:
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
        except sqlite.OperationalError as error:
            if code(error) != sqlite.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
