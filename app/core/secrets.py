"""Keys: of the cloud, and of what is kept on disk; in the system's keyring wherever there is one."""

import hashlib
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from app.core.data_key import DataKey, NoKeyring

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

_SERVICE = "Confidant"
_RUN_ONLY = "this run only"
_NAMES = {
    "SecretService": "this desktop's keyring",
    "libsecret": "this desktop's keyring",
    "kwallet": "KDE Wallet",
    "macOS": "macOS Keychain",
    "Windows": "Windows Credential Manager",
}


class _Keyring:
    """The system's keyring, asked on a thread of its own, since a locked one may wait for its password."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._asking: threading.Thread | None = None

    @property
    def place(self) -> str:
        """Its name for people."""
        return self._ask(lambda backend: _name(backend))

    def get(self, entry: str) -> str | None:
        return self._ask(lambda backend: backend.get_password(_SERVICE, entry))

    def set(self, entry: str, value: str) -> None:
        """Store a value and make sure that it can be read back."""

        def store(backend: "KeyringBackend") -> bool:
            backend.set_password(_SERVICE, entry, value)
            return backend.get_password(_SERVICE, entry) == value

        if not self._ask(store):
            raise NoKeyring("the keyring does not keep what it is given")

    def forget(self, entry: str) -> None:
        def delete(backend: "KeyringBackend") -> None:
            if backend.get_password(_SERVICE, entry) is not None:
                backend.delete_password(_SERVICE, entry)

        self._ask(delete)

    def _ask(self, question: Callable[["KeyringBackend"], T]) -> T:
        """Ask; while an earlier question waits for the person, there is no second one."""
        if self._asking is not None and self._asking.is_alive():
            raise NoKeyring("the keyring does not answer")
        answers: list[T] = []
        reasons: list[str] = []

        def ask() -> None:
            try:
                answers.append(question(_backend()))
            except NoKeyring as error:
                reasons.append(str(error))
            except Exception:  # whatever a backend raises; its text may name what it was asked for
                reasons.append("the keyring is locked or refuses")

        thread = threading.Thread(target=ask, name="keyring", daemon=True)
        thread.start()
        thread.join(self._patience)
        if answers:
            return answers[0]
        if thread.is_alive():
            self._asking = thread
        raise NoKeyring(reasons[0] if reasons else "the keyring does not answer")


def _backend() -> "KeyringBackend":
    """Return a backend that keeps secrets secret.

    Raises:
        NoKeyring: there is none; a plain text file is none.
    """
    import keyring

    chosen = keyring.get_keyring()
    for backend in getattr(chosen, "backends", (chosen,)):
        module = type(backend).__module__
        unsafe = module.startswith("keyrings.alt") or "plaintext" in type(backend).__name__.lower()
        if not unsafe and module.rpartition(".")[2] not in ("fail", "null", "chainer"):
            return backend
    raise NoKeyring("there is no keyring on this system")


def _name(backend: "KeyringBackend") -> str:
    parts = type(backend).__module__.split(".")
    return next((name for part, name in _NAMES.items() if part in parts), "the keyring that you set up")


class Secrets:
    """The secrets of one profile.

    Calls may take as long as `patience` where a keyring asks the person for its password: make them on a
    worker thread.
    """

    def __init__(
        self,
        profile: Path,
        host: Callable[[], str] = lambda: "",
        patience: float = 30.0,
        may_be_new: Callable[[], bool] = lambda: True,
    ) -> None:
        """Open nothing yet.

        Args:
            host: whom the key is for; a key is never handed out for another host.
            patience: seconds to wait for a keyring.
            may_be_new: nothing in the profile was written under a data key that is gone.
        """
        self._profile = profile
        self._host = host
        self._keyring = _Keyring(patience)
        self._of_this_run: dict[str, str] = {}
        self._reason = ""
        self.own_key = DataKey(profile / "data.key", self._keyring, may_be_new)
        """The key to what is kept on disk."""

    def key(self, host: str | None = None) -> str:
        """Return the key for the host, or nothing: of the keyring, of `CONFIDANT_API_KEY`, of this run.

        Args:
            host: to which the request goes; the address may change while the keyring waits. None: as set now.
        """
        host = self._host() if host is None else host
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
            self._keyring.set(self._entry(host), value)
        except NoKeyring as error:
            self._reason = str(error)
            self._of_this_run[host] = value

    def forget_key(self) -> None:
        """Remove the key for the host from wherever it is."""
        host = self._host()
        self._of_this_run.pop(host, None)
        with suppress(NoKeyring):
            self._keyring.forget(self._entry(host))

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
            return self._keyring.place
        except NoKeyring as error:
            return f"{_RUN_ONLY}, since {error}"

    def data_key(self) -> bytes:
        """Return the 32 bytes that encrypt vault and ledger; made at the first call of a profile.

        Raises:
            StoreError: the key was made earlier and cannot be had now; a new one would lose what is there.
        """
        return self.own_key.value()

    @property
    def data_key_place(self) -> str:
        """Where that key is, in words; raises as `data_key` does."""
        self.own_key.value()
        return self.own_key.place()

    def _kept(self, host: str) -> str:
        try:
            return self._keyring.get(self._entry(host)) or ""
        except NoKeyring:
            return ""

    def _adopt(self, host: str) -> str:
        """Give a key that was entered before there was any address to the first address that asks."""
        if "" in self._of_this_run:
            self._of_this_run.setdefault(host, self._of_this_run.pop(""))
        kept = self._kept("")
        if kept:
            with suppress(NoKeyring):
                self._keyring.set(self._entry(host), kept)
                self._keyring.forget(self._entry(""))
        return kept

    def _entry(self, host: str) -> str:
        profile = hashlib.sha256(str(self._profile).encode()).hexdigest()[:16]
        return f"{profile} key {host}".strip()
