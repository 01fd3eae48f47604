"""The one door to everything that Confidant does, for the windows and the command line alike."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from app.core.approval import Approver
from app.core.border import TEMPORARY, Border
from app.core.cancel import Cancel
from app.core.engines.base import Engine
from app.core.engines.checking import checked
from app.core.engines.holder import LocalState
from app.core.errors import PolicyRefused, SettingError, StoreError
from app.core.events import Event, Sent
from app.core.feedback import Feedback
from app.core.minds import Asked, Minds, Tell
from app.core.settings import CLOUD_ENABLED, CLOUD_MODEL, CLOUD_POLICY, MECHANISM, Settings
from app.core.shelf import Shelf, Stores, visible
from app.core.types import Prompt, Route, State, Turn, Where
from app.privacy.policy import Level
from app.privacy.types import Decided

if TYPE_CHECKING:
    from app.core.answering import Answering
    from app.core.mechanisms.base import Mechanism

LONGEST = 2_000_000
"""Characters of a question; beyond that it belongs into a document."""


class Local(Engine[Prompt], Protocol):
    """The local engine with what a window shows of it."""

    @property
    def state(self) -> LocalState: ...

    def on_state(self, listener: Callable[[LocalState], None]) -> None:
        """Call `listener` after each change, on any thread."""
        ...

    def load_anyway(self) -> None:
        """Load a model although the program ended while it was loading it; returns at once."""
        ...


@dataclass(frozen=True, slots=True)
class Status:
    """Which models are there, as the window's chips show it."""

    local: LocalState
    cloud_on: bool
    cloud_why: str
    """Why the cloud is not used, as a sentence; empty where it is."""
    cloud_model: str
    provider: str


@dataclass(frozen=True, slots=True)
class Destination:
    """What Send would do with a text."""

    where: Where
    review: bool
    """The person will see the request before it leaves."""
    label: str
    why: str


