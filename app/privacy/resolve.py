"""Turn overlapping findings into a clean, ordered list that covers all that was found."""

import heapq
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import takewhile

from app.privacy.affairs import is_own
from app.privacy.policy import DOUBTFUL
from app.privacy.types import Finding, Kind

_ORDER = (
    Kind.PRIVATE_KEY,
    Kind.SEED,
    Kind.SECRET,
    Kind.PASSWORD,
    Kind.CARD,
    Kind.NATIONAL_ID,
    Kind.OWN,
    Kind.LITERAL,
    Kind.IBAN,
    Kind.EMAIL,
    Kind.URL,
    Kind.PASSPORT,
    Kind.ACCOUNT,
    Kind.PHONE,
    Kind.MAC,
    Kind.IP,
    Kind.COORDINATES,
    Kind.ADDRESS,
    Kind.BIRTHDATE,
    Kind.RECORD,
    Kind.USERNAME,
    Kind.PERSON,
    Kind.HOST,
    Kind.ORG,
    Kind.PLACE,
    Kind.INCOME,
    Kind.AGE,
    Kind.MONEY,
    Kind.DATE,
    Kind.SENSITIVE,
)
"""Which kind a merged finding gets. What is hidden at every level comes first, or a merge would weaken it."""

SURE = 0.5
_DOUBTED = 0.2
_RANK = {kind: rank for rank, kind in enumerate(_ORDER)}
_SOFT = frozenset({Kind.DATE, Kind.AGE, Kind.MONEY, Kind.SENSITIVE})
"""Kinds that may stay readable: they give way to others instead of growing together with them."""

_EXACT = frozenset(
    {Kind.EMAIL, Kind.URL, Kind.PHONE, Kind.IBAN, Kind.CARD, Kind.NATIONAL_ID, Kind.IP, Kind.MAC}
)
"""Kinds with a form of their own, so that their bounds are known to the letter."""

_TELLING = frozenset(
    {
        Kind.PERSON,
        Kind.EMAIL,
        Kind.PHONE,
        Kind.ADDRESS,
        Kind.USERNAME,
        Kind.BIRTHDATE,
        Kind.NATIONAL_ID,
        Kind.PASSPORT,
        Kind.RECORD,
        Kind.ORG,
        Kind.IBAN,
        Kind.ACCOUNT,
        Kind.CARD,
        Kind.OWN,
    }
)
"""Kinds that say that a text is about a person and not about the world."""


