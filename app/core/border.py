"""What stands between a conversation and the cloud: its filter, its vault, the ledger, the settings."""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Protocol

from app.core.approval import Approver
from app.core.cancel import Cancel
from app.core.engines.guarded import Cloud, GuardedCloud, Terms
from app.core.engines.tally import Tally
from app.core.engines.transport import free
from app.core.errors import Fix, PolicyRefused, StoreError
from app.core.settings import (
    CLOUD_BASE_URL,
    CLOUD_ENABLED,
    CLOUD_MODEL,
    CLOUD_POLICY,
    PRIVACY_OWN_WORDS,
    PRIVACY_REPLACE_WITH,
    Settings,
)
from app.privacy.exposure import Known, Trait
from app.privacy.policy import Level
from app.privacy.vault import MemoryVaultStore, Vault, VaultStore

if TYPE_CHECKING:
    from app.core.second_look import Look
    from app.privacy.filter import Finder, PrivacyFilter
    from app.privacy.ledger import Ledger

OPEN_VAULTS = 32
"""Conversations whose originals may be in memory at the same time."""
TEMPORARY = "tmp-"
"""How ids of conversations begin that live in memory only."""


class TestableCloud(Cloud, Protocol):
    """A cloud that can say whether it works."""

    def test(self, cancel: Cancel) -> str:
        """Return a sentence about a server that answers; raises as `stream` does."""
        ...

    def fixed(self, permit: Callable[[], None]) -> "TestableCloud":
        """See `Cloud.fixed`."""
        ...


