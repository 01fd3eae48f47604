"""What a way of working together is, and the two steps that all of them share."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from app.core.cancel import Cancel
from app.core.engines.base import Engine
from app.core.engines.guarded import GuardedCloud, Tally
from app.core.errors import (
    ChoseLocal,
    EngineError,
    OutOfQuota,
    RateLimited,
    ServerFault,
    Unreachable,
)
from app.core.events import Delta, Event, Notice, Routed
from app.core.exchanges import exchanges
from app.core.router import Facts, Router
from app.core.settings import AnySetting
from app.core.types import (
    Generation,
    Message,
    Origin,
    Prompt,
    Role,
    State,
    StoredMessage,
    Turn,
    Where,
)

PERSONA = "You are a helpful AI assistant."
"""Plain on purpose: with a longer one the bundled model answered in French to "capital of France"."""
_PASSING = (Unreachable, RateLimited, ServerFault, OutOfQuota)
"""Failures of the cloud that a person cannot mend at once: this computer answers instead."""


@dataclass(frozen=True, slots=True)
class Kit:
    """The tools of one turn."""

    local: Engine[Prompt]
    open_cloud: Callable[[], GuardedCloud]
    facts: Facts
    router: Router
    tally: Tally
    generation: Generation
    cloud_model: str = ""

    @property
    def cloud(self) -> GuardedCloud:
        """The guarded cloud; built when it is needed, since it may have to ask the keyring."""
        return self.open_cloud()


class Mechanism(Protocol):
    """One way in which the two models work together; keeps no state between turns."""

    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def help(self) -> str: ...

    @property
    def options(self) -> tuple[AnySetting, ...]: ...

    def run(self, turn: Turn, kit: Kit, cancel: Cancel) -> Iterator[Event]:
        """Yield `Routed`, then the answer as it comes; see `Session.send` for what it may raise."""
        ...


def local_answer(turn: Turn, kit: Kit, cancel: Cancel) -> Iterator[Event]:
    """Let the model on this computer answer, with the whole conversation before it."""
    messages = [Message(Role.SYSTEM, PERSONA), *_said(turn.history), Message(Role.USER, turn.text)]
    for chunk in kit.local.stream(Prompt(tuple(messages), kit.generation), cancel):
        if isinstance(chunk, Notice):
            yield chunk
            continue
        kit.tally.count(chunk)
        if chunk.text:
            yield Delta(chunk.text, Origin.LOCAL)


def cloud_answer(turn: Turn, kit: Kit, cancel: Cancel, mechanism: str) -> Iterator[Event]:
    """Let the cloud answer; this computer takes over where the person or a passing failure says so."""
    spoke = False
    try:
        for event in kit.cloud.answer(turn.text, turn.history, kit.tally, cancel):
            spoke = spoke or isinstance(event, Delta)
            yield event
        return
    except ChoseLocal as choice:
        why = choice.told
    except EngineError as error:
        if spoke or turn.where is Where.CLOUD or not isinstance(error, _PASSING):
            raise
        why = f"{error.told} This computer answered instead."
        yield Notice(why, lasting=True)
    yield Routed(Where.LOCAL, mechanism, (why,), kit.local.name)
    yield from local_answer(turn, kit, cancel)


def _said(history: tuple[StoredMessage, ...]) -> Iterator[Message]:
    """Yield earlier messages so that questions and answers alternate, as chat templates want it."""
    for question, answer in exchanges(history, _has_words):
        yield Message(Role.USER, question.text)
        yield Message(Role.ASSISTANT, answer.text)


def _has_words(message: StoredMessage) -> bool:
    return message.state is not State.FAILED and bool(message.text)
