"""Which action each kind of detail gets at each level of protection."""

from enum import StrEnum

from app.privacy.types import Action, Finding, Kind

DOUBTFUL = 0.25
"""Public findings below this may be nothing at all."""


class Level(StrEnum):
    """How much may leave, from nothing to nearly everything."""

    LOCAL = "local"
    STRICT = "strict"
    GUARDED = "guarded"
    OPEN = "open"


SECRET_KINDS = frozenset(
    {Kind.SECRET, Kind.PASSWORD, Kind.PRIVATE_KEY, Kind.SEED, Kind.CARD, Kind.NATIONAL_ID}
)
"""Cut at every level: an answer never needs them, and they do the most harm."""

_GENERALIZED_WHEN_STRICT = frozenset({Kind.BIRTHDATE, Kind.DATE, Kind.AGE, Kind.MONEY, Kind.COORDINATES})
_READABLE_WHEN_GUARDED = frozenset({Kind.DATE, Kind.AGE, Kind.MONEY})


def action_for(kind: Kind, level: Level, *, public: bool = False) -> Action:
    """Say what happens to a detail of this kind at this level, before the person decides.

    Args:
        public: the finding is known to everybody; such names stay readable unless `STRICT`.
    """
    if kind in SECRET_KINDS:
        return Action.BLOCK
    if kind in (Kind.LITERAL, Kind.OWN):
        return Action.PLACEHOLDER
    if level is Level.OPEN:
        return Action.KEEP
    if kind is Kind.SENSITIVE:
        return Action.ASK
    if kind is Kind.INCOME:
        return Action.GENERALIZE
    if level is Level.GUARDED:
        readable = public or kind in _READABLE_WHEN_GUARDED
        return Action.KEEP if readable else Action.PLACEHOLDER
    return Action.GENERALIZE if kind in _GENERALIZED_WHEN_STRICT else Action.PLACEHOLDER


def counts(finding: Finding, level: Level) -> bool:
    """Say whether a finding matters at this level: what is doubtful does at `STRICT` only."""
    return level is Level.STRICT or not finding.public or finding.score >= DOUBTFUL
