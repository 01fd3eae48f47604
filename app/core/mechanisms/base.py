"""What a way of working together is, and the two steps that all of them share."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from app.core.aide.asked import request as asked_of
from app.core.cancel import Cancel
from app.core.draft import BUNDLED, UNKNOWN, Levels
from app.core.engines.base import LocalModel
from app.core.engines.guarded import GuardedCloud
from app.core.engines.tally import Request, Tally
from app.core.errors import (
    ChoseLocal,
    ConfidantError,
    CutOff,
    EngineError,
    OutOfQuota,
    RateLimited,
    ServerFault,
    Unreachable,
)
from app.core.events import Delta, Event, Notice, Recalled, Routed
from app.core.exchanges import exchanges
from app.core.learner import Learner
from app.core.memory.earlier_talk import Passage, as_context
from app.core.memory.lessons import Lesson, Lessons
from app.core.memory.person import Fact, Person
from app.core.memory.telling import told
from app.core.pace import Pace
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

if TYPE_CHECKING:
    from app.core.documents.binder import Binder
    from app.core.embeddings import Embedder

PERSONA = "You are a helpful AI assistant."
"""Plain on purpose: with a longer one the bundled model answered in French to "capital of France"."""
SHOWN = 1500
"""Characters of a lesson's answer that are worth reading again: four seconds with 0.5B on one core."""
PASSING = (Unreachable, RateLimited, ServerFault, OutOfQuota, CutOff)
"""Failures of the cloud that a person cannot mend at once: this computer answers instead."""


@dataclass(frozen=True, slots=True)
class Kit:
    """The tools of one turn."""

    local: LocalModel
    open_cloud: Callable[[], GuardedCloud]
    facts: Facts
    router: Router
    tally: Tally
    generation: Generation
    person: Person
    lessons: Lessons
    embedder: "Embedder"
    settings: Settings
    learner: Learner
    pace: Pace
    binder: "Callable[[], Binder | None]" = lambda: None
    """The documents of the conversation, where there are any."""
    earlier: Callable[[], tuple[Passage, ...]] = lambda: ()
    """What was said in other conversations and bears on the question; for the local model alone."""
    cloud_model: str = ""
    levels: Levels | None = None
    """How sure the local model usually is of itself; None where it was not calibrated yet."""

    @property
    def cloud(self) -> GuardedCloud:
        """The guarded cloud; built when it is needed, since it may have to ask the keyring."""
        return self.open_cloud()

    @property
    def usual(self) -> Levels:
        """How sure the local model usually is of itself, as far as that is known."""
        return self.levels or (BUNDLED if self.facts.bundled else UNKNOWN)


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
    earlier = kit.earlier()
    yield from recalled(facts, lessons, earlier)
    asked = replace(turn, text=as_context(earlier) + turn.text)
    yield from spoken(local_prompt(asked, kit, facts, lessons), kit, cancel, step)


def recalled(
    facts: Sequence[Fact], lessons: Sequence[Lesson] = (), earlier: Sequence[Passage] = ()
) -> Iterator[Event]:
    """Tell what the answer uses from memory, if it uses anything."""
    used = [Used(Source.FACT, each.text, each.id) for each in facts]
    used += [Used(Source.EXAMPLE, each.question, each.id) for each in lessons]
    used += [Used(Source.TURN, each.told(), each.number) for each in earlier]
    if used:
        yield Recalled(tuple(used))


def spoken(prompt: Prompt, kit: Kit, cancel: Cancel, step: str = "answer") -> Iterator[Event]:
    """Let the model on this computer answer a prompt that is laid out already."""
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
    messages = [
        Message(Role.SYSTEM, system),
        *_said(turn.history),
        *_shown(lessons),
        Message(Role.USER, told(turn.text, facts)),
    ]
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


