"""Finds the dates and times of a sentence."""

import re
from collections.abc import Iterator
from typing import Final

from app.core.claims.units import unit
from app.core.claims.values import Date
from app.core.claims.words import IDLE, listed

_LONG: Final = listed("january february march april may june july august september october november december")
_MONTHS: Final = {
    spelling: number
    for number, name in enumerate(_LONG, 1)
    for spelling in (name, name[:3], name[:4])
    if spelling in (name, name[:3], "sept")
}
_DAYS: Final = {
    day: n for n, day in enumerate(listed("monday tuesday wednesday thursday friday saturday sunday"))
}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1\d{3}|20\d\d|[1-9]\d{2})"
_WEEKDAY = rf"\b(?P<weekday>{'|'.join(_DAYS)})s?\b"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"\b(?P<year>\d{4})-(?P<digits>\d{2})-(?P<day>\d{2})\b",
        rf"(?<![\w.]){_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+(?:of\s+)?{_YEAR}\b)?",
        rf"\b{_MONTH}\s+{_DAY}\b(?!:)(?:,?\s+(?:in\s+)?{_YEAR}\b)?",
        rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}\b",
        r"\b(?P<day>[0-3]?\d)[./](?P<digits>[01]?\d)[./](?P<year>\d{4})\b",
        _WEEKDAY,
        r"\b(?P<hour>[0-2]?\d):(?P<minute>[0-5]\d)(?:\s?(?P<half>[ap])\.?m\b\.?)?",
        r"\b(?P<hour>1?\d)\s?(?P<half>[ap])\.?m\b\.?",
    )
)
_MONTH_ALONE = re.compile(
    rf"(?<=\bin )(?:early |late |mid-)?{_MONTH}|(?<=\bof )(?:March|May)\b"
    rf"|\b(?:{'|'.join(name for name in _LONG if name not in ('march', 'may'))})\b",
    re.IGNORECASE,
)
_YEAR_ALONE = re.compile(r"(?<![\w.,$€£-])(?P<year>1[0-9]\d{2}|20\d{2})(?![\d%°]|,\d|\.\d|-\w)(?P<tail>s\b)?")
_BEFORE_A_YEAR = re.compile(
    r"(?:\b(?:in|since|until|till|year|from|to|of|and|circa|c\.|early|late|mid)|[(–-])\s*$", re.IGNORECASE
)
_AFTER = re.compile(r"\s+([^\W\d_]+)")


def dates(text: str) -> Iterator[tuple[int, int, Date]]:
    """Yield where each date of a sentence begins and ends, and what it is; no two overlap."""
    taken: list[tuple[int, int]] = []
    for form in _FORMS:
        for match in form.finditer(text):
            date = _read(match)
            if date is not None and _is_free(taken, *match.span()):
                taken.append(match.span())
                yield *match.span(), date
    for match in _MONTH_ALONE.finditer(text):
        name = match[0].lower().split()[-1].split("-")[-1].rstrip(".")
        if name in _MONTHS and match[0][0].isupper() and _is_free(taken, *match.span()):
            taken.append(match.span())
            yield *match.span(), Date(month=_MONTHS[name])
    for match in _YEAR_ALONE.finditer(text):
        if _is_free(taken, *match.span()) and _is_year(text, match):
            yield *match.span(), Date(year=int(match["year"]))


def _read(match: re.Match[str]) -> Date | None:
    found = {name: value for name, value in match.groupdict().items() if value}
    if "weekday" in found:
        return Date(weekday=_DAYS[found["weekday"].lower()])
    if "hour" in found:
        hour, half = int(found["hour"]), found.get("half", "").lower()
        if half:
            hour = hour % 12 + 12 * (half == "p")
        return Date(minute=60 * hour + int(found.get("minute", 0)), half_known=bool(half) or hour > 12)
    month = _MONTHS[found["month"].lower()] if "month" in found else int(found["digits"])
    year, day = (int(found[name]) if name in found else None for name in ("year", "day"))
    if day is not None and month > 12 >= day and "digits" in found:
        day, month = month, day
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    return Date(year, month, day)


def _is_year(text: str, match: re.Match[str]) -> bool:
    """Tell a year from any number of four digits: nothing is counted by it."""
    after = _AFTER.match(text, match.end())
    follows = after[1].lower() if after else ""
    if match["tail"] or _BEFORE_A_YEAR.search(text[max(0, match.start() - 12) : match.start()]):
        return follows != "people" and not unit([follows])[0]
    return not follows or follows in IDLE


def _is_free(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    return all(end <= other_start or start >= other_end for other_start, other_end in taken)
