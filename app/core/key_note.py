"""The file `data.key`: where the profile's key is, or the key itself, as a few lines of text."""

import hashlib
import os
import tempfile
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from app.core.store.file_copy import sync

_CHECK: Final = "check"


class Form(StrEnum):
    """How the key is kept."""

    KEY = "key"
    """As it is, in hexadecimal."""
    KEYRING = "keyring"
    """The name of an entry in the system's keyring."""
    PASSPHRASE = "passphrase"
    """Sealed with a passphrase."""


@dataclass(frozen=True, slots=True)
class Note:
    """What the file says; a last line lets a changed file be told from a wrong passphrase."""

    form: Form
    value: str
    recovery: str = ""
    """The key once more, sealed with a recovery phrase; empty where there is none."""
    drop: str = ""
    """An entry of the keyring that must go: a change that was cut off may have left it there."""

    def write(self) -> str:
        """Return the text of the file."""
        lines = [f"{self.form} {self.value}"]
        lines += [f"recovery {self.recovery}"] if self.recovery else []
        lines += [f"drop {self.drop}"] if self.drop else []
        return "\n".join((*lines, f"{_CHECK} {_sum(lines)}", ""))

    @classmethod
    def read(cls, text: str) -> "Note":
        """Read the text of a file.

        Raises:
            ValueError: it was changed, or is something else.
        """
        first, *others = text.strip().splitlines() or [""]
        form, _, value = first.partition(" ")
        note = cls(Form(form), value)
        if not others and _CHECK not in first:
            return note  # as it was written before there was a recovery phrase
        if not others:
            raise ValueError("the note of the key was changed")
        name, _, check = others.pop().partition(" ")
        if name != _CHECK or check != _sum([first, *others]):
            raise ValueError("the note of the key was changed")
        for line in others:
            name, _, value = line.partition(" ")
            match name:
                case "recovery":
                    note = replace(note, recovery=value)
                case "drop":
                    note = replace(note, drop=value)
                case _:
                    raise ValueError("the note of the key was written by a newer Confidant")
        return note


def load(path: Path) -> Note | None:
    """Return what the file says; None where there is none.

    Raises:
        OSError, ValueError: it cannot be read, or was changed.
    """
    try:
        return Note.read(path.read_text(encoding="ascii"))
    except FileNotFoundError:
        return None


def save(path: Path, note: Note) -> None:
    """Put a whole new note in the place of the old one, or change nothing; it is on the disk then.

    Raises:
        OSError: the disk refuses.
    """
    name = _write_beside(path, note)
    try:
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
    sync(path.parent)


def save_first(path: Path, note: Note) -> bool:
    """Write the note where there is none, whole or not at all; say no where there is one already.

    Raises:
        OSError: the disk refuses.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = _write_beside(path, note)
    try:
        return _link(name, path, note.write())
    finally:
        os.unlink(name)


def _write_beside(path: Path, note: Note) -> str:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(note.write())
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        os.unlink(name)
        raise
    return name


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


def _sum(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
