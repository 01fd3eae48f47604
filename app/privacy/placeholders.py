"""What a placeholder looks like when we write it, and after a model has bent it."""

import re
import secrets
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Final

from app.privacy.prompt import CODES
from app.privacy.types import Kind

ALPHABET: Final = "23456789BCDFGHJKMNPQRSTVWXZ"
HELD: Final = 36
"""No mention is longer, with the characters that must be seen behind it."""

_CODE_CHARACTER: Final = f"[{ALPHABET}{ALPHABET[8:].lower()}]"
CODE: Final = f"(?={_CODE_CHARACTER}{{0,3}}[2-9]){_CODE_CHARACTER}{{4}}"
_UPPER_CODE: Final = f"(?=[{ALPHABET}]{{0,3}}[2-9])[{ALPHABET}]{{4}}"
_LIKE_A_MEASURE: Final = re.compile(r"[2-9]+[B-Z]?[2-9]*|[2-9]+[B-Z]+|[B-Z]+[2-9]+")
"""24MB, GPT4, 4X44: what a model may write by itself is never minted."""

_KIND: Final = "(?i:" + "|".join(sorted((kind.value for kind in Kind), key=len, reverse=True)) + ")"
_CJK: Final = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
_LETTER: Final = rf"[^\W\d_{_CJK}]"
_DASHES: Final = "\\-\u2010-\u2015\u2212\ufe58\ufe63\u00ad_"
_INVISIBLE: Final = "\u200b-\u200d\u2060\ufeff"
_BLANK: Final = "\u0020\t\n\u00a0\u2007\u2009\u202f"
_ENTITY: Final = "&#?[0-9A-Za-z]{1,6};|%2[dD]|%20"
_GAP: Final = rf"[{_DASHES}{_INVISIBLE}{_BLANK}\\*`~\[({{<]"
_LABEL: Final = (
    rf"(?:(?P<mark>\*\*|__|[*`~]){_KIND}(?P=mark)|\[{_KIND}\]|\({_KIND}\)|\{{{_KIND}\}}|<{_KIND}>"
    rf"|{_KIND}[sS]?)"
)
_KNOWN: Final = rf"(?P<label>{_LABEL})(?P<gap>{_GAP}{{0,3}}(?:{_ENTITY})?{_GAP}{{0,3}})(?P<code>{CODE})"
_OTHER: Final = (
    rf"(?<!{_LETTER})(?P<other>{_LETTER}{{2,15}}[\\*`]{{0,2}}(?:[{_DASHES}]|{_ENTITY})[\\*`]{{0,2}})"
    rf"(?P<other_code>{CODE})(?=s?(?![0-9A-Za-z]))"
)
_BOXED: Final = rf"[\[{{<](?P<boxed_code>{CODE})[\]}}>]"
_BARE: Final = (
    r"(?<![0-9A-Za-z])(?<![0-9A-Za-z][_.@%#])(?<![0-9]-)"
    rf"(?P<bare_code>{_UPPER_CODE})(?=s?(?![0-9A-Za-z]))(?![_.@%#][0-9A-Za-z]|-[0-9])"
)
MENTION: Final = rf"{_KNOWN}|{_OTHER}|{_BOXED}|{_BARE}"
"""A mention in any of the forms that models make of it; `read` makes sense of a match."""

_TAIL: Final = rf"(?:{_CODE_CHARACTER}{{0,3}}|{_CODE_CHARACTER}{{4}}[\s\S]{{0,1}})"
_HALF_ENTITY: Final = "(?:&[#0-9A-Za-z]{0,7};?|%2?[dD0]?)?"
HALF_MENTION: Final = (
    rf"(?:\\?[*_`~\[({{<]){{0,2}}(?:{_KIND}[sS]?[\])}}>*_`~]{{0,2}}{_GAP}{{0,3}}{_HALF_ENTITY}{_GAP}{{0,3}}{_TAIL}"
    rf"|{_LETTER}{{1,15}}[\\*`]{{0,2}}(?:[{_DASHES}]|{_HALF_ENTITY})[\\*`]{{0,2}}{_TAIL}"
    rf"|{_CODE_CHARACTER}{{1,4}}[\s\S]{{0,1}})\Z"
    r"|(?:\\?[*_`~\[({<]){1,2}\Z|\\\Z"
)
"""Matches from where the end of a text may still become a mention."""

_SIMPLE: Final = rf"(?:{_KIND}[sS]?|{_LETTER}{{2,15}}[{_DASHES}]){_GAP}{{0,3}}{CODE}"
BOX: Final = (
    r"(?<![\w\])])(?P<box>"
    rf"(?:\\?\[){{1,2}}(?={_SIMPLE}(?:\\?\]){{1,2}}(?![\[(:]))"
    rf"|\{{{{1,2}}(?={_SIMPLE}\}}{{1,2}})|<(?={_SIMPLE}>))"
)
"""Brackets around a whole mention; a link begins with brackets, too."""
HALF_BOX: Final = (
    rf"(?:\\?[\[{{<]){{1,2}}\\?(?:{_KIND}[sS]?|{_LETTER}{{2,15}}[{_DASHES}]){_GAP}{{0,3}}"
    rf"{_CODE_CHARACTER}{{4}}(?:\\?[\]}}>]){{0,2}}[\s\S]?\Z"
)
"""Matches where such brackets may still be closed, or turn out to be a link's."""

