"""The key that encrypts what is kept on disk: made once for a profile, and never lost for a new one.

The note `data.key` in the profile says where it is: in the system's keyring; where there is none, in the note
itself, for its owner's eyes alone; or, where the person wants that, nowhere but under his passphrase.
"""

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol

from app.core import recovery_phrase
from app.core.errors import Locked, SettingError, StoreError, WrongPassphrase
from app.core.instance_lock import Lock
from app.core.key_note import Form, Note, load, save, save_first
from app.core.sealed import DoesNotOpen, Sealed

IN_FILE: Final = "a file in the profile that only you may read"
UNDER_PASSPHRASE: Final = "a file in the profile, locked with your passphrase"
_SIZE: Final = 32
SHORTEST: Final = 8
_BY_PASSPHRASE, _BY_RECOVERY = "passphrase", "recovery"
_PHRASE_HELPS: Final = " Or enter your recovery phrase."


class NoKeyring(Exception):
    """There is no keyring, or it does not answer; the text is a reason for people."""


class Keyring(Protocol):
    """What is asked of the system's keyring; everything raises `NoKeyring`."""

    @property
    def place(self) -> str: ...

    def get(self, entry: str) -> str | None: ...

    def set(self, entry: str, value: str) -> None: ...

    def forget(self, entry: str) -> None: ...


