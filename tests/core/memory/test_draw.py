"""Facts are drawn from the person's own sentences about himself, and from nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentences import KEPT_BACK, SEEN, Table

from app.core.memory.draw import attribute, draw


def figures(table: Table) -> tuple[float, float]:
    """Return precision and recall of the facts drawn from a table's messages."""
    right = drawn = there = 0
    for message, expected in table:
        found = {fact.text for fact in draw(message)}
        right, drawn, there = right + len(found & {*expected}), drawn + len(found), there + len(expected)
    return right / drawn, right / there


@pytest.mark.parametrize(("table", "precision", "recall"), [(SEEN, 0.97, 0.95), (KEPT_BACK, 0.85, 0.75)])
def test_rather_no_fact_than_a_wrong_one(table: Table, precision: float, recall: float) -> None:
    found = figures(table)
    assert found >= (precision, 0.0)
    assert found[1] >= recall


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("I live in Hull.", "I moved to Leeds in May."),
        ("My daughter Zoé is 7.", "Zoé is now 8."),
        ("I'm 34.", "I turned 35."),
        ("My favourite colour is teal.", "My favourite colour is red."),
        ("I'm vegetarian.", "I'm now vegan."),
        ("Our landlord is called Mr Pace.", "My landlord is called Mrs Quispe."),
        ("I smoke.", "I quit smoking."),
    ],
)
def test_what_can_hold_once_only_is_known_as_the_same_thing(older: str, newer: str) -> None:
    assert attribute(older)
    assert attribute(older) == attribute(newer)


@pytest.mark.parametrize(
    "fact", ["I have two cats.", "I hate horror films.", "My brother works for the railway.", "I play chess."]
)
def test_what_may_stand_beside_others_contradicts_nothing(fact: str) -> None:
    assert attribute(fact) == ""


def test_two_children_are_two_things() -> None:
    assert attribute("My daughter Zoé is 7.") != attribute("My daughter Ana is 7.")


@given(st.text(max_size=300))
def test_nothing_that_can_be_typed_stops_it(message: str) -> None:
    draw(message)


def test_a_long_paste_is_not_read() -> None:
    assert draw("I am vegetarian. " * 100) == ()
