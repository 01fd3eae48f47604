"""One running instance per profile, and the line on which other processes ask it for things.

An operating-system lock decides who is the instance, so it cannot outlive its process. Messages are JSON,
bounded in size and time, and both sides prove that they know a key which only this profile's owner can read.
"""

import hashlib
import hmac
import os
import secrets
import socket
import struct
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, suppress
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

from app.core.cancel import Cancel
from app.core.errors import Cancelled, ConfidantError, CutOff, EngineError
from app.core.events import Notice
from app.core.instance_lock import Lock
from app.core.instance_messages import (
    End,
    Garbled,
    Generate,
    QuickAsk,
    Reply,
    Request,
    Show,
    pack_reply,
    pack_request,
    unpack_reply,
    unpack_request,
)
from app.core.paths import Paths
from app.core.types import Chunk, Prompt

__all__ = [
    "Generate",
    "Handler",
    "Instance",
    "NoInstance",
    "QuickAsk",
    "RemoteLocalEngine",
    "Reply",
    "Request",
    "Show",
    "ask",
    "living",
]

Handler = Callable[[Request, Cancel], Iterator[Reply]]
"""Does what another process asks; runs on a thread of its own, `cancel` is set when the asker goes."""

_LONGEST = 16 * 2**20
_PATIENCE = 5.0
"""Seconds that a peer has to say who it is, to ask, and to take each reply."""
_GUESTS = 8


class NoInstance(ConfidantError):
    """Nobody lives in this profile, or does not answer."""

    kind = "no-instance"


class Instance:
    """This process is the one that lives in the profile, until `close` or its end."""

    def __init__(self, paths: Paths, lock: Lock, listener: Listener, key: bytes) -> None:
        self._paths = paths
        self._lock = lock
        self._listener = listener
        self._key = key
        self._closing = threading.Event()
        self._guests = threading.BoundedSemaphore(_GUESTS)

    @classmethod
    def claim(cls, paths: Paths) -> "Instance | None":
        """Become the instance of this profile, or return None where another process is.

        Raises:
            OSError: the profile's folder cannot be written.
        """
        lock = _take(_lock_file(paths))
        if lock is None:
            return None
        try:
            key = _new_key(paths)
            address = _address(paths)
            if not address.startswith("\\\\"):
                Path(address).unlink(missing_ok=True)  # of a process that died
            return cls(paths, lock, Listener(address, backlog=_GUESTS), key)
        except BaseException:
            lock.release()
            raise

    def serve(self, handler: Handler) -> None:
        """Answer other processes from now on, each on a daemon thread."""
        threading.Thread(target=self._accept, args=(handler,), name="instance", daemon=True).start()

    def close(self) -> None:
        """Stop answering and leave the profile to others."""
        if self._closing.is_set():
            return
        self._closing.set()
        with suppress(OSError):
            Client(_address(self._paths)).close()  # wakes the thread that accepts
        with suppress(OSError):
            self._listener.close()
        self._lock.release()

    def _accept(self, handler: Handler) -> None:
        while not self._closing.is_set():
            try:
                guest = self._listener.accept()
            except OSError:
                self._closing.wait(0.05)
                continue
            if self._closing.is_set() or not self._guests.acquire(blocking=False):
                guest.close()
                continue
            threading.Thread(
                target=self._receive, args=(guest, handler), name="instance-guest", daemon=True
            ).start()

    def _receive(self, guest: "Connection[bytes, bytes]", handler: Handler) -> None:
        try:
            with closing(guest), suppress(OSError, EOFError, Garbled):
                _limit_waiting(guest)
                _prove(guest, self._key, "window", "guest")
                request = unpack_request(_read(guest))
                _answer(guest, request, handler)
        finally:
            self._guests.release()


def living(paths: Paths) -> bool:
    """Say whether a process lives in this profile."""
    return Lock.is_held(_lock_file(paths))


def ask(paths: Paths, request: Request, cancel: Cancel | None = None) -> Iterator[Reply]:
    """Ask the instance of this profile and yield what it replies; closing the iterator ends its work.

    Raises:
        NoInstance: nobody is there, or it does not answer.
        CutOff: it ended in the middle.
        Cancelled: `cancel` was set, or the work was stopped over there.
        ConfidantError: what went wrong over there.
    """
    cancel = cancel or Cancel()
    with closing(_connect(paths)) as line:
        try:
            line.send_bytes(pack_request(request))
            while True:
                while not line.poll(0.1):
                    cancel.check()
                cancel.check()
                reply = unpack_reply(line.recv_bytes(_LONGEST))
                if isinstance(reply, End):
                    if reply.error is not None:
                        raise reply.error
                    return
                yield reply
        except (OSError, EOFError, Garbled):
            raise CutOff("Confidant's window was closed in the middle. Please ask again.") from None


