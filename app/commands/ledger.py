"""`confidant ledger`: what left this machine, and whether a phrase ever did."""

import argparse
import sys
import time
from typing import TYPE_CHECKING

from app.commands.exits import Exit
from app.commands.lines import write

if TYPE_CHECKING:
    from app.assembly import Confidant
    from app.commands import Subparsers
    from app.privacy.ledger import LedgerRow

NOTHING = "Nothing has left this machine."


def add_to(subparsers: "Subparsers") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("ledger", help="what left this machine")
    parser.add_argument("--json", action="store_true", help="one entry a line, with its exact text")
    parser.add_argument("--check", metavar="PHRASE|-", help="was this ever sent? - reads standard input")
    parser.set_defaults(run=run)


def run(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Print the entries, newest first, or those in which a phrase left."""
    ledger = confidant.border.ledger
    if options.check is not None:
        phrase = sys.stdin.read().strip() if options.check == "-" else options.check
        rows = ledger.check(phrase)
    else:
        rows = ledger.entries(1000)
    if options.json:
        for row in rows:
            write({**_plain(row), "body": ledger.body(row.id)})
    elif not rows:
        print("It was never sent." if options.check is not None else NOTHING)
    else:
        for row in rows:
            print(_line(row))
    if options.check is not None and (period := ledger.covers()):
        since, until = (time.strftime("%Y-%m-%d", time.localtime(at)) for at in period)
        print(f"The ledger covers {since} to {until}.", file=sys.stderr)
    return Exit.OK


def _plain(row: "LedgerRow") -> dict[str, object]:
    return {
        "id": row.id,
        "time": row.time,
        "provider": row.provider,
        "purpose": row.purpose,
        "model": row.model,
        "kinds": dict(row.kinds),
        "bytes_sent": row.bytes_sent,
        "sha256": row.sha256,
    }


def _line(row: "LedgerRow") -> str:
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(row.time))
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(row.kinds.items())) or "nothing hidden"
    return f"{when}  {row.provider}  {row.purpose}  {row.bytes_sent} bytes  {kinds}"
