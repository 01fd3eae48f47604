"""The one door to everything that Confidant does, for the windows and the command line alike."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from app.core.approval import Approver
from app.core.border import Border
from app.core.cancel import Cancel
from app.core.engines.base import Engine
from app.core.engines.checking import LONGEST as LONGEST_FOR_CLOUD
from app.core.engines.checking import checked
from app.core.engines.guarded import Tally
from app.core.engines.holder import LocalState
from app.core.errors import Cancelled, ConfidantError, Fix, PolicyRefused, SettingError, StoreError
from app.core.events import Delta, Done, Event, Failed, Notice, Routed, Started
from app.core.mechanisms import MECHANISMS
from app.core.mechanisms.base import Kit, Mechanism
from app.core.recorder import Failure, Recorder
from app.core.router import Facts, Router
from app.core.settings import (
    CLOUD_ENABLED,
    CLOUD_MODEL,
    CLOUD_POLICY,
    LOCAL_MAX_TOKENS,
    LOCAL_MODEL,
    LOCAL_SERVER,
    Settings,
)
from app.core.shelf import Shelf, Stores, visible
from app.core.types import (
    Generation,
    Prompt,
    Route,
    State,
    Turn,
    Where,
)
from app.privacy.errors import PrivacyError
from app.privacy.policy import Level
from app.privacy.types import HIDING, Action, Decided

Tell = Callable[[Event], None]
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

    def __init__(self, stores: Stores, border: Border, local: Local, settings: Settings) -> None:
        super().__init__(stores, border, settings)
        self._local = local
        self._router = Router()

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
        """Say who would answer a text and why; nothing is generated or sent."""
        return self._router.route(text, level, Where.AUTO, self._facts("", text, level), draft)

    def destination(self, conversation: str, text: str = "", sensitive: int = 0) -> Destination:
        """Say what Send would do with this text in this conversation.

        Args:
            sensitive: statements that `inspect` would ask about, where it has looked already.
        """
        level = self.conversation(conversation).level
        facts = replace(self._facts("", text, level), sensitive=sensitive)
        route = self._router.route(text, level, Where.AUTO, facts)
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
        question = store.ask(conversation, text)
        turn = Turn(conversation, text, store.get(conversation).level, where, tuple(history))
        self._answer(turn, question.id, _mechanism(mechanism), approver, cancel, tell)

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
        turn = Turn(conversation, question.text, store.get(conversation).level, where, history)
        self._answer(turn, question.id, _mechanism(mechanism), approver, cancel, tell)

    # Inside

    def _answer(
        self,
        turn: Turn,
        question: int,
        mechanism: Mechanism,
        approver: Approver | None,
        cancel: Cancel,
        tell: Tell,
    ) -> None:
        store = self._store(turn.conversation)
        recorder = Recorder(store, question, store.begin_answer(turn.conversation))
        tell(Started(question, recorder.answer))
        tally = Tally()
        state, failure, fix = State.FAILED, "", Fix.NONE
        kind = "bug"
        try:
            self._follow(
                mechanism.run(turn, self._kit(turn, approver, tally, cancel, tell), cancel),
                recorder,
                tally,
                tell,
            )
            state = State.COMPLETE
        except Cancelled:
            state = State.STOPPED
            raise
        except PrivacyError as error:
            kind, failure, fix = error.kind, error.told, Fix.ANSWER_LOCALLY
        except ConfidantError as error:
            kind, failure, fix = error.kind, error.told, error.fix
        finally:
            unsaved = _finish(recorder, state, tally, Failure(failure, fix))
            self._settle(turn.conversation, turn.level, tally.ledger)
        if unsaved:
            tell(Notice(unsaved, lasting=True))
        if state is State.FAILED:
            tell(Failed(kind, failure, fix))
        else:
            tell(Done(tally.usage, tally.times, tally.bytes_sent, tally.hidden, tally.truncated))

    def _follow(self, events: Iterator[Event], recorder: Recorder, tally: Tally, tell: Tell) -> None:
        start = time.perf_counter()
        for event in events:
            match event:
                case Routed():
                    recorder.routed(event)
                case Delta():
                    if "first_token" not in tally.times:
                        tally.clock("first_token", start)
                    try:
                        recorder.add(event)
                    except StoreError as error:
                        tell(Notice(error.told, lasting=True))
            tell(event)
        tally.clock("total", start)

    def _kit(self, turn: Turn, approver: Approver | None, tally: Tally, cancel: Cancel, tell: Tell) -> Kit:
        asks = turn.where is Where.AUTO  # who chose himself gets no reasons, and waits for one check less
        return Kit(
            local=self._local,
            open_cloud=lambda: self._border.guard(
                turn.conversation, turn.level, approver, lambda: self._permit(turn)
            ),
            facts=self._facts(turn.conversation if asks else "", turn.text, turn.level, cancel, tell),
            router=self._router,
            tally=tally,
            generation=Generation(max_tokens=self._settings[LOCAL_MAX_TOKENS]),
            cloud_model=self._border.model,
        )

    def _permit(self, turn: Turn) -> None:
        """Refuse what the conversation forbids by now; it may also be gone."""
        if self.is_stricter(turn.conversation, turn.level):
            raise PolicyRefused("The level was raised meanwhile. Nothing was sent; ask again.")

    def _facts(
        self,
        conversation: str,
        text: str,
        level: Level,
        cancel: Cancel | None = None,
        tell: Tell = lambda _: None,
    ) -> Facts:
        closed = self._border.closed()
        bundled = not self._settings[LOCAL_MODEL] and not self._settings[LOCAL_SERVER]
        if closed or level is Level.LOCAL or not conversation:
            return Facts(not closed, closed, bundled)
        if len(text) > LONGEST_FOR_CLOUD:
            return Facts(False, "This is too long to be checked for private details.", bundled)
        privacy = self._border.privacy(conversation)
        decided = checked(lambda: privacy.inspect(text, level), text, cancel or Cancel(), tell)
        hidden = sum(each.action in HIDING for each in decided)
        sensitive = sum(each.action is Action.ASK for each in decided)
        return Facts(True, "", bundled, hidden, sensitive)


def _mechanism(name: str) -> Mechanism:
    for mechanism in MECHANISMS:
        if name in ("", mechanism.name):
            return mechanism
    known = ", ".join(mechanism.name for mechanism in MECHANISMS)
    raise SettingError(f"There is no mechanism {name!r}; there are {known}.")


def _finish(recorder: Recorder, state: State, tally: Tally, failure: Failure) -> str:
    """Store the end of an answer; return what went wrong, which must not hide the turn's own error."""
    try:
        recorder.finish(state, tally, failure)
    except StoreError as error:
        return error.told
    return ""
