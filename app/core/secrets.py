"""Keys: of the cloud, and of what is kept on disk; in the system's keyring wherever there is one."""

import hashlib
import os
import secrets
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from app.core.errors import StoreError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

_SERVICE = "Confidant"
_RUN_ONLY = "this run only"
_IN_FILE = "a file in the profile that only you may read"
_NAMES = {
    "SecretService": "this desktop's keyring",
    "libsecret": "this desktop's keyring",
    "kwallet": "KDE Wallet",
    "macOS": "macOS Keychain",
    "Windows": "Windows Credential Manager",
}


class _NoKeyring(Exception):
    """There is no keyring, or it does not answer; the text is a reason for people."""


class _Keyring:
    """The system's keyring, asked on a thread of its own, since a locked one may wait for its password."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._silent = False

    @property
    def place(self) -> str:
        """Return its name for people.

        Raises:
            _NoKeyring: there is none.
        """
        return self._ask(lambda backend: _name(backend))

    def get(self, entry: str) -> str | None:
        return self._ask(lambda backend: backend.get_password(_SERVICE, entry))

    def set(self, entry: str, value: str) -> None:
        """Store a value and make sure that it can be read back."""

        def store(backend: "KeyringBackend") -> bool:
            backend.set_password(_SERVICE, entry, value)
            return backend.get_password(_SERVICE, entry) == value

        if not self._ask(store):
            raise _NoKeyring("the keyring does not keep what it is given")

    def forget(self, entry: str) -> None:
        def delete(backend: "KeyringBackend") -> None:
            if backend.get_password(_SERVICE, entry) is not None:
                backend.delete_password(_SERVICE, entry)

        self._ask(delete)

    def _ask(self, question: Callable[["KeyringBackend"], T]) -> T:
        """Ask; once it did not answer in time, it is left alone for the rest of this run."""
        if self._silent:
            raise _NoKeyring("the keyring does not answer")
        answers: list[T] = []
        reasons: list[str] = []

        def ask() -> None:
            try:
                answers.append(question(_backend()))
            except _NoKeyring as error:
                reasons.append(str(error))
            except Exception:  # whatever a backend raises; its text may name what it was asked for
                reasons.append("the keyring is locked or refuses")

        thread = threading.Thread(target=ask, name="keyring", daemon=True)
        thread.start()
        thread.join(self._patience)
        if answers:
            return answers[0]
        self._silent = thread.is_alive()
        raise _NoKeyring(reasons[0] if reasons else "the keyring does not answer")


def _backend() -> "KeyringBackend":
    """Return a backend that keeps secrets secret.

    Raises:
        _NoKeyring: there is none; a plain text file is none.
    """
    import keyring

    chosen = keyring.get_keyring()
    for backend in getattr(chosen, "backends", (chosen,)):
        module = type(backend).__module__
        unsafe = module.startswith("keyrings.alt") or "plaintext" in type(backend).__name__.lower()
        if not unsafe and module.rpartition(".")[2] not in ("fail", "null", "chainer"):
            return backend
    raise _NoKeyring("there is no keyring on this system")


def _name(backend: "KeyringBackend") -> str:
    parts = type(backend).__module__.split(".")
    return next((name for part, name in _NAMES.items() if part in parts), "the keyring that you set up")


@dataclass(frozen=True, slots=True)
class _DataKey:
    value: bytes = field(repr=False)
    place: str

    @classmethod
    def of(cls, text: str, place: str) -> "_DataKey":
        value = bytes.fromhex(text)
        if len(value) != 32:
            raise ValueError("a data key has 32 bytes")
        return cls(value, place)


class Secrets:
    """The secrets of one profile.

    Calls may take as long as `patience` where a keyring asks the person for its password: make them on a
    worker thread.
    """

    def __init__(
        self, profile: Path | None, host: Callable[[], str] = lambda: "", patience: float = 30.0
    ) -> None:
        """Open nothing yet.

        Args:
            profile: None keeps everything in memory.
            host: whom the key is for; a key is never handed out for another host.
            patience: seconds to wait for a keyring.
        """
        self._profile = profile
        self._host = host
        self._keyring = _Keyring(patience)
        self._of_this_run: dict[str, str] = {}
        self._reason = ""
        self._data_key: _DataKey | None = None
        self._lock = threading.Lock()

    def key(self) -> str:
        """Return the key for the host, or nothing: of the keyring, of `CONFIDANT_API_KEY`, of this run."""
        host = self._host()
        kept = self._kept(host)
        if not kept and host:
            kept = self._adopt(host)
        return kept or os.environ.get("CONFIDANT_API_KEY", "").strip() or self._of_this_run.get(host, "")

    def set_key(self, value: str) -> None:
        """Keep the key for the host; `keeps_key` says whether it outlives this run."""
        value = value.strip()
        if not value:
            self.forget_key()
            return
        host = self._host()
        self._of_this_run.pop(host, None)
        try:
            self._system().set(self._entry(host), value)
        except _NoKeyring as error:
            self._reason = str(error)
            self._of_this_run[host] = value

    def forget_key(self) -> None:
        """Remove the key for the host from wherever it is."""
        host = self._host()
        self._of_this_run.pop(host, None)
        with suppress(_NoKeyring):
            self._system().forget(self._entry(host))

    @property
    def keeps_key(self) -> bool:
        """Whether a key that is set, or would be set now, outlives this run."""
        return not self.place.startswith(_RUN_ONLY)

    @property
    def place(self) -> str:
        """Where the key is, or would be, in words; "this run only" with the reason where nothing keeps it."""
        if self._host() in self._of_this_run:
            return f"{_RUN_ONLY}, since {self._reason}"
        try:
            return self._system().place
        except _NoKeyring as error:
            return f"{_RUN_ONLY}, since {error}"

    def data_key(self) -> bytes:
        """Return the 32 bytes that encrypt vault and ledger; made at the first call of a profile.

        Raises:
            StoreError: the key was made earlier and cannot be had now; a new one would lose what is there.
        """
        with self._lock:
            if self._data_key is None:
                self._data_key = self._find_data_key()
            return self._data_key.value

    @property
    def data_key_place(self) -> str:
        """Where that key is, in words; raises as `data_key` does."""
        self.data_key()
        return self._data_key.place if self._data_key else ""

    def _find_data_key(self) -> "_DataKey":
        if self._profile is None:
            return _DataKey(secrets.token_bytes(32), _RUN_ONLY)
        note = self._profile / "data.key"
        try:
            if not note.exists():
                self._make_note(note)
            return self._read_note(note)
        except (OSError, ValueError) as error:
            raise StoreError(
                "The file data.key in the profile cannot be read or written. Check its rights and the disk."
            ) from error

    def _read_note(self, note: Path) -> "_DataKey":
        form, _, rest = note.read_text(encoding="ascii").strip().partition(" ")
        if form == "key":
            return _DataKey.of(rest, _IN_FILE)
        try:
            kept = self._keyring.get(rest)
            place = self._keyring.place
        except _NoKeyring as error:
            raise StoreError(
                f"The key to your data is in the keyring, but {error}. Unlock it and try again."
            ) from error
        if kept is None:
            raise StoreError("The key to your data is gone from the keyring. Bring it back from a backup.")
        return _DataKey.of(kept, place)

    def _make_note(self, note: Path) -> None:
        """Make a key; of two processes that do so at once, both take the one that was written down first."""
        value = secrets.token_bytes(32).hex()
        entry = f"data {secrets.token_hex(8)}"
        try:
            self._keyring.set(entry, value)
        except _NoKeyring:
            _write_once(note, f"key {value}\n")
        else:
            if not _write_once(note, f"keyring {entry}\n"):
                self._keyring.forget(entry)

    def _system(self) -> _Keyring:
        if self._profile is None:
            raise _NoKeyring("this profile keeps nothing")
        return self._keyring

    def _kept(self, host: str) -> str:
        try:
            return self._system().get(self._entry(host)) or ""
        except _NoKeyring:
            return ""

    def _adopt(self, host: str) -> str:
        """Give a key that was entered before there was any address to the first address that asks."""
        if "" in self._of_this_run:
            self._of_this_run.setdefault(host, self._of_this_run.pop(""))
        kept = self._kept("")
        if kept:
            with suppress(_NoKeyring):
                self._keyring.set(self._entry(host), kept)
                self._keyring.forget(self._entry(""))
        return kept

    def _entry(self, host: str) -> str:
        profile = hashlib.sha256(str(self._profile).encode()).hexdigest()[:16]
        return f"{profile} key {host}".strip()


def _write_once(path: Path, text: str) -> bool:
    """Write a file that only its owner may read, whole or not at all; say no where it is there already."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.link(name, path)  # unlike a rename, it never replaces
    except FileExistsError:
        return False
    finally:
        os.unlink(name)
    return True
