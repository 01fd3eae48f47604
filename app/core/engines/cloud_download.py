"""The door for downloads: asks for a public file by its address, and goes on where it stopped.

Unlike a question, a download follows other addresses, since those who publish models point to the machines
that hold them. It can: nothing of the person's is in the request, and what comes is kept only if it is, byte
for byte, what was published.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, urljoin, urlsplit

from app.core.backends.files import writing
from app.core.cancel import Cancel
from app.core.engines.cloud_address import CloudConfig, is_loopback
from app.core.engines.cloud_errors import Scene, refused, unreached
from app.core.engines.pump import Put
from app.core.engines.transport import Line, Outgoing, open_client
from app.core.errors import BadReply, CutOff, Unreachable

if TYPE_CHECKING:
    import httpx2

_HOPS: Final = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file, and where it grows on the disk."""

    url: str
    size: int
    part: Path


class Download:
    """Fetches one file; `run` is a job for `pump`, on a thread that Stop may abandon.

    Args:
        permit: called with the host and port before each request, also for an address that another one
            pointed to; notes it, and raises where nothing may leave.
    """

    def __init__(self, wanted: Wanted, config: CloudConfig, permit: Callable[[str], None]) -> None:
        self._wanted = wanted
        self._config = config
        self._permit = permit

    def run(self, put: Put[int], stop: Cancel) -> None:
        """Put how many bytes are there, again and again, until all are.

        Raises:
            EngineError: no connection, another file than the published one, or it broke off.
            StoreError: the disk.
        """
        part = self._wanted.part
        done = part.stat().st_size if part.exists() else 0
        if done > self._wanted.size:
            part.unlink()
            done = 0
        put(done)
        if done == self._wanted.size:
            return
        url = self._wanted.url
        for _ in range(_HOPS):
            url = self._receive(url, done, put, stop)
            if not url:
                return
        raise BadReply(f"{_scene(url, self._config).host} sends from one address to the next, without end.")

    def _receive(self, url: str, done: int, put: Put[int], stop: Cancel) -> str:
        """Append what comes; return the address to ask in its place, or nothing once all is there."""
        scene = _scene(url, self._config)
        outgoing = Outgoing("GET", url, start=done)
        self._permit(scene.host)
        line = Line()
        with stop.on_set(line.shut):
            try:
                stop.check()
                with _reply(outgoing, self._config, line, scene) as response:
                    if 300 <= response.status_code < 400:
                        return self._next(url, str(response.extensions.get("location", "")), scene)
                    if response.status_code >= 400 and response.status_code != 416:
                        raise refused(response.status_code, scene)
                    self._append(response, self._agreed(response, done, scene), put)
            finally:
                line.close()
        if self._wanted.part.stat().st_size < self._wanted.size:
            raise CutOff(f"The download from {scene.host} broke off. Try again; it goes on where it stopped.")
        return ""

    def _next(self, url: str, location: str, scene: Scene) -> str:
        try:
            there = urljoin(url, location)
        except ValueError:
            there = ""
        target, first = _parts(there), _parts(self._wanted.url)
        stays_here = target.scheme == "http" and all(
            is_loopback(each.hostname or "") for each in (target, first)
        )
        if not location or target.username is not None or not (target.scheme == "https" or stays_here):
            raise BadReply(f"{scene.host} points to an address that cannot be trusted. Nothing was kept.")
        return there

    def _agreed(self, response: "httpx2.Response", done: int, scene: Scene) -> int:
        """Return where the bytes belong that come now."""
        size, headers = self._wanted.size, response.headers
        if (
            response.status_code == 206
            and headers.get("content-range", "") == f"bytes {done}-{size - 1}/{size}"
        ):
            return done
        if response.status_code == 200 and headers.get("content-length", str(size)) == str(size):
            return 0
        if response.status_code in (206, 416):
            self._wanted.part.unlink(missing_ok=True)
        raise BadReply(f"What {scene.host} sends is not the file that was published. Nothing was kept.")

    def _append(self, response: "httpx2.Response", start: int, put: Put[int]) -> None:
        done = start
        with writing(), self._wanted.part.open("ab" if start else "wb") as file:
            for piece in response.iter_raw():
                file.write(piece)
                done += len(piece)
                if done > self._wanted.size:
                    break  # too much of it: whoever accepts it will see that
                put(done)


@contextmanager
def _reply(outgoing: Outgoing, config: CloudConfig, line: Line, scene: Scene) -> Iterator["httpx2.Response"]:
    """Send the request; turn what the library says into sentences."""
    import httpx2

    started = False
    try:
        with open_client(outgoing, config, line) as client, client.stream("GET", outgoing.url) as response:
            started = True
            yield response
    except httpx2.TimeoutException as error:
        raise Unreachable(f"{scene.host} did not answer within {scene.timeout:g} s. Try again.") from error
    except httpx2.RequestError as error:
        if not started:
            raise unreached(error, scene) from error
        raise CutOff(
            f"The download from {scene.host} broke off. Try again; it goes on where it stopped."
        ) from error


def _scene(url: str, config: CloudConfig) -> Scene:
    return Scene(_parts(url).netloc.rpartition("@")[2], timeout=config.timeout)


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for a port that is none
    except ValueError:
        raise BadReply("The server points to something that is no address. Nothing was kept.") from None
    return parts
