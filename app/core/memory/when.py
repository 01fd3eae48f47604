"""Reads the time out of a question: "last week", "in May 2023", "on 3 May"."""

import re
from datetime import datetime, timedelta
from typing import Final

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_MONTH: Final = "sept(?!e)|" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS)
_DATED: Final = re.compile(
    rf"\b(?:(?P<before>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? )?(?P<month>{_MONTH})\b\.?"
    r"(?: (?P<after>\d{1,2})(?:st|nd|rd|th)?\b(?!\d))?(?:,? (?P<year>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_CUE: Final = re.compile(r"\b(?:in|since|last|during|until|from) $", re.IGNORECASE)
_ISO: Final = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_YEAR: Final = re.compile(r"\b(?:in|during|of|since) ((?:19|20)\d\d)\b", re.IGNORECASE)
_AGO: Final = re.compile(r"\b(a|an|one|two|three|\d{1,3}) (day|week|month|year)s? ago\b", re.IGNORECASE)
_NEAR: Final = {
    "today": (0, 1), "yesterday": (-1, 0), "this week": (-7, 1), "last week": (-14, 0),
    "this month": (-31, 1), "last month": (-62, 0), "this year": (-366, 1), "last year": (-731, 0),
    "recently": (-30, 1), "the other day": (-14, 1),
}  # fmt: skip
"""Days from the beginning of today to the beginning and the end; people mean these loosely."""
_RELATIVE: Final = re.compile(rf"\b(?:{'|'.join(_NEAR)})\b", re.IGNORECASE)
_DAYS: Final = {"day": 1, "week": 7, "month": 30, "year": 365}
_NUMBERS: Final = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
Span = tuple[float, float]


def span(query: str, now: float) -> Span | None:
    """Return the time that a question is about, in seconds since the epoch (local time), or None."""
    try:
        today = datetime.fromtimestamp(now).replace(hour=0, minute=0, second=0, microsecond=0)
        found = _dated(query, today) or _relative(query, today)
        return (found[0].timestamp(), found[1].timestamp()) if found else None
    except (ValueError, OverflowError, OSError):
        return None


def _dated(query: str, today: datetime) -> tuple[datetime, datetime] | None:
    if iso := _ISO.search(query):
        start = datetime(int(iso[1]), int(iso[2]), int(iso[3]))
        return start, start + timedelta(days=1)
    for match in _DATED.finditer(query):
        day, year = match["before"] or match["after"], match["year"]
        if day or year or _CUE.search(query, 0, match.start()):  # "may" and "march" are words, too
            return _named(match["month"], int(day or 0), int(year or 0), today)
    if year_only := _YEAR.search(query):
        year = int(year_only[1])
        return datetime(year, 1, 1), datetime(year + 1, 1, 1)
    return None


def _named(name: str, day: int, year: int, today: datetime) -> tuple[datetime, datetime]:
    """Return a day, or a month where `day` is 0; without a year the last one that is not in the future."""
    month = next(at for at, each in enumerate(_MONTHS, 1) if each.startswith(name[:3].lower()))
    year = year or today.year - ((month, day) > (today.month, today.day))
    if day:
        return datetime(year, month, day), datetime(year, month, day) + timedelta(days=1)
    return datetime(year, month, 1), datetime(year + month // 12, month % 12 + 1, 1)


def _relative(query: str, today: datetime) -> tuple[datetime, datetime] | None:
    if ago := _AGO.search(query):
        number = _NUMBERS.get(ago[1].lower()) or int(ago[1])
        days = _DAYS[ago[2].lower()]
        middle = today - timedelta(days=number * days)
        loose = timedelta(days=max(1, days * max(1, number // 3)) / 2)
        return middle - loose, middle + loose + timedelta(days=1)
    if near := _RELATIVE.search(query):
        first, last = _NEAR[near.group().lower()]
        return today + timedelta(days=first), today + timedelta(days=last)
    return None
