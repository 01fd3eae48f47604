"""Exchange one approved request for a reply, through OpenAI's client and as often as a busy server asks."""

import importlib
import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from app.core.cancel import Cancel
from app.core.engines.cloud_address import CloudConfig
from app.core.engines.cloud_errors import BUSY, LONGEST_WAIT, retry_delay, true_status
from app.core.engines.cloud_stream import error_codes
from app.core.engines.transport import Line, Outgoing, open_client

if TYPE_CHECKING:
    import httpx2
    from openai import APIStatusError, OpenAI


def warm() -> threading.Thread:
    """Import the client in the background: over a second that the first question need not wait for."""
    load = partial(importlib.import_module, "openai")
    thread = threading.Thread(target=load, name="cloud-client", daemon=True)
    thread.start()
    return thread


@dataclass(frozen=True, slots=True)
class Reply:
    """A response that is no error, while it comes."""

    kind: str
    """Its content type, in small letters."""
    pieces: Iterator[bytes]


@contextmanager
def exchange(
    outgoing: Outgoing, config: CloudConfig, line: Line, tell: Callable[[str], None], stop: Cancel
) -> Iterator[Reply]:
    """Send the request and give its reply; each try carries the same bytes.

    Raises anything of the libraries; `translate` of `cloud_errors` knows it.
    """
    with _client(outgoing, config, line) as client:
        response = _respond(client, outgoing, config.retries, tell, stop)
        try:
            yield Reply(response.headers.get("content-type", "").lower(), response.iter_bytes())
        finally:
            response.close()


def _client(outgoing: Outgoing, config: CloudConfig, line: Line) -> "OpenAI":
    """Make OpenAI's client; each argument that it would else take from the environment is given.

    The key is not among them: the transport adds it to the one request that may leave.
    """
    from openai import Omit, OpenAI

    class Bare(OpenAI):
        """Knows none of the headers that the environment (`OPENAI_CUSTOM_HEADERS`) would give."""

        @property
        def default_headers(self) -> dict[str, str | Omit]:
            return {"Content-Type": "application/json"}

    return Bare(
        base_url=outgoing.url,
        api_key="unused",
        admin_api_key="",
        organization="",
        project="",
        webhook_secret="",
        timeout=config.timeout,
        max_retries=0,
        http_client=open_client(outgoing, config, line),
    )


def _respond(
    client: "OpenAI", outgoing: Outgoing, retries: int, tell: Callable[[str], None], stop: Cancel
) -> "httpx2.Response":
    from openai import APIStatusError

    attempt = 0
    while True:
        stop.check()
        outgoing.permit()  # a policy may have changed while the person read, or the server was busy
        try:
            return _send(client, outgoing)
        except APIStatusError as error:
            wait = _wait(error, attempt)
            if wait > LONGEST_WAIT or attempt >= retries:
                raise
        attempt += 1
        tell(f"The server is busy. Trying again in {max(1, math.ceil(wait))} s.")
        stop.wait(wait)


def _send(client: "OpenAI", outgoing: Outgoing) -> "httpx2.Response":
    from openai import Stream

    kind = Stream[object]
    if outgoing.method == "GET":
        return client.get(outgoing.url, cast_to=object, stream=True, stream_cls=kind).response
    return client.post(
        outgoing.url, cast_to=object, content=outgoing.body, stream=True, stream_cls=kind
    ).response


def _wait(error: "APIStatusError", attempt: int) -> float:
    """Return how long to wait before the next try; without end where there should be none."""
    status = true_status(error.status_code, error_codes(error.body))
    return retry_delay(error.response.headers, attempt) if status in BUSY else math.inf
