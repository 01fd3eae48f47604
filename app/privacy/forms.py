"""Finds stand-ins of ours in a text, in every form that a model gives them, and says the originals."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import Final

from app.privacy.matcher import INVISIBLE, WORD, plain, words

PLURAL: Final = 2
"""Letters that a word of ours may grow by: "Joneses"."""
_WIDEST_GAP: Final = 6
_ENTITY: Final = re.compile(r"&(?:#\d{1,5}|#[xX][0-9A-Fa-f]{1,4}|[A-Za-z]{2,8});|%[0-9A-Fa-f]{2}")
_LONGEST_ENTITY: Final = 10
_HALF_ENTITY: Final = re.compile(r"(?:&#?[0-9A-Za-z]{0,8}|%[0-9A-Fa-f]?)\Z")
_MARK: Final = re.compile(f"[\u0300-\u036f{INVISIBLE}]")
_BLANK_LINE: Final = re.compile(r"\n[ \t]*\n")


class Rule(Enum):
    """What else must hold where the words of a form stand in a text."""

    WORDS = "words"
    NAME = "name"
    """May be a plural."""
    INITIAL = "initial"
    """One of the words is a letter, which must not be a word of its own."""
    INITIALS = "initials"
    """Capitals with full stops between them."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a stand-in, and what it says of the original."""

    written: tuple[str, ...]
    """Its words."""
    originals: tuple[str, ...]
    """A word for each of them, or one text for all."""
    code: str
    rule: Rule = Rule.WORDS

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(each for word in self.written for _, _, each in words(word))

    @property
    def says(self) -> str:
        return " ".join(self.originals).casefold()


@dataclass(frozen=True, slots=True)
class Found:
    """A stand-in where it stands in a text, and what to show in its place."""

    start: int
    end: int
    code: str
    shown: str


@cache
def _word_or_entity() -> re.Pattern[str]:
    """Compile with the first text: it takes 20 ms, which no start should wait for."""
    return re.compile(f"(?P<entity>{_ENTITY.pattern})|{WORD}")


