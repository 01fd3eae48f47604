"""Finds the numbers of a sentence, in digits or in words, with their units."""

import re
from collections.abc import Iterator
from typing import Final

from app.core.claims.units import SCALES, UNITS, unit
from app.core.claims.values import Number
from app.core.claims.words import IDLE, listed, stem

_SMALL: Final = {
    word: number
    for number, word in enumerate(
        listed(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
            " sixteen seventeen eighteen nineteen twenty"
        )
    )
} | {
    word: 10 * number
    for number, word in enumerate(listed("thirty forty fifty sixty seventy eighty ninety"), 3)
}
_ORDINALS: Final = {
    word: number
    for number, word in enumerate(listed("third fourth fifth sixth seventh eighth ninth tenth"), 3)
}

_WORD = rf"(?:{'|'.join(_SMALL)})"
_SPELLED = rf"{_WORD}(?:[\s-](?:and\s)?(?:{_WORD}|hundred|thousand|million|billion|dozen))*"
_DIGITS = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:[ \u2009]\d{3})+(?![\d.])"
    r"|\d+(?:\.\d+)?|\.\d+"
)
_MARK = r"US\$|[$€£¥₹]|(?:USD|EUR|GBP|CHF)\s"
_NUMBER = re.compile(
    rf"(?P<mark>{_MARK})?\s?(?<![\w.])(?P<sign>[-−](?=[\d$€£]))?(?P<inner>[$€£])?"
    rf"(?:(?P<digits>{_DIGITS})(?:/(?P<under>\d+(?:\.\d+)?)(?![\d/]))?|(?P<spelled>\b{_SPELLED}\b)"
    rf"|(?P<ordinal>\b(?:{'|'.join(_ORDINALS)})\b))"
    r"(?P<end>st\b|nd\b|rd\b|th\b)?(?:[\s-]?(?P<scale>k|K|m|mn|bn|M|B|thousand|million|billion|trillion|dozen)\b)?",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|approximately|approx\.?|nearly|almost|some|over|more than|under|less than|"
    r"circa|ca\.?|close to|up to|at least|just|estimated|or so)|[~≈<>±])\s*(?:an? |the )?(?:\S{1,3})?$",
    re.IGNORECASE,
)
_WEIGHS = re.compile(r"\b(?:weigh|heav|mass\b|kg\b|lbs?\b|ounces?\b)", re.IGNORECASE)
"""Pounds are money elsewhere."""
_NEXT = re.compile(r"[^\W\d_]+(?:/[a-z]+)?[²2]?|[%°][CF]?|/")


def numbers(text: str) -> Iterator[tuple[int, int, Number]]:
    """Yield where each number of a sentence begins and ends, and what it is."""
    for match in _NUMBER.finditer(text):
        if _is_part_of_a_code(text, match):
            continue
        number = _read(text, match)
        if number is not None:
            yield number


def _is_part_of_a_code(text: str, match: re.Match[str]) -> bool:
    """Say whether digits belong to a name such as PERSON-7QK2, H2O, 3D or 3.11.2."""
    if not match["digits"]:
        return False
    before, after = text[: match.start("digits")][-2:], text[match.end() :][:2]
    if re.search(r"[A-Za-z][-_]$", before) or re.match(r"\.\d|[-_]?[A-Z]{2}|\d", after):
        return True
    return bool(re.match(r"[A-Za-z]", after)) and not _unit_at(text, match.end())[0]


def _read(text: str, match: re.Match[str]) -> tuple[int, int, Number] | None:
    value, step = _amount(match)
    mark = (match["mark"] or match["inner"] or "").strip().lower()
    scale, end = (match["scale"] or "").lower(), match.end()
    if scale in ("m", "b", "k") and not mark and (match["scale"] == "m" or scale == "b"):
        scale, end = "", match.start("scale")  # metres, or a letter
    factor = SCALES.get(scale, 1.0)
    dimension, unit_factor, size = (UNITS[mark][0], 1.0, 0) if mark else _unit_at(text, end)
    if dimension == "gbp" and not mark and _WEIGHS.search(text):
        dimension, unit_factor = UNITS["lb"]
    noun = frozenset[str]() if dimension else _noun(text[end:])
    if match["ordinal"] or match["end"]:
        dimension, unit_factor, size = "place", 1.0, 0
    if match["spelled"] and value <= 1 and not dimension and not scale:
        return None  # "one of them"
    if match["sign"] and not re.search(r"[\w)]\s*$", text[: match.start("sign")]):
        value = -value
    whole = factor * unit_factor
    about = bool(_ABOUT.search(text[max(0, match.start() - 24) : match.start()]))
    return match.start(), end + size, Number(value * whole, step * whole, dimension, noun, about)


def _amount(match: re.Match[str]) -> tuple[float, float]:
    if match["ordinal"]:
        return float(_ORDINALS[match["ordinal"].lower()]), 0.0
    if match["spelled"]:
        return _spelled(match["spelled"].lower()), 0.0
    digits = re.sub(r"[,\s]", "", match["digits"])
    if digits.count(".") > 1:
        digits = digits.replace(".", "")
    if match["under"] and float(match["under"]):
        return float(digits) / float(match["under"]), 0.0
    fraction = digits.partition(".")[2]
    if fraction:
        return float(digits), 10.0 ** -len(fraction)
    zeros = len(digits) - len(digits.rstrip("0"))
    return float(digits), 10.0 ** min(zeros, max(0, len(digits) - 1))


def _spelled(words: str) -> float:
    total, part = 0.0, 0.0
    for word in re.split(r"[\s-]+", words):
        if word == "and":
            continue
        if word in _SMALL:
            part += _SMALL[word]
        elif word == "hundred":
            part = max(part, 1) * 100
        else:
            total, part = total + max(part, 1) * SCALES[word], 0.0
    return total + part


def _unit_at(text: str, start: int) -> tuple[str, float, int]:
    """Read the unit behind a number: dimension, factor, and how many characters it takes."""
    gap = re.match(r"[\s-]?", text[start:])
    begin = start + (gap.end() if gap else 0)
    words = list(_NEXT.finditer(text, begin, begin + 40))
    if not words or words[0].start() != begin:
        return "", 1.0, 0
    spelled = [each[0] for each in words[:2]]
    if re.match(r"to\s+\d", text[begin:]) or re.match(r"[-–]\s*\d", text[start:]):
        return "", 1.0, 0
    dimension, factor, count = unit(spelled)
    return dimension, factor, (words[count - 1].end() - start if count else 0)


def _noun(after: str) -> frozenset[str]:
    """Return the stems of what is counted: the words up to the next small word."""
    found = []
    for word in re.findall(r"^\s*[-–]?|[^\W\d_]+|[^\w\s-]", after[:50])[1:4]:
        if not word[0].isalpha() or word.lower() in IDLE:
            break
        found.append(stem(word))
    return frozenset(found)
