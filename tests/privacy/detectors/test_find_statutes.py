"""Laws and what every judgment names are nobody's; the people beside them are."""

import pytest
from tables import LISTS

from app.privacy.detectors.gazetteer import Gazetteer
from app.privacy.detectors.organization import OrganizationDetector
from app.privacy.detectors.shape import NameShape
from app.privacy.detectors.statute import Statutes, is_inside
from app.privacy.detectors.unknownword import UnknownNames
from app.privacy.types import Kind

STATUTES, SHAPE = Statutes(LISTS), NameShape(LISTS)
LAWS = [
    ("under the Criminal Code he", "Criminal Code"),
    ("the Code of Criminal Procedure was", "Code of Criminal Procedure"),
    ("section 8 of the Police and Criminal Evidence Act 1984", "Police and Criminal Evidence Act"),
    ("the European Court of Human Rights held", "European Court of Human Rights"),
    ("the Secretary of State for the Home Department", "Secretary of State for the Home Department"),
    ("CASE OF LINDMOOR v. SWEDEN", "CASE OF"),
]
NO_LAWS = [
    "Lindmoor Act",
    "the Quillmoor Code",
    "Nordlys Rederi",
    "London Rules",
    "the act of Anna Berg",
    "Law and more",
]
LISTS_OF_PEOPLE = [
    ("Tomas Wieland, Marta Oyelaran, Li Wei", ["Tomas Wieland", "Marta Oyelaran", "Li Wei"]),
    ("Anna Berg and Paul Meier", ["Anna Berg", "Paul Meier"]),
    ("Berg, Anna", ["Berg, Anna"]),
    ("Berg, Anna; Meier, Paul", ["Berg", "Anna", "Meier", "Paul"]),
    ("Jan-Erik Lunde", ["Jan-Erik Lunde"]),
    ("Paul Meier/Ravi Shah", ["Paul Meier", "Ravi Shah"]),
]
GLOSSES = [
    ("the District Court (Sąd Rejonowy) held", "Sąd Rejonowy", True),
    ("the Court of Audit (Ελεγκτικό Συνέδριο) held", "Ελεγκτικό Συνέδριο", True),
    ("detention on remand (aresztowanie tymczasowe) was", "aresztowanie tymczasowe", True),
    ("the witness (Anna Kowalczyk) came", "Anna Kowalczyk", False),
    ("a nurse (Anna) came", "Anna", False),
    ("Sąd Rejonowy in Kutno", "Sąd Rejonowy", False),
]


@pytest.mark.parametrize(("text", "law"), LAWS)
def test_the_name_of_a_law_is_known(text: str, law: str) -> None:
    assert [text[start:end] for start, end in STATUTES.spans(text)] == [law]


@pytest.mark.parametrize("text", NO_LAWS)
def test_what_carries_a_name_is_no_law(text: str) -> None:
    assert STATUTES.spans(text) == ()


@pytest.mark.parametrize(
    ("kind", "start", "end", "inside"),
    [
        (Kind.ORG, 2, 5, True),
        (Kind.PLACE, 2, 9, True),
        (Kind.ORG, 1, 5, False),
        (Kind.ORG, 5, 12, False),
        (Kind.PERSON, 2, 5, False),
        (Kind.ORG, 12, 14, True),
        (Kind.ORG, 20, 21, False),
    ],
)
def test_only_organizations_and_places_lie_inside_a_law(
    kind: Kind, start: int, end: int, inside: bool
) -> None:
    assert is_inside(((2, 9), (12, 14)), kind, start, end) is inside


@pytest.mark.parametrize(("text", "names"), LISTS_OF_PEOPLE)
def test_a_list_of_people_is_read_name_by_name(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in SHAPE.people(text, 0, len(text))] == names


def test_listed_people_stay_apart() -> None:
    text = "Tomas Wieland, Marta Nowak, Anna Becker"
    found = [text[each.start : each.end] for each in Gazetteer(LISTS).find(text)]
    assert found == ["Tomas Wieland", "Marta Nowak", "Anna Becker"]


@pytest.mark.parametrize(("text", "guess", "is_gloss"), GLOSSES)
def test_a_foreign_term_behind_its_english_one_is_no_name(text: str, guess: str, is_gloss: bool) -> None:
    start = text.index(guess)
    assert SHAPE.is_gloss(text, start, start + len(guess)) is is_gloss


def test_a_title_is_no_part_of_an_unknown_name() -> None:
    text = "he told Mrs Qwibbox"
    assert {text[each.start : each.end] for each in UnknownNames(LISTS).find(text)} == {"Qwibbox"}


def test_services_inside_a_law_are_no_organization() -> None:
    text = "the Local Authority Social Services Act 1970 and Brightvale Social Services"
    found = {text[each.start : each.end] for each in OrganizationDetector(LISTS).find(text)}
    assert found == {"Brightvale Social Services"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("i work at brightpath and like it", "brightpath"),
        ("my wife worked for oakmoor freight", "oakmoor"),
        ("i live in quillmoor now", "quillmoor"),
        ("we moved to tarnwick.", "tarnwick"),
    ],
)
def test_small_letters_hide_no_employer_and_no_town(text: str, value: str) -> None:
    found = {text[each.start : each.end] for each in OrganizationDetector(LISTS).find(text)}
    assert found == {value}


@pytest.mark.parametrize(
    "text",
    [
        "i work at home",
        "working with python",
        "i work for free",
        "i live in peace",
        "Bachelor of Science in Engineering",
    ],
)
def test_plain_words_and_degrees_are_no_employers(text: str) -> None:
    assert not list(OrganizationDetector(LISTS).find(text))
