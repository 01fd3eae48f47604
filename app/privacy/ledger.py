"""What left this machine: counts, dates, and the exact bytes for as long as the person wants them."""

import hashlib
import hmac
import json
import time
import zlib
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Protocol

from app.privacy.cipher import Cipher, derive
from app.privacy.errors import PrivacyError
from app.privacy.exposure import Known, Trait
from app.privacy.matcher import words


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One request that left; never an original."""

    id: int
    time: float
    """Seconds since the epoch, UTC."""
    provider: str
    """Host (and port)."""
    purpose: str
    """`chat`, `models`, `test` or `download`."""
    model: str
    kinds: Mapping[str, int]
    """How many details of each kind were found in what the person wrote, by `Kind` value."""
    bytes_sent: int
    sha256: str
    """Of the body, in hexadecimal; empty once the row was erased."""
    conversation: str = ""
    """For which it left; empty where it left for none, or that one is gone."""


class LedgerStore(Protocol):
    """Keeps rows, encrypted bodies and packed digests; it can read none of the last two."""

    def add(self, row: LedgerRow, body: bytes, digests: bytes, told: Collection[Trait] = ()) -> int:
        """Keep a row (its `id` is ignored) with its ciphertext, durably, and return its new id.

        Args:
            told: the traits that the provider is told with it; all is kept, or nothing.
        """
        ...

    def row(self, id: int) -> LedgerRow | None: ...

    def rows(self, limit: int, provider: str = "") -> list[LedgerRow]:
        """Return the newest rows first, of one provider if named."""
        ...

    def body(self, id: int) -> bytes | None:
        """Return the ciphertext, or None where it is gone."""
        ...

    def digests(self) -> Iterable[tuple[int, bytes]]:
        """Yield id and packed digests of every row that still has them, body or not."""
        ...

    def covers(self) -> tuple[float, float] | None:
        """Return the times of the first and last row that still have digests."""
        ...

    def exposure(self, provider: str = "") -> list[tuple[str, Trait, Known]]:
        """Return which traits each provider was told, or the one that is named; the last one first."""
        ...

    def forget_exposure(self, provider: str) -> None:
        """Delete which traits a provider was told."""
        ...

    def drop_bodies(self, before: float) -> None:
        """Delete bodies of rows older than `before`; rows and digests stay."""
        ...

    def erase(self, ids: Collection[int] | None) -> None:
        """Delete bodies, digests and sha256 of these rows; counts and dates stay.

        None: of all rows, and which provider was told which trait as well.
        """
        ...


_SIZE: Final = 8
"""Bytes of a digest: enough that no two phrases meet by chance."""
_RUN: Final = 3
_PHRASE: Final = 400
"""Words of a phrase that are looked at."""
_DAY: Final = 86400
UNKNOWN: Final = "What this provider was told before could not be looked up. Nothing was sent."
UNREADABLE: Final = "The text of this request was kept under another key, so it cannot be read any more."
FAILED: Final = "The record of what leaves could not be written. Nothing was sent."


class Ledger:
    """Notes everything that leaves, and says whether a phrase ever did.

    Bodies are encrypted and kept for `days`. Keyed digests of their words and of runs of two and three
    words stay longer; from them alone no word can be read.
    """

    def __init__(self, store: LedgerStore, key: bytes, days: Callable[[], int]) -> None:
        self._store = store
        self._cipher = Cipher(key, "ledger")
        self._digest_key = derive(key, "ledger digests")
        self._days = days

    def note(  # noqa: PLR0913 - one argument for each column that the caller knows
        self,
        provider: str,
        purpose: str,
        model: str,
        body: bytes,
        kinds: Mapping[str, int],
        told: Collection[Trait] = (),
        conversation: str = "",
    ) -> int:
        """Write down what is about to leave and return the row's id.

        Args:
            conversation: what the row says goes when this is deleted.
            told: what it tells about the person; of that only provider, time and count are kept.

        Raises:
            PrivacyError: it could not be written, so nothing may leave.
        """
        try:
            digest = hashlib.sha256(body).hexdigest()
            row = LedgerRow(
                0, time.time(), provider, purpose, model, dict(kinds), len(body), digest, conversation
            )
            sealed = self._cipher.encrypt(zlib.compress(body, 6), digest) if self._days() > 0 else b""
            said = list(_words(_readable(body)))
            return self._store.add(row, sealed, b"".join(sorted(self._digests(said))), told)
        except Exception:
            pass
        raise PrivacyError(FAILED)

    def entries(self, limit: int) -> list[LedgerRow]:
        """Return the newest rows first."""
        return self._store.rows(limit)

    def body(self, id: int) -> str | None:
        """Return the exact text of a request, or None where it is no longer kept."""
        row, sealed = self._store.row(id), self._store.body(id)
        if row is None or not sealed:
            return None
        return self._open(row, sealed).decode("utf-8", "replace")

    def check(self, phrase: str) -> list[LedgerRow]:
        """Return the requests that held a phrase, newest first; `covers` says how far back that is known.

        Where the body is kept the words must stand there in this order. Beyond, every run of three words
        must have left, which for a longer phrase is nearly the same.
        """
        said = list(_words(phrase))[:_PHRASE]
        if not said:
            return []
        wanted = self._digests(said)
        rows = (self._store.row(id) for id, packed in self._store.digests() if _has_all(packed, wanted))
        held = [row for row in rows if row is not None and self._is_held(row, said)]
        return sorted(held, key=lambda row: row.time, reverse=True)

    def exposed(self, provider: str) -> frozenset[Trait]:
        """Return what a provider was told about the person so far.

        Raises:
            PrivacyError: it is not known, so nothing may leave.
        """
        try:
            return (
                frozenset(trait for _, trait, _ in self._store.exposure(provider))
                if provider
                else frozenset()
            )
        except Exception:
            pass
        raise PrivacyError(UNKNOWN)

    def exposure(self) -> list[tuple[str, dict[Trait, Known]]]:
        """Return what each provider was told and when; the one that was told something last comes first."""
        told: dict[str, dict[Trait, Known]] = {}
        for provider, trait, known in self._store.exposure():
            told.setdefault(provider, {})[trait] = known
        return list(told.items())

    def forget_exposure(self, provider: str) -> None:
        """Forget which traits a provider was told; the provider itself does not."""
        self._store.forget_exposure(provider)

    def covers(self) -> tuple[float, float] | None:
        """Return from when to when `check` knows what left."""
        return self._store.covers()

    def expire(self, now: float) -> None:
        """Drop bodies that are older than the person wants."""
        self._store.drop_bodies(now - self._days() * _DAY)

    def forget(self, ids: Collection[int]) -> None:
        """Destroy what these rows said; counts and dates stay."""
        self._store.erase(ids)

    def erase(self) -> None:
        """Destroy what every row said, and what each provider was told; counts and dates of rows stay."""
        self._store.erase(None)

    def _open(self, row: LedgerRow, sealed: bytes) -> bytes:
        with suppress(PrivacyError, zlib.error):
            return zlib.decompress(self._cipher.decrypt(sealed, row.sha256))
        raise PrivacyError(UNREADABLE)

    def _is_held(self, row: LedgerRow, said: list[str]) -> bool:
        sealed = self._store.body(row.id)
        if not sealed:
            return True
        text = " ".join(_words(_readable(self._open(row, sealed))))
        return f" {' '.join(said)} " in f" {text} "

    def _digests(self, said: list[str]) -> set[bytes]:
        runs = {
            " ".join(said[at : at + size])
            for size in range(1, _RUN + 1)
            for at in range(len(said) - size + 1)
        }
        return {hmac.digest(self._digest_key, run.encode(), hashlib.sha256)[:_SIZE] for run in runs}


def _words(text: str) -> Iterator[str]:
    return (word for _, _, word in words(text))


def _readable(body: bytes) -> str:
    """Return what a request says: the strings in it if it is JSON, else all of it."""
    text = body.decode("utf-8", "replace")
    try:
        return "\n".join(_strings(json.loads(text)))
    except (ValueError, RecursionError):
        return text


def _strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for each in value:
                yield from _strings(each)
        case dict():
            for each in value.values():
                yield from _strings(each)
        case _:
            yield json.dumps(value)


def _has_all(packed: bytes, wanted: Iterable[bytes]) -> bool:
    """Look digests up in a sorted, packed row of them."""
    places = range(len(packed) // _SIZE)

    def at(place: int) -> bytes:
        return packed[place * _SIZE : (place + 1) * _SIZE]

    for digest in wanted:
        place = bisect_left(places, digest, key=at)
        if place == len(places) or at(place) != digest:
            return False
    return True
