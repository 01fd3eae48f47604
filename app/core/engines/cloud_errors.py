"""What can go wrong on the way to a server, as one clear sentence each.

A server's message may repeat the prompt, so nothing of it is kept: only statuses and known codes count.
"""

import email.utils
import math
import socket
import ssl
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.core.engines.cloud_stream import Broken, Malformed, Reported, error_codes
from app.core.errors import (
    BadReply,
    CertificateRefused,
    CutOff,
    EngineError,
    Fix,
    KeyRefused,
    ModelUnknown,
    OutOfQuota,
    RateLimited,
    RequestRefused,
    ServerFault,
    TooLong,
    Unreachable,
)

LONGEST_WAIT = 60.0
"""Seconds; a server that asks for more is not waited for."""

BUSY = frozenset({429, 500, 502, 503, 504, 529})

_STATUS_OF = {
    "insufficient_quota": 402, "billing_hard_limit_reached": 402, "billing_not_active": 402,
    "insufficient_balance": 402, "exceeded_current_quota_error": 402, "billing_error": 402,
    "model_not_found": 404, "not_found_error": 404, "deployment_not_found": 404,
    "context_length_exceeded": 413, "exceed_context_size_error": 413, "string_above_max_length": 413,
    "request_too_large": 413, "invalid_api_key": 401, "authentication_error": 401,
    "permission_error": 403, "rate_limit_exceeded": 429, "rate_limit_error": 429,
    "overloaded_error": 529, "server_error": 500, "api_error": 500,
}  # fmt: skip
"""Codes of OpenAI, Anthropic, Moonshot and llama.cpp that say more than the status beside them."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the sentences have to name."""

    host: str
    proxy: str = ""
    """Host and port of the proxy that is used, without a name or password."""
    timeout: float = 60.0
    keyed: bool = False


def true_status(status: int, codes: Iterable[str]) -> int:
    """Return the status that the codes stand for, where they say more than the one that was sent."""
    return next((_STATUS_OF[code] for code in codes if code in _STATUS_OF), status)


