"""Reads the text of a PDF, page by page; runs in a process of its own, since PDFium is native code."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from app.core.documents.page import Page, Unit
from app.core.documents.unreadable import Unreadable, Why

_PASSWORD: Final = 4
"""FPDF_ERR_PASSWORD."""
_MOST: Final = 200_000
"""Characters of one page."""
_HYPHEN: Final = re.compile("[-\u00ad\u2010\ufffe\x02]\n(?=[a-zà-ÿ])|[\ufffe\x02]\n?")
_END: Final = re.compile(r"[.!?:;\u2026][\"'\u201d\u2019)\]]*$")
_ITEM: Final = re.compile(r"\s*(?:[-*\u2022\u2013>]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
_FULL: Final = 0.75
"""Share of the page's longest line from which a line goes on in the next one."""


def pages(file: BinaryIO) -> tuple[int, Iterator[Page]]:
    """Return how many pages there are, and the pages.

    Raises:
        Unreadable: it is broken or needs a password.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(file)
        count = len(document)
    except PdfiumError as error:
        why = Why.ENCRYPTED if getattr(error, "err_code", 0) == _PASSWORD else Why.BROKEN
        raise Unreadable(why) from error

    def each() -> Iterator[Page]:
        for number in range(count):
            try:
                text = document[number].get_textpage().get_text_bounded()
            except PdfiumError:
                text = ""  # a broken page is no reason to do without the others
            yield Page(flowing(text[:_MOST]), Unit.PAGE, number + 1)

    return count, each()


def flowing(text: str) -> str:
    """Join lines that only the width of the paper broke."""
    text = _HYPHEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [line.strip() for line in text.split("\n")]
    full = _FULL * max(map(len, lines), default=0)
    said: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on and line and not _ITEM.match(line):
            said[-1] = f"{said[-1]} {line}"
        else:
            said.append(line)
        goes_on = len(line) >= full and not _END.search(line)
    return "\n".join(said)
