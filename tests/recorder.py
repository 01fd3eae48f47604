"""A proxy on loopback that keeps the exact bytes of each request and hands them on to the real server."""

import http.client
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import urlsplit

# These describe one connection, not the message (RFC 9110, 7.6.1).
_HOP_BY_HOP = frozenset(("connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "host"))


@dataclass(frozen=True, slots=True)
class Recorded:
    """One request as it came over the wire."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class Recorder:
    """Stand between a client and a server: `address` is for the client, `requests` for the test.

    A context manager. Give `/v1` or any other path to the client together with `address`; it is passed on as it is.
    """

    def __init__(self, upstream: str) -> None:
        self._upstream = urlsplit(upstream)
        self._lock = threading.Lock()
        self._requests: list[Recorded] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._make_handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def address(self) -> str:
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}"

    @property
    def requests(self) -> tuple[Recorded, ...]:
        """Everything so far, in the order of arrival."""
        with self._lock:
            return tuple(self._requests)

    @property
    def bodies(self) -> tuple[bytes, ...]:
        """The bodies of what was posted so far."""
        return tuple(request.body for request in self.requests if request.method == "POST")

    def forget(self) -> None:
        with self._lock:
            self._requests.clear()

    def __enter__(self) -> "Recorder":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _keep(self, request: Recorded) -> None:
        with self._lock:
            self._requests.append(request)

    def _make_handler(self) -> type[BaseHTTPRequestHandler]:
        upstream, keep = self._upstream, self._keep

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _pass_on(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                keep(Recorded(self.command, self.path, dict(self.headers.items()), body))
                headers = {k: v for k, v in self.headers.items() if k.lower() not in _HOP_BY_HOP}
                connection = http.client.HTTPConnection(
                    upstream.hostname or "127.0.0.1", upstream.port, timeout=60
                )
                try:
                    connection.request(self.command, self.path, body or None, headers)
                    self._answer(connection.getresponse())
                except ConnectionError:
                    self.close_connection = True  # the client stopped reading, as Stop does
                finally:
                    connection.close()

            def _answer(self, response: http.client.HTTPResponse) -> None:
                self.send_response(response.status)
                for name, value in response.getheaders():
                    if name.lower() not in _HOP_BY_HOP | {"date", "server", "content-length"}:
                        self.send_header(name, value)
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
                while piece := response.read1(65536):
                    self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                    self.wfile.flush()
                self.wfile.write(b"0\r\n\r\n")

            def log_message(self, format: str, *args: object) -> None:
                """Print nothing: requests hold the words of the tests."""

            do_GET = do_POST = do_PUT = do_DELETE = _pass_on

        return Handler
