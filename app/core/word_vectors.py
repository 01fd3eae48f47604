"""What the name model knows about each of half a million words by itself: a row of numbers.

spaCy's own table keeps every word and a dictionary of Python objects, over a hundred megabytes in memory. The
network asks for many words at once, by their hashes, so three arrays will do.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KEYS, ROWS, TABLE = "keys.npy", "rows.npy", "table.npy"


class WordVectors:
    """A table in the shape that spaCy's networks ask for; unknown words are zeros."""

    def __init__(
        self, keys: "NDArray[np.uint32]", rows: "NDArray[np.uint16]", table: "NDArray[np.float32]"
    ) -> None:
        """Take sorted hashes, the row of each, and the rows; the last row is that of unknown words."""
        self._keys = keys
        self._rows = rows
        self._table = table
        self.strings: Iterable[str] = ()

    @classmethod
    def from_folder(cls, folder: Path) -> "WordVectors":
        """Read what `to_folder` wrote.

        Raises:
            OSError: a file is missing.
        """
        import numpy as np

        table = np.load(folder / TABLE).astype(np.float32)
        return cls(np.load(folder / KEYS), np.load(folder / ROWS), table)

    def to_folder(self, folder: Path) -> None:
        """Write three files; the table in half precision, which changes no answer."""
        import numpy as np

        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / KEYS, self._keys)
        np.save(folder / ROWS, self._rows)
        np.save(folder / TABLE, self._table.astype(np.float16))

    @property
    def shape(self) -> tuple[int, ...]:
        return self._table.shape

    def get_batch(self, keys: "NDArray[np.uint64]") -> "NDArray[np.float32]":
        """Look words up by half of their hashes, which gives one unknown word in ten thousand a row."""
        import numpy as np

        short = keys.astype(np.uint32)
        at = np.searchsorted(self._keys, short)
        at[at == len(self._keys)] = 0
        rows = np.where(self._keys[at] == short, self._rows[at], len(self._table) - 1)
        return self._table[rows]
