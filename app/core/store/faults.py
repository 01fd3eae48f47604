"""What SQLite and the disk report, as sentences for the person."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from app.core.errors import StoreError
from app.core.store.driver import sqlite

GONE: Final = "This conversation is not there any more."
BUSY: Final = "Another program is using your conversations just now. Wait a moment and try again."
NOT_OURS: Final = (
    "The file with your conversations is not one that Confidant can read. "
    "Nothing was changed; bring everything back with `confidant backup restore`, or move the file away to "
    "start afresh."
)
DAMAGED: Final = (
    "The file with your conversations is damaged. Nothing was changed; bring everything back with "
    "`confidant backup restore`, or move the file away to start afresh."
)
WRONG_KEY: Final = (
    "The file with your conversations was not written with the key of this profile. Nothing was changed; "
    "put the data.key that belongs to it back beside it, or move the file away to start afresh."
)
_CANNOT_OPEN: Final = (
    "The file with your conversations cannot be opened. "
    "Check that the data folder is there and that you may write in it."
)
_TOLD: Final = {
    sqlite.SQLITE_BUSY: BUSY,
    sqlite.SQLITE_LOCKED: BUSY,
    sqlite.SQLITE_FULL: "The disk is full, so this was not saved. Free some space and try again.",
    sqlite.SQLITE_READONLY: "Your conversations can be read but not changed. "
    "Make the data folder writable and try again.",
    sqlite.SQLITE_CANTOPEN: _CANNOT_OPEN,
    sqlite.SQLITE_CORRUPT: DAMAGED,
    sqlite.SQLITE_NOTADB: DAMAGED,  # it was opened once, so it is ours, and a page of it is not what it was
    sqlite.SQLITE_IOERR: "The disk did not do what it should, so this was not saved. "
    "Check the disk and try again.",
    sqlite.SQLITE_CONSTRAINT: GONE,
}
_FAILED: Final = "Your conversations could not be read or saved. Try again, or start Confidant again."


def code(error: sqlite.Error) -> int:
    """Return SQLite's primary code, or -1 where the driver itself complains."""
    return int(getattr(error, "sqlite_errorcode", -1)) & 0xFF


@contextmanager
def translated() -> Iterator[None]:
    """Turn what SQLite and the disk report into a `StoreError`."""
    try:
        yield
    except sqlite.Error as error:
        raise StoreError(_TOLD.get(code(error), _FAILED)) from error
    except (UnicodeEncodeError, OverflowError) as error:
        raise StoreError(GONE) from error  # no name or number that was ever stored
    except OSError as error:
        raise StoreError(_CANNOT_OPEN) from error
