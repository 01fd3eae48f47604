"""Who should answer: policy first, which nothing can override, then how hard the question is."""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.core.difficulty import Difficulty, excerpt
from app.core.errors import MemoryFault
from app.core.types import Route, Where
from app.core.verify import faults
from app.privacy.policy import Level

if TYPE_CHECKING:
    from app.core.embeddings import Embedder

_log = logging.getLogger(__name__)
_FOLLOWS: Final = re.compile(
    r"^\W*(?:and|but|or|so|also|then|what about|how about|why|how so|in what way|are you sure|really"
    r"|go on|that|this|continue|more|another|shorter|longer|again|same|instead"
    r"|the (?:first|second|third|last|other))\b"
    r"|\b(?:its?|they|them|those|these|he|she|him|her|the former|the latter|(?:that|this) one)\b"
    r"|\b(?:that|this)\W*$",
    re.IGNORECASE,
)
STAYS_HERE: Final = "This conversation stays on this computer."
ASKED_HERE: Final = "You asked this computer."
"""Reasons that are the person's own will."""
NOT_HIDDEN: Final = "could not be hidden."
"""How the reason ends for which a question stays here that nothing could be hidden in."""
_SHORT: Final = 12
"""Words; what is longer mostly says all that it needs."""
_BY_RULES: Final = "Judged by simple rules alone."
_STAYS: Final = {
    Where.LOCAL: "It follows up on an answer from this computer.",
    Where.CLOUD: "It follows up on an answer from the cloud.",
}
_EASY: Final = "An easy question."
_MIDDLING: Final = "A question of middling difficulty."
_HARD: Final = "A hard question."
JUDGED: Final = frozenset((_EASY, _MIDDLING, _HARD, *_STAYS.values()))
"""Of these the router gives one wherever it was free to choose, and none where policy or the person chose."""


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
    wait: float = 4.0
    """Seconds that the cloud took lately."""
    last: Where | None = None
    """Which model gave the answer before, where there is one."""
    stays: str = ""
    """Why the question stays here although nobody chose that, as a sentence: it is about earlier talk."""


class Router:
    """Chooses where a turn is answered; the decision itself never leaves this computer.

    Args:
        embedder: gives the model of meanings on first use; without one, or where it fails, rules judge alone.
    """

    def __init__(self, embedder: "Callable[[], Embedder] | None" = None) -> None:
        self._embedder = embedder
        self._difficulty = Difficulty()

    def route(
        self, text: str, level: Level, where: Where, facts: Facts, draft: str = "", before: str = ""
    ) -> Route:
        """Return the route with its reasons; the mechanism is the one that the route needs.

        Args:
            draft: the local model's answer, where there is one: keep it or ask the cloud?
            before: one whole earlier turn; it counts only where `text` does not stand alone.
        """
        follows = bool(before) and is_follow_up(text)
        hard, is_whole = self._judge(text, draft, before if follows else "")
        forced = _policy(level, where, facts)
        if forced is not None:
            place, reason = forced
            return Route(place, "routing", (reason,), hard, is_policy=True)
        threshold = 0.35 if facts.bundled else 0.6
        reasons = [_words(hard)] if is_whole else [_words(hard), _BY_RULES]
        if facts.hidden:
            reasons.append(f"{facts.hidden} private {_plural('detail', facts.hidden)} would be hidden.")
        if facts.bundled and hard >= threshold:
            reasons.append("The bundled local model is only for trying.")
        if draft:
            reasons += faults(text, draft)
        if follows and facts.last is not None and not draft:
            return Route(facts.last, "routing", (_STAYS[facts.last], *reasons[1:]), hard)
        place = Where.CLOUD if hard >= threshold else Where.LOCAL
        return Route(place, "routing", tuple(reasons), hard)

    def _judge(self, text: str, draft: str, before: str) -> tuple[float, bool]:
        """Return the difficulty, and whether meanings counted; a follow-up is as hard as what it follows."""
        vector = self._vector(text)
        hard = self._difficulty.estimate(text, draft, vector)
        if before:
            asked = before.strip().partition("\n")[0]
            hard = max(hard, self._difficulty.estimate(asked, draft))
        return hard, vector is not None

    def _vector(self, text: str) -> "Sequence[float] | None":
        if self._embedder is None:
            return None
        try:
            row: list[float] = self._embedder().embed([excerpt(text)])[0].tolist()
        except MemoryFault:
            _log.warning("no embedding: difficulty is judged by rules")
            return None
        return row


def is_follow_up(text: str) -> bool:
    """Say whether a message needs the turn before it to be understood: "what about Texas?"."""
    return len(text.split()) <= _SHORT and bool(_FOLLOWS.search(text))


def _policy(level: Level, where: Where, facts: Facts) -> tuple[Where, str] | None:
    if level is Level.LOCAL:
        return Where.LOCAL, STAYS_HERE
    if not facts.cloud:
        return Where.LOCAL, facts.cloud_why
    if where is Where.LOCAL:
        return Where.LOCAL, ASKED_HERE
    if facts.stays:
        return Where.LOCAL, facts.stays
    if where is Where.CLOUD:
        return Where.CLOUD, "You asked the cloud."
    if facts.sensitive:
        statements = _plural("statement", facts.sensitive)
        return Where.LOCAL, f"{facts.sensitive} sensitive {statements} {NOT_HIDDEN}"
    return None


def _words(hard: float) -> str:
    if hard < 0.35:
        return _EASY
    return _MIDDLING if hard < 0.6 else _HARD


def _plural(word: str, count: int) -> str:
    return word if count == 1 else word + "s"
