"""How findings look in JSON."""

from collections.abc import Sequence

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
