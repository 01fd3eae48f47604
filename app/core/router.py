"""Who should answer: policy first, which nothing can override, then how hard the question is."""

import math
import re
from dataclasses import dataclass

from app.core.types import Route, Where
from app.core.verify import faults
from app.privacy.policy import Level

_HARD = re.compile(
    r"\b(prove|derive|proof|theorem|integral|derivative|equation|optimi[sz]e|algorithm|complexity|"
    r"implement|refactor|debug|regex|sql|python|javascript|rust|compile|"
    r"compare|contrast|evaluate|critique|analy[sz]e|explain why|step by step|trade-?offs?|"
    r"strategy|contract|clause|diagnos\w*|calculate|probability)\b",
    re.IGNORECASE,
)
_EASY = re.compile(
    r"^\s*(?:hi|hello|hey|thanks|thank you|good (?:morning|evening)|ok(?:ay)?|yes|no)\b[^\n]{0,40}$",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"\b(?:not|except|false|incorrect|never|least|most|unless|without)\b", re.IGNORECASE)
_PERSONAL = re.compile(r"\b(?:my|mine|me|our)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the router may know beside the question."""

    cloud: bool
    """A request to the cloud is possible and allowed at all."""
    cloud_why: str = ""
    """Why it is not, as a sentence."""
    bundled: bool = True
    """The local model is the small bundled one, which is distrusted."""
    hidden: int = 0
    """Details that would be hidden."""
    sensitive: int = 0
    """Sensitive statements, which could not be hidden."""
    price: float = 0.0
    """What a request is likely to cost: 0 (nothing) to 1 (all that the budget leaves)."""


def difficulty(text: str, draft: str = "") -> float:
    """Estimate from 0 to 1 how unlikely a small local model is to answer well; no model, no network.

    Args:
        draft: the local model's answer, where there is one; faults that can be checked by rule raise
            the estimate.
    """
    if _EASY.match(text):
        return 0.0
    words = len(text.split())
    code = "```" in text or bool(re.search(r"[{};]\s*$", text, re.MULTILINE))
    # Length tells most (measured on RouteLLM's data); how many numbers there are tells nothing.
    score = -1.9 + 0.9 * math.log2(1 + words / 12) + 0.7 * min(len(_HARD.findall(text)), 3)
    score += 0.9 * code + 0.3 * math.log2(1 + len(_NEGATION.findall(text)))
    score -= 0.25 * bool(_PERSONAL.search(text))
    if draft:
        score += 1.6 * len(faults(text, draft)) - 0.4
    return 1 / (1 + math.exp(-score))


class Router:
    """Chooses where a turn is answered; the decision itself never leaves this computer."""

    def route(self, text: str, level: Level, where: Where, facts: Facts, draft: str = "") -> Route:
        """Return the route with its reasons; the mechanism is the one that the route needs."""
        hard = difficulty(text, draft)
        forced = _policy(level, where, facts)
        if forced is not None:
            place, reason = forced
            return Route(place, "routing", (reason,), hard, is_policy=True)
        threshold = 0.35 if facts.bundled else 0.6
        reasons = [_words(hard)]
        if facts.hidden:
            reasons.append(f"{facts.hidden} private {_plural('detail', facts.hidden)} would be hidden.")
        if facts.bundled and hard >= threshold:
            reasons.append("The bundled local model is only for trying.")
        if draft and (found := faults(text, draft)):
            reasons += found
        place = Where.CLOUD if hard >= threshold else Where.LOCAL
        return Route(place, "routing", tuple(reasons), hard)


def _policy(level: Level, where: Where, facts: Facts) -> tuple[Where, str] | None:
    if level is Level.LOCAL:
        return Where.LOCAL, "This conversation stays on this computer."
    if not facts.cloud:
        return Where.LOCAL, facts.cloud_why
    if where is Where.LOCAL:
        return Where.LOCAL, "You asked this computer."
    if where is Where.CLOUD:
        return Where.CLOUD, "You asked the cloud."
    if facts.sensitive:
        statements = _plural("statement", facts.sensitive)
        return Where.LOCAL, f"{facts.sensitive} sensitive {statements} could not be hidden."
    return None


def _words(hard: float) -> str:
    if hard < 0.35:
        return "An easy question."
    return "A question of middling difficulty." if hard < 0.6 else "A hard question."


def _plural(word: str, count: int) -> str:
    return word if count == 1 else word + "s"
