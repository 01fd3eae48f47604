"""The process that reads one document from standard input and writes its pages to standard output.

A crash of native code, a bomb or an endless file ends this process, not the program. It gets an open file
and the ending of its name, nothing else, and may not write files.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO, Final

from app.core.documents import csv_rows, docx_text, html_text, pdf_pages, plain_text
from app.core.documents.kind import Kind, kind_of
from app.core.documents.page import Page
from app.core.documents.unreadable import LONGEST, PATIENCE, UNPACKED, Unreadable, Why

_MEMORY: Final = 4_000_000_000


def main(suffix: str) -> int:
    """Read standard input, write one JSON object a line, and return the exit code."""
    _limit()
    try:
        _write(sys.stdin.buffer, suffix)
    except Unreadable as fault:
        _say({"fault": fault.why.value})
    except MemoryError:
        _say({"fault": Why.TOO_BIG.value})
    return 0


def _write(file: BinaryIO, suffix: str) -> None:
    kind = kind_of(file, suffix)
    count, pages = _pages(file, kind)
    _say({"kind": kind.value, "pages": count})
    size = 0
    has_words = False
    for page in pages:
        size += len(page.text)
        if size > LONGEST:
            raise Unreadable(Why.TOO_LONG)
        has_words = has_words or any(map(str.isalnum, page.text))
        _say({"text": page.text, "unit": page.unit.value, "first": page.first})
    if not has_words:
        raise Unreadable(Why.NO_TEXT)
    _say({"done": True})


def _pages(file: BinaryIO, kind: Kind) -> tuple[int, Iterator[Page]]:
    match kind:
        case Kind.PDF:
            return pdf_pages.pages(file)
        case Kind.DOCX:
            return 0, docx_text.pages(file)
        case Kind.HTML:
            return 0, html_text.pages(_all(file))
        case Kind.CSV:
            return 0, csv_rows.pages(_all(file))
        case Kind.TEXT | Kind.MARKDOWN:
            return 0, plain_text.pages(_all(file))


def _all(file: BinaryIO) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := file.read(1 << 20):
        pieces.append(piece)
        size += len(piece)
        if size > UNPACKED:
            raise Unreadable(Why.TOO_BIG)
    return b"".join(pieces)


def _say(line: dict[str, str | int]) -> None:
    sys.stdout.buffer.write(json.dumps(line).encode() + b"\n")
    sys.stdout.buffer.flush()


def _limit() -> None:
    """Take away what reading needs not; Windows has no such limits."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        for what, most in (
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_CPU, PATIENCE),
            (resource.RLIMIT_AS, _MEMORY),
        ):
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
