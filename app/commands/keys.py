"""`confidant key`: the cloud's key, from standard input into the system's keyring."""

import argparse
import sys
from typing import TYPE_CHECKING

from app.commands.exits import Exit

if TYPE_CHECKING:
    from app.assembly import Confidant
    from app.commands import Subparsers


def add_to(subparsers: "Subparsers") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("key", help="set or forget the cloud's key")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("set", help="read the key from standard input")
    actions.add_parser("forget", help="remove the key from the keyring")
    parser.set_defaults(run=run)


def run(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Set or forget the key."""
    secrets = confidant.secrets
    if options.action == "forget":
        secrets.forget_key()
        return Exit.OK
    key = sys.stdin.readline().strip()
    if not key:
        print("There is no key on standard input.", file=sys.stderr)
        return Exit.WRONG_USE
    secrets.set_key(key)
    if not secrets.keeps_key:
        print(
            "There is no keyring here, so the key cannot be kept. "
            "Put it into the environment variable CONFIDANT_API_KEY for a run instead.",
            file=sys.stderr,
        )
        return Exit.CANNOT_RUN
    print(f"Stored in: {secrets.place}", file=sys.stderr)
    return Exit.OK
