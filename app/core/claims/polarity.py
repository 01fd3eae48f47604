"""Finds sentences that say the opposite of each other."""

import re
from collections.abc import Sequence
from typing import Final

from app.core.claims.words import content

_NEGATORS: Final = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot|without|hardly|false|untrue|myth|avoid(?:s|ed)?"
    r"|forbid(?:s|den)?|prohibit(?:s|ed)?|ban(?:s|ned)?|illegal|impossible|unable|refus(?:e|es|ed)|fail(?:s|ed)?"
    r"|lack(?:s|ed)?|unlike|except)\b|n't\b",
    re.IGNORECASE,
)
_SEEMING: Final = re.compile(
    r"\b(?:not only|no more than|not more than|no less than|no longer than|no later than|no doubt|not just"
    r"|whether or not|at no charge|no matter)\b",
    re.IGNORECASE,
)
_PAIRS: Final = """
open opened opens|closed closes shut
safe harmless|dangerous harmful unsafe toxic
increase increases increased rise rises rose grew|decrease decreases decreased fall falls fell shrank dropped
higher larger bigger greater|lower smaller
allowed allow allows permit permitted permits|disallowed disallow disallows
always|seldom rarely
accept accepted accepts|reject rejected rejects
include includes included|exclude excludes excluded
alive|dead
win wins won|lose loses lost
legal|unlawful
cheap cheaper|expensive dearer
best|worst
hot warm|cold cool
left|right
northern north|southern south
eastern east|western west
maximum|minimum
true correct|wrong incorrect
"""
_OPPOSITES: Final = tuple(
    tuple(frozenset(side.split()) for side in line.split("|")) for line in _PAIRS.strip().split("\n")
)
_TURNING: Final = frozenset(word for pair in _OPPOSITES for side in pair for word in side)
_PREFIXES: Final = ("un", "in", "im", "il", "ir", "non", "dis")
_CLAUSES = re.compile(
    r";\s+|:\s+|,?\s+(?:but|whereas|while|although|though|because|however|unless|yet)\s+"
    r"|,\s+(?:and|so|or|as|which|who)\s+",
    re.IGNORECASE,
)
_ALIKE, _ALIKE_ASKED = 0.7, 0.6
"""Share of the words of the shorter clause that both must have; the second where the question holds them."""


class Clause:
    """A part of a sentence that says one thing."""

    __slots__ = ("_denied", "_is_negative", "_raw", "_turning", "_words", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        bare = _SEEMING.sub(" ", text)
        self._is_negative = len(_NEGATORS.findall(bare)) % 2 == 1
        self._raw = frozenset(re.findall(r"[a-z']+", bare.lower()))
        self._turning = self._raw & _TURNING
        self._denied = {
            word[len(start) :] for word in self._raw for start in _PREFIXES if word.startswith(start)
        }
        self._words = content(_NEGATORS.sub(" ", bare))

    def shared(self, other: "Clause", asked: frozenset[str]) -> int:
        """Count what both say, or say by its opposite; 0 where they do not tell of the same.

        They do where they share nearly all of the shorter one, or most of it and the question asks for that.
        """
        both = self._words & other._words
        if not both:
            return 0
        shared, shorter = len(both) + self._opposites(other), min(len(self._words), len(other._words))
        if shorter < 2:
            return shared if self._words == other._words else 0
        enough = (_ALIKE_ASKED if both <= asked else _ALIKE) * shorter
        return shared if shared >= max(2, enough) else 0

    def contradicts(self, other: "Clause") -> bool:
        """Say whether one denies what the other says, given that both tell of the same."""
        turned = self._is_negative is not other._is_negative
        return turned is not (self._opposites(other) % 2 == 1)

    def _opposites(self, other: "Clause") -> int:
        """Count the words of which the other has the opposite, and not the word itself."""
        found = len(self._denied & (other._raw - self._raw)) + len(other._denied & (self._raw - other._raw))
        if self._turning and other._turning:
            one, two = self._turning - other._turning, other._turning - self._turning
            found += sum(bool((a & one and b & two) or (b & one and a & two)) for a, b in _OPPOSITES)
        return found


def clauses(sentence: str) -> list[Clause]:
    """Cut a sentence where a new thing is said."""
    return [Clause(part) for part in _CLAUSES.split(sentence) if part and part.strip()]


def contradictions(
    local: Sequence[Clause], cloud: Sequence[Clause], question: str = ""
) -> list[tuple[Clause, Clause]]:
    """Return the pairs of clauses that tell of the same, and the opposite of it.

    Whichever answer comes first: an answer that says both things is not contradicted by one that says one.
    """
    asked = content(question)
    shared = [[one.shared(other, asked) for other in cloud] for one in local]
    columns = list(zip(*shared, strict=True))
    found = []
    for row, one in zip(shared, local, strict=True):
        against = [cloud[place] for place in _nearest(row)]
        if not against or not all(map(one.contradicts, against)):
            continue
        for place in _nearest(row):
            back = [local[each] for each in _nearest(columns[place])]
            if one in back and all(map(cloud[place].contradicts, back)):
                found.append((one, cloud[place]))
                break
    return found


def _nearest(shared: Sequence[int]) -> list[int]:
    """Return where the clauses stand that share the most, or nearly."""
    most = max(shared, default=0)
    return [place for place, each in enumerate(shared) if most and each >= 0.8 * most]
