"""Writes a file whole or not at all."""

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from app.core.errors import TransferFault


def put(path: Path, pieces: Iterable[str]) -> None:
    """Write into a file beside the wanted one, which takes its place when all of it is on the disk.

    Only its owner may read it. Whatever `pieces` raises goes on to the caller, and there is no file then.

    Raises:
        TransferFault: it cannot be written there.
    """
    half: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        half = Path(name)
        with open(handle, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
        half = None
    except OSError as error:
        raise TransferFault(
            "The file could not be written. Choose another place, or make room on the disk."
        ) from error
    finally:
        if half is not None:
            with suppress(OSError):
                half.unlink()
