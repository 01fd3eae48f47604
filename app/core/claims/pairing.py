"""Pairs the values of two answers: first the same ones, then those that stand in each other's place."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.core.claims.items import Claim, Item
from app.core.claims.values import Date, Name, Number, Value
from app.core.claims.words import content, stem

if TYPE_CHECKING:
    from app.core.embeddings import Vectors

NEAR = 0.4
"""From which nearness on two sentences are about the same."""

FAR = 0.1
"""Below it even the only value of each answer is about something else."""
COVERED = 0.5
"""Share of the values that must be the same before the last one on each side counts as changed."""
_SMALL = re.compile(r"\b[^\W\d_A-Z][^\W\d_]+\b")
_VERB = re.compile(r"(?:is|was|are|were|has|had|[a-z]{2,}(?:ed|[^s]s))\b")


_EVENTS = """
born birth|died die dies death dead
built build opened opens open|fell fall closed closes close demolished
founded established|dissolved disbanded
began begins begin started starts start|ended ends end finished
arrives arrived arrival|departs departed departure leaves left
bought buy|sold sell
earliest oldest|latest youngest newest
"""
_APART = tuple(
    tuple(frozenset(map(stem, side.split())) for side in line.split("|"))
    for line in _EVENTS.strip().split("\n")
)
"""When something began says nothing against when it ended."""


class Nearness:
    """How near each sentence of one answer is to each of the other, from 0 to 1."""

    def __init__(
        self,
        here: Sequence[Claim],
        there: Sequence[Claim],
        embed: "Callable[[Sequence[str]], Vectors] | None" = None,
    ) -> None:
        seen = Counter(word for claim in (*here, *there) for word in claim.words)
        self._weights = {word: 1 / count for word, count in seen.items()}
        self.rows = [[self._shared(one, two) for two in there] for one in here]
        if embed is not None and here and there:
            self._look(embed([claim.masked for claim in (*here, *there)]), len(here))
        for mine, row in zip(here, self.rows, strict=True):
            row[:] = [
                0.0 if _are_apart(mine.words, other.words) else near
                for other, near in zip(there, row, strict=True)
            ]

    def __call__(self, mine: Item, other: Item) -> float:
        return self.rows[mine.claim][other.claim]

    def _shared(self, one: Claim, two: Claim) -> float:
        both = self._weigh(one.words & two.words)
        sizes = sorted((self._weigh(one.words), self._weigh(two.words)))
        return both * (0.5 / sizes[0] + 0.5 / sizes[1]) if both else 0.0

    def _weigh(self, words: frozenset[str]) -> float:
        return sum(self._weights[word] for word in words)

    def _look(self, vectors: "Vectors", split: int) -> None:
        cosines = (vectors[:split] @ vectors[split:].T).tolist()
        for row, meant in zip(self.rows, cosines, strict=True):
            for place, cosine in enumerate(meant):
                row[place] = max(row[place], 1.5 * cosine - 0.6)


@dataclass(slots=True)
class Same:
    """The values that both answers have, and those that are left on either side."""

    pairs: list[tuple[Item, Item]] = field(default_factory=list)
    here: list[Item] = field(default_factory=list)
    there: list[Item] = field(default_factory=list)


def agreeing(here: Sequence[Claim], there: Sequence[Claim], near: Nearness, known: Sequence[Value]) -> Same:
    """Pair the values that are the same, those in the nearest sentences first."""
    mine, others = _items(here), _items(there)
    by_kind: dict[type, list[Item]] = {}
    for item in others:
        by_kind.setdefault(type(item.value), []).append(item)
    found = [
        (near(a, b), a, b) for a in mine for b in by_kind.get(type(a.value), ()) if same(a.value, b.value)
    ]
    found.sort(key=lambda each: -each[0])
    done_here, done_there, pairs = set[Item](), set[Item](), []
    for _, a, b in found:
        if a not in done_here and b not in done_there:
            pairs.append((a, b))
            done_here.add(a)
            done_there.add(b)
    # What one answer says twice is confirmed by the other's saying it once.
    done_here |= {a for _, a, b in found}
    done_there |= {b for _, a, b in found}
    small = frozenset(word for claim in (*here, *there) for word in _SMALL.findall(claim.text))

    def left(items: Sequence[Item], done: set[Item]) -> list[Item]:
        """What the question said is no news, and a word is no name."""
        return [
            item
            for item in items
            if item not in done and not _is_known(item, known) and not _is_a_word(item.value, small)
        ]

    return Same(pairs, left(mine, done_here), left(others, done_there))


def differing(near: Nearness, left: Same) -> list[tuple[Item, Item]]:
    """Pair the values that are left where one stands in the other's place."""
    rivals = {a: _rivals(a, left.there) for a in left.here} | {b: _rivals(b, left.here) for b in left.there}
    missing = max(sum(map(_is_sure, left.here)), sum(map(_is_sure, left.there)))
    is_covered = len(left.pairs) >= COVERED * (len(left.pairs) + missing)
    found = []
    for a in left.here:
        for b in left.there:
            is_last = is_covered or (missing == 1 and near(a, b) >= FAR)
            alone = rivals[a] == rivals[b] == 1 and is_last
            if score := _in_place(a, b, near(a, b), alone):
                found.append((score, a, b))
    found.sort(key=lambda each: -each[0])
    done, pairs = set[Item](), []
    for _, a, b in found:
        if a not in done and b not in done:
            pairs.append((a, b))
            done |= {a, b}
    return pairs


