"""Shrinks what was said before, or a document, to the whole sentences that bear on a question.

Nothing is reworded and nothing is cut within a sentence, so no number, name, negation, quotation, code
or placeholder can be bent (LLMLingua drops tokens and breaks names). A sentence that takes back a part of
the one before it goes with it, or neither goes.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from app.core.aide.budget import tokens
from app.core.content_words import content_words, stem
from app.core.sentences import Sentence, sentences

if TYPE_CHECKING:
    from app.core.embeddings import Embedder

_WHOLE: Final = 150
"""Tokens up to which a passage is kept or left as a whole: a turn of a talk, a short paragraph."""
_LENT: Final = (0.7, 0.5, 0.3)
"""How much of a word the neighbours at distance 1, 2 and 3 lend: alone a sentence is often meaningless."""
_K1: Final = 1.2
_B: Final = 0.4
_MOST: Final = 400
"""Sentences whose meaning is looked at; of more, those that words and places speak for."""
_LEFT_OUT: Final = " \u2026 "
_TAKES_BACK: Final = re.compile(
    r"\b(?:unless|except\w*|however|only\s+(?:if|when)|not|cannot|never|nor|without|but|although|though|instead|otherwise"
    r"|no\s+longer|neither|nobody|nothing|none|excluding|apart\s+from|nicht|kein\w*|außer|jedoch|aber|sauf|pas|jamais"
    r"|mais|excepto|salvo|pero|nunca)\b|n['\u2019]t\b",
    re.IGNORECASE,
)  # fmt: skip
_REFERS: Final = re.compile(
    r"\W*(?:but|however|except\w*|unless|not|this|that|these|those|it|its|they|he|she|such|only|no|nor|never|although|though"
    r"|otherwise|instead|neither|none|there|then|and|so|yet|still|aber|jedoch|außer|dies\w*|das|es|mais|sauf|cela"
    r"|pero|salvo|esto)\b",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shrunk:
    """What is left of some passages."""

    kept: tuple[str, ...]
    """One a passage, in their order; empty where nothing of it is left."""
    before: int
    after: int
    """About how many tokens they had, and have."""

    @property
    def saved(self) -> int:
        return self.before - self.after

    @property
    def told(self) -> str:
        """Say what was saved; empty where nothing was."""
        return (
            f"Left out {self.saved:,} of {self.before:,} tokens that do not bear on this."
            if self.saved
            else ""
        )


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is kept or left as one: a sentence and those that take back a part of it."""

    passage: int
    start: int
    end: int
    text: str
    size: int


def shrink(passages: Sequence[str], question: str, budget: int, embedder: "Embedder") -> Shrunk:
    """Keep the sentences that bear most on a question, in their order, within a budget of tokens.

    Raises:
        MemoryFault: the embedder is missing or broken.
    """
    sizes = [tokens(each) for each in passages]
    before = sum(sizes)
    if before <= budget:
        return Shrunk(tuple(passages), before, before)
    units = [unit for place, text in enumerate(passages) for unit in _units(place, text, sizes[place])]
    scores = _scores(units, question, embedder)
    chosen: set[int] = set()
    room = budget
    for place in sorted(range(len(units)), key=lambda at: -scores[at]):
        if units[place].size <= room:
            chosen.add(place)
            room -= units[place].size
    kept = _joined([units[place] for place in sorted(chosen)], passages)
    return Shrunk(kept, before, sum(map(tokens, kept)))


def _units(passage: int, text: str, size: int) -> list[_Unit]:
    said = sentences(text)
    if size <= _WHOLE and said:
        return [_Unit(passage, said[0].start, said[-1].end, text[said[0].start : said[-1].end], size)]
    units: list[_Unit] = []
    last: Sentence | None = None
    for each in said:
        if last is not None and _belongs(last, each):
            start = units[-1].start
            units[-1] = replace(units[-1], end=each.end, text=text[start : each.end])
        else:
            units.append(_Unit(passage, each.start, each.end, each.text, 0))
        last = each
    # One more each: where something is left out before it, that is marked.
    return [replace(unit, size=tokens(unit.text) + 1) for unit in units]


def _belongs(one: Sentence, other: Sentence) -> bool:
    """Say whether a sentence takes back a part of what the one before it says."""
    if one.is_code or other.is_code or one.paragraph != other.paragraph or not _TAKES_BACK.search(other.text):
        return False
    return bool(_REFERS.match(other.text)) or not _stems(one.text).isdisjoint(_stems(other.text))


def _joined(units: Sequence[_Unit], passages: Sequence[str]) -> tuple[str, ...]:
    kept = [""] * len(passages)
    ends: dict[int, int] = {}
    for unit in units:
        end = ends.get(unit.passage)
        if end is not None:
            between = passages[unit.passage][end : unit.start]
            kept[unit.passage] += between if not between.strip() else _LEFT_OUT
        kept[unit.passage] += unit.text
        ends[unit.passage] = unit.end
    return tuple(kept)


def _scores(units: Sequence[_Unit], question: str, embedder: "Embedder") -> list[float]:
    said = _standard(_by_words(units, question))
    looked = sorted(range(len(units)), key=lambda at: (-said[at], at))[:_MOST]
    vectors = embedder.embed([question, *(units[at].text for at in looked)])
    near: list[float] = (vectors[1:] @ vectors[0]).tolist()
    meant = dict(zip(looked, _standard(near), strict=True))
    least = min(meant.values(), default=0.0)
    return [said[at] + meant.get(at, least) for at in range(len(units))]


def _by_words(units: Sequence[_Unit], question: str) -> list[float]:
    """Count words as BM25 does, with what the neighbours lend."""
    counted = [_counted(unit.text) for unit in units]
    average = sum(unit.size for unit in units) / max(1, len(units)) or 1.0
    scores = [0.0] * len(units)
    for word in _stems(question):
        found = [words.get(word, 0) for words in counted]
        count = sum(map(bool, found))
        if not count:
            continue
        weight = math.log(1 + (len(units) - count + 0.5) / (count + 0.5))
        part = [
            n and n / (n + _K1 * (1 - _B + _B * unit.size / average))
            for n, unit in zip(found, units, strict=True)
        ]
        for place, share in enumerate(_lent(part)):
            scores[place] += weight * share
    return scores


def _lent(part: Sequence[float]) -> list[float]:
    lacks = [1 - each for each in part]
    for distance, share in enumerate(_LENT, 1):
        for place in range(distance, len(part)):
            before, after = part[place - distance], part[place]
            lacks[place] *= 1 - share * before
            lacks[place - distance] *= 1 - share * after
    return [1 - each for each in lacks]


def _counted(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for word in content_words(text):
        counts[stem(word)] = counts.get(stem(word), 0) + 1
    return counts


def _stems(text: str) -> set[str]:
    return {stem(word) for word in content_words(text)}


def _standard(values: Sequence[float]) -> list[float]:
    """Measure values in standard deviations from their mean."""
    if not values:
        return []
    mean = sum(values) / len(values)
    spread = math.sqrt(sum((each - mean) ** 2 for each in values) / len(values))
    return [(each - mean) / spread if spread else 0.0 for each in values]
