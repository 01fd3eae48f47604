import pytest
from tables import found, hides

from app.privacy.detectors import username
from app.privacy.types import Kind

DETECTOR = username.detector()
HITS = [
    ("/home/jsmith42/notes.txt", "jsmith42"),
    ("/Users/anna.k/Desktop", "anna.k"),
    (r"C:\Users\mkowalski\file", "mkowalski"),
    ("~bwayne/public", "bwayne"),
    ("twitter.com/annak_88", "annak_88"),
    ("my instagram is @anna.travels", "@anna.travels"),
    ("username: jdoe77", "jdoe77"),
    ('"user": "svc_backup"', "svc_backup"),
    ("ssh deploy7@web-prod", "deploy7"),
    ("?user=bobby&x=1", "bobby"),
    ("psql -h db -U kate", "kate"),
    (r"ACME\jdoe", "jdoe"),
    ("ping nightowl#4821", "nightowl#4821"),
]
MISSES = [
    "/home/user/x", "/Users/me/x", "the user is happy", "~/notes", "@dataclass", "@pytest.fixture", "user = None", "C# code",
    "github.com/python/cpython", "username: string", "/homeless/people", "user: admin", "meet @ noon",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), HITS)
def test_a_user_name_is_found(text: str, value: str) -> None:
    assert hides(DETECTOR, text, value, Kind.USERNAME)


@pytest.mark.parametrize("text", MISSES)
def test_nobody_is_seen_where_nobody_is(text: str) -> None:
    assert not found(DETECTOR, text)