def same(one: Value, other: Value) -> bool:
    """Say whether two values may be the same; only those of one kind may."""
    match one, other:
        case Number(), Number():
            return one.agrees(other)
        case Name(), Name():
            return one.agrees(other)
        case Date(), Date():
            return one.agrees(other)
    return False


def _are_apart(one: frozenset[str], two: frozenset[str]) -> bool:
    """Say whether two sentences tell of events that exclude each other, and neither of both."""
    return any(
        (one & first and two & last and not (one & last or two & first))
        or (one & last and two & first and not (one & first or two & last))
        for first, last in _APART
    )


def _likeness(one: Value, other: Value) -> float:
    match one, other:
        case Number(), Number():
            return one.likeness(other)
        case Name(), Name():
            return one.likeness(other)
        case Date(), Date():
            return one.likeness(other)
    return 0.0


def _items(claims: Sequence[Claim]) -> list[Item]:
    return [item for claim in claims for item in claim.items]


def _is_known(item: Item, known: Sequence[Value]) -> bool:
    return any(same(item.value, value) for value in known)


def _is_a_word(value: Value, small: frozenset[str]) -> bool:
    """Say whether what looks like a name is written in small letters elsewhere."""
    return isinstance(value, Name) and all(word in small for word in value.words)


def _in_place(a: Item, b: Item, nearness: float, alone: bool) -> float:
    """Rate from 0 (no) upwards how surely two values stand in each other's place.

    Args:
        alone: they are the last on either side that could.
    """
    alike = _likeness(a.value, b.value)
    if not alike or not _may_be_names(a, b):
        return 0.0
    if nearness >= NEAR * (1.5 - alike) or (alone and alike == 1):
        return nearness + 0.2 * alike + 0.15 * alone
    return 0.0


def _rivals(item: Item, others: Sequence[Item]) -> int:
    """Count the values that may stand in the place of one."""
    return sum(_likeness(item.value, other.value) > 0.5 and _is_sure(other) for other in others)


def _may_be_names(a: Item, b: Item) -> bool:
    """Say whether two words that begin sentences are names: the same must follow, or a verb."""
    match _is_sure(a), _is_sure(b):
        case True, True:
            return True
        case False, False:
            one, two = a.after.split(), b.after.split()
            return one[:1] == two[:1] != [] and bool(content(a.after) & content(b.after))
    return bool(_VERB.match(b.after if _is_sure(a) else a.after))


def _is_sure(item: Item) -> bool:
    return not isinstance(item.value, Name) or item.value.is_sure
