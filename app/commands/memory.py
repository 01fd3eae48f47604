"""`confidant memory`: what is remembered, searched, listed and forgotten on this computer."""

import argparse
import sys
import time
from typing import TYPE_CHECKING

from app.commands import about_you
from app.commands.exits import Exit
from app.commands.lines import Line, read, text_of, write
from app.commands.shown import printable
from app.core.cancel import Cancel
from app.core.errors import SettingError
from app.core.store.turns import Note

if TYPE_CHECKING:
    from app.assembly import Confidant
    from app.commands import Subparsers
    from app.core.memory.recall import Recalled

_SHOWN = 5
_LISTED = 1000


def add_to(subparsers: "Subparsers") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("memory", help="what is remembered on this computer")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="remember standard input: a text, or turns of a talk")
    add.add_argument(
        "--jsonl", action="store_true",
        help='one {"id","conversation","speaker","role","time","text"} a line',
    )  # fmt: skip
    add.set_defaults(run=run_add)
    search = actions.add_parser("search", help="find again what was said: the question from standard input")
    search.add_argument("--jsonl", action="store_true", help='one {"id","query"} a line')
    search.add_argument("-k", type=int, default=_SHOWN, metavar="N", help="how many hits (5)")
    search.set_defaults(run=run_search)
    listed = actions.add_parser("list", help="what was told to the memory, newest first")
    listed.add_argument("--json", action="store_true")
    listed.set_defaults(run=run_list)
    forget = actions.add_parser("forget", help="destroy a note of the memory, or a fact such as fact-12")
    forget.add_argument("id", nargs="?", metavar="ID")
    forget.add_argument("--all", action="store_true", help="destroy every note")
    forget.set_defaults(run=run_forget)
    about_you.add_to(actions)


def run_add(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Remember what stands on standard input, and make it searchable before returning."""
    if options.jsonl:
        notes = [_note(line) for line in read()]
    else:
        text = sys.stdin.read().strip()
        notes = [Note(f"note-{time.time_ns()}", "", "", "user", time.time(), text)] if text else []
    confidant.turns.add(notes)
    _index(confidant)
    print(f"Remembered: {len(notes)}.", file=sys.stderr)
    return Exit.OK


def run_search(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Print the turns that are most likely meant."""
    if options.k < 1:
        raise SettingError("-k takes a number from 1.")
    _index(confidant)
    if options.jsonl:
        for line in read():
            hits = confidant.recall.recall(text_of(line, "query"), options.k)
            write({"id": line.get("id"), "hits": [_hit(each) for each in hits]})
        return Exit.OK
    for hit in confidant.recall.recall(sys.stdin.read(), options.k):
        print(f"{_when(hit.turn.time)}{_line(hit.turn.speaker or hit.turn.role)}: {_line(hit.turn.text)}")
    return Exit.OK


def run_list(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Print the notes."""
    for note in confidant.turns.notes(_LISTED):
        if options.json:
            write({"id": note.name, "conversation": note.conversation, "text": note.text})
        else:
            print(f"{_line(note.name)}  {_line(note.text)}")
    return Exit.OK


def run_forget(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Destroy one note, or all of them."""
    if bool(options.id) == options.all:
        raise SettingError("Say which note or fact to forget, or --all.")
    if options.id and about_you.is_fact(options.id):
        return about_you.run_forget(confidant, options)
    gone = confidant.turns.forget(None if options.all else options.id)
    if options.id and not gone:
        raise SettingError("There is no note with this id. confidant memory list shows them.")
    print(f"Forgotten: {gone}.")
    return Exit.OK


def _index(confidant: "Confidant") -> None:
    shown = sys.stderr.isatty()

    def tell(done: int, waiting: int) -> None:
        if shown:
            print(f"\rReading {done} of {waiting}", end="\n" if done == waiting else "", file=sys.stderr)

    confidant.recall.index(Cancel(), tell)


def _note(line: Line) -> Note:
    name = line.get("id")
    if not isinstance(name, str | int):
        raise SettingError('Each line needs an "id".')
    conversation, speaker, role = (str(line.get(key) or "") for key in ("conversation", "speaker", "role"))
    return Note(str(name), conversation, speaker, role or "user", _seconds(line.get("time")), text_of(line))


def _seconds(value: object) -> float:
    """Read a time as people and programs write it; 0 where it cannot be read."""
    if isinstance(value, int | float):
        return float(value)
    if not isinstance(value, str) or not value.strip():
        return 0.0
    from dateutil import parser

    try:
        return float(parser.parse(value.replace(" on ", " "), fuzzy=True).timestamp())
    except (ValueError, OverflowError):
        return 0.0


def _when(seconds: float) -> str:
    return time.strftime("%Y-%m-%d ", time.localtime(seconds)) if seconds else ""


def _line(text: str) -> str:
    """Bring what a server or a file may have said on one line that does nothing to the terminal."""
    return printable(" ".join(text.split()))


def _hit(found: "Recalled") -> dict[str, object]:
    return {"id": found.turn.name, "score": round(found.score, 4), "text": found.turn.text}
