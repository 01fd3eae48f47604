"""Says by rule whether two questions ask the same: the same words, or the same facts in other words."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_END: Final = re.compile(r"(?:\s*[.?…]|(?<=[^\W\d_])!+)+$")
"""But "5!" is a number of its own."""
_FORMED: Final = re.compile(r"[\n`]")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_FIGURE: Final = re.compile(r"(?<!\w)[-−]?(?:[^\W\d_]+-?)?\d+(?:[.,:/-]\d+)*")
_PASSING: Final = re.compile(
    r"\b(?:to(?:day|night|morrow)|yesterday|now(?:adays)?|current(?:ly)?|latest|recent(?:ly)?|newest|upcoming|"
    r"this (?:morning|afternoon|evening|week(?:end)?|month|year|season|quarter)|so far|"
    r"(?:last|next) (?:night|week(?:end)?|month|year|season|quarter|election|game|match|\w+day)|"
    r"(?:at|right) (?:the|this) moment|these days|still|yet|weather|forecast|temperature outside|prices?|"
    r"costs?|how much (?:is|are|does|do)|stocks?|exchange rates?|interest rates?|news|scores?|traffic|"
    r"open (?:on|at|until)|what time|how old|how long until|days (?:until|till|since)|another|again|"
    r"what(?:['’]s| is) new|random|"
    r"heute|morgen|gestern|jetzt|gerade|aktuell\w*|neueste\w*|diese[rsn]? (?:woche|monat|jahr)|wetter|preis|"
    r"aujourd['’]hui|demain|hier|maintenant|actuel\w*|cette (?:semaine|année)|météo|prix|"
    r"hoy|mañana|ayer|ahora|actual\w*|esta semana|este (?:mes|año)|tiempo|precio|oggi|domani|adesso|hoje)\b",
    re.IGNORECASE,
)
_NOT: Final = re.compile(
    r"\b(?:not?|never|none|nobody|nothing|nowhere|without|neither|nor|cannot|except|avoid|\w+n['’]t|"
    r"(?:do|ca|wo|is|are|does|did|was|should|could|would)nt|nicht|keine?|ohne|pas|sans|sin)\b",
    re.IGNORECASE,
)
_PREFIXES: Final = ("un", "in", "im", "il", "ir", "dis", "non", "de", "mis")
_COUNTED: Final = (
    "zero", "one first", "two second twice", "three third", "four fourth", "five fifth", "six sixth",
    "seven seventh", "eight eighth", "nine ninth", "ten tenth", "eleven", "twelve dozen", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_NUMBERS: Final = {word: str(value) for value, words in enumerate(_COUNTED) for word in words.split()} | {
    "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80",
    "ninety": "90", "hundred": "100", "thousand": "1000", "million": "1000000", "half": "0.5",
}  # fmt: skip
_TURNED: Final = {
    word: group
    for group, words in enumerate(
        (
            "before after", "increase decrease", "raise lower", "more less fewer", "maximum minimum",
            "hot cold", "north south east west", "northern southern eastern western", "buy sell",
            "import export", "left right", "upload download", "install uninstall", "enable disable",
            "earlier later", "best worst", "most least", "highest lowest", "longest shortest", "add remove",
            "formal informal", "lose gain", "accept decline", "morning evening", "breakfast lunch dinner",
            "spring summer autumn winter",
        )
    )
    for word in words.split()
}  # fmt: skip
"""Words of a group exclude each other."""
_UNITS: Final = {
    word: words.split()[0]
    for words in (
        "km kilometre kilometres kilometer kilometers", "mi mile miles", "m metre metres meter meters",
        "cm centimetre centimetres centimeter centimeters", "ft foot feet", "in inch inches", "yd yard yards",
        "kg kilo kilos kilogram kilograms", "lb lbs pound pounds", "g gram grams", "oz ounce ounces",
        "l litre litres liter liters", "gal gallon gallons", "ml millilitre millilitres", "cup cups",
        "c celsius centigrade", "f fahrenheit", "s sec secs second seconds", "min mins minute minutes",
        "h hr hrs hour hours", "d day days", "wk week weeks", "mo month months", "y yr yrs year years",
        "usd dollar dollars", "eur euro euros", "gbp sterling", "jpy yen", "chf franc francs",
        "mb megabyte megabytes", "gb gigabyte gigabytes", "tb terabyte terabytes", "mph", "kmh", "tbsp "
        "tablespoon tablespoons", "tsp teaspoon teaspoons", "acre acres", "ha hectare hectares",
    )
    for word in words.split()
    if word not in ("in", "c", "f", "s", "d", "h", "m", "g", "l", "y")
}  # fmt: skip
_DAYS: Final = re.compile(
    r"\b(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?s?|"
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)
_COMMON: Final = frozenset(("i", "i'm", "i've", "i'd", "i'll", "ok"))


def plain(text: str) -> str:
    """Bring a question into the form in which two that differ in case, blanks or their end are one.

    Where its form counts, as in code, it stays as it is.
    """
    text = unicodedata.normalize("NFC", text).strip()
    if _FORMED.search(text):
        return text
    return " ".join(_END.sub("", text).casefold().split())


def is_passing(question: str) -> bool:
    """Say whether the answer may be another one by now, or ought to be."""
    return _PASSING.search(question) is not None


def same_facts(one: str, other: str) -> bool:
    """Say whether numbers, dates, units, names and negations of two questions are the same."""
    first, second = _words(one), _words(other)
    return (
        _numbers(one, first) == _numbers(other, second)
        and {each[:3] for each in _DAYS.findall(one)} == {each[:3] for each in _DAYS.findall(other)}
        and _units(first) == _units(second)
        and bool(_NOT.search(one)) == bool(_NOT.search(other))
        and _names(one) <= second
        and _names(other) <= first
        and not _is_opposite(first - second, second - first)
        and not _is_reversed(one, other)
    )


def _words(text: str) -> set[str]:
    found = _WORD.findall(text)
    return {part for word in found for part in (word.casefold().replace("’", "'"), _bare(word))}


def _numbers(text: str, words: set[str]) -> set[str]:
    """Return numbers in figures or words; "one" counts for nothing: "which one" names no number."""
    figures = {each.replace(",", "").replace("−", "-") for each in _FIGURE.findall(text)}
    said = {_NUMBERS[word] for word in words if word in _NUMBERS}
    return (figures | said) - {"1"}


def _units(words: set[str]) -> set[str]:
    return {_UNITS[word] for word in words if word in _UNITS}


def _names(text: str) -> set[str]:
    """Return words with a capital that do not begin a sentence; days and months are dates."""
    found = (word for word in _capitals(text) if not _DAYS.fullmatch(word))
    return {_bare(word) for word in found} - _COMMON


def _capitals(text: str) -> Iterator[str]:
    for found in _WORD.finditer(text):
        before = text[: found.start()].rstrip("\"'“‘([ \t\n")
        if found.group()[0].isupper() and before and before[-1] not in ".!?:\n":
            yield found.group()


def _bare(word: str) -> str:
    return word.casefold().replace("’", "'").removesuffix("'s")


def _is_opposite(one: set[str], other: set[str]) -> bool:
    groups = {_TURNED[word] for word in one if word in _TURNED}
    if any(_TURNED.get(word) in groups for word in other):
        return True
    return any(prefix + word in other for prefix in _PREFIXES for word in one) or any(
        prefix + word in one for prefix in _PREFIXES for word in other
    )


def _is_reversed(one: str, other: str) -> bool:
    """Say whether one goes from here to there and the other back."""
    pattern = re.compile(r"(\w+) (?:in)?to (?:the )?(\w+)")
    ways = {found.groups() for found in pattern.finditer(one.casefold())}
    return any((end, start) in ways for start, end in pattern.findall(other.casefold()))
