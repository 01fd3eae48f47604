"""Dates, birth dates and ages."""

import re

from app.privacy.detectors.pattern import DIGIT, FIRST_DIGIT, PatternDetector, Rule, checked
from app.privacy.types import Kind

NAME = "date"
_MONTH = (
    "jan(?:uary|vier|uar)?|feb(?:ruary|ruar)?|f[ée]vrier|mar(?:ch|s)?|märz|apr(?:il)?|avril"
    "|may|mai|jun(?:e|i)?|juin|jul(?:y|i)?"
    "|juillet|aug(?:ust)?|août|sept?(?:ember)?|septembre|oct(?:ober)?|octobre|okt(?:ober)?"
    "|nov(?:ember)?|novembre|dec(?:ember)?"
    "|d[ée]cembre|dez(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre"
    "|octubre|noviembre|diciembre"
    "|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|dezembro|januari|februari|maart|mei|augustus"
    "|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia"
    "|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre"
)
_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_NUMERIC = (
    rf"{_YEAR}[\-/.](?:0?[1-9]|1[0-2])[\-/.]{_DAY}|{_DAY}[\-/.](?:0?[1-9]|1[0-2]|[12]\d"
    rf"|3[01])[\-/.](?:{_YEAR}|\d\d)"
)
_WORDED = (
    rf"{_DAY}(?:st|nd|rd|th|er|\.)?(?: of| de)? ?(?:{_MONTH})\.?(?:,? (?:de )?{_YEAR})?"
    rf"|(?:{_MONTH})\.? {_DAY}(?:st|nd|rd|th)?(?:,? {_YEAR})?|(?:{_MONTH})\.? {_YEAR}"
)
_DATE = rf"(?:{_NUMERIC}|{_WORDED}|{_YEAR}年\d{{1,2}}月\d{{1,2}}日)"
_BORN = (
    r"(?:date[ _]of[ _]birth|birth[ _]?date|birth ?day|d\.?o\.?b\.?|born|birth|b\.(?= ?\d)|geboren|geb\.?"
    r"|geburtsdatum|geburtstag|née?|naissance|nacid[oa]"
    r"|nacimiento|nat[oa]|nascita|nascid[oa]|nascimento|geboortedatum|urodzon[ya]|urodzenia|ur\.(?= ?\d)"
    r"|födelsedatum|född|fødselsdato|født|syntymäaika|doğum tarihi|narozen[aí]?|születési (?:idő|dátum)"
    r"|дата рождения"
    r"|родил(?:ся|ась)|出生日?期?|生年月日|生日)"
)
_BIRTH = re.compile(
    rf"(?<![^\W_]){_BORN}(?:[\s*_|\"']{{0,3}}(?:is|was|on|:|=|：|in|am|le|el|il|em|op|the|\(|den|ist|est"
    rf"|es|è|é)){{0,3}}"
    rf"[\s\-,*_|\"']{{0,4}}(?P<v>{_DATE}|{_YEAR})(?!\w)",
    re.IGNORECASE,
)
_ANY_DATE = re.compile(rf"(?<![\w./\-])(?:{_DATE})(?![\w/\-]|\.\d)", re.IGNORECASE)
_AGE = re.compile(
    r"(?<!\w)(?:(?:i am|i'm|she is|he is|she's|he's|aged?|age is|turned|turning"
    r"|turns)[: ]{1,2}(?P<v>(?:1[0-2]|[1-9])?\d)(?!\w|[.%:/]\d|%| ?(?:cm|kg|lbs|minutes|days"
    r"|weeks|percent))"
    r")",
    re.IGNORECASE,
)
_YEARS_OLD = re.compile(
    r"(?<![\w.])(?:1[0-2])?\d{1,2}[ \-]?(?:years?|yrs?|y/?o|months?|weeks?)(?:[ \-]?(?:old"
    r"|of age)|(?<=y/o)|(?<=yo))"
    r"|(?<![\w.])\d{1,3} ?(?:ans|años|anni|jahre(?: alt)?|lat|jaar|anos|岁)(?!\w)",
    re.IGNORECASE,
)

RULES = (
    Rule(Kind.BIRTHDATE, _BIRTH, "date of birth", 0.95, mark=DIGIT),
    Rule(Kind.DATE, _ANY_DATE, "date", 0.7, checked(lambda t: len(t) > 4), mark=DIGIT),
    Rule(Kind.AGE, _AGE, "age", 0.7, mark=DIGIT),
    Rule(Kind.AGE, _YEARS_OLD, "age", 0.8, head=FIRST_DIGIT),
)


def detector() -> PatternDetector:
    """Make the detector of dates and ages."""
    return PatternDetector(NAME, RULES)
