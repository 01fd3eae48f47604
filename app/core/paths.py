"""Where things are on disk."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path


def _default_profile() -> Path:
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", home / "AppData/Roaming")) / "Confidant"
    if sys.platform == "darwin":
        return home / "Library/Application Support/Confidant"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share") / "confidant"


@dataclass(frozen=True, slots=True)
class Paths:
    """One profile: everything that Confidant keeps is in this folder (keys are in the keyring)."""

    profile: Path

    @classmethod
    def choose(cls, profile: str | None = None) -> "Paths":
        """Take the argument, then `CONFIDANT_PROFILE`, then the platform's data folder."""
        named = profile or os.environ.get("CONFIDANT_PROFILE")
        return cls(Path(named).expanduser().resolve() if named else _default_profile())

    def create(self) -> None:
        """Make the folders, readable by their owner only.

        Raises:
            OSError: the folder cannot be made.
        """
        for folder in (self.profile, self.models, self.run):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    @property
    def database(self) -> Path:
        return self.profile / "confidant.db"

    @property
    def early_settings(self) -> Path:
        """Settings that are needed before the database opens; no private words."""
        return self.profile / "settings.json"

    @property
    def models(self) -> Path:
        return self.profile / "models"

    @property
    def run(self) -> Path:
        """Sockets, locks and markers of running processes."""
        return self.profile / "run"

    @property
    def log(self) -> Path:
        return self.profile / "confidant.log"
