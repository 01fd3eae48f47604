"""Puts another database and its key in the place of a profile's, so that a crash leaves the one or the other.

All happens in the folder `.restore` of the profile: `confidant.db` in it is the new one, `old` holds what was
there, and a file `begun` is there from the first move to the last. Who finds it without anybody at work moves
everything back.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.core.errors import StoreError
from app.core.instance_lock import Lock
from app.core.paths import Paths
from app.core.store import encryption
from app.core.store.file_copy import make_private, sync

_KEY: Final = "data.key"
_BUSY: Final = "Another restore is at work here just now. Wait until it has ended."
_STUCK: Final = (
    "A restore was cut off, and what was there before could not be put back yet. "
    "Check that the data folder can be written and that the disk has room, and start Confidant again."
)


class Swap:
    """One profile's folder for the change."""

    def __init__(self, paths: Paths) -> None:
        self._profile = paths.profile
        self._database = paths.database
        self._folder = paths.profile / ".restore"
        self._old = self._folder / "old"
        self._begun = self._folder / "begun"
        self.new = self._folder / paths.database.name
        """Where the new database has to be before `go`."""
        self._hold: Lock | None = None
        """Held from `prepare` to `clear`: without it the folder is what a crash left."""

    @property
    def old_key(self) -> Path:
        """The note of the key that was there, between `go` and its end."""
        return self._old / _KEY

    def prepare(self) -> None:
        """Make an empty folder.

        Raises:
            OSError: the disk refuses.
            StoreError: another process works in it, or a change that a crash cut off cannot be undone.
        """
        self.recover()
        self._hold = self._take()
        if self._hold is None:
            raise StoreError(_BUSY)
        if self._begun.exists():
            raise StoreError(_STUCK)
        self._clear()
        self._old.mkdir(mode=0o700, parents=True)

    def clear(self) -> None:
        """Remove the folder with all that is in it, where nothing is begun and it is ours."""
        if self._hold is None:
            return
        try:
            if not self._begun.exists():
                self._clear()
        finally:
            self._hold.release()
            self._hold = None

    def go(self, put_key: Callable[[], None]) -> None:
        """Exchange; nobody may have the profile's database open, and `encryption.alone` has to be held.

        Args:
            put_key: writes the new `data.key`.

        Raises:
            whatever `put_key` raises, and OSError: everything is as it was.
        """
        key = self._profile / _KEY
        if key.exists():
            make_private(self.old_key)
            shutil.copyfile(key, self.old_key)
            sync(self.old_key)
        sync(self._old)
        try:
            self._begun.touch(mode=0o600)
            sync(self._folder)
            for file in self._kept():
                os.replace(file, self._old / file.name)
            sync(self._old)
            put_key()
            os.replace(self.new, self._database)
            sync(self._profile)
        except BaseException:
            self._back()
            raise

    def end(self) -> None:
        """Remove what was there before; from here on the new one counts."""
        self._begun.unlink()
        sync(self._folder)
        self._clear()

    def recover(self) -> None:
        """Undo a change that a crash cut off; does nothing while another process is at it.

        Raises:
            StoreError: the disk refuses.
        """
        if not self._folder.exists():
            return
        try:
            hold = self._take()
            if hold is None:
                return
            try:
                self._undo()
            finally:
                hold.release()
        except OSError as error:
            raise StoreError(_STUCK) from error

    def _undo(self) -> None:
        lock = Lock.take(encryption.lock_of(self._database))
        if lock is None:
            return
        try:
            if self._begun.exists():
                self._back()
            self._clear()
        finally:
            lock.release()

    def _take(self) -> Lock | None:
        return Lock.take(self._folder.with_name(f"{self._folder.name}.lock"))

    def _kept(self) -> list[Path]:
        """Return the database with its journal, and the older copies, which open with its key alone."""
        names = (self._database.name, f"{self._database.name}-wal", f"{self._database.name}-shm")
        files = [self._profile / name for name in names]
        return [file for file in files if file.exists()] + encryption.copies(self._database)

    def _back(self) -> None:
        """Move all back, in an order in which a second crash does no harm: the new one first."""
        if not self.new.exists() and self._database.exists():
            os.replace(self._database, self.new)
        for file in sorted(self._old.iterdir()):
            os.replace(file, self._profile / file.name)
        sync(self._profile)
        self._begun.unlink(missing_ok=True)

    def _clear(self) -> None:
        with suppress(FileNotFoundError):
            shutil.rmtree(self._folder)
