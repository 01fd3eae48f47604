"""Faults of a draft that rules can find."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.verify import faults

QUESTION = "How many apples are there in all three baskets?"


@pytest.mark.parametrize(
    "draft",
    [
        "3 + 4 = 7",
        "2 * 3 + 4 = 10",
        "10 / 4 = 2.5",
        "10 / 3 = 3.33",
        "$1,200 - $200 = $1,000",
        "100 ÷ 8 = 12.5 and 5 × 6 = 30",
        "40% * 60 = 0.40 * 60 = 24",
        "40% * 60 = 24, and 40% + 60% = 100%",
        "From 6:00 + 2 = 8:00 on",
        "x = 4",
        "Version 3.11 = newest",
        "There are seven.",
        "5 - 7 = -2",
    ],
)
def test_a_sound_draft_has_no_faults(draft):
    assert faults(QUESTION, draft) == []


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        ("3 + 4 = 8", "sums"),
        ("2 * 3 + 4 = 14", "sums"),
        ("10 / 0 = 5", "sums"),
        ("40% * 60 = 25", "sums"),
        ("$1,200 - $200 = $900", "sums"),
        ("1 + 1 = 2, 2 + 2 = 5 and 3 + 3 = 7", "2 of the draft's sums are"),
        ("I'm sorry, but I can't help with that.", "declines"),
        ("I cannot assist with this request", "declines"),
        ("", "empty"),
        ("it goes on and on and on and then " * 4, "repeats"),
    ],
)
def test_a_fault_is_told_in_words(draft, told):
    assert any(told in fault for fault in faults(QUESTION, draft))


@given(st.text(alphabet="0123456789.,+-*/=x $", max_size=300))
def test_no_draft_can_break_the_checks(draft):
    faults(QUESTION, draft)
