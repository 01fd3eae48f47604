"""What kind of document a file is: its content decides, its name only where both would do."""

from enum import StrEnum
from typing import BinaryIO, Final

from app.core.documents.docx_text import is_docx
from app.core.documents.unreadable import Unreadable, Why

_HEAD: Final = 1024
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Kind(StrEnum):
    """What can be read."""

    TEXT = "text"
    MARKDOWN = "markdown"
    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    CSV = "csv"


_BY_NAME: Final = {
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".csv": Kind.CSV,
    ".tsv": Kind.CSV,
    ".htm": Kind.HTML,
    ".html": Kind.HTML,
    ".xhtml": Kind.HTML,
}


def kind_of(file: BinaryIO, suffix: str) -> Kind:
    """Look at the beginning of a file.

    Raises:
        Unreadable: it is nothing that can be read.
    """
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(0)
    if b"%PDF-" in head:
        return Kind.PDF
    if head.startswith(b"PK\x03\x04"):
        if not is_docx(file):
            raise Unreadable(Why.UNKNOWN)
        file.seek(0)
        return Kind.DOCX
    if head.startswith(_OLD_OFFICE):
        raise Unreadable(Why.OLD_WORD)
    if head.startswith(b"{\\rtf"):
        raise Unreadable(Why.UNKNOWN)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html")):
        return Kind.HTML
    return _BY_NAME.get(suffix.lower(), Kind.TEXT)
