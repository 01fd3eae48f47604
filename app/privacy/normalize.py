"""Undo the usual ways of hiding a detail from patterns, and remember where each character was."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from app.privacy.letters import in_small, small


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
    for pieces in _STEPS:
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
    r"|%(?P<percent>2[DdEe]|5[Ff])"
)
_NAMED = {"commat": "@", "period": ".", "hyphen": "-"}


def _decoded(text: str) -> Iterator[Piece]:
    if "&" not in text and "\\" not in text and "%" not in text:
        return
    for match in _SPELLED_CHARACTER.finditer(text):
        if name := match["named"]:
            yield _NAMED[name], *match.span()
            continue
        number = (
            int(match["decimal"])
            if match["decimal"]
            else int(match["hex"] or match["escape"] or match["percent"], 16)
        )
        if chr(number).isalnum() or chr(number) in "@._-+":
            yield chr(number), *match.span()


# Width, ligatures, invisible characters -----------------------------------------------------------------

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u20e3\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
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
        plain = unicodedata.normalize("NFKC", piece).translate(_QUOTES)
        if plain.isdecimal() and not plain.isascii():
            plain = "".join(str(unicodedata.decimal(digit)) for digit in plain)
        yield plain, *match.span()


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

_SPOKEN_DIGITS = (
    "zero oh null zéro cero nul",
    "one eins un uno um een jeden",
    "two zwei zwo deux dos dois due twee dwa",
    "three drei trois tres três tre drie trzy",
    "four vier quatre cuatro quatro quattro cztery",
    "five fünf cinq cinco cinque vijf pięć",
    "six sechs seis sei zes sześć",
    "seven sieben sept siete sete sette zeven siedem",
    "eight acht huit ocho oito otto osiem",
    "nine neun neuf nueve nove negen dziewięć",
)
_DIGITS = {word: str(digit) for digit, words in enumerate(_SPOKEN_DIGITS) for word in words.split()}
_REPEAT = {"double": 2, "triple": 3, "doppel": 2, "doble": 2, "doppio": 2}
_DIGIT_WORD = "(?:" + "|".join(sorted([*_DIGITS, *_REPEAT], key=len, reverse=True)) + ")"
_DIGIT_RUN = in_small(rf"\b(?:plus )?{_DIGIT_WORD}(?:[ ,\-()./]{{1,3}}{_DIGIT_WORD}){{5,40}}\b")


_FEWEST = 3
"""So many spoken digits there are in a run of six words, if every other one is doubled."""


def _joined_words(text: str) -> Iterator[Piece]:
    """Turn "four one five ..." into digits, from six words on."""
    words = lowered = small(text)
    for sign in ",-()./":
        words = words.replace(sign, " ")
    if sum(map(_DIGITS.__contains__, words.split())) < _FEWEST:
        return
    for match in _DIGIT_RUN.finditer(lowered):
        digits, times = ["+" if match.group().startswith("plus") else ""], 1
        for word in re.findall(r"[^\W\d_]+", match.group()):
            digits.append(_DIGITS.get(word, "") * times)
            times = _REPEAT.get(word, 1)
        yield "".join(digits), *match.span()


_SAID_SIGN = in_small(
    r"(?<=\d)\s{1,2}(?:(dash|hyphen|bindestrich|strich|tiret|guion|guión|trattino|hífen|streepje)"
    r"|(dot|point|punkt|punto|ponto))\s{1,2}(?=\d)"
)
_ALMOST_DIGITS = re.compile(
    r"(?<![\w.])\+?(?=[lIOo|\d]{1,4}[\-. ()]|[lIOo]?\d)[\dlIOo](?:[\-. ()]{0,2}[\dlIOo]){6,18}(?![\w])"
)


def _said_signs(text: str) -> Iterator[Piece]:
    """Turn "555 dash 0132" into a number, and letters that stand for digits in one ("4l5-555-O132")."""
    if not _ANY_DIGIT.search(text):
        return
    signs = [("-" if match[1] else ".", *match.span()) for match in _SAID_SIGN.finditer(small(text))]
    for match in _ALMOST_DIGITS.finditer(text):
        letters = [at for at in range(*match.span()) if text[at].isalpha()]
        if letters and sum(map(str.isdigit, match.group())) >= max(5, 2 * len(letters)):
            signs += [("0" if text[at] in "Oo" else "1", at, at + 1) for at in letters]
    yield from sorted(signs, key=lambda sign: sign[1])


_ANY_DIGIT = re.compile(r"\d")
_SPACED_DIGITS = re.compile(r"(?<![\w.,])\+?\d(?:[ ]{1,2}\d|[ ]?[.\-_/*·|][ ]?\d){6,40}(?![\w]|[.,]\d)")
_SPACED_LETTERS = re.compile(
    r"(?<!\w)(?:[^\W_](?:[ ]|[.\-_*·])){3,60}[^\W_](?:[ ]?@[ ]?[\w.\-]{1,64})?(?!\w)"
)
_GAP = re.compile(r"[ .\-_*·/|]+")


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


_ENDING = (
    r"(?:com|org|net|edu|gov|info|io|co|uk|de|fr|es|it|nl|pl|in|br|cn|eu|us|ca|au|ch|at|be|me|dev|app|ai)"
)
_SPACED_ADDRESS = re.compile(
    r"(?<![\w.])[^\W_](?:[ ]{1,2}[^\W_]|[ ]?[.\-_*·][ ]?[^\W_]){1,40}[ ]?@[ ]?[^\W_](?:[ ]{1,2}[^\W_]"
    r"|[ ]?[.\-_*·][ ]?[^\W_]){3,60}(?!\w)"
)


def _spaced_addresses(text: str) -> Iterator[Piece]:
    """Join "j o h n @ g m a i l . c o m", and "j.o.h.n@g.m.a.i.l.c.o.m"."""
    if "@" not in text:
        return
    for match in _SPACED_ADDRESS.finditer(text):
        name, domain = (re.sub(r"[ \-_*·]", "", part) for part in match.group().split("@"))
        if domain.count(".") > 2:
            domain = re.sub(rf"({_ENDING})$", r".\1", domain.replace(".", ""), flags=re.IGNORECASE)
        if name.count(".") > 1 and name.count(".") == sum(map(str.isalnum, name)) - 1:
            name = name.replace(".", "")
        yield f"{name}@{domain}", *match.span()


def _is_spaced_out(run: str) -> bool:
    letters = sum(character.isalpha() for character in run)
    return letters >= 4 or (letters > 0 and letters + sum(map(str.isdigit, run)) >= 8)


def _is_inner_gap(run: str, gap: str) -> bool:
    return len(gap) == 1 and (gap == " " or run.count(gap) > 2)


_NAME = r"[A-Za-z0-9][A-Za-z0-9_\-]{0,40}"
_DOTS = "dot|punkt|punto|point|ponto|kropka|punt|tečka|pont|punct|nokta|точка"
_ATS = "at|arroba|arobase|chiocciola|apenstaartje|małpa|klammeraffe|kukac|zavináč|ät|собака"
_OPEN, _CLOSE = r"\s?[\[({<*_\-|/]{1,2}\s?", r"\s?[\])}>*_\-|/]{1,2}\s?"
_DOT = rf"(?:{_OPEN}(?:{_DOTS}|\.){_CLOSE}|\s(?:{_DOTS})\s|\s?[.·•∙。]\s?)"
_AT = (
    rf"(?:{_OPEN}(?:{_ATS}|@|a|chez){_CLOSE}|"
    rf"\s(?:{_ATS})\s(?!(?:the|a|an|my|your|our|this|that)\s)|\s?@\s?)"
)
_SPELLED = in_small(rf"(?<![\w.])(?:{_NAME}{_DOT}){{0,4}}{_NAME}{_AT}(?:{_NAME}{_DOT}){{1,3}}{_ENDING}\b")
_AT_PIECE = in_small(_AT)
_DOT_PIECE = in_small(_DOT)
_IS_SPELLED = in_small(
    rf"(?:\b|_)(?:{_DOTS})(?:\b|_)|[\[({{<*_\-|/]\s?(?:{_ATS}|@|a|chez)\s?[\])}}>*_\-|/]|\s@|@\s"
    rf"|[·•∙。]"
)
_MAIL_HOST = in_small(
    r"(?<![\w.])[a-z0-9]{1,30}[._\d][\w.\-]{0,30}( at )(?=(?:gmail|googlemail|yahoo|hotmail|outlook"
    r"|icloud|proton|protonmail|gmx|web"
    r"|aol|live|yandex|mail|qq|163|orange|free|libero|t-online|wp|onet|uol)\.[a-z]{2,3}\b)"
)
"""Where only the sign is spelled, the name must look like a mailbox: one may look at gmail.com."""


_SPELLING = (
    *_DOTS.split("|"),
    *"·•∙。",
    *(f"{mark}{at}" for mark in "[({<*_-|/" for at in ("at", "@", "a)", " at")),
)
"""What a spelled address has, unless it has the sign itself: looked for first because it is quick."""


def _mailboxes(text: str) -> Iterator[Piece]:
    if " at " in text:
        for match in _MAIL_HOST.finditer(small(text)):
            yield "@", *match.span(1)


def _spelled_addresses(text: str) -> Iterator[Piece]:
    """Turn "name dot surname at host dot com" into an address."""
    text = small(text)
    if "@" not in text and not any(sign in text for sign in _SPELLING):
        return
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


_STEPS = (
    _joined_words, _said_signs, _spaced_addresses, _joined_characters, _mailboxes, _spelled_addresses,
)  # fmt: skip
"""In this order: a number must be joined before its letters are looked at."""
