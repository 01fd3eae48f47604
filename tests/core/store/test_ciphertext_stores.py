"""What the privacy floor keeps in the database: bytes in, the same bytes out, nothing left when forgotten."""

import time
from pathlib import Path

import pytest

from app.core.store.database import Database
from app.core.store.ledger import SqliteLedgerStore
from app.core.store.vault import SqliteVaultStore
from app.privacy.ledger import LedgerRow, LedgerStore
from app.privacy.vault import MemoryVaultStore, VaultStore

SECRET = bytes(range(256)) + b"unmistakable"


@pytest.fixture(params=["database", "memory"])
def vault(request: pytest.FixtureRequest, database: Database) -> VaultStore:
    return SqliteVaultStore(database) if request.param == "database" else MemoryVaultStore()


@pytest.fixture
def ledger(database: Database) -> SqliteLedgerStore:
    return SqliteLedgerStore(database)


def test_entries_come_back_oldest_first_and_by_conversation(vault: VaultStore) -> None:
    vault.put("a", "2", b"first")
    vault.put("a", "1", SECRET)
    vault.put("b", "2", b"other")
    assert list(vault.load("a")) == [("2", b"first"), ("1", SECRET)]
    assert list(vault.load("b")) == [("2", b"other")]
    assert list(vault.load("c")) == []


def test_an_entry_is_replaced_in_its_place(vault: VaultStore) -> None:
    vault.put("a", "1", b"first")
    vault.put("a", "2", b"second")
    vault.put("a", "1", b"changed")
    assert list(vault.load("a")) == [("1", b"changed"), ("2", b"second")]


def test_a_forgotten_conversation_has_no_entries(vault: VaultStore) -> None:
    vault.put("a", "1", b"x")
    vault.put("b", "1", b"y")
    vault.forget("a")
    vault.forget("nowhere")
    assert list(vault.load("a")) == []
    assert list(vault.load("b")) == [("1", b"y")]


def test_forgetting_leaves_no_byte(database: Database, path: Path) -> None:
    vault = SqliteVaultStore(database)
    vault.put("a", "1", SECRET)
    vault.forget("a")
    assert not [each for each in path.parent.iterdir() if SECRET[-20:] in each.read_bytes()]


def test_entries_are_there_for_another_process(database: Database, path: Path) -> None:
    SqliteVaultStore(database).put("a", "1", SECRET)
    other = Database(path)
    assert SqliteVaultStore(other).load("a") == [("1", SECRET)]
    other.close()


def _row(provider: str = "api.example", when: float = 100.0, digest: str = "ab" * 32) -> LedgerRow:
    return LedgerRow(0, when, provider, "chat", "large", {"PERSON": 2, "EMAIL": 1}, 345, digest)


def _fill(ledger: LedgerStore) -> list[int]:
    return [
        ledger.add(_row("one.example", 100.0), b"body 1", b"digests 1"),
        ledger.add(_row("two.example", 200.0), SECRET, b"digests 2"),
        ledger.add(_row("one.example", 300.0), b"body 3", b""),
    ]


def test_rows_come_back_newest_first(ledger: SqliteLedgerStore) -> None:
    first, second, third = _fill(ledger)
    assert [each.id for each in ledger.rows(10)] == [third, second, first]
    assert [each.id for each in ledger.rows(1)] == [third]
    assert [each.id for each in ledger.rows(10, "one.example")] == [third, first]
    assert ledger.rows(10, "three.example") == []
    assert ledger.row(first) == LedgerRow(
        first, 100.0, "one.example", "chat", "large", {"PERSON": 2, "EMAIL": 1}, 345, "ab" * 32
    )
    assert ledger.row(99) is None


def test_bodies_and_digests_come_back(ledger: SqliteLedgerStore) -> None:
    first, second, third = _fill(ledger)
    assert ledger.body(second) == SECRET
    assert ledger.body(99) is None
    assert list(ledger.bodies()) == [(first, b"body 1"), (second, SECRET), (third, b"body 3")]
    assert list(ledger.digests()) == [(first, b"digests 1"), (second, b"digests 2")]


def test_old_bodies_go_and_their_rows_and_digests_stay(ledger: SqliteLedgerStore) -> None:
    first, second, third = _fill(ledger)
    ledger.drop_bodies(before=200.0)
    assert [id for id, _ in ledger.bodies()] == [second, third]
    assert ledger.body(first) is None
    assert [id for id, _ in ledger.digests()] == [first, second]
    assert ledger.covers() == (100.0, 200.0)
    assert len(ledger.rows(10)) == 3


def test_an_erased_row_keeps_counts_and_date_only(
    ledger: SqliteLedgerStore, database: Database, path: Path
) -> None:
    first, second, third = _fill(ledger)
    ledger.erase([second])
    assert ledger.row(second) == LedgerRow(
        second, 200.0, "two.example", "chat", "large", {"PERSON": 2, "EMAIL": 1}, 345, ""
    )
    assert [id for id, _ in ledger.bodies()] == [first, third]
    assert ledger.covers() == (100.0, 100.0)
    assert not [each for each in path.parent.iterdir() if SECRET[-20:] in each.read_bytes()]


def test_everything_can_be_erased(ledger: SqliteLedgerStore) -> None:
    _fill(ledger)
    ledger.erase(None)
    assert list(ledger.bodies()) == list(ledger.digests()) == []
    assert ledger.covers() is None
    assert [each.bytes_sent for each in ledger.rows(10)] == [345] * 3


def test_an_empty_ledger_covers_nothing(ledger: SqliteLedgerStore) -> None:
    assert ledger.covers() is None
    assert ledger.rows(10) == []
    ledger.erase([])
    ledger.drop_bodies(time.time())
