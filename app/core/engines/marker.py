"""A mark on disk while a model loads, so that a load that kills the program is not repeated."""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from app.core.errors import Fix, ModelBroken

_SAME_START: Final = 2.0
"""Seconds by which two readings of one process's start may differ."""


class LoadMarker:
    """The marks in a profile's run folder, one a process; they hold no path and no name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._own = folder / f"loading-{os.getpid()}.json"

    def check(self, model: Path) -> None:
        """Refuse a model whose last load ended with the process.

        Raises:
            ModelBroken: it did.
        """
        if any(True for _ in self._crashed(model)):
            raise ModelBroken(
                "Confidant closed while loading this model last time. "
                "Choose another model, or load it anyway.",
                Fix.LOAD_ANYWAY,
            )

    def forgive(self, model: Path) -> None:
        """Forget that a load of this model ended badly."""
        for mark in list(self._crashed(model)):
            mark.unlink(missing_ok=True)

    @contextmanager
    def loading(self, model: Path) -> Iterator[None]:
        """Keep the mark while the block runs; an exception takes it away too, a crash does not."""
        mark = {"model": _fingerprint(model), "pid": os.getpid(), "started": _started(os.getpid())}
        # A full or read-only disk: better without the mark than without an answer.
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._own.open("w", encoding="ascii") as file:
                json.dump(mark, file)
                file.flush()
                os.fsync(file.fileno())
        try:
            yield
        finally:
            with suppress(OSError):
                self._own.unlink(missing_ok=True)

    def _crashed(self, model: Path) -> Iterator[Path]:
        fingerprint = _fingerprint(model)
        for path in self._folder.glob("loading-*.json"):
            try:
                mark = json.loads(path.read_text(encoding="ascii"))
                model_of_mark, pid, started = mark["model"], int(mark["pid"]), float(mark["started"])
            except (OSError, ValueError, TypeError, KeyError):
                continue
            # A clock that is set right moves these times a little.
            alive = abs(_started(pid) - started) < _SAME_START
            if fingerprint and model_of_mark == fingerprint and not alive:
                yield path


def _fingerprint(model: Path) -> str:
    try:
        stat = model.stat()
    except OSError:
        return ""
    said = f"{model.resolve()}\0{stat.st_size}\0{stat.st_mtime_ns}"
    return hashlib.sha256(said.encode("utf-8", "surrogateescape")).hexdigest()


def _started(pid: int) -> float:
    """Return when a process began, or 0 for one that is gone; numbers of processes are used again."""
    import psutil

    try:
        return float(psutil.Process(pid).create_time())
    except psutil.Error:
        return 0.0
