"""Reads text and Markdown, in whatever encoding it is."""

import codecs
from collections.abc import Iterator
from typing import Final

from app.core.documents.page import PART, Page, Unit
from app.core.documents.unreadable import Unreadable, Why

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE: Final = 1_000_000
"""Bytes from which the encoding is guessed."""


def pages(data: bytes) -> Iterator[Page]:
    """Yield a text in stretches that end with a line."""
    yield from parts(decoded(data))


def decoded(data: bytes) -> str:
    """Return the text, with line ends made one.

    Raises:
        Unreadable: it is no text.
    """
    text = data.decode(_encoding(data), "replace")
    if "\0" in text[:_SAMPLE]:
        raise Unreadable(Why.UNKNOWN)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")


def _encoding(data: bytes) -> str:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise Unreadable(Why.UNKNOWN)
    return best.encoding


def parts(text: str, unit: Unit = Unit.LINE) -> Iterator[Page]:
    """Cut a text where a paragraph ends, or at least a line or a word."""
    start, line = 0, 1
    while start < len(text):
        end = _end(text, start)
        part = text[start:end]
        yield Page(part, unit, line)
        line += part.count("\n")
        start = end


def _end(text: str, start: int) -> int:
    if len(text) - start <= PART:
        return len(text)
    for mark in ("\n\n", "\n", " "):
        found = text.rfind(mark, start + PART // 2, start + PART)
        if found >= 0:
            return found + len(mark)
    return start + PART
