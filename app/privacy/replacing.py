"""Puts something else in the place of what is private; the only one that mints codes and stand-ins."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from app.privacy import disguise, placeholders
from app.privacy.forms import FormTable, reworn
from app.privacy.generalize import generalize
from app.privacy.matcher import Matcher, words
from app.privacy.people import KEPT
from app.privacy.placeholders import mint, render
from app.privacy.plan import Planned, told
from app.privacy.prompt import CUT, WORN
from app.privacy.standins import Inventor, Known, may_stand_in
from app.privacy.types import Action, Decided, Kind
from app.privacy.vault import Entry, Vault, fold

_TRIES: Final = 20
_SHORTEST: Final = 4
"""What is shorter stands in too many places of an answer by chance."""
_WEEKS: Final = (6, 26)
"""Dates move by so many weeks, at least and at most: weekdays stay, and no month stays the same."""
_OPENERS: Final = {"[": "]", "{": "}", "<": ">"}


@dataclass(frozen=True, slots=True)
class Replaced:
    """A text after everything in it that is to be hidden was replaced."""

    text: str
    decided: tuple[Decided, ...]
    codes: frozenset[str]
    """Of placeholders, and behind `WORN` of stand-ins."""


@dataclass(slots=True)
class _Wardrobe:
    """What stands for what already, while one text is dealt with."""

    foreign: set[str]
    """Words of texts and originals: none of them may stand for anything."""
    words: dict[str, str] = field(default_factory=dict)
    standins: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)

    def add(self, entry: Entry) -> None:
        self.standins.add(fold(entry.standin))
        self.used.update(word for _, _, word in words(entry.standin))
        changed = disguise.changed(entry)
        for old, new in changed:
            self.words.setdefault(old.casefold(), new)
        named = [each for each in disguise.pairs(entry) if each[0].casefold() not in KEPT]
        if entry.kind is Kind.PERSON and len(named) > 1:
            olds, news = ([each[at].casefold() for each in (named[0], named[-1])] for at in (0, 1))
            for old, new in zip(disguise.mailboxes(*olds), disguise.mailboxes(*news), strict=True):
                self.words.setdefault(old, new)
                self.used.add(new)

    def is_taken(self, word: str) -> bool:
        return word in self.foreign or word in self.used


class Replacer:
    """Replaces the findings of one conversation's texts."""

    def __init__(self, vault: Vault, hidden: Callable[[], Matcher]) -> None:
        self._vault = vault
        self._hidden = hidden
        self._codes: set[str] = set()
        self._words: set[str] = set()
        self._inventor: Inventor | None = None

    def see(self, text: str) -> None:
        """Remember what a text says, so that nothing is minted that would be mistaken for it."""
        self._codes.update(code for _, _, code in placeholders.tokens(text))
        self._words.update(word for _, _, word in words(text))

    def forget(self) -> None:
        """Forget what texts said."""
        self._codes.clear()
        self._words.clear()

    def replace(self, text: str, plan: list[Planned]) -> Replaced:
        """Carry out a plan."""
        crowded = placeholders.windows(text) if plan else frozenset[str]()
        self._dress(text, plan, crowded)
        pieces: list[str] = []
        decided: list[Decided] = []
        used: set[str] = set()
        at = 0
        for planned in plan:
            finding = planned.finding
            action, said, code = self._replacement(planned, text, crowded)
            decided.append(Decided(finding, action, said))
            used.update([code] if code else [])
            pieces += [text[at : finding.start], said]
            at = finding.end
        pieces.append(text[at:])
        return Replaced("".join(pieces), tuple(decided), frozenset(used))

    def preview(self, planned: Planned, text: str) -> str:
        """Say what would stand in the place of a finding, as far as it is known without minting."""
        kind, value = planned.finding.kind, told(planned.finding, text)
        title = text[planned.finding.start : planned.finding.end - len(value)]
        entry = self._vault.find(value, kind)
        match planned.action:
            case Action.BLOCK:
                return CUT
            case Action.GENERALIZE:
                return (entry and entry.wording) or generalize(kind, value)
            case Action.STANDIN if entry and entry.standin:
                return title + reworn(value, entry.value, entry.standin)
            case Action.PLACEHOLDER | Action.STANDIN:
                return title + kind.value
            case _:
                return title + value

    def new(self, kind: Kind, value: str, action: Action, crowded: frozenset[str] = frozenset()) -> Entry:
        """Give a value its code."""
        code = mint(lambda code: code in self._codes or self._vault.decode(code) is not None, crowded)
        return self._vault.add(Entry(kind, value, code, action))

    def _replacement(self, planned: Planned, text: str, crowded: frozenset[str]) -> tuple[Action, str, str]:
        """Return what is done, what is said instead, and the code that this takes."""
        finding, action = planned.finding, planned.action
        value = told(finding, text)
        at = finding.end - len(value)
        title = text[finding.start : at]
        if not planned.is_hiding:
            entry = self._vault.find(value, finding.kind)
            if entry is not None and entry.decision is None and entry.is_hidden:
                self._vault.act(entry, action)
            return action, title + value, ""
        entry = self._entry(planned, value, crowded)
        if action is Action.BLOCK:
            return action, CUT, ""
        if action is Action.GENERALIZE and (said := self._vague(entry, finding.kind, value)):
            return action, said, ""
        if action is Action.STANDIN and entry.standin:
            return action, title + reworn(value, entry.value, entry.standin), WORN + entry.code
        if not entry.boxed and _is_boxed(text, at, finding.end):
            self._vault.box(entry)
        said = render(entry.kind, entry.code, self._vault.spell(entry, value))
        return Action.PLACEHOLDER, title + said, entry.code

    def _entry(self, planned: Planned, value: str, crowded: frozenset[str]) -> Entry:
        kind, action = planned.finding.kind, planned.action
        entry = self._vault.find(value, kind)
        if entry is None:
            return self.new(kind, value, action, crowded)
        if entry.decision is None and entry.action is not action:
            return self._vault.act(entry, action)
        return entry

    def _vague(self, entry: Entry, kind: Kind, value: str) -> str:
        """Return the first wording that shows nothing hidden."""
        for said in (entry.wording, generalize(kind, value)):
            if said and not Matcher([entry]).find(said) and not self._hidden().find(said):
                return said
        return ""

    def _dress(self, text: str, plan: list[Planned], crowded: frozenset[str]) -> None:
        """Invent what is missing, people first, so that their addresses go with their names."""
        wanted = [each for each in plan if each.action is Action.STANDIN]
        if not wanted:
            return
        entries = self._vault.entries()
        wardrobe = _Wardrobe(self._words | {word for each in entries for _, _, word in words(each.value)})
        wardrobe.foreign.update(word for _, _, word in words(text))
        for entry in entries:
            if entry.standin:
                wardrobe.add(entry)
        tried: set[str] = set()
        for planned in sorted(wanted, key=_by_names):
            entry = self._entry(planned, told(planned.finding, text), crowded)
            if entry.standin or entry.code in tried:
                continue
            tried.add(entry.code)
            if standin := self._invented(entry, text, wardrobe):
                wardrobe.add(self._vault.dress(entry, standin))

    def _invented(self, entry: Entry, text: str, wardrobe: _Wardrobe) -> str:
        if not may_stand_in(entry.kind, entry.value):
            return ""
        self._inventor = self._inventor or Inventor()
        known = Known(wardrobe.words, wardrobe.is_taken, self._days())
        for _ in range(_TRIES):
            made = self._inventor.invent(entry.kind, entry.value, known)
            if not made or self._is_fit(made, entry, text, wardrobe):
                return made
        return ""

    def _is_fit(self, made: str, entry: Entry, text: str, wardrobe: _Wardrobe) -> bool:
        """Refuse what is said elsewhere, resembles the original, or reads as a code or a hidden value."""
        one, other = fold(made), fold(entry.value)
        if one in wardrobe.standins or one in other or other in one or placeholders.is_code_in(made):
            return False
        if sum(map(str.isalnum, made)) < _SHORTEST:
            return False
        table = disguise.table([Entry(entry.kind, entry.value, entry.code, entry.action, standin=made)])
        if not any(wardrobe.foreign.issuperset(key) for key in table.keys):
            return True
        return not (self._hidden().find(made) or any(table.find(text)))

    def _days(self) -> int:
        number = self._vault.number("dates")
        low, high = _WEEKS
        weeks = low + number // 2 % (high - low + 1)
        return 7 * (weeks if number % 2 else -weeks)


def table_of(entries: Iterable[Entry], *, posed: bool) -> FormTable:
    """Make what finds stand-ins; with `posed` those alone that left already."""
    return disguise.table(entry for entry in entries if entry.posed or not posed)


def _by_names(planned: Planned) -> tuple[bool, int]:
    finding = planned.finding
    return finding.kind is not Kind.PERSON, finding.start - finding.end


def _is_boxed(text: str, start: int, end: int) -> bool:
    return start > 0 and text[end : end + 1] == _OPENERS.get(text[start - 1], "\0")
