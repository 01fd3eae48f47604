"""`confidant filter-model`: the stronger filter, which is downloaded only when somebody says so."""

import argparse
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.exits import Exit
from app.core.cancel import Cancel
from app.core.settings import PRIVACY_STRONG_FILTER

if TYPE_CHECKING:
    from app.assembly import Confidant
    from app.commands import Subparsers
    from app.core.backends.description import StrongModel


def add_to(subparsers: "Subparsers") -> None:
    """Declare the command."""
    parser = subparsers.add_parser("filter-model", help="get, use or remove the stronger filter")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("status", help="what it is, and whether it is here and in use")
    get = actions.add_parser("get", help="download it; goes on where it stopped")
    get.add_argument("--from", dest="source", metavar="FOLDER", help="take the files from a folder instead")
    actions.add_parser("use", help="try it on known sentences, and use it from now on")
    actions.add_parser("off", help="use the built-in filter alone; the files stay")
    actions.add_parser("remove", help="use the built-in filter alone, and delete the files")
    parser.set_defaults(run=run)


def run(confidant: "Confidant", options: argparse.Namespace) -> int:
    """Do one of these; exit 3 where the libraries are missing, 4 where nothing may be downloaded."""
    match options.action:
        case "status":
            _tell_status(confidant)
        case "get":
            return _get(confidant, options.source)
        case "use":
            if not _has_libraries():
                return Exit.CANNOT_RUN
            confidant.additions.strong.load()
            confidant.settings.set(PRIVACY_STRONG_FILTER, True)
            print("It finds what it should. The stronger filter is in use now.")
        case "off" | "remove":
            confidant.settings.set(PRIVACY_STRONG_FILTER, False)
            if options.action == "remove":
                confidant.additions.files.remove()
            print("The built-in filter is used alone.")
    return Exit.OK


def _tell_status(confidant: "Confidant") -> None:
    files = confidant.additions.files
    model = files.model
    missing = files.missing()
    print(f"{model.title}, {model.licence}, {_mb(model.size)}")
    print(f"From: {model.address}")
    print(f"Here: {'no' if missing else 'yes'} ({files.folder})")
    print(f"In use: {'yes' if confidant.settings[PRIVACY_STRONG_FILTER] else 'no'}")
    print(model.fingerprints)
    _has_libraries()


def _get(confidant: "Confidant", source: str | None) -> int:
    files = confidant.additions.files
    model = files.model
    if source is not None:
        steps, done = files.adopt(Path(source).expanduser()), 0
        for size in steps:
            done += size
            _show(done, model)
    else:
        print(f"{model.title}, {model.licence}, {_mb(model.size)}, from {model.address}", file=sys.stderr)
        print(f"No word of yours is sent. {model.fingerprints}", file=sys.stderr)
        _follow(confidant.get_strong_filter(Cancel()), model)
    print("It is here, byte for byte as published. Choose it with `confidant filter-model use`.")
    return Exit.OK if _has_libraries() else Exit.CANNOT_RUN


def _follow(steps: Iterator[int], model: "StrongModel") -> None:
    shown = -1
    for done in steps:
        percent = 100 * done // model.size
        if percent != shown:
            shown = percent
            _show(done, model)


def _show(done: int, model: "StrongModel") -> None:
    end = "\r" if sys.stderr.isatty() and done < model.size else "\n"
    print(f"{_mb(done)} of {_mb(model.size)}", end=end, file=sys.stderr, flush=True)


def _has_libraries() -> bool:
    """Say how to install what is missing, without loading what is there."""
    from app.core.backends.strong import MISSING

    if all(importlib.util.find_spec(name) for name in ("onnxruntime", "tokenizers")):
        return True
    print(MISSING, file=sys.stderr)
    return False


def _mb(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"