def resolve(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Merge what overlaps, let readable findings give way to hidden ones, and put all in order.

    No character that a hidden finding covers is lost.
    """
    hard: list[Finding] = []
    soft: list[Finding] = []
    for finding in findings:
        (soft if finding.kind in _SOFT or finding.public else hard).append(finding)
    taken = _merged(hard)
    statements = sorted((each for each in soft if each.kind is Kind.SENSITIVE), key=_start)
    # A statement comes late, since it stays readable where a name that stands in it must not.
    for finding in sorted(soft, key=lambda each: (_gives_way(each, statements), *_strength(each))):
        free = _largest_gap(finding, taken)
        if free:
            insort(taken, free, key=_start)
    return tuple(taken)


def _gives_way(finding: Finding, statements: list[Finding]) -> int:
    """Let names go before sensitive statements, but not what may be a name and holds a statement."""
    if finding.kind is Kind.SENSITIVE:
        return 1
    first = bisect_left(statements, finding.start, key=_start)
    inside = takewhile(lambda each: each.start < finding.end, _from(statements, first))
    is_unsure = finding.public and finding.score < SURE
    return 2 if is_unsure and any(each.end <= finding.end for each in inside) else 0


def _start(finding: Finding) -> int:
    return finding.start


def personal(findings: Iterable[Finding], text: str) -> tuple[Finding, ...]:
    """Count public names as private in a text about a person or from him: together they tell more.

    In any other text a public name of which no detector is sure is doubtful. What is doubtful stays public.
    """
    listed = tuple(findings)
    told = any(finding.kind in _TELLING and not finding.public for finding in listed)
    if not told and not is_own(text):
        return tuple(_doubted(each) if each.public and each.score < SURE else each for each in listed)
    return tuple(_as_private(each) if each.public and each.score >= DOUBTFUL else each for each in listed)


def _as_private(finding: Finding) -> Finding:
    return replace(finding, public=False)


def _doubted(finding: Finding) -> Finding:
    return replace(finding, score=min(finding.score, _DOUBTED))


def without_parts(findings: Iterable[Finding]) -> list[Finding]:
    """Leave out what is only a part of a longer public name of its kind: "Marie" of "Marie Curie"."""
    listed = list(findings)
    whole = [each for each in listed if each.public and each.score >= SURE]
    return [each for each in listed if each.public or not any(_is_part(each, other) for other in whole)]


def _is_part(finding: Finding, whole: Finding) -> bool:
    is_shorter = finding.end - finding.start < whole.end - whole.start
    return (
        finding.kind is whole.kind
        and is_shorter
        and whole.start <= finding.start
        and finding.end <= whole.end
    )


def _strength(finding: Finding) -> tuple[bool, bool, int, int, int]:
    """Order what may stay readable: what is likely first, then by kind and length."""
    is_doubtful = finding.public and finding.score < DOUBTFUL
    is_unsure = finding.public and finding.score < SURE
    return is_doubtful, is_unsure, _RANK[finding.kind], finding.start - finding.end, finding.start


def _merged(findings: list[Finding]) -> list[Finding]:
    """Join what overlaps, but where two merely touch, let what has an exact form keep its own bounds.

    So a name that was drawn too far, into an address behind it, does not swallow the address.
    """
    merged: list[Finding] = []
    waiting = [(each.start, -each.end, number, each) for number, each in enumerate(findings)]
    heapq.heapify(waiting)
    while waiting:
        *_, number, finding = heapq.heappop(waiting)
        last = merged[-1] if merged else None
        if last is None or last.end <= finding.start:
            merged.append(finding)
        elif last.start < finding.start and last.end < finding.end and _is_exact(finding, last):
            merged[-1] = replace(last, end=finding.start)
            merged.append(finding)
        elif last.start < finding.start and last.end < finding.end and _is_exact(last, finding):
            rest = replace(finding, start=last.end)
            heapq.heappush(waiting, (rest.start, -rest.end, number, rest))  # others may begin before it
        else:
            best = min(last, finding, key=lambda each: (_RANK[each.kind], -each.score))
            merged[-1] = _at(best, last.start, max(last.end, finding.end))
    return merged


def _is_exact(finding: Finding, other: Finding) -> bool:
    """Say whether one knows its bounds and the other, weaker one does not."""
    is_known, is_vague = finding.kind in _EXACT, other.kind not in _EXACT
    return is_known and is_vague and _RANK[finding.kind] < _RANK[other.kind]


def _largest_gap(finding: Finding, taken: list[Finding]) -> Finding | None:
    """Cut away what is taken, a list in order without overlaps, and keep the longest rest."""
    best, at = (finding.start, finding.start), finding.start
    first = max(0, bisect_right(taken, finding.start, key=_start) - 1)
    for block in takewhile(lambda block: block.start < finding.end, _from(taken, first)):
        if block.start - at > best[1] - best[0]:
            best = (at, block.start)
        at = max(at, block.end)
    if finding.end - at > best[1] - best[0]:
        best = (at, finding.end)
    return _at(finding, *best) if best[0] < best[1] else None


def _at(finding: Finding, start: int, end: int) -> Finding:
    """Move a finding; most stay where they are, and a copy costs."""
    is_there = (finding.start, finding.end) == (start, end)
    return finding if is_there else replace(finding, start=start, end=end)


def _from(taken: list[Finding], first: int) -> Iterator[Finding]:
    return (taken[at] for at in range(first, len(taken)))
