"""Decides span by span what happens to a text, before anything is replaced."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from app.privacy.people import without_title
from app.privacy.types import HIDING, Action, Finding, Kind

_STRENGTH: Final = (
    Action.KEEP,
    Action.ASK,
    Action.GENERALIZE,
    Action.STANDIN,
    Action.PLACEHOLDER,
    Action.BLOCK,
)
CONVERSATION: Final = "conversation"
"""Detector of what is hidden because it was hidden before."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A finding and what is to be done with it."""

    finding: Finding
    action: Action

    @property
    def is_hiding(self) -> bool:
        return self.action in HIDING

    @property
    def strength(self) -> tuple[int, int, bool, bool]:
        finding = self.finding
        length = finding.end - finding.start
        is_new = finding.detector != CONVERSATION
        return strength(self.action), length, finding.kind is Kind.LITERAL, is_new


def told(finding: Finding, text: str) -> str:
    """Return what a finding is about: of a person the name, without the title, which stays readable."""
    value = text[finding.start : finding.end]
    return without_title(value) if finding.kind is Kind.PERSON else value


def strength(action: Action) -> int:
    """Order actions by how much they take away."""
    return _STRENGTH.index(action)


def merge(planned: Iterable[Planned]) -> list[Planned]:
    """Make plans that do not overlap; no character that one of them hides becomes readable."""
    ordered = sorted(planned, key=lambda each: (each.finding.start, -each.finding.end))
    hiding: list[Planned] = []
    for each in ordered:
        if not each.is_hiding:
            continue
        if hiding and each.finding.start < hiding[-1].finding.end:
            hiding[-1] = _united(hiding[-1], each)
        else:
            hiding.append(each)
    readable = _rest([each for each in ordered if not each.is_hiding], hiding)
    return sorted(hiding + readable, key=lambda each: each.finding.start)


def _united(one: Planned, other: Planned) -> Planned:
    winner = max(one, other, key=lambda each: each.strength)
    start = min(one.finding.start, other.finding.start)
    end = max(one.finding.end, other.finding.end)
    return Planned(replace(winner.finding, start=start, end=end), winner.action)


def _rest(readable: list[Planned], hiding: list[Planned]) -> list[Planned]:
    """Keep of each readable finding the longest part that nothing hides."""
    rest: list[Planned] = []
    first = 0
    for each in readable:
        start, end = each.finding.start, each.finding.end
        while first < len(hiding) and hiding[first].finding.end <= start:
            first += 1
        parts, at, index = [], start, first
        while index < len(hiding) and hiding[index].finding.start < end:
            parts.append((at, hiding[index].finding.start))
            at = hiding[index].finding.end
            index += 1
        low, high = max([*parts, (at, end)], key=lambda part: part[1] - part[0])
        if high > low and not (rest and rest[-1].finding.end > low):
            rest.append(replace(each, finding=replace(each.finding, start=low, end=high)))
    return rest
