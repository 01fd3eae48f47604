"""Asking for a passphrase in the terminal: never as an argument, never from what is piped in."""

import getpass
import os
import sys

from app.core.errors import Locked, SettingError

_NO_TERMINAL = "A passphrase is typed in a terminal, and there is none here. Run this in a terminal instead."


def ask(told: str) -> str:
    """Ask for the passphrase or the recovery phrase.

    Raises:
        Locked: there is no terminal, or nothing was typed.
    """
    if not _has_terminal():
        raise Locked(f"{told} {_NO_TERMINAL}")
    print(told, file=sys.stderr)
    return _typed("Passphrase: ")


def ask_new() -> str:
    """Ask for a new passphrase, twice.

    Raises:
        Locked: there is no terminal, or nothing was typed.
        SettingError: the two differ.
    """
    if not _has_terminal():
        raise Locked(_NO_TERMINAL)
    first = _typed("New passphrase: ")
    if _typed("Once more: ") != first:
        raise SettingError("The two are not the same, so nothing was changed.")
    return first


def _typed(prompt: str) -> str:
    try:
        return getpass.getpass(prompt)
    except EOFError as error:
        raise Locked("No passphrase was entered, so your conversations stay locked.") from error


def _has_terminal() -> bool:
    if sys.platform == "win32":
        return sys.stdin.isatty()
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True
