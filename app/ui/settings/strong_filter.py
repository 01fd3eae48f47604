"""The stronger filter, as the settings see it: what it is, whether it is here, and how to get it."""

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from app.core.backends.files import ModelFolder
from app.core.backends.strong import MISSING
from app.core.cancel import Cancel
from app.core.settings import PRIVACY_STRONG_FILTER, Settings


@dataclass(frozen=True, slots=True)
class StrongStatus:
    """What the person should know before he gets it."""

    title: str
    licence: str
    size: int
    """Bytes of all files."""
    missing: int
    """Bytes that are not here yet; files that are half here count whole."""
    address: str
    fingerprints: str
    is_used: bool
    why_not: str
    """What else it needs, as a sentence; empty where it can be used."""


class Model(Protocol):
    """What tries the model before it is used."""

    def load(self) -> object: ...


class Additions(Protocol):
    """What a person may add to the filter."""

    @property
    def files(self) -> ModelFolder: ...

    @property
    def strong(self) -> Model: ...


class Getting(Protocol):
    """Who can download it."""

    def get_strong_filter(self, cancel: Cancel) -> Iterator[int]: ...


class StrongFilterDoor:
    """Everything about it that blocks: for workers only."""

    def __init__(self, additions: Additions, getting: Getting, settings: Settings) -> None:
        self._additions = additions
        self._getting = getting
        self._settings = settings

    def status(self) -> StrongStatus:
        """Say how it stands."""
        files = self._additions.files
        model = files.model
        has_libraries = all(importlib.util.find_spec(name) for name in ("onnxruntime", "tokenizers"))
        return StrongStatus(
            model.title,
            model.licence,
            model.size,
            sum(each.size for each in files.missing()),
            model.address,
            model.fingerprints,
            self._settings[PRIVACY_STRONG_FILTER],
            "" if has_libraries else MISSING,
        )

    def get(self, cancel: Cancel) -> Iterator[int]:
        """Download it, and yield how many bytes are there; raises as the download does."""
        return self._getting.get_strong_filter(cancel)

    def use(self) -> StrongStatus:
        """Try it on sentences whose details are known, then use it.

        Raises:
            NotReady, ModelBroken: it is not here, or is not what it should be.
        """
        self._additions.strong.load()
        self._settings.set(PRIVACY_STRONG_FILTER, True)
        return self.status()

    def rest(self) -> StrongStatus:
        """Use the built-in filter alone; the files stay."""
        self._settings.set(PRIVACY_STRONG_FILTER, False)
        return self.status()

    def remove(self) -> StrongStatus:
        """Use the built-in filter alone, and delete the files."""
        self._settings.set(PRIVACY_STRONG_FILTER, False)
        self._additions.files.remove()
        return self.status()
