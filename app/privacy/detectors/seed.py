"""Seed phrases of wallets: a dozen or more words of the BIP-39 list in a row."""

import re
from collections.abc import Callable, Collection, Iterator
from hashlib import sha256

from app.privacy.detectors.wordlist import listed
from app.privacy.types import Finding, Kind

NAME = "seed-phrase"
SHORTEST = 12
SHORTEST_WITH_CUE = 6
_SIZES = (12, 15, 18, 21, 24)
_WORD = re.compile(r"[a-z]{3,8}")
_GAP = re.compile(r"[\s,;|]{0,3}(?:\d{1,2}[.):]?\s?)?")
_CUE = re.compile(
    r"(?<!\w)(?:seed|mnemonic|recovery|backup|wallet|secret) ?(?:phrase|words?|passphrase|is|:)"
    r"|wiederherstellung\w{0,12}|phrase de récupération|frase (?:semilla|segreta|de recuperación)|herstelzin",
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
        words = [match.group() for match in run]
        cued = _CUE.search(text[max(0, start - 60) : start + 30])
        plain = sum(word in _GRAMMAR for word in words) < len(words) // 4
        if cued or (len(run) >= SHORTEST and plain and not self._is_vocabulary(words)):
            yield Finding(Kind.SEED, start, end, 0.95, NAME, "seed phrase of a wallet")

    def _is_vocabulary(self, words: list[str]) -> bool:
        """Tell a list of words in the order of the alphabet from a phrase, by the check digits of BIP-39."""
        if words != sorted(words):
            return False
        order = {word: number for number, word in enumerate(sorted(self._words()))}
        spans = ((at, at + size) for size in _SIZES for at in range(len(words) - size + 1))
        return not any(_is_checked([order[word] for word in words[at:end]]) for at, end in spans)


def _is_checked(numbers: list[int]) -> bool:
    """Compare the last bits of a phrase with the digest of the others, as BIP-39 says."""
    bits = "".join(f"{number:011b}" for number in numbers)
    check = len(bits) // 33
    entropy = int(bits[:-check], 2).to_bytes((len(bits) - check) // 8, "big")
    return f"{sha256(entropy).digest()[0]:08b}"[:check] == bits[-check:]
