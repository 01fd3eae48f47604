"""`confidant backup`: everything that is kept, in one file that opens with a passphrase."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.exits import Exit
from app.core.cancel import Cancel

if TYPE_CHECKING:
    from app.assembly import Confidant
    from app.commands import Subparsers

_OLD = "Passphrase of the backup: "


def add_to(subparsers: "Subparsers") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("backup", help="everything in one file, and back again")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    make = actions.add_parser("make", help="write a backup; models and the keys of clouds are not in it")
    make.add_argument("file", type=Path, metavar="FILE")
    make.set_defaults(run=run_make)
    restore = actions.add_parser("restore", help="put a backup in the place of everything that is here")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.set_defaults(run=run_restore)
    parser.epilog = "The passphrase is asked for, or read from the first line of standard input."


def run_make(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Write a backup."""
    from app.commands.passphrase import ask_new

    passphrase = ask_new() if sys.stdin.isatty() else _piped()
    confidant.backup.make(options.file.absolute(), passphrase, Cancel(), _shown())
    print("Everything is in this file, but for models and the keys of clouds.")
    print("It opens with this passphrase alone, and nobody can bring it back for you.")
    return Exit.OK


def run_restore(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Put a backup in place."""
    passphrase = _typed(_OLD) if sys.stdin.isatty() else _piped()
    confidant.backup.restore(options.file.absolute(), passphrase, Cancel(), _shown())
    print("Everything is as it was in the backup. Enter the keys of clouds again where they are missing.")
    return Exit.OK


def _typed(prompt: str) -> str:
    import getpass

    try:
        return getpass.getpass(prompt)
    except EOFError:
        return ""


def _piped() -> str:
    """Read it from standard input: an argument would be seen by every program on the computer."""
    return sys.stdin.readline().rstrip("\r\n")


def _shown() -> Callable[[int, int], None]:
    """Return what prints how much is done, where somebody looks."""

    def tell(done: int, size: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{100 * done // max(size, 1)} %", end="\n" if done == size else "", file=sys.stderr)

    return tell
