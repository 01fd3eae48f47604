"""A file that one process holds alone, or some hold together; the system lets go when a process ends."""

import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    _PLACES = 1024
    """Windows knows no shared lock here: who shares holds one byte, and who is alone holds them all."""

    def _lock(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, _PLACES)

    def _share(file: BinaryIO) -> None:
        file.seek(random.randrange(_PLACES))
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _share(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)


class Lock:
    """Held from `take` to `release` or the end of the process."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    @classmethod
    def take(cls, path: Path) -> "Lock | None":
        """Hold the file, or return None where another process does.

        Raises:
            OSError: the file cannot be made.
        """
        return cls._hold(path, _lock)

    @classmethod
    def share(cls, path: Path) -> "Lock | None":
        """Hold the file together with others that share it; None and errors are as in `take`."""
        return cls._hold(path, _share)

    @classmethod
    def is_held(cls, path: Path) -> bool:
        """Say whether a process holds the file, without keeping it."""
        if not path.exists():
            return False
        lock = cls.take(path)
        if lock is None:
            return True
        lock.release()
        return False

    def release(self) -> None:
        self._file.close()

    @classmethod
    def _hold(cls, path: Path, lock: Callable[[BinaryIO], None]) -> "Lock | None":
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "ab")
        try:
            lock(file)
        except OSError:
            file.close()
            return None
        return cls(file)
