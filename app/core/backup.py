"""Backup and restore: everything that is kept, in one file that opens with a passphrase on any computer.

It holds conversations, memory, documents, settings, what the assistant knows and learned, the originals of
hidden details and the record of what left. It holds no model and no key of a cloud.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.core.cancel import Cancel
from app.core.data_key import SHORTEST, DataKey
from app.core.errors import BackupFault, SettingError, StoreError
from app.core.paths import Paths
from app.core.store import backup_file, encryption
from app.core.store.backup_file import Tell
from app.core.store.database import Database
from app.core.store.encryption import Fixed
from app.core.store.faults import DAMAGED, NOT_OURS, WRONG_KEY
from app.core.store.file_copy import Watch, make_private, sync
from app.core.store.swap import Swap
from app.privacy.cipher import derive

_NO_ROOM: Final = "The backup could not be written. Choose another place, or make room on the disk."
_INSIDE: Final = "Choose a place outside of Confidant's own folder, and best on another disk."
_DAMAGED: Final = "This backup is damaged, so nothing was changed. Try another copy of it."
_NOT_RESTORED: Final = (
    "The backup could not be put in place, so everything is as it was. Make room on the disk and try again."
)


class Backup:
    """Copies of one profile. Every method may block: call it on a worker."""

    def __init__(
        self, paths: Paths, database: Database, data_key: DataKey, forget: Callable[[], None]
    ) -> None:
        """Do nothing yet.

        Args:
            forget: drops what is in memory under the key that was.
        """
        self._paths = paths
        self._database = database
        self._data_key = data_key
        self._forget = forget

    def make(self, path: Path, passphrase: str, cancel: Cancel, tell: Tell) -> None:
        """Write a backup; a file that is there is replaced once the new one is whole and on the disk.

        Args:
            tell: takes how much of 100 is done.

        Raises:
            SettingError: the passphrase is too short.
            BackupFault, StoreError: it cannot be written or read; there is no new file then.
            Cancelled: it was stopped; there is no new file then.
        """
        if len(passphrase) < SHORTEST:
            raise SettingError(f"The passphrase of a backup needs at least {SHORTEST} characters.")
        if self._paths.profile.resolve() in path.resolve().parents:
            raise BackupFault(_INSIDE)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        key = self._data_key.value()
        try:
            make_private(part)  # here, so that a place where nothing can be written is told as such
            self._database.copy_to(part, _for_database(key), Watch(cancel, tell))
            backup_file.finish(part, key, passphrase)
            os.replace(part, path)
            sync(path.parent)
        except OSError as error:
            raise BackupFault(_NO_ROOM) from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)

    def restore(self, path: Path, passphrase: str, cancel: Cancel, tell: Tell) -> None:
        """Put a backup in the place of everything that is here, which is kept until that is done.

        Passphrase and recovery phrase of this profile end; who wants them sets them again. Whatever has read
        something before has to read it again.

        Args:
            tell: takes bytes done and in all.

        Raises:
            WrongPassphrase: it does not open; nothing was changed.
            BackupFault, StoreError: it is no backup, damaged, or of a newer version, Confidant is open
                elsewhere, or the disk refuses; nothing was changed.
            Cancelled: it was stopped; nothing was changed.
        """
        label = backup_file.read(path)
        key = label.key(passphrase)
        swap = Swap(self._paths)
        try:
            swap.prepare()
            backup_file.take_database(path, label, swap.new, cancel, tell)
            _look_through(swap.new, key)
            cancel.check()
            self._exchange(swap, key)
        except OSError as error:
            raise BackupFault(_NOT_RESTORED) from error
        finally:
            with suppress(OSError):
                swap.clear()
        self._forget()

    def _exchange(self, swap: Swap, key: bytes) -> None:
        # It is not opened before: a journal that a crash left goes along, and who forgot the passphrase, and
        # restores for that, is not asked for it.
        with self._database.closed():
            lock = encryption.alone(self._paths.database)
            try:
                swap.go(lambda: self._data_key.replace(key))
                swap.end()
            finally:
                lock.release()


def _for_database(key: bytes) -> bytes:
    return derive(key, "database")


def _look_through(file: Path, key: bytes) -> None:
    """Open the database as this program will, bring it up to date and check every page.

    Raises:
        BackupFault: it is damaged.
        StoreError: it is of a newer version, or there is no room for bringing it up to date.
    """
    database = Database(file, key=Fixed(_for_database(key)))
    try:
        with database.reading() as connection:
            (told,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except StoreError as error:
        if error.told in (DAMAGED, NOT_OURS, WRONG_KEY):
            raise BackupFault(_DAMAGED) from error
        raise
    finally:
        database.close()
    if told != "ok":
        raise BackupFault(_DAMAGED)