class RemoteLocalEngine:
    """The local model of the window that lives in this profile, for a process beside it."""

    def __init__(self, paths: Paths, name: str) -> None:
        self._paths = paths
        self._name = name

    @property
    def name(self) -> str:
        return self._name

    def stream(self, prompt: Prompt, cancel: Cancel) -> Iterator[Chunk | Notice]:
        """Yield what the window's model answers; see `ask` for what it raises."""
        return ask(self._paths, Generate(prompt), cancel)


def _answer(guest: "Connection[bytes, bytes]", request: Request, handler: Handler) -> None:
    """Hand the request over and send back what comes, until it ends or the guest goes."""
    cancel = Cancel()
    done = threading.Event()
    threading.Thread(target=_watch, args=(guest, cancel, done), name="instance-watch", daemon=True).start()
    try:
        with closing(_steps(handler, request, cancel)) as replies:
            for reply in replies:
                guest.send_bytes(pack_reply(reply))
    finally:
        cancel.set()
        done.set()


def _steps(handler: Handler, request: Request, cancel: Cancel) -> Generator[Reply | End, None, None]:
    try:
        yield from handler(request, cancel)
    except (ConfidantError, Cancelled) as error:
        yield End(error)
    except Exception:
        yield End(EngineError("Confidant's window could not do that. Please try again."))
        raise
    else:
        yield End()


def _watch(guest: "Connection[bytes, bytes]", cancel: Cancel, done: threading.Event) -> None:
    """Throw the switch when the guest hangs up; it has nothing more to say, so any sign will do."""
    with suppress(OSError, EOFError):
        while not done.is_set() and not guest.poll(0.1):
            pass
    cancel.set()


def _connect(paths: Paths) -> "Connection[bytes, bytes]":
    """Call the instance; one that is just starting gets a moment to open its line."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        if not living(paths):
            raise NoInstance("Confidant's window is not open.")
        try:
            line = Client(_address(paths))
        except OSError:
            if time.monotonic() > deadline:
                raise NoInstance("Confidant's window does not answer. Please restart it.") from None
            time.sleep(0.05)
            continue
        try:
            # Read after the line is open: the key is older than the line.
            _prove(line, _key_file(paths).read_bytes(), "guest", "window")
            return line
        except (OSError, EOFError, Garbled):
            line.close()
            raise NoInstance("Confidant's window does not answer. Please restart it.") from None


def _prove(line: "Connection[bytes, bytes]", key: bytes, own: str, other: str) -> None:
    """Let both sides show that they know the key, without saying it.

    Raises:
        Garbled: the other side does not know it.
    """
    mine = secrets.token_bytes(32)
    line.send_bytes(mine)
    theirs = _read(line, 64)
    line.send_bytes(hmac.digest(key, own.encode() + theirs, "sha256"))
    if not hmac.compare_digest(_read(line, 64), hmac.digest(key, other.encode() + mine, "sha256")):
        raise Garbled("wrong key")


def _read(line: "Connection[bytes, bytes]", longest: int = _LONGEST) -> bytes:
    if not line.poll(_PATIENCE):
        raise Garbled("nothing came")
    return line.recv_bytes(longest)


def _limit_waiting(guest: "Connection[bytes, bytes]") -> None:
    """Let no read or write of half a message wait for ever (a Windows pipe takes whole messages only)."""
    if sys.platform != "win32":
        seconds = struct.pack("ll", int(_PATIENCE), 0)
        with socket.socket(fileno=os.dup(guest.fileno())) as same:
            same.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, seconds)
            same.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, seconds)


def _take(path: Path) -> Lock | None:
    """Take the lock; one who only looks (`living`) holds it for an instant, so try more than once."""
    for _ in range(5):
        lock = Lock.take(path)
        if lock is not None:
            return lock
        time.sleep(0.02)
    return None


def _lock_file(paths: Paths) -> Path:
    return paths.run / "instance.lock"


def _key_file(paths: Paths) -> Path:
    return paths.run / "instance.key"


def _new_key(paths: Paths) -> bytes:
    """Write a new key that only the owner can read."""
    key = secrets.token_bytes(32)
    fresh = paths.run / "instance.key.new"
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key)
    fresh.replace(_key_file(paths))
    return key


def _address(paths: Paths) -> str:
    """Name the socket or pipe; a path too long for a socket gets a short private place instead."""
    mark = hashlib.sha256(os.fsencode(paths.profile)).hexdigest()[:24]
    if sys.platform == "win32":
        return rf"\\.\pipe\confidant-{mark}"
    path = paths.run / "instance.sock"
    if len(os.fsencode(path)) < 100:
        return str(path)
    folder = Path(tempfile.gettempdir()) / f"confidant-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if found.st_uid != os.getuid() or found.st_mode & 0o077 or folder.is_symlink():
        raise PermissionError(f"{folder} belongs to somebody else")
    return str(folder / f"{mark}.sock")
