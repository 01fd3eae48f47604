"""Telephone numbers of the world, by the rules of phonenumbers."""

import re
from collections.abc import Iterator

from app.privacy.detectors.pattern import is_near, words
from app.privacy.types import Finding, Kind

NAME = "phone"
REGIONS = (
    "US",
    "GB",
    "DE",
    "FR",
    "ES",
    "IT",
    "NL",
    "PL",
    "IN",
    "BR",
    "CN",
    "AU",
    "CH",
    "AT",
    "BE",
    "SE",
    "JP",
    "DK",
    "FI",
    "HU",
    "PT",
    "CZ",
    "ZA",
    "NZ",
)
_CANDIDATE = re.compile(
    r"(?<![A-Za-z0-9_+(.\-/])(?P<v>(?:\+ ?|\(\+?)?\d(?:[ ().\-/]{0,3}\d){5,17}"
    r"(?:\s{0,2}(?:x|ext\.?|extension|#)\s?\d{1,6})?)(?![A-Za-z0-9_]|[.,\-/]\d)",
    re.IGNORECASE,
)
_CUE = words(
    r"call|ring|phone|phones|telephone|tel|mobile|cell|cellphone|whatsapp|fax|text|sms|reach|contact"
    r"|answering|answer|office|home|work|dial|number is|num|viber|signal|hotline|handy|telefon|téléphone"
    r"|teléfono|telefono|telefone|portable|móvil|cellulare|celular|telefoon|komórka|numer|appelez"
    r"|appelle|llama|ruf|tél|pager|callback|my number|телефон|тел",
    "电话",
    "手机",
    "電話",
    "携帯",
)
_NORTH_AMERICA = re.compile(r"(?:\+?1[ .\-]?)?(?:\(\d{3}\) ?|\d{3}[ .\-])\d{3}[ .\-]\d{4}(?!\d)")
_EXTENDED = re.compile(r"(?:\+|00)?[\d ().\-]{7,24}(?:x|ext)", re.IGNORECASE)
_NOT = re.compile(
    r"(?:978|979)[ \-]?\d"  # books
    r"|(?:19|20)\d\d[.\-/](?:0?[1-9]|1[0-2])[.\-/]\d"  # dates
    r"|\d{1,2}[.\-/]\d{1,2}[.\-/](?:19|20)?\d\d(?![.\-/]?\d)"
    r"|\d{1,3}(?:\.\d{1,3}){3}$"  # network addresses
    r"|\d{3}-\d{2}-\d{4}$"
    r"|(?:19|20)\d\d ?- ?(?:19|20)\d\d$"
)
_BOOK = re.compile(r"(?i:isbn|issn)(?:-1[03])?[: ]{0,3}$")
_MAYBE_NOT = re.compile(r"\d{1,3}(?:[ .]\d{3}){1,4}$|\d{4}([ \-])\d{4}\1\d{4}")
"""Thousands, or groups of a card; if a word announces a telephone number it is one."""


class PhoneDetector:
    """Find telephone numbers: those that are marked, well shaped, or announced by a word."""

    name = NAME
    kinds = frozenset({Kind.PHONE})

    def find(self, text: str) -> Iterator[Finding]:
        """Yield numbers that some country's plan knows."""
        for match in _CANDIDATE.finditer(text):
            start, end = match.span("v")
            if _BOOK.search(text, max(0, start - 12), start):
                continue
            number = text[start:end]
            announced = is_near(_CUE, text, start, end)
            score = _score(number, announced)
            if score and number.count("(") < number.count(")"):
                end = start + number.index(")") if number.index(")") > 6 else end
            if score:
                yield Finding(Kind.PHONE, start, end, score, NAME, "telephone number")


def _score(number: str, announced: bool) -> float:
    digits = sum(map(str.isdigit, number))
    if number.startswith(("+", "(+")):
        return 0.95 if digits >= 7 else 0.0
    if announced and 7 <= digits <= 18 and not _NOT.match(number[:-1] if number[-1] == "." else number):
        return 0.9
    if _NORTH_AMERICA.fullmatch(number) or (_EXTENDED.match(number) and digits >= 9):
        return 0.85
    if _NOT.match(number) or _MAYBE_NOT.match(number):
        return 0.0
    separated = len(re.findall(r"[ ().\-/]+", number)) >= 2
    if number[0] == "0" and digits >= 9:
        return 0.8 if number.startswith("00") or _is_valid(number) else 0.0
    if separated and "." not in number and 8 <= digits <= 13 and number[0] != "1":
        return 0.7 if _is_valid(number) else 0.0
    return 0.0


def _is_valid(number: str) -> bool:
    import phonenumbers

    for region in REGIONS:
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(number, region)):
                return True
        except phonenumbers.NumberParseException:
            continue
    return False


def detector() -> PhoneDetector:
    """Make the detector of telephone numbers."""
    return PhoneDetector()
