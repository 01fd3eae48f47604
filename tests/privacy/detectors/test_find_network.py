import pytest
from tables import found, hides

from app.privacy.detectors import network, url
from app.privacy.types import Kind

DETECTOR = network.detector()
HITS = [
    ("server 203.0.113.77 is down", "203.0.113.77", Kind.IP),
    ("10.0.0.12/24", "10.0.0.12/24", Kind.IP),
    ("2001:db8::8a2e:370:7334", "2001:db8::8a2e:370:7334", Kind.IP),
    ("fe80::1c2d:3eff:fe4f:5a6b%eth0", "fe80::1c2d:3eff:fe4f:5a6b%eth0", Kind.IP),
    ("3C:22:FB:9A:10:4E", "3C:22:FB:9A:10:4E", Kind.MAC),
    ("3c-22-fb-9a-10-4e", "3c-22-fb-9a-10-4e", Kind.MAC),
    ("3c22.fb9a.104e", "3c22.fb9a.104e", Kind.MAC),
    (r"open \\fileserver\hr\salaries", r"\\fileserver\hr", Kind.HOST),
    (r'"path": "\\\\quarry\\payroll\\2024"', r"quarry\\payroll\\2024", Kind.HOST),
    (r"\\quarry\Staff Files\Anna", r"\\quarry\Staff Files\Anna", Kind.HOST),
    (r"\\10.20.4.7\c$", r"\\10.20.4.7\c$", Kind.HOST),
    ("mount -t cifs //quarry/payroll /mnt", "//quarry/payroll", Kind.HOST),
    ("db.prod.internal:5432", "db.prod.internal", Kind.HOST),
    ("nas.lan", "nas.lan", Kind.HOST),
    ("ssh to the host web-prod-03", "web-prod-03", Kind.HOST),
    ("our site is mybakery.fr", "mybakery.fr", Kind.HOST),
]
MISSES = [
    "version 1.2.3", "127.0.0.1", "0.0.0.0", "8.8.8.8", "300.1.2.3", "10:30:45", "std::vector", "a::b", "github.com", "main.py",
    "utf-8", "e.g. this", "::1", "1.2.3.4.5", "www.wikipedia.org",
]  # fmt: skip

LINKS = [
    ("see https://intra.acme-corp.com/x?token=abc", "https://intra.acme-corp.com/x?token=abc"),
    ("https://user:pw@github.com/a/b", "https://user:pw@github.com/a/b"),
    ("https://github.com/login?code=8d7f6", "https://github.com/login?code=8d7f6"),
    ("http://192.168.1.4/admin", "http://192.168.1.4/admin"),
    ("https://example.com/users/kate-ivanova", "https://example.com/users/kate-ivanova"),
    ("https://www.linkedin.com/in/jdoe", "https://www.linkedin.com/in/jdoe"),
    ("https://docs.google.com/document/d/1aB", "https://docs.google.com/document/d/1aB"),
    ("https://acme.slack.com/archives/C01", "https://acme.slack.com/archives/C01"),
    ("postgres://bob:pw@db/x", "postgres://bob:pw@db/x"),
    ("https://my-small-shop.biz", "https://my-small-shop.biz"),
]
HARMLESS_LINKS = [
    "https://docs.python.org/3/library/re.html", "https://github.com/python/cpython", "https://en.wikipedia.org/wiki/Lyon",
    "http://localhost:8000/", "https://www.google.com", "http://127.0.0.1:5000/x", "https://pypi.org/project/numpy", "http://",
    "https://example.com/", "https://stackoverflow.com/questions/123",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "kind"), HITS)
def test_a_machine_is_found(text: str, value: str, kind: Kind) -> None:
    assert hides(DETECTOR, text, value, kind)


@pytest.mark.parametrize("text", MISSES)
def test_no_machine_is_seen_where_there_is_none(text: str) -> None:
    assert not found(DETECTOR, text)


@pytest.mark.parametrize(("text", "value"), LINKS)
def test_a_telling_link_is_found(text: str, value: str) -> None:
    assert hides(url.detector(), text, value, Kind.URL)


@pytest.mark.parametrize("text", HARMLESS_LINKS)
def test_a_public_link_is_left_alone(text: str) -> None:
    assert not found(url.detector(), text)
