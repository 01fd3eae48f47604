"""Arrays that grow at their end: what is new is added without touching what is there."""

from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Item = TypeVar("Item", bound=np.generic)


class Column(Generic[Item]):
    """Values of one kind, or rows of a width, one after the other."""

    def __init__(self, kind: type[Item], width: int = 0) -> None:
        self._size = 0
        self._room: NDArray[Item] = np.zeros((0, width) if width else 0, kind)

    @property
    def values(self) -> NDArray[Item]:
        """All values; good until more are added."""
        return self._room[: self._size]

    def __len__(self) -> int:
        return self._size

    def add(self, values: NDArray[Item]) -> None:
        """Put values behind the last one."""
        size = self._size + len(values)
        if size > len(self._room):  # an eighth more, not twice: of vectors that would be much
            room = np.zeros((max(16, size + size // 8), *self._room.shape[1:]), self._room.dtype)
            room[: self._size] = self.values
            self._room = room
        self._room[self._size : size] = values
        self._size = size
