"""Faults of a draft that can be found by rule, without asking any model."""

from dataclasses import dataclass

from app.core.verify import counts, form, language, sums, whole, wording
from app.core.verify.fault import Draft, Fault, Kind

__all__ = ["Examined", "Fault", "Kind", "check", "examine", "faults"]

_LONGEST = 20_000
"""Characters of a draft that are looked at."""
_EDGE = 1_000
"""Characters at each end of a long question in which wishes are looked for."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What rules found out about a draft."""

    faults: tuple[Fault, ...] = ()
    """The heaviest first."""
    kept: int = 0
    """Wishes of the question that can be checked, and that the draft keeps to."""


def examine(question: str, draft: str, truncated: bool = False) -> Examined:
    """Look what is wrong with a draft, and what it does as it was asked to; see `check`."""
    given = Draft(draft[:_LONGEST])
    found: list[Fault | None] = [*whole.check(question, given, truncated)]
    if given.text:
        wishes = question if len(question) <= 2 * _EDGE else f"{question[:_EDGE]}\n{question[-_EDGE:]}"
        found += sums.check(given)
        for rules in (form, counts, wording, language):
            found += rules.check(wishes, given)
    faults = sorted((fault for fault in found if fault is not None), key=lambda fault: -fault.weight)
    return Examined(tuple(faults), len(found) - len(faults))


def check(question: str, draft: str, truncated: bool = False) -> tuple[Fault, ...]:
    """Return what is wrong with a draft, the heaviest first; at most 10 ms for 5,000 characters.

    Args:
        truncated: the draft reached its limit of tokens.
    """
    return examine(question, draft, truncated).faults


def faults(question: str, draft: str) -> list[str]:
    """Return what is wrong with a draft, each as a sentence for the person."""
    return [fault.told for fault in check(question, draft)]
