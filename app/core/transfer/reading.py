"""Opens an export, a ZIP or a JSON file of any size, and yields its conversations one by one."""

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import IO, Final

from app.core.cancel import Cancel
from app.core.errors import TransferFault
from app.core.transfer.formats import talk
from app.core.transfer.talks import Talk

_MEMBER: Final = re.compile(r"(?:^|/)conversations(?:-\d+)?\.json$")
_LARGEST: Final = 8 << 30
"""Bytes of an unpacked file; more is no export but a trap."""
_DEEPEST: Final = 200
_BEGINS: Final = ("start_map", "start_array")
_ENDS: Final = ("end_map", "end_array")
_NOTHING: Final = (
    "There are no conversations in this file. Confidant reads the exports of ChatGPT, Claude and itself: the "
    "ZIP as it came, or the conversations.json in it."
)
_DAMAGED: Final = "The file is damaged or was not copied whole. What came before the damage was kept."
Tell = Callable[[int, int], None]
"""Takes how many bytes of how many were read."""


def conversations(path: Path, cancel: Cancel, tell: Tell) -> Iterator[Talk | None]:
    """Yield conversations as they are read; None for one that makes no sense.

    Raises:
        TransferFault: the file cannot be read, or holds no conversations; what was yielded before is good.
        Cancelled: it was stopped.
    """
    with ExitStack() as stack:
        try:
            files = list(_files(path, stack))
        except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise TransferFault("This file cannot be opened. Check that it is there and whole.") from error
        size, done, found = sum(each for _, each in files), 0, 0
        if size > _LARGEST:
            raise TransferFault("This file is too large to be an export of conversations.")
        for file, length in files:
            for item, at in _items(file):
                cancel.check()
                tell(done + at, size)
                found += 1
                yield talk(item)
            done += length
        if not found:
            raise TransferFault(_NOTHING)
        tell(size, size)


def _files(path: Path, stack: ExitStack) -> Iterator[tuple[IO[bytes], int]]:
    if not zipfile.is_zipfile(path):
        yield stack.enter_context(path.open("rb")), path.stat().st_size
        return
    archive = stack.enter_context(zipfile.ZipFile(path))
    for member in archive.infolist():
        if _MEMBER.search(member.filename):
            yield stack.enter_context(archive.open(member)), member.file_size


class _Counted:
    """A file that says how far it was read, and ends where an honest one would."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.at = 0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.at += len(data)
        return data if self.at <= _LARGEST else b""


def _items(file: IO[bytes]) -> Iterator[tuple[object, int]]:
    """Yield the objects of a list, or of the list that is called `conversations`."""
    import ijson

    start, where = _shape(file)
    passed = 0
    try:
        for backend in (ijson, ijson.get_backend("python")):
            file.seek(start)
            counted = _Counted(file)
            try:
                events = backend.parse(_shallow(backend.basic_parse(counted, use_float=True)))
                for item in islice(backend.items(events, where), passed, None):
                    passed += 1
                    yield item, counted.at
                return
            except UnicodeDecodeError:
                continue  # half a surrogate pair, over which the quick one of the two stumbles
        raise TransferFault(_DAMAGED)
    except (ijson.JSONError, zipfile.BadZipFile, OSError, ValueError) as error:
        raise TransferFault(_DAMAGED) from error


def _shallow(events: Iterator[tuple[str, object]]) -> Iterator[tuple[str, object]]:
    """Hand events on; ijson's memory grows with the square of the depth, so a small file could fill it.

    Raises:
        ValueError: it is nested deeper than any export.
    """
    depth = 0
    for event, value in events:
        depth += (event in _BEGINS) - (event in _ENDS)
        if depth > _DEEPEST:
            raise ValueError("nested too deeply")
        yield event, value


def _shape(file: IO[bytes]) -> tuple[int, str]:
    """Return where the JSON begins, past a byte order mark, and where in it the conversations are."""
    start = 3 if file.read(3) == b"\xef\xbb\xbf" else 0
    file.seek(start)
    head = file.read(1)
    while head and head.isspace():
        head = file.read(1)
    return start, "item" if head == b"[" else "conversations.item"
