"""Names of people, organizations and places by our own model: spaCy's medium English one, trained further."""

import hashlib
import json
import re
import threading
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.reader import Entity, Reader, pieces
from app.core.word_vectors import WordVectors
from app.privacy.detectors.publicity import Publicity
from app.privacy.detectors.shape import NameShape, is_careful
from app.privacy.detectors.statute import Statutes, outside
from app.privacy.detectors.unknownword import HEADS
from app.privacy.detectors.wordlist import OFFICIAL, WordLists, listed
from app.privacy.errors import PrivacyError
from app.privacy.types import Finding, Kind
from app.resources import RESOURCES

if TYPE_CHECKING:
    from spacy.language import Language

NAME = "name-model"
MODEL = RESOURCES / "name-model"
MANIFEST = "manifest.json"
WORDS = "words"

_KINDS = {
    "PERSON": Kind.PERSON,
    "ORG": Kind.ORG,
    "GPE": Kind.PLACE,
    "LOC": Kind.PLACE,
    "FAC": Kind.PLACE,
    "DATE": Kind.DATE,
    "MONEY": Kind.MONEY,
}
_WHY = {
    Kind.PERSON: "name of a person",
    Kind.ORG: "name of an organization",
    Kind.PLACE: "name of a place",
    Kind.DATE: "date",
    Kind.AGE: "age",
    Kind.MONEY: "sum of money",
}
_AGE = re.compile(r"(?<!the )(?:[1-9]|10|11)\d")
"""A bare number that the model takes for a date: "Anna, 41, lives in Ghent"."""
_SELF_TEST = "Yesterday Angela Baker met Peter Novak in Berlin."
_EXPECTED = {"Angela Baker", "Peter Novak", "Berlin"}
UNSURE = 0.4
_LINE = re.compile(r"[^\n.!?;]+")
_END = ".\n"
"""Between lines that are read together."""
_UNREAD = re.compile("[\u0590-\u1fff\u2e80-\uffef]")
"""Scripts that the English model guesses at."""
_ADDRESS = re.compile(r"://|\bwww\.")
"""An address says by its parts whether it is private; the detector of addresses reads them."""
_NEVER = listed(
    "the a an and or but for of in on at to by with from as is are was were be has have this that these those"
    " it its he she we they you i my your his her our their not no yes if so because since although however"
    " therefore while when where what who how why please thanks thank hello hi dear regards sincerely"
    " des les une dans pour avec sur inter alia"
)
"""Words that are never a whole name, though each may begin a sentence or stand in capitals."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_POSTS = (
    HEADS
    | listed(
        """accountant assistant auditor breath counsel engineering generalist history index leadership
    liability nurse pressure professional rate reconciliation register solving sold therapy
    technician tax value"""
    )
) - listed(
    """group system systems solution solutions technology technologies service services software center
    network industry school website platform platforms department division administration office board
    store brands"""
)
"""What ends so, and is made of plain words, is a post, a paper or a finding of a doctor."""
_AT = re.compile(r"(?<!\w)(?:at|for|with|from|by|joined|joining|called|named|of)\s(?:the\s)?$", re.IGNORECASE)
_LETTERED = re.compile(r"^(?:[A-Z]|[IVX]{1,4}|\d{1,2})\.\s+")
_LINE_START = re.compile(r"(?:^|\n)\s*(?:(?:[A-Z]|[IVX]{1,4}|\d{1,2})\.\s+)?$")
_OPENING = 10
_CUT = re.compile(r"\n|(?<= )\(")
_GOVERNMENT = re.compile(r" Governments?(?:['’]s)?$")
_EDGE = " \t\n\r.,;:!?\"'`´’“”()[]{}<>*_#|/\\-–—=+~&"
_HEAD = re.compile(
    r"(?:the|a|an|dear|hi|hello|mr|mrs|ms|dr|prof|subject|from|to|re|fwd|name|regards|sincerely)\.?[\s:,]+",
    re.IGNORECASE,
)


class NameDetector:
    """Find names with the model; it is loaded on first use, once, by whichever thread comes first."""

    name = NAME
    kinds = frozenset(_WHY)

    def __init__(self, lists: WordLists | None = None, folder: Path = MODEL) -> None:
        self._lists = lists or WordLists()
        self._publicity = Publicity(self._lists)
        self._shape = NameShape(self._lists)
        self._statutes = Statutes(self._lists)
        self._lock = threading.Lock()
        self._folder = folder
        self._reader: Reader | None = None

    def warm(self) -> threading.Thread:
        """Load the model in the background; a failure shows at the first text."""
        thread = threading.Thread(target=self._load_quietly, name="name-model", daemon=True)
        thread.start()
        return thread

    def find(self, text: str) -> Iterator[Finding]:
        """Yield names, dates and sums.

        Raises:
            PrivacyError: the model is missing or does not recognize known names.
        """
        for _, findings in self.steps(text):
            yield from findings

    def steps(self, text: str) -> Iterator[tuple[int, list[Finding]]]:
        """Yield how many characters are read and what was found in the last piece of them."""
        reader, careful = self._loaded(), is_careful(text)
        statutes = self._statutes.spans(text)
        for start, piece in pieces(text):
            found = list(self._second_pass(reader, piece, text, start))
            for entity in reader.read(piece):
                found += outside(self._findings(entity, text, start, careful=careful), statutes)
            yield start + len(piece), found

    def _second_pass(self, reader: Reader, piece: str, text: str, offset: int) -> Iterator[Finding]:
        """Look again at lines in small letters or capitals, for people only."""
        places, lines = list[int](), list[str]()
        for start, line in self._recased(piece):
            places.append(offset + start)
            lines.append(line)
        read = _END.join(lines)
        ends = list(accumulate(len(line) + len(_END) for line in lines))
        for entity in reader.read(read) if lines else ():
            at = bisect_right(ends, entity.start)
            value = read[entity.start : min(entity.end, ends[at] - len(_END))]
            words = self._name_words(value) if entity.label == "PERSON" else []
            if words:
                first = places[at] + entity.start - (ends[at] - len(_END) - len(lines[at]))
                yield self._person(text, first + words[0].start(), first + words[-1].end())

    def _name_words(self, value: str) -> list[re.Match[str]]:
        """Cut plain words off both ends; what is left must hold a listed name and no other plain word."""
        words = list(_WORD.finditer(value))
        while words and self._is_plain(words[0]):
            words.pop(0)
        while words and self._is_plain(words[-1]):
            words.pop()
        folded = [word.group().casefold() for word in words]
        telling = any(self._is_listed(word) and word not in self._lists.common for word in folded)
        return words if telling and not any(self._is_plain(word) for word in words) else []

    def _is_plain(self, word: re.Match[str]) -> bool:
        folded = word.group().casefold()
        return folded in self._lists.common and not self._is_listed(folded)

    def _person(self, text: str, start: int, end: int) -> Finding:
        public = self._publicity.is_public(Kind.PERSON, text, start, end)
        return Finding(Kind.PERSON, start, end, 0.65, NAME, _WHY[Kind.PERSON], public)

    def _findings(self, entity: Entity, text: str, offset: int, *, careful: bool) -> Iterator[Finding]:
        kind = _KINDS.get(entity.label)
        if kind is None:
            return
        spans = _trimmed(text, offset + entity.start, offset + entity.end)
        if kind not in (Kind.DATE, Kind.MONEY):
            spans = (piece for span in spans for piece in self._shape.pieces(text, *span, careful=careful))
        if kind is Kind.PERSON:
            spans = (name for span in spans for name in self._shape.people(text, *span))
        for start, end in spans:
            if kind not in (Kind.DATE, Kind.MONEY):
                end = self._without_office(text, start, end)
                if self._is_no_name(text, start, end):
                    continue
            if kind is Kind.DATE and _AGE.fullmatch(text, start, end):
                yield Finding(Kind.AGE, start, end, 0.7, NAME, _WHY[Kind.AGE])
                continue
            public = self._publicity.is_public(kind, text, start, end)
            if self._is_plausible(kind, text[start:end]):
                yield Finding(kind, start, end, 0.7, NAME, _WHY[kind], public)
            elif self._is_possible(kind, text[start:end]):
                yield Finding(kind, start, end, UNSURE, NAME, _WHY[kind], public=True)

    def _is_no_name(self, text: str, start: int, end: int) -> bool:
        value = text[start:end]
        words = [word.removesuffix("'s").removesuffix("’s") for word in value.casefold().split()]
        if all(word in _NEVER or word in OFFICIAL for word in words) or self._is_opening(text, start, end):
            return True
        if words[-1] in _POSTS and self._is_post(text, start, end):
            return True
        return _ADDRESS.search(value) is not None or self._shape.is_gloss(text, start, end)

    def _is_post(self, text: str, start: int, end: int) -> bool:
        value = text[start:end]
        is_plain = value.replace(" ", "").isalpha() and self._shape.is_plain(value)
        return is_plain and " " in value and not _AT.search(text[max(0, start - 16) : start])

    def _is_opening(self, text: str, start: int, end: int) -> bool:
        """Say whether a plain word only opens a line or a heading: "A. Criminal proceedings"."""
        value = _LETTERED.sub("", text[start:end])
        opens = _LINE_START.search(text[:start][-_OPENING:]) is not None
        follows = text[end : end + 2]
        is_plain = value.isalpha() and value.istitle() and self._shape.is_plain(value)
        return opens and is_plain and not self._is_listed(value.casefold()) and follows[1:].islower()

    def _without_office(self, text: str, start: int, end: int) -> int:
        """Cut "Government" off a country or a people: the parties of a case."""
        office = _GOVERNMENT.search(text, start, end)
        folded = text[start : office.start()].casefold() if office else ""
        is_state = folded in self._lists.peoples or folded in self._lists.places
        return office.start() if office and is_state else end

    def _is_plausible(self, kind: Kind, value: str) -> bool:
        if kind in (Kind.DATE, Kind.MONEY):
            return True
        words = [word.casefold() for word in _WORD.findall(value)]
        if not words or (len(value) < 2 and value.isascii()) or _UNREAD.search(value):
            return False
        plain = all(word in self._lists.common for word in words)
        if not plain and not (len(words) > 1 and self._shape.is_plain(value)):
            return True
        if value.islower() or value.isupper():
            return False
        if kind is Kind.ORG:
            return len(words) > 1
        return kind is Kind.PLACE or any(self._is_listed(word) for word in words)

    def _is_possible(self, kind: Kind, value: str) -> bool:
        """A capitalized plain word may name a firm or a place; it counts in texts about a person only."""
        is_word = _WORD.search(value) is not None and not value.islower()
        return kind in (Kind.ORG, Kind.PLACE) and is_word and not _UNREAD.search(value)

    def _is_listed(self, word: str) -> bool:
        return word in self._lists.first or word in self._lists.last

    def _recased(self, piece: str) -> Iterator[tuple[int, str]]:
        """Yield the lines in one case that hold a listed name, with their words capitalized."""
        for line in _LINE.finditer(piece):
            words = _WORD.findall(line.group())
            if len(words) < 2 or not self._is_one_case(words) or not self._holds_name(words):
                continue
            titled = _WORD.sub(lambda word: word.group().capitalize(), line.group())
            if len(titled) == len(line.group()):
                yield line.start(), titled

    def _is_one_case(self, words: list[str]) -> bool:
        rest = words[1:]
        return all(word[0].islower() or word == "I" for word in rest) or all(word.isupper() for word in words)

    def _holds_name(self, words: list[str]) -> bool:
        folded = (word.casefold() for word in words)
        return any(word in self._lists.first and word not in self._lists.common for word in folded)

    def _load_quietly(self) -> None:
        try:
            self._loaded()
        except PrivacyError:
            return

    def _loaded(self) -> Reader:
        with self._lock:
            if self._reader is None:
                self._reader = Reader(_load(self._folder))
            return self._reader


def _load(folder: Path) -> "Language":
    try:
        _verify(folder)
        import spacy

        model = spacy.load(folder)
        model.vocab.vectors = WordVectors.from_folder(folder / WORDS)
        _hasten(model)
        found = {entity.text for entity in model(_SELF_TEST).ents}
    except Exception as error:
        raise PrivacyError(
            "The model that recognizes names could not be loaded, so nothing was sent. Install"
            " Confidant again."
        ) from error
    if not found >= _EXPECTED:
        raise PrivacyError(
            "The model that recognizes names does not work as it should, so nothing was sent. Install"
            " Confidant again."
        )
    return model


def _hasten(model: "Language") -> None:
    """Let numpy multiply, which is several times faster than what spaCy brings along."""
    from spacy.pipeline import TrainablePipe
    from thinc.api import NumpyOps

    arithmetic = NumpyOps(use_blis=False)
    for _, pipe in model.pipeline:
        if isinstance(pipe, TrainablePipe):
            for layer in pipe.model.walk():
                layer.ops = arithmetic


def _verify(folder: Path) -> None:
    """Compare every file with the manifest that was written when the model was trained.

    Raises:
        OSError: a file is missing.
        ValueError: a file is not the one that was trained.
    """
    for name, digest in json.loads((folder / MANIFEST).read_text(encoding="utf-8")).items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            raise ValueError(f"{name} has another hash")


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut an entity at line ends and brackets, and take off marks, articles and possessives at its edges."""
    at = start
    for piece in _CUT.split(text[start:end]):
        begin, stop = at, at + len(piece)
        at = stop + 1
        head = _HEAD.match(text[begin:stop])
        begin += head.end() if head else 0
        while begin < stop and text[begin] in _EDGE:
            begin += 1
        while begin < stop and text[stop - 1] in _EDGE:
            stop -= 1
        if stop - begin > 2 and text[stop - 2 : stop] in ("'s", "’s"):
            stop -= 2
        if begin < stop:
            yield begin, stop