class Session(Shelf):
    """Conversations, questions and answers. Every method may block: call it on a worker."""

    def __init__(
        self, stores: Stores, border: Border, local: Local, minds: Minds, settings: Settings
    ) -> None:
        super().__init__(stores, border, settings)
        self._local = local
        self._minds = minds

    @cached_property
    def _answering(self) -> "Answering":
        from app.core.answering import Answering  # with every mechanism, which no start waits for

        return Answering(self._minds, self._border, self._settings)

    # Looking ahead

    def inspect(self, conversation: str, text: str, cancel: Cancel | None = None) -> tuple[Decided, ...]:
        """Say what the filter would do with a text; nothing is stored or sent.

        Raises:
            PrivacyError: the filter cannot run, or the text is too long for it.
            Cancelled: at once, where `cancel` is set.
        """
        level = self.conversation(conversation).level
        privacy = self._border.privacy(conversation)
        return checked(lambda: privacy.inspect(text, level), text, cancel or Cancel())

    def rehearse(self, text: str, level: Level) -> tuple[Decided, ...]:
        """Say what the filter would do with a text in a new conversation; raises as `inspect`.

        Nothing is stored or sent, and the filter forgets the text again.
        """
        passing = self._border.fresh()
        privacy = self._border.privacy(passing)
        try:
            return checked(lambda: privacy.inspect(text, level), text, Cancel())
        finally:
            self._border.forget(passing)

    def route(self, text: str, level: Level, draft: str = "") -> Route:
        """Say who would answer a text, in which way and why; nothing is generated or sent."""
        turn = Turn("", text, level, Where.AUTO)
        return self._answering.route(Asked(turn, 0, self._stores.kept, None, lambda: None), draft)

    def destination(self, conversation: str, text: str = "", sensitive: int = 0) -> Destination:
        """Say what Send would do with this text in this conversation.

        Args:
            sensitive: statements that `inspect` would ask about, where it has looked already.
        """
        level = self.conversation(conversation).level
        stays = self._answering.stays(conversation, text)
        facts = replace(self._answering.facts("", text, level), sensitive=sensitive, stays=stays)
        route = self._minds.router().route(text, level, Where.AUTO, facts)
        why = " ".join(route.reasons)
        if route.where is Where.LOCAL:
            return Destination(Where.LOCAL, False, "local", why)
        policy = self._settings[CLOUD_POLICY]
        return Destination(Where.CLOUD, policy != "never", "cloud", why)

    def status(self) -> Status:
        """Say which models are there; reads settings, so not for the gui thread."""
        closed = self._border.closed()
        provider = self._border.cloud.provider if not closed else ""
        model = self._settings[CLOUD_MODEL]
        return Status(self._local.state, not closed, closed, model, provider)

    def on_status(self, listener: Callable[[], None]) -> None:
        """Call `listener` after each change of models or cloud settings, on any thread."""
        self._local.on_state(lambda _: listener())
        self._settings.on_change(lambda key: listener() if key.startswith(("cloud", "local")) else None)

    def load_anyway(self) -> None:
        """Load the chosen model although the program ended while it was loading it."""
        self._local.load_anyway()

    # The cloud

    def set_cloud(self, on: bool) -> None:
        """Switch the cloud on or off, everywhere."""
        self._settings.set(CLOUD_ENABLED, on)

    def cloud_models(self, cancel: Cancel) -> list[str]:
        """Ask the server for its models; raises as `Engine.stream` does."""
        return self._border.models(cancel)

    def test_cloud(self, cancel: Cancel) -> str:
        """Try the connection and say in a sentence how it went; raises as `Engine.stream` does."""
        return self._border.test(cancel)

    # Asking

    def send(  # noqa: PLR0913 - the one door: who asks, what, and how it may be answered
        self,
        conversation: str,
        text: str,
        approver: Approver | None,
        cancel: Cancel,
        tell: Tell,
        *,
        where: Where = Where.AUTO,
        mechanism: str = "",
    ) -> None:
        """Store the question, answer it and store the answer as it comes.

        `tell` gets every event on this thread; the last one is `Done` or `Failed`.

        Raises:
            Cancelled: Stop was pressed; what had come is stored.
            StoreError: the question could not be stored; nothing was asked.
            SettingError: there is no such mechanism.
        """
        if len(text) > LONGEST:
            raise SettingError("This is too long for one question: at most 2,000,000 characters.")
        text = text.encode("utf-8", "replace").decode()
        store = self._store(conversation)
        history = visible(store.messages(conversation))
        if history and history[-1].state is State.COMPLETE:
            self.judge(conversation, history[-1].id, Feedback.WENT_ON)
        question = store.ask(conversation, text)
        turn = Turn(conversation, text, store.get(conversation).level, where, tuple(history))
        self._answer(turn, question.id, self._mechanism(mechanism), approver, cancel, tell)

    def answer_again(
        self,
        conversation: str,
        approver: Approver | None,
        cancel: Cancel,
        tell: Tell,
        *,
        where: Where = Where.AUTO,
        mechanism: str = "",
    ) -> None:
        """Answer the last question once more; earlier answers are kept.

        Raises:
            as `send`; `StoreError` also where there is no question yet.
        """
        store = self._store(conversation)
        question = store.last_question(conversation)
        if question is None:
            raise StoreError("There is no question in this conversation yet.")
        said = visible(store.messages(conversation))
        history = tuple(message for message in said if message.id < question.id)
        if said[-1].id != question.id and said[-1].state is State.COMPLETE:
            self.judge(conversation, said[-1].id, _complaint(said[-1].route, where))
        turn = Turn(conversation, question.text, store.get(conversation).level, where, history, again=True)
        self._answer(turn, question.id, self._mechanism(mechanism), approver, cancel, tell)

    def judge(self, conversation: str, answer: int, feedback: Feedback) -> None:
        """Take what the person made of an answer; what is learned from it stays on this computer.

        Nothing is kept of temporary conversations.
        """
        if not conversation.startswith(TEMPORARY):
            self._answering.judge(conversation, answer, feedback)

    # Inside

    def _answer(
        self,
        turn: Turn,
        question: int,
        mechanism: "Mechanism",
        approver: Approver | None,
        cancel: Cancel,
        tell: Tell,
    ) -> None:
        left: list[int] = []

        def note(event: Event) -> None:
            if isinstance(event, Sent):
                left.append(event.ledger)
            tell(event)

        asked = Asked(turn, question, self._store(turn.conversation), approver, lambda: self._permit(turn))
        try:
            self._answering.answer(asked, mechanism, cancel, note)
        finally:
            self._settle(turn.conversation, turn.level, left)

    def _permit(self, turn: Turn) -> None:
        """Refuse what the conversation forbids by now; it may also be gone."""
        if self.is_stricter(turn.conversation, turn.level):
            raise PolicyRefused("The level was raised meanwhile. Nothing was sent; ask again.")

    def _mechanism(self, name: str) -> "Mechanism":
        from app.core.mechanisms import by_name

        return by_name(name or self._settings[MECHANISM])


def _complaint(route: Route | None, where: Where) -> Feedback:
    """Say whether the other model is asked, or the same one once more."""
    is_other = route is not None and where not in (Where.AUTO, route.where)
    return Feedback.OTHER if is_other else Feedback.AGAIN
