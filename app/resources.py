"""Where the files that ship with the program are: in the package, or beside it in a source tree."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent
RESOURCES = next(folder for folder in (_HERE / "resources", _HERE.parent / "resources") if folder.is_dir())
"""Icons, styles and lists of names."""
