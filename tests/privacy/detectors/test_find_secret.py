import pytest
from tables import LISTS, found, hides

from app.privacy.detectors import secret
from app.privacy.types import Detector, Kind

SERVICES = secret.ServiceKeys()
DETECTOR = secret.detector()
ENTROPY = secret.EntropyDetector(lambda: LISTS.common)
BODY = "9fK2mQ7xLr4Tz8Wb1Nc6Yd3Hs5Jg0PaVe"
# Keys are put together here, so that no scanner of repositories takes them for real ones.
HITS = [
    ("sk-" + "proj-" + BODY),
    ("sk-" + "ant-" + BODY),
    ("AKIA" + "IOSFODNN7EXAMPLE"),
    ("ghp" + "_" + BODY),
    ("github" + "_pat_" + BODY),
    ("glpat" + "-" + BODY[:20]),
    ("AIza" + "Sy" + BODY),
    ("xoxb" + "-12345678901-" + BODY[:20]),
    ("sk" + "_live_" + BODY[:24]),
    ("SG" + "." + BODY[:22] + "." + BODY + "abcdefghi"),
    ("npm" + "_" + BODY + "ab"),
    ("pypi" + "-" + BODY + BODY),
    ("hf" + "_" + BODY),
    ("123456789" + ":" + "AA" + BODY),
    ("eyJhbGciOiJIUzI1NiJ9" + "." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0" + "." + BODY),
    ("dapi" + "0123456789abcdef" * 2),
    ("hvs" + "." + BODY),
    ("lin" + "_api_" + BODY),
]
NAMED = [
    ("api_key = 'zq81-xx02-Pq'", "zq81-xx02-Pq"),
    ("export DB_SECRET=hunter2hunter", "hunter2hunter"),
    ('"access_token": "a1b2c3d4e5"', "a1b2c3d4e5"),
    ("my token is QX77-ab12", "QX77-ab12"),
    ("Authorization: Bearer abcdef123456789", "abcdef123456789"),
    ("https://bob:tr0ub4dor@host/x", "tr0ub4dor"),
]
MISSES = [
    "the token is expired", "api_key = os.environ['KEY']", "a secret garden", "token = get_token()", "token: string",
    "max_tokens=4096", "the secret is: practice", "sk-learn", "tokens: 5", "bearer of news", "secret = your_secret_here",
    "https://example.com:8080/x",
]  # fmt: skip
DISORDER = ["kJ8s7DqP2xVb9LmN4tRw6Zy", "9f86d081884c7d659a2feaa0c55ad015", "Zm9vYmFyQmF6MTIzNDU2Nzg5MA=="]
ORDER = [
    "commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b", "getElementsByClassName2", "/usr/local/lib/python3/site-packages",
    "this-is-a-long-slug-with-2-numbers", "123e4567-e89b-12d3-a456-426614174000", "AbstractSingletonProxyFactoryBean3",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaa", "sha256: 9f86d081884c7d659a2feaa0c55ad015", "test_the_user_can_log_in_2_times",
    "12345678901234567890", "smollm2-135m-instruct", "gpt-4o-mini-2024-07-18", "llama-v3p1-405b-instruct",
]  # fmt: skip


@pytest.mark.parametrize("value", HITS)
def test_a_key_of_a_known_service_is_found(value: str) -> None:
    assert hides(SERVICES, f"use {value} for it", value, Kind.SECRET)


@pytest.mark.parametrize(("text", "value"), NAMED)
def test_a_named_secret_is_found(text: str, value: str) -> None:
    assert hides(DETECTOR, text, value)


@pytest.mark.parametrize("text", MISSES)
def test_talk_about_secrets_is_left_alone(text: str) -> None:
    assert not found(DETECTOR, text)
    assert not found(SERVICES, text)


@pytest.mark.parametrize("value", DISORDER)
def test_disorder_is_found(value: str) -> None:
    assert hides(ENTROPY, f"it is {value} then", value, Kind.SECRET)


@pytest.mark.parametrize("text", ORDER)
def test_order_is_left_alone(text: str) -> None:
    assert not found(ENTROPY, text)


def test_forty_services_are_known() -> None:
    detector: Detector = SERVICES
    assert detector.name == "secret"
    assert len({service for service, _ in secret.SERVICES}) >= 40