def spelled(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are written."""
    return tuple(text[start:end] for start, end, _ in words(text))


def respelled(text: str, new: Sequence[str]) -> str:
    """Put other words in the place of the words of a text; what is between them stays."""
    pieces, at = [], 0
    for (start, end, _), word in zip(words(text), new, strict=True):
        pieces += [text[at:start], word]
        at = end
    return "".join([*pieces, text[at:]])


def styled(word: str, like: str, usual: str) -> str:
    """Write a word in the case in which another one was written.

    Args:
        usual: how that other one is usually written; if it was, the word stays as it is.
    """
    if like == usual or not any(map(str.isalpha, like)):
        return word
    if like.islower():
        return word.lower()
    if like.isupper() and (len(like) > 1 or len(word) == 1):
        return word.upper()
    if like[0].isupper() and (word.islower() or word.isupper()):
        return word[:1].upper() + word[1:].lower()
    return word


def reworn(text: str, usual: str, worn: str) -> str:
    """Write a stand-in in the case in which its original stands here.

    Args:
        usual: the original as the vault has it.
        worn: its stand-in.
    """
    here, value, new = spelled(text), spelled(usual), spelled(worn)
    if text == usual or not len(here) == len(value) == len(new):
        return worn
    return respelled(text, [styled(*each) for each in zip(new, here, value, strict=True)])


@dataclass(slots=True)
class _Node:
    next: "dict[str, _Node]" = field(default_factory=dict)
    form: Form | None = None
    is_whole: bool = False
    is_ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str


class FormTable:
    """All forms of the stand-ins of a conversation.

    What could stand for two originals stands for none: it stays as the model wrote it.
    """

    def __init__(self, wholes: Iterable[Form] = (), parts: Iterable[Form] = ()) -> None:
        self._root = _Node()
        self.longest = 0
        """Characters that the longest form takes, with room for escapes and a plural."""
        self.keys: list[tuple[str, ...]] = []
        """The words of each form."""
        for form in wholes:
            self._insert(form, is_whole=True)
        for form in parts:
            self._insert(form, is_whole=False)

    def __bool__(self) -> bool:
        return bool(self._root.next)

    def find(self, text: str) -> Iterator[Found]:
        """Yield the stand-ins of a text, in order, not overlapping."""
        at = 0
        while (found := self.next(text, at)) is not None:
            yield found
            at = found.end

    def next(self, text: str, at: int) -> Found | None:
        """Return the first stand-in from a place on, as far as the text goes."""
        if not self:
            return None
        tokens = _Tokens(text, at)
        index = 0
        while (token := tokens[index]) is not None:
            if token.word in self._root.next or token.word[-1] == "s":
                found, _ = self._walk(text, tokens, index)
                if found is not None:
                    return found
            index += 1
        return None

    def half(self, text: str, since: int) -> int:
        """Return from where on a text may still become a stand-in, or another one, when it goes on."""
        if not self or not text:
            return len(text)
        whole = text
        half_entity = _HALF_ENTITY.search(text, max(since, len(text) - _LONGEST_ENTITY))
        if half_entity is not None:
            text = text[: half_entity.start()]
        since = max(since, len(whole) - self.longest - _LONGEST_ENTITY)
        while since > 0 and (whole[since - 1] in "&#%" or _is_inside_word(whole, since)):
            since -= 1
        tokens = _Tokens(text, since)
        index = 0
        while (token := tokens[index]) is not None:
            if self._walk(text, tokens, index)[1]:
                return token.start
            index += 1
        return len(text)

    def _insert(self, form: Form, *, is_whole: bool) -> None:
        node, key = self._root, form.key
        self.keys.append(key)
        for word in key:
            node = node.next.setdefault(word, _Node())
        if node is self._root:
            return
        if node.form is None and not node.is_ambiguous:
            node.form, node.is_whole = form, is_whole
            room = (len(form.written) - 1) * _WIDEST_GAP + PLURAL + 1
            self.longest = max(self.longest, sum(map(len, form.written)) + room)
        elif node.form is not None and not node.is_whole and _differ(node.form, form):
            node.form, node.is_ambiguous = None, True

    def _walk(self, text: str, tokens: "_Tokens", index: int) -> tuple[Found | None, bool]:
        """Follow the words from a place on: the longest form that stands there, and whether it may grow."""
        first = tokens[index]
        assert first is not None
        node, best, at = self._root, None, index
        while (token := tokens[at]) is not None:
            if at > index and not tokens.are_close(at - 1):
                return best, False
            child, grown = _child(node, token.word)
            grows = token.end == len(text) and any(_may_become(token.word, key) for key in node.next)
            if child is None:
                return best, grows
            if child.form is not None and _holds(child.form, text[first.start : token.end], grown):
                best = _found(child.form, text, (first.start, token.end), grown)
            if grown or grows:
                return best, grows
            node, at = child, at + 1
        return best, bool(node.next) and at > index and tokens.may_go_on(at - 1)


class _Tokens:
    """The words of a text from a place on, read as far as they are asked for."""

    def __init__(self, text: str, at: int) -> None:
        self._text = text
        self._matches = _word_or_entity().finditer(text, at)
        self._read: list[_Token] = []
        self._rest = at if _is_inside_word(text, at) else -1
        """Where the rest of a word begins that was dealt with; it is no word."""

    def __getitem__(self, index: int) -> _Token | None:
        while index >= len(self._read):
            match = next(self._matches, None)
            if match is None:
                return None
            if match["entity"] is None and match.start() != self._rest:
                self._read.append(_Token(*match.span(), plain(match.group())))
        return self._read[index]

    def are_close(self, index: int) -> bool:
        """Say whether so little stands between a word and the next that both belong together."""
        return _is_gap(self._text[self._read[index].end : self._read[index + 1].start])

    def may_go_on(self, index: int) -> bool:
        return _is_gap(self._text[self._read[index].end :])


def outside_entity(text: str, start: int, limit: int) -> int:
    """Return the limit, or where the entity begins that it would cut."""
    for match in _ENTITY.finditer(text, max(start, limit - _LONGEST_ENTITY)):
        if match.start() >= limit:
            break
        if limit < match.end():
            return match.start()
    return limit


def _is_inside_word(text: str, at: int) -> bool:
    """Say whether the character before a place belongs to a word, so that what follows is its rest."""
    bare = at
    while bare > 0 and _MARK.match(text[bare - 1]):
        bare -= 1
    if bare == 0 or not text[bare - 1].isalnum():
        return False
    before = max(0, bare - _LONGEST_ENTITY)
    return not any(match.end() == bare for match in _ENTITY.finditer(text, before, bare))


def _is_gap(between: str) -> bool:
    gap = _ENTITY.sub(" ", between)
    return len(gap) <= _WIDEST_GAP and len(between) <= 2 * _WIDEST_GAP and not _BLANK_LINE.search(gap)


def _differ(one: Form, other: Form) -> bool:
    return one.code != other.code and one.says != other.says


def _child(node: _Node, word: str) -> tuple[_Node | None, str]:
    """Return what follows with this word, and what a plural added to it."""
    child = node.next.get(word)
    if child is not None:
        return child, ""
    for ending in ("s", "es"):
        stem = word.removesuffix(ending)
        child = node.next.get(stem) if stem != word else None
        if child is not None and child.form is not None and child.form.rule is Rule.NAME:
            return child, ending
    return None, ""


def _may_become(word: str, key: str) -> bool:
    return key.startswith(word) or (word.startswith(key) and word[len(key) :] in ("", "s", "e", "es"))


def _holds(form: Form, here: str, grown: str) -> bool:
    match form.rule:
        case Rule.INITIALS:
            return here.isupper() and here.count(".") >= len(form.written) - 1
        case Rule.INITIAL:
            return _is_initial(here)
        case _:
            return not grown or form.rule is Rule.NAME


def _is_initial(here: str) -> bool:
    """Tell "M. Jones" and "m.jones" from "a Jones" and "Mary I saw"."""
    found = spelled(here)
    at = 0 if len(found[0]) == 1 else len(found) - 1
    letter = found[at]
    gap = here[len(letter) : len(here) - len(found[-1])] if at == 0 else here[len(found[0]) : -len(letter)]
    if gap.strip() in (".", "_", "-"):
        return True
    return letter.isupper() and letter not in "AI" and gap == " "


def _found(form: Form, text: str, place: tuple[int, int], grown: str) -> Found:
    start, end = place
    here = text[start:end]
    stem = here[: len(here) - len(grown)]
    if len(form.originals) != len(form.written):
        return Found(start, end, form.code, form.originals[0])
    mention = spelled(_ENTITY.sub(lambda match: " " * len(match.group()), stem))
    if len(mention) != len(form.written):
        return Found(start, end, form.code, " ".join(form.originals))
    shown = _in_place(stem, _dressed(form, mention))
    return Found(start, end, form.code, shown + _plural(shown, here[len(stem) :]))


def _dressed(form: Form, mention: Sequence[str]) -> list[str]:
    """Write the originals in the case of the mention: all of it where it has one, else word by word."""
    whole, usual = "".join(mention), "".join(form.written)
    if whole == usual:
        return list(form.originals)
    letters = [word for word in mention if any(map(str.isalpha, word))]
    if len(mention) > 1 and len("".join(letters)) > 1 and (whole.isupper() or whole.islower()):
        write: Callable[[str], str] = str.upper if whole.isupper() else str.lower
        return [write(word) for word in form.originals]
    return [styled(*each) for each in zip(form.originals, mention, form.written, strict=True)]


def _in_place(stem: str, new: Sequence[str]) -> str:
    blank = _ENTITY.sub(lambda match: " " * len(match.group()), stem)
    pieces, at = [], 0
    for (start, end, _), word in zip(words(blank), new, strict=True):
        pieces += [stem[at:start], word]
        at = end
    return "".join([*pieces, stem[at:]])


def _plural(word: str, ending: str) -> str:
    """Give a name the plural that its stand-in had, in its own way."""
    if not ending:
        return ""
    hisses = word.casefold().endswith(("s", "x", "z", "ch", "sh"))
    added = "es" if hisses else "s"
    return added.upper() if ending.isupper() else added
