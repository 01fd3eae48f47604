"""Street addresses and postal codes in the ways of a dozen countries."""

import re

from app.privacy.detectors.pattern import PatternDetector, Rule, words
from app.privacy.types import Kind

NAME = "address"
_STREET = (
    "street|st|avenue|ave|av|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|place|pl|square"
    "|sq|terrace|ter|way|close|crescent|cres"
    "|grove|gardens|gdns|highway|hwy|parkway|pkwy|circle|cir|row|mews|hill|walk|alley|trail"
    "|trl|loop|plaza|quay|wharf|view|heights|rise"
    "|park|ridge|run|turnpike|pike|crossing|path|meadow|meadows|green|esplanade|parade|bypass"
    "|cove|creek|glen|landing|manor|oval|pass|point|vale|vista"
)
_NUMBER = r"\d{1,5}[A-Za-z]?(?:\s?[\-/]\s?\d{1,4}[A-Za-z]?)?"
_UNIT = (
    r"(?:,?\s{1,2}(?:apt|apartment|suite|ste|unit|flat|floor|fl|room|rm|building|bldg|#)\.?\s?#?[\w\-]{1,6})"
)
_W = r"[^\W\d_][\w'’.\-]{0,24}"
_TOWN = rf"(?:{_W} ){{0,3}}{_W}"
_ZIP = r"[A-Z]{2},?\s{1,2}\d{5}(?:-\d{4})?"
_UK = r"[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}"
_AFTER = (
    rf"(?:{_UNIT})?(?:,?\s{{1,3}}{_TOWN},?\s{{1,3}}(?:{_ZIP}|{_UK}(?!\w))|,?\s{{1,3}}(?:{_ZIP}"
    rf"|{_UK}(?!\w)|\d{{5}}(?!\d)))?"
)

_LOWER_STREET = (
    "street|avenue|road|lane|drive|boulevard|court|terrace|crescent|grove|gardens|close|square|mews"
)


def _english(name: str, street: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w.,$€£\-/])(?:(?i:flat|apt|apartment|unit|suite) ?\w{{1,4}},? )?{_NUMBER}\s(?:[NSEW]\.?\s)?"
        rf"(?:(?:{name}|\d{{1,3}}(?i:st|nd|rd|th))\s){{1,4}}(?i:{street})(?!\w)\.?"
        rf"(?:\s[NSEW]{{1,2}}(?!\w))?(?i:{_AFTER})"
    )


