"""Countries, peoples, large cities and firms, in any writing: public, and telling beside a person."""

import re
from collections.abc import Iterator
from functools import cached_property

from app.privacy.detectors.publicity import Publicity
from app.privacy.detectors.statute import Statutes, outside
from app.privacy.detectors.wordlist import WordLists
from app.privacy.types import Finding, Kind

NAME = "public-name"
_WORD = re.compile(r"[^\W_](?:[^\W_]|['’&.\-](?=[^\W_]))*")
_START = re.compile(r"(?:^|[.!?:;\n•*#>|\"“(\[{\-–—])\s*$")
_LANGUAGE_BEFORE = re.compile(
    r"(?<!\w)(?:in|into|to|from|speak\w{0,3}|fluent in|learn\w{0,3}|translat\w{1,5}|write|spoken|native)\s$",
    re.IGNORECASE,
)
_LANGUAGE_AFTER = re.compile(
    r"\s(?:language|translation|version|grammar|words?|sentences?|vocabulary|speak\w{0,3}|dialect|accent"
    r"|alphabet|subtitles?|text|letters?|phrases?|pronunciation)(?!\w)",
    re.IGNORECASE,
)
_SURE, _WEAK = 0.6, 0.3
LONGEST = 8


class PublicNames:
    """Look for the longest run of words that a list knows."""

    name = NAME
    kinds = frozenset({Kind.PLACE, Kind.ORG})

    def __init__(self, lists: WordLists) -> None:
        self._lists = lists
        self._publicity = Publicity(lists)
        self._statutes = Statutes(lists)

    def find(self, text: str) -> Iterator[Finding]:
        """Yield names that everybody knows."""
        yield from outside(self._known(text), self._statutes.spans(text))

    def _known(self, text: str) -> Iterator[Finding]:
        words = list(_WORD.finditer(text))
        folded = [word.group().casefold().replace("’", "'").removesuffix("'s") for word in words]
        at = 0
        while at < len(words):
            count, kind = self._longest(folded, at)
            if kind is not None:
                yield from self._findings(text, kind, words[at : at + count])
            at += max(1, count)

    def _longest(self, folded: list[str], at: int) -> tuple[int, Kind | None]:
        """Return of how many words the name is, and what it is; products count as nothing."""
        longest = self._lengths.get(folded[at])
        if longest is None:
            return 0, None
        for count in range(min(longest, len(folded) - at), 0, -1):
            value = " ".join(folded[at : at + count])
            if value in self._lists.companies or value + "'s" in self._lists.companies:
                return count, Kind.ORG
            if value in self._lists.places or value in self._lists.peoples:
                return count, Kind.PLACE
            if value in self._lists.organizations:
                return count, None
        return 0, None

    def _findings(self, text: str, kind: Kind, words: list[re.Match[str]]) -> Iterator[Finding]:
        start, end = words[0].start(), words[-1].end()
        if text[end - 2 : end] in ("'s", "’s"):
            end -= 2
        value = text[start:end]
        folded = value.casefold()
        if folded in self._lists.peoples and self._is_language(text, start, end):
            return
        score = _SURE
        if folded in self._lists.plain:
            if not value[0].isupper() or _START.search(text[max(0, start - 4) : start]):
                return
            score = _WEAK
        yield Finding(kind, start, end, score, NAME, "a name that everybody knows", public=True)

    def _is_language(self, text: str, start: int, end: int) -> bool:
        before, after = text[max(0, start - 16) : start], text[end : end + 16]
        return bool(_LANGUAGE_BEFORE.search(before) or _LANGUAGE_AFTER.match(after))

    @cached_property
    def _lengths(self) -> dict[str, int]:
        """How many words the longest name has that begins with a word."""
        lists = self._lists
        longest: dict[str, int] = {}
        for name in (*lists.places, *lists.peoples, *lists.companies, *lists.organizations):
            words = name.split()
            if len(words) <= LONGEST:
                first = words[0].removesuffix("'s")
                longest[first] = max(longest.get(first, 0), len(words))
        return longest
