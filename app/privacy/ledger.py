"""What left this machine: counts, dates, and the exact bytes for as long as the person wants them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol


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


class LedgerStore(Protocol):
    """Keeps rows, encrypted bodies and packed digests; it can read none of the last two."""

    def add(self, row: LedgerRow, body: bytes, digests: bytes) -> int:
        """Keep a row (its `id` is ignored) with its ciphertext, durably, and return its new id."""
        ...

    def row(self, id: int) -> LedgerRow | None: ...

    def rows(self, limit: int, provider: str = "") -> list[LedgerRow]:
        """Return the newest rows first, of one provider if named."""
        ...

    def body(self, id: int) -> bytes | None:
        """Return the ciphertext, or None where it is gone."""
        ...

    def bodies(self) -> Iterable[tuple[int, bytes]]:
        """Yield id and ciphertext of every row that still has its body."""
        ...

    def digests(self) -> Iterable[tuple[int, bytes]]:
        """Yield id and packed digests of every row that still has them, body or not."""
        ...

    def covers(self) -> tuple[float, float] | None:
        """Return the times of the first and last row that still have digests."""
        ...

    def drop_bodies(self, before: float) -> None:
        """Delete bodies of rows older than `before`; rows and digests stay."""
        ...

    def erase(self, ids: Collection[int] | None) -> None:
        """Delete bodies, digests and sha256 of these rows (None: of all); counts and dates stay."""
        ...
