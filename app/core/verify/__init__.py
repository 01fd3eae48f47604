"""Faults of a draft that can be found by rule, without asking any model."""

from app.core.verify import counts, form, language, sums, whole, wording
from app.core.verify.fault import Draft, Fault, Kind

__all__ = ["Fault", "Kind", "check", "faults"]

_LONGEST = 20_000
"""Characters of a draft that are looked at."""
_EDGE = 1_000
"""Characters at each end of a long question in which wishes are looked for."""


def check(question: str, draft: str, truncated: bool = False) -> tuple[Fault, ...]:
    """Return what is wrong with a draft, the heaviest first; at most 10 ms for 5,000 characters.

    Args:
        truncated: the draft reached its limit of tokens.
    """
    given = Draft(draft[:_LONGEST])
    found = [*whole.check(question, given, truncated)]
    if given.text:
        wishes = question if len(question) <= 2 * _EDGE else f"{question[:_EDGE]}\n{question[-_EDGE:]}"
        found += sums.check(given)
        for rules in (form, counts, wording, language):
            found += rules.check(wishes, given)
    return tuple(sorted(found, key=lambda fault: -fault.weight))


def faults(question: str, draft: str) -> list[str]:
    """Return what is wrong with a draft, each as a sentence for the person."""
    return [fault.told for fault in check(question, draft)]
