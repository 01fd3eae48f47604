"""Measure the filter on annotated texts and write the figures that the program shows.

    python packaging/measure_filter.py DATA... [--command "confidant sanitize --jsonl"] [--level guarded]
                                       [--out resources/filter-figures.json] [--limit N]

DATA are files with one JSON object a line, or folders of them. A record has "id", "text" and one of
  "spans"    [[start, end, type], ...]   places of what is private
  "units"    [string, ...]               strings that are private
  "secrets"  [string, ...]               what must not be readable, even with its disguise undone
  nothing                                a harmless text
The texts go through the command line, as any script would send them: what is measured is what people get.
Only figures are written, never a word of a record.
"""

import argparse
import datetime
import json
import re
import shlex
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Protocol, TypedDict

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app import __version__
from app.core.filter_figures import FIGURES, Figures, MeasuredSet, Row, parse, weakness

NAMES = {
    "presidio": (
        "presidio-research",
        "Made-up sentences by Microsoft. Names, numbers and contacts count here; each kind is above.",
    ),
    "tab": ("TAB", "Court judgments of the European Court of Human Rights, marked by people."),
    "pupa": ("PUPA", "Real prompts to chat assistants, in which private words were marked."),
    "attacks": ("attacks we wrote", "Details that are disguised, misspelled or hard to see."),
    "benign": ("harmless prompts", "Questions with nothing private in them."),
}
"""Public name of a set, by the beginning of its file's name."""

KINDS = {
    "PERSON": "names of people",
    "ADDRESS": "addresses",
    "STREET_ADDRESS": "addresses",
    "LOCATION": "names of places",
    "LOC": "names of places",
    "GPE": "countries and cities",
    "ORGANIZATION": "organizations and companies",
    "ORG": "organizations and companies",
    "NRP": "nationalities and faiths",
    "DEM": "jobs, ages and origins",
    "CREDIT_CARD": "card numbers",
    "PHONE_NUMBER": "phone numbers",
    "DATE_TIME": "dates and times, which stay readable at Guarded",
    "DATETIME": "dates and times, which stay readable at Guarded",
    "AGE": "ages, which stay readable at Guarded",
    "QUANTITY": "amounts and measures",
    "MISC": "other hints",
    "CODE": "case and record numbers",
    "EMAIL_ADDRESS": "e-mail addresses",
    "US_SSN": "national numbers (US)",
    "IBAN_CODE": "bank accounts (IBAN)",
    "DOMAIN_NAME": "names of websites",
    "IP_ADDRESS": "network addresses",
    "US_DRIVER_LICENSE": "driving licences (US)",
    "ZIP_CODE": "post codes",
    "NATIONALITY": "nationalities",
    "TITLE": "titles",
    "PREFIX": "titles",
    "units": "private words in real prompts, of any kind",
    "plain": "undisguised details",
    "lower": "names in small letters",
    "caps": "names in capitals",
    "spelled": "spelled-out numbers and addresses",
    "spaced": "spaced-out letters and digits",
    "homoglyph": "letters that only look alike",
    "zerowidth": "invisible characters inside a detail",
    "code": "details in program code",
    "path": "names in paths of files",
    "url": "details in web addresses",
    "secret": "keys and passwords",
    "multiling": "names and addresses in other languages",
    "context": "hints that only the context gives away",
    "org": "organizations and companies",
}
_NO_DETAIL = {"TITLE", "PREFIX"}
_CORE = {
    *("PERSON", "CODE", "LOC", "STREET_ADDRESS", "CREDIT_CARD", "PHONE_NUMBER", "EMAIL_ADDRESS", "IBAN_CODE"),
    *("US_SSN", "IP_ADDRESS", "US_DRIVER_LICENSE", "DOMAIN_NAME", "ZIP_CODE"),
}
"""Kinds that count for the leak of a whole set; whether others are private depends on the text."""
_PERSON_TITLE = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Miss|Messrs|Dr|Prof|Sir|Lord|Lady|Judge|Justice|Professor|Doctor)\b\.?\s+)+", re.I
)
_LOOK_ALIKE = str.maketrans("аеорсхуіАВЕКМНОРСТХ", "aeopcxyiABEKMHOPCTX")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")

Span = tuple[int, int]


class Record(TypedDict, total=False):
    """A line of a set."""

    id: str | int
    text: str
    spans: list[tuple[int, int, str]]
    units: list[str]
    secrets: list[str]


class Program(Protocol):
    """What is measured."""

    def sanitize(self, text: str) -> tuple[str, list[Span]]:
        """Return the sanitized text, and what is hidden of the original."""
        ...


