"""Where the cloud is: what a person types or pastes, as an address to send to."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from app.core.errors import SettingError


@dataclass(frozen=True, slots=True)
class CloudConfig:
    """How to reach a server; read anew for each call, so that changes apply at once."""

    base_url: str
    timeout: float = 60.0
    """Seconds without a sign from the server."""
    retries: int = 2
    proxy: str = ""
    """Empty: the system's own proxy settings."""
    ca_file: str = ""
    """A PEM file to trust besides the system's certificates."""
    model: str = ""


_NO_ADDRESS = "This is not an address that Confidant can use. It looks like https://api.example.com/v1."
_ENDPOINTS = re.compile(r"/(chat/completions|completions|models|responses|embeddings)$")
_VERSION = re.compile(r"v\d+[a-z0-9]*")
_HOST = re.compile(r"[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?\.?|[0-9a-f]*:[0-9a-f:.]*")


@dataclass(frozen=True, slots=True)
class Address:
    """A server's address: scheme, host, port and the path up to and with its version."""

    base: str
    provider: str
    """Host, and port where it is not the usual one."""

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Read an address with or without scheme, `/v1`, slash, or the path of an endpoint.

        Raises:
            SettingError: nothing can be reached under it.
        """
        text = text.strip()
        if "://" not in text:
            text = f"{'http' if is_loopback(_split('//' + text).hostname or '') else 'https'}://{text}"
        parts = _split(text)
        scheme, host, port = parts.scheme.lower(), _host(parts), parts.port
        if scheme not in ("http", "https") or re.search(r"[\s\\<>\"]", text):
            raise SettingError(_NO_ADDRESS)
        if parts.username is not None or parts.password is not None or parts.query:
            raise SettingError(
                "The address may hold no key, user name or question mark. Enter the key in its own field."
            )
        netloc = f"[{host}]" if ":" in host else host
        if port is not None and port != {"http": 80, "https": 443}[scheme]:
            netloc = f"{netloc}:{port}"
        return cls(f"{scheme}://{netloc}{_path(parts.path)}", netloc)

    @property
    def is_open(self) -> bool:
        """Whether others on the way can read along: no TLS, and not this computer."""
        parts = urlsplit(self.base)
        return parts.scheme == "http" and not is_loopback(parts.hostname or "")


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises for a port that is none
    except ValueError:
        raise SettingError(_NO_ADDRESS) from None
    return parts


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if not host.isascii():
        try:
            host = host.encode("idna").decode()
        except UnicodeError:
            raise SettingError(_NO_ADDRESS) from None
    if not _HOST.fullmatch(host) or parts.port == 0:
        raise SettingError(_NO_ADDRESS)
    return host


def is_loopback(host: str) -> bool:
    """Whether a host is this computer, by its name or number alone."""
    host = host.removesuffix(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return False
    return number.is_loopback or number.is_unspecified


def _path(path: str) -> str:
    path = re.sub(r"/+", "/", path).rstrip("/")
    path = _ENDPOINTS.sub("", path)
    if any(_VERSION.fullmatch(part) for part in path.split("/")):
        return path
    return f"{path}/v1"
