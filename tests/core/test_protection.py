"""Who can open what is kept: the keyring, a file, a passphrase, a recovery phrase; and never nobody."""

import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backends.fail import Keyring as NoKeyring
from memory_keyring import MemoryKeyring

from app.assembly import Confidant, build
from app.core import recovery_phrase
from app.core.cancel import Cancel
from app.core.data_key import IN_FILE, UNDER_PASSPHRASE
from app.core.engines.echo import EchoEngine
from app.core.errors import Locked, SettingError, StoreError, WrongPassphrase
from app.core.key_note import Form, Note
from app.core.paths import Paths
from app.core.protection import Protected
from app.core.sealed import DoesNotOpen, Sealed
from app.core.settings import DATA_ENCRYPTED

WORDS = "correct horse battery staple"
CANARY = "unmistakable"
Open = Callable[[], Confidant]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = Paths(tmp_path / "profile")
    paths.create()
    return paths


@pytest.fixture
def start(paths: Paths) -> Iterator[Open]:
    """Start another process's worth of the program; what it opened is closed after the test."""
    opened: list[Confidant] = []

    def start() -> Confidant:
        opened.append(build(paths, local=EchoEngine()))
        return opened[-1]

    yield start
    for confidant in opened:
        confidant.close()


@pytest.fixture
def filled(start: Open) -> Confidant:
    confidant = start()
    confidant.session.new_conversation()
    confidant.session.rename(confidant.session.conversations()[0].id, CANARY)
    return confidant


def _titles(confidant: Confidant) -> list[str]:
    return [each.title for each in confidant.session.conversations()]


def _readable(paths: Paths) -> list[str]:
    files = [each for each in paths.profile.rglob("*") if each.is_file()]
    return [each.name for each in files if CANARY.encode() in each.read_bytes()]


def _ignore(_done: int, _whole: int) -> None:
    """Be told how far it is."""


def test_a_new_profile_is_encrypted_and_its_key_is_in_the_keyring(
    filled: Confidant, paths: Paths, memory_keyring: MemoryKeyring
) -> None:
    state = filled.protection.state()
    assert state == Protected(True, filled.secrets.place, has_passphrase=False, has_recovery=False)
    assert _readable(paths) == []
    assert filled.protection.notice() == ""


def test_without_a_keyring_it_says_once_that_the_key_lies_beside_the_data(start: Open, paths: Paths) -> None:
    keyring.set_keyring(NoKeyring())
    confidant = start()
    state = confidant.protection.state()
    assert (state.is_encrypted, state.place, state.is_exposed) == (True, IN_FILE, True)
    assert stat.S_IMODE((paths.profile / "data.key").stat().st_mode) == 0o600
    assert "no keyring" in confidant.protection.notice()
    confidant.close()
    assert start().protection.notice() == ""


def test_the_database_has_a_key_of_its_own(filled: Confidant, paths: Paths) -> None:
    from app.core.store.driver import salt

    filled.close()
    assert paths.database.read_bytes()[:16] != salt(filled.secrets.data_key())


def test_turning_it_off_and_on_loses_nothing(filled: Confidant, paths: Paths, start: Open) -> None:
    shares: list[int] = []
    filled.protection.turn_off(Cancel(), lambda done, _whole: shares.append(done))
    assert shares[-1] == 100
    assert not filled.protection.state().is_encrypted
    assert _readable(paths)
    filled.close()
    again = start()
    assert _titles(again) == [CANARY]
    again.protection.turn_on(Cancel(), _ignore)
    assert again.protection.state().is_encrypted
    assert _titles(again) == [CANARY]
    again.close()
    assert _readable(paths) == []


def test_the_setting_is_carried_out_at_the_next_start(filled: Confidant, paths: Paths, start: Open) -> None:
    filled.settings.set(DATA_ENCRYPTED, False)
    assert filled.protection.state().is_encrypted
    filled.close()
    second = start()
    assert (_titles(second), second.protection.state().is_encrypted) == ([CANARY], False)


def test_what_another_program_has_open_is_not_changed(filled: Confidant, start: Open) -> None:
    other = start()
    other.start()
    with pytest.raises(StoreError, match="open elsewhere"):
        filled.protection.turn_off(Cancel(), _ignore)
    assert filled.settings[DATA_ENCRYPTED]
    assert filled.protection.state().is_encrypted
    assert _titles(other) == _titles(filled) == [CANARY]


def test_a_passphrase_takes_the_key_out_of_the_keyring(
    filled: Confidant, paths: Paths, start: Open, memory_keyring: MemoryKeyring
) -> None:
    key = filled.secrets.data_key().hex()
    filled.protection.set_passphrase(WORDS)
    filled.close()
    assert key not in repr(vars(memory_keyring))
    assert key not in (paths.profile / "data.key").read_text()
    locked = start()
    with pytest.raises(Locked, match="Enter it"):
        locked.start()
    assert locked.protection.state() == Protected(True, UNDER_PASSPHRASE, True, False)
    with pytest.raises(WrongPassphrase, match="Nothing was changed"):
        locked.protection.unlock("correct horse battery stable")
    locked.protection.unlock(WORDS)
    locked.start()
    assert _titles(locked) == [CANARY]
    locked.protection.remove_passphrase()
    locked.close()
    free = start()
    assert _titles(free) == [CANARY]
    assert not free.protection.state().has_passphrase


