"""Passports, licences, patient, case and customer numbers: any number that a word calls so."""

import re

from app.privacy.detectors.pattern import PatternDetector, Rule, checked
from app.privacy.types import Kind

NAME = "record"
_LINK = (
    r"(?:\s?(?:number|numbers|num|no\.?|nos\.?|nr\.?|n[°º]|№|id|ids|code|ref|reference|is|are"
    r"|was|:|：|=|#|\(|ist|est|es|numéro|nummer|número|numero|numer)){0,4}\s{0,3}"
)
_VALUE = r"(?P<v>(?=[A-Z\-/]{0,8}\d)[A-Z0-9][A-Z0-9\-/._]{2,28}(?<![.\-/_]))(?![\w])"
_SPACED = r"(?P<v>(?=[A-Z]{0,3}\d)[A-Z0-9]{1,9}(?:[ \-][A-Z]{0,2}\d[A-Z0-9]{0,8}){0,4})(?![\w])"
_PASSPORT = (
    r"passports?|passeport|reisepass(?:nummer)?|pasaporte|passaporto|passaporte"
    r"|paspoort(?:nummer)?|paszport|护照号?码?|паспорт"
)
_LICENCE = (
    r"driv(?:er'?s?|ing) licen[cs]e|licen[cs]e plate|number plate|license|licence|plate"
    r"|registration(?: plate)?|dl|vin|führerschein(?:nummer)?"
    r"|kennzeichen|permis(?: de conduire)?|carnet de conducir|patente|visa|green card"
    r"|work permit|residence permit|vehicle"
)
_RECORD = (
    r"mrn|medical record|health record|patient|hospital|chart|case|docket|file|application"
    r"|claim|policy|insurance"
    r"|member|membership|employee|staff|student|matriculation|customer|client|user|order"
    r"|invoice|booking|reservation|confirmation"
    r"|ticket|tracking|reference|ref|contract|subscriber|medicare|medicaid|npi|nhs"
    r"|prescription|rx|loan|serial|imei|badge|payroll"
    r"|dossier|aktenzeichen|kundennummer|vertragsnummer|matrikelnummer|versicherungsnummer"
    r"|sozialversicherungsnummer|versichertennummer"
    r"|número de expediente|expediente|pratica|warrant|complaint|complaints|proceedings|record"
    r"|personnel|beneficiary|pnr|crn"
)


def _named(names: str, value: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{names}){_LINK}{value}", re.IGNORECASE)


def _number(text: str) -> bool:
    return sum(map(str.isdigit, text)) >= 4 and not re.fullmatch(
        r"(?:19|20)\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}", text
    )


def _plate(text: str) -> bool:
    return sum(map(str.isdigit, text)) >= 2 and len(text) >= 5 and not re.fullmatch(r"(?:19|20)\d\d", text)


_COURT = re.compile(
    r"(?<!\w)(?:nos?\.|applications?|numbers?)\s{0,2}(?P<v>\d{1,6}/\d{2,4})(?!\w)", re.IGNORECASE
)
_COURT_MORE = re.compile(r"(?<![\w/.])\d{3,6}/\d{2}(?![\w/])")
_VIN = re.compile(r"(?<!\w)(?=[A-Z]{0,17}\d)[A-HJ-NPR-Z0-9]{17}(?!\w)")
_VIN_VALUES = {c: v for c, v in zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True)}


def _vin(text: str) -> bool:
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    total = sum(int(_VIN_VALUES.get(c, c)) * w for c, w in zip(text, weights, strict=True))
    return "0123456789X"[total % 11] == text[8] and len(set(text)) > 5


_PLATE_VALUE = r"(?P<v>(?-i:(?=[A-Z]{0,4}[ \-]?\d)[A-Z0-9]{1,4}(?:[ \-][A-Z0-9]{1,4}){1,2}))(?!\w)"

RULES = (
    Rule(Kind.PASSPORT, _named(_PASSPORT, _SPACED), "passport number", 0.9, checked(_number)),
    Rule(Kind.RECORD, _named(_LICENCE, _SPACED), "licence or plate", 0.85, checked(_plate)),
    Rule(Kind.RECORD, _named(_LICENCE, _PLATE_VALUE), "licence or plate", 0.85, checked(_plate)),
    Rule(Kind.RECORD, _named(_RECORD, _VALUE), "a number in somebody's records", 0.8, checked(_number)),
    Rule(Kind.RECORD, _COURT, "case number", 0.85),
    Rule(
        Kind.RECORD,
        _COURT_MORE,
        "case number",
        0.6,
        cue=re.compile(r"\d/\d\d|applications?|case", re.IGNORECASE),
    ),
    Rule(Kind.RECORD, _VIN, "vehicle number", 0.9, checked(_vin)),
)


def detector() -> PatternDetector:
    """Make the detector of record numbers."""
    return PatternDetector(NAME, RULES)
