"""The person's conversations: kept ones in the file, temporary ones in memory."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from app.core.border import TEMPORARY, Border
from app.core.errors import StoreError
from app.core.left import Left
from app.core.settings import MEMORY_ENABLED, PRIVACY_LEVEL, Settings
from app.core.store.conversations import Conversations
from app.core.store.database import GONE
from app.core.store.erase import TracesLeft
from app.core.types import Conversation, Hit, Role, State, StoredMessage
from app.privacy.errors import PrivacyError
from app.privacy.policy import Level


@dataclass(frozen=True, slots=True)
class Stores:
    """Where conversations live."""

    kept: Conversations
    passing: Conversations
    """Temporary ones, in memory."""
    erase: Callable[[], None]
    """Deletes everything of the profile."""

    def of(self, conversation: str) -> Conversations:
        """Return the store that holds a conversation."""
        return self.passing if conversation.startswith(TEMPORARY) else self.kept


class Shelf(Left):
    """Finds, makes, changes and deletes conversations, wherever they live."""

    def __init__(self, stores: Stores, border: Border, settings: Settings) -> None:
        super().__init__(border)
        self._stores = stores
        self._settings = settings

    def conversations(self, limit: int = 200, offset: int = 0) -> list[Conversation]:
        """Return the kept conversations, pinned ones first, then the newest."""
        return self._stores.kept.list(limit, offset)

    def new_conversation(self, temporary: bool = False, level: Level | None = None) -> Conversation:
        """Begin a conversation; it is temporary also where the person wants nothing remembered."""
        passing = temporary or not self._settings[MEMORY_ENABLED]
        store = self._stores.passing if passing else self._stores.kept
        return store.create("", level or Level(self._settings[PRIVACY_LEVEL]))

    def conversation(self, conversation: str) -> Conversation:
        """Return one; raises `StoreError` where there is none of this id."""
        return self._store(conversation).get(conversation)

    def conversation_of(self, message: int) -> str:
        """Say in which kept conversation a message stands; raises `StoreError` where it is gone."""
        return self._stores.kept.message(message).conversation

    def rename(self, conversation: str, title: str) -> None:
        """Change the title."""
        self._store(conversation).rename(conversation, title)

    def pin(self, conversation: str, pinned: bool) -> None:
        """Keep it at the top of the list, or not."""
        self._store(conversation).pin(conversation, pinned)

    def set_level(self, conversation: str, level: Level) -> None:
        """Change the level; where it becomes stricter, earlier turns do not go out again."""
        store = self._store(conversation)
        before = store.get(conversation).level
        store.set_level(conversation, level)
        if _strictness(level) > _strictness(before):
            _keep_home(store, conversation)

    def is_stricter(self, conversation: str, level: Level) -> bool:
        """Say whether a conversation is stricter by now; raises `StoreError` where it is gone."""
        return _strictness(self._store(conversation).get(conversation).level) > _strictness(level)

    def delete(self, conversation: str) -> None:
        """Delete it, its originals, and what the ledger keeps of it but counts and dates."""
        store = self._store(conversation)
        left = [row for each in store.messages(conversation) for row in _requests(each)]
        traces: TracesLeft | None = None
        try:
            store.delete(conversation)  # first, for it deletes all or nothing
        except TracesLeft as error:
            traces = error
        self._border.forget(conversation)
        if left:
            self._border.ledger.forget(left)
        if traces is not None:
            raise traces

    def take_back(self, conversation: str) -> None:
        """Remove the last question and its failed answer: the person did not send it after all."""
        self._store(conversation).take_back(conversation)

    def erase_everything(self) -> None:
        """Delete every conversation, original, setting and key, and the ledger with them."""
        self._stores.erase()
        self._border.drop()

    def messages(self, conversation: str) -> list[StoredMessage]:
        """Return the messages, oldest first, without failed answers that another one followed."""
        return visible(self._store(conversation).messages(conversation))

    def search(self, query: str, limit: int = 50) -> list[Hit]:
        """Find messages and titles by words."""
        return self._stores.kept.search(query, limit)

    def _store(self, conversation: str) -> Conversations:
        return self._stores.of(conversation)

    def _settle(self, conversation: str, level: Level, ledger: Sequence[int]) -> None:
        """Do for a turn that just ended what a stricter level, or deletion, did while it ran."""
        with suppress(StoreError, PrivacyError):  # the turn's own end must not be hidden
            try:
                if self.is_stricter(conversation, level):
                    _keep_home(self._store(conversation), conversation)
            except StoreError as error:
                if error.told != GONE:
                    raise
                self._border.forget(conversation)
                if ledger:
                    self._border.ledger.forget(ledger)


def _requests(message: StoredMessage) -> set[int]:
    """Return the ledger rows of everything that left for an answer; older answers know their last only."""
    last = set() if message.ledger is None else {message.ledger}
    return last | set(message.account.requests)


def _strictness(level: Level) -> int:
    return -list(Level).index(level)


def _keep_home(store: Conversations, conversation: str) -> None:
    """Let what went out so far not go out again."""
    for message in store.messages(conversation):
        if message.wire_text:
            store.set_wire(message.id, "")


def visible(messages: list[StoredMessage]) -> list[StoredMessage]:
    """Leave out answers that failed without a word and were asked for again.

    The store keeps them: they say what left for them.
    """
    after = [*messages[1:], None]
    return [
        message
        for message, follower in zip(messages, after, strict=False)
        if message.state is not State.FAILED or message.text or follower is None or follower.role is Role.USER
    ]
