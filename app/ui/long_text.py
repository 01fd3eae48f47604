"""Keeps very long texts from freezing the window."""

import re
from typing import Final

from PySide6.QtGui import QTextOption

SHOWN: Final = 20_000
"""Characters of a long text that are drawn; copying always gives all of it."""

_UNBROKEN = re.compile(r"\S{4000}")


def wrap_mode(text: str) -> QTextOption.WrapMode:
    """Return how to break lines; looking for word ends in one endless word takes Qt minutes."""
    if _UNBROKEN.search(text):
        return QTextOption.WrapMode.WrapAnywhere
    return QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
