"""Which stand-ins a conversation has, and all the forms in which an answer may give them back."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from app.privacy import dates
from app.privacy.forms import Form, FormTable, Rule, spelled
from app.privacy.people import KEPT
from app.privacy.types import Kind
from app.privacy.vault import Entry

_NUMBERS: Final = frozenset(
    {Kind.PHONE, Kind.IBAN, Kind.ACCOUNT, Kind.CARD, Kind.MAC, Kind.RECORD, Kind.PASSPORT, Kind.NATIONAL_ID}
)
_PLACES: Final = frozenset({Kind.ORG, Kind.PLACE, Kind.ADDRESS})
_SHORTEST: Final = 3
_LONG: Final = 5
"""So long is a number of an address that is restored alone."""
_LOCAL: Final = 7
"""Digits of a telephone number without the code in front; fewer may be any number."""
_GROUPS: Final = ((3, 3, 4), (4, 4, 4, 4), (4, 6, 5), (2, 2, 2, 2, 2), (4, 4, 4))
_GROUPED: Final = frozenset({Kind.PHONE, Kind.CARD, Kind.IBAN, Kind.MAC})


def table(entries: Iterable[Entry]) -> FormTable:
    """Make what finds the stand-ins of these entries."""
    worn = [entry for entry in entries if entry.standin]
    wholes = [form for entry in worn for form in _wholes(entry)]
    return FormTable(wholes, [form for entry in worn for form in _parts(entry)])


def pairs(entry: Entry) -> list[tuple[str, str]]:
    """Return the words of a value with those of its stand-in, as far as they stand for each other."""
    if entry.kind is Kind.EMAIL:
        old, new = spelled(entry.value.partition("@")[0]), spelled(entry.standin.partition("@")[0])
    else:
        old, new = spelled(entry.value), spelled(entry.standin)
    return list(zip(old, new, strict=True)) if len(old) == len(new) else []


def changed(entry: Entry) -> list[tuple[str, str]]:
    """Return those pairs of words that differ."""
    return [(old, new) for old, new in pairs(entry) if old.casefold() != new.casefold()]


def mailboxes(first: str, last: str) -> tuple[str, ...]:
    """Return what the names of mailboxes make of a name, each in its place."""
    return first[0] + last, first + last, last + first[0], last + first, first + last[0]


def _wholes(entry: Entry) -> Iterator[Form]:
    new, old = spelled(entry.standin), spelled(entry.value)
    is_named = entry.kind is Kind.PERSON
    is_aligned = len(new) == len(old) and entry.kind is not Kind.EMAIL
    originals = old if is_aligned else (entry.value,)
    yield Form(new, originals, entry.code, Rule.NAME if is_named else Rule.WORDS)


def _parts(entry: Entry) -> Iterator[Form]:
    match entry.kind:
        case Kind.DATE | Kind.BIRTHDATE:
            for new, old in dates.said_otherwise(entry.standin, entry.value):
                yield Form(spelled(new), spelled(old), entry.code)
        case Kind.PERSON:
            yield from _named(entry)
        case Kind.EMAIL | Kind.USERNAME:
            yield from _mailbox(entry)
        case kind if kind in _PLACES:
            yield from _placed(entry)
        case kind if kind in _NUMBERS:
            yield from _grouped(entry)


def _named(entry: Entry) -> Iterator[Form]:
    """Yield first and last name alone, initials, and what mailboxes make of them."""
    both = [(old, new) for old, new in pairs(entry) if old.casefold() not in KEPT]
    for old, new in both:
        if len(new) >= _SHORTEST and old != new:
            yield Form((new,), (old,), entry.code, Rule.NAME)
    if len(both) < 2:
        return
    (old_first, new_first), (old_last, new_last) = both[0], both[-1]
    yield Form((new_first, new_last), (old_first, old_last), entry.code, Rule.NAME)
    yield Form((new_first[0], new_last), (old_first[0], old_last), entry.code, Rule.INITIAL)
    yield Form((new_first, new_last[0]), (old_first, old_last[0]), entry.code, Rule.INITIAL)
    letters = [(old[0], new[0]) for old, new in both]
    for some in (letters, [letters[0], letters[-1]]):
        yield Form(tuple(new for _, new in some), tuple(old for old, _ in some), entry.code, Rule.INITIALS)
    joined = zip(
        mailboxes(new_first.lower(), new_last.lower()),
        mailboxes(old_first.lower(), old_last.lower()),
        strict=True,
    )
    for new, old in joined:
        if len(new) >= _LONG:
            yield Form((new,), (old,), entry.code)


def _mailbox(entry: Entry) -> Iterator[Form]:
    both = pairs(entry)
    if len(both) > 1:
        yield Form(tuple(new for _, new in both), tuple(old for old, _ in both), entry.code)
    elif both and len(both[0][1]) >= _LONG:
        yield Form((both[0][1],), (both[0][0],), entry.code)


def _placed(entry: Entry) -> Iterator[Form]:
    """Yield each name alone, and each part of an address."""
    for old, new in changed(entry):
        if len(new) >= _LONG:
            yield Form((new,), (old,), entry.code)
    old_parts, new_parts = _lines(entry.value), _lines(entry.standin)
    if len(old_parts) == len(new_parts) > 1:
        for old_part, new_part in zip(old_parts, new_parts, strict=True):
            olds, news = spelled(old_part), spelled(new_part)
            if len(olds) == len(news) > 1 and any(len(word) >= _LONG for word in news):
                yield Form(news, olds, entry.code)


def _lines(text: str) -> list[str]:
    return [part for line in text.splitlines() for part in line.split(",") if part.strip()]


def _grouped(entry: Entry) -> Iterator[Form]:
    """Yield a number without its gaps, and in the groups in which such numbers are usually written."""
    old, new = spelled(entry.value), spelled(entry.standin)
    if len(old) != len(new):
        return
    starts = (0, 1) if entry.kind is Kind.PHONE and len(old) > 1 else (0,)
    for start in starts:
        olds, news = old[start:], new[start:]
        if start and sum(map(len, news)) < _LOCAL:
            continue
        if start:
            yield Form(news, olds, entry.code)
        all_old, all_new = "".join(olds), "".join(news)
        yield Form((all_new,), (all_old,), entry.code)
        if entry.kind not in _GROUPED:
            continue
        sizes = [*_GROUPS, *([(2,) * 6] if entry.kind is Kind.MAC else []), _fours(len(all_new))]
        for size in sizes:
            if sum(size) == len(all_new) == len(all_old):
                yield Form(_cut(all_new, size), _cut(all_old, size), entry.code)
        if entry.kind is Kind.PHONE and start == 0 and len(all_new) == 11 and all_new[0] == "1":
            yield Form((all_new[1:],), (all_old[1:],), entry.code)
            yield Form(_cut(all_new[1:], (3, 3, 4)), _cut(all_old[1:], (3, 3, 4)), entry.code)


def _fours(length: int) -> tuple[int, ...]:
    return (4,) * (length // 4) + ((length % 4,) if length % 4 else ())


def _cut(text: str, sizes: Sequence[int]) -> tuple[str, ...]:
    pieces, at = [], 0
    for size in sizes:
        pieces.append(text[at : at + size])
        at += size
    return tuple(pieces)
