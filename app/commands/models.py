"""`confidant models`: the local models that are here, and which one answers."""

import argparse
from typing import TYPE_CHECKING

from app.commands.exits import Exit
from app.core.errors import NotReady
from app.core.settings import LOCAL_MODEL

if TYPE_CHECKING:
    from app.assembly import Confidant
    from app.commands import Subparsers


def add_to(subparsers: "Subparsers") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("models", help="list, check or choose local models")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="the models on this computer")
    actions.add_parser("get", help="make a model available").add_argument("name", metavar="NAME")
    actions.add_parser("use", help="choose a model").add_argument("name", metavar="NAME|FILE")
    parser.set_defaults(run=run)


def run(confidant: "Confidant", options: argparse.Namespace) -> int:
    """List, get or choose a model."""
    from app.core.models.catalog import available, resolve

    folder = confidant.paths.models
    match options.action:
        case "list":
            chosen = resolve(confidant.settings[LOCAL_MODEL], folder)
            for model in available(folder):
                mark = "*" if model.path == chosen.path else " "
                print(f"{mark} {model.name}  {model.title}")
        case "get":
            if options.name not in {model.name for model in available(folder)}:
                raise NotReady(
                    "This version downloads no models. "
                    f"Put a GGUF file into {folder}, or choose one where it lies: confidant models use FILE"
                )
            print(f"{options.name} is here.")
        case "use":
            model = resolve(options.name, folder)
            confidant.settings.set(LOCAL_MODEL, "" if model.bundled else options.name)
            print(model.title)
    return Exit.OK
