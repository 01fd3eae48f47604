"""Opens a file that may be anything, and has it read by another process."""

import json
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.core.cancel import Cancel
from app.core.documents.kind import Kind
from app.core.documents.page import Page, Unit
from app.core.documents.unreadable import LARGEST, LONGEST, PATIENCE, Unreadable, Why

CHILD: Final = "--read-document"
"""How a frozen program is told to be the process that reads."""
_LINE: Final = 8 * LONGEST


@dataclass(frozen=True, slots=True)
class Read:
    """What stands in a file."""

    kind: Kind
    pages: tuple[Page, ...]


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """Lend the number of an open file, if it is one, and neither empty nor too big.

    Raises:
        Unreadable: it is not.
    """
    try:
        # A pipe must not make us wait for somebody who writes.
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise Unreadable(Why.MISSING) from error
    except OSError as error:
        raise Unreadable(Why.FOLDER if path.is_dir() else Why.FORBIDDEN) from error
    try:
        _check(os.fstat(number))
        yield number
    finally:
        os.close(number)


def _check(found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise Unreadable(Why.FOLDER)
    if not stat.S_ISREG(found.st_mode):
        raise Unreadable(Why.DEVICE)
    if not found.st_size:
        raise Unreadable(Why.EMPTY)
    if found.st_size > LARGEST:
        raise Unreadable(Why.TOO_BIG)


def read(file: int, suffix: str, cancel: Cancel) -> Read:
    """Let another process read an open file.

    Raises:
        Unreadable: it cannot be read.
        Cancelled: it was stopped.
    """
    child = subprocess.Popen(
        [*_program(), suffix],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    late = threading.Event()

    def give_up() -> None:
        late.set()
        child.kill()

    clock = threading.Timer(PATIENCE, give_up)
    clock.daemon = True
    clock.start()
    try:
        with child, cancel.on_set(child.kill):
            found = _listen(child)
    except Unreadable:
        cancel.check()
        if late.is_set():
            raise Unreadable(Why.SLOW) from None
        raise
    finally:
        clock.cancel()
        clock.join()
    cancel.check()
    return found


def _program() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD]
    return [sys.executable, "-B", "-m", "app.core.documents.child"]


def _listen(child: "subprocess.Popen[bytes]") -> Read:
    """Take what the other process says, believing only its form."""
    assert child.stdout is not None
    kind, pages, size = Kind.TEXT, list[Page](), 0
    try:
        while line := child.stdout.readline(_LINE):
            said = json.loads(line)
            match said:
                case {"fault": str(why)}:
                    raise Unreadable(Why(why))
                case {"kind": str(name)}:
                    kind = Kind(name)
                case {"text": str(text), "unit": str(unit), "first": int(first)}:
                    pages.append(Page(text, Unit(unit), first))
                    size += len(text)
                case {"done": True}:
                    return Read(kind, tuple(pages))
            if size > LONGEST:
                raise Unreadable(Why.TOO_LONG)
    except ValueError as error:
        raise Unreadable(Why.BROKEN) from error
    finally:
        child.kill()
    raise Unreadable(Why.BROKEN)
