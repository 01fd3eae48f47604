"""One question to a server; its methods are jobs for `pump`, on a thread that Stop may abandon."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from app.core.cancel import Cancel
from app.core.engines.cloud_address import Address, CloudConfig
from app.core.engines.cloud_client import Reply, exchange
from app.core.engines.cloud_errors import Scene, translate, web_page
from app.core.engines.cloud_stream import Malformed, Reader, model_names
from app.core.engines.pump import Put
from app.core.engines.transport import Line, Outgoing, free, proxy_for
from app.core.errors import EngineError, Fix, KeyRefused, NotReady, RequestRefused, SettingError
from app.core.events import Notice
from app.core.types import Chunk

T = TypeVar("T")
Read = Callable[[Reply], Iterator[T]]

_BODY_LIMIT = 8_000_000
"""Bytes of an answer in one piece; the longest known list of models has one million."""


def address_of(config: CloudConfig) -> Address:
    """Return the address that is set.

    Raises:
        NotReady: there is none.
        RequestRefused: it is not usable.
    """
    if not config.base_url.strip():
        raise NotReady("No server is set up. Enter its address in the cloud settings.", Fix.CLOUD_SETTINGS)
    try:
        return Address.parse(config.base_url)
    except SettingError as error:
        raise RequestRefused(error.told) from error


@dataclass(frozen=True, slots=True)
class Way:
    """To which server, with which key, and whether that is still allowed."""

    config: CloudConfig
    key: Callable[[], str]
    permit: Callable[[], None] = free


class Call:
    """A request to one server, to the cloud or to a trusted one."""

    def __init__(self, way: Way, method: str, path: str, body: bytes = b"") -> None:
        self._way = way
        self._config = way.config
        self._method = method
        self._path = path
        self._body = body

    def answer(self, put: Put[Chunk | Notice], stop: Cancel) -> None:
        """Put the pieces of a chat completion.

        Raises:
            EngineError: what went wrong, with nothing of the server's text on it or behind it.
            PrivacyError: something else was about to leave, so nothing was sent.
        """
        reader = Reader()

        def read(reply: Reply) -> Iterator[Chunk | Notice]:
            if reply.kind.startswith("application/json"):
                yield from reader.read_whole(_whole(reply))
            else:
                yield from reader.read(reply.pieces)
            if reader.filtered:
                yield Notice("The server ended this answer because of its own rules.", lasting=True)

        self._run(read, put, lambda told: put(Notice(told)), stop)

    def list_models(self, put: Put[str], stop: Cancel) -> None:
        """Put the names of the models in the server's order; raises as `answer` does."""
        self._run(lambda reply: iter(model_names(_whole(reply))), put, lambda told: None, stop)

    def _run(self, read: Read[T], put: Put[T], tell: Callable[[str], None], stop: Cancel) -> None:
        address = address_of(self._config)
        key = _usable(self._way.key(), address.provider)
        stop.check()  # the keyring may have waited for its password, and nobody may wait any more
        outgoing = Outgoing(self._method, f"{address.base}/{self._path}", key, self._body, self._way.permit)
        scene = self._scene(address, outgoing)
        line = Line()
        started = False
        failure: EngineError | None = None
        with stop.on_set(line.shut):
            try:
                with exchange(outgoing, self._config, line, tell, stop) as reply:
                    if "html" in reply.kind:
                        raise web_page(scene)
                    for item in read(reply):
                        put(item)
                        started = True
            except Exception as error:
                failure = translate(error, scene, started)
                if failure is None:
                    raise
            finally:
                line.close()
        if failure is not None:  # raised out here, so that the server's text does not hang on it
            raise failure

    def _scene(self, address: Address, outgoing: Outgoing) -> Scene:
        proxy = urlsplit(proxy_for(outgoing.url, self._config.proxy) or "").netloc.rpartition("@")[2]
        return Scene(address.provider, proxy, self._config.timeout, bool(outgoing.key))


def _whole(reply: Reply) -> bytes:
    body = bytearray()
    for piece in reply.pieces:
        body += piece
        if len(body) > _BODY_LIMIT:
            raise Malformed
    return bytes(body)


def _usable(key: str, host: str) -> str:
    key = key.strip()
    if not key.isascii() or not key.isprintable() or " " in key:
        raise KeyRefused(f"The key for {host} holds characters that no key has. Enter it again.")
    return key