def test_whoever_asks_is_asked_again_three_times(filled: Confidant, start: Open) -> None:
    filled.protection.set_passphrase(WORDS)
    filled.close()
    typed = iter(("wrong", "wrong again", WORDS))
    told: list[str] = []

    def ask(sentence: str) -> str:
        told.append(sentence)
        return next(typed)

    second = start()
    second.protection.ask_with(ask)
    assert _titles(second) == [CANARY]
    assert ["Enter it" in each for each in told] == [True, False, False]


def test_a_passphrase_of_few_letters_is_refused(filled: Confidant) -> None:
    with pytest.raises(SettingError, match="at least 8"):
        filled.protection.set_passphrase("short")
    assert not filled.protection.state().has_passphrase


def test_a_recovery_phrase_opens_what_a_forgotten_passphrase_does_not(filled: Confidant, start: Open) -> None:
    old = filled.protection.make_recovery_phrase()
    phrase = filled.protection.make_recovery_phrase()
    filled.protection.set_passphrase(WORDS)
    assert filled.protection.state().has_recovery
    filled.close()
    second = start()
    with pytest.raises(WrongPassphrase):
        second.protection.unlock(old)
    second.protection.unlock(f"  {phrase.upper()}\n")
    assert _titles(second) == [CANARY]
    second.protection.set_passphrase("a new one, this time")
    second.close()
    third = start()
    third.protection.unlock(phrase)  # it goes on opening
    assert _titles(third) == [CANARY]


def test_a_recovery_phrase_brings_a_lost_keyring_entry_back(
    filled: Confidant, start: Open, memory_keyring: MemoryKeyring
) -> None:
    phrase = filled.protection.make_recovery_phrase()
    filled.close()
    keyring.set_keyring(MemoryKeyring())
    lost = start()
    with pytest.raises(Locked, match="recovery phrase"):
        lost.start()
    lost.protection.unlock(phrase)
    assert _titles(lost) == [CANARY]
    lost.close()
    assert _titles(start()) == [CANARY]


def test_a_keyring_entry_that_is_gone_is_told_and_nothing_is_made_anew(
    filled: Confidant, start: Open, memory_keyring: MemoryKeyring
) -> None:
    filled.close()
    keyring.set_keyring(MemoryKeyring())
    with pytest.raises(StoreError, match="gone from the keyring"):
        start().start()
    keyring.set_keyring(memory_keyring)
    assert _titles(start()) == [CANARY]


def test_a_note_that_is_gone_is_told_and_nothing_is_made_anew(
    filled: Confidant, paths: Paths, start: Open
) -> None:
    filled.close()
    note = paths.profile / "data.key"
    text = note.read_text()
    note.unlink()
    with pytest.raises(StoreError, match=r"data\.key is gone"):
        start().start()
    with pytest.raises(StoreError, match=r"data\.key is gone"):
        start().secrets.data_key()
    note.write_text(text)
    assert _titles(start()) == [CANARY]


def test_the_note_of_another_profile_is_told(filled: Confidant, paths: Paths, start: Open) -> None:
    filled.close()
    note = paths.profile / "data.key"
    text = note.read_text()
    note.write_text(f"key {'ab' * 32}\n")
    with pytest.raises(StoreError, match="not written with the key of this profile"):
        start().start()
    note.write_text(text)
    assert _titles(start()) == [CANARY]


def test_a_changed_note_is_not_taken_for_a_wrong_passphrase(
    filled: Confidant, paths: Paths, start: Open
) -> None:
    filled.protection.set_passphrase(WORDS)
    filled.close()
    note = paths.profile / "data.key"
    note.write_text(note.read_text().replace("scrypt 17", "scrypt 16"))
    with pytest.raises(StoreError, match="changed or is damaged") as caught:
        start().protection.unlock(WORDS)
    assert not isinstance(caught.value, WrongPassphrase)


