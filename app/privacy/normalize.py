"""Undo the usual ways of hiding a detail from patterns, and remember where each character was."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial


@dataclass(frozen=True, slots=True)
class Normalized:
    """A readable form of a text; `starts` and `ends` are the original offsets of each character."""

    text: str
    starts: tuple[int, ...] | None = None
    """None: nothing was changed."""
    ends: tuple[int, ...] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of `text` that is not empty to the span of the original that it came from."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


Piece = tuple[str, int, int]
"""What stands in place of the characters from the second to the third number."""


def normalize(text: str) -> Normalized:
    """Fold widths and look-alikes, drop what is invisible, join what was spaced out or spelled."""
    result = Normalized(text)
    result = _rewritten(result, _decoded(text))
    text = result.text
    if not text.isascii() or _CONTROL.search(text):
        result = _rewritten(result, _folded(text))
        result = _rewritten(result, _latinized(result.text))
    for pieces in (_joined_words, _joined_characters, _spelled_addresses):
        result = _rewritten(result, pieces(result.text))
    return result


def _rewritten(before: Normalized, pieces: Iterator[Piece]) -> Normalized:
    """Replace the given pieces, which come in order and do not overlap."""
    text, starts, ends = [], list[int](), list[int]()
    at = 0
    for new, start, end in pieces:
        if new == before.text[start:end]:
            continue
        _copy(before, at, start, starts, ends)
        text.append(before.text[at:start])
        text.append(new)
        begin, finish = before.original(start, end)
        starts.extend([begin] * len(new))
        ends.extend([finish] * len(new))
        at = end
    if not at:
        return before
    _copy(before, at, len(before.text), starts, ends)
    text.append(before.text[at:])
    return Normalized("".join(text), tuple(starts), tuple(ends))


def _copy(before: Normalized, start: int, end: int, starts: list[int], ends: list[int]) -> None:
    if before.starts is None or before.ends is None:
        starts.extend(range(start, end))
        ends.extend(range(start + 1, end + 1))
    else:
        starts.extend(before.starts[start:end])
        ends.extend(before.ends[start:end])


# Characters that are spelled for HTML or JSON -----------------------------------------------------------

_SPELLED_CHARACTER = re.compile(
    r"&#(?:0{0,4}(?P<decimal>\d{2,3})|[xX]0{0,4}(?P<hex>[0-9A-Fa-f]{2}));"
    r"|(?<!\\)\\(?:u00|x)(?P<escape>[0-9A-Fa-f]{2})|&(?P<named>commat|period|hyphen);"
)
_NAMED = {"commat": "@", "period": ".", "hyphen": "-"}


def _decoded(text: str) -> Iterator[Piece]:
    if "&" not in text and "\\" not in text:
        return
    for match in _SPELLED_CHARACTER.finditer(text):
        if name := match["named"]:
            yield _NAMED[name], *match.span()
            continue
        number = int(match["decimal"]) if match["decimal"] else int(match["hex"] or match["escape"], 16)
        if chr(number).isalnum() or chr(number) in "@._-+":
            yield chr(number), *match.span()


# Width, ligatures, invisible characters -----------------------------------------------------------------

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e007f]"
)
_ODD = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]|[^\x00-\x7f][\u0300-\u036f]*|[A-Za-z][\u0300-\u036f]+")
_QUOTES = str.maketrans("‘’‛‐‑‒−", "'''----")


def _folded(text: str) -> Iterator[Piece]:
    for match in _ODD.finditer(text):
        piece = match.group()
        if _INVISIBLE.match(piece[0]):
            yield "", match.start(), match.start() + 1
            continue
        yield unicodedata.normalize("NFKC", piece).translate(_QUOTES), *match.span()


# Letters of another alphabet inside a Latin word --------------------------------------------------------

_CYRILLIC_GREEK = "аеорсхуіјѕԁһԛԝвкмнтАВЕКМНОРСТХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαι"
_LATIN = "aeopcxyijsdhqwbkmhtABEKMHOPCTXIJSABEZHIKMNOPTYXoai"
_LOOKALIKES = str.maketrans(_CYRILLIC_GREEK, _LATIN)
_MIXED = re.compile(r"[^\W_]{2,64}(?:[._\-@][^\W_]{1,64}){0,8}")
_LATIN_LETTER = re.compile(r"[A-Za-z]")
_FOREIGN_LETTER = re.compile(f"[{_CYRILLIC_GREEK}]")
_FOREIGN_ALPHABET = re.compile("[\u0370-\u052f]")


def _latinized(text: str) -> Iterator[Piece]:
    if not _FOREIGN_LETTER.search(text):
        return
    for match in _MIXED.finditer(text):
        word = match.group()
        if not _FOREIGN_LETTER.search(word) or not _LATIN_LETTER.search(word):
            continue
        for at, letter in enumerate(word, match.start()):
            if letter in _CYRILLIC_GREEK:
                yield letter.translate(_LOOKALIKES), at, at + 1


# Spelled and spaced-out numbers, letters, addresses -----------------------------------------------------

_DIGITS = {
    "zero": "0", "oh": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "seven": "7", "eight": "8", "nine": "9", "double": "", "triple": "",
}  # fmt: skip
_DIGIT_WORD = "(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)"
_DIGIT_RUN = re.compile(rf"\b{_DIGIT_WORD}(?:[ ,\-]{{1,2}}{_DIGIT_WORD}){{5,40}}\b", re.IGNORECASE)
_REPEAT = {"double": 2, "triple": 3}


def _joined_words(text: str) -> Iterator[Piece]:
    """Turn "four one five ..." into digits, from six words on."""
    for match in _DIGIT_RUN.finditer(text):
        digits, times = [], 1
        for word in re.findall(r"[a-z]+", match.group().lower()):
            digits.append(_DIGITS[word] * times)
            times = _REPEAT.get(word, 1)
        yield "".join(digits), *match.span()


_SPACED_DIGITS = re.compile(r"(?<![\w.,])\+?\d(?:[ ]{1,2}\d|[ ]?[.\-_/*·][ ]?\d){6,40}(?![\w]|[.,]\d)")
_SPACED_LETTERS = re.compile(
    r"(?<!\w)(?:[^\W_](?:[ ]|[.\-_*·])){3,60}[^\W_](?:[ ]?@[ ]?[\w.\-]{1,64})?(?!\w)"
)
_GAP = re.compile(r"[ .\-_*·/]+")


def _joined_characters(text: str) -> Iterator[Piece]:
    """Drop what stands between single digits or letters, keeping the wider gap between words."""
    spans: list[tuple[int, int, Callable[[str], bool]]] = []
    for match in _SPACED_DIGITS.finditer(text):
        spans.append((*match.span(), lambda _: True))
    for match in _SPACED_LETTERS.finditer(text):
        if _is_spaced_out(match.group()):
            spans.append((*match.span(), partial(_is_inner_gap, match.group())))
    done = 0
    for start, end, is_gap in sorted(spans, key=lambda span: span[:2]):
        if start < done:
            continue
        for gap in _GAP.finditer(text, start, end):
            if is_gap(gap.group()):
                yield "", *gap.span()
        done = end


def _is_spaced_out(run: str) -> bool:
    letters = sum(character.isalpha() for character in run)
    return letters >= 4 or (letters > 0 and letters + sum(map(str.isdigit, run)) >= 8)


def _is_inner_gap(run: str, gap: str) -> bool:
    return len(gap) == 1 and (gap == " " or run.count(gap) > 2)


_NAME = r"[A-Za-z0-9][A-Za-z0-9_\-]{0,40}"
_DOT = r"(?:\s?[\[({<]\s?(?:dot|punkt|punto|point)\s?[\])}>]\s?|\s(?:dot|punkt|punto)\s|\s?\.\s?)"
_AT = (
    r"(?:\s?[\[({<]\s?(?:at|@|arroba|chez)\s?[\])}>]\s?|"
    r"\s(?:at|arroba)\s(?!(?:the|a|an|my|your|our|this|that)\s)|\s?@\s?)"
)
_ENDING = (
    r"(?:com|org|net|edu|gov|info|io|co|uk|de|fr|es|it|nl|pl|in|br|cn|eu|us|ca|au|ch|at|be|me|dev|app|ai)"
)
_SPELLED = re.compile(
    rf"(?<![\w.])(?:{_NAME}{_DOT}){{0,4}}{_NAME}{_AT}(?:{_NAME}{_DOT}){{1,3}}{_ENDING}\b", re.IGNORECASE
)
_AT_PIECE = re.compile(_AT, re.IGNORECASE)
_DOT_PIECE = re.compile(_DOT, re.IGNORECASE)
_IS_SPELLED = re.compile(
    r"\b(?:dot|punkt|punto|point)\b|[\[({<]\s?(?:at|@|arroba|chez)|\s@|@\s", re.IGNORECASE
)


def _spelled_addresses(text: str) -> Iterator[Piece]:
    """Turn "name dot surname at host dot com" into an address."""
    if not _IS_SPELLED.search(text):
        return
    for match in _SPELLED.finditer(text):
        if not _IS_SPELLED.search(match.group()):
            continue
        signs = [("@", *piece.span()) for piece in _AT_PIECE.finditer(text, *match.span())]
        taken = [(start, end) for _, start, end in signs]
        for piece in _DOT_PIECE.finditer(text, *match.span()):
            if not any(start < piece.end() and piece.start() < end for start, end in taken):
                signs.append((".", *piece.span()))
        yield from sorted(signs, key=lambda sign: sign[1])
