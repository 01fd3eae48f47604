"""Claims with what can be compared in them."""

from dataclasses import dataclass

from app.core.claims.dates import dates
from app.core.claims.names import names
from app.core.claims.numbers import numbers
from app.core.claims.sentences import sentences
from app.core.claims.values import Date, Name, Number, Value
from app.core.claims.words import content

_MASKS = {Date: "some day", Number: "some", Name: "somebody"}


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A value where it stands; each is itself alone."""

    claim: int
    """The number of its sentence."""
    place: int
    """Its number within the sentence."""
    value: Value
    after: str
    """The words that follow."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer."""

    text: str
    masked: str
    """Without its values, so that what it is about decides how near it is to another."""
    words: frozenset[str]
    items: tuple[Item, ...]


def claims(text: str) -> list[Claim]:
    """Return the claims of an answer."""
    return [_claim(number, sentence) for number, sentence in enumerate(sentences(text))]


def _claim(number: int, sentence: str) -> Claim:
    found: list[tuple[int, int, Value]] = []
    for finder in (dates, numbers, names):
        for start, end, value in finder(sentence):
            if all(end <= begun or start >= ended for begun, ended, _ in found):
                found.append((start, end, value))
    found.sort(key=lambda each: each[0])
    masked, words, at = "", "", 0
    for start, end, value in found:
        masked += sentence[at:start] + _MASKS[type(value)]
        words += sentence[at:start] + (sentence[start:end] if isinstance(value, Name) else " ")
        at = end
    items = tuple(
        Item(number, place, value, sentence[end : end + 40].lstrip())
        for place, (_, end, value) in enumerate(found)
    )
    return Claim(sentence, masked + sentence[at:], content(words + sentence[at:]), items)
