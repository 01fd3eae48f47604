"""The originals behind the placeholders of one conversation."""

from collections.abc import Iterable
from typing import Protocol


class VaultStore(Protocol):
    """Keeps the ciphertext of vault entries; it can read none of it."""

    def load(self, conversation: str) -> Iterable[tuple[str, bytes]]:
        """Yield index and ciphertext of every entry of a conversation, oldest first."""
        ...

    def put(self, conversation: str, index: str, ciphertext: bytes) -> None:
        """Keep an entry durably; one with the same conversation and index is replaced."""
        ...

    def forget(self, conversation: str) -> None:
        """Delete every entry of a conversation."""
        ...
