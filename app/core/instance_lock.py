"""A file that one process holds at a time; the operating system lets go when the process ends."""

import sys
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


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
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = path.open("ab")
        try:
            _lock(file)
        except OSError:
            file.close()
            return None
        return cls(file)

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
