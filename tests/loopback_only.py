"""Refuse connections that leave this machine, for the whole test process.

An audit hook sees every connection that Python makes, whatever library asks for it. Native code is covered by the
network namespace of tests/isolated.sh, where the machine allows one.
"""

import ipaddress
import socket
import sys

# Reserved by RFC 2606: tests of a failing look-up use them, and no look-up leaves the machine for them.
_RESERVED = (".invalid", ".test", ".example", ".localhost")


class Escaped(OSError):
    """Something tried to reach another machine."""


class Guard:
    """Remember what tried to leave, so that the test fails even where the code caught the error."""

    def __init__(self) -> None:
        self._attempts: list[str] = []

    def install(self) -> None:
        """Watch from now on; an audit hook cannot be removed."""
        sys.addaudithook(self._watch)

    def take_attempts(self) -> list[str]:
        attempts, self._attempts = self._attempts, []
        return attempts

    def _watch(self, event: str, details: tuple[object, ...]) -> None:
        if event in ("socket.connect", "socket.sendto"):
            self._check_address(details[1])
        elif event == "socket.getaddrinfo":
            self._check_name(details[0])

    def _check_address(self, address: object) -> None:
        # A tuple is an Internet address, a string or bytes the path of a Unix socket.
        if isinstance(address, tuple) and not is_loopback(str(address[0])):
            self._attempts.append(str(address[0]))
            raise Escaped(f"A test tried to connect to {address[0]}.")

    def _check_name(self, name: object) -> None:
        host = name.decode("ascii", "replace") if isinstance(name, bytes) else str(name or "localhost")
        if is_loopback(host) or _is_address(host):
            return
        if not host.rstrip(".").endswith(_RESERVED):
            self._attempts.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


GUARD = Guard()


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine; names other than `localhost` are not."""
    if host in ("localhost", ""):
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
