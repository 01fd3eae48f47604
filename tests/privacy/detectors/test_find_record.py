import pytest
from tables import found, hides

from app.privacy.detectors import record
from app.privacy.types import Kind

DETECTOR = record.detector()
HITS = [
    ("passport number X1234567", "X1234567", Kind.PASSPORT),
    ("Reisepass C01X00T47", "C01X00T47", Kind.PASSPORT),
    ("my passport is 123456789", "123456789", Kind.PASSPORT),
    ("MRN 00482913", "00482913", Kind.RECORD),
    ("case no. 2023-CV-01234", "2023-CV-01234", Kind.RECORD),
    ("application (no. 36244/06) against", "36244/06", Kind.RECORD),
    ("policy number: ABC-998877", "ABC-998877", Kind.RECORD),
    ("driver's license D1234567", "D1234567", Kind.RECORD),
    ("licence plate AB12 CDE", "AB12 CDE", Kind.RECORD),
    ("order #114-9988776", "114-9988776", Kind.RECORD),
    ("employee ID E45678", "E45678", Kind.RECORD),
    ("VIN 1HGCM82633A004352", "1HGCM82633A004352", Kind.RECORD),
    ("1M8GDM9AXKP042788", "1M8GDM9AXKP042788", Kind.RECORD),
    ("patient id 8812345", "8812345", Kind.RECORD),
]
MISSES = [
    "in case of rain", "the case 12", "order 66", "policy of 2019", "file main.py", "my passport expired", "a reference to it",
    "page 12345", "case 3: break", "ticket prices", "the year 36244", "user 12", "1HGCM82633A004353", "member since 2019",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "kind"), HITS)
def test_a_record_number_is_found(text: str, value: str, kind: Kind) -> None:
    assert hides(DETECTOR, text, value, kind)


@pytest.mark.parametrize("text", MISSES)
def test_a_word_without_its_number_is_left_alone(text: str) -> None:
    assert not found(DETECTOR, text)
