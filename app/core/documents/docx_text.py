"""Reads a Word document: paragraphs, headings and tables in their order."""

import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Final

from app.core.documents.csv_rows import row_text
from app.core.documents.page import Page, Unit
from app.core.documents.plain_text import parts
from app.core.documents.unreadable import UNPACKED, Unreadable, Why

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

MAIN: Final = "word/document.xml"
_FILES: Final = 10_000
_CELLS: Final = 200_000
_BREAK: Final = "\f"


def is_docx(file: BinaryIO) -> bool:
    """Say whether a packed file is a Word document, and not too much when unpacked.

    Raises:
        Unreadable: it is damaged, or would be too big.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            inside = packed.infolist()
            if len(inside) > _FILES or sum(each.file_size for each in inside) > UNPACKED:
                raise Unreadable(Why.TOO_BIG)
            return any(each.filename == MAIN for each in inside)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable(Why.BROKEN) from error


def pages(file: BinaryIO) -> Iterator[Page]:
    """Yield the pages as Word last laid them out; where it noted none, stretches.

    Raises:
        Unreadable: it is damaged.
    """
    from docx import Document

    try:
        text = "\n\n".join(_blocks(Document(file)))
    except Unreadable:
        raise
    except Exception as error:  # the library lets through whatever XML, zlib and zipfile raise
        raise Unreadable(Why.BROKEN) from error
    laid_out = text.split(_BREAK)
    if len(laid_out) == 1:
        yield from parts(text, Unit.NONE)
        return
    for number, page in enumerate(laid_out, 1):
        yield Page(page.strip(), Unit.PAGE, number)


def _blocks(document: "Document") -> Iterator[str]:
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        else:
            breaks = _BREAK * len(block.rendered_page_breaks)
            text = re.sub(r"\s*\n\s*", "\n", block.text.replace("\t", " ").replace(_BREAK, " "))
            if breaks or text.strip():
                yield breaks + text.strip()


def _rows(table: "Table") -> Iterator[str]:
    heads: list[str] | None = None
    count = 0
    for row in table.rows:
        # A cell that spans others comes once for each of them.
        cells = list({id(cell._tc): " ".join(cell.text.split()) for cell in row.cells}.values())
        count += len(cells)
        if count > _CELLS:
            raise Unreadable(Why.TOO_LONG)
        if heads is None:
            heads = cells
        elif any(cells):
            yield row_text(heads, cells)
    if heads and count == len(heads):
        yield "; ".join(filter(None, heads))
