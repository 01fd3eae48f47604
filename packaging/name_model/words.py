"""Invented names of people, firms and places, and the words of words.txt, for the training texts."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from faker import Faker

HERE = Path(__file__).resolve().parent
LOCALES = [
    "en_US",
    "en_US",
    "en_US",
    "en_GB",
    "en_GB",
    "en_IN",
    "en_AU",
    "en_CA",
    "en_NZ",
    "en_IE",
    "de_DE",
    "de_AT",
    "de_CH",
    "fr_FR",
    "fr_CH",
    "fr_CA",
    "es_ES",
    "es_MX",
    "es_CO",
    "es_AR",
    "es_CL",
    "it_IT",
    "pt_BR",
    "pt_PT",
    "nl_NL",
    "nl_BE",
    "pl_PL",
    "sv_SE",
    "no_NO",
    "da_DK",
    "fi_FI",
    "cs_CZ",
    "sk_SK",
    "hu_HU",
    "ro_RO",
    "hr_HR",
    "sl_SI",
    "tr_TR",
    "id_ID",
    "en_PH",
    "vi_VN",
    "et_EE",
    "lt_LT",
    "lv_LV",
    "az_AZ",
    "ru_RU",
    "uk_UA",
    "bg_BG",
    "el_GR",
]
LINKS = ("of", "by", "at", "for", "&", "and")
OTHER_SCRIPT = frozenset({"ru_RU", "uk_UA", "bg_BG", "el_GR"})
TONGUES = {
    "french": "fr_FR", "german": "de_DE", "spanish": "es_ES", "italian": "it_IT", "dutch": "nl_NL",
    "polish": "pl_PL", "danish": "da_DK",
}  # fmt: skip
"""Languages with sentences in words.txt, and Faker's locale of each."""
ROMAN = [
    "Wei Zhang",
    "Li Na",
    "Hiroshi Tanaka",
    "Yuki Sato",
    "Min-jun Kim",
    "Ji-woo Park",
    "Nguyen Van An",
    "Priya Raghunathan",
    "Arjun Subramaniam",
    "Fatima Al-Hashimi",
    "Omar Khalil",
    "Ahmed El-Sayed",
    "Chidi Okonkwo",
    "Ngozi Adeyemi",
    "Kwame Mensah",
    "Thabo Nkosi",
    "Leila Hosseini",
    "Reza Karimi",
    "Oleksandr Shevchuk",
    "Dmitri Volkov",
    "Siti Nurhaliza",
    "Tariq Mahmood",
    "Xiaoming Liu",
    "Mei-Ling Chen",
    "Sunita Deshpande",
    "Abebe Tesfaye",
    "Amina Diallo",
    "Yusuf Demirtas",
    "Noam Ben-David",
]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who keeps his name through a text."""

    first: str
    last: str


def sections(path: Path) -> dict[str, list[str]]:
    """Read a file of [sections]; comments and empty lines are left out."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if re.fullmatch(r"\[\w+\]", line):
            lines = found.setdefault(line[1:-1], [])
        elif line and not line.startswith("%%"):
            lines.append(line)
    return found


def _lists(name: str) -> dict[str, list[str]]:
    return {name: lines[0].split("|") for name, lines in sections(HERE / name).items()}


def _titled(name: str) -> str:
    small = ("of", "the", "and", "de", "la", "le", "da", "van", "von", "del")
    words = [word if word in small else word[:1].upper() + word[1:] for word in name.split()]
    return " ".join(words)


