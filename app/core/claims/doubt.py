"""Says whether an agreement is worth showing: two small models often make the same mistake."""

from typing import Final

from app.core.draft import Levels, Written, is_less_sure
from app.core.verify import Kind, check

_UNTRUE: Final = frozenset((Kind.SUMS, Kind.TRUNCATED, Kind.REFUSAL, Kind.QUOTATION, Kind.PLACEHOLDERS))
"""Faults that speak against what an answer says, not against its form."""


def is_doubtful(question: str, local: Written, cloud: Written, levels: Levels) -> bool:
    """Say whether rules find a fault in either answer, or the local model was less sure than it usually is.

    Args:
        levels: how sure the local model usually is of itself.
    """
    if is_less_sure(local, levels):
        return True
    return any(
        fault.kind in _UNTRUE
        for written in (local, cloud)
        for fault in check(question, written.text, written.truncated)
    )
