"""Invented mails, applications, chats, code and logs full of names: what the filter is timed on.

Nothing here comes from a record of any data set; names are drawn from the lists that ship.
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path

from app.privacy.detectors.wordlist import FOLDER

_STREETS = ("Harbour Lane", "Mill Road", "Quarry Street", "Old Kiln Avenue", "Larch Drive", "Station Road")
_TOWNS = ("Whitby", "Dunmore", "Ashford", "Leuven", "Tarbert", "Skipton", "Kilkenny", "Hoorn")
_FIRMS = (
    "Brightwater Tools",
    "Osprey Lending",
    "Hollis & Vane",
    "Norvik Foods",
    "Tessel Print",
    "Palmgrove Dental",
)
_JOBS = ("dispatcher", "ward nurse", "surveyor", "payroll clerk", "lift engineer", "archivist")
_THINGS = (
    "the spring budget",
    "a broken boiler",
    "the second interview",
    "our seating plan",
    "the late parcels",
)
_MAILS = (
    "Hi {first},\n\nthanks for calling back about {thing}. {first2} {last2} from {firm} will be there on {date}; please"
    " send the papers to {mail} or ring {phone} before noon. If it rains we meet at {street} {number}, {town}.\n\n"
    "Best regards\n{first3} {last3}\n",
    "Dear {firm} team,\n\nmy order {record} never arrived. I paid with IBAN DE89 3704 0044 0532 0130 00 and the courier"
    " told {first} {last} that nobody was at home. Could you write to {mail}? I am not angry, but I would like to know"
    " what happens next, and whether {first2} can collect it in {town}.\n\nYours sincerely\n{first3} {last3}\n",
    "Please make this message to my boss {first} {last} sound friendlier: I can't come in on {date}, because my son"
    " {first2} has to see doctor {last2} in {town}. I can take the late shift with {first3} instead, if that helps"
    " with {thing}.\n",
)
_LIVES = (
    "{first} {last}\n{number} {street}, {town}\n{phone} | {mail}\n\nExperience\n{job}, {firm}, 2016 - 2021: planned"
    " the rounds of eight people and reported to {first2} {last2}.\n{job}, {firm2}, since 2021: looks after {thing}"
    " with {first3} {last3}.\n\nEducation\nBSc in geography, with a thesis on rivers that change their bed.\n",
)
_CHATS = (
    "Rewrite this so that it is shorter. We moved to {town} in {year} because {first} found work as a {job} there, and"
    " {first2} {last2} rented us the flat above the bakery. It was cold, but the view over the harbour made up for"
    " it, and on Sundays we walked along the shore until the lamps were lit.\n",
    "How does a heat pump work, and is it worth it for a house from 1930? I would like to know what it costs to run in"
    " a cold winter, how loud it is for the neighbours, and which questions I should ask before I sign anything.\n",
    "can you help me with a speech for {first} {last}? she is leaving {firm} after twelve years, she always brought cake"
    " on fridays and once drove all the way to {town} to fetch a spare part. keep it warm, two minutes at most.\n",
)
_CODE = (
    '# written by {first} {last} <{mail}>\ndef total(rows):\n    """Add up what the rows cost."""\n    result = 0\n'
    "    for row in rows:\n        if row.price is not None and row.count > 0:\n            result += row.price *"
    " row.count\n    return result\n\n\nCONFIG = {{'host': 'db-{number}.internal', 'user': '{user}', 'retries': 3}}\n",
    "import pathlib\n\nfor path in pathlib.Path('/home/{user}/reports').glob('*.csv'):\n    rows = [line.split(',') for"
    " line in path.read_text().splitlines() if line and not line.startswith('#')]\n    print(path.name, len(rows),"
    " sum(float(row[2]) for row in rows))\n",
)
_LOGS = (
    "{year}-03-14T09:12:4{digit}Z INFO  login user={user} from 203.0.113.{number} session started\n"
    "{year}-03-14T09:12:5{digit}Z WARN  mail to {mail} bounced, retry in 300 s\n"
    "{year}-03-14T09:13:0{digit}Z ERROR worker-{digit} failed: could not open /srv/data/{user}/in.csv (No such file)\n",
    "name,street,town,phone\n{first} {last},{street} {number},{town},{phone}\n{first2} {last2},{street2} {number},"
    "{town},{phone}\n",
)
PROMPTS = (*_MAILS, *_LIVES, *_CHATS, *_CODE, *_LOGS)


class Texts:
    """Writes texts from a seed; the same seed writes the same texts."""

    def __init__(self, seed: int = 7, names: int = 400) -> None:
        self._dice = random.Random(seed)
        self._first = self._dice.sample(_names("first.txt"), names)
        self._last = self._dice.sample(_names("last.txt"), names)

    def one(self, template: str) -> str:
        """Fill in one template."""
        choose = self._dice.choice
        words = {f"first{n}": choose(self._first) for n in ("", 2, 3)}
        words |= {f"last{n}": choose(self._last) for n in ("", 2, 3)}
        first, last, number = words["first"].lower(), words["last"].lower(), str(self._dice.randint(2, 250))
        return template.format(
            **words,
            mail=f"{first}.{last}@{choose(('posteo.example', 'brook-mail.example', 'uni.example'))}",
            user=f"{first[0]}{last}", phone=f"+44 20 7946 0{self._dice.randint(100, 999)}",
            street=choose(_STREETS), street2=choose(_STREETS), town=choose(_TOWNS), firm=choose(_FIRMS),
            firm2=choose(_FIRMS), job=choose(_JOBS), thing=choose(_THINGS), number=number, digit=number[0],
            year=str(self._dice.randint(2009, 2025)), date=f"{self._dice.randint(1, 28)} March",
            record=f"K-{self._dice.randint(10**6, 10**7)}",
        )  # fmt: skip

    def prompts(self, count: int) -> list[str]:
        """Return prompts of about 400 characters, every kind in turn."""
        return [self.one(PROMPTS[at % len(PROMPTS)]).strip() for at in range(count)]

    def long(self, size: int) -> str:
        """Return so many characters of prose, mails and logs in paragraphs."""
        pieces, length = list[str](), 0
        while length < size:
            pieces.append(self.one(self._dice.choice(PROMPTS)) + "\n")
            length += len(pieces[-1])
        return "".join(pieces)[:size]


def _names(file: str) -> list[str]:
    lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()
    return sorted(line.title() for line in lines if line.isascii() and line.isalpha() and 3 < len(line) < 10)


def recorded(folder: Path) -> Iterator[str]:
    """Yield the texts of a folder of records: files of lines in JSON with a field `text`."""
    for path in sorted(folder.rglob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if isinstance(row, dict) and isinstance(row.get("text"), str):
                yield row["text"]
