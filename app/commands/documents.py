"""`confidant documents`: what is attached to a conversation."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.exits import Exit
from app.commands.lines import write
from app.commands.shown import printable
from app.core.cancel import Cancel
from app.core.errors import SettingError

if TYPE_CHECKING:
    from app.assembly import Confidant
    from app.commands import Subparsers
    from app.core.types import StoredDocument


def add_to(subparsers: "Subparsers") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("documents", help="documents attached to a conversation")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="attach text, Markdown, PDF, docx, HTML or CSV")
    add.add_argument("files", nargs="+", type=Path, metavar="FILE")
    add.set_defaults(run=run_add)
    listed = actions.add_parser("list", help="what is attached, oldest first")
    listed.add_argument("--json", action="store_true", help="print one document a line")
    listed.set_defaults(run=run_list)
    remove = actions.add_parser("remove", help="destroy a document, down to its bytes in the files")
    remove.add_argument("id", type=int, metavar="ID")
    remove.set_defaults(run=run_remove)
    for action in (add, listed, remove):
        action.add_argument("--conversation", required=True, metavar="ID")


def run_add(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Attach files one by one; each is kept as soon as it is searchable."""
    for document in attach(confidant, options.conversation, options.files):
        print(_line(document))
    return Exit.OK


def run_list(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Print the documents."""
    confidant.session.conversation(options.conversation)
    for each in confidant.documents.list(options.conversation):
        if options.json:
            write(
                {"id": each.id, "name": each.name, "kind": each.kind, "pages": each.pages,
                 "characters": each.characters}
            )  # fmt: skip
        else:
            print(_line(each))
    return Exit.OK


def run_remove(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Destroy one document."""
    if options.id not in [each.id for each in confidant.documents.list(options.conversation)]:
        raise SettingError("There is no document with this id. confidant documents list shows them.")
    confidant.documents.remove(options.id)
    return Exit.OK


def attach(confidant: "Confidant", conversation: str, files: Sequence[Path]) -> "list[StoredDocument]":
    """Attach files, with progress where somebody looks; raises as `Documents.attach`."""

    def tell(done: int, pages: int) -> None:
        if sys.stderr.isatty():
            end = "\n" if done == pages else ""
            print(f"\rIndexed {done} of {pages} pages", end=end, file=sys.stderr, flush=True)

    return [confidant.documents.attach(conversation, file, Cancel(), tell) for file in files]


def _line(document: "StoredDocument") -> str:
    pages = "1 page" if document.pages == 1 else f"{document.pages} pages"
    return f"{document.id}  {printable(document.name)}  {document.kind}, {pages}"
