"""A page of a document, and how its places are named for the person."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

PART: Final = 4_000
"""Characters after which a text without pages is cut."""


class Unit(StrEnum):
    """In what a document is counted."""

    PAGE = "page"
    LINE = "line"
    ROW = "row"
    """Rows of a table; each is a paragraph of its own."""
    NONE = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page, or a stretch of a text that has none."""

    text: str
    unit: Unit = Unit.NONE
    first: int = 1
    """The number of the page, or of the first line or row in it."""

    def place(self, start: int) -> str:
        """Name the place of a character."""
        match self.unit:
            case Unit.PAGE:
                return f"page {self.first}"
            case Unit.LINE:
                return f"line {self.first + self.text.count(chr(10), 0, start)}"
            case Unit.ROW:
                return f"row {self.first + self.text.count(chr(10) * 2, 0, start)}"
            case Unit.NONE:
                return ""
