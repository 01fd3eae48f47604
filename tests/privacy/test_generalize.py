"""A vaguer wording is true, and never holds the value."""

import pytest

from app.privacy.generalize import generalize
from app.privacy.types import Kind


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        (Kind.BIRTHDATE, "12 March 1984", "1984"),
        (Kind.BIRTHDATE, "1984-03-12", "1984"),
        (Kind.BIRTHDATE, "1984", "the 1980s"),
        (Kind.BIRTHDATE, "12.3.84", "a date of birth"),
        (Kind.DATE, "3 May 2024", "May 2024"),
        (Kind.DATE, "2024-05-03", "May 2024"),
        (Kind.DATE, "2024-45-03", "2024"),
        (Kind.DATE, "May 2024", "2024"),
        (Kind.DATE, "Sept. 3, 2024", "2024"),
        (Kind.DATE, "Sep 3, 2024", "September 2024"),
        (Kind.DATE, "03/05/2024", "2024"),
        (Kind.DATE, "yesterday", "a date"),
        (Kind.AGE, "42 years", "in the 40s"),
        (Kind.AGE, "7", "under 10"),
        (Kind.AGE, "15", "in the teens"),
        (Kind.AGE, "93", "over 90"),
        (Kind.AGE, "forty", "an age"),
        (Kind.MONEY, "$84,250", "fifty to a hundred thousand dollars"),
        (Kind.MONEY, "1.250,50 EUR", "one to two thousand euros"),
        (Kind.MONEY, "350 €", "two hundred to five hundred euros"),
        (Kind.MONEY, "€ 700", "five hundred to one thousand euros"),
        (Kind.MONEY, "Rs. 1,50,000", "a hundred to two hundred thousand rupees"),
        (Kind.MONEY, "3 million pesos", "two to five million pesos"),
        (Kind.MONEY, "7 bn", "five to ten billion"),
        (Kind.MONEY, "$900 bn", "an amount of money"),
        (Kind.INCOME, "62k", "fifty to a hundred thousand"),
        (Kind.INCOME, "$1.5 million", "one to two million dollars"),
        (Kind.INCOME, "100 grand", "a hundred to two hundred thousand"),
        (Kind.INCOME, "12 lakh", "one to two million"),
        (Kind.INCOME, "8 000 zł", "five to ten thousand złoty"),
        (Kind.INCOME, "sixty thousand", "a sum of money"),
        (Kind.MONEY, "0 EUR", "an amount of money"),
        (Kind.MONEY, "a lot", "an amount of money"),
        (Kind.COORDINATES, "52.5200, 13.4050", "52.5, 13.4"),
        (Kind.COORDINATES, "52.5, 13.4", "[place]"),
        (Kind.PLACE, "Skagway", "a place"),
        (Kind.OWN, "Bluebird", "something private"),
        (Kind.PERSON, "somebody", "somebody"),
    ],
)
def test_a_detail_is_said_less_exactly(kind: Kind, value: str, said: str) -> None:
    assert generalize(kind, value) == said
