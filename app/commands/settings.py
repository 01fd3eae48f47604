"""`confidant settings`: every setting by its key."""

import argparse
import json
import sys
from typing import TYPE_CHECKING

from app.commands.exits import Exit
from app.core.settings import Value

if TYPE_CHECKING:
    from app.assembly import Confidant
    from app.commands import Subparsers


def add_to(subparsers: "Subparsers") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("settings", help="list, get or set settings")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="all settings with their values")
    actions.add_parser("get", help="one value").add_argument("key", metavar="KEY")
    setting = actions.add_parser("set", help="change one value")
    setting.add_argument("key", metavar="KEY")
    setting.add_argument("value", metavar="VALUE|-", help="- reads it from standard input, for private words")
    parser.set_defaults(run=run)


def run(confidant: "Confidant", options: argparse.Namespace) -> int:
    """List, print or change settings."""
    settings = confidant.settings
    match options.action:
        case "list":
            for setting in settings.declared.values():
                shown = "(in the keyring)" if setting.secret else _shown(settings.value(setting.key))
                print(f"{setting.key} = {shown}    # {setting.title}")
        case "get":
            print(_shown(settings.value(options.key)))
        case "set":
            # Arguments land in lists of processes and in the shell's history.
            value = sys.stdin.read().strip() if options.value == "-" else options.value
            settings.set_text(options.key, value)
    return Exit.OK


def _shown(value: Value) -> str:
    match value:
        case bool():
            return "on" if value else "off"
        case tuple():
            return ", ".join(value)
        case str():
            return value
        case _:
            return json.dumps(value)
