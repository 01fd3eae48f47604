"""What tells a trait can be said less exactly, and the sentence still reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.privacy.exposure import Trait, reveals, vaguer
from tests.privacy.test_telling import HITS

SENTENCES = [
    ("I'm 34 and tired.", "I'm in my 30s and tired."),
    ("I am 67 years old.", "I am in my 60s."),
    ("I'm a 52-year-old beginner.", "I'm a fifty-something beginner."),
    ("I was born in 1988.", "I was born in the 1980s."),
    ("I'm a nurse.", "I'm a health worker."),
    ("I'm the only vet here.", "I'm a health worker here."),
    ("I'm an electrician.", "I'm a tradesperson."),
    ("I work as a night porter.", "I work as a professional."),
    ("We run a small bakery.", "We have a business."),
    ("I live in Porto Alegre.", "I live in a town in Brazil."),
    ("I live in Marburg.", "I live in a town."),
    ("I work at Globex.", "I work at a company."),
    ("I work at Saint Olga Hospital.", "I work at a place that cares for the sick."),
    ("I'm a PhD student.", "I'm someone who studies."),
    ("My wife says no.", "My family says no."),
    ("I am a single mother of two.", "I am someone with a family."),
    ("I'm German.", "I'm European."),
    ("As a Finn, I love saunas.", "As a European, I love saunas."),
    ("I have a Swiss passport.", "I have a document."),
    ("I take metformin.", "I take medication."),
    ("I have asthma.", "I have health trouble."),
    ("My oncologist is kind.", "My doctor is kind."),
    ("I'm Catholic.", "I'm someone with beliefs."),
    ("I earn $5,200 a month.", "I earn five to ten thousand dollars a month."),
    ("I'm in debt.", "I'm short of money."),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text for text, _ in SENTENCES])
def test_the_sentence_reads_with_vaguer_words_in_it(text: str, expected: str) -> None:
    for each in reversed(reveals(text)):
        text = text[: each.start] + vaguer(each.trait, text[each.start : each.end]) + text[each.end :]
    assert text == expected


def test_the_vaguer_words_never_hold_what_they_stand_for() -> None:
    for cases in HITS.values():
        for text, _ in cases:
            for each in reveals(text):
                value = text[each.start : each.end]
                assert value.casefold() not in vaguer(each.trait, value).casefold()


@given(st.sampled_from(Trait), st.text(max_size=60))
def test_there_are_words_for_anything(trait: Trait, value: str) -> None:
    said = vaguer(trait, value)
    assert said.strip()
    value = " ".join(value.split()).casefold()
    assert not value or f" {value} " not in f" {said.casefold()} "


def test_a_whole_statement_becomes_a_whole_statement() -> None:
    assert vaguer(Trait.HEALTH, "I was diagnosed with cancer") == "I have a health problem"
    assert vaguer(Trait.DATES, "3 May 2024") == "May 2024"
    assert vaguer(Trait.DATES, "soon") == "some time"
