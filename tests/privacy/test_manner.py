"""How an answer is to be is no private detail, and hiding it spoils the answer."""

import pytest

from app.privacy.manner import without_manner
from app.privacy.types import Finding, Kind

HITS = [
    ("Please answer in Vietnamese, no other language.", "Vietnamese"),
    ("Reply in Russian", "Russian"),
    ("Translate it into Japanese.", "Japanese"),
    ("Translate this from Polish to Swedish.", "Polish"),
    ("Translate this from Polish to Swedish.", "Swedish"),
    ("Write it in German and French, please.", "French"),
    ("Only in the Bengali language.", "Bengali"),
    ("I need a Ukrainian translation.", "Ukrainian"),
    ("Write it in Marathi only.", "Marathi"),
    ("End with a P.P.S about the weather.", "a P.P.S"),
    ("Add P.S. at the end.", "P.S"),
]
MISSES = [
    ("I ate in German restaurants.", "German"),
    ("My wife is Vietnamese.", "Vietnamese"),
    ("I speak Russian at home.", "Russian"),
    ("He works for Polish Airlines.", "Polish Airlines"),
    ("She lives in Poland.", "Poland"),
    ("Talk to Frenchman Paul.", "Frenchman"),
    ("In English-speaking Canada", "English"),
    ("Send it to German Petrov.", "German Petrov"),
    ("Send it to German Petrov.", "German"),
    ("P. Smith wrote in French.", "P. Smith"),
]


def found(text: str, value: str, kind: Kind = Kind.ORG) -> list[Finding]:
    start = text.index(value)
    return list(without_manner([Finding(kind, start, start + len(value), 0.7, "x", "x")], text))


@pytest.mark.parametrize(("text", "value"), HITS)
def test_a_wish_about_the_answer_is_no_name(text: str, value: str) -> None:
    assert found(text, value) == []


@pytest.mark.parametrize(("text", "value"), MISSES)
def test_what_tells_of_somebody_stays_a_finding(text: str, value: str) -> None:
    assert len(found(text, value)) == 1


def test_only_names_are_left_out() -> None:
    assert len(found("Answer in Vietnamese.", "Vietnamese", Kind.RECORD)) == 1