_MENTION: Final = re.compile(MENTION)
_CLOSER: Final = re.compile(r"\\?[\]}>]")
_WINDOW: Final = re.compile(f"(?=({CODE}))")
_TOKEN: Final = re.compile(f"(?<![0-9A-Za-z])({CODE})(?![0-9A-Za-z])")
_OPENERS: Final = re.compile(r"[\[({<*`~]{1,2}\Z|__\Z")
_CLOSING: Final = str.maketrans("[({<", "])}>")
_WIDE: Final = {0xFEE0 + ord(each): each for each in "-_" + ALPHABET} | {
    0xFEE0 + code: chr(code) for code in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))
}
_EXAMPLES: Final = frozenset(found.group(1) for found in _TOKEN.finditer(CODES))


_WRITINGS: Final[tuple[Callable[[str], str], ...]] = (str.upper, str.capitalize, str.lower)
"""How a label is written, by the spelling of the value that it stands for: PERSON-, Person-, person-."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Something that reads as a placeholder."""

    start: int
    end: int
    code: str
    """In capitals."""
    label: str = ""
    """The word in front of the code, in capitals; empty where there is none."""
    is_shaped: bool = False
    """One of our labels, joined to the code by more than a space."""
    written: str = ""
    """The label as it stands there."""

    def start_for(self, kind: Kind) -> int:
        """Leave alone the letters that were written together with the label of this kind."""
        if self.is_shaped or not self.label.endswith(kind.value):
            return self.start
        return self.start + len(self.label) - len(kind.value)

    def spelling_for(self, kind: Kind) -> int:
        """Say which spelling of a value of this kind is meant; 0, its own one, where no label says so."""
        label = self.written if self.label.endswith(kind.value) else self.written[:-1]
        label = label[-len(kind.value) :]
        if label.upper() != kind.value:
            return 0
        return next((at for at, write in enumerate(_WRITINGS) if write(label) == label), 0)


def narrow(text: str) -> str:
    """Make full-width letters, digits and dashes narrow; offsets stay."""
    return text if text.isascii() else text.translate(_WIDE)


def read(match: re.Match[str]) -> Mention:
    """Make sense of a match of `MENTION` in a text that is narrow."""
    start, end = match.span()
    if code := match["code"]:
        gap = match["gap"]
        opened = _OPENERS.search(gap)
        if opened:
            closers = opened.group()[::-1].translate(_CLOSING)
            end += len(closers) if match.string.startswith(closers, end) else 0
        label = re.sub(r"[\W_]", "", match["label"])
        return Mention(start, end, code.upper(), label.upper(), bool(gap.strip()), label)
    if code := match["other_code"]:
        label = re.sub(r"[^\w].*|_.*", "", match["other"], flags=re.DOTALL)
        upper = label.upper() if label.isascii() else label
        return Mention(start, end, code.upper(), upper, written=label)
    return Mention(start, end, (match["boxed_code"] or match["bare_code"]).upper())


def mentions(text: str) -> Iterator[Mention]:
    """Yield everything that reads as a placeholder, in order, not overlapping."""
    return map(read, _MENTION.finditer(narrow(text)))


def mention_at(narrowed: str, at: int) -> Mention | None:
    """Return the mention that begins at a place of a text that is narrow."""
    match = _MENTION.match(narrowed, at)
    return read(match) if match else None


def unboxed(text: str, end: int, box: str) -> int:
    """Return where the brackets end that close those in front of a mention."""
    for _ in range(len(box.replace("\\", ""))):
        closer = _CLOSER.match(text, end)
        end = closer.end() if closer else end
    return end


def tokens(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield every word that could be a code, with its place."""
    for match in _TOKEN.finditer(narrow(text)):
        yield *match.span(1), match.group(1).upper()


def windows(text: str) -> frozenset[str]:
    """Return every run of four characters that could be a code."""
    return frozenset(match.group(1).upper() for match in _WINDOW.finditer(narrow(text)))


def mint(is_taken: Callable[[str], bool], crowded: Collection[str] = ()) -> str:
    """Make a code that is not taken, and, as long as there is room, not one of the crowded ones.

    What reads as a measure or a model number is left out, so a code without its label is still ours.
    """
    tries = 0
    while True:
        tries += 1
        code = "".join(secrets.choice(ALPHABET) for _ in range(4))
        if not any(map(str.isdigit, code)) or _LIKE_A_MEASURE.fullmatch(code):
            continue
        if code not in _EXAMPLES and not is_taken(code) and (code not in crowded or tries > 200):
            return code


def is_code_in(text: str) -> bool:
    """Say whether a text holds what could be minted as a code."""
    return any(not _LIKE_A_MEASURE.fullmatch(code) for _, _, code in tokens(text))


def render(kind: Kind, code: str, spelling: int = 0) -> str:
    """Write a placeholder; how its label is written says which spelling of the value stood there."""
    return f"{_WRITINGS[spelling](kind.value)}-{code}"
