"""The composition root: builds everything from a profile's folder; nothing is opened before it is used."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING

from app.core.border import TEMPORARY, Border
from app.core.cancel import Cancel
from app.core.engines.base import Engine
from app.core.engines.chosen import ChosenLocal
from app.core.engines.cloud import CloudEngine
from app.core.engines.cloud_address import CloudConfig
from app.core.engines.holder import LocalOptions, Phase
from app.core.engines.local import LocalEngine
from app.core.engines.trusted import TrustedServer
from app.core.feedback import USUAL
from app.core.learner import Learner
from app.core.mechanism_settings import OPTIONS, SHARE
from app.core.memory.lessons import Lessons, NoLessons
from app.core.memory.listening_spare import Spare
from app.core.minds import Minds
from app.core.models.catalog import LocalModel, resolve
from app.core.pace import Paces
from app.core.paths import Paths
from app.core.protection import DatabaseKey, Protection
from app.core.remembrance import Remembrance
from app.core.secrets import Secrets
from app.core.session import Session
from app.core.settings import (
    CLOUD_BASE_URL,
    CLOUD_CA,
    CLOUD_MODEL,
    CLOUD_PROXY,
    CLOUD_RETRIES,
    CLOUD_TIMEOUT,
    LEDGER_DAYS,
    LOCAL_CONTEXT,
    LOCAL_MODEL,
    LOCAL_SERVER,
    LOCAL_THREADS,
    MECHANISM_LEARN,
    MEMORY_ENABLED,
    MEMORY_FACTS,
    PRIVACY_ALLOWED,
    PRIVACY_OWN_WORDS,
    SETTINGS,
    Settings,
)
from app.core.shelf import Stores
from app.core.spending import Spending
from app.core.store.choices import SqliteChoices
from app.core.store.conversations import Conversations
from app.core.store.database import Database
from app.core.store.encryption import opens_without_key
from app.core.store.erase import erase, finish
from app.core.store.settings import DatabaseSettings, FileSettings
from app.core.store.spending import SqliteSpending
from app.core.store.swap import Swap
from app.core.store.vault import SqliteVaultStore
from app.core.types import Prompt
from app.privacy.detectors.wordlist import WordLists
from app.privacy.policy import Level

if TYPE_CHECKING:
    from app.core.additions import Additions
    from app.core.backup import Backup
    from app.core.bandit import Bandit
    from app.core.calibrator import Calibrator
    from app.core.memory.exemplars import Exemplars
    from app.core.names import NameDetector
    from app.core.router import Router
    from app.core.second_look import Looked
    from app.core.store.examples import SqliteExamples
    from app.core.transfer.transfer import Transfer
    from app.privacy.ledger import Ledger
    from app.privacy.registry import Registry
    from app.privacy.types import Decided


class Confidant(Remembrance):
    """Everything that one process of a profile owns."""

    def __init__(self, paths: Paths, local: Engine[Prompt] | None = None) -> None:
        self.paths = paths
        self.secrets = Secrets(
            paths.profile,
            host=lambda: self.cloud.provider,
            may_be_new=lambda: opens_without_key(paths.database),
        )
        key = DatabaseKey(lambda: self.settings, self.secrets.own_key)
        kept = Database(paths.database, key=key)
        early = FileSettings(paths.early_settings)
        settings = Settings((*SETTINGS, *OPTIONS), early, DatabaseSettings(kept))
        super().__init__(kept, Database(None), settings, self._lend)
        self.protection = Protection(self._kept, key, self.secrets.own_key, self.settings, early)
        self.cloud = CloudEngine(self._cloud_config, lambda host: self.secrets.key(host))
        self.own_local = LocalEngine(
            LocalOptions(
                model=self._model,
                context=lambda: self.settings[LOCAL_CONTEXT],
                threads=lambda: self.settings[LOCAL_THREADS],
            ),
            paths,
        )
        self.local = ChosenLocal(self.own_local, paths, TrustedServer(self._server_config), stand_in=local)
        lists = self._lists = WordLists()
        self.border = Border(
            lambda: self._finder(lists),
            SqliteVaultStore(self._kept),
            self.secrets.data_key,
            self._ledger,
            self.cloud,
            self.settings,
        )
        self.border.look = self._look
        self.spending = Spending(SqliteSpending(self._kept), self.settings)
        self.border.budget, self.border.claim = self.spending.closed, self.spending.claim

    @cached_property
    def additions(self) -> "Additions":
        from app.core.additions import Additions  # what a model adds to the filter, for questions alone

        return Additions(self.local, self.settings, self.paths.models, self._model, self._lists)

    @cached_property
    def names(self) -> "NameDetector":
        from app.core.names import NameDetector  # many patterns, which no start should wait for

        return NameDetector(self._lists)

    @cached_property
    def session(self) -> Session:
        return Session(
            Stores(
                kept=Conversations(self._kept),
                passing=Conversations(self._passing, temporary=True),
                erase=self._erase,
            ),
            self.border,
            self.local,
            Minds(
                local=self.local,
                router=lambda: self.router,
                person=self._person,
                lessons=self._lessons,
                earlier=self._earlier,
                embedder=lambda: self.embedder,
                documents=lambda: self.documents,
                spending=self.spending,
                learner=self.learner,
                pace=Paces(SqliteChoices(self._kept), lambda: self.settings[SHARE]).of,
                levels=lambda: None if self.settings[LOCAL_SERVER] else self.calibrator.levels(),
            ),
            self.settings,
        )

    @cached_property
    def router(self) -> "Router":
        from app.core.router import Router

        return Router(lambda: self.embedder)

    @cached_property
    def learner(self) -> Learner:
        return Learner(SqliteChoices(self._kept), _bandit, lambda: self.settings[MECHANISM_LEARN])

    @cached_property
    def calibrator(self) -> "Calibrator":
        from app.core.calibration import Calibration
        from app.core.calibrator import Calibrator

        return Calibrator(
            Calibration(SqliteChoices(self._kept)),
            self.own_local,
            self._model,
            lambda: self.own_local.state.phase is Phase.READY,
        )

    @cached_property
    def examples(self) -> "SqliteExamples":
        from app.core.store.examples import SqliteExamples

        return SqliteExamples(self._kept)

    @cached_property
    def exemplars(self) -> "Exemplars":
        from app.core.memory.exemplars import Exemplars

        return Exemplars(
            self.examples,
            self.embedder,
            lambda text: self.session.rehearse(text, Level.GUARDED),
            self.secrets.data_key,
        )

    @cached_property
    def backup(self) -> "Backup":
        from app.core.backup import Backup

        return Backup(self.paths, self._kept, self.secrets.own_key, self.border.drop)

    @cached_property
    def transfer(self) -> "Transfer":
        from app.core.store.documents import SqliteDocuments
        from app.core.store.imports import SqliteImports
        from app.core.transfer.transfer import Transfer

        return Transfer(Conversations(self._kept), SqliteImports(self._kept), SqliteDocuments(self._kept))

    def start(self) -> None:
        """Bring the profile up to date: migrate it, and mark what a crash interrupted.

        Raises:
            StoreError: the database cannot be opened.
        """
        self._kept.open()
        finish(self._kept)
        Conversations(self._kept).mark_interrupted()

    def warm(self) -> None:
        """Begin to load what the first question will need; and again when the model changes."""
        self.settings.on_change(self._on_setting)
        self.local.warm()
        self._warm_cloud()
        self.calibrator.begin()
        self.indexing.wake()

    def get_strong_filter(self, cancel: Cancel) -> Iterator[int]:
        """Download the stronger filter, and yield how many bytes are there; raises as `get` does."""
        from app.core.backends.get import get

        files = self.additions.files
        permit = partial(self.border.permit_download, what=files.model.name)
        return get(files, self._cloud_config(), permit, cancel)

    def apart(self) -> "Confidant":
        """Return a second set of everything on this model, for what must leave no trace in the first."""
        second = Confidant(self.paths, self.local)
        second.secrets.own_key.adopt(self.secrets.own_key)
        return second

    def close(self) -> None:
        """End every thread and close every file; takes at most about three seconds."""
        self.own_local.close()
        if "calibrator" in vars(self):
            self.calibrator.close()
        self._end_background()
        self._passing.close()
        self._kept.close()

    def _on_setting(self, key: str) -> None:
        if key.startswith("local."):
            self.local.warm()
            self.calibrator.begin()
        elif key.startswith("cloud."):
            self._warm_cloud()

    def _warm_cloud(self) -> None:
        if not self.border.closed():
            self.names.warm()
            self.additions.warm()
            self.cloud.warm()

    def _lessons(self, conversation: str) -> Lessons:
        """Leave conversations alone of which nothing is to be remembered."""
        passing = conversation.startswith(TEMPORARY) or not self.settings[MEMORY_ENABLED]
        return NoLessons() if passing else self.exemplars

    def _lend(self) -> Spare:
        return Spare(self.own_local, self._model, lambda: self.settings[MEMORY_FACTS])

    def _erase(self) -> None:
        self.secrets.forget_key()  # first: for which address it is stands in a setting
        erase(self._kept)
        erase(self._passing)

    def _look(self, text: str, inspect: "Callable[[], Sequence[Decided]]", cancel: Cancel) -> "Looked":
        return self.additions.look(text, inspect, cancel)

    def _ledger(self, key: bytes) -> "Ledger":
        from app.core.store.ledger import SqliteLedgerStore
        from app.core.store.without_words import WithoutWords
        from app.privacy.ledger import Ledger

        return Ledger(WithoutWords(SqliteLedgerStore(self._kept)), key, lambda: self.settings[LEDGER_DAYS])

    def _model(self) -> LocalModel:
        return resolve(self.settings[LOCAL_MODEL], self.paths.models)

    def _server_config(self) -> CloudConfig:
        settings = self.settings
        return CloudConfig(
            base_url=settings[LOCAL_SERVER],
            timeout=settings[CLOUD_TIMEOUT],
            proxy=settings[CLOUD_PROXY],
            ca_file=settings[CLOUD_CA],
        )

    def _cloud_config(self) -> CloudConfig:
        settings = self.settings
        return CloudConfig(
            base_url=settings[CLOUD_BASE_URL],
            timeout=settings[CLOUD_TIMEOUT],
            retries=settings[CLOUD_RETRIES],
            proxy=settings[CLOUD_PROXY],
            ca_file=settings[CLOUD_CA],
            model=settings[CLOUD_MODEL],
        )

    def _finder(self, lists: WordLists) -> "Registry":
        from app.privacy.registry import Registry, standard

        patterns = standard(lambda: self.settings[PRIVACY_OWN_WORDS], lists=lists)
        detectors = (*patterns, self.names, self.additions.strong)
        return Registry(detectors, allowed=lambda: self.settings[PRIVACY_ALLOWED])


def _bandit(state: bytes) -> "Bandit":
    """Make the bandit, and give it what it learned; what cannot be read is forgotten."""
    from app.core.bandit import Bandit, Prior
    from app.core.situation import FEATURES

    bandit = Bandit((), FEATURES, {"": Prior((USUAL,), (20.0,))})
    with suppress(ValueError):
        if state:
            bandit.restore(state)
    return bandit


def build(paths: Paths, local: Engine[Prompt] | None = None) -> Confidant:
    """Return the parts of a profile, wired; the folders must be there.

    Args:
        local: answers instead of the model on this computer, as the rehearsal's echo does.
    """
    Swap(paths).recover()
    return Confidant(paths, local)
