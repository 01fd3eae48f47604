"""What left this machine, and what each provider was told by it."""

from typing import TYPE_CHECKING

from app.core.border import Border
from app.privacy.exposure import Known, Trait

if TYPE_CHECKING:
    from app.privacy.ledger import LedgerRow


class Left:
    """The session's part that reads the ledger. Every method may block."""

    def __init__(self, border: Border) -> None:
        self._border = border

    def ledger_entries(self, limit: int = 200) -> "list[LedgerRow]":
        """Return what left, newest first."""
        return self._border.ledger.entries(limit)

    def ledger_body(self, entry: int) -> str | None:
        """Return the exact text of a request, or None where it is no longer kept."""
        return self._border.ledger.body(entry)

    def ledger_check(self, phrase: str) -> "list[LedgerRow]":
        """Return the requests in which these words left."""
        return self._border.ledger.check(phrase)

    def ledger_covers(self) -> tuple[float, float] | None:
        """Return from when to when `ledger_check` knows what left."""
        return self._border.ledger.covers()

    def ledger_forget(self, entry: int) -> None:
        """Destroy what a request said, its digests too; counts and date stay."""
        self._border.ledger.forget([entry])

    def exposure(self) -> dict[str, dict[Trait, Known]]:
        """Return what each provider was told about the person, and when; never the words."""
        return dict(self._border.exposure())

    def forget_exposure(self, provider: str) -> None:
        """Forget what a provider was told; the provider does not."""
        self._border.ledger.forget_exposure(provider)