class CommandLine:
    """The program under test: one process, a line in and a line out."""

    def __init__(self, command: str, level: str) -> None:
        words = [*shlex.split(command), "--level", level]
        self._process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def sanitize(self, text: str) -> tuple[str, list[Span]]:
        """Return the sanitized text, and what is hidden of the original."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"id": 0, "text": text}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            sys.exit("The program under test ended.")
        reply = json.loads(line)
        readable = ("keep", "ask")
        return reply["sanitized"], [
            (each["start"], each["end"]) for each in reply["findings"] if each["action"] not in readable
        ]


class Counts:
    """What is counted over one set."""

    def __init__(self) -> None:
        self.seen = Counter[str]()
        self.leaked = Counter[str]()
        self.letters = Counter[str]()

    def detail(self, kind: str, has_leaked: bool) -> None:
        self.seen[kind] += 1
        self.leaked[kind] += has_leaked

    def share(self, part: str, whole: str) -> float | None:
        return round(self.letters[part] / self.letters[whole], 4) if self.letters[whole] else None


def measure(records: Sequence[Record], program: Program) -> Counts:
    """Send each text through the filter and count what could still be read."""
    counts = Counts()
    for record in records:
        text = record["text"]
        sanitized, hidden = program.sanitize(text)
        mask = _cover(hidden, len(text))
        if "spans" in record:
            _count_spans(counts, record, sanitized, mask)
        elif "units" in record:
            _count_units(counts, record, sanitized, mask)
        elif "secrets" in record:
            _count_secrets(counts, record, sanitized)
        else:
            counts.letters["texts"] += 1
            counts.letters["hit"] += any(on and text[at].isalnum() for at, on in enumerate(mask))
    return counts


def _count_spans(counts: Counts, record: Record, sanitized: str, mask: bytearray) -> None:
    text, spans = record["text"], record["spans"]
    gold = _cover([(start, end) for start, end, _ in spans], len(text))
    for start, end, kind in spans:
        title = _PERSON_TITLE.match(text[start:end]) if kind == "PERSON" else None
        if title and title.end() < end - start:
            start += title.end()
        letters = [at for at in range(start, end) if text[at].isalnum()]
        if letters and kind not in _NO_DETAIL:
            still_there = len(letters) > 2 and _stands_in(text[start:end].strip(), sanitized)
            counts.detail(kind, still_there or not all(mask[at] for at in letters))
    for at, on in enumerate(mask):
        if on and text[at].isalnum():
            counts.letters["masked"] += 1
            counts.letters["right"] += gold[at]


def _count_units(counts: Counts, record: Record, sanitized: str, mask: bytearray) -> None:
    text = record["text"]
    low, flat = sanitized.casefold(), text.casefold()
    inside = bytearray(len(text))
    for unit in map(str.casefold, record["units"]):
        counts.detail("units", _stands_in(unit, low))
        at = flat.find(unit) if len(flat) == len(text) else -1
        while at >= 0:
            inside[at : at + len(unit)] = b"\1" * len(unit)
            at = flat.find(unit, at + 1)
    for at, letter in enumerate(text):
        if letter.isalnum():
            counts.letters["all"] += 1
            counts.letters["over"] += bool(mask[at] and not inside[at])


def _count_secrets(counts: Counts, record: Record, sanitized: str) -> None:
    kind = str(record["id"]).partition(":")[0]
    for secret in record["secrets"]:
        readable = any(_squash(secret, fold) in _squash(sanitized, fold) for fold in (True, False))
        counts.detail(kind, readable)


def _cover(spans: Sequence[Span], length: int) -> bytearray:
    mask = bytearray(length)
    for start, end in spans:
        start, end = max(0, start), min(length, end)
        mask[start:end] = b"\1" * max(0, end - start)
    return mask


def _stands_in(value: str, text: str) -> bool:
    return re.search(rf"(?<![^\W_]){re.escape(value)}(?![^\W_])", text) is not None


def _squash(text: str, fold: bool) -> str:
    """Undo simple disguises; with `fold` letters that look alike count as one."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return re.sub(r"[\s\-.()]", "", plain.translate(_LOOK_ALIKE) if fold else plain).casefold()


def _rows(name: str, counts: Counts) -> Iterator[Row]:
    for kind, n in counts.seen.items():
        yield Row(kind, KINDS.get(kind, kind.lower()), name, n, round(counts.leaked[kind] / n, 4))


def _summary(name: str, about: str, texts: int, counts: Counts) -> MeasuredSet:
    core = [kind for kind in counts.seen if kind in _CORE or kind.islower()]
    n = sum(counts.seen[kind] for kind in core)
    leak = round(sum(counts.leaked[kind] for kind in core) / n, 4) if n else None
    share = counts.share
    return MeasuredSet(
        name,
        about,
        texts,
        leak,
        precision=share("right", "masked"),
        over=share("over", "all"),
        hit=share("hit", "texts"),
    )


def _sets(places: Sequence[Path]) -> Iterator[tuple[str, str, Path]]:
    for place in places:
        for path in sorted(place.glob("*.jsonl")) if place.is_dir() else [place]:
            known = (names for prefix, names in NAMES.items() if path.name.lower().startswith(prefix))
            name, about = next(known, (path.stem, ""))
            yield name, about, path


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="+", type=Path)
    parser.add_argument("--command", default="confidant sanitize --jsonl")
    parser.add_argument("--level", default="guarded")
    parser.add_argument("--out", type=Path, default=FIGURES)
    parser.add_argument("--limit", type=int, default=0, help="look at the first N texts of each set only")
    options = parser.parse_args()
    program = CommandLine(options.command, options.level)
    rows: list[Row] = []
    sets: list[MeasuredSet] = []
    for name, about, path in _sets(options.data):
        lines = path.read_text(encoding="utf-8").splitlines()
        records = [json.loads(line) for line in lines if line.strip()][: options.limit or None]
        counts = measure(records, program)
        rows += _rows(name, counts)
        sets.append(_summary(name, about, len(records), counts))
        print(json.dumps(asdict(sets[-1])), file=sys.stderr)
    today = datetime.date.today().isoformat()
    command = "make figures DATA=folder"
    figures = Figures(
        today, options.level, __version__, command, tuple(sorted(rows, key=weakness)), tuple(sets)
    )
    text = json.dumps(asdict(figures), indent=1, ensure_ascii=False) + "\n"
    parse(text)
    options.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
