"""Moves dates by whole weeks, each in its own way of writing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_LANGUAGES: Final = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "short": "jan feb mar apr may jun jul aug sep oct nov dec",
}
_MONTHS: Final = {name: tuple(months.split()) for name, months in _LANGUAGES.items()}
_LEAP: Final = 2024
"""Stands for the year where none is said."""
_PIECE: Final = re.compile(r"\d+|[^\W\d_]+")
_ORDINALS: Final = ("st", "nd", "rd", "th")
_SMALL_WORDS: Final = {
    "en": frozenset({"of", "the", "on"}),
    "de": frozenset({"den", "am", "vom"}),
    "fr": frozenset({"le", "du"}),
    "es": frozenset({"de", "el"}),
    "it": frozenset({"il"}),
}
_BETWEEN: Final = frozenset().union(*_SMALL_WORDS.values())


@dataclass(frozen=True, slots=True)
class _Slot:
    """A part of a date where it stands."""

    what: str
    """`day`, `month`, `year`."""
    start: int
    end: int
    language: str = ""
    """Of a month's name; empty: a number."""


@dataclass(frozen=True, slots=True)
class _Parsed:
    day: date
    slots: tuple[_Slot, ...]
    ordinal: _Slot | None = None


def moved(text: str, days: int) -> str:
    """Return a date so many days later, written as it was; empty where it says no day."""
    found = _parsed(text)
    if found is None:
        return ""
    try:
        new = found.day + timedelta(days=days)
    except OverflowError:
        return ""
    return _written(text, found, new)


def said_otherwise(standin: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield both dates in the other usual ways of writing, in the same way each."""
    one, other = _parsed(standin), _parsed(value)
    if one is None or other is None:
        return
    has_year = all(any(slot.what == "year" for slot in each.slots) for each in (one, other))
    yield from zip(_ways(one.day, has_year), _ways(other.day, has_year), strict=True)


def _ways(day: date, has_year: bool) -> Iterator[str]:
    number, year = day.day, f" {day.year}" if has_year else ""
    for month in (_MONTHS["en"][day.month - 1].title(), _MONTHS["short"][day.month - 1].title()):
        for said in (f"{number}", f"{number}{_ordinal(number)}"):
            if has_year:
                yield f"{said} {month}{year}"
                yield f"{month} {said}{year}"
            yield f"{said} {month}"
            yield f"{month} {said}"
            yield f"{said} of {month}{year}"
    if not has_year:
        return
    for name in ("de", "fr", "es", "it", "pt", "nl"):
        yield f"{number} {_MONTHS[name][day.month - 1]}{year}"
    yield f"{day.year}-{day.month:02}-{day.day:02}"
    yield f"{day.year:04}{day.month:02}{day.day:02}"
    for short in (f"{day.year}", f"{day.year % 100:02}"):
        yield f"{day.month}/{number}/{short}"
        yield f"{day.month:02}/{number:02}/{short}"
        yield f"{number}/{day.month}/{short}"
        yield f"{number:02}/{day.month:02}/{short}"


def _ordinal(number: int) -> str:
    if 10 < number % 100 < 14:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _parsed(text: str) -> _Parsed | None:
    pieces = [(match.group(), *match.span()) for match in _PIECE.finditer(text)]
    ordinal = None
    plain: list[tuple[str, int, int]] = []
    for piece, start, end in pieces:
        if piece.casefold() in _ORDINALS and plain and plain[-1][2] == start and plain[-1][0].isdigit():
            ordinal = _Slot("ordinal", start, end)
        elif piece.casefold() not in _BETWEEN:
            plain.append((piece, start, end))
    beside = {piece.casefold() for piece, _, _ in pieces}
    is_worded = any(piece.isalpha() for piece, _, _ in plain)
    slots = _worded(plain, beside) if is_worded else _numeric(plain, text)
    if slots is None:
        return None
    values = {slot.what: _value(slot, text) for slot in slots}
    year = values.get("year", _LEAP)
    if year < 100:
        year += 2000 if year <= (date.today().year + 1) % 100 else 1900
    try:
        return _Parsed(date(year, values["month"], values["day"]), slots, ordinal)
    except (ValueError, KeyError):
        return None


def _worded(pieces: list[tuple[str, int, int]], beside: set[str]) -> tuple[_Slot, ...] | None:
    """Read a date with the name of its month."""
    slots = []
    for piece, start, end in pieces:
        if piece.isdigit():
            what = "year" if len(piece) == 4 else "day"
            slots.append(_Slot(what, start, end))
        elif language := _language(piece, beside):
            slots.append(_Slot("month", start, end, language))
        else:
            return None
    whats = [slot.what for slot in slots]
    return tuple(slots) if len(set(whats)) == len(whats) and {"day", "month"} <= set(whats) else None


def _language(word: str, beside: set[str]) -> str:
    """Return whose month this is; of several, the one whose small words stand beside it."""
    folded = word.casefold()
    if folded == "sept":
        return "short"
    names = [name for name, months in _MONTHS.items() if folded in months]
    told = [name for name in names if beside & _SMALL_WORDS.get(name, frozenset())]
    return (told or names or [""])[0]


def _numeric(pieces: list[tuple[str, int, int]], text: str) -> tuple[_Slot, ...] | None:
    """Read a date of numbers; where day and month cannot be told apart, a slash means month first."""
    if len(pieces) != 3 or any(len(piece) not in (1, 2, 4) for piece, _, _ in pieces):
        return None
    numbers = [int(piece) for piece, _, _ in pieces]
    if len(pieces[0][0]) == 4:
        order = ("year", "month", "day")
    elif numbers[1] > 12 or (numbers[0] <= 12 and "/" in text):
        order = ("month", "day", "year")
    else:
        order = ("day", "month", "year")
    return tuple(_Slot(what, start, end) for what, (_, start, end) in zip(order, pieces, strict=True))


def _value(slot: _Slot, text: str) -> int:
    said = text[slot.start : slot.end]
    if not slot.language:
        return int(said)
    folded = "sep" if said.casefold() == "sept" else said.casefold()
    return _MONTHS[slot.language].index(folded) + 1


def _written(text: str, found: _Parsed, new: date) -> str:
    pieces, at = [], 0
    slots = [*found.slots, *([found.ordinal] if found.ordinal else [])]
    numbers = [slot for slot in found.slots if not slot.language and slot.what != "year"]
    is_padded = len(numbers) == 2 and all(slot.end - slot.start == 2 for slot in numbers)
    for slot in sorted(slots, key=lambda slot: slot.start):
        old = text[slot.start : slot.end]
        said = _said(slot, old, new)
        pieces += [text[at : slot.start], said.zfill(2) if is_padded and slot in numbers else said]
        at = slot.end
    return "".join([*pieces, text[at:]])


def _said(slot: _Slot, old: str, new: date) -> str:
    if slot.what == "ordinal":
        said = _ordinal(new.day)
    elif slot.language:
        said = _MONTHS[slot.language][new.month - 1]
    elif slot.what == "year":
        return f"{new.year % 100:02}" if len(old) == 2 else f"{new.year:04}"
    else:
        number = new.day if slot.what == "day" else new.month
        return f"{number:02}" if len(old) == 2 and old[0] == "0" else str(number)
    if old.isupper():
        return said.upper()
    return said.title() if old[0].isupper() else said
