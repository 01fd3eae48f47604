"""The ledger of temporary conversations: on the disk counts and dates alone, words in memory only."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from app.core.border import TEMPORARY
from app.core.store.ledger import SqliteLedgerStore
from app.privacy.exposure import Known, Trait
from app.privacy.ledger import LedgerRow


class WithoutWords:
    """A `LedgerStore` that keeps what left for a temporary conversation as a row that was erased at once.

    As long as the program runs, it knows the rest too: what left can be read, and looked for.
    """

    def __init__(self, kept: SqliteLedgerStore) -> None:
        self._kept = kept
        self._passing: dict[int, tuple[str, bytes, bytes]] = {}
        """sha256, body and digests, as they would be kept."""

    def add(self, row: LedgerRow, body: bytes, digests: bytes, told: Collection[Trait] = ()) -> int:
        if not row.conversation.startswith(TEMPORARY):
            return self._kept.add(row, body, digests, told)
        number = self._kept.add(replace(row, sha256="", conversation=""), b"", b"", told)
        self._passing[number] = row.sha256, body, digests
        return number

    def row(self, id: int) -> LedgerRow | None:
        found = self._kept.row(id)
        return self._whole(found) if found else None

    def rows(self, limit: int, provider: str = "") -> list[LedgerRow]:
        return [self._whole(each) for each in self._kept.rows(limit, provider)]

    def body(self, id: int) -> bytes | None:
        return self._passing[id][1] if id in self._passing else self._kept.body(id)

    def digests(self) -> Iterable[tuple[int, bytes]]:
        passing = [(id, digests) for id, (_, _, digests) in list(self._passing.items()) if digests]
        return sorted([*self._kept.digests(), *passing])

    def covers(self) -> tuple[float, float] | None:
        return self._kept.covers()

    def exposure(self, provider: str = "") -> list[tuple[str, Trait, Known]]:
        return self._kept.exposure(provider)

    def forget_exposure(self, provider: str) -> None:
        self._kept.forget_exposure(provider)

    def drop_bodies(self, before: float) -> None:
        self._kept.drop_bodies(before)

    def erase(self, ids: Collection[int] | None) -> None:
        for id in list(self._passing) if ids is None else ids:
            self._passing.pop(id, None)
        self._kept.erase(ids)

    def _whole(self, row: LedgerRow) -> LedgerRow:
        return replace(row, sha256=self._passing[row.id][0]) if row.id in self._passing else row
