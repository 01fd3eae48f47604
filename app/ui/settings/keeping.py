"""The person's data as files: what comes in, what goes along, copies, and the lock on all of it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication

from app.core.cancel import Cancel
from app.core.settings import PRIVACY_LEVEL, Settings
from app.privacy.policy import Level

if TYPE_CHECKING:
    from app.core.protection import Protected, Protection
    from app.core.transfer.transfer import Brought, Transfer

Tell = Callable[[int, int], None]


class Copies(Protocol):
    """Copies of everything in one file."""

    def make(self, path: Path, passphrase: str, cancel: Cancel, tell: Tell) -> None: ...

    def restore(self, path: Path, passphrase: str, cancel: Cancel, tell: Tell) -> None: ...


class Keeping(Protocol):
    """What the assembly has for it; each part is made when it is first asked for."""

    @property
    def transfer(self) -> "Transfer": ...

    @property
    def backup(self) -> Copies: ...

    @property
    def protection(self) -> "Protection": ...


class KeepingDoor:
    """Everything about files that blocks: for workers only. What takes long returns a sentence."""

    def __init__(self, parts: Keeping, settings: Settings) -> None:
        self._parts = parts
        self._settings = settings

    def bring(self, path: Path, cancel: Cancel, tell: Tell) -> str:
        """Import a file; raises as `Transfer.bring`."""
        level = Level(self._settings[PRIVACY_LEVEL])
        return _brought(self._parts.transfer.bring(path, level, cancel, tell))

    def give(self, path: Path, form: str, cancel: Cancel, tell: Tell) -> str:
        """Export everything; raises as `Transfer.give`."""
        count = self._parts.transfer.give(path, form, cancel, tell)
        said = _tr("{n} is in {file}.") if count == 1 else _tr("{n} are in {file}.")
        return said.format(n=_conversations(count), file=path.name)

    def back_up(self, path: Path, passphrase: str, cancel: Cancel, tell: Tell) -> str:
        """Copy everything into one file."""
        self._parts.backup.make(path, passphrase, cancel, tell)
        return _tr("Everything is in {file}. Keep the passphrase apart from it.").format(file=path.name)

    def restore(self, path: Path, passphrase: str, cancel: Cancel, tell: Tell) -> str:
        """Put a copy in the place of what is here."""
        self._parts.backup.restore(path, passphrase, cancel, tell)
        return _tr("Everything is as it was in {file}.").format(file=path.name)

    def protected(self) -> "Protected":
        """Say how the data is protected."""
        return self._parts.protection.state()

    def turn_on(self, cancel: Cancel, tell: Tell) -> str:
        """Encrypt the database."""
        self._parts.protection.turn_on(cancel, tell)
        return _tr("Your data is encrypted now. Make a recovery phrase for the day on which the key is lost.")

    def turn_off(self, cancel: Cancel, tell: Tell) -> str:
        """Write the database in plain."""
        self._parts.protection.turn_off(cancel, tell)
        return _tr("Your data is not encrypted any more.")

    def set_passphrase(self, text: str) -> "Protected":
        """Let only a passphrase open the database."""
        self._parts.protection.set_passphrase(text)
        return self.protected()

    def remove_passphrase(self) -> "Protected":
        """Let the database open by itself on this computer."""
        self._parts.protection.remove_passphrase()
        return self.protected()

    def make_recovery_phrase(self) -> str:
        """Return words that open the database too, in place of any older ones."""
        return self._parts.protection.make_recovery_phrase()


def _brought(brought: "Brought") -> str:
    """Say what an import did."""
    if brought.messages:
        said = _tr("{n} in {c} are new.") if brought.messages != 1 else _tr("{n} in {c} is new.")
        told = [said.format(n=_messages(brought.messages), c=_conversations(brought.conversations))]
    elif brought.known:
        told = [_tr("Nothing in it is new.")]
    else:
        told = [_tr("There was nothing to keep in it.")]
    if brought.known and brought.messages:
        told.append(_tr("Known before: {c}.").format(c=_conversations(brought.known)))
    if brought.unread:
        told.append(_tr("Empty or not readable: {c}.").format(c=_conversations(brought.unread)))
    return " ".join([*told, brought.fault] if brought.fault else told)


def _messages(count: int) -> str:
    return _tr("1 message") if count == 1 else _tr("{n} messages").format(n=f"{count:,}")


def _conversations(count: int) -> str:
    return _tr("1 conversation") if count == 1 else _tr("{n} conversations").format(n=f"{count:,}")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Keeping", text)
