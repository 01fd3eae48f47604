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
    ("you can reach her at 31-74-28-95", "31-74-28-95"),
    ("Telefon:\n089 / 4140-2210", "089 / 4140-2210"),
    ("tél. 04.78.12.34.56", "04.78.12.34.56"),
    ("móvil 655-12-34-56", "655-12-34-56"),
    ("+48 601 234 567", "+48 601 234 567"),
    ("+91-98765-43210", "+91-98765-43210"),
    ("my cell is (212)555-0147", "(212)555-0147"),
    ("0044 20 7946 0123", "0044 20 7946 0123"),
    ("call 1-800-555-0199 ext. 44", "1-800-555-0199 ext. 44"),
    ("电话 13912345678", "13912345678"),
    ("电话13912345678。", "13912345678"),
]
MISSES = [
    "ISBN 978-3-16-148410-0", "on 2024-03-12 at 10", "192.168.0.1", "in 1999-2003", "12 345 678 people", "version 3.11.7",
    "3.14159265358979", "the years 1914 1918 1939 1945", "1 2 3 4", "room 101", "x = 100000000", "$1,000,000", "10:30-11:45",
    "12.05.2024", "call me at 10:30 on 12-05-24", "1,234,567", "page 12-34-56", "ISBN 0-306-40615-2", "1 000 000", "09-11-2001",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), HITS)
def test_a_number_is_found(text: str, value: str) -> None:
    assert hides(DETECTOR, text, value, Kind.PHONE)


@pytest.mark.parametrize("text", MISSES)
def test_other_digits_are_no_telephone_number(text: str) -> None:
    assert not found(DETECTOR, text)
