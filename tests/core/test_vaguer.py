"""A vaguer wording by the model is a proposal that gives nothing away; else the rule's wording stands."""

import pytest

from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.errors import Cancelled
from app.core.vaguer import LONGEST, Vaguer
from app.privacy.detectors.wordlist import WordLists
from app.privacy.types import Kind

LISTS = WordLists()
TEXT = "We look for help for Zoé, 7, at École Pasteur, says Quentin."
DETAIL = "Zoé, 7, at École Pasteur"


def vaguer(said, kind=Kind.PERSON, text=TEXT, detail=DETAIL, **options):
    start = text.index(detail)
    engine = EchoEngine([said], **options)
    made = Vaguer(engine, LISTS, lambda: "", seconds=0.5)
    return made.vaguer(text, start, start + len(detail), kind, Cancel())


@pytest.mark.parametrize(
    "said",
    [
        "a 7-year-old child",
        "a child in the first years of school",
        "a child between 5-10",
        "a child of her 30s",
    ],
)
def test_a_wording_that_gives_nothing_away_is_proposed(said) -> None:
    assert vaguer(said) == said


@pytest.mark.parametrize(
    "said",
    [
        "", "a", "zoé, a child", "a child at école something", "a child at Pasteur", "a pasteur pupil",
        "a child aged 8", "a friend of quentin", "a friend of Quentin", "a child in Lyon", "7",
        "zoé, 7, at école pasteur", "a child " * 10, "look for help",
    ],
)  # fmt: skip
def test_a_wording_that_tells_or_does_not_fit_gives_way_to_the_rule(said) -> None:
    assert vaguer(said) == "somebody"


def test_the_rule_of_the_kind_stands_in() -> None:
    text = "It began on 14 March 2019 at night."
    assert vaguer("on 14 March 2019", Kind.DATE, text, "14 March 2019") == "March 2019"


def test_a_wording_is_one_short_line() -> None:
    said = vaguer("a child\n  of the  school.")
    assert said == "a child of the school"
    assert len(said) <= LONGEST


def test_a_slow_model_is_not_waited_for() -> None:
    assert vaguer("a 7-year-old child", pause=0.4) == "somebody"


def test_stop_stops_it() -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        Vaguer(EchoEngine(["x"]), LISTS, lambda: "").vaguer(TEXT, 0, 2, Kind.PERSON, cancel)


def test_a_model_whose_wordings_are_of_no_use_is_not_asked() -> None:
    engine = EchoEngine()
    made = Vaguer(engine, LISTS, lambda: "Too small.")
    assert not made.offers
    assert (
        made.vaguer(TEXT, TEXT.index(DETAIL), TEXT.index(DETAIL) + len(DETAIL), Kind.PERSON, Cancel())
        == "somebody"
    )
    assert engine.prompts == []
