"""What a way of working together is, and the two steps that all of them share."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from app.core.cancel import Cancel
from app.core.engines.base import Engine
from app.core.engines.guarded import GuardedCloud
from app.core.engines.tally import Request, Tally
from app.core.errors import (
    ChoseLocal,
    EngineError,
    OutOfQuota,
    RateLimited,
    ServerFault,
    Unreachable,
)
from app.core.events import Delta, Event, Notice, Recalled, Routed
from app.core.exchanges import exchanges
from app.core.memory.lessons import Lesson, Lessons
from app.core.memory.person import Fact, Person
from app.core.router import Facts, Router
from app.core.settings import AnySetting, Settings
from app.core.types import (
    Generation,
    Message,
    Origin,
    Prompt,
    Role,
    Source,
    State,
    StoredMessage,
    Turn,
    Used,
    Where,
)
from app.privacy.prompt import Template

if TYPE_CHECKING:
    from app.core.embeddings import Embedder

PERSONA = "You are a helpful AI assistant."
"""Plain on purpose: with a longer one the bundled model answered in French to "capital of France"."""
PASSING = (Unreachable, RateLimited, ServerFault, OutOfQuota)
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
    person: Person
    lessons: Lessons
    embedder: "Embedder"
    settings: Settings
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


def local_answer(
    turn: Turn, kit: Kit, cancel: Cancel, lessons: Sequence[Lesson] = (), step: str = "answer"
) -> Iterator[Event]:
    """Let the model on this computer answer, with the whole conversation and what it knows before it."""
    facts = kit.person.about(turn.text)
    used = [Used(Source.FACT, each.text, each.id) for each in facts]
    used += [Used(Source.EXAMPLE, each.question, each.id) for each in lessons]
    if used:
        kit.tally.used += used
        yield Recalled(tuple(used))
    prompt = local_prompt(turn, kit, facts, lessons)
    with kit.tally.step(step, Where.LOCAL) as meter:
        for chunk in kit.local.stream(prompt, cancel):
            if isinstance(chunk, Notice):
                yield chunk
                continue
            meter.count(chunk)
            kit.tally.truncated = kit.tally.truncated or chunk.truncated
            if chunk.text:
                yield Delta(chunk.text, Origin.LOCAL)


def local_prompt(turn: Turn, kit: Kit, facts: Sequence[Fact] = (), lessons: Sequence[Lesson] = ()) -> Prompt:
    """Lay the prompt out so that what stays the same comes first: the model need not read that again."""
    style = kit.person.style()
    system = f"{PERSONA} {style}" if style else PERSONA
    known = "".join(f"- {each.text}\n" for each in facts)
    learned = "".join(
        f"A question of this kind: {each.question}\nHow to solve it: {each.strategy}\n\n" for each in lessons
    )
    asked = learned + (f"What you know about me:\n{known}\n" if known else "") + turn.text
    messages = [Message(Role.SYSTEM, system), *_said(turn.history), Message(Role.USER, asked)]
    return Prompt(tuple(messages), kit.generation)


def ask_local(
    messages: Sequence[Message], kit: Kit, cancel: Cancel, step: str, generation: Generation
) -> str:
    """Let the local model do a small task of its own, such as a merge, and return all that it says.

    Raises:
        as `Engine.stream`.
    """
    said = []
    with kit.tally.step(step, Where.LOCAL) as meter:
        for chunk in kit.local.stream(Prompt(tuple(messages), generation), cancel):
            if not isinstance(chunk, Notice):
                meter.count(chunk)
                said.append(chunk.text)
    return "".join(said)


def cloud_answer(
    turn: Turn, kit: Kit, cancel: Cancel, mechanism: str, template: Template = Template.PLAIN
) -> Iterator[Event]:
    """Let the cloud answer; this computer takes over where the person or a passing failure says so."""
    spoke = False
    try:
        for event in kit.cloud.answer(Request(turn.text, turn.history, template), kit.tally, cancel):
            spoke = spoke or isinstance(event, Delta)
            yield event
        return
    except ChoseLocal as choice:
        why = choice.told
    except EngineError as error:
        if spoke or turn.where is Where.CLOUD or not isinstance(error, PASSING):
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
