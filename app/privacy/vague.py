"""Words what tells a trait less exactly, by rule, so that the sentence around it still reads."""

import re
from typing import Final

from app.privacy.generalize import generalize
from app.privacy.trait import Trait
from app.privacy.trait_words import COUNTRIES, DRUGS, JOBS, NATIONS
from app.privacy.types import Kind

_FALLBACK: Final = {
    Trait.AGE: "of a certain age",
    Trait.PLACE: "a town",
    Trait.JOB: "a job",
    Trait.EMPLOYER: "a company",
    Trait.EDUCATION: "a subject",
    Trait.FAMILY: "someone close",
    Trait.ORIGIN: "some place",
    Trait.HEALTH: "health trouble",
    Trait.BELIEFS: "some beliefs",
    Trait.FINANCES: "some money",
    Trait.DATES: "some time",
}
_STATED: Final = {
    Trait.HEALTH: "I have a health problem",
    Trait.BELIEFS: "I have my beliefs",
    Trait.FINANCES: "I have money on my mind",
}
"""In place of a whole sentence about oneself."""
_SENTENCE: Final = re.compile(r"(?:i|i['\u2019]\w{1,2}|we|my|our)\s", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_ME: Final = re.compile(
    r"((?:i['\u2019]?m|i am|i was|i['\u2019]ll be|we['\u2019]re|we are)\s)", re.IGNORECASE
)
_IS: Final = re.compile(r"[a-z ]+ is ", re.IGNORECASE)
_BEFORE: Final = re.compile(r"(?:an?|the only|the|one of the|my own|our|my|half|part)\s", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_][\w'\u2019-]*")
_TENS: Final = (
    "a child", "a teenager", "a twenty-something", "a thirty-something", "a forty-something", "a "
                                                                                              "fifty-something",
    "a sixty-something", "a seventy-something", "an eighty-something", "a ninety-something", "a "
                                                                                             "ninety-something",
)  # fmt: skip
_EMPLOYERS: Final = (
    (r"hospital|clinic|surgery|medical|health|nhs|hospice", "a place that cares for the sick"),
    (r"universit|college|institute", "a place of learning"),
    (r"school|academy|kindergarten|nursery", "a school"),
    (r"bank|insurance|capital|credit union|savings", "a financial company"),
    (r"church|parish|mosque|diocese|ministry of god", "a religious community"),
    (r"council|county|city of|department|ministry|police|army|navy|government|office of", "a public body"),
    (r"hotel|restaurant|cafe|café|bar|pub|inn", "a place for guests"),
    (r"law|legal|solicitors|chambers|llp", "a law office"),
)
_STUDIES: Final = (
    (r"graduated|dropped out", "left a place of learning"),
    (r"student|undergrad|sophomore|freshman|postdoc|candidate|alumn|pupil", "someone who studies"),
    (r"\bschool|a-levels|gcse|ged\b|grade", "a school"),
    (r"universit|college|academy|alma mater", "a place of learning"),
    (r"thesis|dissertation|finals|gpa", "work"),
    (r"professor", "instructor"),
    (r"degree|diploma|phd|ph\.d|doctorate|mba|bachelor|master|b\.?sc|m\.?sc", "an education"),
)
_PARENT: Final = re.compile(
    r"mother|father|\bmom|\bmum|\bdad|parent|newlywed|widow|grandma|grandpa", re.IGNORECASE
)
_CARERS: Final = r"ologist|iatrist|therapist|\bpsychologist"
_STATES: Final = (
    r"(?:diabetic|epileptic|autistic|bipolar|deaf|blind|disabled|pregnant|positive|paraly[sz]ed|ano?rexic"
    r"|bulimic"
    r"|dyslexic|asthmatic|anemic|infertile|compromised|bound)$|allergic|recovering|suffering|diagnosed|^in\b"
)
_TIES: Final = re.compile(r"married|divorced|widowed|engaged|separated|single", re.IGNORECASE)


def vaguer(trait: Trait, value: str) -> str:
    """Return a vaguer wording of what tells a trait; it never holds the value itself."""
    value = " ".join(value.split())
    if trait in _STATED and _SENTENCE.match(value):
        said = _STATED[trait]
    else:
        said = _WORDED[trait](value) or _FALLBACK[trait]
    if f" {value.casefold()} " not in f" {said.casefold()} ":
        return said
    return "something" if value.casefold() != "something" else "some thing"


def _age(value: str) -> str:
    if year := _YEAR.search(value):
        return f"the {year.group()[:3]}0s"
    found = _NUMBER.search(value)
    if found is None:
        return ""
    years = min(int(found.group()), 109)
    decade = f"in my {years // 10 * 10}s" if 20 <= years < 100 else "a teenager" if 10 <= years < 20 else ""
    decade = decade or ("a child" if years < 10 else "over 90")
    if "birthday" in value.lower():
        return "birthday"
    if value.lower().startswith("turn"):
        return f"reached my {years // 10 * 10}s"
    if value.endswith(("-old", " old")) and "-" in value:
        noun = _TENS[years // 10]
        return noun if value.lower().startswith(("a ", "an ")) else noun.partition(" ")[2]
    me = _ME.match(value)
    return f"{me.group(1) if me else ''}{decade}"


def _place(value: str) -> str:
    return f"a town in {COUNTRIES[value]}" if value in COUNTRIES else ""


def _job(value: str) -> str:
    if value.lower() == "self-employed":
        return "a professional"
    if value.lower().startswith("teach"):
        return "work in education"
    if re.match(r"(?:run|own|manage)\b", value, re.IGNORECASE):
        return "have a business"
    if re.match(r"practi[cs]e", value, re.IGNORECASE):
        return "have a profession"
    words = [found.group().lower() for found in _WORD.finditer(value)]
    wide = next((JOBS[word] for word in reversed(words) if word in JOBS), "professional")
    if _BEFORE.match(value):
        return f"a {wide}"
    return wide if words and (words[-1] in JOBS or len(words) > 1) else "a certain field"


def _employer(value: str) -> str:
    return _first(_EMPLOYERS, value)


def _education(value: str) -> str:
    said = _first(_STUDIES, value)
    article, _, bare = said.partition(" ")
    is_bare = value[:1].islower() and not _BEFORE.match(value) and article in ("a", "an")
    return bare if is_bare else said


def _family(value: str) -> str:
    if _PARENT.search(value) and "-in-law" not in value:
        return "someone with a family"
    if value.lower().startswith(("got", "get")):
        return "had a change in the family"
    if _TIES.search(value):
        return "in a certain family situation"
    return "family"


def _origin(value: str) -> str:
    words = [found.group().lower() for found in _WORD.finditer(value)]
    wide = next((NATIONS[word] for word in words if word in NATIONS), "")
    if re.search(r"passport|visa|green card|citizenship|h-?1b", value, re.IGNORECASE):
        return "a document" if _BEFORE.match(value) else "paperwork"
    if found := _IS.match(value):
        return f"{found.group()}my own"
    if value in COUNTRIES:
        return COUNTRIES[value]
    if not wide:
        return "somebody from abroad" if _BEFORE.match(value) else ""
    if wide.startswith("from"):
        return f"somebody {wide}" if _BEFORE.match(value) else wide
    article = "an" if wide.startswith(("A", "I")) else "a"
    return f"{article} {wide}" if _BEFORE.match(value) else wide


def _health(value: str) -> str:
    if re.match(r"on\b", value, re.IGNORECASE):
        return "on medication"
    if re.search(_CARERS, value, re.IGNORECASE):
        return "doctor"
    if re.search(_STATES, value, re.IGNORECASE):
        return "not quite well"
    if re.search(rf"\b(?:{DRUGS}|medication|meds|prescription)$", value, re.IGNORECASE):
        return "medication"
    return "some aid" if "wheelchair" in value else ""


def _beliefs(value: str) -> str:
    if re.match(r"voted?\b", value, re.IGNORECASE):
        return "voted" if value.lower().startswith("voted") else "vote"
    if re.match(r"(?:believe|go to|attend)\b", value, re.IGNORECASE):
        return "have my beliefs"
    if re.search(r"church|mosque|synagogue|parish|congregation|temple|study", value, re.IGNORECASE):
        return "community"
    if re.search(r"pastor|rabbi|imam|priest", value, re.IGNORECASE):
        return "adviser"
    return (
        "someone with beliefs" if not re.search(r"religion|faith", value, re.IGNORECASE) else "view of life"
    )


def _finances(value: str) -> str:
    if re.match(r"broke|bankrupt|unemployed|overdrawn|on\b|behind\b|[\w-]* ?in debt", value, re.IGNORECASE):
        return "short of money"
    if "bankruptcy" in value:
        return "had money trouble"
    said = generalize(Kind.MONEY, value)
    return "" if said == generalize(Kind.MONEY, "") else said


def _dates(value: str) -> str:
    said = generalize(Kind.DATE, value)
    return "" if said == generalize(Kind.DATE, "") else said


def _first(table: tuple[tuple[str, str], ...], value: str) -> str:
    return next((said for words, said in table if re.search(words, value, re.IGNORECASE)), "")


_WORDED: Final = {
    Trait.AGE: _age,
    Trait.PLACE: _place,
    Trait.JOB: _job,
    Trait.EMPLOYER: _employer,
    Trait.EDUCATION: _education,
    Trait.FAMILY: _family,
    Trait.ORIGIN: _origin,
    Trait.HEALTH: _health,
    Trait.BELIEFS: _beliefs,
    Trait.FINANCES: _finances,
    Trait.DATES: _dates,
}