_CAPITAL = r"[^\W\d_a-zà-ÿ][\w'’.\-]{0,24}"
_ENGLISH = _english(_CAPITAL, _STREET)
_ENGLISH_LOWER = _english(_W, _LOWER_STREET)
_PO_BOX = re.compile(
    rf"(?<!\w)(?:p\.?\s?o\.?\s?box|postfach|psc|apartado(?: de correos)?|boîte postale"
    rf"|casella postale) ?#?\d{{1,6}}{_AFTER}",
    re.IGNORECASE,
)
_ROMANCE_WORD = (
    "rue|avenue|av\\.|boulevard|bd\\.?|place|chemin|impasse|allée|allées|quai|cours|route"
    "|passage|square|calle|c/|avenida|avda\\.?|plaza|paseo|carrer"
    "|camino|via|viale|piazza|corso|vicolo|largo|rua|travessa|praça|estrada|ul\\.|ulica|al\\."
    "|aleja|os\\.|pl\\.|ул\\.|улица|проспект|пр\\.|пер\\."
)
_GLUE = r"(?:de|du|des|la|le|les|l'|d'|del|della|dei|da|do|dos|las|los|el|y|e|von|der|den)"
_FRENCH = re.compile(
    rf"(?<![\w.])\d{{1,4}}(?:\s?(?i:bis|ter|[A-D]))?,?\s(?i:{_ROMANCE_WORD})(?i:\s{_GLUE}|\s?l'"
    rf"|\s?d'){{0,3}}\s?(?<=[\s'’])(?:{_W}\s?){{1,4}}?(?=[,.;\n!?)]|\s\d|$|\s(?:in|à|and"
    rf"|et)\b)(?:,?\s\d{{5}}(?:\s{_CAPITAL}(?:[ \-]{_CAPITAL}){{0,2}})?)?"
)
_SOUTHERN = re.compile(
    rf"(?<!\w)(?i:{_ROMANCE_WORD})\s?(?:(?i:{_GLUE})\s){{0,3}}(?:{_CAPITAL}\s?){{1,4}}(?:(?i:{_GLUE})\s{_CAPITAL}\s?){{0,2}},?\s?(?:nº"
    rf"|n\.|n°|д\.|nr\.?|№)?\s?\d{{1,4}}(?:[/\-]\d{{1,4}})?(?:\s?[A-Za-z](?!\w))?"
    rf"(?:,\s?(?:кв\.|m\.|apt\.?|piso"
    rf"|int\.)\s?\d{{1,4}})?(?:,?\s\d{{2}}-?\d{{3}}(?:\s{_CAPITAL}(?:\s{_CAPITAL}){{0,2}})?)?"
)
_GERMANIC_END = (
    "straße|strasse|str\\.|weg|platz|allee|gasse|ring|damm|ufer|chaussee|stieg|straat|laan"
    "|plein|gracht|kade|dijk|gatan|vägen|gata|vej|gade|katu|tie"
)
_GERMANIC_GATE = re.compile(rf"(?:{_GERMANIC_END}|(?:am|der|im|den) \w{{1,25}})\s\d", re.IGNORECASE)
_GERMANIC = re.compile(
    rf"(?<![\w\-])(?:(?:Am|An der|Im|Auf der|Unter den)\s{_CAPITAL}"
    rf"|(?:[^\W\d_]{{1,24}}[\- ]){{0,2}}[^\W\d_]{{0,24}}(?i:{_GERMANIC_END}))"
    rf"\s\d{{1,4}}\s?[a-h]?(?!\w)(?:,?\s(?:[A-Z]{{1,2}}-)?\d{{4,5}}(?:\s?[A-Z]{{2}}(?!\w))?(?:\s{_CAPITAL}(?:\s{_CAPITAL})?)?)?"
)
_UK_POSTCODE = re.compile(
    r"(?<![\w/.\-])(?:[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}|[A-Z]{1,2}\d{1,2}[A-Z]?\d[A-Z]{2})(?![\w/.\-])"
)
_UK_LOWER = re.compile(r"(?<![\w/.\-])[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}(?![\w/.\-])", re.IGNORECASE)
_US_ZIP = re.compile(
    r"(?<!\w)(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]"
    r"|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]),?\s{1,2}\d{5}(?:-\d{4})?(?!\w)"
)
_CANADA = re.compile(r"(?<!\w)[ABCEGHJ-NPRSTVXY]\d[A-Z][ \-]?\d[A-Z]\d(?!\w)")
_NETHERLANDS = re.compile(r"(?<![\w.])[1-9]\d{3} [A-Z]{2}(?!\w)")
_POSTAL = re.compile(
    r"(?<!\w)(?:zip(?: ?code)?|post(?:al)? ?code|plz|code postal|cap|cep|código postal"
    r"|postleitzahl|kod pocztowy)(?:\s?(?:is|:"
    r"|=)){0,2}\s?(?P<v>[A-Z0-9][A-Z0-9 \-]{2,8}[A-Z0-9])(?!\w)",
    re.IGNORECASE,
)
_BRAZIL = re.compile(r"(?<![\w.\-])\d{5}-\d{3}(?![\w\-])")
_CONTINENT = re.compile(
    rf"(?<![\w.,\-])(?:[A-Z]{{1,2}}-)?\d{{5}}\s(?:{_CAPITAL})(?:[ \-]{_CAPITAL}){{0,2}}(?!\w)"
)
_CHINESE = re.compile(
    r"[\u4e00-\u9fff]{2,12}(?:省|市|区|县|府|都|道)[\u4e00-\u9fff0-9〇]{1,24}(?:路|街|巷|弄|大道|号|丁目|番地"
    r"|町)[0-9一二三四五六七八九十〇\-−番号室栋楼单元の]{0,20}"
)
_JAPANESE = re.compile(r"〒\s?\d{3}-?\d{4}(?:\s?[\u3040-\u30ff\u4e00-\u9fff0-9\-−ー]{2,40})?")
_JAPAN_BLOCK = re.compile(
    r"[\u4e00-\u9fff]{1,6}[都道府県市区町村][\u3040-\u30ff\u4e00-\u9fff]{1,16}[0-9一-九]{1,4}(?:丁目|-|−"
    r"|番)[0-9\-−番地号丁目]{1,12}"
)
_NEAR = words(
    "address",
    "addresse",
    "live",
    "lives",
    "living",
    "located",
    "street",
    "st",
    "road",
    "rd",
    "avenue",
    "ave",
    "postcode",
    "zip",
    "box",
    "adresse",
    "dirección",
    "indirizzo",
    "endereço",
    "adres",
    "wohne",
    "habite",
    "vivo",
    "abito",
    "moro",
    "office",
    "home",
    "deliver",
    "ship",
    "uk",
    "gb",
    "straße",
    "strasse",
    "rue",
    "calle",
    "via",
)

RULES = (
    Rule(Kind.ADDRESS, _ENGLISH, "street address", 0.85),
    Rule(Kind.ADDRESS, _ENGLISH_LOWER, "street address", 0.75, cue=_NEAR),
    Rule(Kind.ADDRESS, _PO_BOX, "post box", 0.9),
    Rule(Kind.ADDRESS, _FRENCH, "street address", 0.85),
    Rule(Kind.ADDRESS, _SOUTHERN, "street address", 0.8),
    Rule(Kind.ADDRESS, _GERMANIC, "street address", 0.85, gate=_GERMANIC_GATE),
    Rule(Kind.ADDRESS, _UK_POSTCODE, "postal code", 0.8),
    Rule(Kind.ADDRESS, _UK_LOWER, "postal code", 0.75, cue=_NEAR),
    Rule(Kind.ADDRESS, _US_ZIP, "postal code", 0.85),
    Rule(Kind.ADDRESS, _CANADA, "postal code", 0.8),
    Rule(Kind.ADDRESS, _NETHERLANDS, "postal code", 0.7, cue=_NEAR),
    Rule(Kind.ADDRESS, _POSTAL, "postal code", 0.9, lambda t: len(t) if any(map(str.isdigit, t)) else 0),
    Rule(Kind.ADDRESS, _BRAZIL, "postal code", 0.6),
    Rule(Kind.ADDRESS, _CONTINENT, "postal code and town", 0.7, cue=_NEAR),
    Rule(Kind.ADDRESS, _CHINESE, "street address", 0.85),
    Rule(Kind.ADDRESS, _JAPANESE, "street address", 0.9, hint="〒"),
    Rule(Kind.ADDRESS, _JAPAN_BLOCK, "street address", 0.85),
)


def detector() -> PatternDetector:
    """Make the detector of addresses."""
    return PatternDetector(NAME, RULES)
