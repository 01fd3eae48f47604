"""`confidant import` and `confidant export`: conversations that come, and conversations that go along."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.exits import Exit
from app.core.cancel import Cancel
from app.core.settings import PRIVACY_LEVEL
from app.privacy.policy import Level

if TYPE_CHECKING:
    from app.assembly import Confidant
    from app.commands import Subparsers


def add_to(subparsers: "Subparsers") -> None:
    """Declare both commands."""
    bring = subparsers.add_parser("import", help="conversations of ChatGPT, Claude or another Confidant")
    bring.add_argument(
        "file", type=Path, metavar="FILE", help="the ZIP as it came, or its conversations.json"
    )
    bring.set_defaults(run=run_import)
    give = subparsers.add_parser("export", help="every conversation, on standard output")
    give.add_argument("--format", choices=("md", "json"), default="md")
    give.add_argument("--out", type=Path, metavar="FILE", help="write this file, whole or not at all")
    give.set_defaults(run=run_export)


def run_import(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Import a file, with progress where somebody looks."""

    def tell(done: int, size: int) -> None:
        if sys.stderr.isatty():
            print(f"\rRead {100 * done // max(size, 1)} %", end="", file=sys.stderr)

    level = Level(confidant.settings[PRIVACY_LEVEL])
    brought = confidant.transfer.bring(options.file, level, Cancel(), tell)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    print(f"New: {brought.messages} messages in {brought.conversations} conversations.")
    if brought.known:
        print(f"Known before: {brought.known} conversations.")
    if brought.unread:
        print(f"Empty or not readable: {brought.unread} conversations.")
    if brought.fault:
        print(brought.fault, file=sys.stderr)
        return Exit.CANNOT_RUN
    return Exit.OK


def run_export(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Print every conversation, or write them into a file."""
    if options.out is not None:
        count = confidant.transfer.give(options.out.absolute(), options.format, Cancel(), lambda *_: None)
        print(f"Conversations: {count}.", file=sys.stderr)
        return Exit.OK
    pieces = confidant.transfer.json() if options.format == "json" else confidant.transfer.markdown()
    for piece in pieces:
        sys.stdout.write(piece)
    return Exit.OK
