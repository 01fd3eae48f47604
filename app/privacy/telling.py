"""Which facts about the person a text would tell as it stands.

The first person alone counts: "I'm a nurse" and "my wife", not "my brother is a nurse" or "what do nurses
earn". What is said of others says little about who asks, and a warning that comes too often is not read.
What is generalized ("in my 30s") does not count: that is what it was generalized for.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from app.privacy.errors import PrivacyError
from app.privacy.trait import Reveal, Trait
from app.privacy.trait_rules import AM_RULES, AS_RULES, BRACKET, DO_RULES, MY_RULES, Rule, Span, spaced
from app.privacy.types import HIDING, Decided, Finding, Kind

BROKEN: Final = "What the text would tell about you could not be checked. Nothing was sent."

_SELF: Final = spaced(
    r"(?<![\w'@.])(?:i'?m|i(?:'(?:ve|ll|d))?|we(?:'(?:re|ve|ll|d))?|my|our|me|as|ive)(?![\w@])"
)
_ADVERBS = (
    r"(?: (?:also|now|just|still|currently|actually|only|already|almost|nearly|about|both|really|myself|once"
    r"|used to"
    r"|turning|even|[a-z]{3,12}ly)){0,2}"
)
_AM: Final = spaced(
    rf"(?:i'?m|i am|i was|i've been|i have been|i'll be|i will be|we're|we are|we were|i became|i'm"
    rf" turning){_ADVERBS}"
)
_DO: Final = spaced(rf"(?:ive|i|we)(?:'(?:ve|ll|d))?{_ADVERBS}")
_HAVE: Final = spaced(rf" (?:have been|had been|been|have|had|will|would){_ADVERBS}")
_BARE_AGE: Final = spaced(
    r" (?P<v>[1-9]\d)(?=\s{0,2}(?:[,;!?)]|\.(?!\d)|\n|$)|"
    r" (?:and|but|with|now|so|who|when|living|from|working|male|female|this year|next)\b)"
)
_AGES: Final = range(5, 111)
_LITTLE: Final = 3
"""Letters that are left of what was hidden tell nothing by themselves: an article, "of"."""
_WINDOW: Final = 110
"""Characters before a finding that are looked at."""
_SENTENCE: Final = re.compile(r"[.!?](?=\s)|\n\n|[;:]")
_TRAITS: Final = tuple(Trait)
_HIDDEN: Final = b"\1"
_EDGE: Final = " \t\r\n.,;:!?'\"()[]-\u2019"
_SINGLE: Final = frozenset(
    {Trait.AGE, Trait.PLACE, Trait.EMPLOYER, Trait.ORIGIN, Trait.FINANCES, Trait.DATES}
)
"""Where part of a value is hidden, the rest of it tells nothing."""

_ME = r"(?<![\w'])(?:i|we)(?:'(?:m|re|ve|ll|d))?"
_GAP = (
    r"(?: (?!going|travel|fly|visit|head|plan|look|interest|curious|read|learn|writ|research"
    r"|hop)[\w'-]{1,20}){0,5}?"
)
_HOME_CUE: Final = spaced(
    rf"(?:(?<![\w'])(?:i'?m|i am|i was|we're|we are){_GAP}|{_ME}(?: [\w'-]{{1,12}}){{0,2}}?"
    r" (?:liv|mov|resid|relocat|stay|settl|work|stud|rent|commut|bought|own|teach|run)[a-z]{0,5}"
    r"(?: [\w'-]{1,20}){0,4}?|(?<![\w'])(?:my|our)(?: [\w'-]{1,20}){0,3}?|(?<!\w)here)"
    r" (?:in|at|near|outside|around|to|from)(?: the| downtown| central| rural)? ?\Z"
)
_FROM_CUE: Final = spaced(
    r"(?:\bfrom|\bborn (?:and raised )?(?:in|near)|\b(?:grew up|raised) (?:in|near)) ?\Z"
)
_WORK_CUE: Final = spaced(
    rf"(?:{_ME}(?: [\w'-]{{1,12}}){{0,2}}? (?:work|employ|intern|consult|hired|fired|join|quit|left"
    rf"|resign)[a-z]{{0,4}}"
    r"(?: [\w'-]{1,20}){0,4}?|(?<![\w'])(?:i'?m|i am)(?: [\w'-]{1,20}){1,5} at"
    r"|(?<![\w'])my(?: [\w'-]{1,15})? (?:employer|company|firm|boss|job|work|manager|office|shift|team),?)"
    r"(?: is)?(?: (?:at|for|with|by|from))?(?: the)? ?\Z"
)
_STUDY_CUE: Final = spaced(
    rf"{_ME}(?: [\w'-]{{1,12}}){{0,2}}? (?:stud|graduat|attend|enrol|go to|went to)[a-z]{{0,6}}(?:"
    rf" [\w'-]{{1,20}}){{0,4}}? ?\Z"
    r"|(?<![\w'])(?:i'?m|i am) an? (?:[\w'-]{1,20} ){0,3}student (?:at|of)(?: the)? ?\Z"
)
_AGE_CUE: Final = spaced(
    r"(?<![\w'])(?:i'?m|i am|i was|i turned|i just turned|i'll be|as an?|my age is|me)"
    r"(?:,? (?!is\b|are\b|my\b|his\b|her\b|their\b|our\b|who)[\w'-]{1,20}){0,5},? ?[(\[]?\Z"
)
_MONEY_CUE: Final = spaced(
    rf"(?:{_ME}(?: [\w'-]{{1,12}}){{0,2}}? (?:earn|make|made|owe|saved|inherit|borrow|get paid|bring home"
    rf"|take home)"
    r"[a-z]{0,3}|(?<![\w'])(?:my|our)(?: [\w'-]{1,15}){0,2}? (?:salary|income|wages?|pay|rent|mortgage"
    r"|debts?|savings"
    r"|loans?|pension|bonus|inheritance))(?: [\w'-]{1,15}){0,4}? ?\Z"
)
_EVENT_CUE: Final = spaced(
    r"(?<![\w'])(?:(?:my|our) \w|(?:i|we)(?:'(?:m|ve|ll|re|d))? (?!(?:want|wonder|need|read|heard|know|think"
    r"|guess"
    r"|believe|wish|would|could|can|should|understand|saw|like|love|hope|mean)\b)\w)"
)
_FAR_DATE: Final = re.compile(r"\d|(?-i:[A-Z][a-z]{2})")


def reveals(text: str, decided: Sequence[Decided]) -> tuple[Reveal, ...]:
    """Say what a text would tell about the person: in order, not overlapping, and nothing that is hidden.

    Raises:
        PrivacyError: it cannot be said.
    """
    try:
        hidden = [_span(each.finding) for each in decided if each.action in HIDING]
        readable = [each.finding for each in decided if each.action not in HIDING]
        return _apart([*_from_rules(text), *_from_findings(text, readable)], hidden, text)
    except Exception:
        pass
    raise PrivacyError(BROKEN)


def _from_rules(text: str) -> Iterator[Reveal]:
    for found in _SELF.finditer(text):
        at = found.start()
        match found.group().lower():
            case "my" | "our":
                yield from _tried(MY_RULES, text, found.end())
            case "me":
                yield from _tried((BRACKET,), text, found.end())
            case "as":
                yield from _tried(AS_RULES, text, found.end())
            case _:
                yield from _said_by_me(text, at, found.end())


def _said_by_me(text: str, at: int, end: int) -> Iterator[Reveal]:
    yield from _tried((BRACKET,), text, end)
    if am := _AM.match(text, at):
        yield from _tried(AM_RULES, text, am.end())
        if bare := _BARE_AGE.match(text, am.end()):
            yield Reveal(Trait.AGE, at, bare.end("v"))
    if do := _DO.match(text, at):
        yield from _tried(DO_RULES, text, do.end())
        if have := _HAVE.match(text, do.end()):
            yield from _tried(DO_RULES, text, have.end())


def _tried(rules: Iterable[Rule], text: str, at: int) -> Iterator[Reveal]:
    for rule in rules:
        match = rule.pattern.match(text, at)
        span = rule.pick(match) if match else None
        if span is not None and (rule.trait is not Trait.AGE or _is_age(text[slice(*span)])):
            yield Reveal(rule.trait, *span)


def _is_age(said: str) -> bool:
    number = re.search(r"\d+", said)
    return number is not None and (int(number.group()) in _AGES or len(number.group()) == 4)


def _from_findings(text: str, readable: Iterable[Finding]) -> Iterator[Reveal]:
    for finding in readable:
        trait = _trait_of(finding, partial(_before, text, finding.start), text)
        if trait is not None:
            yield Reveal(trait, finding.start, finding.end)


def _trait_of(finding: Finding, before: Callable[[], str], text: str) -> Trait | None:
    match finding.kind:
        case Kind.SENSITIVE:
            return next((trait for word, trait in _SENSITIVE.items() if word in finding.why), None)
        case Kind.AGE | Kind.BIRTHDATE:
            return Trait.AGE if _AGE_CUE.search(before()) else None
        case Kind.PLACE | Kind.ADDRESS:
            if not _HOME_CUE.search(said := before()):
                return None
            return Trait.ORIGIN if _FROM_CUE.search(said) else Trait.PLACE
        case Kind.ORG:
            if _STUDY_CUE.search(said := before()):
                return Trait.EDUCATION
            return Trait.EMPLOYER if _WORK_CUE.search(said) else None
        case Kind.INCOME:
            return Trait.FINANCES
        case Kind.MONEY:
            return Trait.FINANCES if _MONEY_CUE.search(before()) else None
        case Kind.DATE:
            is_day = _FAR_DATE.search(text, finding.start, finding.end)
            return Trait.DATES if is_day and _EVENT_CUE.search(before()) else None
        case _:
            return None


_SENSITIVE: Final = {
    "health": Trait.HEALTH,
    "faith": Trait.BELIEFS,
    "politics": Trait.BELIEFS,
    "money": Trait.FINANCES,
    "debt": Trait.FINANCES,
    "income": Trait.FINANCES,
}
"""What the reason of a sensitive finding names; law and love have no trait and are asked about each time."""


def _before(text: str, at: int) -> str:
    """Return the sentence up to here, as far as it is looked at."""
    said = text[max(0, at - _WINDOW) : at]
    return _SENTENCE.split(said)[-1]


def _apart(found: Iterable[Reveal], hidden: Iterable[Span], text: str) -> tuple[Reveal, ...]:
    """Cut off what is hidden; where two traits share words, the longer span gives way."""
    taken = bytearray(len(text))
    for start, end in hidden:
        taken[start:end] = _HIDDEN * (end - start)
    kept: list[Reveal] = []
    for each in sorted(set(found), key=lambda reveal: (reveal.end - reveal.start, reveal.start)):
        mark, there = bytes([_TRAITS.index(each.trait) + 2]), taken[each.start : each.end]
        if mark in there or (each.trait in _SINGLE and _HIDDEN in there):
            continue
        start, end = _longest_free(taken, each.start, each.end)
        while start < end and text[start] in _EDGE:
            start += 1
        while start < end and text[end - 1] in _EDGE:
            end -= 1
        is_rest = end - start < each.end - each.start
        if end - start > (_LITTLE if is_rest else 0):
            taken[start:end] = mark * (end - start)
            kept.append(Reveal(each.trait, start, end))
    return tuple(sorted(kept, key=lambda reveal: reveal.start))


def _longest_free(taken: bytearray, start: int, end: int) -> Span:
    best = (start, start)
    at = start
    while at < end:
        first = taken.find(0, at, end)
        if first < 0:
            break
        at = first
        while at < end and not taken[at]:
            at += 1
        best = max(best, (first, at), key=lambda span: span[1] - span[0])
    return best


def _span(finding: Finding) -> Span:
    return finding.start, finding.end
