import pytest
from tables import found, hides

from app.privacy.detectors import phone
from app.privacy.types import Kind

DETECTOR = phone.detector()
HITS = [
    ("call +1 415-555-0132 now", "+1 415-555-0132"),
    ("(415) 555-0132", "(415) 555-0132"),
    ("415.555.0132", "415.555.0132"),
    ("tel. 020 7946 0958", "020 7946 0958"),
    ("+49 30 901820", "+49 30 901820"),
    ("06 12 34 56 78", "06 12 34 56 78"),
    ("my mobile is 9876543210", "9876543210"),
    ("phone: 001-202-555-0143x123", "001-202-555-0143x123"),
    ("whatsapp 13812345678", "13812345678"),
    ("llámame al teléfono 612 345 678", "612 345 678"),
    ("0171 1234567 ist meine Handy nummer", "0171 1234567"),
    ("电话 13912345678", "13912345678"),
    ("电话13912345678。", "13912345678"),
]
MISSES = [
    "ISBN 978-3-16-148410-0", "on 2024-03-12 at 10", "192.168.0.1", "in 1999-2003", "12 345 678 people", "version 3.11.7",
    "3.14159265358979", "the years 1914 1918 1939 1945", "1 2 3 4", "room 101", "x = 100000000", "$1,000,000", "10:30-11:45",
    "12.05.2024",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), HITS)
def test_a_number_is_found(text: str, value: str) -> None:
    assert hides(DETECTOR, text, value, Kind.PHONE)


@pytest.mark.parametrize("text", MISSES)
def test_other_digits_are_no_telephone_number(text: str) -> None:
    assert not found(DETECTOR, text)
