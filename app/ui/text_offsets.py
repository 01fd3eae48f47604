"""Offsets in Python's characters and in Qt's UTF-16 units."""

from bisect import bisect_left


class Offsets:
    """Translates offsets of one text; exact for emoji and rare scripts."""

    def __init__(self, text: str) -> None:
        self._wide = [place for place, char in enumerate(text) if ord(char) > 0xFFFF]

    def to_qt(self, offset: int) -> int:
        """Return the UTF-16 offset of a character offset."""
        return offset + bisect_left(self._wide, offset)

    def from_qt(self, unit: int) -> int:
        """Return the character offset of a UTF-16 offset."""
        offset = unit
        while offset and self.to_qt(offset) > unit:
            offset -= 1
        return offset
