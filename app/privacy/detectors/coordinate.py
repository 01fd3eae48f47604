"""Geographical coordinates, in numbers, degrees, or inside map links."""

import re

from app.privacy.detectors.pattern import DIGIT, PatternDetector, Rule, checked, words
from app.privacy.types import Kind

NAME = "coordinates"
_PAIR = re.compile(
    r"(?<![\w.\-])[+\-]?\d{1,2}\.\d{3,9}°?\s?[NS]?\s?[,;/ ]\s?[+\-]?\d{1,3}"
    r"\.\d{3,9}°?(?:\s?[EW](?!\w))?(?!\w|\.\w)"
)
_DEGREES = re.compile(
    r"(?<!\w)\d{1,2}°\s?\d{1,2}(?:\.\d{1,6})?['′’]?\s?(?:\d{1,2}(?:\.\d{1,4})?[\"″”]|'')?\s?[NS]"
    r"[,;\s]{1,3}\d{1,3}°\s?\d{1,2}(?:\.\d{1,6})?['′’]?\s?(?:\d{1,2}(?:\.\d{1,4})?[\"″”]|'')?\s?[EWO](?!\w)"
)
_MAP = re.compile(r"(?<=[@=/])-?\d{1,2}\.\d{3,12},-?\d{1,3}\.\d{3,12}(?![\d.])")
_SINGLE = re.compile(
    r"(?<!\w)(?:lat(?:itude)?|lon(?:g(?:itude)?)?"
    r"|lng)[\"']?\s?[:=]?\s?(?P<v>[+\-]?\d{1,3}\.\d{3,12})(?![\d.])",
    re.IGNORECASE,
)
_PLUS_CODE = re.compile(r"(?<!\w)[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}(?!\w)")
_CUE = words(
    r"lat|latitude|lon|longitude|gps|coordinates|coords|located|location|position|map|home|house|cabin"
    r"|live|at|here|near|pin|geo|where|point|koordinaten|coordonnées|coordenadas",
)


def _earthly(text: str) -> bool:
    numbers = [float(number) for number in re.findall(r"\d{1,3}\.\d+", text)]
    return len(numbers) == 2 and numbers[0] <= 90 and numbers[1] <= 180


RULES = (
    Rule(Kind.COORDINATES, _PAIR, "coordinates", 0.85, checked(_earthly), _CUE, mark=DIGIT),
    Rule(Kind.COORDINATES, _DEGREES, "coordinates", 0.95, hint="°", mark=DIGIT),
    Rule(Kind.COORDINATES, _MAP, "coordinates in a link", 0.9, checked(_earthly), mark=DIGIT),
    Rule(Kind.COORDINATES, _SINGLE, "coordinate", 0.9, mark=DIGIT),
    Rule(
        Kind.COORDINATES,
        _PLUS_CODE,
        "location code",
        0.8,
        checked(lambda t: any(map(str.isdigit, t))),
        hint="+",
        mark=DIGIT,
    ),
)


def detector() -> PatternDetector:
    """Make the detector of coordinates."""
    return PatternDetector(NAME, RULES)
