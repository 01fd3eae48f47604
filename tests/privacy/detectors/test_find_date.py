import pytest
from tables import found, hides

from app.privacy.detectors import date
from app.privacy.types import Kind

DETECTOR = date.detector()
HITS = [
    ("DOB 03/12/1984", "03/12/1984", Kind.BIRTHDATE),
    ("born on 3 May 1984", "3 May 1984", Kind.BIRTHDATE),
    ("date of birth: 1984-03-12", "1984-03-12", Kind.BIRTHDATE),
    ("geboren am 12.03.1984", "12.03.1984", Kind.BIRTHDATE),
    ("née le 12 mars 1984", "12 mars 1984", Kind.BIRTHDATE),
    ("Date of birth:\n7 April 1991", "7 April 1991", Kind.BIRTHDATE),
    ("**DOB:** 07/04/1991", "07/04/1991", Kind.BIRTHDATE),
    ("| Date of birth | 7.4.1991 |", "7.4.1991", Kind.BIRTHDATE),
    ('{"date_of_birth": "1991-04-07"}', "1991-04-07", Kind.BIRTHDATE),
    ("fecha de nacimiento: 7 de abril de 1991", "7 de abril de 1991", Kind.BIRTHDATE),
    ("data di nascita 7 aprile 1991", "7 aprile 1991", Kind.BIRTHDATE),
    ("data de nascimento: 7 de março de 1991", "7 de março de 1991", Kind.BIRTHDATE),
    ("geboortedatum 7 maart 1991", "7 maart 1991", Kind.BIRTHDATE),
    ("data urodzenia: 7 kwietnia 1991", "7 kwietnia 1991", Kind.BIRTHDATE),
    ("Geburtsdatum\n07.04.1991", "07.04.1991", Kind.BIRTHDATE),
    ("on 12 May 2023 we met", "12 May 2023", Kind.DATE),
    ("March 3rd, 2021", "March 3rd, 2021", Kind.DATE),
    ("2024-01-31", "2024-01-31", Kind.DATE),
    ("31/01/2024", "31/01/2024", Kind.DATE),
    ("2024年1月31日", "2024年1月31日", Kind.DATE),
    ("I am 34.", "34", Kind.AGE),
    ("a 7-year-old child", "7-year-old", Kind.AGE),
    ("35 ans", "35 ans", Kind.AGE),
    ("aged 45", "45", Kind.AGE),
]
MISSES = [
    "version 3.11.7", "1/2 cup", "2024-13-45", "Python 3.11", "may I ask", "the march of time", "10.0.0.1", "I am 34%", "page 12",
    "I am 180 cm tall", "12/2024x", "in 25 minutes", "1.2.3",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "kind"), HITS)
def test_a_date_or_an_age_is_found(text: str, value: str, kind: Kind) -> None:
    assert hides(DETECTOR, text, value, kind)


@pytest.mark.parametrize("text", MISSES)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert not found(DETECTOR, text)
