"""Cuts a text into sentences, with code, quotations and lists left whole."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_FENCE: Final = re.compile(r"^(```|~~~)[^\n]*\n.*?(?:^\1[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_BLANK: Final = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_ITEM: Final = re.compile(
    r"\n(?=[ \t]*(?:[-*\u2022\u2013>|#]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])(?:[ \t]|$)|[ \t]*>)"
)
_LINE: Final = re.compile(
    r"(?<=[.!?:;,\u3002\uff1f\uff01\u2026)\"'\u201d])[ \t]*\n|\n(?=[ \t]*[A-Z\u00c0-\u00de\"\u201c])"
)
_STOP: Final = re.compile(
    r"(?:[.!?\u2026]+[\"'\u201d\u2019)\]]*(?:\[\d{1,3}\])*)(?=\s+[^\s.,;:!?)a-z]|\s+[a-z]\w*\s)|[\u3002\uff01\uff1f]"
)
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|sr|jr|vs|etc|e\.g|i\.e|cf|no|nr|vol|fig|approx|dept|inc|ltd|co|corp|est|tel|"
    r"z\.b|d\.h|bzw|ca|usw|str|hr|fr|mme|mlle|p\.ex|sra|av|art|abs|p|pp|ch|sec|gen|rev|hon|capt|sgt|lt|col|"
    r"jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|a\.m|p\.m|u\.s|u\.k)|(?:^|[\s(.])[A-Za-z])\.$",
    re.IGNORECASE,
)
_TRAILING: Final = ("...", "\u2026", '"', "\u201d", "\u2019", ")")
_LOWER: Final = re.compile(r"\s+[a-z]")
_QUOTES: Final = re.compile(
    r"\"[^\"\n]{1,600}\"|\u201c[^\u201d\n]{1,600}\u201d|\u201e[^\u201c\u201d\n]{1,600}[\u201c\u201d]|\u00ab[^\u00bb\n]{1,600}\u00bb"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence where it stands; of code, the whole block."""

    start: int
    end: int
    text: str
    paragraph: int
    """Which paragraph of the text it belongs to, from 0."""
    is_code: bool = False


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text in order, not overlapping; between them is nothing but white space."""
    found: list[Sentence] = []
    at = paragraph = 0
    for block in _FENCE.finditer(text):
        paragraph = _prose(text, at, block.start(), paragraph, found)
        _add(text, block.start(), block.end(), paragraph, found, is_code=True)
        at, paragraph = block.end(), paragraph + 1
    _prose(text, at, len(text), paragraph, found)
    return found


def _prose(text: str, start: int, end: int, paragraph: int, found: list[Sentence]) -> int:
    """Add the sentences of a stretch without code; return the number of the next paragraph."""
    at = start
    for gap in [*(match.span() for match in _BLANK.finditer(text, start, end)), (end, end)]:
        before = len(found)
        for first, last in _lines(text, at, gap[0]):
            _sentences(text, first, last, paragraph, found)
        paragraph += len(found) > before
        at = gap[1]
    return paragraph


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a paragraph where a new line begins something new, such as an item of a list."""
    cuts = {match.start() for match in _ITEM.finditer(text, start, end)}
    cuts |= {match.end() for match in _LINE.finditer(text, start, end)}
    places = [start, *sorted(cuts), end]
    return [(one, other) for one, other in pairwise(places) if one < other]


def _sentences(text: str, start: int, end: int, paragraph: int, found: list[Sentence]) -> None:
    quoted = [match.span() for match in _QUOTES.finditer(text, start, end)]
    at = start
    for stop in _STOP.finditer(text, start, end):
        place = stop.end()
        if any(first < place < last for first, last in quoted) or _goes_on(text, at, place):
            continue
        _add(text, at, place, paragraph, found)
        at = place
    _add(text, at, end, paragraph, found)


def _goes_on(text: str, start: int, stop: int) -> bool:
    """Say whether what looks like an end is none: an abbreviation, an initial, a dot within a sentence."""
    said = text[max(start, stop - 12) : stop]
    if said.endswith("."):
        if re.fullmatch(r"\s*\(?(?:\d{1,3}|[A-Za-z])[.)]", text[start:stop]):
            return True  # the number of an item
        if _ABBREVIATION.search(said):
            return True
    return said.endswith(_TRAILING) and _LOWER.match(text, stop) is not None


def _add(
    text: str, start: int, end: int, paragraph: int, found: list[Sentence], *, is_code: bool = False
) -> None:
    said = text[start:end]
    start += len(said) - len(said.lstrip())
    said = said.strip()
    if said:
        found.append(Sentence(start, start + len(said), said, paragraph, is_code))
