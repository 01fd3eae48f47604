"""Whatever a person types or pastes as an address is either understood or refused with a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.engines.cloud_address import Address
from app.core.errors import SettingError

UNDERSTOOD = [
    ("https://api.example.com", "https://api.example.com/v1", "api.example.com"),
    ("https://api.example.com/", "https://api.example.com/v1", "api.example.com"),
    ("https://api.example.com/v1", "https://api.example.com/v1", "api.example.com"),
    ("https://api.example.com/v1/", "https://api.example.com/v1", "api.example.com"),
    ("  https://api.example.com/v1 \n", "https://api.example.com/v1", "api.example.com"),
    ("https://api.example.com/v1/chat/completions", "https://api.example.com/v1", "api.example.com"),
    ("https://api.example.com/v1/chat/completions/", "https://api.example.com/v1", "api.example.com"),
    ("https://api.example.com/v1/models", "https://api.example.com/v1", "api.example.com"),
    ("https://api.example.com/chat/completions", "https://api.example.com/v1", "api.example.com"),
    ("https://api.example.com/openai/v1", "https://api.example.com/openai/v1", "api.example.com"),
    ("https://example.com/api/v1/", "https://example.com/api/v1", "example.com"),
    ("https://example.com/api", "https://example.com/api/v1", "example.com"),
    ("https://example.com//api//v1", "https://example.com/api/v1", "example.com"),
    ("https://example.com/v1beta/openai", "https://example.com/v1beta/openai", "example.com"),
    ("https://example.com/api/paas/v4", "https://example.com/api/paas/v4", "example.com"),
    ("api.example.com", "https://api.example.com/v1", "api.example.com"),
    ("api.example.com/v1", "https://api.example.com/v1", "api.example.com"),
    ("HTTPS://API.Example.COM/V1x", "https://api.example.com/V1x/v1", "api.example.com"),
    ("https://api.example.com:443/v1", "https://api.example.com/v1", "api.example.com"),
    ("https://api.example.com:8443", "https://api.example.com:8443/v1", "api.example.com:8443"),
    ("https://api.example.com/v1#top", "https://api.example.com/v1", "api.example.com"),
    ("http://192.168.1.5:11434", "http://192.168.1.5:11434/v1", "192.168.1.5:11434"),
    ("localhost:8080", "http://localhost:8080/v1", "localhost:8080"),
    ("localhost", "http://localhost/v1", "localhost"),
    ("127.0.0.1:1234/v1", "http://127.0.0.1:1234/v1", "127.0.0.1:1234"),
    ("0.0.0.0:8000", "http://0.0.0.0:8000/v1", "0.0.0.0:8000"),
    ("[::1]:8080", "http://[::1]:8080/v1", "[::1]:8080"),
    ("https://localhost:8443", "https://localhost:8443/v1", "localhost:8443"),
    ("my_box:8000", "https://my_box:8000/v1", "my_box:8000"),
    ("https://bücher.example/v1", "https://xn--bcher-kva.example/v1", "xn--bcher-kva.example"),
]


@pytest.mark.parametrize(("typed", "base", "provider"), UNDERSTOOD)
def test_an_address_is_understood(typed: str, base: str, provider: str) -> None:
    address = Address.parse(typed)
    assert (address.base, address.provider) == (base, provider)
    assert Address.parse(address.base) == address


REFUSED = [
    "", "   ", "http://", "https:///v1", "just some words", "ftp://example.com", "file:///etc/passwd",
    "https://exa mple.com", "https://example.com:99999", "https://example.com:port", "https://example.com:0",
    "https://[::1", "https://example.com/a b", "https://-", "https://..", "sk-proj-Abc_def?x",
    "https://user:word@example.com/v1", "https://example.com/v1?key=sk-abc", "javascript:alert(1)",
]  # fmt: skip


@pytest.mark.parametrize("typed", REFUSED)
def test_what_is_no_address_is_refused_without_repeating_it(typed: str) -> None:
    with pytest.raises(SettingError) as caught:
        Address.parse(typed)
    assert "sk-" not in caught.value.told
    assert "word" not in caught.value.told


@given(st.text(max_size=40))
def test_no_text_breaks_it(typed: str) -> None:
    try:
        address = Address.parse(typed)
    except SettingError:
        return
    assert Address.parse(address.base) == address


@pytest.mark.parametrize(
    ("typed", "is_open"),
    [
        ("http://example.com", True),
        ("http://192.168.1.5:11434", True),
        ("https://example.com", False),
        ("http://localhost:1", False),
        ("http://127.8.8.8", False),
        ("http://models.localhost", False),
        ("http://localhost.example.com", True),
    ],
)
def test_an_address_without_encryption_is_known(typed: str, is_open: bool) -> None:
    assert Address.parse(typed).is_open is is_open
