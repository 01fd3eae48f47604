"""Whether a draft has as many words, sentences, paragraphs or items as were asked for."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from app.core.verify.amount import NUMBER, Amount, amount, pattern, value
from app.core.verify.fault import Draft, Fault, Kind, wish

_WORDS: Final = pattern("words?")
_CHARACTERS: Final = pattern("characters?")
_SENTENCES: Final = pattern("sentences?|sätzen?|phrases|oraciones|frasi")
_PARAGRAPHS: Final = pattern("paragraphs?|absätzen?|paragraphes?|párrafos?|paragrafi")
_BULLETS: Final = pattern("bullet(?:ed)?(?: points?)?|bullets")
_ITEMS: Final = pattern(
    "items|things|reasons|ideas|tips|examples|steps|ways|facts|names|titles|suggestions|options|questions|"
    "points|benefits|advantages|disadvantages|recommendations|slogans|headlines|books|films|movies|places"
)
_SECTIONS: Final = pattern("sections?|parts|chapters")
_PLACEHOLDERS: Final = pattern("placeholders?")
_HIGHLIGHTS: Final = re.compile(
    rf"\bhighlight(?:ing)?\s+(?:at least\s+)?({NUMBER})\b|\b({NUMBER})\s+(?:or more\s+)?highlighted\b",
    re.IGNORECASE,
)
_MAKES: Final = re.compile(
    r"\b(?:in|with|use|using|have|has|contain\w*|be|of|write|least|than|most|about)\W*$", re.I
)
_LENGTH_OF: Final = re.compile(
    r"^[\s-]*(?:long|summary|essay|story|post|article|letter|email|poem|text|response|answer|review|blog|speech|"
    r"description|paragraph|report|abstract|biography|bio|message|or (?:more|less|fewer)|in length|[.,;!]|$)",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"\b(?:give|list|write|name|provide|suggest|tell|make|generate|create|include|offer|share|propose|brainstorm|"
    r"come up with|think of|i (?:need|want))\b[^.?!\n]{0,50}$",
    re.IGNORECASE,
)
_HIGHLIGHTED: Final = re.compile(r"(?<!\*)\*(?!\*)[^*\n]+\*|\*\*[^*\n]+\*\*")
_DIVIDER: Final = re.compile(r"\n\s*(?:\*\*\*|\* \* \*|---)\s*(?:\n|$)")


def check(question: str, draft: Draft) -> Iterator[Fault | None]:
    """Yield what is not as many as was asked for; None for each amount that is."""
    for units in (_lengths, _lists, _marks):
        yield from units(question, draft)


def _lengths(question: str, draft: Draft) -> Iterator[Fault | None]:
    if found := _asked(question, _WORDS, _is_length):
        loose = Amount(0.8 * found.low, 1.25 * found.high) if found.bare else found
        yield from _fault(Kind.LENGTH, "words", len(draft.words), loose)
    if found := _asked(question, _CHARACTERS, lambda match: bool(match["relation"])):
        yield from _fault(Kind.LENGTH, "characters", len(draft.text), found)
    if found := _asked(question, _SENTENCES, _is_made):
        yield from _fault(Kind.COUNT, "sentences", len(draft.sentences), found)
    if found := _asked(question, _PARAGRAPHS, _is_made):
        count = len(draft.paragraphs)
        if "***" in question:
            count = len([each for each in _DIVIDER.split(draft.text) if each.strip()])
        yield from _fault(Kind.COUNT, "paragraphs", count, found)


def _lists(question: str, draft: Draft) -> Iterator[Fault | None]:
    if found := _asked(question, _BULLETS, lambda _: True):
        yield from _fault(Kind.COUNT, "bullet points", draft.bullets, found)
    elif draft.bullets and (found := _asked(question, _ITEMS, _is_listed)):
        # A list of another length may hold what was asked for one level down: little weight.
        yield from _fault(Kind.COUNT, "items", draft.bullets, found, 0.5)


def _marks(question: str, draft: Draft) -> Iterator[Fault | None]:
    if "[" in question and (found := _asked(question, _PLACEHOLDERS, lambda _: True)):
        at_least = Amount(found.low, float("inf")) if found.bare else found
        yield from _fault(
            Kind.COUNT, "placeholders", len(re.findall(r"\[[^\[\]\n]+\]", draft.text)), at_least
        )
    if match := _HIGHLIGHTS.search(question):
        least = Amount(value(match[1] or match[2]), float("inf"))
        yield from _fault(Kind.COUNT, "highlighted parts", len(_HIGHLIGHTED.findall(draft.text)), least)
    name = re.search(
        r"\b(SECTION|Section|PART|Part|CHAPTER|Chapter|PARAGRAPH|Day|DAY)\s+(?:X\b|1\b|\d)", question
    )
    if name and (found := _asked(question, _SECTIONS, lambda _: True)):
        count = len(re.findall(rf"\b{name[1]}\s+(?:\d+|[IVX]+)\b", draft.text))
        yield from _fault(Kind.COUNT, "sections", count, Amount(found.low, float("inf")))


def _asked(question: str, unit: re.Pattern[str], holds: Callable[[re.Match[str]], bool]) -> Amount | None:
    """Return what all amounts of a unit together allow; None where there is none, or they contradict."""
    found = [amount(each) for each in unit.finditer(question) if holds(each)]
    if not found:
        return None
    low, high = max(each.low for each in found), min(each.high for each in found)
    return Amount(low, high, all(each.bare for each in found)) if low <= high else None


def _is_length(match: re.Match[str]) -> bool:
    """Say whether so many words are the length of the answer and not a part of what it is about."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    if (
        re.match(r"\s+(?:per|each|in (?:each|every|the)|of|that|which|with|from)\b", after)
        and not match["relation"]
    ):
        return False
    return bool(match["relation"] or _MAKES.search(before) or _LENGTH_OF.match(after))


def _is_listed(match: re.Match[str]) -> bool:
    return bool(_is_made(match) and _ASKS.search(match.string[: match.start()]))


def _is_made(match: re.Match[str]) -> bool:
    """Say whether the amount is asked for; "the two sentences below" are there already."""
    before = match.string[max(0, match.start() - 30) : match.start()].lower()
    if re.search(r"\b(?:these|those|following|above|first|last|next|are|were|there)\s*$", before):
        return False
    return not re.match(r"\s+(?:below|above|each|per)\b", match.string[match.end() :])


def _fault(kind: Kind, unit: str, count: int, wanted: Amount, weight: float = 1.5) -> Iterator[Fault | None]:
    told = f"The draft has {count} {unit}, which is not what you asked for."
    yield wish(count in wanted, kind, told, weight)
