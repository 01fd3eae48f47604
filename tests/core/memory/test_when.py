"""When a question is about: dates and the usual words for near times."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.memory.when import span

NOW = datetime(2026, 11, 24, 15, 30)

HITS = [
    ("what did I say on 3 May 2023?", "2023-05-03", "2023-05-04"),
    ("on May 3rd, 2023", "2023-05-03", "2023-05-04"),
    ("on 2023-05-03", "2023-05-03", "2023-05-04"),
    ("in December 2024", "2024-12-01", "2025-01-01"),
    ("what happened in March", "2026-03-01", "2026-04-01"),
    ("in December", "2025-12-01", "2026-01-01"),
    ("the 3rd of Sept", "2026-09-03", "2026-09-04"),
    ("where did we go in 2019", "2019-01-01", "2020-01-01"),
    ("yesterday", "2026-11-23", "2026-11-24"),
    ("what did I say last week about soup", "2026-11-10", "2026-11-24"),
    ("two weeks ago", "2026-11-06", "2026-11-14"),
    ("today", "2026-11-24", "2026-11-25"),
]


@pytest.mark.parametrize(("query", "first", "last"), HITS)
def test_a_time_is_read(query: str, first: str, last: str) -> None:
    found = span(query, NOW.timestamp())
    assert found is not None
    assert datetime.fromtimestamp(found[0]).date().isoformat() == first
    assert datetime.fromtimestamp(found[1]).date().isoformat() == last


@pytest.mark.parametrize(
    "query",
    [
        "may I go?",
        "a long march",
        "the 2019 model",
        "30 February 2024",
        "on 2023-13-45",
        "room 12",
        "what is 5 ago",
    ],
)
def test_what_is_no_time_is_none(query: str) -> None:
    assert span(query, NOW.timestamp()) is None


@given(st.text(max_size=80), st.floats(allow_nan=False))
def test_nothing_makes_it_fail(query: str, now: float) -> None:
    span(query, now)