@dataclass(frozen=True, slots=True)
class TakeOver:
    """Why the local model has to answer, and what the cloud had said by then."""

    why: str
    said: str = ""
    failure: EngineError | None = None
    """None where the person chose it."""

    def events(self, mechanism: str, model: str, answer: Iterator[Event]) -> Iterator[Event]:
        """Tell it, and let the local answer follow on what came.

        Raises:
            as `answer`; where this computer cannot answer either, the cloud's failure.
        """
        if self.failure:
            yield Notice(self.why, lasting=True)
        yield Routed(Where.LOCAL, mechanism, (self.why,), model)
        if self.said:
            yield Delta(_break(self.said), Origin.LOCAL)
        try:
            yield from answer
        except EngineError as error:
            raise self.failure or error from None


def cloud_answer(
    turn: Turn, kit: Kit, cancel: Cancel, mechanism: str, request: Request | None = None
) -> Iterator[Event]:
    """Let the cloud answer; this computer takes over where the person or a passing failure says so."""
    over = yield from ask_cloud(request or asked_of(turn), turn, kit, cancel)
    if over:
        yield from over.events(mechanism, kit.local.name, local_answer(turn, kit, cancel))


def ask_cloud(
    request: Request, turn: Turn, kit: Kit, cancel: Cancel
) -> Generator[Event, None, TakeOver | None]:
    """Yield the cloud's answer and return None, or why this computer has to take over.

    Meanwhile the local model reads what it would have to answer then, and afterwards the cloud's answer:
    whichever of the two is asked next, it need not read that first.

    Raises:
        as `GuardedCloud.answer`, but for passing failures and the wish for a local answer.
    """
    said: list[str] = []
    waits = Cancel()
    try:
        # Before the filter begins: where the cloud cannot be reached, that is all the time there is.
        with suppress(ConfidantError):
            kit.local.prime(local_prompt(turn, kit, kit.person.about(turn.text)), waits)
        for event in kit.cloud.answer(request, kit.tally, cancel):
            if isinstance(event, Delta):
                said.append(event.text)
            yield event
    except ChoseLocal as choice:
        return TakeOver(choice.told)
    except PASSING as error:
        return TakeOver(_told(error, bool(said)), "".join(said), error)
    finally:
        waits.set()
    answered = (Message(Role.ASSISTANT, "".join(said)), Message(Role.USER, ""))
    with suppress(ConfidantError):
        kit.local.prime(Prompt((*local_prompt(turn, kit).messages, *answered), kit.generation), Cancel())
    return None


def _told(error: EngineError, spoke: bool) -> str:
    if spoke:
        return "The cloud's answer broke off. What came is kept, and this computer answers after it."
    if isinstance(error, CutOff):
        return "The cloud's answer broke off before its first word. This computer answers instead."
    return f"{error.told} This computer answers instead."


def _break(said: str) -> str:
    """Return what stands between the part of an answer that came and another answer."""
    fence = "\n```" if said.count("```") % 2 else ""
    return f"{fence}\n\n*The cloud's answer broke off here. This computer's answer:*\n\n"


def _shown(lessons: Sequence[Lesson]) -> Iterator[Message]:
    """Yield lessons as questions that were answered, the nearest last; of a long answer, what to do alone.

    Measured with 0.5B on ten word problems: told as advice ("How to solve it: ...") they made it less sure,
    and it wrote of "Person A"; shown like this they did not.
    """
    for each in reversed(lessons):
        told = each.answer if len(each.answer) <= SHOWN else each.strategy
        if told:
            yield Message(Role.USER, each.question)
            yield Message(Role.ASSISTANT, told)


def _said(history: tuple[StoredMessage, ...]) -> Iterator[Message]:
    """Yield earlier messages so that questions and answers alternate, as chat templates want it."""
    for question, answer in exchanges(history, _has_words):
        yield Message(Role.USER, question.text)
        yield Message(Role.ASSISTANT, answer.text)


def _has_words(message: StoredMessage) -> bool:
    return message.state is not State.FAILED and bool(message.text)
