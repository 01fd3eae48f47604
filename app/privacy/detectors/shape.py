"""How names are written: what of a model's guess has the form of a name."""

import re
from collections.abc import Iterator

from app.privacy.detectors.wordlist import OFFICIAL, PARTICLES, WordLists, listed

_WORD = re.compile(r"[^\W_](?:[^\W_]|['’&./\-](?=[^\W_]))*")
_PART = re.compile(r"[^\W\d_]+")
_LINK = re.compile(r"(?:https?://|www\.)\S{1,2000}", re.IGNORECASE)
_LINK_REACH = 200
_LINKS = PARTICLES | listed("of and the for in on at to y und et e do das dos des a an with by from")
_OFFICES = listed(
    "office ministry department council committee board tribunal centre center division code registry gazette"
    " service authority agency institute fund prison detention inspectorate"
)
_GLOSS = 60
_BETWEEN = re.compile(r"\s?[,;]\s(?:and\s)?|\s?/\s?|\s(?:and|&|und|et)\s")
_SEVERAL = 3
_CAPITALIZED = re.compile(r"(?<![\w'’])[^\W\d_a-z][^\W\d_]{2,}")


class NameShape:
    """Cut guesses of a model down to what is written like a name."""

    def __init__(self, lists: WordLists) -> None:
        self._lists = lists

    def pieces(self, text: str, start: int, end: int, *, careful: bool) -> Iterator[tuple[int, int]]:
        """Yield the runs of words that may be a name.

        Args:
            careful: see `is_careful`; in a text without capitals small letters say nothing.
        """
        for begin, stop in _outside_links(text, start, end):
            yield from self._pieces(text, begin, stop, careful=careful)

    def _pieces(self, text: str, start: int, end: int, *, careful: bool) -> Iterator[tuple[int, int]]:
        words = list(_WORD.finditer(text, start, end))
        lower = [word.group().islower() for word in words]
        if not any(lower) or (all(lower) and not careful):
            yield start, end
            return
        named = any(self._is_listed(word.group()) for word in words)
        known = [small and self._is_known(word.group()) for small, word in zip(lower, words, strict=True)]
        alike = all(lower) and not any(known)
        small = [each if named or alike else low for each, low in zip(known, lower, strict=True)]
        yield from self._runs(words, small)

    def is_plain(self, value: str) -> bool:
        """Say whether a value is made of words that are no names."""
        return all(self._is_word(part) for part in _PART.findall(value.casefold()))

    def is_gloss(self, text: str, start: int, end: int) -> bool:
        """Say whether a guess is a foreign term in brackets behind the English one: "Court (...)"."""
        opened, closed = text.rfind("(", max(0, start - _GLOSS), start), text.find(")", end, end + _GLOSS)
        if opened < 0 or closed < 0 or ")" in text[opened:start] or "(" in text[end:closed]:
            return False
        words = _PART.findall(text[opened:closed])
        before = _PART.findall(text[max(0, opened - _GLOSS) : opened])
        near = [word.casefold() for word in before[-3:]]
        is_office = any(word in OFFICIAL or word in _OFFICES for word in near)
        is_term = bool(before) and (is_office or before[-1].islower())
        folded = [word.casefold() for word in words]
        is_foreign = not any(word in self._lists.common and word.isascii() for word in folded)
        is_whole = len(words) > 1 or (len(words) == 1 and words[0].islower())
        return is_whole and is_term and is_foreign and not any(map(self._is_listed, words))

    def people(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the names in a list of people one by one; "Doe, Jane" stays one name."""
        cuts = list(_BETWEEN.finditer(text, start, end))
        commas = [cut for cut in cuts if cut.group().startswith(",")]
        is_turned = len(commas) == 1 and len(_PART.findall(text[start : commas[0].start()])) < 2
        for cut in cuts:
            if not (is_turned and cut in commas):
                yield start, cut.start()
                start = cut.end()
        yield start, end

    def _runs(self, words: list[re.Match[str]], small: list[bool]) -> Iterator[tuple[int, int]]:
        first = last = -1
        for at, word in enumerate(words):
            if not small[at]:
                first = at if first < 0 else first
                last = at
            elif first >= 0 and word.group().casefold() not in _LINKS:
                yield words[first].start(), words[last].end()
                first = -1
        if first >= 0:
            yield words[first].start(), words[last].end()

    def _is_listed(self, word: str) -> bool:
        """Say whether the lists know a name that is no word."""
        lists, parts = self._lists, _PART.findall(word.casefold())
        listed = (part for part in parts if part in lists.first or part in lists.last)
        return any(not self._is_word(part) for part in listed)

    def _is_known(self, word: str) -> bool:
        return word in _LINKS or self.is_plain(word)

    def _is_word(self, word: str) -> bool:
        return len(word) < 2 or word in self._lists.common or word in self._lists.words


def _outside_links(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut links out of a span: what is telling in them is found by its form."""
    reach = max(0, start - _LINK_REACH)
    links = [match.span() for match in _LINK.finditer(text, reach, end) if match.end() > start]
    for begin, stop in links:
        if begin - start > 1:
            yield start, begin - 1
        start = min(end, stop + 1)
    if start < end:
        yield start, end


def is_careful(text: str) -> bool:
    """Say whether capitals mean something in this text: it has several."""
    return any(count >= _SEVERAL for count, _ in enumerate(_CAPITALIZED.finditer(text), 1))