@pytest.mark.parametrize("step", range(4))
@pytest.mark.parametrize("change", ["set", "remove"])
def test_a_passphrase_change_that_is_cut_off_leaves_one_whole_way_in(
    change: str,
    step: int,
    filled: Confidant,
    start: Open,
    memory_keyring: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The power fails before the next thing that is written: a note or an entry of the keyring."""
    key = filled.secrets.data_key().hex()
    if change == "remove":
        filled.protection.set_passphrase(WORDS)
    left = [step]
    do = {
        "set": lambda: filled.protection.set_passphrase(WORDS),
        "remove": filled.protection.remove_passphrase,
    }

    class Cut(BaseException):
        """Nothing runs after it."""

    def cut(inner: Callable[..., object]) -> Callable[..., object]:
        def write(*arguments: object) -> object:
            if not left[0]:
                raise Cut
            left[0] -= 1
            return inner(*arguments)

        return write

    own = filled.secrets.own_key
    with monkeypatch.context() as patch:
        patch.setattr(own, "_put", cut(own._put))
        patch.setattr(own._keyring, "set", cut(own._keyring.set))
        patch.setattr(own._keyring, "forget", cut(own._keyring.forget))
        with suppress(Cut):
            do[change]()
    filled.close()
    after = start()
    after.protection.ask_with(lambda _told: WORDS)
    assert _titles(after) == [CANARY]
    assert after.protection.state().has_passphrase == (key not in repr(vars(memory_keyring)))


def test_a_second_of_everything_is_not_asked_again(filled: Confidant) -> None:
    filled.protection.set_passphrase(WORDS)
    second = filled.apart()
    assert second.secrets.data_key() == filled.secrets.data_key()
    second.close()


def test_two_that_change_the_note_at_once_leave_a_whole_one(filled: Confidant, start: Open) -> None:
    other = start()
    other.start()
    phrases: list[str] = []

    def recover() -> None:
        with suppress(StoreError):  # the other one is writing just then
            phrases.append(other.protection.make_recovery_phrase())

    thread = threading.Thread(target=recover)
    thread.start()
    filled.protection.set_passphrase(WORDS)
    thread.join()
    filled.close()
    other.close()
    after = start()
    after.protection.unlock(phrases[0] if phrases else WORDS)
    assert _titles(after) == [CANARY]


@given(st.integers(0, 11), st.integers(0, 2047))
def test_a_slip_in_a_phrase_does_not_pass_as_the_phrase(place: int, number: int) -> None:
    phrase = recovery_phrase.make()
    words = phrase.split()
    assert recovery_phrase.read(" ".join(f"{at}. {word}," for at, word in enumerate(words, 1))) == phrase
    words[place] = recovery_phrase._words()[number]
    assert recovery_phrase.read(" ".join(words)) in (None, " ".join(words))
    assert recovery_phrase.read(" ".join(words[:-1])) is None
    words[place] = "confidant"
    assert recovery_phrase.read(" ".join(words)) is None


def test_phrases_have_a_checksum_and_differ() -> None:
    phrases = {recovery_phrase.make() for _ in range(50)}
    assert len(phrases) == 50
    assert recovery_phrase.read("abandon " * 11 + "about") is not None  # BIP-39's own first example
    assert recovery_phrase.read("abandon " * 12) is None


@pytest.mark.parametrize(
    "line",
    [
        "",
        "scrypt 17 8 1 00",
        "argon 17 8 1 00 00",
        "scrypt 40 8 1 00 00",
        "scrypt 17 0 1 00 00",
        "scrypt x 8 1 00 00",
    ],
)
def test_a_spoiled_seal_is_refused_before_it_costs_anything(line: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Sealed.read(line)


def test_a_seal_opens_with_its_words_for_its_purpose_only() -> None:
    sealed = Sealed.seal(b"k" * 32, "Gr\u00fc\u00dfe aus K\u00f6ln", "one")
    again = Sealed.read(sealed.write())
    assert again.open("Gru\u0308\u00dfe aus Ko\u0308ln", "one") == b"k" * 32  # letters put together otherwise
    for words, purpose in (("Gr\u00fc\u00dfe aus K\u00f6ln", "two"), ("Gr\u00fc\u00dfe", "one")):
        with pytest.raises(DoesNotOpen):
            again.open(words, purpose)


@pytest.mark.parametrize(
    "note",
    [
        Note(Form.KEY, "ab"),
        Note(Form.KEYRING, "data 1", "scrypt 1", "data 2"),
        Note(Form.PASSPHRASE, "s", drop="d"),
    ],
)
def test_a_note_reads_as_it_was_written_and_tells_any_change(note: Note) -> None:
    text = note.write()
    assert Note.read(text) == note
    for at in range(len(text) - 1):
        changed = text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :]
        with pytest.raises(ValueError, match=r"."):
            Note.read(changed)


def test_turning_encryption_off_ends_the_passphrase_that_nobody_would_be_asked_for(
    filled: Confidant, start: Open
) -> None:
    filled.protection.set_passphrase(WORDS)
    filled.close()
    second = start()
    second.protection.ask_with(lambda _told: WORDS)
    second.start()
    key = second.secrets.data_key()
    second.protection.turn_off(Cancel(), _ignore)
    second.close()
    third = start()
    third.start()
    assert third.secrets.data_key() == key, "the originals of hidden details open without a passphrase"
    assert not third.protection.state().has_passphrase


def test_a_passphrase_is_refused_where_nothing_would_ask_for_it(filled: Confidant) -> None:
    filled.protection.turn_off(Cancel(), _ignore)
    with pytest.raises(SettingError, match="Encrypt it first"):
        filled.protection.set_passphrase(WORDS)
    assert not filled.protection.state().has_passphrase
