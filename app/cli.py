"""The command line: the same assistant without a window; heavy imports only where they are needed."""

import argparse
import io
import os
import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app import __version__
from app.commands.exits import Exit, exit_for
from app.core.errors import ConfidantError
from app.core.paths import Paths
from app.privacy.errors import PrivacyError

if TYPE_CHECKING:
    from app.assembly import Confidant


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    started = time.perf_counter()
    options = _parser().parse_args(arguments)
    paths = Paths.choose(options.profile)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # A broken byte in a pipe must become U+FFFD, not a traceback.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        if options.command is None:
            return _window(paths, options, started)
        return _command(paths, options)
    except (ConfidantError, PrivacyError) as error:
        return _tell(error.told, exit_for(error))
    except BrokenPipeError:
        # Whoever read us has gone; keep the interpreter from complaining when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK
    except KeyboardInterrupt:
        return Exit.STOPPED


def _command(paths: Paths, options: argparse.Namespace) -> int:
    from app.assembly import build
    from app.commands.passphrase import ask
    from app.core.log import set_up

    try:
        paths.create()
    except OSError as error:
        return _tell(f"The folder {paths.profile} cannot be used: {error.strerror}.", Exit.CANNOT_RUN)
    set_up(paths)
    run: Callable[[Confidant, argparse.Namespace], int] = options.run
    confidant = build(paths)
    confidant.protection.ask_with(ask)
    try:
        return run(confidant, options)
    finally:
        confidant.close()


def _window(paths: Paths, options: argparse.Namespace, started: float) -> int:
    from app.ui.screen import has_screen

    if not has_screen():
        return _tell(
            "There is no screen here, so no window can open. "
            "Ask in the terminal instead: confidant ask - (it reads your question from standard input).",
            Exit.CANNOT_RUN,
        )
    from app.assembly import build
    from app.ui.application import run

    return run(
        lambda: build(paths),
        paths,
        quick_ask=options.quick_ask,
        exit_after_paint=options.exit_after_first_paint,
        started=started,
    )


def _tell(sentence: str, code: Exit) -> int:
    print(sentence, file=sys.stderr)
    return code


def _parser() -> argparse.ArgumentParser:
    from app import commands

    parser = argparse.ArgumentParser(
        prog="confidant",
        description="A private assistant in which two language models work together. Without a command: "
        "the window.",
        epilog="Private words belong on standard input, not into arguments: confidant ask -",
    )
    parser.add_argument("--version", action="version", version=f"confidant {__version__}")
    parser.add_argument("--profile", metavar="DIR", help="keep everything in this folder")
    parser.add_argument("--quick-ask", nargs="?", const="", metavar="TEXT", help="open the quick-ask popup")
    parser.add_argument("--exit-after-first-paint", action="store_true", help=argparse.SUPPRESS)
    commands.add_to(parser.add_subparsers(dest="command", metavar="COMMAND"))
    return parser
