"""Seed phrases of wallets: a dozen or more words of the BIP-39 list in a row."""

import re
from collections.abc import Callable, Collection, Iterator

from app.privacy.detectors.wordlist import listed
from app.privacy.types import Finding, Kind

NAME = "seed-phrase"
SHORTEST = 12
SHORTEST_WITH_CUE = 6
_WORD = re.compile(r"[a-z]{3,8}")
_GAP = re.compile(r"[\s,;|]{0,3}(?:\d{1,2}[.):]?\s?)?")
_CUE = re.compile(
    r"(?<!\w)(?:seed|mnemonic|recovery|backup|wallet|secret) ?(?:phrase|words?|passphrase|is|:)",
    re.IGNORECASE,
)
_GRAMMAR = listed(
    "the and you that this with have will can all any are was not but use one two just only very what when"
)


class SeedDetector:
    """Find runs of seed words."""

    name = NAME
    kinds = frozenset({Kind.SEED})

    def __init__(self, seed_words: Callable[[], Collection[str]]) -> None:
        self._words = seed_words

    def find(self, text: str) -> Iterator[Finding]:
        """Yield runs of at least twelve words; after a cue six are enough."""
        listed = self._words()
        run: list[re.Match[str]] = []
        for match in _WORD.finditer(text.lower()):
            if run and not _GAP.fullmatch(text[run[-1].end() : match.start()]):
                yield from self._close(run, text)
                run = []
            if match.group() in listed and not text[match.end() : match.end() + 1].isalpha():
                run.append(match)
            else:
                yield from self._close(run, text)
                run = []
        yield from self._close(run, text)

    def _close(self, run: list[re.Match[str]], text: str) -> Iterator[Finding]:
        if len(run) < SHORTEST_WITH_CUE:
            return
        start, end = run[0].start(), run[-1].end()
        cued = _CUE.search(text[max(0, start - 60) : start + 30])
        plain = sum(match.group() in _GRAMMAR for match in run) < len(run) // 4
        if cued or (len(run) >= SHORTEST and plain):
            yield Finding(Kind.SEED, start, end, 0.95, NAME, "seed phrase of a wallet")
