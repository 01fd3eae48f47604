"""Find a known name again: its parts, its initials, and what e-mail addresses make of it."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from app.privacy.detectors.wordlist import PARTICLES, listed
from app.privacy.types import Finding, Kind

NAME = "known-value"
_WORD = re.compile(r"[^\W_]+")
_NEVER = frozenset({Kind.DATE, Kind.AGE, Kind.MONEY, Kind.INCOME, Kind.SENSITIVE, Kind.LITERAL})
_EXACT = frozenset({Kind.SECRET, Kind.PASSWORD, Kind.PRIVATE_KEY, Kind.SEED})
_LINKS = PARTICLES | listed("the of and und et y mr mrs ms dr prof miss")
_WIDEST_GAP = 3
SHORTEST = 3
_LONGEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Known:
    """A value that was found before, in this conversation."""

    kind: Kind
    value: str


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write a known value."""

    words: tuple[str, ...]
    kind: Kind
    original: str = ""
    """Counts only in exactly this writing, because it is also a common word."""


@dataclass(slots=True)
class _Forms:
    by_words: dict[tuple[str, ...], list[_Form]] = field(default_factory=lambda: defaultdict(list))
    sizes: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    """How many words the forms have that begin with a word: a hundred Annas are looked up at once."""
    exact: dict[str, Kind] = field(default_factory=dict)

    def add(self, form: _Form) -> None:
        if form not in self.by_words[form.words]:
            self.by_words[form.words].append(form)
            self.sizes[form.words[0]].add(len(form.words))


def propagate(text: str, known: Iterable[Known], common: Collection[str]) -> Iterator[Finding]:
    """Yield every place where a known value, or a part of a known name, stands in the text.

    Args:
        common: case-folded words; as a part of a name they count only in their original capitals.
    """
    forms = _Forms()
    for each in dict.fromkeys(known):
        if each.kind not in _NEVER:
            _add(forms, each, common)
    yield from _exact(text, forms.exact)
    yield from _by_words(text, forms)


def _add(forms: _Forms, known: Known, common: Collection[str]) -> None:
    value = known.value.strip()
    words = tuple(word.casefold() for word in _WORD.findall(value))
    if len(value) < SHORTEST and value.isascii():
        return
    if words and all(word in _LINKS for word in words):
        return
    if known.kind in _EXACT or not words or _is_unspaced(value):
        forms.exact[value] = known.kind
        return
    whole = value if len(words) == 1 and words[0] in common else ""
    forms.add(_Form(words, known.kind, whole))
    if known.kind is Kind.PERSON:
        _add_parts(forms, value, common)


def _add_parts(forms: _Forms, value: str, common: Collection[str]) -> None:
    pieces = [piece.strip(".,'’\"") for piece in value.split()]
    parts = [piece for piece in pieces if piece and piece.casefold() not in _LINKS]
    for part in parts:
        words = tuple(word.casefold() for word in _WORD.findall(part))
        if words and len(part) >= SHORTEST and any(map(str.isalpha, part)):
            is_common = len(words) == 1 and words[0] in common
            if not is_common or (part.istitle() and len(parts) <= _LONGEST_NAME):
                forms.add(_Form(words, Kind.PERSON, part if is_common else ""))
    if len(parts) >= 2:
        for form in _joined(parts):
            forms.add(form)


def parts(name: str) -> list[str]:
    """Return the words of a name by which somebody may be called, as far as they are written like names."""
    pieces = [piece.strip(".,'’\"()") for piece in name.split()]
    return [
        piece
        for piece in pieces
        if len(piece) >= SHORTEST and piece[0].isupper() and piece.casefold() not in _LINKS
    ]


def _joined(parts: list[str]) -> Iterator[_Form]:
    """Make initials and the usual names of mailboxes."""
    first, last = ("".join(_WORD.findall(part)).casefold() for part in (parts[0], parts[-1]))
    if not first or not last:
        return
    initials = tuple(part[0].casefold() for part in parts if part[0].isalpha())
    if len(initials) >= 2:
        yield _Form(initials, Kind.PERSON, "INITIALS")
    if len(last) >= SHORTEST:
        for name in (first[0] + last, first + last, last + first[0], last + first, first + last[0]):
            if len(name) >= 5:
                yield _Form((name,), Kind.USERNAME)
        yield _Form((first[0], last), Kind.PERSON)


def _exact(text: str, values: dict[str, Kind]) -> Iterator[Finding]:
    for value, kind in values.items():
        at = text.find(value)
        while at >= 0:
            yield _finding(kind, at, at + len(value))
            at = text.find(value, at + len(value))


def _by_words(text: str, forms: _Forms) -> Iterator[Finding]:
    if not forms.sizes:
        return
    words = list(_WORD.finditer(text))
    folded = [match.group().casefold() for match in words]
    for at, word in enumerate(folded):
        for size in forms.sizes.get(word, ()):
            stop = at + size
            these = forms.by_words.get(tuple(folded[at:stop]))
            if stop > len(words) or not these or not _is_close(words[at:stop]):
                continue
            start, end = words[at].start(), words[stop - 1].end()
            for form in these:
                if _is_written_so(form, text[start:end]):
                    yield _finding(form.kind, start, end)


def _is_close(words: list[re.Match[str]]) -> bool:
    return all(after.start() - before.end() <= _WIDEST_GAP for before, after in pairwise(words))


def _is_written_so(form: _Form, written: str) -> bool:
    match form.original:
        case "":
            return True
        case "INITIALS":
            return written.isupper() and written.count(".") >= len(form.words) - 1
        case original:
            return written == original or (written.isupper() and original.isupper())


def _is_unspaced(value: str) -> bool:
    """Chinese and Japanese have no gaps between words."""
    return any("\u3040" <= character <= "\u9fff" for character in value)


def _finding(kind: Kind, start: int, end: int) -> Finding:
    return Finding(kind, start, end, 0.5, NAME, "was found elsewhere in this conversation")
