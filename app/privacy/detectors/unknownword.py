"""Capitalized words that stand in no list: the names of small companies, products and places."""

import re
from collections.abc import Iterator

from app.privacy.detectors.wordlist import WordLists
from app.privacy.types import Finding, Kind

NAME = "unknown-name"
_RUN = re.compile(
    r"(?<![\w@/.#$\\\-])[A-Z][\w&'’]{2,30}(?:[ \-][A-Z0-9][\w&'’]{1,30}){0,4}(?![\w@/\\(=]"
    r"|\.\w)"
)
_WORD = re.compile(r"[^\W\d_]+")
_START = re.compile(r"(?:^|[.!?:;\n•\-–—*#>|\"“(\[{])\s*$")
_ENDINGS = (
    "'s",
    "’s",
    "s",
    "es",
    "ed",
    "d",
    "ing",
    "er",
    "ers",
    "ly",
    "al",
    "n",
    "ian",
    "ism",
    "ist",
    "ity",
    "ment",
    "ness",
    "able",
)


class UnknownNames:
    """Find capitalized words inside sentences that are no words; they count in texts about a person only."""

    name = NAME
    kinds = frozenset({Kind.ORG})

    def __init__(self, lists: WordLists) -> None:
        self._lists = lists

    def find(self, text: str) -> Iterator[Finding]:
        """Yield runs of capitalized words with at least one that no list knows."""
        for match in _RUN.finditer(text):
            words = [word.casefold() for word in _WORD.findall(match.group())]
            unknown = [word for word in words if not self._is_known(word)]
            if unknown and (
                len(words) > 1 or not _START.search(text[max(0, match.start() - 4) : match.start()])
            ):
                yield Finding(Kind.ORG, *match.span(), 0.4, NAME, "a name that no list knows", public=True)

    def _is_known(self, word: str) -> bool:
        lists = self._lists
        if len(word) < 3 or any(
            word in names
            for names in (lists.common, lists.words, lists.places, lists.organizations, lists.people)
        ):
            return True
        return any(
            word.endswith(ending)
            and (word[: -len(ending)] in lists.common or word[: -len(ending)] + "e" in lists.common)
            for ending in _ENDINGS
        )
