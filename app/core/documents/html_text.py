"""Reads the words of a web page: no scripts, no styles, nothing that it refers to."""

from collections.abc import Iterator, Mapping
from typing import Final

from app.core.documents.csv_rows import row_text
from app.core.documents.page import Page, Unit
from app.core.documents.plain_text import decoded, parts

_SILENT: Final = frozenset({"script", "style", "template", "noscript", "svg", "math", "iframe", "object"})
_BLOCK_WORDS: Final = """
address article aside blockquote body dd details dialog div dl dt fieldset figcaption figure footer form
h1 h2 h3 h4 h5 h6 head header hr html li main nav ol option p pre section summary table title tr ul
"""
_BLOCKS: Final = frozenset(_BLOCK_WORDS.split())
_CELLS: Final = frozenset({"td", "th"})


def pages(data: bytes) -> Iterator[Page]:
    """Yield the text in stretches; places in it have no numbers that the person could look up."""
    from lxml.etree import HTMLParser

    # The standard library's parser needs minutes for "<!--" a hundred thousand times; this one does not.
    words = _Words()
    parser = HTMLParser(target=words, huge_tree=True)
    parser.feed(decoded(data))
    yield from parts(parser.close(), Unit.NONE)


class _Words:
    """Collects what would be read; it keeps no tree, so that no depth is too deep for it."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._words: list[str] = []
        self._silent = 0
        self._row: list[str] = []
        self._heads: list[str] = []
        self._is_cell = False
        self._are_heads = True

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        if self._silent or tag in _SILENT:
            self._silent += tag in _SILENT
        elif tag == "br":
            self._words.append("\n")
        elif tag == "table":
            self._break()
            self._heads = []
        elif tag == "tr":
            self._end_row()
            self._are_heads = True
        elif tag in _CELLS:
            self._end_cell()
            self._is_cell = True
            self._are_heads = self._are_heads and tag == "th"
        elif tag in _BLOCKS:
            self._break()

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if self._silent:
            self._silent -= tag in _SILENT
        elif tag in _CELLS:
            self._end_cell()
        elif tag in ("tr", "table"):
            self._end_row()
        elif tag in _BLOCKS:
            self._break()

    def data(self, words: str) -> None:
        """Take words."""
        if not self._silent:
            self._words.append(words)

    def close(self) -> str:
        """Return what was collected, a blank line between blocks."""
        self._end_row()
        return "\n\n".join(self._lines)

    def _end_cell(self) -> None:
        if self._is_cell:
            self._row.append(_joined(self._words))
            self._words = []
        else:
            self._break()
        self._is_cell = False

    def _end_row(self) -> None:
        self._end_cell()
        if self._are_heads and self._row and not self._heads:
            self._heads = self._row
        elif any(self._row):
            self._lines.append(row_text(self._heads, self._row))
        self._row = []

    def _break(self) -> None:
        words = _joined(self._words)
        self._words = []
        if words:
            self._lines.append(words)


def _joined(words: list[str]) -> str:
    return "\n".join(
        line for line in (" ".join(part.split()) for part in "".join(words).split("\n\n")) if line
    )
