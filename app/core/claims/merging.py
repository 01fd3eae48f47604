"""Puts what only this computer knows about the person into the cloud's answer, by whole sentences.

Nothing is told anew: the cloud's sentences stay as they are, and a sentence of the local draft is taken only
if it carries a remembered fact and hardly anything else; otherwise the fact itself, in the person's words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.core.claims.items import Claim, claims
from app.core.claims.pairing import Nearness, same
from app.core.claims.polarity import clauses, contradictions
from app.core.claims.values import Value
from app.core.claims.words import content, stem
from app.core.edit import may_be_address
from app.core.sentences import Sentence, sentences
from app.core.types import Origin, Piece

_LONGEST: Final = 300
"""Characters of a sentence that is taken over."""
_CARRIED: Final = 0.6
"""Share of a fact's telling words that a sentence must hold to carry it."""
_NEW: Final = 0.25
"""Share of a sentence's words that may come from neither the facts nor the question."""
_BLANK: Final = re.compile(
    r"\[(?:(?:insert|enter|add|your|the|my)\s+)*([A-Za-z][A-Za-z' /-]{1,40})\]", re.IGNORECASE
)
_IS: Final = re.compile(
    r"^(.*?)\b(?:is called|are called|is named|is|are|was|at|in|on)\s+(?:called\s+)?(.+?)[.!]?$"
)
_SPEAKER: Final = re.compile(r"\b(?:I|I'm|I've|[Ww]e|[Mm]y|[Oo]ur)\b")
_ENDS: Final = re.compile(
    r"^\W*(?:dear|hi|hello|hey|to whom|subject|sincerely|best|kind|warm|yours|regards|thank|thanks|cheers"
    r"|love|here is|here's|sure|certainly|of course)\b",
    re.IGNORECASE,
)
_KNOWS_NOTHING: Final = re.compile(
    r"\b(?:I (?:do not|don't|cannot|can't) (?:know|have access|have any|see|tell)|as an AI"
    r"|without knowing more|no access to your|don't have (?:any )?information about you)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Merged:
    """An answer made of both, and which facts came into it."""

    pieces: tuple[Piece, ...]
    used: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Change:
    """What stands between two places of the cloud's answer now."""

    start: int
    end: int
    text: str
    fact: int


def merge(cloud: Sequence[Piece], draft: str, facts: Sequence[str], question: str = "") -> Merged:
    """Merge the sentences of a draft that carry facts, which the cloud could not know, into its answer."""
    text = "".join(piece.text for piece in cloud)
    changes = _filled(text, facts)
    filled = {change.fact for change in changes}
    news = [
        number
        for number in range(len(facts))
        if number not in filled and not _tells(text, facts[number], question)
    ]
    changes += _added(text, draft, facts, news, question)
    changes.sort(key=lambda change: (change.start, change.end))
    kept: list[_Change] = []
    for change in changes:
        if not kept or change.start >= kept[-1].end:
            kept.append(change)
    return Merged(_pieces(cloud, kept), frozenset(change.fact for change in kept))


def _filled(text: str, facts: Sequence[str]) -> list[_Change]:
    """Fill blanks such as [Your Name] from a fact that names the same thing."""
    found = []
    for blank in _BLANK.finditer(text):
        if may_be_address(text[: blank.start()]):
            continue
        label = content(blank[1].replace("'s", ""))
        label = label - {stem("name")} or label
        for number, fact in enumerate(facts):
            said = _IS.match(fact)
            if said and label and label <= content(said[1]) and not _SPEAKER.search(said[2]):
                found.append(_Change(*blank.span(), said[2], number))
                break
    return found


def _added(text: str, draft: str, facts: Sequence[str], news: Sequence[int], question: str) -> list[_Change]:
    body = sentences(text)
    known = [
        item.value for told in (text, question, *facts) for claim in claims(told) for item in claim.items
    ]
    changes: list[_Change] = []
    open_facts = list(news)
    for sentence in sentences(draft):
        said = sentence.text.strip()
        carried = [n for n in open_facts if _tells(said, facts[n], question)]
        if not carried or _denies(said, [facts[n] for n in carried]):
            continue
        told = [facts[n] for n in carried]
        if not (_may_be_taken(sentence, known) and _adds_little(said, [question, *told])):
            # The small model embroiders: the person's own words are truer, where the text speaks as he does.
            if not (_SPEAKER.search(text) and _SPEAKER.search(told[0])):
                continue
            said, carried = told[0], carried[:1]
        changes.append(_placed(text, said, body, carried[0]))
        open_facts = [n for n in open_facts if n not in carried]
    return changes


def _adds_little(said: str, sources: Sequence[str]) -> bool:
    """Say whether a sentence holds few words beside those of the facts and the question."""
    words = content(said)
    new = words - frozenset(word for source in sources for word in content(source))
    return len(new) <= max(1, _NEW * len(words))


def _tells(text: str, fact: str, question: str) -> bool:
    """Say whether a text tells a fact: its values, or most of the words that the question does not hold."""
    asked = content(question)
    telling = content(fact) - asked
    values = [item.value for claim in claims(fact) for item in claim.items]
    if values:
        told = [item.value for claim in claims(text) for item in claim.items]
        if all(any(same(value, each) for each in told) for value in values):
            return True
    return bool(telling) and len(telling & content(text)) >= _CARRIED * len(telling)


def _may_be_taken(sentence: Sentence, known: Sequence[Value]) -> bool:
    said = sentence.text.strip()
    if (
        sentence.is_code
        or len(said) > _LONGEST
        or said.endswith("?")
        or _ENDS.match(said)
        or _BLANK.search(said)
    ):
        return False
    if not said.endswith((".", "!")):
        return False
    items = [item for claim in claims(said) for item in claim.items]
    return all(any(same(item.value, value) for value in known) for item in items)


def _denies(said: str, facts: Sequence[str]) -> bool:
    return bool(contradictions(clauses(said), [clause for fact in facts for clause in clauses(fact)]))


def _placed(text: str, said: str, body: Sequence[Sentence], fact: int) -> _Change:
    """Find the place: instead of a sentence that knows nothing, or after the nearest one of the body."""
    body = [each for each in body if not may_be_address(text[: each.end])]
    for sentence in body:
        if _KNOWS_NOTHING.search(sentence.text):
            return _Change(sentence.start, sentence.end, said, fact)
    prose = [
        each
        for each in body
        if not each.is_code and not _ENDS.match(each.text) and each.text.rstrip()[-1:] in ".!?"
    ]
    if not prose:
        end = len(text.rstrip())
        return _Change(end, end, f"\n\n{said}" if end else said, fact)
    near = Nearness(_joined([said]), _joined([each.text for each in prose])).rows[0]
    best = max(range(len(prose)), key=lambda place: (near[place], place))
    end = prose[best].start + len(prose[best].text.rstrip())
    return _Change(end, end, f" {said}", fact)


def _joined(texts: Sequence[str]) -> list[Claim]:
    """Make one claim of each text."""
    return [(claims(text.replace("\n", " ")) or [Claim(text, text, frozenset(), ())])[0] for text in texts]


def _pieces(cloud: Sequence[Piece], changes: Sequence[_Change]) -> tuple[Piece, ...]:
    """Cut the cloud's pieces where something is changed; what stays keeps its origin."""
    found: list[Piece] = []
    at = 0
    for change in changes:
        found += _cut(cloud, at, change.start)
        found.append(Piece(change.text, Origin.LOCAL))
        at = change.end
    return (*found, *_cut(cloud, at, sum(len(piece.text) for piece in cloud)))


def _cut(cloud: Sequence[Piece], start: int, end: int) -> list[Piece]:
    found, at = [], 0
    for piece in cloud:
        text = piece.text[max(0, start - at) : max(0, end - at)]
        at += len(piece.text)
        if text:
            found.append(Piece(text, piece.origin))
    return found
