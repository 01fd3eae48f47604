"""A backup as a file: an SQLCipher database, and behind it a page that says what it is.

That page also holds the profile's data key, sealed with a passphrase; the database's own key follows from it.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.core.cancel import Cancel
from app.core.errors import BackupFault, WrongPassphrase
from app.core.sealed import DoesNotOpen, Sealed
from app.core.store.file_copy import make_private, sync

_FORM: Final = "confidant-backup"
_VERSION: Final = 1
_PAGE: Final = 4096
_AT_ONCE: Final = 1 << 20
_PURPOSE: Final = "backup"
_NONE: Final = "This file is no backup of Confidant, or it was not copied whole. Nothing was changed."
_NEWER: Final = "This backup was made by a newer Confidant. Install that version; nothing was changed."
_WRONG: Final = "That is not the passphrase of this backup. Nothing was changed; try again."
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Label:
    """What the last page says."""

    size: int
    """Bytes of the database before it."""
    sealed: Sealed

    def key(self, passphrase: str) -> bytes:
        """Return the data key of the profile that was backed up.

        Raises:
            WrongPassphrase: it does not open.
        """
        try:
            return self.sealed.open(passphrase, _PURPOSE)
        except DoesNotOpen as error:
            raise WrongPassphrase(_WRONG) from error


def finish(file: Path, key: bytes, passphrase: str) -> None:
    """Make a backup of a database under `key` by putting the last page behind it; it is on the disk then.

    Raises:
        OSError: the disk refuses.
    """
    sealed = Sealed.seal(key, passphrase, _PURPOSE)
    text = f"{_FORM} {_VERSION}\n{file.stat().st_size}\n{sealed.write()}\n"
    with file.open("ab") as opened:
        opened.write(text.encode("ascii").ljust(_PAGE, b"\n"))
    sync(file)


def read(file: Path) -> Label:
    """Read the last page.

    Raises:
        BackupFault: the file cannot be read, is no backup, is not whole, or is newer than this program.
    """
    try:
        with file.open("rb") as opened:
            size = opened.seek(0, os.SEEK_END)
            opened.seek(max(0, size - _PAGE))
            lines = opened.read(_PAGE).decode("ascii", "replace").split("\n")
    except OSError as error:
        raise BackupFault("This file cannot be opened. Check that it is there and whole.") from error
    form, _, version = lines[0].partition(" ")
    if form != _FORM or not version.isdecimal():
        raise BackupFault(_NONE)
    if int(version) > _VERSION:
        raise BackupFault(_NEWER)
    try:
        label = Label(int(lines[1]), Sealed.read(lines[2]))
    except (ValueError, IndexError) as error:
        raise BackupFault(_NONE) from error
    if label.size + _PAGE != size:
        raise BackupFault(_NONE)
    return label


def take_database(file: Path, label: Label, target: Path, cancel: Cancel, tell: Tell) -> None:
    """Copy the database out of a backup into a new file; `tell` takes bytes done and in all.

    Raises:
        OSError, Cancelled: the copy is not whole.
    """
    make_private(target)
    left = label.size
    with file.open("rb") as source, target.open("wb") as copy:
        while left and (piece := source.read(min(left, _AT_ONCE))):
            cancel.check()
            copy.write(piece)
            left -= len(piece)
            tell(label.size - left, label.size)
    sync(target)
