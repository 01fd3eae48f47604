"""Long and hostile texts: found as well as short ones, in time, and never a half result."""

import time
from collections.abc import Callable, Iterator

import pytest

from app.privacy import registry
from app.privacy.errors import PrivacyError
from app.privacy.filter import PrivacyFilter
from app.privacy.pace import watched
from app.privacy.policy import Level
from app.privacy.registry import Registry, standard
from app.privacy.types import Finding, Kind
from tests.privacy.border import make_vault

REGISTRY = Registry(standard())
KEY = "-----BEGIN RSA PRIVATE KEY-----\n" + "MIIEowIBAAKCAQEAx7Qv\n" * 600 + "-----END RSA PRIVATE KEY-----"


def sent(text: str) -> str:
    privacy = PrivacyFilter(REGISTRY, make_vault())
    made = privacy.sanitize(text, Level.GUARDED)
    privacy.mark_sent(privacy.seal("a-model", [("user", made)]).codes)
    return made.text


def test_a_long_text_hides_what_a_short_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(f"Order {at}: ask Anna Baker at anna{at}@posteo.example, not me.\n" for at in range(60))
    whole = REGISTRY.find(text)
    monkeypatch.setattr(registry, "_SECTION", 500)
    monkeypatch.setattr(registry, "_OVERLAP", 200)
    assert [(each.kind, each.start, each.end) for each in REGISTRY.find(text)] == [
        (each.kind, each.start, each.end) for each in whole
    ]


def test_a_key_across_two_sections_is_hidden_whole() -> None:
    text = "word " * 18_600 + KEY + " word" * 4000
    assert "MIIEow" not in sent(text)


def test_many_people_of_one_first_name_take_time_in_proportion() -> None:
    def seconds(count: int) -> float:
        text = "".join(
            f"Mr. Anna B{'aeiou'[at % 5]}k{at:05d}".translate(LETTERS) + ", hello\n" for at in range(count)
        )
        start = time.process_time()
        REGISTRY.find(text)
        return time.process_time() - start

    seconds(10)
    assert seconds(2400) < 12 * seconds(600) + 0.2


LETTERS = str.maketrans("0123456789", "abdefglmno")


@pytest.mark.parametrize(
    "text",
    [
        "\0" * 30_000,
        "\ud800" * 20_000,
        "x" * 120_000,
        "1" * 60_000,
        "(" * 40_000 + ")" * 40_000,
        "[" * 40_000,
        "<a" * 20_000,
        "&#" * 20_000,
        "a." * 20_000,
        "a@" * 20_000,
        "- " * 20_000,
        "://" * 15_000,
        "PERSON-7QK2" * 3_000,
        "\u0301" * 20_000,
        "my name is " * 4_000,
    ],
    ids=lambda text: ascii(text[:6]),
)
def test_no_text_takes_long(text: str) -> None:
    start = time.process_time()
    sent(text)
    assert time.process_time() - start < 15


class Broken:
    """A detector that fails."""

    name = "broken"
    kinds = frozenset({Kind.PERSON})

    def __init__(self, fail: Callable[[], None]) -> None:
        self._fail = fail

    def find(self, text: str) -> Iterator[Finding]:
        yield Finding(Kind.PERSON, 0, 1, 1.0, self.name, "a letter")
        self._fail()


def _no_memory() -> None:
    raise MemoryError("Anna Baker")


def _too_deep() -> None:
    _too_deep()


@pytest.mark.parametrize("fail", [_no_memory, _too_deep])
def test_a_detector_that_breaks_half_way_sends_nothing(fail: Callable[[], None]) -> None:
    privacy = PrivacyFilter(Registry([Broken(fail)]), make_vault())
    with pytest.raises(PrivacyError) as caught:
        privacy.sanitize("Anna Baker", Level.GUARDED)
    assert "Anna" not in caught.value.told
    assert caught.value.__context__ is None


def test_a_check_that_nobody_waits_for_ends_without_a_result() -> None:
    shares: list[float] = []

    def watch(share: float) -> None:
        shares.append(share)
        if len(shares) == 3:
            raise KeyboardInterrupt

    privacy = PrivacyFilter(REGISTRY, make_vault())
    with watched(watch), pytest.raises(KeyboardInterrupt):
        privacy.sanitize("Anna Baker", Level.GUARDED)
    assert shares == sorted(shares)
    assert len(shares) == 3
