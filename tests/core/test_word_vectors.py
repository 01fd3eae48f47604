"""The table of words gives each known word its row, and every other word zeros."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.word_vectors import WordVectors

HASHES = st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=50, unique=True)


def table(hashes: list[int]) -> WordVectors:
    """Give the n-th smallest hash the row n+1, n+1; the last row is that of unknown words."""
    rows = np.array([[float(at + 1)] * 2 for at in range(len(hashes))] + [[0.0, 0.0]], dtype=np.float32)
    return WordVectors(
        np.array(sorted(hashes), dtype=np.uint32), np.arange(len(hashes), dtype=np.uint16), rows
    )


@given(HASHES, st.lists(st.integers(0, 2**64 - 1), max_size=20))
def test_a_known_word_has_its_row_and_an_unknown_one_zeros(hashes: list[int], others: list[int]) -> None:
    asked = [each + (1 << 40) for each in hashes] + others
    found = table(hashes).get_batch(np.array(asked, dtype=np.uint64))
    order = {each: at + 1 for at, each in enumerate(sorted(hashes))}
    assert [row[0] for row in found] == [order.get(each & 0xFFFFFFFF, 0) for each in asked]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    table([7, 3, 2**31]).to_folder(tmp_path / "words")
    again = WordVectors.from_folder(tmp_path / "words")
    assert again.shape == (4, 2)
    assert again.get_batch(np.array([3, 7, 2**31, 8], dtype=np.uint64)).tolist() == [
        [1, 1],
        [2, 2],
        [3, 3],
        [0, 0],
    ]


def test_a_missing_table_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="npy"):
        WordVectors.from_folder(tmp_path)
