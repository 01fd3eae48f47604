"""Tables of patterns: what most detectors are made of."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.privacy.types import Finding, Kind

CUE_BEFORE = 48
CUE_AFTER = 16


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern; the group `v`, where there is one, is the private part.

    Every pattern must be linear on hostile input: bounded repeats, and a look-behind that lets
    a run start once.
    """

    kind: Kind
    pattern: re.Pattern[str]
    why: str
    score: float = 0.9
    accept: Callable[[str], int] = len
    """How many characters of the match are right; 0 refuses it."""
    cue: re.Pattern[str] | None = None
    """Must be near: shortly before, or right after."""
    hint: str = ""
    """A string without which the pattern cannot match; looked for first because it is quick."""
    gate: re.Pattern[str] | None = None
    """The same, where no single string will do."""


def checked(test: Callable[[str], bool]) -> Callable[[str], int]:
    """Accept the whole match where the test holds."""
    return lambda text: len(text) if test(text) else 0


def words(*alternatives: str) -> re.Pattern[str]:
    """Match any of these as whole words, in any case; Chinese and Japanese have no gaps between words."""
    unspaced = [each for each in alternatives if each[0] >= "\u3040"]
    spaced = [each for each in alternatives if each[0] < "\u3040"]
    whole = rf"(?<![^\W_])(?:{'|'.join(spaced)})(?![^\W_])"
    return re.compile("|".join([whole, *unspaced]), re.IGNORECASE)


class PatternDetector:
    """Run a table of rules over a text."""

    def __init__(self, name: str, rules: Sequence[Rule]) -> None:
        self._name = name
        self._rules = tuple(rules)

    @property
    def name(self) -> str:
        return self._name

    @property
    def kinds(self) -> frozenset[Kind]:
        return frozenset(rule.kind for rule in self._rules)

    def find(self, text: str) -> Iterator[Finding]:
        """Yield what the rules match, in no order."""
        for rule in self._rules:
            if rule.hint not in text or (rule.gate and not rule.gate.search(text)):
                continue
            group: int | str = "v" if "v" in rule.pattern.groupindex else 0
            for match in rule.pattern.finditer(text):
                start, end = match.span(group)
                length = rule.accept(text[start:end])
                if length and (rule.cue is None or is_near(rule.cue, text, start, start + length)):
                    yield Finding(rule.kind, start, start + length, rule.score, self._name, rule.why)


def is_near(cue: re.Pattern[str], text: str, start: int, end: int) -> bool:
    """Say whether the cue stands shortly before the span or right after it."""
    before = text[max(0, start - CUE_BEFORE) : start]
    return bool(cue.search(before) or cue.search(text[end : end + CUE_AFTER]))
