"""The part of `confidant memory` that is about the person: facts, their inbox, and the style of writing."""

import argparse
import re
import sys
import time
from typing import TYPE_CHECKING

from app.commands.exits import Exit
from app.commands.lines import write
from app.commands.shown import printable
from app.core.errors import SettingError

if TYPE_CHECKING:
    from app.assembly import Confidant
    from app.commands import Subparsers
    from app.core.store.facts import KnownFact

_ID = re.compile(r"^fact-(\d{1,18})$")


def add_to(actions: "Subparsers") -> None:
    """Declare the actions."""
    facts = actions.add_parser("facts", help="what is known about you, newest first")
    facts.add_argument("--json", action="store_true")
    facts.add_argument("--inbox", action="store_true", help="what waits for your yes")
    facts.add_argument(
        "--search", action="store_true", help="those with the words on standard input, kept or waiting"
    )
    facts.set_defaults(run=run_facts)
    keep = actions.add_parser("keep", help="use a fact of the inbox from now on")
    keep.add_argument("id", metavar="ID", help="such as fact-12")
    keep.set_defaults(run=run_keep)
    dismiss = actions.add_parser("dismiss", help="don't use a fact, and don't propose it again")
    dismiss.add_argument("id", metavar="ID", help="such as fact-12")
    dismiss.set_defaults(run=run_dismiss)
    fact = actions.add_parser("fact", help="tell or correct facts about you, from standard input")
    inner = fact.add_subparsers(dest="what", required=True, metavar="WHAT")
    inner.add_parser("add", help="keep a fact a line").set_defaults(run=run_add)
    edit = inner.add_parser("edit", help="correct a fact")
    edit.add_argument("id", metavar="ID", help="such as fact-12")
    edit.set_defaults(run=run_edit)
    forget = inner.add_parser("forget", help="destroy every fact")
    forget.add_argument("--all", action="store_true", required=True)
    forget.set_defaults(run=run_forget_all)
    leave = actions.add_parser("leave-out", help="keep a conversation out of what is known about you")
    leave.add_argument("conversation", metavar="ID")
    leave.add_argument("--undo", action="store_true", help="let it in again")
    leave.set_defaults(run=run_leave_out)
    style = actions.add_parser("style", help="how you write, as far as it is known")
    style.add_argument("--json", action="store_true")
    style.add_argument("--forget", action="store_true", help="destroy what is known of it")
    style.set_defaults(run=run_style)


def is_fact(name: str) -> bool:
    """Say whether an id names a fact."""
    return _ID.match(name) is not None


def run_facts(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Print the facts in use, those that wait, or those with some words."""
    for fact in _wanted(confidant, options):
        if options.json:
            write(_shown(confidant, fact))
        else:
            day = time.strftime("%Y-%m-%d", time.localtime(fact.created))
            print(f"fact-{fact.id}  {day}  {printable(fact.text)}")
    return Exit.OK


def _wanted(confidant: "Confidant", options: argparse.Namespace) -> "list[KnownFact]":
    if options.search:  # words are private, so they are no argument
        return confidant.facts.search(sys.stdin.read())
    return confidant.facts.inbox() if options.inbox else confidant.facts.kept()


def run_keep(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Use a fact."""
    confidant.facts.keep(_number(options.id))
    return Exit.OK


def run_dismiss(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Turn a fact down."""
    confidant.facts.dismiss(_number(options.id))
    return Exit.OK


def run_add(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Keep each line of standard input as a fact."""
    lines = [line for line in sys.stdin.read().splitlines() if line.strip()]
    for line in lines:
        print(f"fact-{confidant.facts.add(line)}")
    return Exit.OK


def run_edit(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Put standard input in place of a fact's words."""
    confidant.facts.edit(_number(options.id), sys.stdin.read())
    return Exit.OK


def run_forget(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Destroy one fact and its history."""
    gone = confidant.facts.forget(_number(options.id))
    if not gone:
        raise SettingError("There is no fact with this id. confidant memory facts shows them.")
    print(f"Forgotten: {gone}.")
    return Exit.OK


def run_forget_all(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Destroy every fact."""
    print(f"Forgotten: {confidant.facts.forget(None)}.")
    return Exit.OK


def run_leave_out(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Keep a conversation out of the memory; facts that came from it are destroyed."""
    gone = confidant.facts.store.leave_out(options.conversation, not options.undo)
    print(f"Forgotten: {gone}.")
    return Exit.OK


def run_style(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Print how the person writes, or forget it."""
    if options.forget:
        confidant.style.forget()
        return Exit.OK
    signs = confidant.style.signs()
    if options.json:
        write({sign.name: sign.value for sign in signs})
    elif signs:
        print(confidant.acquaintance.style())
    else:
        print("Nothing is known yet about how you write.", file=sys.stderr)
    return Exit.OK


def _number(name: str) -> int:
    found = _ID.match(name)
    if found is None:
        raise SettingError("A fact's id looks like fact-12. confidant memory facts shows them.")
    return int(found.group(1))


def _shown(confidant: "Confidant", fact: "KnownFact") -> dict[str, object]:
    before = [each.text for each in confidant.facts.history(fact.id)]
    return {
        "id": f"fact-{fact.id}",
        "text": fact.text,
        "state": fact.state.value,
        "confidence": fact.confidence,
        "created": fact.created,
        "source": fact.source,
        "conversation": confidant.facts.conversation(fact),
        "replaced": before,
    }
