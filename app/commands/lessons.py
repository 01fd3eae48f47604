"""`confidant lessons`: what the model on this computer learned from the cloud's answers, and forgets."""

import argparse
import time
from typing import TYPE_CHECKING

from app.commands.exits import Exit
from app.commands.lines import write
from app.commands.shown import printable
from app.core.errors import SettingError

if TYPE_CHECKING:
    from app.assembly import Confidant
    from app.commands import Subparsers
    from app.core.store.examples import Example

_LISTED = 2000


def add_to(subparsers: "Subparsers") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("lessons", help="what this computer learned from the cloud's answers")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listed = actions.add_parser("list", help="the lessons without their details, newest first")
    listed.add_argument("--json", action="store_true", help="one object a line")
    listed.set_defaults(run=run_list)
    forget = actions.add_parser("forget", help="destroy a lesson; the conversation stays")
    forget.add_argument("id", nargs="?", type=int, metavar="ID")
    forget.add_argument("--all", action="store_true", help="destroy every lesson")
    forget.add_argument("--json", action="store_true")
    forget.set_defaults(run=run_forget)


def run_list(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Print the lessons."""
    for lesson in confidant.examples.all(_LISTED):
        if options.json:
            write(_described(lesson))
        else:
            told = f"helped {lesson.helped} of {lesson.used} times" if lesson.used else "not used yet"
            day = time.strftime("%Y-%m-%d", time.localtime(lesson.created))
            question = printable(" ".join(lesson.masked.split()))
            print(f"{lesson.id}  {day}  {lesson.stage}, {told}: {question}")
    return Exit.OK


def run_forget(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Destroy one lesson, or all of them."""
    if (options.id is not None) == options.all:
        raise SettingError("Say which lesson to forget, or --all.")
    gone = confidant.examples.forget(options.id)
    if options.id is not None and not gone:
        raise SettingError("There is no lesson with this number. confidant lessons list shows them.")
    if options.json:
        write({"forgotten": gone})
    else:
        print(f"Forgotten: {gone}.")
    return Exit.OK


def _described(lesson: "Example") -> dict[str, object]:
    return {
        "id": lesson.id,
        "state": lesson.stage.value,
        "question": lesson.masked,
        "strategy": lesson.strategy,
        "answer": lesson.answer,
        "created": lesson.created,
        "used": lesson.used,
        "helped": lesson.helped,
    }
