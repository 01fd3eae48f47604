"""A small log and crash reports that hold no words of the person: types, places and numbers only."""

import logging
import logging.handlers
import os
import platform
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from pathlib import Path
from types import FrameType, TracebackType

from app.core.paths import Paths

_SIZE = 256 * 1024
_OLD_FILES = 2
_LONGEST_ARGUMENT = 80


class _PrivateFile(logging.handlers.RotatingFileHandler):
    """Opens its file readable by its owner only, and not before the first line."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=_SIZE, backupCount=_OLD_FILES, encoding="utf-8", delay=True)

    def _open(self) -> TextIOWrapper:
        number = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return TextIOWrapper(open(number, "ab", buffering=0), encoding="utf-8", write_through=True)

    def handleError(self, record: logging.LogRecord) -> None:
        """Go on without the line: a full disk must not end the program, nor print what was logged."""


class _Formatter(logging.Formatter):
    """Writes an exception as its type and the places that it passed, never as its message."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        safe = logging.makeLogRecord(record.__dict__)
        safe.msg, safe.args = _message(record), None
        error = record.exc_info[1] if record.exc_info else None
        safe.exc_info = safe.exc_text = safe.stack_info = None
        line = super().format(safe).replace("\n", " ")
        return "\n".join([line, *_describe(error)]) if error else line


def set_up(paths: Paths, debug: bool = False) -> None:
    """Log what loggers under "app" say into the profile; a second call replaces the first.

    Two processes share the file line by line; what one writes while the other moves a full file aside
    lands in the older file.
    """
    logger = logging.getLogger("app")
    for handler in [each for each in logger.handlers if isinstance(each, _PrivateFile)]:
        logger.removeHandler(handler)
        handler.close()
    handler = _PrivateFile(paths.log)
    handler.setFormatter(_Formatter())
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG if debug else logging.INFO)
    logger.propagate = False  # another library's handler would print the messages of exceptions


def crash_report(error: BaseException) -> str:
    """Describe an error for a report: versions, types, files, lines and functions, nothing else."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        ours = version("confidant")
    except PackageNotFoundError:
        ours = "(not installed)"
    head = f"Confidant {ours}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    return "\n".join([head, *_describe(error)]) + "\n"


def install_hooks(report: Callable[[str], None]) -> None:
    """Log errors that nobody caught, in any thread, and hand their report over.

    Args:
        report: called on the thread where it happened; must not raise.
    """
    log = logging.getLogger("app")

    def handle(error: BaseException) -> None:
        log.critical("unexpected error", exc_info=(type(error), error, error.__traceback__))
        report(crash_report(error))

    def on_main(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, Exception):
            handle(error)
        else:
            sys.__excepthook__(kind, error, trace)

    def on_thread(arguments: threading.ExceptHookArgs) -> None:
        if isinstance(arguments.exc_value, Exception):
            handle(arguments.exc_value)

    sys.excepthook = on_main
    threading.excepthook = on_thread


def _message(record: logging.LogRecord) -> str:
    """Fill in the arguments, an exception as its type and a long text as its length."""
    if isinstance(record.msg, BaseException):
        return _type(record.msg)
    arguments = record.args
    try:
        if isinstance(arguments, tuple):
            return str(record.msg) % tuple(map(_argument, arguments)) if arguments else str(record.msg)
        if arguments:
            return str(record.msg) % {key: _argument(value) for key, value in arguments.items()}
    except (TypeError, ValueError, KeyError):
        pass
    return str(record.msg)


def _argument(value: object) -> object:
    match value:
        case bool() | int() | float() | None:
            return value
        case BaseException():
            return _type(value)
        case str() if len(value) <= _LONGEST_ARGUMENT:
            return value
        case str():
            return f"({len(value)} characters)"
        case type():
            return value.__qualname__
        case _:
            return f"({type(value).__qualname__})"


def _describe(error: BaseException) -> Iterator[str]:
    """Yield the error and what it came from, oldest last, each with the places that it passed."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield _type(current)
        for frame, line in traceback.walk_tb(current.__traceback__):
            yield f"  {_place(frame)}:{line} {frame.f_code.co_name}"
        if isinstance(current, BaseExceptionGroup):
            yield "  with " + ", ".join(_type(each) for each in current.exceptions)
        hidden = current.__suppress_context__
        current = current.__cause__ or (None if hidden else current.__context__)


def _type(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")


def _place(frame: FrameType) -> str:
    """Return the file within its package: the folders above it may name the person."""
    package = frame.f_globals.get("__package__") or ""
    return "/".join([*filter(None, package.split(".")), Path(frame.f_code.co_filename).name])
