"""`confidant ask`: one question, answered in the terminal."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import documents
from app.commands.exits import Exit
from app.commands.lines import write
from app.commands.shown import exact, findings, joined, printable
from app.core.approval import AnswerLocally, Approve, Refuse, Review, Verdict
from app.core.cancel import Cancel
from app.core.errors import Cancelled, ConfidantError
from app.core.events import Delta, Done, Event, Failed, Findings, Notice, Recalled, Routed, Sent
from app.core.types import Source, Used, Where
from app.privacy.policy import Level
from app.privacy.types import HIDING

if TYPE_CHECKING:
    from app.assembly import Confidant
    from app.commands import Subparsers

_SHOWN = 160
"""Characters of a passage that are shown."""


def add_to(subparsers: "Subparsers") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("ask", help="ask a question")
    parser.add_argument("text", metavar="TEXT|-", help="the question; - reads it from standard input")
    parser.add_argument("--json", action="store_true", help="print one event a line")
    parser.add_argument("--where", choices=[where.value for where in Where], default=Where.AUTO.value)
    parser.add_argument("--mechanism", default="", metavar="NAME")
    parser.add_argument("--level", choices=[level.value for level in Level])
    parser.add_argument("--yes", action="store_true", help="approve what leaves without asking")
    parser.add_argument("--conversation", metavar="ID", help="go on with this conversation")
    parser.add_argument(
        "--attach", action="append", default=[], type=Path, metavar="FILE",
        help="a document that the question is about; repeat it for several",
    )  # fmt: skip
    parser.set_defaults(run=run)


def run(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Ask, print the answer as it comes, and return the exit code."""
    text = sys.stdin.read() if options.text == "-" else options.text
    if not text.strip():
        print("There is no question.", file=sys.stderr)
        return Exit.WRONG_USE
    session = confidant.session
    level = Level(options.level) if options.level else None
    if options.conversation:
        conversation = options.conversation
        if level is not None:
            session.set_level(conversation, level)
    else:
        conversation = session.new_conversation(level=level).id
    try:
        documents.attach(confidant, conversation, options.attach)
    except ConfidantError:
        if not options.conversation:
            session.delete(conversation)  # nothing was asked in it
        raise
    printer = _JsonPrinter(conversation) if options.json else _TextPrinter()
    approver = _Terminal(options.yes)
    cancel = Cancel()
    try:
        session.send(
            conversation,
            text,
            approver,
            cancel,
            printer.tell,
            where=Where(options.where),
            mechanism=options.mechanism,
        )
    except Cancelled:
        return Exit.STOPPED
    if told := confidant.protection.notice():
        print(told, file=sys.stderr)
    return printer.code


class _Terminal:
    """Asks on the terminal; where nobody sits there, only `--yes` approves."""

    def __init__(self, approved: bool) -> None:
        self._approved = approved

    def decide(self, review: Review, cancel: Cancel) -> Verdict:
        """See `Approver.decide`."""
        if self._approved:
            return Approve()
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return Refuse(
                "This request needs your approval: say --yes, or ask at a terminal. Nothing was sent."
            )
        hidden = sum(each.action in HIDING for each in review.decided)
        print(f"\nTo {review.provider}, model {review.model}, {hidden} details hidden:", file=sys.stderr)
        print(exact(review.body), file=sys.stderr)
        if review.joined:
            print(joined(review.provider, review.joined), file=sys.stderr)
        print("Send this? [y]es, [l]ocal answer, [N]o: ", end="", file=sys.stderr, flush=True)
        match sys.stdin.readline().strip().lower():
            case "y" | "yes":
                return Approve()
            case "l" | "local":
                return AnswerLocally()
            case _:
                return Refuse("You chose not to send it.")


class _TextPrinter:
    """The answer on standard output, everything else on standard error."""

    def __init__(self) -> None:
        self.code = Exit.OK

    def tell(self, event: Event) -> None:
        """Print an event."""
        match event:
            case Delta(text):
                print(printable(text), end="", flush=True)
            case Notice(told, lasting=True):
                print(printable(told), file=sys.stderr)
            case Recalled(used):
                for each in used:
                    if each.source is Source.PASSAGE and each.left:
                        print(f"Sent, sanitized: {_short(each.text)}", file=sys.stderr)
            case Routed(where, reasons=reasons):
                print(f"[{where.value}] {' '.join(reasons)}", file=sys.stderr)
            case Done():
                print()
            case Failed():
                self.code = _code(event)
                print(printable(event.told), file=sys.stderr)


class _JsonPrinter:
    """One event a line; names and keys are what scripts rely on."""

    def __init__(self, conversation: str) -> None:
        self._conversation = conversation
        self.code = Exit.OK

    def tell(self, event: Event) -> None:
        """Print an event as JSON."""
        match event:
            case Routed(where, mechanism, reasons, model, difficulty):
                write(
                    {
                        "event": "routed",
                        "where": where.value,
                        "mechanism": mechanism,
                        "reasons": list(reasons),
                        "model": model,
                        "difficulty": round(difficulty, 4),
                    }
                )
            case Findings(decided, reveals):
                traits = sorted({each.trait.value for each in reveals})
                write({"event": "findings", "findings": findings(decided), "traits": traits})
            case Sent(provider, body, sha256):
                write({"event": "sent", "provider": provider, "body": body, "sha256": sha256})
            case Delta(text, origin):
                write({"event": "delta", "text": text, "origin": origin.value})
            case Notice(told, lasting=True):
                write({"event": "notice", "told": told})
            case Recalled(used):
                write({"event": "recalled", "used": list(map(_used, used))})
            case Done():
                self._done(event)
            case Failed():
                self.code = _code(event)
                write({"event": "failed", "kind": event.kind, "told": event.told})

    def _done(self, event: Done) -> None:
        write(
            {
                "event": "done",
                "conversation": self._conversation,
                "usage": {
                    "prompt_tokens": event.usage.prompt_tokens,
                    "answer_tokens": event.usage.answer_tokens,
                },
                "times": {step: round(ms, 1) for step, ms in event.times.items()},
                "bytes_sent": event.bytes_sent,
                "hidden": event.hidden,
                "truncated": event.truncated,
            }
        )


def _used(each: Used) -> dict[str, object]:
    return {"source": each.source.value, "text": each.text, "id": each.id, "left": each.left}


def _short(text: str) -> str:
    line = printable(" ".join(text.split()))
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]} …"


def _code(event: Failed) -> Exit:
    if event.kind in ("refused", "filter"):
        return Exit.REFUSED
    return Exit.CANNOT_RUN if event.kind == "store" else Exit.ENGINE_FAILED
