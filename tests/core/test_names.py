"""The name model finds people, organizations and places, and never fails silently."""

import threading

import pytest

from app.core import names
from app.core.names import NameDetector
from app.privacy.errors import PrivacyError
from app.privacy.types import Finding, Kind

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def detector() -> NameDetector:
    return NameDetector()


def found(detector: NameDetector, text: str) -> dict[str, Finding]:
    return {text[each.start : each.end]: each for each in detector.find(text)}


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("Yesterday Angela Baker met Peter Novak in Berlin.", "Angela Baker", Kind.PERSON),
        ("Yesterday Angela Baker met Peter Novak in Berlin.", "Berlin", Kind.PLACE),
        ("Shares of Goldman Sachs fell on Tuesday.", "Goldman Sachs", Kind.ORG),
        ("please tell angela baker that we meet", "angela baker", Kind.PERSON),
        ("PLEASE TELL ANGELA BAKER THAT WE MEET", "ANGELA BAKER", Kind.PERSON),
        ("The invoice of $12,500 is due.", "12,500", Kind.MONEY),
        ("They met on the 3rd of May 2021.", "the 3rd of May 2021", Kind.DATE),
    ],
)
def test_a_name_is_found(detector: NameDetector, text: str, value: str, kind: Kind) -> None:
    hits = [
        each
        for each in detector.find(text)
        if value in text[each.start : each.end] or text[each.start : each.end] in value
    ]
    assert kind in {each.kind for each in hits}


@pytest.mark.parametrize(
    ("text", "value", "public"),
    [
        ("What should I see in Paris next spring?", "Paris", True),
        ("We moved to Berlin, and she works for Siemens in Munich.", "Berlin", False),
        ("My office is in Berlin.", "Berlin", False),
        ("How did Germany recover after the war?", "Germany", True),
    ],
)
def test_a_place_is_public_unless_it_is_part_of_a_life(
    detector: NameDetector, text: str, value: str, public: bool
) -> None:
    assert found(detector, text)[value].public is public


def test_offsets_are_right_in_a_long_text(detector: NameDetector) -> None:
    text = "The weather was fine and nothing happened at all. " * 200 + "Then Angela Baker came."
    hits = found(detector, text)
    assert hits["Angela Baker"].start == text.index("Angela Baker")


def test_edges_are_clean(detector: NameDetector) -> None:
    for value in found(detector, "Hello,\n\nAngela Baker's book.\n\nRegards,\nPeter Novak\n"):
        assert value == value.strip(" \n.,:;'")
        assert "\n" not in value


def test_an_empty_text_holds_no_names(detector: NameDetector) -> None:
    assert not list(detector.find(""))


def test_the_model_is_loaded_once_by_whoever_comes_first() -> None:
    detector = NameDetector()
    warming = detector.warm()
    results: list[int] = []

    def ask() -> None:
        results.append(len(list(detector.find("Angela Baker met Peter Novak."))))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in [warming, *threads]:
        thread.join(60)
    assert results == [results[0]] * 3
    assert results[0] >= 2


def test_a_missing_model_stops_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "MODEL", "no_such_model")
    detector = NameDetector()
    detector.warm().join(60)
    with pytest.raises(PrivacyError, match="could not be loaded"):
        list(detector.find("Angela Baker"))


def test_a_model_that_recognizes_nothing_stops_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "_EXPECTED", {"Nobody at all"})
    with pytest.raises(PrivacyError, match="does not work"):
        list(NameDetector().find("Angela Baker"))


def test_the_names_are_the_same_without_the_unused_pipes(detector: NameDetector) -> None:
    import spacy

    text = "Angela Baker of Siemens met Peter Novak in Berlin on 3 May 2021 and paid $500 for the book."
    whole = {(each.text, each.label_) for each in spacy.load(names.MODEL)(text).ents}
    lean = {
        (each.text, each.label_)
        for each in spacy.load(names.MODEL, exclude=list(names.UNUSED_PIPES))(text).ents
    }
    assert whole == lean
