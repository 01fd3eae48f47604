"""Pairs of answers to one question that say the same, or differ in a single number, date, name or "not".

Half of them were written by hand (data/answer_pairs.jsonl), the others are put together from sentences about
invented subjects (data/answer_topics.txt). Every second subject and every second pair by hand is held back:
the rules in app.core.claims were written without looking at how those come out.
"""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


def words(text: str) -> list[str]:
    """Return the words of a text."""
    return text.split()


DATA = Path(__file__).parent / "data"
MONTHS = words("January February March April May June July August September October November December")
FIRST = words("Ilse Tomas Nadia Priya Henrik Amara Luca Yusuf Greta Oskar Mina Pavel Rosa Idris Wanda Caleb")
LAST = words("Baumann Oyelaran Castell Lindgren Moreau Sato Novak Achterberg Quill Farouk Tennant Zielinski")
PLACES = ["Port Ellery", "Tarn", "Vossburg", "Green Hollow", "Sankt Ulm", "Casamora", "Elstow", "Rovina"]
FIRMS = ["Halden Labs", "Merrin & Co", "Asterix Pharma", "Kuroda Works", "Bluefield Group", "Norrland AG"]
OPENERS = [
    "",
    "",
    "Here is what I know about {n}. ",
    "Sure. ",
    "In short: ",
    "Happy to help. ",
    "**{n}**\n\n",
]
CLOSERS = [
    "",
    "",
    " Let me know if you want to hear more.",
    " I hope this helps.",
    " Ask if anything is unclear.",
]
UNITS = {
    "metres": ("m", "metres", "meters"), "kilometres": ("km", "kilometres", "kilometers"),
    "grams": ("g", "grams", "grams"), "milligrams": ("mg", "milligrams", "mg"),
    "celsius": ("°C", "degrees", "degrees Celsius"), "minutes": ("min", "minutes", "minutes"),
    "hours": ("h", "hours", "hours"), "square": ("m²", "square metres", "sq m"),
}  # fmt: skip
SMALL = words("zero one two three four five six seven eight nine ten eleven twelve")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two answers to one question, and the second with one thing changed."""

    id: str
    kind: str
    question: str
    local: str
    cloud: str
    changed: str
    held_back: bool


def by_hand() -> list[Pair]:
    """Return the pairs that were written by hand."""
    lines = (DATA / "answer_pairs.jsonl").read_text(encoding="utf-8").splitlines()
    return [Pair(**json.loads(line), held_back=bool(n % 2)) for n, line in enumerate(lines)]


def generated(count: int, held_back: bool, seed: int = 4) -> Iterator[Pair]:
    """Yield pairs about the subjects of one half, made with a seed."""
    chance = random.Random(f"{seed} {held_back}")
    subjects = [each for n, each in enumerate(_subjects()) if bool(n % 2) is held_back]
    for number in range(count):
        name, facts = subjects[number % len(subjects)]
        yield _pair(f"{'h' if held_back else 'd'}{number:03d}", name, facts, chance, held_back)


def _subjects() -> list[tuple[str, list[list[str]]]]:
    text = (DATA / "answer_topics.txt").read_text(encoding="utf-8")
    blocks = [
        block.strip().splitlines()
        for block in text.partition("back in turn: every second one.\n")[2].split("\n\n")
    ]
    return [(block[0], [line.split(" | ") for line in block[1:]]) for block in blocks]


def _pair(number: str, name: str, facts: list[list[str]], chance: random.Random, held_back: bool) -> Pair:
    chosen = chance.sample(facts, chance.randint(2, len(facts)))
    changed = chance.randrange(len(chosen))
    local, cloud, false = [], [], []
    for place, (head, *wordings) in enumerate(chosen):
        here, there, other = _values(head.partition(":")[2], chance)
        one, two = chance.sample(wordings, 2)
        local.append(_say(one, name, here))
        cloud.append(_say(two, name, there))
        false.append(_say(two, name, other if place == changed else there))
    if chance.random() < 0.5:
        order = chance.sample(range(len(cloud)), len(cloud))
        cloud, false = [cloud[at] for at in order], [false[at] for at in order]
    kind = chosen[changed][0].partition(":")[0]
    dress, plain = _dress(name, chance), _dress(name, chance)
    return Pair(
        number, kind, f"What do you know about {name}?", plain(local), dress(cloud), dress(false), held_back
    )


def _say(wording: str, name: str, value: str) -> str:
    said = wording.replace("{n}", name).replace("{}", value)
    return said[0].upper() + said[1:]


def _dress(name: str, chance: random.Random) -> Callable[[list[str]], str]:
    opener, closer = chance.choice(OPENERS), chance.choice(CLOSERS)
    mark = chance.choice([" ", " ", " ", "\n- "])

    def dressed(sentences: list[str]) -> str:
        return (opener.replace("{n}", name) + (mark + mark.join(sentences)).lstrip(" ") + closer).strip()

    return dressed


def _values(maker: str, chance: random.Random) -> tuple[str, str, str]:
    """Return a value in two notations, and another one."""
    match maker.split():
        case ["year"]:
            year = chance.randint(1720, 2019)
            return str(year), str(year), str(year + chance.choice([-30, -11, -1, 1, 2, 9, 10, 40]))
        case ["day"]:
            return _days(chance)
        case ["person"]:
            (first, other), (last, false) = chance.sample(FIRST, 2), chance.sample(LAST, 2)
            full, title = f"{first} {last}", chance.choice(["Dr. ", "Ms. ", "Prof. ", ""])
            return full, chance.choice([full, last, f"{first[0]}. {last}", title + full]), f"{other} {false}"
        case ["place"] | ["firm"]:
            here, false = chance.sample(PLACES if maker == "place" else FIRMS, 2)
            return here, here, false
        case ["count", noun]:
            return _counts(noun, chance)
        case ["percent"]:
            share, off = chance.randint(2, 90), chance.choice([-1, 3, 7])
            return f"{share}%", chance.choice([f"{share} percent", f"{share} %"]), f"{share + off}%"
        case ["money"] | ["price"]:
            return _money(maker, chance)
        case [unit]:
            value = chance.randint(12, 950) if unit != "hours" else chance.randint(3, 12)
            other = _another(value, chance)
            return (
                f"{value} {chance.choice(UNITS[unit])}",
                f"{value} {chance.choice(UNITS[unit])}",
                f"{other} {chance.choice(UNITS[unit])}",
            )
    raise ValueError(maker)


def _days(chance: random.Random) -> tuple[str, str, str]:
    day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(1850, 2025)
    other = chance.choice([(day % 28 + 1, month, year), (day, month % 12 + 1, year), (day, month, year - 3)])

    def written(day: int, month: int, year: int) -> str:
        name = MONTHS[month - 1]
        return chance.choice([f"{day} {name} {year}", f"{name} {day}, {year}", f"{year}-{month:02d}-{day:02d}", f"{day} {name[:3]} {year}", f"the {day}th of {name}, {year}" if 3 < day < 21 else f"{day} {name} {year}"])  # fmt: skip

    return written(day, month, year), written(day, month, year), written(*other)


def _counts(noun: str, chance: random.Random) -> tuple[str, str, str]:
    value = chance.choice([chance.randint(3, 12), chance.randint(20, 900), chance.randint(1100, 90_000)])
    other = _another(value, chance)
    forms = [f"{value:,}", str(value), f"{value:,}".replace(",", " ")]
    forms += [SMALL[value]] * 2 if value < len(SMALL) else []
    return f"{chance.choice(forms)} {noun}", f"{chance.choice(forms)} {noun}", f"{other:,} {noun}"


def _money(maker: str, chance: random.Random) -> tuple[str, str, str]:
    if maker == "price":
        value = chance.randint(9, 900)
        return f"${value}", chance.choice([f"{value} dollars", f"${value}.00"]), f"${_another(value, chance)}"
    value = chance.randint(11, 99) / 10
    other = _another(round(value * 10), chance) / 10
    return (
        f"€{value} million",
        chance.choice([f"€{value:.1f}m", f"{value:.2f} million euros", f"EUR {value * 1e6:,.0f}"]),
        f"€{other} million",
    )


def _another(value: int, chance: random.Random) -> int:
    turned = int(str(value)[::-1])
    near = max(1, round(value * chance.choice([0.5, 0.7, 1.25, 1.5, 2])))
    made = chance.choice([turned, near, near])
    return made if made != value and len(str(made)) == len(str(value)) else value + max(2, value // 5)