class Words:
    """Pools of invented names by locale, made once."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.lists = _lists("words.txt")
        known = _lists("known.txt")
        terms = {word.casefold() for name in ("abbr", "soft", "lib", "prod") for word in self.lists[name]}
        self.organizations = [
            word.upper() if len(word) < 5 else _titled(word)
            for word in known["organizations"]
            if word not in terms
        ]
        self.places = [_titled(word) for word in known["places"]]
        self.people = [_titled(word) for word in known["people"]]
        self._fakers: dict[str, Faker] = {}
        for number, locale in enumerate(sorted(set(LOCALES))):
            self._fakers[locale] = Faker(locale)
            self._fakers[locale].seed_instance(chance.randrange(10**9) + number)

    def pick(self, name: str) -> str:
        return self.chance.choice(self.lists[name])

    def maybe(self, share: float) -> bool:
        return self.chance.random() < share

    def faker(self) -> Faker:
        """Choose a locale; other scripts are rarer, since the model reads English."""
        locale = self.chance.choice(LOCALES)
        if locale in OTHER_SCRIPT and self.maybe(0.7):
            locale = "en_US"
        return self._fakers[locale]

    def person(self) -> Person:
        if self.maybe(0.08):
            first, last = self.chance.choice(ROMAN).rsplit(" ", 1)
            return Person(first, last)
        faker = self.faker()
        first = self.pick("wordname") if self.maybe(0.06) else faker.first_name()
        return Person(first, faker.last_name())

    def town(self) -> str:
        """Name a small place: invented, or one of Faker's."""
        if self.maybe(0.5):
            return self.faker().city()
        name = self.pick("townstart") + self.pick("townend")
        name = f"{self.pick('prefix')} {name}" if self.maybe(0.2) else name
        return f"{name}-{self.pick('townstart')}{self.pick('townend')}" if self.maybe(0.05) else name

    def city(self) -> str:
        return self.chance.choice(self.places) if self.maybe(0.35) else self.town()

    def country(self) -> str:
        return self._fakers["en_US"].country()

    def state(self) -> str:
        return self._fakers[self.chance.choice(("en_US", "en_IN", "de_DE", "es_MX"))].state()

    def street(self) -> str:
        if self.maybe(0.6):
            faker = self._fakers[self.chance.choice(("en_US", "en_GB", "en_AU", "en_IN", "en_CA"))]
        else:
            faker = self.faker()
        return " ".join(faker.street_address().split())

    def city_line(self) -> str:
        town, code = self.town(), str(self.chance.randrange(1000, 99999))
        state = self._fakers["en_US"].state_abbr()
        forms = (f"{town}, {state} {code:0>5}", f"{code} {town}", f"{town} {code}", f"{town}, {code}", town)
        return self.chance.choice(forms)

    def invented(self) -> str:
        """Make up one word."""
        word = "".join(self.pick("syllable") for _ in range(self.chance.choice((2, 2, 3))))
        return word.upper() if self.maybe(0.05) else word.capitalize()

    def firm(self) -> str:
        """Make up a company in one of many shapes."""
        last = self.person().last
        shapes: tuple[Callable[[], str], ...] = (
            self.invented,
            self.invented,
            lambda: f"{self.invented()} {self.pick('noun')}",
            lambda: f"{self.invented()} {self.pick('legal')}",
            lambda: f"{self.pick('firstpart')}{self.pick('secondpart')}",
            lambda: f"{self.pick('firstpart')}{self.pick('secondpart').capitalize()}",
            lambda: f"{self.pick('firstpart')} {self.pick('noun')}",
            lambda: f"{self.pick('firstpart')} {self.pick('secondpart').capitalize()} {self.pick('noun')}",
            lambda: (
                f"{self.pick('firstpart')}{self.pick('secondpart')} {self.pick('noun')} {self.pick('legal')}"
            ),
            lambda: f"{last} {self.pick('noun')}",
            lambda: f"{last} & {self.person().last}",
            lambda: f"{last}, {self.person().last} and {self.person().last}",
            lambda: f"{last} {self.pick('legal')}",
            lambda: f"{last}'s {self.pick('noun')}",
            lambda: f"{self.person().first}'s {self.pick('noun')}",
            lambda: f"{self.town()} {self.pick('noun')}",
            lambda: "".join(self.chance.choices("ABCDEFGHKLMNPRSTVWX", k=self.chance.choice((3, 3, 4)))),
            lambda: f"The {self.pick('firstpart')} {self.pick('secondpart').capitalize()}",
            lambda: f"{self.pick('noun')} {self.chance.choice(LINKS)} {self.town()}",
            lambda: self.faker().company(),
            lambda: self._fakers["en_US"].company(),
            lambda: f"{self.invented().lower()}.{self.chance.choice(('io', 'ai', 'com', 'co'))}",
            self.school,
            self.hospital,
            self.body,
            self.body,
            self.body,
        )
        return self.chance.choice(shapes)()

    def plain(self, kind: str) -> str:
        """Choose a noun, an adjective or a verb."""
        kinds = {"adj": "adjective"}
        return str(self._fakers["en_US"].word(part_of_speech=kinds.get(kind, kind)))

    def job(self) -> str:
        return self.pick("job") if self.maybe(0.6) else str(self._fakers["en_US"].job())

    def phrase(self) -> str:
        return str(self._fakers["en_US"].catch_phrase())

    def plain_firm(self) -> str:
        """Name a company with plain words alone."""
        noun, other, adjective = (self.plain(kind).capitalize() for kind in ("noun", "noun", "adj"))
        shapes = {
            noun: 40, adjective: 10, f"{adjective} {noun}": 12, f"{noun}{other}": 8,
            f"{noun} {self.pick('noun')}": 12, f"{noun} {self.pick('legal')}": 8, self.invented(): 10,
            noun.upper(): 3, f"{noun} & {other}": 3,
        }  # fmt: skip
        return self.chance.choices(list(shapes), list(shapes.values()))[0]

    def cyrillic(self) -> str:
        faker = self._fakers[self.chance.choice(("ru_RU", "uk_UA", "bg_BG"))]
        return f"{faker.first_name()} {faker.last_name()}"

    def sentence(self, language: str, locale: str) -> str:
        """Say something in another language: a real sentence, or a string of its words."""
        return self.pick(language) if self.maybe(0.6) else str(self._fakers[locale].sentence())

    def foreign(self) -> str:
        if self.maybe(0.2):
            return str(self._fakers[self.chance.choice(("ru_RU", "uk_UA", "el_GR", "cs_CZ"))].sentence())
        return self.sentence(*self.chance.choice(list(TONGUES.items())))

    def school(self) -> str:
        town, kind = self.town(), self.pick("school")
        saint = f"St. {self.person().first}'s {kind}"
        return self.chance.choice((f"{town} {kind}", f"{town} {kind}", f"University of {town}", saint))

    def hospital(self) -> str:
        return f"{self.town() if self.maybe(0.7) else self.person().last} {self.pick('hospital')}"

    def body(self) -> str:
        """Make up an office, a society or a team."""
        topic = self.pick("topic")
        nation, known = self.pick("norp"), self.chance.choice(self.organizations)
        shapes = (
            f"{self.pick('body')} of {topic}",
            f"{nation} {self.pick('body')} of {topic}",
            f"{topic} {self.pick('body')}",
            f"{self.pick('reach')} {topic} {self.pick('union')}",
            f"{self.pick('reach')} {self.pick('union')} of {topic}",
            f"{nation} {topic} {self.pick('union')}",
            f"{self.town()} {self.pick('townbody')}",
            f"{self.town()} {self.pick('townbody')}",
            f"{self.pick('firstpart')} {self.pick('secondpart').capitalize()} {self.pick('union')}",
            known,
            known,
        )
        return self.chance.choice(shapes)

    def facility(self) -> str:
        return f"{self.town() if self.maybe(0.5) else self.person().last} {self.pick('fac')}"
