import pytest
from tables import found, hides

from app.privacy.detectors import address
from app.privacy.types import Kind

DETECTOR = address.detector()
HITS = [
    ("lives at 221B Baker Street, London", "221B Baker Street"),
    ("14 elm grove, leeds ls6 2ab, uk", "14 elm grove, leeds ls6 2ab"),
    ("742 Evergreen Terrace, Springfield, OR 97403", "742 Evergreen Terrace, Springfield, OR 97403"),
    ("12 rue de la Paix, 75002 Paris", "12 rue de la Paix, 75002 Paris"),
    ("12 rue Victor Hugo, Lyon", "12 rue Victor Hugo"),
    ("Hauptstraße 5, 10115 Berlin", "Hauptstraße 5, 10115 Berlin"),
    ("Calle Mayor 12, 28013 Madrid", "Calle Mayor 12"),
    ("Via Garibaldi 7", "Via Garibaldi 7"),
    ("ul. Marszałkowska 10, 00-590 Warszawa", "ul. Marszałkowska 10"),
    ("Keizersgracht 123", "Keizersgracht 123"),
    ("PO Box 4512", "PO Box 4512"),
    ("SW1A 1AA", "SW1A 1AA"),
    ("K1A 0B1", "K1A 0B1"),
    ("Austin, TX 78701", "TX 78701"),
    ("zip code 94110", "94110"),
    ("北京市朝阳区建国路88号", "北京市朝阳区建国路88号"),
    ("ул. Ленина, д. 5", "ул. Ленина, д. 5"),
    ("100 Main St Apt 4B", "100 Main St Apt 4B"),
]
MISSES = [
    "3 ways to drive", "2 cups of flour", "the street is long", "Python 3 way", "via email", "in 5 places", "24 hours a day",
    "5 people walk home", "Wall Street", "1 million", "the year 1984", "run 3 tests", "x = 12345", "10 best restaurants",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), HITS)
def test_an_address_is_found(text: str, value: str) -> None:
    assert hides(DETECTOR, text, value, Kind.ADDRESS)


@pytest.mark.parametrize("text", MISSES)
def test_no_address_is_seen_where_there_is_none(text: str) -> None:
    assert not found(DETECTOR, text)
