"""What kind of thing a question asks for, and whether a sentence holds one."""

import re
from enum import StrEnum
from typing import Final


class Sought(StrEnum):
    """What a question asks for."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    CLAUSE = "clause"
    """Anything else: a sentence that says it."""


_MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_ASKED: Final = (
    (
        Sought.DATE,
        re.compile(r"\b(?:when|what (?:day|date|year|month|time)|date|deadline|until|by which)\b", re.I),
    ),
    (
        Sought.NUMBER,
        re.compile(
            r"\bhow (?:much|many|long|large|big|high|far|old|often)\b|\b(?:amount|price|costs?|sum|"
            r"number|percent(?:age)?|rate|fee|total|budget|share|figure|limit)\b",
            re.I,
        ),
    ),
    (Sought.NAME, re.compile(r"\b(?:who|whom|whose|name|which (?:person|company|firm))\b", re.I)),
)
_HOLDS: Final = {
    Sought.NUMBER: re.compile(
        r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|"
        r"sixty|seventy|eighty|ninety|hundred|thousand|million|half|third|quarter|dozen)\b",
        re.I,
    ),
    Sought.DATE: re.compile(
        rf"\b\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}\b|\b\d{{4}}\b|\b{_MONTH}\b|"
        r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:days?|weeks?|months?|years?)\b"
    ),
    Sought.NAME: re.compile(r"(?<=[^.!?\s] )[A-Z][^\W\d_]+|\b[A-Z][^\W\d_]+ [A-Z][^\W\d_]+"),
    Sought.CLAUSE: re.compile(r"\w"),
}


def asked_kind(question: str) -> Sought:
    """Say what a question asks for."""
    return next((kind for kind, cue in _ASKED if cue.search(question)), Sought.CLAUSE)


def holds(kind: Sought, sentence: str) -> bool:
    """Say whether a sentence holds something of a kind."""
    return bool(_HOLDS[kind].search(sentence))
