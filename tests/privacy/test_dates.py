"""Dates move in the way in which they are written."""

import pytest

from app.privacy.dates import moved, said_otherwise


@pytest.mark.parametrize(
    ("said", "later"),
    [
        ("1984-05-03", "1984-08-02"),
        ("1984/05/03", "1984/08/02"),
        ("3 May 1984", "2 August 1984"),
        ("3rd of May, 1984", "2nd of August, 1984"),
        ("MAY 3, 1984", "AUGUST 2, 1984"),
        ("May 3", "August 2"),
        ("5/3/84", "8/2/84"),
        ("03.05.1984", "02.08.1984"),
        ("31/12/1999", "31/03/2000"),
        ("3. März 1984", "2. Juni 1984"),
        ("le 3 mai 1984", "le 2 août 1984"),
        ("12 de octubre de 1990", "11 de enero de 1991"),
        ("Sept. 3, 2020", "Dec. 3, 2020"),
    ],
)
def test_a_date_moves_and_keeps_its_form(said: str, later: str) -> None:
    assert moved(said, 91) == later


@pytest.mark.parametrize("said", ["May 1984", "1984", "30 February 1984", "3 Frimaire 1984", "tomorrow", ""])
def test_what_says_no_day_does_not_move(said: str) -> None:
    assert moved(said, 91) == ""


def test_a_date_beyond_the_calendar_does_not_move() -> None:
    assert moved("9999-12-30", 700) == ""


def test_both_dates_are_said_in_the_same_ways() -> None:
    ways = dict(said_otherwise("14 June 1957", "3 May 1957"))
    assert ways["1957-06-14"] == "1957-05-03"
    assert ways["June 14 1957"] == "May 3 1957"
    assert ways["6/14/57"] == "5/3/57"
    assert "14 June 1957" not in dict(said_otherwise("14 June", "3 May"))
    assert list(said_otherwise("June", "May")) == []
