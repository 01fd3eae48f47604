"""Everything that leaves is written down first, and a phrase can be looked up later."""

import json
from collections.abc import Collection, Iterable
from dataclasses import replace

import pytest

from app.privacy.errors import PrivacyError
from app.privacy.exposure import Known, Trait
from app.privacy.ledger import Ledger, LedgerRow
from tests.privacy.border import KEY


class ListStore:
    """Keeps rows in a list."""

    def __init__(self) -> None:
        self.kept: list[tuple[LedgerRow, bytes, bytes]] = []
        self.told: dict[tuple[str, Trait], Known] = {}
        self.is_full = False

    def add(self, row: LedgerRow, body: bytes, digests: bytes, told: Collection[Trait] = ()) -> int:
        if self.is_full:
            raise OSError("disk full")
        for trait in told:
            known = self.told.get((row.provider, trait), Known(row.time, row.time, 0))
            self.told[row.provider, trait] = Known(known.first, row.time, known.times + 1)
        self.kept.append((replace(row, id=len(self.kept) + 1), body, digests))
        return len(self.kept)

    def row(self, id: int) -> LedgerRow | None:
        return self.kept[id - 1][0] if 0 < id <= len(self.kept) else None

    def rows(self, limit: int, provider: str = "") -> list[LedgerRow]:
        rows = [row for row, _, _ in reversed(self.kept) if provider in ("", row.provider)]
        return rows[:limit]

    def body(self, id: int) -> bytes | None:
        return self.kept[id - 1][1] if 0 < id <= len(self.kept) else None

    def digests(self) -> Iterable[tuple[int, bytes]]:
        return [(row.id, digests) for row, _, digests in self.kept if digests]

    def covers(self) -> tuple[float, float] | None:
        times = [row.time for row, _, digests in self.kept if digests]
        return (min(times), max(times)) if times else None

    def exposure(self, provider: str = "") -> list[tuple[str, Trait, Known]]:
        if self.is_full:
            raise OSError("disk full")
        return [(at, trait, known) for (at, trait), known in self.told.items() if provider in ("", at)]

    def forget_exposure(self, provider: str) -> None:
        self.told = {key: known for key, known in self.told.items() if key[0] != provider}

    def drop_bodies(self, before: float) -> None:
        self.kept = [(row, b"" if row.time < before else body, more) for row, body, more in self.kept]

    def erase(self, ids: Collection[int] | None) -> None:
        self.told = {} if ids is None else self.told
        self.kept = [
            (replace(row, sha256=""), b"", b"") if ids is None or row.id in ids else (row, body, more)
            for row, body, more in self.kept
        ]


BODY = json.dumps(
    {
        "model": "m",
        "n": 3,
        "messages": [{"role": "user", "content": "Dear PERSON-7QK2,\nthe vet's in Žilina or 東京都"}],
    }
).encode()


@pytest.fixture
def store() -> ListStore:
    return ListStore()


@pytest.fixture
def ledger(store: ListStore) -> Ledger:
    ledger = Ledger(store, KEY, lambda: 30)
    ledger.note("a.example", "chat", "m", BODY, {"PERSON": 1})
    return ledger


def test_the_exact_text_can_be_read_here_and_nowhere_else(ledger: Ledger, store: ListStore) -> None:
    (row,) = ledger.entries(5)
    assert (row.provider, row.purpose, row.kinds, row.bytes_sent) == (
        "a.example",
        "chat",
        {"PERSON": 1},
        len(BODY),
    )
    assert ledger.body(1) == BODY.decode()
    assert b"vet" not in store.kept[0][1]
    assert ledger.body(7) is None


HELD = [
    "vet", "THE  vet's in žilina", "dear person-7qk2", "in Žilina", "3", "東京", "東", "京都",
    "Z\u030cilina", "\uff36\uff25\uff34", "v\u200bet", "vet!", "(vet)", "the\nvet", "the\u2014vet", "PERSON-7QK2",
    "«the vet’s»", "in Žilina or 東京都",
]  # fmt: skip
ABSENT = [
    "vets", "ve", "et", "Žilina in", "dear the vet", "", "...", "Anna", "Zilina", "京東", "大阪", "the dog vet",
    "\u200b", "🙂", "PERSON-7QK3",
]  # fmt: skip


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_phrase_is_found_by_whole_words(ledger: Ledger, is_kept: bool) -> None:
    if not is_kept:
        ledger.expire(ledger.entries(1)[0].time + 31 * 86400)
        assert ledger.body(1) is None
    assert [phrase for phrase in HELD if not ledger.check(phrase)] == []
    assert [phrase for phrase in ABSENT if ledger.check(phrase)] == []


def test_a_longer_phrase_needs_its_order_where_the_body_is_kept(ledger: Ledger) -> None:
    ledger.note("a.example", "test", "", b"one two three, two three four", {})
    assert ledger.check("two three four")
    assert not ledger.check("one two three four")
    ledger.expire(ledger.entries(1)[0].time + 31 * 86400)
    assert ledger.check("one two three four"), "digests know runs of three words only"


def test_what_is_no_json_is_read_as_it_is(store: ListStore) -> None:
    ledger = Ledger(store, KEY, lambda: 0)
    ledger.note("a.example", "download", "", b"GET /models/\xff/file", {})
    assert ledger.check("models")
    assert ledger.body(1) is None
    assert ledger.covers() is not None


def test_after_erasing_counts_and_dates_remain(ledger: Ledger) -> None:
    ledger.note("b.example", "chat", "m", BODY, {"EMAIL": 2})
    ledger.forget([1])
    assert [row.id for row in ledger.check("vet")] == [2]
    ledger.erase()
    assert not ledger.check("vet")
    assert ledger.covers() is None
    assert [(row.bytes_sent, row.sha256) for row in ledger.entries(9)] == [(len(BODY), "")] * 2


def test_a_note_that_fails_lets_nothing_leave(ledger: Ledger, store: ListStore) -> None:
    store.is_full = True
    with pytest.raises(PrivacyError, match="Nothing was sent") as caught:
        ledger.note("a.example", "chat", "m", BODY, {})
    assert caught.value.__context__ is None


def test_what_a_provider_was_told_is_counted_and_forgotten(ledger: Ledger) -> None:
    ledger.note("a.example", "chat", "m", BODY, {}, {Trait.AGE, Trait.JOB})
    ledger.note("a.example", "chat", "m", BODY, {}, {Trait.AGE})
    ledger.note("b.example", "chat", "m", BODY, {}, {Trait.PLACE})
    assert ledger.exposed("a.example") == {Trait.AGE, Trait.JOB}
    assert ledger.exposed("c.example") == ledger.exposed("") == frozenset()
    told = dict(ledger.exposure())
    assert told["a.example"][Trait.AGE].times == 2
    ledger.forget([1, 2, 3])
    assert ledger.exposed("a.example"), "the provider still knows"
    ledger.forget_exposure("a.example")
    assert set(dict(ledger.exposure())) == {"b.example"}
    ledger.erase()
    assert ledger.exposure() == []


def test_where_it_is_not_known_what_a_provider_was_told_nothing_leaves(
    ledger: Ledger, store: ListStore
) -> None:
    store.is_full = True
    with pytest.raises(PrivacyError, match="Nothing was sent") as caught:
        ledger.exposed("a.example")
    assert caught.value.__context__ is None
