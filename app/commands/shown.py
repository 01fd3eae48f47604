"""How findings and traits look in a terminal."""

from collections.abc import Sequence

from app.privacy.exposure import Trait
from app.privacy.types import Decided


def findings(decided: Sequence[Decided]) -> list[dict[str, object]]:
    """Return plain objects; offsets are in characters of the original text."""
    return [
        {
            "kind": each.finding.kind.value,
            "start": each.finding.start,
            "end": each.finding.end,
            "score": round(each.finding.score, 3),
            "detector": each.finding.detector,
            "why": each.finding.why,
            "action": each.action.value,
        }
        for each in decided
    ]


def joined(provider: str, traits: Sequence[Trait]) -> str:
    """Say what a provider could put together."""
    return f"{provider} could then put together {named(traits)}, which often name one person."


def named(traits: Sequence[Trait]) -> str:
    """Name traits as part of a sentence."""
    names = [f"your {each.value}" for each in traits]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
