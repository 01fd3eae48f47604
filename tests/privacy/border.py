"""A finder that knows a few words, and filters around it."""

import re
from collections.abc import Sequence

from app.privacy.filter import PrivacyFilter
from app.privacy.propagate import Known
from app.privacy.types import Finding, Kind
from app.privacy.vault import MemoryVaultStore, Vault

KEY = bytes(range(32))
WORDS = {
    "Anna Smith": Kind.PERSON,
    "anna smith": Kind.PERSON,
    "Bob": Kind.PERSON,
    "anna@example.com": Kind.EMAIL,
    "hunter2!": Kind.PASSWORD,
    "12 March 1984": Kind.BIRTHDATE,
    "3 May 2024": Kind.DATE,
    "42 years": Kind.AGE,
    "I am ill": Kind.SENSITIVE,
    "Skagway": Kind.PLACE,
}


class WordFinder:
    """Finds the words above."""

    def __init__(self, words: dict[str, Kind] | None = None) -> None:
        self.words = dict(WORDS if words is None else words)

    def find(self, text: str, known: Sequence[Known]) -> tuple[Finding, ...]:
        if not self.words:
            return ()
        pattern = "|".join(sorted(map(re.escape, self.words), key=len, reverse=True))
        return tuple(
            Finding(self.words[match.group()], *match.span(), 0.9, "words", "one of the words")
            for match in re.finditer(pattern, text)
        )


def make_vault(store: MemoryVaultStore | None = None, conversation: str = "c1") -> Vault:
    return Vault(conversation, store or MemoryVaultStore(), KEY)


def make_filter(store: MemoryVaultStore | None = None, finder: WordFinder | None = None) -> PrivacyFilter:
    return PrivacyFilter(finder or WordFinder(), make_vault(store))
