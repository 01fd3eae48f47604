import pytest
from tables import found, hides

from app.privacy.detectors import coordinate
from app.privacy.types import Kind

DETECTOR = coordinate.detector()
HITS = [
    ("my cabin is at 48.85837, 2.294481", "48.85837, 2.294481"),
    ("GPS: -33.8568,151.2153", "-33.8568,151.2153"),
    ("lat: 40.7484", "40.7484"),
    ("longitude -73.9857", "-73.9857"),
    ("48°51'29\"N 2°17'40\"E", "48°51'29\"N 2°17'40\"E"),
    ("48° 51.5' N, 2° 17.6' E", "48° 51.5' N, 2° 17.6' E"),
    ("google.com/maps/@52.5163,13.3777,17z", "52.5163,13.3777"),
    ("q=52.5163,13.3777", "52.5163,13.3777"),
    ("8FW4V75V+8Q", "8FW4V75V+8Q"),
    ('{"lat": 40.7484, "lng": -73.9857}', "-73.9857"),
    ("we live near 51.5007 N, 0.1246 W", "51.5007 N, 0.1246 W"),
]
MISSES = [
    "3.14, 2.71", "version 48.858, 2", "1.000, 2.000, 3.000", "40.7484", "C++ and D", "90°", "5 + 3", "at 98.6 F", "2.5, 3.5",
    "loss 0.1234, 0.2345", "lat 5",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), HITS)
def test_a_position_is_found(text: str, value: str) -> None:
    assert hides(DETECTOR, text, value, Kind.COORDINATES)


@pytest.mark.parametrize("text", MISSES)
def test_other_numbers_are_no_position(text: str) -> None:
    assert not found(DETECTOR, text)
