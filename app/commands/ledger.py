"""`confidant ledger`: what left this machine, whether a phrase ever did, and what it tells together."""

import argparse
import sys
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.commands.exits import Exit
from app.commands.lines import write
from app.commands.shown import named
from app.privacy.exposure import JOINED

if TYPE_CHECKING:
    from app.assembly import Confidant
    from app.commands import Subparsers
    from app.privacy.exposure import Known, Trait
    from app.privacy.ledger import Ledger, LedgerRow

NOTHING = "Nothing has left this machine."
NOTHING_TOLD = "No provider was told anything about you that this program could see."
HOW = "Whole words are looked for. A hidden detail never left: what left is its code."


def add_to(subparsers: "Subparsers") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("ledger", help="what left this machine")
    parser.add_argument("--json", action="store_true", help="one entry a line, with its exact text")
    parser.add_argument("--check", metavar="PHRASE|-", help="was this ever sent? - reads standard input")
    parser.add_argument("--exposure", action="store_true", help="what each provider could put together")
    parser.set_defaults(run=run)


def run(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Print the entries, newest first, or those in which a phrase left."""
    if options.exposure:
        return _tell_exposure(confidant, as_json=options.json)
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
    if options.check is not None:
        print(_period(ledger), file=sys.stderr)
    return Exit.OK


def _period(ledger: "Ledger") -> str:
    """Say what an answer about a phrase is worth."""
    period = ledger.covers()
    if period is None:
        return HOW
    return f"The ledger covers {_day(period[0])} to {_day(period[1])}. {HOW}"


def _tell_exposure(confidant: "Confidant", *, as_json: bool) -> int:
    exposure = confidant.border.exposure()
    for provider, traits in exposure:
        if as_json:
            known = {
                trait.value: {"first": each.first, "last": each.last, "times": each.times}
                for trait, each in traits.items()
            }
            write({"provider": provider, "traits": known})
        else:
            print(_sentence(provider, traits))
    if not exposure and not as_json:
        print(NOTHING_TOLD)
    return Exit.OK


def _sentence(provider: str, traits: "Mapping[Trait, Known]") -> str:
    first = min(each.first for each in traits.values())
    last = max(each.last for each in traits.values())
    days = f"on {_day(last)}" if _day(first) == _day(last) else f"from {_day(first)} to {_day(last)}"
    told = named(sorted(traits))
    if len(traits) < JOINED:
        return f"{provider} was told {told}, {days}."
    return f"{provider} was told {told}, {days}. Together they often name one person."


def _day(at: float) -> str:
    return time.strftime("%Y-%m-%d", time.localtime(at))


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
