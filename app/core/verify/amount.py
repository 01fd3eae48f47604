"""How many of something a question asks for: "at least 300 words", "two paragraphs", "5 tips"."""

import re
from dataclasses import dataclass
from typing import Final

_NUMBERS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty",
)  # fmt: skip
NUMBER: Final = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}|{'|'.join(_NUMBERS[1:])})"
_MOST: Final = (
    "at most|no more than|not more than|a maximum of|maximum|max|up to|no longer than|not exceed(?:ing)?"
)
_BELOW: Final = "fewer than|less than|under|below|shorter than"
_LEAST: Final = "at least|no less than|no fewer than|not less than|a minimum of|minimum|min"
_ABOVE: Final = "more than|over|longer than|above"
RELATION: Final = (
    rf"(?:{_MOST}|{_BELOW}|{_LEAST}|{_ABOVE}|exactly|only|about|around|approximately|roughly|precisely)"
)
_AFTER: Final = r"(?:\+|\s+or\s+(?:more|fewer|less)|\s*(?:-|–|to|or|and)\s*" + NUMBER + ")"


@dataclass(frozen=True, slots=True)
class Amount:
    """From how many to how many; `bare` where nothing says "at least", "exactly" or so."""

    low: float
    high: float
    bare: bool = False

    def __contains__(self, count: int) -> bool:
        return self.low <= count <= self.high


def pattern(unit: str, between: str = r"(?:[\w'-]+\s+){0,2}?") -> re.Pattern[str]:
    """Return what finds an amount of a unit; `amount` reads its matches.

    Args:
        unit: alternatives, such as "words?".
        between: what may stand between the number and its unit.
    """
    return re.compile(
        rf"(?<![\w<.,-])(?:(?P<relation>(?<!no )(?<!not ){RELATION}|no (?:more|less|fewer|longer) than)\s+"
        rf"(?:the\s+)?)?(?P<number>{NUMBER})(?![\d.])(?P<after>{_AFTER})?[\s-]+{between}(?P<unit>{unit})\b"
        rf"(?P<tail>\s+(?:or (?:more|fewer|less)|at (?:least|most)|maximum|minimum|max|min)\b)?",
        re.IGNORECASE,
    )


def amount(match: re.Match[str]) -> Amount:
    """Read a match of `pattern`."""
    number = value(match["number"])
    relation = re.sub(r"\s+", " ", (match["relation"] or "").lower())
    after = f"{match['after'] or ''} {match['tail'] or ''}".lower()
    if span := re.search(rf"(?:-|–|to|or|and)\s*({NUMBER})", after):
        other = value(span[1])
        return Amount(min(number, other), max(number, other))
    if "+" in after or re.search(r"more|least|minimum|\bmin\b", after):
        return Amount(number, float("inf"))
    if re.search(r"fewer|less|most|max", after):
        return Amount(0, number)
    return _related(relation, number)


def _related(relation: str, number: int) -> Amount:
    if re.fullmatch(_LEAST, relation):
        return Amount(number, float("inf"))
    if re.fullmatch(_ABOVE, relation):
        return Amount(number + 1, float("inf"))
    if re.fullmatch(_MOST, relation):
        return Amount(0, number)
    if re.fullmatch(_BELOW, relation):
        return Amount(0, number - 1)
    if relation in ("about", "around", "approximately", "roughly"):
        return Amount(0.7 * number, 1.4 * number)
    return Amount(number, number, bare=not relation)


def value(text: str) -> int:
    """Return a number that is written in digits or as a word."""
    text = text.lower().replace(",", "")
    return int(text) if text.isdigit() else _NUMBERS.index(text)
