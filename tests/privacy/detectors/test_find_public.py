"""Names that everybody knows are found in any writing, and only as what they are."""

import pytest
from tables import LISTS, found

from app.privacy.detectors import url
from app.privacy.detectors.publicity import Publicity
from app.privacy.detectors.publicname import PublicNames
from app.privacy.types import Kind

DETECTOR = PublicNames(LISTS)
KNOWN = [
    ("flights to india", "india", Kind.PLACE),
    ("a brazilian dish", "brazilian", Kind.PLACE),
    ("the Danish king", "Danish", Kind.PLACE),
    ("she moved to NEW YORK", "NEW YORK", Kind.PLACE),
    ("google and others", "google", Kind.ORG),
    ("General Motors' plans", "General Motors", Kind.ORG),
    ("Siemens’s plans", "Siemens", Kind.ORG),
    ("a visit to Turkey in spring", "Turkey", Kind.PLACE),
    ("fly with ryanair", "ryanair", Kind.ORG),
    ("the new zealand team", "new zealand", Kind.PLACE),
    ("lunch at mcdonald's again", "mcdonald", Kind.ORG),
    ("in Thailand", "Thailand", Kind.PLACE),
]
UNKNOWN = [
    "turkey sandwich", "a nice day", "translate into Japanese", "the russian language", "speak italian", "Nice to meet you",
    "open microsoft word", "google docs is slow", "polish the table", "an english lesson", "french fries", "python code", "",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "kind"), KNOWN)
def test_a_public_name_is_found_in_any_writing(text: str, value: str, kind: Kind) -> None:
    assert (kind, value) in found(DETECTOR, text)
    assert all(finding.public for finding in DETECTOR.find(text))


@pytest.mark.parametrize("text", UNKNOWN)
def test_words_languages_and_products_are_left_alone(text: str) -> None:
    assert not found(DETECTOR, text)


@pytest.mark.parametrize(
    ("kind", "text", "public"),
    [
        (Kind.PERSON, "Kant", True),
        (Kind.PERSON, "Marie Curie", True),
        (Kind.PERSON, "Mona Lisa", True),
        (Kind.ORG, "Should the European Union", True),
        (Kind.PLACE, "the Baltic Sea", True),
        (Kind.PERSON, "Anna Nowak", False),
        (Kind.ORG, "Quillmoor", False),
    ],
)
def test_who_is_asked_about_is_public(kind: Kind, text: str, public: bool) -> None:
    assert Publicity(LISTS).is_public(kind, text, 0, len(text)) is public


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("see https://news.quillmoor.org/2024/05/rain-in-may", True),
        ("my page https://news.quillmoor.org/2024/05/rain-in-may", False),
        ("https://quillmoor.org/", False),
        ("https://quillmoor.org/a/b?token=8Jk2", False),
        ("https://lms.quillmoor.org/course/41/view", False),
        ("https://quillmoor.org/wp-admin/post/12", False),
        ("our website is https://quillmoor.org/shop/lamps/blue", False),
    ],
)
def test_a_page_deep_inside_a_site_is_public_unless_it_is_somebody_s(text: str, public: bool) -> None:
    assert [finding.public for finding in url.detector().find(text)] == [public]
