"""Of a long conversation whole turns stay here, and what goes out begins as it did before."""

from hypothesis import given
from hypothesis import strategies as st

from app.core.aide.budget import HISTORY, first_kept

SIZES = st.lists(st.integers(1, 400), max_size=60)


def test_a_short_conversation_goes_along_whole() -> None:
    assert first_kept([]) == 0
    assert first_kept([HISTORY]) == 0


def test_a_turn_that_is_too_long_alone_stays_here() -> None:
    assert first_kept([HISTORY + 1]) == 1


@given(SIZES)
def test_what_goes_fits(sizes: list[int]) -> None:
    assert sum(sizes[first_kept(sizes, 1000) :]) <= 1000


@given(SIZES, st.integers(1, 400))
def test_it_never_goes_back_and_moves_only_where_it_must(sizes: list[int], more: int) -> None:
    before, after = first_kept(sizes, 1000), first_kept([*sizes, more], 1000)
    assert before <= after
    if sum(sizes[before:]) + more <= 1000:
        assert before == after
    else:
        assert sum([*sizes, more][after:]) <= 500
