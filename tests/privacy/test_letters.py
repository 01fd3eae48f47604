"""Patterns for small letters find what patterns that ignore case find."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.privacy.detectors import date, finance, national, record, username
from app.privacy.letters import in_small, is_plain, small

PATTERNS = [
    rule.pattern
    for module in (date, finance, national, record, username)
    for rule in module.RULES
    if is_plain(rule.pattern)
]
TEXTS = """PATIENT No. ab-12345, Reisepass: C01X00T47, PESEL 44051401359, İD NO: 123456789, dıd 12 MÄRZ 2020,
Οδός ΟΔΟΣ 5, Born: 1 AÔUT 1990, Né le 03/04/1984, user_Name: Kİm.Lee77, IBAN de89 3704 0044 0532 0130 00, 12 Eur"""


def spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text)]


@pytest.mark.parametrize("text", [TEXTS, TEXTS.upper(), TEXTS.lower(), TEXTS.title(), TEXTS.swapcase()])
def test_a_pattern_for_small_letters_finds_the_same(text: str) -> None:
    for pattern in PATTERNS:
        assert spans(in_small(pattern.pattern), small(text)) == spans(pattern, text)


@given(st.text(st.sampled_from("İIıiΣςσKkÄäŁł _.:-#12aZnNoO"), max_size=40))
def test_letters_that_lose_a_dot_or_an_end_count_as_before(text: str) -> None:
    for raw in (
        r"(?<!\w)(?:id|İD|kın|no\.?)[ :]{0,2}\d",
        r"[A-ZÄŁ]{2,9}\W(?P<v>\S)\D",
        r"(?<!\w)οδός|ΣΣ|[^A-K]1",
    ):
        assert spans(in_small(raw), small(text)) == spans(re.compile(raw, re.IGNORECASE), text)


@given(st.text(max_size=60))
def test_no_character_moves(text: str) -> None:
    assert len(small(text)) == len(text)
    assert all(small(each) == small(text)[at] for at, each in enumerate(text))


def test_a_pattern_that_minds_capitals_somewhere_is_left_as_it_is() -> None:
    assert not is_plain(re.compile("a(?-i:B)", re.IGNORECASE))
    assert not is_plain(re.compile("a"))