def retry_delay(headers: Mapping[str, str], attempt: int) -> float:
    """Return the seconds that the server asks to wait, or 1, 2, 4, 8 … where it does not say."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        seconds = _number(headers.get(name, "")) * unit
        if math.isfinite(seconds):
            return max(0.0, seconds)
    until = email.utils.parsedate_tz(headers.get("retry-after", ""))
    if until is not None:
        try:
            return max(0.0, email.utils.mktime_tz(until) - time.time())
        except (ValueError, OverflowError):
            pass
    return min(2.0**attempt, 16.0)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


_MEANING: dict[int, tuple[type[EngineError], str]] = {
    401: (KeyRefused, "{host} does not accept this key. Check it, or enter another one."),
    402: (OutOfQuota, "The credit at {host} is used up. Top it up there, or answer on this computer."),
    404: (ModelUnknown, "{host} does not know this model or address. Check both in the cloud settings."),
    407: (Unreachable, "The proxy {proxy} asks for a name and password. Put them into its address."),
    413: (TooLong, "This is more than the model at {host} can read at once. Shorten it."),
    429: (RateLimited, "{host} gets too many requests at the moment. {later}"),
}


def refused(status: int, scene: Scene, wait: float = 0.0) -> EngineError:
    """Say what a status means, whichever way it came.

    Args:
        wait: the seconds that the server asks to wait; 0 where it does not say.
    """
    kind: type[EngineError]
    if status in (401, 403) and not scene.keyed:
        kind, told = KeyRefused, "{host} asks for a key. Enter yours in the cloud settings."
    elif status in _MEANING or status == 403:
        kind, told = _MEANING[401 if status == 403 else status]
    elif status >= 500 or status == 408:
        kind, told = ServerFault, "{host} has a problem of its own ({status}). {later}"
    elif status < 400:
        kind, told = BadReply, "{host} points to another address ({status}). Confidant does not follow it."
    else:
        kind, told = RequestRefused, "{host} refused the request ({status}). Check the model and the address."
    names = {"host": scene.host, "proxy": scene.proxy, "status": status, "later": _later(wait)}
    return kind(told.format_map(names), Fix.CLOUD_SETTINGS if status == 407 else None)


def _later(wait: float) -> str:
    if wait <= 0:
        return "Try again in a while."
    if wait < 120:
        return f"It asks to wait {math.ceil(wait)} s."
    return f"It asks to wait {math.ceil(wait / 60)} minutes."


def translate(error: Exception, scene: Scene, started: bool) -> EngineError | None:
    """Turn an error of the libraries into one of ours, or return None where it is none of theirs.

    Args:
        started: some of the answer has come.
    """
    import httpx2
    import openai

    host = scene.host
    match error:
        case openai.APIStatusError():
            status = true_status(error.status_code, error_codes(error.body))
            return refused(status, scene, _asked(error.response.headers))
        case Reported():
            status = true_status(error.status, error.codes)
            return refused(status, scene) if status >= 400 else _stopped(scene, started)
        case Malformed() | httpx2.DecodingError():
            return BadReply(f"{host} sent something that is no answer. Check address and model.")
        case Broken():
            return _stopped(scene, True)
        case openai.APITimeoutError() | httpx2.TimeoutException():
            return _stopped(scene, True) if started else _silent(scene, error)
        case openai.APIConnectionError():
            return unreached(error, scene)
        case httpx2.RequestError():
            return _stopped(scene, True)
    return None


def web_page(scene: Scene) -> BadReply:
    return BadReply(
        f"{scene.host} sent a web page in place of an answer. Does this network ask you to sign in? "
        "If not, check the address."
    )


def _asked(headers: Mapping[str, str]) -> float:
    asks = any(name in headers for name in ("retry-after", "retry-after-ms"))
    return retry_delay(headers, 0) if asks else 0.0


def _stopped(scene: Scene, started: bool) -> EngineError:
    if started:
        return CutOff(f"The answer from {scene.host} broke off. What came so far is kept; try again.")
    return ServerFault(f"{scene.host} could not answer. Try again in a while.")


def _silent(scene: Scene, error: Exception) -> Unreachable:
    import httpx2

    connecting = any(isinstance(link, httpx2.ConnectTimeout) for link in _chain(error))
    place = f"The proxy {scene.proxy}" if connecting and scene.proxy else scene.host
    return Unreachable(f"{place} did not answer within {scene.timeout:g} s. Is it running?")


def unreached(error: Exception, scene: Scene) -> EngineError:
    """Say why no connection came about."""
    import httpx2

    host = scene.host
    place = f"the proxy {scene.proxy}" if scene.proxy else host
    for link in _chain(error):
        match link:
            case ssl.SSLCertVerificationError():
                return CertificateRefused(
                    f"The certificate of {host} cannot be trusted, so nothing was sent. If it is your own, "
                    "name its authority in the settings."
                )
            case ssl.SSLError():
                return CertificateRefused(
                    f"No secure connection to {host} could be made. Does its address begin with http://?"
                )
            case httpx2.ProxyError():
                return Unreachable(
                    f"The proxy {scene.proxy} does not let Confidant through to {host}.", Fix.CLOUD_SETTINGS
                )
            case socket.gaierror():
                return Unreachable(f"The name of {place} cannot be found. Are you online?")
            case ConnectionRefusedError():
                return Unreachable(f"Nothing answers at {place}. Is it running, and is the address right?")
            case httpx2.RemoteProtocolError() if "disconnected" in str(link):
                return Unreachable(f"{host} closed the connection without an answer. Try again.", Fix.RETRY)
            case httpx2.RemoteProtocolError():
                return BadReply(f"{host} does not speak the language of the web (HTTP). Check the address.")
    return Unreachable(f"The connection to {place} failed. Are you online?")


def _chain(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__ or link.__context__
