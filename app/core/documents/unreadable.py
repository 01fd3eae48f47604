"""Why a file cannot be read as a document, and the sentence for each reason."""

from enum import StrEnum
from typing import Final

LARGEST: Final = 200_000_000
"""Bytes of a file."""
UNPACKED: Final = 100_000_000
"""Bytes of what is packed in a file, and of a file that is text."""
LONGEST: Final = 10_000_000
"""Characters of a document: some three thousand pages."""
PATIENCE: Final = 300
"""Seconds that reading a file may take."""


class Why(StrEnum):
    """What is wrong with a file."""

    MISSING = "missing"
    FORBIDDEN = "forbidden"
    FOLDER = "folder"
    DEVICE = "device"
    EMPTY = "empty"
    TOO_BIG = "too-big"
    TOO_LONG = "too-long"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    NO_TEXT = "no-text"
    SLOW = "slow"
    OLD_WORD = "old-word"
    UNKNOWN = "unknown"


class Unreadable(Exception):
    """A file cannot be read; never shown as it is."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


TOLD: Final = {
    Why.MISSING: "This file is not there. Check its name and try again.",
    Why.FORBIDDEN: "This file cannot be opened. Check that you may read it and try again.",
    Why.FOLDER: "This is a folder. Attach the files in it one by one.",
    Why.DEVICE: "This is not a file that can be read. Attach a document.",
    Why.EMPTY: "This file is empty. Attach one with text in it.",
    Why.TOO_BIG: f"This file is too big: at most {LARGEST // 1_000_000} MB can be read, and of text "
    f"{UNPACKED // 1_000_000} MB. Attach a part of it.",
    Why.TOO_LONG: f"This document is too long: at most {LONGEST:,} characters can be searched, about "
    "3,000 pages. Attach a part of it.",
    Why.ENCRYPTED: "This document is locked with a password. Save a copy without one and attach that.",
    Why.BROKEN: "This document is damaged and cannot be read. Open it in its own program, save it again, "
    "and attach that.",
    Why.NO_TEXT: "There is no text in this document: it may be scanned pages or pictures. Attach one in "
    "which text can be selected.",
    Why.SLOW: "Reading this document took too long, so it was given up. Attach a part of it, or save it in "
    "another format.",
    Why.OLD_WORD: "This is an old Office file. Save it as docx or PDF and attach that.",
    Why.UNKNOWN: "This kind of file cannot be read. Text, Markdown, PDF, docx, HTML and CSV can.",
}
