import pytest
from tables import found, hides

from app.privacy.detectors import email
from app.privacy.types import Kind

DETECTOR = email.detector()
HITS = [
    ("mail me at john.carter@acme-corp.com please", "john.carter@acme-corp.com"),
    ("JOHN@EXAMPLE.ORG", "JOHN@EXAMPLE.ORG"),
    ("to: a+b_c@mail.example.co.uk.", "a+b_c@mail.example.co.uk"),
    ("<zoë@école.fr>", "zoë@école.fr"),
    ("?mail=bob%40example.org&x=1", "bob%40example.org"),
    ("o'neill@example.ie wrote", "o'neill@example.ie"),
    ("mailto:x@y.io", "x@y.io"),
    ("root@db.internal is down", "root@db.internal"),
    ("me@localhost", "me@localhost"),
    ("one@a.com,two@b.com", "two@b.com"),
    ("a-b@c-d.museum", "a-b@c-d.museum"),
]
MISSES = [
    "@property def x", "meet @ 5pm", "a@b", "user@", "@example.com", "3 @ 2.50", "john at home", "x = a @ b.T",
    "npm i @types/node", "foo@1.2.3", "pip install x@1.0", "C@ffee.",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), HITS)
def test_an_address_is_found(text: str, value: str) -> None:
    assert hides(DETECTOR, text, value, Kind.EMAIL)


@pytest.mark.parametrize("text", MISSES)
def test_no_address_is_seen_where_there_is_none(text: str) -> None:
    assert not found(DETECTOR, text)