class DataKey:
    """The 32 bytes of one profile; threads and processes may use it at once."""

    def __init__(self, note: Path, keyring: Keyring, may_be_new: Callable[[], bool]) -> None:
        """Read nothing yet.

        Args:
            may_be_new: nothing in the profile was written under a key that is gone.
        """
        self._path = note
        self._keyring = keyring
        self._may_be_new = may_be_new
        self._lock = threading.RLock()
        self._known: bytes | None = None

    def value(self) -> bytes:
        """Return the key, made now where there is none.

        Raises:
            Locked: words are needed: the passphrase or the recovery phrase.
            StoreError: it was made earlier and cannot be had now; a new one would lose what is there.
        """
        with self._lock, _told():
            if self._known is None:
                self._known = self._find()
            return self._known

    def place(self) -> str:
        """Say where the key is, or would be, in words; raises `StoreError` where the note cannot be read."""
        with _told():
            note = load(self._path)
        if note and note.form is not Form.KEYRING:
            return IN_FILE if note.form is Form.KEY else UNDER_PASSPHRASE
        try:
            return self._keyring.place
        except NoKeyring as error:
            return f"the keyring, but {error}" if note else IN_FILE

    def has_passphrase(self) -> bool:
        """Say whether a passphrase is asked for at the start; raises as `place` does."""
        with _told():
            note = load(self._path)
        return note is not None and note.form is Form.PASSPHRASE

    def has_recovery(self) -> bool:
        """Say whether a recovery phrase was made; raises as `place` does."""
        with _told():
            note = load(self._path)
        return note is not None and bool(note.recovery)

    def unlock(self, words: str) -> None:
        """Take the passphrase or the recovery phrase, and know the key from now on.

        Raises:
            WrongPassphrase: it is neither.
            StoreError: the note cannot be read.
        """
        with self._lock, _told():
            note = load(self._path)
            if note is None:
                raise WrongPassphrase("There is no key yet that a passphrase could open.")
            self._known = _unsealed(note, words)
            if note.form is Form.KEYRING:  # the entry was gone: it comes back
                with suppress(NoKeyring):
                    self._keyring.set(note.value, self._known.hex())

    def adopt(self, other: "DataKey") -> None:
        """Know what another one knows of the same profile, so that the person is not asked twice."""
        self._known = other._known

    def set_passphrase(self, words: str) -> None:
        """Keep the key under a passphrase alone; an older one ends. The change is done, or nothing is.

        Raises:
            SettingError: the passphrase is too short.
            StoreError: the key is not known, or the note cannot be written.
        """
        if len(words) < SHORTEST:
            raise SettingError(
                f"A passphrase needs at least {SHORTEST} characters. Several words that only you would put "
                "together are best."
            )
        sealed = Sealed.seal(self.value(), words, _BY_PASSPHRASE)
        with self._changing() as note:
            entry = note.value if note.form is Form.KEYRING else ""
            self._put(replace(note, form=Form.PASSPHRASE, value=sealed.write(), drop=entry))
            self._tidy()

    def remove_passphrase(self) -> None:
        """Keep the key in the keyring again, or in the note where there is none; raises as above."""
        key = self.value().hex()
        with self._changing() as note:
            if note.form is not Form.PASSPHRASE:
                return
            entry = _new_entry()
            self._put(replace(note, drop=entry))  # were the power to fail, it must not stay in the keyring
            try:
                self._keyring.set(entry, key)
            except NoKeyring:
                self._put(replace(note, form=Form.KEY, value=key, drop=""))
            else:
                self._put(replace(note, form=Form.KEYRING, value=entry, drop=""))

    def make_recovery_phrase(self) -> str:
        """Return words that open everything too, and end an older phrase; raises as above.

        They are kept nowhere.
        """
        phrase = recovery_phrase.make()
        sealed = Sealed.seal(self.value(), phrase, _BY_RECOVERY)
        with self._changing() as note:
            self._put(replace(note, recovery=sealed.write()))
        return phrase

    def replace(self, key: bytes) -> None:
        """Put another key in the place of this one; passphrase and recovery phrase end with the old one."""
        entry = _new_entry()
        with self._lock, _told():
            old = load(self._path)
            drop = old.value if old and old.form is Form.KEYRING else ""
            try:
                self._keyring.set(entry, key.hex())
            except NoKeyring:
                self._put(Note(Form.KEY, key.hex(), drop=drop))
            else:
                self._put(Note(Form.KEYRING, entry, drop=drop))
            self._known = None

    def _find(self) -> bytes:
        note = load(self._path)
        if note is None:
            if not self._may_be_new():
                raise StoreError(
                    "The file data.key is gone from the profile, and your conversations open with it alone. "
                    "Put it back from a copy; nothing was changed."
                )
            note = self._make()
        if note.drop:
            with self._changing():
                self._tidy()
        match note.form:
            case Form.KEY:
                return _bytes(note.value)
            case Form.KEYRING:
                return self._from_keyring(note)
            case Form.PASSPHRASE:
                raise Locked("Your conversations are locked with your passphrase. Enter it to open them.")

    def _from_keyring(self, note: Note) -> bytes:
        try:
            found = self._keyring.get(note.value)
        except NoKeyring as error:
            raise _missing(
                note, f"The key to your data is in the keyring, but {error}. Unlock it and try again."
            ) from error
        if found is None:
            raise _missing(
                note, "The key to your data is gone from the keyring. Bring it back from a backup."
            )
        return _bytes(found)

    def _make(self) -> Note:
        """Make a key; of two processes that do so at once, both take the one that was written down first."""
        key, entry = secrets.token_bytes(_SIZE).hex(), _new_entry()
        try:
            self._keyring.set(entry, key)
        except NoKeyring:
            save_first(self._path, Note(Form.KEY, key))
        else:
            if not save_first(self._path, Note(Form.KEYRING, entry)):
                self._keyring.forget(entry)
        note = load(self._path)
        if note is None:
            raise OSError("the note is gone as soon as it was written")
        return note

    def _put(self, note: Note) -> None:
        save(self._path, note)

    def _tidy(self) -> None:
        """Remove from the keyring what must not stay there; try again later where it does not answer."""
        note = load(self._path)
        if note and note.drop:
            with suppress(NoKeyring):
                self._keyring.forget(note.drop)
                self._put(replace(note, drop=""))

    @contextmanager
    def _changing(self) -> Iterator[Note]:
        """Keep others from changing the note meanwhile, and lend what it says now."""
        with self._lock, _told():
            lock = Lock.take(self._path.with_name(f".{self._path.name}.lock"))
            if lock is None:
                raise StoreError("Another program is changing the key just now. Wait a moment and try again.")
            try:
                note = load(self._path)
                if note is None:
                    raise StoreError("The file data.key is gone from the profile. Put it back from a copy.")
                yield note
            finally:
                lock.release()


def _unsealed(note: Note, words: str) -> bytes:
    phrase = recovery_phrase.read(words)
    tries = [(note.recovery, phrase, _BY_RECOVERY)] if phrase and note.recovery else []
    tries += [(note.value, words, _BY_PASSPHRASE)] if note.form is Form.PASSPHRASE else []
    for line, typed, purpose in tries:
        with suppress(DoesNotOpen):
            return Sealed.read(line).open(typed, purpose)
    raise WrongPassphrase("That is not the passphrase. Nothing was changed; try again.")


def _missing(note: Note, told: str) -> StoreError:
    return Locked(told + _PHRASE_HELPS) if note.recovery else StoreError(told)


def _new_entry() -> str:
    return f"data {secrets.token_hex(8)}"


def _bytes(text: str) -> bytes:
    value = bytes.fromhex(text)
    if len(value) != _SIZE:
        raise ValueError("a data key of a wrong size")
    return value


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            "The file data.key in the profile cannot be read or written. Check its rights and the disk."
        ) from error
    except ValueError as error:
        raise StoreError(
            "The file data.key in the profile was changed or is damaged. Put it back from a copy."
        ) from error
