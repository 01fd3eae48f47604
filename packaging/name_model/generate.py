"""Make the texts that the name model learns from: templates, filled with invented people, firms and places.

    python packaging/name_model/generate.py 20 --seed 1        (prints a few; train.py uses `Generator`)

Everything is invented: names, streets and towns come from Faker (MIT) in forty locales, the rest from
templates.txt and words.txt beside this file. The same seed makes the same texts.
"""

import argparse
import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from unicodedata import combining, normalize

from words import HERE, TONGUES, Person, Words, sections

REGISTERS = {
    "chat": 26, "mail": 11, "cv": 6, "form": 8, "log": 4, "code": 7, "csv": 4, "list": 6, "prose": 16,
    "known": 11, "negative": 22, "resume": 9, "court": 8, "foreign": 7, "business": 14, "comments": 3,
    "terms": 22,
}  # fmt: skip
JOINED = {
    "chat": 3,
    "prose": 3,
    "known": 2,
    "negative": 3,
    "resume": 3,
    "court": 3,
    "business": 2,
    "terms": 3,
    "comments": 2,
}
"""Registers in which a text may hold several templates, and how many at most."""
CASES = {"plain": 66, "lower": 24, "lower names": 4, "upper": 4, "title": 2, "swapped": 0.5}
UNCASED = frozenset({"code", "log"})
"""Registers that are hardly ever written in another case as a whole."""
NUMBERLESS = frozenset({"code", "log", "csv"})
"""Registers in which a number is no word of a sentence."""

_CHOICE = re.compile("«([^»]*)»")
_SLOT = re.compile(r"\{([A-Za-z]+)(\d?)\}")
_TITLES = [
    "Mr. ",
    "Mr ",
    "Mrs. ",
    "Mrs ",
    "Ms. ",
    "Ms ",
    "Dr. ",
    "Dr ",
    "Prof. ",
    "Professor ",
    "Miss ",
    "Judge ",
    "Sir ",
    "Herr ",
    "Frau ",
    "Mme ",
    "Señora ",
]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
LISTED = {
    "skill": "", "field": "", "degree": "", "illness": "", "dish": "", "ingredient": "", "lib": "",
    "good": "", "rel": "", "err": "", "sentence": "", "prod": "PRODUCT", "book": "WORK_OF_ART",
    "film": "WORK_OF_ART", "lang": "LANGUAGE", "event": "EVENT", "court": "ORG", "loc": "LOC", "place": "GPE",
    "porg": "ORG", "norp": "NORP", "soft": "PRODUCT", "abbr": "", "cert": "", "account": "", "drug": "",
    "gene": "", "kit": "", "verbed": "", "headend": "",
}  # fmt: skip
"""Slots that a list of words.txt fills, and their labels in the scheme of spaCy's English models."""
OF_PEOPLE = frozenset({"p", "f", "l", "fl", "tl", "caps", "initname", "cyr", "email", "user"})
PLAIN = frozenset({"noun", "adj", "verb"})
"""Slots for plain words of a kind; {Noun} begins with a capital, {NOUN} is in capitals."""
Piece = tuple[str, str]
"""A part of a text and its label, "" for none."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its entities as (start, end, label)."""

    text: str
    entities: tuple[tuple[int, int, str], ...]


@dataclass(slots=True)
class Cast:
    """Who and what occurs in one text, by number."""

    register: str
    people: dict[str, Person] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)


