"""The folder with a stronger filter model: what is there, whether it is the published thing, and its end."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.core.backends.description import ModelFile, StrongModel
from app.core.errors import ModelBroken, NotReady, StoreError

_ROOM: Final = 64 << 20
"""Bytes that stay free on the disk, whatever is downloaded."""
PART: Final = ".part"


def free_room(folder: Path) -> int:
    """Return the bytes that may still be written there."""
    return shutil.disk_usage(folder).free


class ModelFolder:
    """Where the files of one model are, or will be."""

    def __init__(self, model: StrongModel, folder: Path, free: Callable[[Path], int] = free_room) -> None:
        self.model = model
        self.folder = folder
        self._free = free

    def missing(self) -> list[ModelFile]:
        """Return the files that are not there in their full size."""
        return [each for each in self.model.files if _size(self.folder / each.name) != each.size]

    def part(self, file: ModelFile) -> Path:
        """Return where a file grows until it is whole."""
        return self.folder / (file.name + PART)

    def verify(self) -> None:
        """Compare every file with its published fingerprint.

        Raises:
            NotReady: a file is missing.
            ModelBroken: a file is another one.
        """
        if self.missing():
            raise NotReady(
                "The stronger filter is not on this computer. Get it with `confidant filter-model get`."
            )
        for file in self.model.files:
            if not _is_right(self.folder / file.name, file):
                raise ModelBroken(
                    f"{file.name} is not the file that was published. Remove the stronger filter with "
                    "`confidant filter-model remove`, and get it again."
                )

    def make_room(self) -> None:
        """Make the folder, and see that what is missing fits on the disk.

        Raises:
            StoreError: it does not.
        """
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            free = self._free(self.folder)
        except OSError as error:
            raise StoreError("The folder for models cannot be made. Is the disk read-only?") from error
        needed = sum(max(0, each.size - (_size(self.part(each)) or 0)) for each in self.missing())
        if needed and free < needed + _ROOM:
            raise StoreError(
                f"The disk has {free / 1e9:.1f} GB left, and the stronger filter needs {needed / 1e9:.1f} GB "
                "more. Free some room first."
            )

    def accept(self, file: ModelFile) -> None:
        """Take a file that is whole now, if it is the published one; else delete it.

        Raises:
            ModelBroken: it is another one.
        """
        part = self.part(file)
        if not _is_right(part, file):
            part.unlink(missing_ok=True)
            raise ModelBroken(
                f"{file.name} is not the file that was published, so it was deleted. "
                "Try again later; if it happens again, do not use it."
            )
        os.replace(part, self.folder / file.name)

    def adopt(self, source: Path) -> Iterator[int]:
        """Copy files that somebody fetched himself, and yield the bytes of each as it is accepted.

        Raises:
            NotReady: one is not there.
            ModelBroken: one is another file.
            StoreError: the disk is full, or cannot be written.
        """
        self.make_room()
        for file in self.missing():
            found = next((at for at in (source / file.name, source / file.path) if at.is_file()), None)
            if found is None:
                raise NotReady(f"{file.name} is not in that folder.")
            with writing():
                shutil.copyfile(found, self.part(file))
            self.accept(file)
            yield file.size

    def remove(self) -> None:
        """Delete every file of the model, half ones too.

        Raises:
            StoreError: one cannot be deleted.
        """
        try:
            for file in self.model.files:
                (self.folder / file.name).unlink(missing_ok=True)
                self.part(file).unlink(missing_ok=True)
            if self.folder.is_dir() and not any(self.folder.iterdir()):
                self.folder.rmdir()
        except OSError as error:
            raise StoreError("The stronger filter could not be deleted.") from error


@contextmanager
def writing() -> Iterator[None]:
    """Turn what a disk says while it is written to into a sentence."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            "The file could not be written: the disk is full, or read-only. Free some room and try again; "
            "it goes on where it stopped."
        ) from error


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _is_right(path: Path, file: ModelFile) -> bool:
    if _size(path) != file.size:
        return False
    try:
        with path.open("rb", buffering=0) as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest() == file.sha256
    except OSError:
        return False
