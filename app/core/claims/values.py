"""What can be compared by rule: a number with its unit, a date, a name."""

import unicodedata
from dataclasses import dataclass

_ROUNDED = 0.02
_ABOUT = 0.04
"""How far apart, relative to the larger, numbers may be: silently rounded, or said to be about so much."""

_PEOPLES = ("an", "ish", "ese", "ic", "ch")


@dataclass(frozen=True, slots=True)
class Number:
    """A number, converted to the base of its unit."""

    value: float
    step: float
    """The place of its last digit that is not a mere zero: 100 in 1,200."""
    dimension: str = ""
    """length, mass, money …; empty where what follows is a plain noun, or nothing."""
    noun: frozenset[str] = frozenset()
    """Stems of the words that say what is counted."""
    about: bool = False
    """Said to be about so much."""

    def agrees(self, other: "Number") -> bool:
        """Say whether both may be the same number, one of them rounded."""
        apart, larger = abs(self.value - other.value), max(abs(self.value), abs(other.value))
        if apart > 3 * _ABOUT * larger:
            return False
        if self.dimension and other.dimension and not _meet(self.dimension, other.dimension):
            return False
        if apart <= 1e-9 * larger:
            return True
        is_rounded = apart <= 0.5001 * max(self.step, other.step)
        if self.about or other.about:
            return apart <= _ABOUT * larger or (is_rounded and apart <= 3 * _ABOUT * larger)
        return is_rounded and apart <= _ROUNDED * larger

    def likeness(self, other: "Number") -> float:
        """Say from 0 (they tell of different things) to 1 how alike what they count is."""
        if self.dimension or other.dimension:
            if _meet(self.dimension, other.dimension):
                return 1.0
            one_is_bare = not (self.dimension and other.dimension) and not (self.noun and other.noun)
            return 0.4 if one_is_bare and not (self.noun or other.noun) else 0.0
        if self.noun & other.noun:
            return 1.0
        return 0.5 if not self.noun or not other.noun else 0.3


@dataclass(frozen=True, slots=True)
class Date:
    """A date or a part of one; also a time of day."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    minute: int | None = None
    """Of the day, or of half a day where it is open which half."""
    half_known: bool = False

    def agrees(self, other: "Date") -> bool:
        """Say whether they share a part and no part differs."""
        shared = [(a, b) for a, b in zip(self._parts(), other._parts(), strict=True) if None not in (a, b)]
        if self.minute is not None and other.minute is not None:
            turn = 1440 if self.half_known and other.half_known else 720
            return self.minute % turn == other.minute % turn
        return bool(shared) and all(a == b for a, b in shared)

    def likeness(self, other: "Date") -> float:
        """Say whether they can be compared at all."""
        shared = [1 for a, b in zip(self._parts(), other._parts(), strict=True) if None not in (a, b)]
        return 1.0 if shared or (self.minute is not None and other.minute is not None) else 0.0

    def _parts(self) -> tuple[int | None, int | None, int | None, int | None]:
        return self.year, self.month, self.day, self.weekday


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody or something by name, or a code."""

    words: tuple[str, ...]
    """Folded: small letters without accents, titles left out."""
    is_sure: bool = True
    """No single word that only begins a sentence."""

    def agrees(self, other: "Name") -> bool:
        """Say whether both may name the same: a surname, a name with a title, an initial, an abbreviation."""
        one, two = sorted((self.words, other.words), key=len)
        if set(one) <= set(two) or _is_short_for(one, two):
            return True
        if len(one) == len(two) or one[-1] == two[-1]:
            return one[-1] == two[-1] and one[0][0] == two[0][0] and 1 in (len(one[0]), len(two[0]))
        return False

    def likeness(self, other: "Name") -> float:
        """Say whether they can be compared: codes only with codes."""
        return float(self._is_code() is other._is_code())

    def _is_code(self) -> bool:
        return any(character.isdigit() for word in self.words for character in word)


Value = Number | Date | Name


def kind_of(value: Value) -> str:
    """Return the word by which a difference of this kind is called."""
    return type(value).__name__.lower()


def fold(word: str) -> str:
    """Return a word in small letters, without accents."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each)).replace("ß", "ss")


def _meet(one: str, other: str) -> bool:
    """Say whether two dimensions may be one: "pound" is money or mass, and "money" any currency."""
    return one == other or bool(set(one.split("|")) & set(other.split("|")))


def _is_short_for(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    if len(one) != 1:
        return False
    letters = "".join(word[0] for word in two)
    if len(two) > 1 and len(one[0]) > 1 and one[0] == letters:
        return True
    # A people and its country: Italian, Italy.
    is_root = len(two) == 1 and one[0][:4] == two[0][:4]
    return is_root and (one[0].endswith(_PEOPLES) or two[0].endswith(_PEOPLES))
