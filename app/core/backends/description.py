"""What a stronger filter model is: where it comes from, which files, with which fingerprints and labels."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from app.privacy.types import Kind
from app.resources import RESOURCES

STANDARD: Final = RESOURCES / "strong-filter.json"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file, as it was published."""

    name: str
    """On this computer."""
    path: str
    """Below the model's address."""
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class StrongModel:
    """A model that labels each token of a text."""

    name: str
    title: str
    licence: str
    address: str
    """Where the files are, with a revision in it that never changes."""
    fingerprints: str
    """Where sizes and fingerprints come from, in words for the person."""
    files: tuple[ModelFile, ...]
    model: str
    """Name of the ONNX file; other files may hold its numbers."""
    tokenizer: str
    window: int
    """Tokens that the model sees at once."""
    overlap: int
    """Tokens at each end of a window that only give context."""
    labels: tuple[str, ...]
    """Of the model's outputs in order, in BIO or BIOES form."""
    kinds: Mapping[str, Kind]
    """What a label without its first two letters stands for; others are passed over."""

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)


def read(path: Path = STANDARD) -> StrongModel:
    """Read a description.

    Raises:
        OSError, ValueError, KeyError: it ships with the program, so this is a broken installation.
    """
    fields = cast(dict[str, object], json.loads(path.read_text(encoding="utf-8")))
    texts = {key: value for key, value in fields.items() if isinstance(value, str)}
    files = cast(list[dict[str, str | int]], fields["files"])
    kinds = cast(dict[str, str], fields["kinds"])
    return StrongModel(
        name=texts["name"],
        title=texts["title"],
        licence=texts["licence"],
        address=texts["address"],
        fingerprints=texts["fingerprints"],
        files=tuple(
            ModelFile(str(each["name"]), str(each["path"]), int(each["size"]), str(each["sha256"]))
            for each in files
        ),
        model=texts["model"],
        tokenizer=texts["tokenizer"],
        window=cast(int, fields["window"]),
        overlap=cast(int, fields["overlap"]),
        labels=tuple(cast(list[str], fields["labels"])),
        kinds={label: Kind(kind) for label, kind in kinds.items()},
    )
