"""Invents names: of people with the sex and the country of the original, and of places that do not exist."""

import importlib
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from functools import cache
from typing import Final

from app.privacy.detectors.wordlist import PARTICLES, WordLists, listed

TITLES: Final = listed(
    "mr mrs ms mx miss dr prof professor doctor sir madam lady lord herr herrn frau mme mlle monsieur madame "
    "señor señora sr sra signor signora pan pani jr ii iii phd md"
)
KEPT: Final = PARTICLES | TITLES
"""Words in names that are nobody's."""
_FEMALE_TITLES: Final = listed("mrs ms miss madam lady frau mme mlle madame señora sra signora pani")
_MALE_TITLES: Final = listed("mr sir lord herr herrn monsieur señor signor pan")
_LOCALES: Final = (
    "en_US", "de_DE", "fr_FR", "es_ES", "it_IT", "nl_NL", "pl_PL", "pt_BR", "en_IN", "sv_SE", "no_NO",
    "da_DK", "fi_FI", "cs_CZ", "sk_SK", "hu_HU", "ro_RO", "tr_TR", "hr_HR", "id_ID", "en_GB",
)  # fmt: skip
"""Where a name is looked up, in this order."""
_ENOUGH: Final = 40
"""A country with fewer names to choose from borrows English ones."""
_HEADS: Final = """
Al Ash Bar Bel Bran Cal Car Cren Dal Dor El Fal Fen Gar Hal Har Hol Kel Lan Lin Mar Mel Mor Nor Pel Ral Ros
Sel Tal Thorn Tor Val Wen Wil Win Yar
"""
_TAILS: Final = """
bury combe croft dale don field fold ford gate ham hurst leigh low mere mont more port ridge sby shaw stead
stow thorpe ton vale well wick wood worth
"""
_TRIES: Final = 400
_LAST: Final = "last_names"

_TITLE: Final = re.compile(
    r"(?:(?:mr|mrs|ms|mx|miss|dr|prof|professor|sir|madam|lady|lord|herrn?|frau|mme|mlle|señora?|signora?)"
    r"(?:\.\s*|\s+))+(?=[^\W\d_])",
    re.IGNORECASE,
)
Taken = Callable[[str], bool]
"""Says of a case-folded word that it must not be used."""


def without_title(name: str) -> str:
    """Return a name without the title in front of it."""
    match = _TITLE.match(name)
    return name[match.end() :] if match else name


class Sex(Enum):
    """By which list a first name is chosen."""

    FEMALE = "first_names_female"
    MALE = "first_names_male"
    ANY = "first_names"


_SEXED: Final = frozenset({Sex.FEMALE.value, Sex.MALE.value})


class Names:
    """Names out of Faker's lists, without those that are also words or places."""

    def __init__(self, lists: WordLists | None = None) -> None:
        self._lists = lists or WordLists()
        self._fit: dict[tuple[str, str], tuple[str, ...]] = {}

    def country(self, words: Sequence[str]) -> str:
        """Return the locale in which most of the words of a name are names."""
        best, most = _LOCALES[0], 0
        for locale in _LOCALES:
            known = _all(locale)
            count = sum(word in known for word in words)
            if count > most:
                best, most = locale, count
            if most == len(words):
                break
        return best

    def sex(self, words: Iterable[str]) -> Sex:
        """Judge by a title, or by the lists in which a first name stands."""
        folded = list(words)
        if any(word in _FEMALE_TITLES for word in folded):
            return Sex.FEMALE
        if any(word in _MALE_TITLES for word in folded):
            return Sex.MALE
        for word in folded:
            for locale in _LOCALES:
                female = word in _folded(locale, Sex.FEMALE.value)
                if female != (word in _folded(locale, Sex.MALE.value)):
                    return Sex.FEMALE if female else Sex.MALE
        return Sex.ANY

    def is_first(self, word: str) -> bool:
        """Say whether a case-folded word is more a first name than a last one."""
        return word in self._lists.first

    def first(self, locale: str, sex: Sex, is_taken: Taken, initial: str = "") -> str:
        """Return a first name; empty where none is free."""
        return self._pick(locale, sex.value, is_taken, initial)

    def last(self, locale: str, is_taken: Taken, initial: str = "") -> str:
        """Return a last name; empty where none is free."""
        return self._pick(locale, _LAST, is_taken, initial)

    def place(self, is_taken: Taken) -> str:
        """Return a name as a place, a street or a company may have it; empty where none is free."""
        for _ in range(_TRIES):
            name = secrets.choice(_HEADS.split()) + secrets.choice(_TAILS.split())
            if not is_taken(name.casefold()) and not self._is_known(name.casefold()):
                return name
        return ""

    def _pick(self, locale: str, which: str, is_taken: Taken, initial: str) -> str:
        for place in (locale, _LOCALES[0]):
            names = self._choosable(place, which)
            if len(names) < _ENOUGH:
                continue
            close = [name for name in names if initial and name.casefold().startswith(initial)]
            for name in (*_shuffled(close), *_shuffled(names)):
                if not is_taken(name.casefold()):
                    return name
        return ""

    def _choosable(self, locale: str, which: str) -> tuple[str, ...]:
        """Return the names of a list that are nothing else besides."""
        if (locale, which) not in self._fit:
            firsts = self._lists.first if which == _LAST else frozenset[str]()
            self._fit[locale, which] = tuple(
                name
                for name in _listed(locale, which)
                if self._is_fit(name)
                and name.casefold() not in firsts
                and (which not in _SEXED or self.sex([name.casefold()]).value == which)
            )
        return self._fit[locale, which]

    def _is_fit(self, name: str) -> bool:
        folded = name.casefold()
        return name.isalpha() and name.istitle() and len(name) > 3 and not self._is_word(folded)

    def _is_word(self, folded: str) -> bool:
        lists = self._lists
        return folded in lists.common or folded in lists.places or folded in lists.organizations

    def _is_known(self, folded: str) -> bool:
        return self._is_word(folded) or folded in self._lists.first or folded in self._lists.last


def _shuffled(names: Sequence[str]) -> Iterator[str]:
    """Yield the names from a random place on; nobody can tell which ones come."""
    start = secrets.randbelow(len(names)) if names else 0
    step = next(step for step in (7, 11, 13, 17, 1) if step == 1 or len(names) % step)
    return (names[(start + at * step) % len(names)] for at in range(len(names)))


@cache
def _listed(locale: str, which: str) -> tuple[str, ...]:
    """Read one of Faker's lists; the package costs half a second, so it is loaded with the first name."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    names: Iterable[object] = getattr(provider, which, ())
    return tuple(dict.fromkeys(str(name) for name in names))


@cache
def _folded(locale: str, which: str) -> frozenset[str]:
    return frozenset(name.casefold() for name in _listed(locale, which))


@cache
def _all(locale: str) -> frozenset[str]:
    whiches = (*(sex.value for sex in Sex), _LAST)
    return frozenset().union(*(_folded(locale, which) for which in whiches))
