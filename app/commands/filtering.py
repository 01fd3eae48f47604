"""`confidant sanitize` and `confidant restore`: the filter alone, for scripts."""

import argparse
import sys
from typing import TYPE_CHECKING

from app.commands.exits import Exit
from app.commands.lines import Line, answer_each, text_of
from app.commands.shown import findings
from app.core.cancel import Cancel
from app.core.errors import PolicyRefused
from app.core.settings import PRIVACY_LEVEL
from app.privacy.policy import Level

if TYPE_CHECKING:
    from app.assembly import Confidant
    from app.commands import Subparsers


def add_to(subparsers: "Subparsers") -> None:
    """Declare both commands."""
    sanitize = subparsers.add_parser("sanitize", help="standard input without its private details")
    sanitize.add_argument("--jsonl", action="store_true", help='one {"id","text"} a line')
    sanitize.add_argument("--level", choices=[level.value for level in Level])
    sanitize.add_argument("--conversation", metavar="ID", help="keep the placeholders of this conversation")
    sanitize.set_defaults(run=run_sanitize)
    restore = subparsers.add_parser("restore", help="a sanitized reply with its details put back")
    restore.add_argument("--conversation", metavar="ID", required=True)
    restore.set_defaults(run=run_restore)


def run_sanitize(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Sanitize standard input."""
    level = Level(options.level or confidant.settings[PRIVACY_LEVEL])
    if level is Level.LOCAL:
        raise PolicyRefused("At level local nothing leaves, so there is nothing to sanitize.")

    for told in confidant.additions.ready(Cancel()):
        print(told, file=sys.stderr)

    def sanitize(text: str, conversation: str) -> Line:
        privacy = confidant.border.privacy(conversation)
        sanitized = privacy.sanitize(text, level)
        # What is printed here is what a script sends, so its reply may be restored.
        privacy.mark_sent(sanitized.codes)
        return {"sanitized": sanitized.text, "findings": findings(sanitized.decided)}

    if not options.jsonl:
        conversation = options.conversation or confidant.border.fresh()
        print(sanitize(sys.stdin.read(), conversation)["sanitized"], end="")
        return Exit.OK

    def answer(line: Line) -> Line:
        named = line.get("conversation")
        conversation = named if isinstance(named, str) else options.conversation
        if conversation:
            return sanitize(text_of(line), conversation)
        passing = confidant.border.fresh()
        try:
            return sanitize(text_of(line), passing)
        finally:
            confidant.border.forget(passing)

    answer_each(answer)
    return Exit.OK


def run_restore(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Put the details of a conversation back into standard input."""
    print(confidant.border.privacy(options.conversation).restore(sys.stdin.read()), end="")
    return Exit.OK
