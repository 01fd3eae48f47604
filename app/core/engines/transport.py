"""The one way out: a client that can send nothing but the request that was approved.

On the wire are, besides the body: Host, Accept, Accept-Encoding, User-Agent ("Confidant"), Content-Type and
Content-Length where there is a body, Authorization where there is a key, and Range where a download goes on.
Nothing else, whatever the libraries or the environment would add.
"""

import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.core.engines.cloud_address import CloudConfig, is_loopback
from app.core.errors import CertificateRefused, Fix, Unreachable
from app.privacy.errors import PrivacyError

if TYPE_CHECKING:
    import httpx2

_ERROR_BODY = 64_000
"""Bytes that are read of the body of an error; its code stands at the beginning."""


def free() -> None:
    """Allow a request for which nothing has to be asked again."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request as it may leave, to the last byte."""

    method: str
    url: str
    key: str = field(default="", repr=False)
    body: bytes = field(default=b"", repr=False)
    permit: Callable[[], None] = field(default=free, repr=False, compare=False)
    """Raises where it may not leave any more; asked right before each try."""
    start: int = 0
    """Of a file: the first byte that is still wanted."""

    @property
    def headers(self) -> dict[str, str]:
        """Every header but Host and Content-Length, which follow from address and body."""
        headers = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "Confidant"}
        if self.body:
            headers["Content-Type"] = "application/json"
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        if self.start:
            headers["Range"] = f"bytes={self.start}-"
        return headers


class Line:
    """The sockets of one call, which Stop shuts from another thread.

    It holds duplicates: a socket that is handed on to TLS loses its number, the connection behind it stays.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._is_shut = False

    def trace(self, event: str, info: Mapping[str, object]) -> None:
        """Take note of a new connection; one that comes after Stop is shut before a byte leaves."""
        if not event.endswith("connect_tcp.complete"):
            return
        import httpcore2

        stream = info["return_value"]
        if not isinstance(stream, httpcore2.NetworkStream):
            raise TypeError("the HTTP library tells of its connections in another way than it did")
        twin: socket.socket = stream.get_extra_info("socket").dup()
        with self._lock:
            self._sockets.append(twin)
            is_shut = self._is_shut
        if is_shut:
            self.shut()

    def shut(self) -> None:
        """End every read and write at once; never raises."""
        with self._lock:
            self._is_shut = True
            for twin in self._sockets:
                with suppress(OSError):
                    twin.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        with self._lock:
            while self._sockets:
                self._sockets.pop().close()


def open_client(outgoing: Outgoing, config: CloudConfig, line: Line) -> "httpx2.Client":
    """Make a client for one request, with no redirects, no retries and no settings of the environment.

    Raises:
        Unreachable: the proxy is of a kind that is not supported.
        CertificateRefused: the file with the own certificate authority cannot be used.
    """
    import httpx2

    trust = _trust(config.ca_file)
    proxy = proxy_for(outgoing.url, config.proxy)
    way = httpx2.Proxy(proxy, ssl_context=trust if proxy.startswith("https:") else None) if proxy else None
    inner = httpx2.HTTPTransport(verify=trust, proxy=way)
    return httpx2.Client(
        transport=_guard(inner, outgoing, line),
        timeout=httpx2.Timeout(config.timeout),
        trust_env=False,
        follow_redirects=False,
    )


def _guard(inner: "httpx2.BaseTransport", outgoing: Outgoing, line: Line) -> "httpx2.BaseTransport":
    import httpx2

    class Guard(httpx2.BaseTransport):
        """Lets one approved request pass and builds it itself, header by header."""

        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            same_place = (request.method, request.url) == (outgoing.method, httpx2.URL(outgoing.url))
            if not same_place or request.read() != outgoing.body:
                raise PrivacyError(
                    "What was about to leave is not what was approved, so nothing was sent. "
                    "Please report this."
                )
            extensions = {"timeout": request.extensions.get("timeout", {}), "trace": line.trace}
            own = httpx2.Request(
                outgoing.method,
                outgoing.url,
                headers=outgoing.headers,
                content=outgoing.body or None,
                extensions=extensions,
            )
            response = inner.handle_request(own)
            return response if response.status_code < 300 else _brief(response)

        def close(self) -> None:
            inner.close()

    return Guard()


def _brief(response: "httpx2.Response") -> "httpx2.Response":
    """Keep of an error what is looked at; its status counts even where its body is endless or breaks."""
    import httpx2

    body = bytearray()
    with suppress(httpx2.TransportError):
        for piece in response.iter_raw():
            body += piece
            if len(body) >= _ERROR_BODY:
                break
    response.close()
    kept = {name: response.headers[name] for name in _KEPT if name in response.headers}
    # Not as a header: nothing should follow it but a download, which knows what the file must be.
    aside = {"location": response.headers.get("location", "")}
    content = bytes(body[:_ERROR_BODY])
    return httpx2.Response(response.status_code, headers=kept, content=content, extensions=aside)


_KEPT = ("retry-after", "retry-after-ms")


def proxy_for(url: str, proxy: str) -> str | None:
    """Return the proxy to use: the person's own, else the system's, which never serves this computer.

    Raises:
        Unreachable: it is of a kind that is not supported.
    """
    proxy = proxy.strip()
    if not proxy:
        from urllib.request import getproxies, proxy_bypass  # brings http.client along

        parts = urlsplit(url)
        if is_loopback(parts.hostname or "") or proxy_bypass(parts.netloc):
            return None
        known = getproxies()
        proxy = known.get(parts.scheme) or known.get("all") or ""
    if not proxy:
        return None
    if "://" not in proxy:
        proxy = f"http://{proxy}"
    try:
        parts = urlsplit(proxy)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise Unreachable("The proxy's address must begin with http:// or https://.", Fix.CLOUD_SETTINGS)
    return proxy


def _trust(ca_file: str) -> ssl.SSLContext:
    import httpx2

    context = httpx2.create_ssl_context()
    if ca_file.strip():
        try:
            context.load_verify_locations(cafile=Path(ca_file.strip()).expanduser())
        except (OSError, ValueError, RuntimeError) as error:  # missing, unreadable, no PEM, no such user
            raise CertificateRefused(
                "The file with your own certificate authority cannot be read. It must be a PEM file."
            ) from error
    return context
