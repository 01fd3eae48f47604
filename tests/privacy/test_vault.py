"""One value has one code; the store never sees a word."""

import json
from dataclasses import replace
from threading import Thread

import pytest

from app.privacy.cipher import Cipher, derive
from app.privacy.errors import PrivacyError
from app.privacy.prompt import WORN
from app.privacy.types import Action, Kind
from app.privacy.vault import Entry, MemoryVaultStore, Vault
from tests.privacy.border import KEY, make_vault

ANNA = Entry(Kind.PERSON, "Anna Smith", "7QK2", Action.PLACEHOLDER)


def test_the_same_value_keeps_its_code_however_it_is_written() -> None:
    vault = make_vault()
    vault.add(ANNA)
    again = vault.add(Entry(Kind.ORG, "anna  SMITH", "B3KX", Action.PLACEHOLDER))
    assert again == ANNA
    assert vault.entries() == (ANNA,)
    assert vault.decode("7QK2") == ANNA
    assert vault.decode("B3KX") is None


def test_case_counts_where_it_makes_another_value() -> None:
    vault = make_vault()
    vault.add(Entry(Kind.LITERAL, "PERSON-7QK2", "B3KX", Action.PLACEHOLDER))
    assert vault.find("person-7qk2", Kind.LITERAL) is None
    assert vault.find("PERSON-7QK2", Kind.LITERAL) is not None


def test_what_was_noted_is_there_after_a_restart() -> None:
    store = MemoryVaultStore()
    vault = make_vault(store)
    vault.decide(vault.add(ANNA), Action.KEEP)
    vault.mark_sent(frozenset({"7QK2"}))
    vault.close()
    for one in (vault, make_vault(store)):
        entry = one.find("anna smith")
        assert entry is not None
        assert entry.decision is Action.KEEP
        assert entry.sent
        assert not entry.is_hidden


def test_a_row_of_an_earlier_version_opens() -> None:
    store = MemoryVaultStore()
    vault = make_vault(store)
    vault.add(ANNA)
    ((index, _),) = store.load("c1")
    row = [ANNA.kind, ANNA.value, ANNA.code, ANNA.action, Action.KEEP, True]
    for more in ([], ["", False, "", False]):
        text = json.dumps(row + more)
        store.put("c1", index, Cipher(KEY, "vault").encrypt(text.encode(), f"c1\0{index}"))
        assert make_vault(store).entries() == (replace(ANNA, decision=Action.KEEP, sent=True),)


def test_a_stand_in_and_a_wording_are_there_after_a_restart() -> None:
    store = MemoryVaultStore()
    vault = make_vault(store)
    entry = vault.dress(vault.add(ANNA), "Mary Jones")
    vault.box(vault.decide(entry, Action.GENERALIZE, "somebody"))
    vault.mark_sent(frozenset({WORN + ANNA.code}))
    (again,) = make_vault(store).entries()
    assert again == vault.decode(WORN + ANNA.code) == vault.decode(ANNA.code)
    assert (again.standin, again.posed, again.sent, again.wording, again.boxed) == (
        "Mary Jones", True, True, "somebody", True,
    )  # fmt: skip


def test_the_spellings_of_a_value_are_kept() -> None:
    store = MemoryVaultStore()
    vault = make_vault(store)
    entry = vault.add(ANNA)
    vault.box(entry)
    written = ["Anna Smith", "ANNA SMITH", "anna smith", "ANNA smith", "anna  smith", "ANNA SMITH"]
    assert [vault.spell(entry, each) for each in written] == [0, 1, 2, 1, 2, 1]
    (again,) = make_vault(store).entries()
    assert again == replace(ANNA, boxed=True, spellings=("ANNA SMITH", "anna smith"))


def test_a_conversation_has_numbers_of_its_own() -> None:
    store = MemoryVaultStore()
    assert make_vault(store).number("dates") == make_vault(store).number("dates")
    assert make_vault(store).number("dates") != make_vault(store, "c2").number("dates")
    assert make_vault(store).number("dates") != make_vault(store).number("other")


def test_what_was_cut_counts_as_hidden_while_the_rest_left() -> None:
    vault = make_vault()
    vault.add(Entry(Kind.PASSWORD, "hunter2!", "B3KX", Action.BLOCK))
    vault.act(vault.add(ANNA), Action.PLACEHOLDER)
    vault.mark_sent(frozenset())
    assert [entry.sent for entry in vault.entries()] == [True, False]


def test_two_processes_that_meet_a_value_at_once_keep_both_codes() -> None:
    store = MemoryVaultStore()
    one, other = make_vault(store), make_vault(store)
    one.refresh()
    other.refresh()
    one.add(ANNA)
    other.add(Entry(Kind.PERSON, "Anna Smith", "B3KX", Action.PLACEHOLDER))
    one.refresh()
    third = make_vault(store)
    for vault in (one, third):
        assert {entry.code for entry in vault.entries()} == {"7QK2", "B3KX"}
        assert vault.find("Anna Smith") == ANNA


def test_the_store_sees_no_word_and_cannot_move_an_entry() -> None:
    store = MemoryVaultStore()
    make_vault(store).add(ANNA)
    ((index, sealed),) = store.load("c1")
    assert b"Anna" not in sealed
    assert "Anna" not in index
    store.put("c2", index, sealed)
    with pytest.raises(PrivacyError):
        make_vault(store, "c2").entries()
    with pytest.raises(PrivacyError):
        Vault("c1", store, bytes(32)).entries()


def test_forgetting_leaves_nothing() -> None:
    store = MemoryVaultStore()
    vault = make_vault(store)
    vault.add(ANNA)
    vault.forget()
    assert vault.entries() == ()
    assert not list(store.load("c1"))
    with pytest.raises(PrivacyError):
        vault.add(ANNA)
    assert not list(store.load("c1"))
    assert make_vault(store).add(ANNA) == ANNA


def test_threads_may_share_a_vault() -> None:
    vault = make_vault()

    def work(name: str) -> None:
        for at in range(50):
            vault.add(Entry(Kind.PERSON, f"value {at}", f"{name}{at:03}", Action.PLACEHOLDER))

    threads = [Thread(target=work, args=(name,)) for name in "AB"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(vault.entries()) == 50


def test_a_key_of_another_length_is_refused() -> None:
    with pytest.raises(PrivacyError, match="damaged"):
        derive(b"short", "vault")


def test_changed_bytes_are_refused() -> None:
    sealed = Cipher(KEY, "x").encrypt(b"word", "here")
    for broken, place in [(sealed[:-1] + b"!", "here"), (sealed, "there"), (b"", "here")]:
        with pytest.raises(PrivacyError):
            Cipher(KEY, "x").decrypt(broken, place)
