"""The key that encrypts what is kept on disk: made once for a profile, and never lost for a new one.

The file `data.key` in the profile says where the key is. Where there is a keyring, it names the entry there;
where there is none, it holds the key itself, for its owner's eyes alone.
"""

import os
import secrets
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from app.core.errors import StoreError

_IN_FILE = "a file in the profile that only you may read"
_SIZE = 32


class NoKeyring(Exception):
    """There is no keyring, or it does not answer; the text is a reason for people."""


class Keyring(Protocol):
    """What is asked of the system's keyring; everything raises `NoKeyring`."""

    @property
    def place(self) -> str: ...

    def get(self, entry: str) -> str | None: ...

    def set(self, entry: str, value: str) -> None: ...

    def forget(self, entry: str) -> None: ...


@dataclass(frozen=True, slots=True)
class DataKey:
    """32 bytes, and where they are kept in words."""

    value: bytes = field(repr=False)
    place: str

    @classmethod
    def passing(cls, place: str) -> "DataKey":
        """Make a key that is kept nowhere."""
        return cls(secrets.token_bytes(_SIZE), place)

    @classmethod
    def find(cls, note: Path, keyring: Keyring) -> "DataKey":
        """Return the profile's key, made now where there is none.

        Raises:
            StoreError: it was made earlier and cannot be had now; a new one would lose what is there.
        """
        try:
            if not note.exists():
                _make(note, keyring)
            form, _, rest = note.read_text(encoding="ascii").strip().partition(" ")
            value, place = (rest, _IN_FILE) if form == "key" else _in_keyring(rest, keyring)
            return cls(_bytes(value), place)
        except (OSError, ValueError) as error:
            raise StoreError(
                "The file data.key in the profile cannot be read or written. Check its rights and the disk."
            ) from error


def _in_keyring(entry: str, keyring: Keyring) -> tuple[str, str]:
    try:
        value, place = keyring.get(entry), keyring.place
    except NoKeyring as error:
        raise StoreError(
            f"The key to your data is in the keyring, but {error}. Unlock it and try again."
        ) from error
    if value is None:
        raise StoreError("The key to your data is gone from the keyring. Bring it back from a backup.")
    return value, place


def _bytes(text: str) -> bytes:
    value = bytes.fromhex(text)
    if len(value) != _SIZE:
        raise ValueError("a data key of a wrong size")
    return value


def _make(note: Path, keyring: Keyring) -> None:
    """Make a key; of two processes that do so at once, both take the one that was written down first."""
    value = secrets.token_bytes(_SIZE).hex()
    entry = f"data {secrets.token_hex(8)}"
    try:
        keyring.set(entry, value)
    except NoKeyring:
        _write_once(note, f"key {value}\n")
    else:
        if not _write_once(note, f"keyring {entry}\n"):
            keyring.forget(entry)


def _write_once(path: Path, text: str) -> bool:
    """Write a file that only its owner may read, whole or not at all; say no where it is there already."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        return _link(name, path, text)
    finally:
        os.unlink(name)


def _link(name: str, path: Path, text: str) -> bool:
    try:
        try:
            os.link(name, path)  # unlike a rename, it never replaces
        except FileExistsError:
            raise
        except OSError:  # a file system without links: not whole at once, but never replaced either
            with open(path, "x", encoding="ascii", opener=_for_owner) as file:
                file.write(text)
    except FileExistsError:
        return False
    return True


def _for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
