"""Encryption at rest, as the person meets it: on or off, a passphrase, a recovery phrase."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.core.cancel import Cancel
from app.core.data_key import IN_FILE, DataKey
from app.core.errors import Locked, SettingError, WrongPassphrase
from app.core.settings import DATA_ENCRYPTED, Settings, SettingsStore
from app.core.store.database import Database
from app.core.store.file_copy import Watch
from app.privacy.cipher import derive

_NOTED: Final = "data.noted_key_file"
_NO_KEYRING: Final = (
    "There is no keyring on this system, so the key to your conversations lies in a file beside them that "
    "only you may read. A passphrase protects them better: `confidant data passphrase set`."
)
_NOTHING_TO_OPEN: Final = (
    "Your data is not encrypted, so there is nothing that a passphrase could open. Encrypt it first: "
    "`confidant data encrypt`."
)
_TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Protected:
    """How what is kept on disk is protected."""

    is_encrypted: bool
    place: str
    """Where the key is, in words."""
    has_passphrase: bool
    has_recovery: bool

    @property
    def is_exposed(self) -> bool:
        """Whether the key lies beside what it opens, as it does where there is no keyring."""
        return self.is_encrypted and self.place == IN_FILE


class DatabaseKey:
    """The key of the profile's database: of its own, made from the data key.

    `ask` is whoever can ask the person for his passphrase: it is called when the key is needed, and raises
    `Locked` where he does not answer.
    """

    def __init__(self, settings: Callable[[], Settings], data_key: DataKey) -> None:
        self._settings = settings
        self._data_key = data_key
        self.ask: Callable[[str], str] | None = None

    @property
    def is_wanted(self) -> bool:
        return self._settings()[DATA_ENCRYPTED]

    def value(self) -> bytes:
        """Return the key; raises as `DataKey.value` does."""
        try:
            return derive(self._data_key.value(), "database")
        except Locked as error:
            if self.ask is None:
                raise
            self._ask(self.ask, error.told)
            return derive(self._data_key.value(), "database")

    def _ask(self, ask: Callable[[str], str], told: str) -> None:
        for left in reversed(range(_TRIES)):
            try:
                self._data_key.unlock(ask(told))
                return
            except WrongPassphrase as error:
                if not left:
                    raise
                told = error.told


class Protection:
    """Turns encryption on and off, and changes who can open it. It may block: call it on a worker."""

    def __init__(
        self,
        database: Database,
        key: DatabaseKey,
        data_key: DataKey,
        settings: Settings,
        early: SettingsStore,
    ) -> None:
        self._database = database
        self._key = key
        self._data_key = data_key
        self._settings = settings
        self._early = early

    def state(self) -> Protected:
        """Say how things are; while it is locked, too.

        Raises:
            StoreError: the database or the note of the key cannot be read.
        """
        return Protected(
            self._is_encrypted(),
            self._data_key.place(),
            self._data_key.has_passphrase(),
            self._data_key.has_recovery(),
        )

    def turn_on(self, cancel: Cancel, tell: Callable[[int, int], None]) -> None:
        """Encrypt what is kept, and whatever is kept from now on.

        Args:
            tell: takes how much of 100 is done.

        Raises:
            Cancelled: the person stopped it; everything is as it was.
            StoreError: it is open elsewhere, or the disk refuses; everything is as it was.
        """
        self._turn(True, Watch(cancel, tell))

    def turn_off(self, cancel: Cancel, tell: Callable[[int, int], None]) -> None:
        """Keep everything readable for whoever can read the disk; as `turn_on`. A passphrase ends, too.

        With nothing to open at the start nobody would ask for it, and what the key opens beside the database,
        such as the originals of hidden details, could not be had any more.
        """
        ends = self._data_key.has_passphrase()
        if ends:
            self._key.value()  # asks for it where it is not known; nothing is changed without it
        self._turn(False, Watch(cancel, tell))
        if ends:
            self._data_key.remove_passphrase()

    def set_passphrase(self, words: str) -> None:
        """Ask for these words at each start from now on; raises as `DataKey.set_passphrase`.

        Raises:
            SettingError: also where nothing is encrypted, so that nothing would ask for them.
        """
        if not self._is_encrypted():
            raise SettingError(_NOTHING_TO_OPEN)
        self._data_key.set_passphrase(words)

    def remove_passphrase(self) -> None:
        """Ask for nothing any more; raises as `DataKey.remove_passphrase`."""
        self._data_key.remove_passphrase()

    def make_recovery_phrase(self) -> str:
        """Return twelve words to be written on paper, and end older ones; they are kept nowhere."""
        return self._data_key.make_recovery_phrase()

    def unlock(self, words: str) -> None:
        """Take the passphrase or the recovery phrase; raises `WrongPassphrase`."""
        self._data_key.unlock(words)

    def ask_with(self, ask: Callable[[str], str]) -> None:
        """Ask the person where a passphrase is needed, instead of raising `Locked`.

        Args:
            ask: takes a sentence that says why, and returns what the person typed.
        """
        self._key.ask = ask

    def notice(self) -> str:
        """Return what the person has to be told about where the key is; once in the life of a profile."""
        if not self.state().is_exposed or self._early.read().get(_NOTED):
            return ""
        self._early.write(_NOTED, True)
        return _NO_KEYRING

    def _turn(self, on: bool, watch: Watch) -> None:
        before = self._settings[DATA_ENCRYPTED]
        self._settings.set(DATA_ENCRYPTED, on)
        try:
            self._database.change(watch)
            self._database.open()
        except BaseException:
            self._settings.set(DATA_ENCRYPTED, before)
            raise

    def _is_encrypted(self) -> bool:
        try:
            return self._database.is_encrypted()
        except Locked:
            return True
