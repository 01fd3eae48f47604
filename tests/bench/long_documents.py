"""Invents long documents with planted facts: reports, contracts and minutes, the same for the same seed.

Each has three questions whose evidence is one planted sentence, worded otherwise than the question; decoys
say the like of something else, and private details stand in sentences that no question is about.
"""

import random
from dataclasses import dataclass

PLACES = [
    "Harrow",
    "Wexley",
    "Tarn",
    "Oldby",
    "Marsham",
    "Quill",
    "Bexton",
    "Dunmere",
    "Ashlow",
    "Fernleigh",
    "Corrick",
    "Stanmoor",
    "Velbury",
    "Ropley",
]
GOODS = [
    "pumps",
    "lanterns",
    "benches",
    "valves",
    "ledgers",
    "carpets",
    "boilers",
    "railings",
    "shutters",
    "turbines",
    "awnings",
    "freezers",
    "lifts",
    "panels",
]
UNITS = ("the northern branch", "the field team", "the workshop", "the committee", "the archive", "the night shift",
         "the supplier", "the landlord", "the auditor", "the board", "the contractor", "the works council")  # fmt: skip
VERBS = [
    "reviewed",
    "postponed",
    "described",
    "inspected",
    "discussed",
    "replaced",
    "measured",
    "compared",
    "repaired",
    "listed",
    "approved",
    "questioned",
]
THINGS = ("the drainage of the yard", "the colour of the signs", "the order of the shelves", "the heating plan",
          "the parking rules", "the cleaning rota", "the map of the cellar", "the noise at the gate", "the fire drill",
          "the wording of the leaflet", "the state of the roof", "the delivery times", "the training course",
          "the insulation of the pipes", "the lights in the corridor", "the choice of paint", "the storage of salt")  # fmt: skip
ENDINGS = ("without coming to a conclusion", "and asked for a second opinion", "in some detail", "for the third time",
           "because the earlier notes were incomplete", "as had been agreed", "although the weather was poor",
           "and thanked everybody involved", "while the main hall was closed", "before moving to the next item")  # fmt: skip
