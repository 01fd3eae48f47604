"""Finds values of the vault in a text by whole words, however they are written."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from app.privacy.types import HIDING, Action, Kind
from app.privacy.vault import Entry

_CJK: Final = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"
INVISIBLE: Final = "\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
WORD: Final = rf"(?:[{_CJK}]|[^\W_{_CJK}](?:[^\W_{_CJK}]|[\u0300-\u036f{INVISIBLE}])*)"
"""A word, as all that compares texts by words counts them."""
_WORD: Final = re.compile(WORD + r"|\0{4,}")
"""What was blanked out stands between two words like a third one: nothing is found across it."""
_UNSEEN: Final = re.compile(f"[{INVISIBLE}]")
_DEPTH: Final = 64
"""Of a longer value the first words are enough."""
_LENGTH: Final = 3
"""A shorter value (an age, an initial) is looked for only where the person said so."""

_COMMON_WORDS: Final = """
t abby amber angel april art august autumn bank baker bishop bill bird black bob brook brown carol
case chance chase christian christmas church clay cliff cook crystal daisy dale dawn dean drew duke
earl easter faith fay field flora ford forest frank gene ginger glen grace grant gray green guy hall
hazel heather heath hill holly hope hunter iris ivy jack jade jasmine jay jean jewel joy june
justice king lake lane lee lily long love mark marsh mason may melody mercy miles miller nick norm
olive pat patience pearl penny pierce poppy price ray reading rich rob robin rock rose ruby rusty
sage sandy sky stone storm sue summer sunny tab taylor trip victor violet wade ward west will winter
wood woods young
"""
_COMMON: Final = frozenset(_COMMON_WORDS.split())
"""Names that are words, too: these count in capitals only."""
_NAMES: Final = frozenset({Kind.PERSON, Kind.ORG, Kind.PLACE})


def words(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the words of a text with their places, brought to one form."""
    for match in _WORD.finditer(text):
        yield *match.span(), plain(match.group())


def plain(word: str) -> str:
    """Bring a word to one form: case, widths and what is invisible do not count."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", _UNSEEN.sub("", unicodedata.normalize("NFKC", word)).casefold())


@dataclass(slots=True)
class _Node:
    next: "dict[str, _Node]" = field(default_factory=dict)
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A value where it stands in a text."""

    start: int
    end: int
    entry: Entry


class Matcher:
    """Looks for all hidden values at once; what the person chose to keep covers what lies in it."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._hidden, self._kept = _Node(), _Node()
        for entry in entries:
            if entry.kind is Kind.LITERAL:
                continue
            if entry.decision is Action.KEEP:
                _insert(self._kept, entry)
            elif entry.is_hidden and _is_enough(entry):
                _insert(self._hidden, entry)

    def find(self, text: str) -> list[Hit]:
        """Return hidden values by place, the longest where several begin, not overlapping."""
        if not self._hidden.next:
            return []
        tokens = list(words(text))
        kept = _walk(self._kept, tokens, text) if self._kept.next else []
        hits: list[Hit] = []
        covering = iter(kept)
        cover = next(covering, None)
        for hit in _walk(self._hidden, tokens, text):
            while cover is not None and cover.end < hit.end:
                cover = next(covering, None)
            if cover is not None and cover.start <= hit.start:
                continue
            if not hits or hit.start >= hits[-1].end:
                hits.append(hit)
        return hits


def _is_enough(entry: Entry) -> bool:
    said = entry.decision in HIDING or entry.kind is Kind.OWN
    return said or sum(len(word) for _, _, word in words(entry.value)) >= _LENGTH


def _insert(node: _Node, entry: Entry) -> None:
    for _, _, word in islice(words(entry.value), _DEPTH):
        node = node.next.setdefault(word, _Node())
    node.entry = node.entry or entry


def _walk(root: _Node, tokens: list[tuple[int, int, str]], text: str) -> list[Hit]:
    hits = []
    for index, (start, _, word) in enumerate(tokens):
        node = root.next.get(word)
        best: Hit | None = None
        after = index
        while node is not None:
            if node.entry is not None and _counts(node.entry, text[start], after == index):
                best = Hit(start, tokens[after][1], node.entry)
            after += 1
            node = node.next.get(tokens[after][2]) if after < len(tokens) else None
        if best is not None:
            hits.append(best)
    return hits


def _counts(entry: Entry, first: str, is_single: bool) -> bool:
    if not (is_single and entry.kind in _NAMES) or entry.value.casefold() not in _COMMON:
        return True
    return first.isupper()
