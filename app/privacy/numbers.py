"""Invents numbers and addresses that look right and belong to nobody."""

import re
import secrets
import string
from collections.abc import Callable
from typing import Final

_FICTION: Final = {
    "1": ("2025550100", "3035550100", "4045550100", "6175550100", "7025550100", "5035550100"),
    "44": ("7700900000", "2079460000", "1632960000", "1614960000"),
    "33": ("639980000", "199000000", "536490000"),
    "49": ("3023125000", "4066969000", "22147110000"),
    "61": ("491570000", "255500000", "370100000"),
    "46": ("701740600", "84650040"),
    "353": ("209100000",),
}
"""National numbers that are kept for films and books, by country; the zeros at the end are free."""
_FREE: Final = {"1": 2, "44": 3, "33": 4, "49": 3, "61": 3, "46": 2, "353": 4}
_CARDS: Final = (
    "4242424242424242", "4012888888881881", "4111111111111111", "4000056655665556", "5555555555554444",
    "5105105105105100", "5200828282828210", "2223003122003222", "6011111111111117", "6011000990139424",
    "3530111333300000", "3566002020360505", "378282246310005", "371449635398431", "378734493671000",
    "30569309025904", "38520000023237", "4222222222222",
)  # fmt: skip
"""Numbers of cards that banks gave out for testing."""
_NETWORKS: Final = ("192.0.2", "198.51.100", "203.0.113")
"""For documentation (RFC 5737)."""
_IPV4: Final = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)")
_DOMAINS: Final = ("example.com", "example.org", "example.net")
_SSN: Final = re.compile(r"\d{3}([- ]?)\d{2}\1\d{4}")
_LABELS: Final = frozenset({"MRN", "ID", "NO", "NR", "REF", "INV", "CASE", "ACC", "ACCT", "NHS", "PO", "EMP"})
"""Words in front of a number that say what it is; any other may be a name."""
_EXTENSION: Final = re.compile(r"\s*(?:ext\.?|x)\s*\d+\s*\Z", re.IGNORECASE)


def phone(value: str) -> str:
    """Return a number that is kept for fiction, where the country has such numbers."""
    tail = _EXTENSION.search(value)
    body = value[: tail.start()] if tail else value
    digits = "".join(filter(str.isdigit, body))
    if not 5 <= len(digits) <= 15 or any(map(str.isalpha, body)):
        return ""
    new = _fictional(digits, has_plus=body.lstrip(" (").startswith("+"))
    return _fill(body, new) + (_fill(tail.group(), _digits(9)) if tail else "")


def _fictional(digits: str, *, has_plus: bool) -> str:
    prefix, country = "", ""
    if has_plus or digits.startswith("00"):
        lead = "" if has_plus else "00"
        rest = digits[len(lead) :]
        country = next(filter(rest.startswith, sorted(_FICTION, key=len, reverse=True)), "")
        prefix = lead + (country or rest[:2])
        zero = "0" if country not in ("", "1") and rest[len(country) :].startswith("0") else ""
        prefix += zero  # +44 (0)20 ...
    elif len(digits) in (10, 11) and digits[-10] in "23456789" and (len(digits) == 10 or digits[0] == "1"):
        country, prefix = "1", digits[:-10]
    elif len(digits) <= 8 and digits[0] != "0":
        return ("555" + "01" + _digits(9))[: len(digits)]
    elif digits.startswith("0"):
        country, prefix = {10: "33", 11: "44"}.get(len(digits), "49"), "0"
    room = len(digits) - len(prefix)
    if not country:
        return (prefix + "000" + _digits(15))[: len(digits)]
    return prefix + _kept_for_fiction(country, room, digits[len(prefix) :])


def _kept_for_fiction(country: str, room: int, old: str) -> str:
    """Choose one of the country's; a mobile number stays one."""
    first = [each for each in _FICTION[country] if each[0] == old[:1]] or list(_FICTION[country])
    number = secrets.choice(first)
    free = _FREE[country]
    return (number[: len(number) - free] + _digits(free) + _digits(15))[:room]


def card(value: str) -> str:
    """Return a test number, of the same company where there is one."""
    digits = "".join(filter(str.isdigit, value))
    fitting = [each for each in _CARDS if len(each) == len(digits) and each != digits]
    same = [each for each in fitting if each[0] == digits[0]]
    chosen = same or fitting
    return _fill(value, secrets.choice(chosen)) if chosen else ""


def iban(value: str) -> str:
    """Return a formally right number of a bank that does not exist, in the same country."""
    plain = "".join(filter(str.isalnum, value)).upper()
    if len(plain) < 15 or not plain[:2].isalpha():
        return ""
    letters = iter("TEST" * 8)
    places = [at for at in range(4, len(plain)) if plain[at].isdigit()]
    random = set(places[len(places) // 2 :])
    body = "".join(
        next(letters) if plain[at].isalpha() else secrets.choice(string.digits) if at in random else "0"
        for at in range(4, len(plain))
    )
    number = int("".join(str(int(each, 36)) for each in body + plain[:2] + "00"))
    new = plain[:2] + f"{98 - number % 97:02}" + body
    return _fill(value, new, str.isalnum)


def ip(value: str) -> str:
    """Return an address out of the ranges for documentation."""
    if _IPV4.search(value):
        new = f"{secrets.choice(_NETWORKS)}.{1 + secrets.randbelow(254)}"
        return _IPV4.sub(new, value)
    if value.count(":") < 2:
        return ""
    groups = ":".join(f"{secrets.randbelow(0xFFFF) + 1:x}" for _ in range(3))
    return f"2001:db8::{groups}"


def mac(value: str) -> str:
    """Return an address out of the range for documentation (RFC 7042)."""
    if sum(each in string.hexdigits for each in value) != 12:
        return ""
    new = f"00005e0053{secrets.randbelow(256):02x}"
    return _fill(value, new.upper() if value.isupper() else new, lambda each: each in string.hexdigits)


def identity(value: str) -> str:
    """Return a number of the same form that no office has given out, as far as that can be known."""
    if _SSN.fullmatch(value):
        return _fill(value, f"9{_digits(2)}0{1 + secrets.randbelow(9)}{_digits(4)}")
    return shape(value)


def shape(value: str) -> str:
    """Return random digits for digits and letters for letters, of any script; a label in front stays."""
    pieces = re.split(r"([^\W_]+)", value)
    is_labelled = pieces[1:2] and pieces[1] in _LABELS and any(map(str.isdigit, value))
    kept = pieces[:2] if is_labelled else []
    return "".join(kept + [_shaken(piece) for piece in pieces[len(kept) :]])


def domain(unlike: str) -> str:
    """Return a host name out of those that are kept for examples."""
    return secrets.choice([each for each in _DOMAINS if each not in unlike.casefold()])


def _shaken(piece: str) -> str:
    is_hex = len(piece) >= 8 and all(each in string.hexdigits for each in piece)
    letters = "abcdef" if is_hex else string.ascii_lowercase
    new = []
    for at, each in enumerate(piece):
        if each.isalpha():
            new.append(secrets.choice(letters.upper() if each.isupper() else letters))
        elif each.isalnum():
            digits = string.digits[1:] if at == 0 and each != "0" else string.digits
            new.append(secrets.choice(digits))
        else:
            new.append(each)
    return "".join(new)


def _digits(count: int) -> str:
    return "".join(secrets.choice(string.digits) for _ in range(count))


def _fill(value: str, new: str, is_place: Callable[[str], bool] = str.isdigit) -> str:
    """Write new characters where the old ones stand."""
    following = iter(new)
    return "".join(next(following, each) if is_place(each) else each for each in value)
