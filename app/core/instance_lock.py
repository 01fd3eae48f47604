"""A file that one process holds alone, or some hold together; the system lets go when a process ends."""

import os
import random
import sys
import weakref
from collections.abc import Callable
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    _PLACES = 1024
    """Windows knows no shared lock here: who shares holds one byte, and who is alone holds them all."""

    def _lock(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, _PLACES)

    def _share(handle: int) -> None:
        os.lseek(handle, random.randrange(_PLACES), os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _share(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)


class Lock:
    """Held from `take` to `release`, or until nobody knows it any more."""

    def __init__(self, handle: int) -> None:
        self._close = weakref.finalize(self, os.close, handle)

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
        """Let go; does nothing where that was done."""
        self._close()

    @classmethod
    def _hold(cls, path: Path, lock: Callable[[int], None]) -> "Lock | None":
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            lock(handle)
        except OSError:
            os.close(handle)
            return None
        return cls(handle)
