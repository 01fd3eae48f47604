"""`confidant route`: who would answer, and why; nothing is generated or sent."""

import argparse
import sys
from typing import TYPE_CHECKING

from app.commands.exits import Exit
from app.commands.lines import Line, answer_each, text_of, write
from app.core.settings import PRIVACY_LEVEL
from app.privacy.policy import Level

if TYPE_CHECKING:
    from app.assembly import Confidant
    from app.commands import Subparsers


def add_to(subparsers: "Subparsers") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("route", help="say who would answer standard input, and why")
    parser.add_argument("--jsonl", action="store_true", help='one {"id","text","draft"?} a line')
    parser.set_defaults(run=run)


def run(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Print the route of each question."""
    level = Level(confidant.settings[PRIVACY_LEVEL])

    def answer(line: Line) -> Line:
        draft = text_of(line, "draft") if "draft" in line else ""
        route = confidant.session.route(text_of(line), level, draft)
        return {
            "where": route.where.value,
            "mechanism": route.mechanism,
            "difficulty": round(route.difficulty, 4),
            "reasons": list(route.reasons),
        }

    if options.jsonl:
        answer_each(answer)
    else:
        write(answer({"text": sys.stdin.read()}))
    return Exit.OK