FIRST = [
    "Cornelia",
    "Bertram",
    "Ottilie",
    "Ranulf",
    "Ysolde",
    "Thaddeus",
    "Marguerite",
    "Leopold",
    "Henrietta",
    "Ambrose",
    "Clementine",
    "Percival",
]
LAST = [
    "Featherstone",
    "Lindqvist",
    "Abernathy",
    "Okonjo",
    "Vandermeer",
    "Castellano",
    "Brightwater",
    "Thornbury",
    "Delacroix",
    "Whitcombe",
]
MONTHS = [
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

FACTS = (
    ("Rent for the {p} depot comes to {n} crowns a month.", "How much do we pay each month to lease the depot in {p}?", "n"),
    ("Either side may end the agreement on the {p} site by giving {d} days' notice in writing.", "What is the notice period for terminating the {p} agreement?", "d"),
    ("The {g} ordered for {p} were delivered late, on {t}.", "When did the {g} finally arrive in {p}?", "t"),
    ("In {p} the yearly budget for {g} was cut to {n} crowns.", "What is the reduced annual budget for {g} in {p}?", "n"),
    ("A penalty of {n} crowns falls due where the {g} at {p} are not repaired in time.", "What does a delay in mending the {g} at {p} cost in damages?", "n"),
    ("The warranty on the {p} {g} runs out on {t}.", "Until which date is the guarantee on the {g} in {p} valid?", "t"),
    ("Of the {g} tested at {p}, {d} failed.", "How many of the {g} examined in {p} were faulty?", "d"),
    ("Visitors to the {p} plant must register {d} hours ahead.", "How far in advance do guests of the {p} factory have to sign in?", "d"),
    ("The vote on moving the {p} office was set for {t}.", "On what day will they decide about relocating the {p} office?", "t"),
    ("Sales of {g} in {p} rose by {d} percent over the year.", "By what percentage did {p} sell more {g}?", "d"),
    ("Insurance for {p} covers losses up to {n} crowns.", "What is the limit of the {p} policy?", "n"),
    ("Energy use at {p} fell to {n} kilowatt hours after the new {g} came.", "How much electricity does {p} consume since the {g} were renewed?", "n"),
)  # fmt: skip
PRIVATE = (
    "Ask {f} {l} for the key; the number is +44 20 7946 0{d}.",
    "Invoices go to {f} {l}, account GB82 WEST 1234 5698 7654 32, as before.",
    "{f} {l} was ill again and can be reached at {e}.",
    "The alarm code is kept by {f} {l}, who lives at {d} Harbour Lane.",
)


@dataclass(frozen=True)
class Question:
    text: str
    evidence: str
    answer: str
    wording: int
    """Which of the facts it is."""


@dataclass(frozen=True)
class Planted:
    text: str
    questions: tuple[Question, ...]
    private: tuple[str, ...]
    """Strings that must not leave."""


def documents(count: int, seed: int = 20) -> list[Planted]:
    return [_document(random.Random(seed * 1000 + number), number) for number in range(count)]


def _document(chance: random.Random, number: int) -> Planted:
    sections = chance.randint(28, 60)
    paragraphs = [_filler(chance) for _ in range(sections * 2)]
    picked = chance.sample(range(len(FACTS)), 3)
    places = chance.sample(PLACES, 9)
    questions, private = [], []
    for at, wording in enumerate(picked):
        sentence, asked, key = FACTS[wording]
        real = _values(chance, places[at])
        questions.append(Question(asked.format(**real), sentence.format(**real), real[key], wording))
        _plant(chance, paragraphs, questions[-1].evidence)
        for decoy in (places[3 + 2 * at], places[4 + 2 * at]):  # the same of elsewhere
            _plant(chance, paragraphs, sentence.format(**{**_values(chance, decoy), "g": real["g"]}))
    for other in chance.sample(
        [n for n in range(len(FACTS)) if n not in picked], 5
    ):  # other things of the same place
        _plant(chance, paragraphs, FACTS[other][0].format(**_values(chance, places[other % 3])))
    for shape in PRIVATE:
        name = {"f": chance.choice(FIRST), "l": chance.choice(LAST), "d": chance.randint(100, 999)}
        name["e"] = f"{name['f']}.{name['l']}@quillmail.example".lower()
        private += [f"{name['f']} {name['l']}", name["e"]] if "{e}" in shape else [f"{name['f']} {name['l']}"]
        _plant(chance, paragraphs, shape.format(**name))
    return Planted(_laid_out(chance, number, paragraphs), tuple(questions), tuple(private))


def _values(chance: random.Random, place: str) -> dict[str, str]:
    day = f"{chance.randint(1, 28)} {chance.choice(MONTHS)} 20{chance.randint(19, 29)}"
    amount = f"{chance.randint(11, 989)},{chance.randint(100, 999)}"
    return {"p": place, "g": chance.choice(GOODS), "n": amount, "d": str(chance.randint(12, 97)), "t": day}


def _filler(chance: random.Random) -> str:
    return " ".join(_sentence(chance) for _ in range(chance.randint(2, 5)))


def _sentence(chance: random.Random) -> str:
    unit, thing, ending = chance.choice(UNITS), chance.choice(THINGS), chance.choice(ENDINGS)
    shape = chance.randrange(4)
    if shape == 0:
        said = f"{unit} {chance.choice(VERBS)} {thing} {ending}"
    elif shape == 1:
        said = f"at {chance.choice(PLACES)}, {unit} {chance.choice(VERBS)} {thing} and some {chance.choice(GOODS)}"
    elif shape == 2:
        said = f"on {chance.randint(1, 28)} {chance.choice(MONTHS)} {unit} {chance.choice(VERBS)} {thing} {ending}"
    else:
        said = f"{chance.randint(2, 90)} {chance.choice(GOODS)} from {chance.choice(PLACES)} were {chance.choice(VERBS)} {ending}"
    return said[0].upper() + said[1:] + "."


def _plant(chance: random.Random, paragraphs: list[str], sentence: str) -> None:
    at = chance.randrange(len(paragraphs))
    parts = paragraphs[at].split(". ")
    where = chance.randint(0, len(parts) - 1)
    parts.insert(where, sentence.removesuffix("."))
    paragraphs[at] = ". ".join(parts)


def _laid_out(chance: random.Random, number: int, paragraphs: list[str]) -> str:
    kind = ("Report", "Agreement", "Minutes")[number % 3]
    lines, page = [f"{kind} no. {chance.randint(100, 999)}"], 0
    for at, paragraph in enumerate(paragraphs):
        if at % 2 == 0:
            head = {
                "Report": f"{at // 2 + 1}. About {chance.choice(THINGS)}",
                "Agreement": f"§ {at // 2 + 1}",
                "Minutes": f"Item {at // 2 + 1}:",
            }
            lines.append(head[kind])
        lines.append(f"({'abcdefgh'[at % 8]}) {paragraph}" if kind == "Agreement" else paragraph)
        if number % 2 and at // 10 > page:  # half of them have pages
            page = at // 10
            lines[-1] += "\f"
    return "\n\n".join(lines)