class Generator:
    """Make texts without end; the seed decides which."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._words = Words(self._chance)
        self._templates = sections(HERE / "templates.txt")

    def texts(self, count: int) -> Iterator[Text]:
        """Yield so many texts."""
        for _ in range(count):
            yield self._text()

    def _text(self) -> Text:
        register = self._one_of(REGISTERS)
        cast = Cast(register)
        pieces: list[Piece] = []
        for number in range(self._chance.randint(1, JOINED.get(register, 1))):
            gap = self._chance.choice((" ", " ", " ", "\n", "\n\n"))
            source = register if number == 0 or self._words.maybe(0.8) else "negative"
            pieces += [(gap, "")] if number else []
            pieces += self._filled(self._chance.choice(self._templates[source]), cast)
        case = self._one_of(CASES)
        if register in UNCASED and self._words.maybe(0.8):
            case = "plain"
        return _joined([(_cased(text, label, case), label) for text, label in pieces])

    def _one_of(self, weighted: Mapping[str, float]) -> str:
        return self._chance.choices(list(weighted), list(weighted.values()))[0]

    def _filled(self, template: str, cast: Cast) -> list[Piece]:
        template = _CHOICE.sub(lambda match: self._chance.choice(match[1].split("|")), template)
        template = template.replace("\\n", "\n").replace("\\t", "\t")
        pieces: list[Piece] = []
        at = 0
        for slot in _SLOT.finditer(template):
            pieces.append((_unescaped(template[at : slot.start()]), ""))
            pieces += self._slot(slot[1], slot[2] or "1", cast)
            at = slot.end()
        return [*pieces, (_unescaped(template[at:]), "")]

    def _slot(self, name: str, number: str, cast: Cast) -> list[Piece]:
        if name == "porg" and self._words.maybe(0.7):
            return [(self._chance.choice(self._words.organizations), "ORG")]
        if name == "place" and self._words.maybe(0.5):
            return [(self._chance.choice(self._words.places), "GPE")]
        if name in LISTED:
            return [(self._words.pick(name), LISTED[name])]
        if name.lower() in PLAIN or name == "Verbed":
            return [(self._plain_word(name), "")]
        if name in OF_PEOPLE:
            if number not in cast.people:
                cast.people[number] = self._words.person()
            return self._of_person(name, cast.people[number])
        if name in ("o", "plain", "g"):
            makers = {"o": self._words.firm, "plain": self._words.plain_firm, "g": self._words.city}
            value = cast.others.setdefault(name + number, "") or makers[name]()
            cast.others[name + number] = value
            return [(value, "GPE" if name == "g" else "ORG")]
        if name == "num":
            value = str(self._chance.choice((self._chance.randint(2, 12), self._chance.randint(13, 900))))
            return [(value, "" if cast.register in NUMBERLESS else "CARDINAL")]
        return [self._single(name)]

    def _of_person(self, name: str, person: Person) -> list[Piece]:
        first, last, words = person.first, person.last, self._words
        match name:
            case "p":
                return self._full(person)
            case "f":
                return [(first, "PERSON")]
            case "l":
                return [(last, "PERSON")]
            case "fl":
                return [(f"{last}, {first}", "PERSON")]
            case "caps":
                return [(last.upper(), "PERSON")]
            case "cyr":
                return [(words.cyrillic(), "PERSON")]
            case "initname":
                shown = f"{first[0]}. {last.upper() if words.maybe(0.5) else last}"
                return [(self._chance.choice(("Mr ", "Mrs ", "Ms ", "")), ""), (shown, "PERSON")]
            case "tl":
                shown = last if words.maybe(0.6) else f"{first} {last}"
                return [(self._chance.choice(_TITLES), ""), (shown, "PERSON")]
            case "user":
                return [(f"{_plain(first)[:1]}{_plain(last)}{self._chance.randint(1, 99)}", "")]
        return [(f"{_plain(first)}.{_plain(last)}@{words.invented().lower()}.com", "")]

    def _full(self, person: Person) -> list[Piece]:
        first, last, words = person.first, person.last, self._words
        initial = self._chance.choice("ABCDEFGHJKLMNPRSTW")
        other = words.person()
        forms = {
            f"{first} {last}": 60,
            first: 8,
            f"{first} {initial}. {last}": 6,
            f"{first[0]}. {last}": 5,
            f"{first} {other.first} {last}": 5,
            f"{first} {last}-{other.last}": 2,
            f"{first} {self._chance.choice(('de', 'van', 'von', 'bin', 'al', 'da', 'di'))} {last}": 3,
            f"{first} {last} {other.last}": 4,
            f"{first} '{other.first}' {last}": 1,
            last: 3,
            f"{initial}. {self._chance.choice('ABCDEFGHJKLMNPRSTW')}. {last}": 2,
        }
        return [(self._one_of(forms), "PERSON")]

    def _single(self, name: str) -> Piece:
        words, chance = self._words, self._chance
        makers: dict[str, tuple[Callable[[], str], str]] = {
            "small": (words.town, "GPE"),
            "n": (lambda: words.pick("norp"), "NORP"),
            "c": (words.country, "GPE"),
            "C": (lambda: words.country().upper(), "GPE"),
            "cityup": (lambda: words.city().upper(), "GPE"),
            "year": (lambda: str(chance.randint(1930, 2025)), "DATE"),
            "r": (words.state, "GPE"),
            "addr": (words.street, "FAC"),
            "citz": (words.city_line, "GPE"),
            "fac": (words.facility, "FAC"),
            "school": (words.school, "ORG"),
            "hospital": (words.hospital, "ORG"),
            "pub": (lambda: chance.choice(words.people), "PERSON"),
            "d": (self._date, "DATE"),
            "age": (self._age, "DATE"),
            "m": (self._money, "MONEY"),
            "t": (lambda: self._plain_value("t"), "TIME"),
        }
        if name not in makers:
            return self._plain_value(name), ""
        make, label = makers[name]
        return make(), label

    def _plain_word(self, name: str) -> str:
        if name == "Verbed":
            return self._words.pick("verbed").capitalize()
        word = self._words.plain(name.lower())
        return word.upper() if name.isupper() else word.capitalize() if name[0].isupper() else word

    def _age(self) -> str:
        age = self._chance.randint(2, 95)
        return self._chance.choice((f"{age} years old", f"{age}", f"aged {age}", f"{age}-year-old"))

    def _date(self) -> str:
        chance = self._chance
        day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(1940, 2027)
        named = chance.choice(_MONTHS)
        return chance.choice(
            (
                f"{day} {named} {year}", f"{named} {day}, {year}", f"{day:02}/{month:02}/{year}",
                f"{year}-{month:02}-{day:02}", f"{day}.{month}.{year}", f"{named} {year}", f"{year}",
                f"the {day}th of {named}", f"{named} {day}th", named, f"last {chance.choice(_DAYS)}",
                chance.choice(_DAYS), f"{chance.choice(_DAYS)}, {named} {day}", f"{day} {named[:3]} {year}",
                "next week", "tomorrow", "today",
                f"{chance.randint(2, 9)} {chance.choice(('days', 'weeks', 'months'))}",
                "this year", f"the {chance.randint(4, 9)}0s", f"early {year}", "the weekend", "this morning",
                f"{chance.randint(2, 9)} years ago", f"the summer of {year}",
            )
        )  # fmt: skip

    def _money(self) -> str:
        amount = self._chance.choice((self._chance.randint(3, 99), self._chance.randint(100, 90_000)))
        return self._chance.choice(
            (
                f"${amount:,}", f"€{amount}", f"£{amount:,}", f"{amount} dollars", f"{amount:,} euros",
                f"EUR {amount:,}", f"${amount}.50", f"{amount} rupees", f"USD {amount}", f"{amount} bucks",
                f"{self._chance.randint(2, 90)} million dollars", f"₹{amount:,}",
            )
        )  # fmt: skip

    def _plain_value(self, name: str) -> str:
        chance, pick = self._chance, self._words.pick
        word, other = pick("identword"), pick("identword")

        def number(least: int, most: int) -> int:
            return chance.randint(least, most)

        def time_of_day() -> str:
            hour = number(1, 12)
            return chance.choice((f"{hour} pm", f"{hour}:30", f"{hour}am", f"{hour} o'clock", "noon"))

        makers: dict[str, Callable[[], str]] = {
            "ident": lambda: chance.choice((word, f"{word}_{other}", f"{word}{other.capitalize()}")),
            "Ident": lambda: "".join(each.capitalize() for each in f"{word}_{other}".split("_")),
            "IDENT": lambda: f"{word}_{other}".upper(),
            "Head": lambda: f"{pick('head')} {pick('headend')}",
            "ver": lambda: f"{number(0, 20)}.{number(0, 15)}.{number(0, 9)}",
            "id": lambda: f"{chance.choice(('', 'A', 'KR', '#'))}{number(10_000, 99_999_999)}",
            "ip": lambda: f"10.{number(0, 255)}.{number(0, 255)}.{number(1, 255)}",
            "ph": lambda: f"+{number(1, 99)} {number(100, 999)} {number(100_000, 9_999_999)}",
            "path": lambda: f"src/{word}/{other}.py",
            "t": time_of_day,
            "appno": lambda: f"{number(1000, 89_999)}/{number(0, 99):02}",
            "foreign": self._words.foreign,
            "job": self._words.job,
            "phrase": self._words.phrase,
            "Phrase": lambda: self._words.phrase().title(),
            **{name: partial(self._words.sentence, name, code) for name, code in TONGUES.items()},
            "clock": lambda: f"{number(0, 23):02}:{number(0, 59):02}:{number(0, 59):02}",
        }
        return makers[name]()


def _plain(name: str) -> str:
    letters = normalize("NFD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum() and not combining(letter))


def _unescaped(literal: str) -> str:
    return literal.replace("{{", "{").replace("}}", "}")


def _cased(text: str, label: str, case: str) -> str:
    match case:
        case "lower":
            return text.lower()
        case "lower names" if label:
            return text.lower()
        case "upper":
            return text.upper()
        case "swapped":
            return text.swapcase()
        case "title":
            return re.sub(r"(?<![\w'’])[^\W\d_]", lambda letter: letter[0].upper(), text)
    return text


def _joined(pieces: list[Piece]) -> Text:
    entities, at = [], 0
    for text, label in pieces:
        if label:
            entities.append((at, at + len(text), label))
        at += len(text)
    return Text("".join(text for text, _ in pieces), tuple(entities))


def main() -> None:
    """Print some texts with their entities in brackets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for text in Generator(given.seed).texts(given.count):
        shown = text.text
        for start, end, label in reversed(text.entities):
            shown = f"{shown[:start]}[{shown[start:end]}]{label}{shown[end:]}"
        print(shown, end="\n---\n")


if __name__ == "__main__":
    main()
