"""The name model finds people, organizations and places, and never fails silently."""

import json
import shutil
import threading
from pathlib import Path

import pytest

from app.core import names
from app.core.names import MANIFEST, MODEL, NameDetector
from app.core.reader import pieces
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
        (
            "name,city,company\nRosalind Achterberg,Wickstead,Brightvale Robotics\n",
            "Rosalind Achterberg",
            Kind.PERSON,
        ),
        ('user = {"name": "Rosalind Achterberg", "city": "Wickstead"}', "Rosalind Achterberg", Kind.PERSON),
        ("my landlord works at brightvale robotics since march", "brightvale robotics", Kind.ORG),
        ("Patient: Rosalind Achterberg\nAdmitted: 3 May 2021", "Rosalind Achterberg", Kind.PERSON),
        (
            "The applicant was represented by Mrs Vida Kolmanova, a lawyer practising in Hradec.",
            "Vida Kolmanova",
            Kind.PERSON,
        ),
        ("Joy commented on 2 June 2011: great recipe", "Joy", Kind.PERSON),
        ("At Tavernor Foods in Leicester I cut costs by a third.", "Tavernor Foods", Kind.ORG),
        ("what do you know about the company wexley research", "wexley", Kind.ORG),
        ("The invoice of $12,500 is due.", "12,500", Kind.MONEY),
        ("They met on the 3rd of May 2021.", "the 3rd of May 2021", Kind.DATE),
        ("Rosalind, 41, lives in Ghent.", "41", Kind.AGE),
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


def test_a_missing_model_stops_everything(tmp_path: Path) -> None:
    detector = NameDetector(folder=tmp_path / "no such model")
    detector.warm().join(60)
    with pytest.raises(PrivacyError, match="could not be loaded"):
        list(detector.find("Angela Baker"))


@pytest.mark.parametrize("name", sorted(json.loads((MODEL / MANIFEST).read_text(encoding="utf-8"))))
def test_a_model_with_a_changed_file_stops_everything(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(MODEL, folder)
    with (folder / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(PrivacyError, match="could not be loaded"):
        list(NameDetector(folder=folder).find("Angela Baker"))


def test_every_file_of_the_model_is_in_the_manifest() -> None:
    files = {path.relative_to(MODEL).as_posix() for path in MODEL.rglob("*") if path.is_file()}
    assert files - {MANIFEST, "README.md"} == set(json.loads((MODEL / MANIFEST).read_text(encoding="utf-8")))


def test_the_model_is_small() -> None:
    assert sum(path.stat().st_size for path in MODEL.rglob("*") if path.is_file()) < 25_000_000


@pytest.mark.parametrize(
    "text",
    [
        "Which is better for a web app, Django or FastAPI 0.115?",
        "Bake the banana bread for 50 minutes and add 200 g flour.",
        "def parse_config(path: str) -> Config:\n    return Config.load(path)",
        "Explain unit testing and version control to me in plain English.",
        "Nous vous remercions de votre confiance et restons à votre disposition.",
        "Accounts Receivable, Accumulated Depreciation, Income Taxes Payable",
        "Skills: Power BI, SQL, Risk Assessment, Team Building, Microsoft Excel",
    ],
)
def test_terms_dishes_and_code_are_no_people(detector: NameDetector, text: str) -> None:
    assert not [each for each in detector.find(text) if each.kind is Kind.PERSON]


_SMALL = {"THE", "AND", "IF", "WHO", "FOR", "Court", "The Court", "Government", "Section Registrar"}


@pytest.mark.parametrize(
    "text",
    [
        "See https://kestrel-homes.example/case/lindqvist-villa/ and https://kestrel-homes.example/case/moreau/ too",
        "THE TENANT AND THE LANDLORD. AND IF NOT, WHO PAYS FOR THE ROOF?",
        "The Court told Mr Brezovar that the Government had not replied to the Section Registrar.",
    ],
)
def test_addresses_and_small_words_are_no_names(detector: NameDetector, text: str) -> None:
    values = {text[each.start : each.end] for each in detector.find(text)}
    assert not {value for value in values if "://" in value or value in _SMALL}


def test_a_plain_word_that_may_be_a_firm_counts_only_in_a_text_about_a_person(detector: NameDetector) -> None:
    text = "He founded Harvest in 2019, and Harvest Inc. grew."
    assert all(each.public for each in detector.find(text) if text[each.start : each.end] == "Harvest")


def test_a_model_that_recognizes_nothing_stops_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "_EXPECTED", {"Nobody at all"})
    with pytest.raises(PrivacyError, match="does not work"):
        list(NameDetector().find("Angela Baker"))


@pytest.mark.parametrize("unit", ["\"'", "((", "&#", "x", "Anna "])
def test_a_long_text_without_blanks_is_cut_so_that_it_is_read_in_time(unit: str) -> None:
    text = (unit * 6_000)[:6_000]
    cut = list(pieces(text))
    assert "".join(piece for _, piece in cut) == text
    assert all(text[start : start + len(piece)] == piece for start, piece in cut)
    assert not any(len(word) > 200 for _, piece in cut for word in piece.split())


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Certified as a Project Management Professional in 2019.", "Project Management Professional"),
        ("The Turkish Government submitted observations to Mr Nils Lindqvist.", "Government"),
        ("Skills: General Ledger Reconciliation, Time Management", "Time Management"),
        ("Anna Berg sued before the District Court (Sąd Rejonowy).", "Sąd Rejonowy"),
    ],
)
def test_posts_papers_and_parties_are_no_names(detector: NameDetector, text: str, left: str) -> None:
    start = text.index(left)
    end = start + len(left)
    assert not [
        each for each in detector.find(text) if each.start < end and start < each.end and not each.public
    ]


def test_each_of_a_list_of_people_is_a_finding(detector: NameDetector) -> None:
    text = "Attendees: Tomas Wieland, Marta Oyelaran, Li Wei"
    people = {text[each.start : each.end] for each in detector.find(text) if each.kind is Kind.PERSON}
    assert not any("," in name for name in people)
    assert "Li Wei" in people