class Border:
    """The one owner of filters, vaults, ledger and cloud; makes a guard for each turn."""

    def __init__(
        self,
        make_finder: "Callable[[], Finder]",
        vaults: VaultStore,
        data_key: Callable[[], bytes],
        make_ledger: "Callable[[bytes], Ledger]",
        cloud: TestableCloud,
        settings: Settings,
    ) -> None:
        self._make_finder = make_finder
        self._finder: Finder | None = None
        self._kept = vaults
        self._passing = MemoryVaultStore()
        self._data_key = data_key
        self._make_ledger = make_ledger
        self.cloud = cloud
        self._settings = settings
        self._lock = threading.RLock()
        self._filters: OrderedDict[str, PrivacyFilter] = OrderedDict()
        self._ledger: Ledger | None = None
        self._first_models: dict[str, str] = {}
        self.look: Look | None = None
        """What the person added to the filter; set once, when the program is put together."""
        self.claim: Callable[[Tally, int], None] = lambda tally, characters: None
        """Sets money aside for a request, or raises `OutOfQuota`. Set once as well."""
        self.budget: Callable[[], str] = str
        """Says as a sentence that no money is left; empty where there is. Set once as well."""

    @property
    def model(self) -> str:
        """The cloud's model: the one that is set, or the first of the server, once it was asked."""
        chosen = self._settings[CLOUD_MODEL].strip()
        return chosen or self._first_models.get(self._settings[CLOUD_BASE_URL], "")

    @property
    def ledger(self) -> "Ledger":
        """What left; bodies that are older than the person wants are dropped on first use."""
        with self._lock, _offering_an_answer_here():
            if self._ledger is None:
                self._ledger = self._make_ledger(self._data_key())
                self._ledger.expire(time.time())
            return self._ledger

    def closed(self) -> str:
        """Say why the cloud may not be used, as a sentence; empty where it may."""
        if not self._settings[CLOUD_ENABLED]:
            return "The cloud is switched off."
        if not self._settings[CLOUD_BASE_URL].strip():
            return "No cloud address is set."
        if self._settings[CLOUD_POLICY] == "never":
            return "The cloud policy says never."
        return self.budget()

    def privacy(self, conversation: str) -> "PrivacyFilter":
        """Return the conversation's filter; the same one while it is in use."""
        from app.privacy.filter import PrivacyFilter  # with all its patterns: 70 ms that no start waits for

        with self._lock, _offering_an_answer_here():
            found = self._filters.pop(conversation, None)
            if found is None:
                self._finder = self._finder or self._make_finder()
                passing = conversation.startswith(TEMPORARY)
                store = self._passing if passing else self._kept
                vault = Vault(conversation, store, self._data_key())
                found = PrivacyFilter(
                    self._finder,
                    vault,
                    lambda: self._settings[PRIVACY_OWN_WORDS],
                    lambda: self._settings[PRIVACY_REPLACE_WITH] == "stand-ins",
                )
            self._filters[conversation] = found
            while len(self._filters) > OPEN_VAULTS:
                self._filters.popitem(last=False)
            return found

    def fresh(self) -> str:
        """Return the name of a new conversation that lives in memory only."""
        return TEMPORARY + secrets.token_hex(6)

    def guard(
        self,
        conversation: str,
        level: Level,
        approver: Approver | None,
        permit: Callable[[], None] = free,
    ) -> GuardedCloud:
        """Return the guarded cloud for one turn, under the settings as they are now.

        Args:
            permit: raises where the conversation forbids by now what it allowed when the turn began.
        """

        def still() -> None:
            if closed := self.closed():
                raise PolicyRefused(f"{closed} Nothing was sent.")
            permit()

        closed = self.closed()
        terms = Terms(
            conversation=conversation,
            level=level,
            policy="never" if closed else self._settings[CLOUD_POLICY],
            model=self.model,
            learned=partial(self._first_models.__setitem__, self._settings[CLOUD_BASE_URL]),
            permit=still,
            look=None if level is Level.OPEN else self.look,
            claim=self.claim,
        )
        return GuardedCloud(self.cloud, self.privacy(conversation), self.ledger, approver, terms)

    def models(self, cancel: Cancel) -> list[str]:
        """Ask the server for its models; noted in the ledger, and nothing of the person's is sent.

        Raises:
            PolicyRefused: the cloud is switched off, which holds for this, too.
            EngineError, Cancelled: as `Engine.stream`.
        """
        self._refuse_if_off()
        cloud = self.cloud.fixed(free)
        self.ledger.note(cloud.provider, "models", "", b"", {})
        return cloud.models(cancel)

    def test(self, cancel: Cancel) -> str:
        """Try the connection; noted in the ledger, nothing of the person's is sent; raises as `models`."""
        self._refuse_if_off()
        cloud = self.cloud.fixed(free)
        self.ledger.note(cloud.provider, "test", "", b"", {})
        return cloud.test(cancel)

    def permit_download(self, provider: str, what: str) -> None:
        """Note that a download begins; nothing of the person's is in it.

        Raises:
            PolicyRefused: the cloud is switched off, which holds for this, too.
        """
        self._refuse_if_off()
        self.ledger.note(provider, "download", what, b"", {})

    def exposure(self) -> list[tuple[str, dict[Trait, Known]]]:
        """Return what each provider was told about the person; the one that was told last comes first."""
        return self.ledger.exposure()

    def _refuse_if_off(self) -> None:
        if not self._settings[CLOUD_ENABLED]:
            raise PolicyRefused(
                "The cloud is switched off, so nothing was sent. Switch it on first.", Fix.NONE
            )

    def forget(self, conversation: str) -> None:
        """Destroy the conversation's originals."""
        with self._lock:
            self.privacy(conversation).forget()
            self._filters.pop(conversation, None)

    def drop(self) -> None:
        """Forget what is in memory of every conversation, after its rows were deleted."""
        with self._lock:
            self._filters.clear()
            self._ledger = None
            self._passing = MemoryVaultStore()


@contextmanager
def _offering_an_answer_here() -> Iterator[None]:
    """Let whoever reads that the key, the vault or the ledger cannot be had ask this computer instead."""
    try:
        yield
    except StoreError as error:
        raise StoreError(f"{error.told} Nothing was sent.", Fix.ANSWER_LOCALLY) from error
