"""Where the values of settings are kept: the database, and a small file that is read before it opens."""

import json
import os
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from app.core.errors import StoreError
from app.core.settings import Value
from app.core.store.database import Database
from app.core.store.erase import TracesLeft, destroying

if TYPE_CHECKING:
    from app.core.store.driver import sqlite

if sys.platform == "win32":
    import msvcrt

    def _wait_for(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
else:
    import fcntl

    def _wait_for(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)


_UNREADABLE = "The settings cannot be read. Check that the data folder is there and that you may open it."
_UNWRITABLE = (
    "The setting was not saved. Check that the disk has space and that you may write in the data folder."
)

_Stamp = tuple[int, int, int]
_ABSENT: _Stamp = (0, 0, 0)


class DatabaseSettings:
    """Settings in the database, one row each; keys that this version does not know stay."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._version: tuple[int, int] | None = None
        self._values: Mapping[str, object] = {}

    def read(self) -> Mapping[str, object]:
        """Return the values; the rows are read again only where anything in the database changed.

        Raises:
            StoreError: the database cannot be read.
        """
        with self._lock:
            version = self._database.version()
            if version != self._version:
                with self._database.reading() as connection:
                    found = connection.execute("SELECT key, value FROM setting").fetchall()
                self._values = {row["key"]: json.loads(row["value"]) for row in found}
                self._version = version
            return self._values

    def write(self, key: str, value: Value | None) -> None:
        """Store a value, or forget it where it is None.

        Raises:
            StoreError: it cannot be written; the old value stays.
        """
        with suppress(TracesLeft), self._changing(key) as connection:
            if value is None:
                connection.execute("DELETE FROM setting WHERE key = ?", (key,))
            else:
                connection.execute(
                    "INSERT INTO setting (key, value) VALUES (?, ?)"
                    " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                    (key, json.dumps(value)),
                )
        with self._lock:
            self._version = None

    def _changing(self, key: str) -> "AbstractContextManager[sqlite.Connection]":
        """Change a list of words so that a word which is not in it any more is gone."""
        is_words = isinstance(self.read().get(key), list)
        return destroying(self._database) if is_words else self._database.writing()


class FileSettings:
    """Settings in a small JSON file; keys that this version does not know stay.

    A file that cannot be understood is moved aside to `.broken`, and the defaults hold.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._stamp: _Stamp | None = None
        self._values: Mapping[str, object] = {}

    def read(self) -> Mapping[str, object]:
        """Return the values; the file is read again only where it changed.

        Raises:
            StoreError: the file cannot be read.
        """
        with self._lock:
            try:
                return self._read()
            except OSError as error:
                raise StoreError(_UNREADABLE) from error

    def write(self, key: str, value: Value | None) -> None:
        """Store a value, or forget it where it is None.

        Raises:
            StoreError: it cannot be written; the old value stays.
        """
        with self._lock:
            try:
                with self._alone():
                    values = dict(self._read())
                    values.pop(key, None)
                    if value is not None:
                        values[key] = value
                    self._replace(json.dumps(values, indent=2, sort_keys=True) + "\n")
            except OSError as error:
                raise StoreError(_UNWRITABLE) from error

    def _read(self) -> Mapping[str, object]:
        stamp = self._look()
        if stamp != self._stamp:
            self._values = self._parse() if stamp != _ABSENT else {}
            self._stamp = stamp
        return self._values

    def _look(self) -> _Stamp:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return _ABSENT
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _parse(self) -> Mapping[str, object]:
        try:
            values = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        except (ValueError, RecursionError):
            values = None
        if isinstance(values, dict):
            return values
        os.replace(self._path, self._path.with_name(f"{self._path.name}.broken"))
        return {}

    def _replace(self, text: str) -> None:
        """Put a whole new file in the place of the old one, or change nothing."""
        number, name = tempfile.mkstemp(dir=self._path.parent, prefix=f".{self._path.name}.")
        part = Path(name)
        try:
            with os.fdopen(number, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, self._path)
        finally:
            part.unlink(missing_ok=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes from writing meanwhile, so that no change of theirs is lost."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._path.with_name(f".{self._path.name}.lock").open("ab") as file:
            _wait_for(file)
            yield
