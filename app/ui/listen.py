"""Lets a listener on another thread outlive the widget that it tells."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

T = TypeVar("T")


def while_alive(owner: QObject, emit: Callable[[T], None]) -> Callable[[T], None]:
    """Return a listener that emits one of the owner's signals, and does nothing once it is gone."""

    def tell(value: T) -> None:
        if isValid(owner):
            emit(value)

    return tell
