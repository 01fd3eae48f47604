import pytest
from tables import LISTS, found, hides

from app.privacy.detectors import address
from app.privacy.types import Kind

DETECTOR = address.detector(lambda: LISTS.places)
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
    (
        "Send it to:\n17 Orchard Row\nSuite 12\nDunmore Falls\nIreland",
        "17 Orchard Row\nSuite 12\nDunmore Falls\nIreland",
    ),
    ("my address is Quellweg 9, Oberlinden, 79100", "Quellweg 9, Oberlinden, 79100"),
    ("moved to Sonnenhalde 14 last week", "Sonnenhalde 14"),
    ("Lindenplatz 3\n4052 Basel", "Lindenplatz 3\n4052 Basel"),
    ("Björkgatan 22 B, 903 30 Umeå", "Björkgatan 22 B, 903 30 Umeå"),
    ("Solsikkeveien 8, 0956 Oslo", "Solsikkeveien 8, 0956 Oslo"),
    ("Koivukuja 5, 33100 Tampere", "Koivukuja 5, 33100 Tampere"),
    ("Petőfi utca 41, 6720 Szeged", "Petőfi utca 41, 6720 Szeged"),
    ("Horská ulice 12, 460 01 Liberec", "Horská ulice 12, 460 01 Liberec"),
    ("Rua das Oliveiras 77, 4050-449 Porto", "Rua das Oliveiras 77, 4050-449 Porto"),
    ("Avenida del Olmo 33, 2º B, 41010 Sevilla", "Avenida del Olmo 33, 2º B, 41010 Sevilla"),
    ("Viale dei Tigli 15, 40125 Bologna", "Viale dei Tigli 15, 40125 Bologna"),
    ("8 allée des Peupliers, 35000 Rennes, France", "8 allée des Peupliers, 35000 Rennes, France"),
    ("Tulpenlaan 6, 3581 XW Utrecht", "Tulpenlaan 6, 3581 XW Utrecht"),
    ("Strada Teiului 19, Cluj", "Strada Teiului 19"),
    ("Lale Caddesi 25, Bursa", "Lale Caddesi 25"),
    ("Jalan Melati 88, Bandung", "Jalan Melati 88"),
    ("οδός Ερμού 14", "οδός Ερμού 14"),
    ("45 Gandhi Marg, Jaipur - 302 001", "45 Gandhi Marg, Jaipur - 302 001"),
    ("9 Banksia Crescent, Carlton VIC 3053", "9 Banksia Crescent, Carlton VIC 3053"),
    ("Unit 2214 Box 77\nAPO AE 09345", "Unit 2214 Box 77\nAPO AE 09345"),
    ("Postfach 30 12 44", "Postfach 30"),
    ("Apartado de correos 512", "Apartado de correos 512"),
    ("Flat 3, 21 Quarry Street, Durham DH1 4PX", "Flat 3, 21 Quarry Street, Durham DH1 4PX"),
    ("44 55 Fenwick Road", "44 55 Fenwick Road"),
    ("12 Vista del Mar\nApt. 9", "12 Vista del Mar\nApt. 9"),
    ("부산시 해운대구 우동 센텀로 12", "센텀로 12"),
    ("〒150-0002 東京都渋谷区渋谷2-1", "〒150-0002 東京都渋谷区渋谷2-1"),
    ("D02 XH98", "D02 XH98"),
]
MISSES = [
    "3 ways to drive", "2 cups of flour", "the street is long", "Python 3 way", "via email", "in 5 places", "24 hours a day",
    "5 people walk home", "Wall Street", "1 million", "the year 1984", "run 3 tests", "x = 12345", "10 best restaurants",
    "Windows 11, Ubuntu 22", "Chapter 4, Section 12", "step 3\nNew file", "suite of 12 tests", "the tests in suite 4 fail",
    "flat 3 percent tax", "unit 5 of the course", "Boeing 747, Airbus 320", "Moved to Python 3.12", "GPT 4, Claude 3",
    "call me via Slack 3 times", "It is in box 5", "Psalm 23, Matthew 5", "Studio 54", "Formula 1, Moto 3",
    "On 12 May 2023 Berlin voted", "Add 250 g Butter, 3 Eggs", "In 1984 London was cold", "Route 66",
    "FROM JUNE 2021 TO MAY 2022", "JAN 1999 TO DEC 2001", "2,000 route miles", "5000 IN Total",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), HITS)
def test_an_address_is_found(text: str, value: str) -> None:
    assert hides(DETECTOR, text, value, Kind.ADDRESS)


def test_an_address_ends_with_its_sentence() -> None:
    text = "It is Quellweg 9, 79100 Oberlinden. Password later."
    assert hides(DETECTOR, text, "Quellweg 9, 79100 Oberlinden")
    assert not any("It" in value or "Password" in value for _, value in found(DETECTOR, text))


def test_an_address_ends_where_the_letter_goes_on() -> None:
    text = "Ship to 17 Orchard Row, Dunmore\nThanks a lot,\nPhone: later"
    assert found(DETECTOR, text) == {(Kind.ADDRESS, "17 Orchard Row, Dunmore")}


@pytest.mark.parametrize("text", MISSES)
def test_no_address_is_seen_where_there_is_none(text: str) -> None:
    assert not found(DETECTOR, text)
