"""How findings, traits, and words that came from elsewhere look in a terminal."""

import re
from collections.abc import Sequence
from typing import Final

from app.privacy.exposure import Trait
from app.privacy.types import Decided

_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_UNSEEN: Final = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def printable(text: str) -> str:
    """Take out what a terminal would obey: nobody else must write its title or its clipboard."""
    return _CONTROL.sub("\ufffd", text)


def exact(body: str) -> str:
    """Write a request, which is JSON, so that it looks in a terminal as it is: nothing hidden or turned."""
    return _UNSEEN.sub(lambda match: f"\\u{ord(match.group()):04x}", body)


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
