"""Tables of patterns: what most detectors are made of."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.privacy.letters import in_small, is_plain, small
from app.privacy.types import Finding, Kind

CUE_BEFORE = 48
CUE_AFTER = 16
DIGIT = re.compile(r"\d[\d.,:/\- ]*")
"""The usual mark of a rule: most that is private and has a form holds a number."""
DIGITS = re.compile(r"\d\d[\d.,:/\- ]*")
NUMBER = re.compile(r"\d(?:[\s.\-/·]{0,3}\d){4}[\d.,:/\- ]*|[A-Za-z]\d[A-Za-z\d]")
"""Five digits, or digits among letters."""
FIRST_DIGIT = re.compile(r"\d(?<!\w\d)")
"""The usual head: most numbers do not begin inside a word."""
LONG_NUMBER = re.compile(r"\d(?<!\w\d)(?=(?:\D{0,10}\d){7})")
"""The same where eight digits or more follow each other, over gaps and the end of a line."""
DOT = re.compile(r"\.(?=\w)")
_WORD_END = re.compile(r"\S{0,64}")
REACH_BEFORE = 96
REACH_AFTER = 48


Mark = re.Pattern[str] | tuple[str, ...] | None
"""A cheap pattern, or words in small letters."""


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
    mark: Mark = None
    """Stands in every match, at most `REACH_BEFORE` behind its start; only what is near one is looked at."""
    head: re.Pattern[str] | None = None
    """In small letters: where every match begins. Looked for once, for all rules that have the same one."""


def checked(test: Callable[[str], bool]) -> Callable[[str], int]:
    """Accept the whole match where the test holds."""
    return lambda text: len(text) if test(text) else 0


def words(*alternatives: str) -> re.Pattern[str]:
    """Match any of these as whole words, in any case; Chinese and Japanese have no gaps between words."""
    unspaced = [each for each in alternatives if each[0] >= "\u3040"]
    spaced = [each for each in alternatives if each[0] < "\u3040"]
    whole = rf"(?<![^\W_])(?:{'|'.join(spaced)})(?![^\W_])"
    return re.compile("|".join([whole, *unspaced]), re.IGNORECASE)


class _Read:
    """A text on which many rules are tried, with what they look for first."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._small = small(text)
        self._parts: dict[Mark, list[tuple[int, int]]] = {None: [(0, len(text))]}
        self._starts: dict[re.Pattern[str], list[int]] = {}

    def matches(self, rule: Rule, quick: re.Pattern[str] | None) -> Iterator[re.Match[str]]:
        """Yield where a rule matches; `quick` is its pattern for small letters, if it looks past capitals."""
        pattern, text = (quick, self._small) if quick else (rule.pattern, self._text)
        if rule.head is not None:
            yield from at_starts(pattern, text, self._heads(rule.head))
            return
        if rule.mark not in self._parts:
            self._parts[rule.mark] = near(rule.mark, self._text)
        for begin, stop in self._parts[rule.mark]:
            yield from pattern.finditer(text, begin, stop)

    def _heads(self, head: re.Pattern[str]) -> list[int]:
        if head not in self._starts:
            self._starts[head] = [match.start() for match in head.finditer(self._small)]
        return self._starts[head]


def at_starts(pattern: re.Pattern[str], text: str, starts: list[int]) -> Iterator[re.Match[str]]:
    """Yield what `finditer` would if it tried these places alone."""
    end = 0
    for start in starts:
        if start >= end and (match := pattern.match(text, start)):
            yield match
            end = match.end()


class PatternDetector:
    """Run a table of rules over a text."""

    def __init__(self, name: str, rules: Sequence[Rule]) -> None:
        self._name = name
        self._rules = tuple(rules)
        self._small = tuple(
            in_small(rule.pattern.pattern) if is_plain(rule.pattern) else None for rule in self._rules
        )

    @property
    def name(self) -> str:
        return self._name

    @property
    def kinds(self) -> frozenset[Kind]:
        return frozenset(rule.kind for rule in self._rules)

    def find(self, text: str) -> Iterator[Finding]:
        """Yield what the rules match, in no order."""
        read = _Read(text)
        for rule, quick in zip(self._rules, self._small, strict=True):
            if rule.hint in text and (rule.gate is None or rule.gate.search(text)):
                for match in read.matches(rule, quick):
                    if finding := self._finding(rule, match, text):
                        yield finding

    def _finding(self, rule: Rule, match: re.Match[str], text: str) -> Finding | None:
        start, end = match.span("v" if "v" in rule.pattern.groupindex else 0)
        length = rule.accept(text[start:end])
        if not length or (rule.cue and not is_near(rule.cue, text, start, start + length)):
            return None
        return Finding(rule.kind, start, start + length, rule.score, self._name, rule.why)


def near(mark: Mark, text: str) -> list[tuple[int, int]]:
    """Return the parts of a text around each mark, in order, not overlapping."""
    parts: list[tuple[int, int]] = []
    for mark_start, mark_end in _marks(mark, text):
        start = max(0, mark_start - REACH_BEFORE)
        word = _WORD_END.match(text, min(len(text), mark_end + REACH_AFTER))
        end = word.end() if word else len(text)
        if parts and start <= parts[-1][1]:
            start, last = parts.pop()
            end = max(end, last)
        parts.append((start, end))
    return parts


def _marks(mark: Mark, text: str) -> list[tuple[int, int]]:
    if isinstance(mark, re.Pattern):
        return [match.span() for match in mark.finditer(text)]
    small = text.lower()
    if mark is None or len(small) != len(text):
        return [(0, len(text))]
    found = []
    for word in mark:
        at = small.find(word)
        while at >= 0:
            found.append((at, at + len(word)))
            at = small.find(word, at + len(word))
    return sorted(found)


def is_near(cue: re.Pattern[str], text: str, start: int, end: int) -> bool:
    """Say whether the cue stands shortly before the span or right after it."""
    before = text[max(0, start - CUE_BEFORE) : start]
    return bool(cue.search(before) or cue.search(text[end : end + CUE_AFTER]))
