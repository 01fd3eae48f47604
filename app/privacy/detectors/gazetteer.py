"""Names of people that stand in the lists: first and last name together, in any writing."""

import re
from collections.abc import Callable, Collection, Iterator

from app.privacy.detectors.eastern import EasternNames
from app.privacy.detectors.initials import initialed
from app.privacy.detectors.publicity import Publicity
from app.privacy.detectors.wordlist import PARTICLES, WordLists
from app.privacy.types import Finding, Kind

NAME = "name-list"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+){0,3}")
_GAP = re.compile(r" {1,2}|, |[._]|-")
_PARTICLES = PARTICLES | {"st", "y", "e"}
LONGEST = 6


class Gazetteer:
    """Look for runs of words that the lists know as names."""

    name = NAME
    kinds = frozenset({Kind.PERSON})

    def __init__(self, lists: WordLists, told: Callable[[], Collection[str]] = frozenset) -> None:
        self._lists = lists
        self._told = told
        self._publicity = Publicity(lists)
        self._eastern = EasternNames(lists)

    def find(self, text: str) -> Iterator[Finding]:
        """Yield first names that a last name follows, and the other way round."""
        told = frozenset(name.casefold() for name in self._told())
        words = list(_WORD.finditer(text))
        at = 0
        while at < len(words):
            stop = self._run(text, words, at, told)
            if stop > at:
                start, end = words[at].start(), words[stop - 1].end()
                yield self._finding(text, start, end)
            at = max(stop, at + 1)
        for start, end in self._eastern.spans(text):
            yield self._finding(text, start, end)
        for start, end in initialed(text):
            yield Finding(Kind.PERSON, start, end, 0.6, NAME, "initials of a person")

    def _finding(self, text: str, start: int, end: int) -> Finding:
        public = self._publicity.is_public(Kind.PERSON, text, start, end)
        return Finding(Kind.PERSON, start, end, 0.7, NAME, "a name from the lists", public)

    def _run(self, text: str, words: list[re.Match[str]], at: int, told: frozenset[str]) -> int:
        """Say where the name that begins at this word ends; the same number means none."""
        first = words[at].group()
        if first.casefold() in told and (first[0].isupper() or first.casefold() not in self._lists.common):
            stop = at + 1
        elif not self._may_begin(first):
            return at
        else:
            stop = at
        after = self._second(text, words, at)
        if not after:
            return at + 1 if self._stands_alone(first) else stop
        while after < len(words) and after - at < LONGEST and self._continues(text, words, after):
            after += 1
        return after

    def _stands_alone(self, word: str) -> bool:
        """Take a capitalized first name by itself if it is nothing else."""
        folded, lists = word.casefold(), self._lists
        other = (lists.common, lists.places, lists.organizations, lists.people)
        plain = word[1:].islower() and len(word) > 2 and word[0].isupper()
        return plain and folded in lists.first and not any(folded in names for names in other)

    def _may_begin(self, word: str) -> bool:
        folded = word.casefold()
        if folded not in self._lists.first and folded not in self._lists.last:
            return False
        return word[0].isupper() or folded not in self._lists.common

    def _second(self, text: str, words: list[re.Match[str]], at: int) -> int:
        """Say where the last name that belongs to the first name ends, or 0."""
        nearest = at + 1
        while nearest < len(words) and nearest - at <= 3 and _is_link(text, words, nearest):
            nearest += 1
        if nearest >= len(words) or not _touch(text, words, nearest):
            return 0
        if _is_after_comma(text, words, nearest) and (nearest > at + 1 or _ends_name(text, words, at)):
            return 0
        one, other = words[at].group(), words[nearest].group()
        linked = text[words[nearest].start() - 1] in "-_."
        fits = self._fits(one, other) or (linked and self._is_slug(one, other))
        return nearest + 1 if fits else 0

    def _is_slug(self, one: str, other: str) -> bool:
        """In links, files and mailboxes a first name and an unknown word make a name."""
        common, first = self._lists.common, self._lists.first
        return one in first and len(one) > 3 and len(other) > 3 and one not in common and other not in common

    def _fits(self, one: str, other: str) -> bool:
        a, b, lists = one.casefold(), other.casefold(), self._lists
        if one[0].isupper() != other[0].isupper() or len(b) < 2:
            return False
        if f"{a} {b}" in lists.people:
            return True
        common = (a in lists.common) + (b in lists.common)
        pair = (a in lists.first and (b in lists.last or b in lists.first)) or (
            a in lists.last and b in lists.first
        )
        if one[0].islower():
            return pair and not common and len(a) > 2 and len(b) > 2
        if one.isupper() and other.isupper() and len(one) > 1:
            return not common and (pair or (a in lists.first and len(a) > 3 and len(b) > 3))
        unknown = a in lists.first and not common and len(a) > 2 and other[1:].islower()
        return (pair and common < 2) or unknown

    def _continues(self, text: str, words: list[re.Match[str]], at: int) -> bool:
        word = words[at].group()
        folded = word.casefold()
        alike = word[0].isupper() == words[at - 1].group()[0].isupper()
        known = folded in self._lists.last or folded in self._lists.first
        if _is_after_comma(text, words, at):
            return False
        return _touch(text, words, at) and alike and known and folded not in self._lists.common


def _touch(text: str, words: list[re.Match[str]], at: int) -> bool:
    gap = text[words[at - 1].end() : words[at].start()]
    after_initial = gap == ". " and len(words[at - 1].group()) == 1
    return bool(_GAP.fullmatch(gap)) or after_initial


def _is_after_comma(text: str, words: list[re.Match[str]], at: int) -> bool:
    return "," in text[words[at - 1].end() : words[at].start()]


def _ends_name(text: str, words: list[re.Match[str]], at: int) -> bool:
    """Say whether a capitalized word stands right before: a comma behind divides two people then."""
    is_close = at > 0 and text[words[at - 1].end() : words[at].start()] == " "
    return is_close and words[at - 1].group()[0].isupper()


def _is_link(text: str, words: list[re.Match[str]], at: int) -> bool:
    """Particles and initials stand between first and last names."""
    word = words[at].group()
    if not _touch(text, words, at):
        return False
    return word.casefold() in _PARTICLES or (len(word) == 1 and word.isupper())
