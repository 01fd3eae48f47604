"""Auxiliary: the cloud coaches and sees nobody, this computer writes with what is private."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import takewhile

from app.core.aide.earlier import Earlier, earlier
from app.core.aide.outline import outline
from app.core.aide.sheet import Sheet, sheet
from app.core.aide.standalone import DEPTH, standalone
from app.core.cancel import Cancel
from app.core.engines.tally import Request
from app.core.errors import ChoseLocal, ConfidantError, MemoryFault, SaidNo
from app.core.events import Delta, Event, Findings, Notice, Routed
from app.core.exchanges import exchanges
from app.core.mechanisms.base import Kit, local_answer, local_prompt, recalled, spoken
from app.core.memory.person import Fact
from app.core.settings import AnySetting
from app.core.task import Task, task_of
from app.core.types import Prompt, StoredMessage, Turn, Where
from app.privacy.errors import PrivacyError
from app.privacy.prompt import Template

COACHED = "The cloud plans from the task alone; this computer writes, with what stays here."
NOTHING_TO_PLAN = "This is about what only this computer knows, so there is nothing to plan for the cloud."
USELESS = "The cloud's plan was of no use. This computer writes without it."
_FACTS = 5
"""A text can use more of what is known about the person than an answer can."""
_ENOUGH = 1_500
"""Characters of a plan; what comes after them would be cut."""


class Auxiliary:
    """The large model sees only an abstract task; the small one knows the person."""

    name = "auxiliary"
    title = "Coach"
    help = "The cloud plans without your details, and this computer writes the text with them."
    options: tuple[AnySetting, ...] = ()

    def run(self, turn: Turn, kit: Kit, cancel: Cancel) -> Iterator[Event]:
        """Yield a local answer, written along the cloud's plan where there is one."""
        wanted = turn.where if turn.where is Where.LOCAL else Where.CLOUD
        route = kit.router.route(turn.text, turn.level, wanted, kit.facts)
        facts = kit.person.about(turn.text, _FACTS)
        asked = _asked_there(turn)
        task = _sheet(turn, asked, facts) if route.where is Where.CLOUD else None
        if task is None:
            reasons = (NOTHING_TO_PLAN,) if route.where is Where.CLOUD else route.reasons
            yield Routed(Where.LOCAL, self.name, reasons, kit.local.name, route.difficulty)
            yield from local_answer(turn, kit, cancel)
            return
        yield Routed(Where.LOCAL, self.name, (COACHED,), kit.local.name, route.difficulty)
        before = _earlier(turn, kit)
        if before.told:
            yield Notice(before.told)
        said = f"{before.text}\n\n{turn.text}" if before.text else turn.text
        turn = replace(turn, history=before.history, text=said)
        within = "\n".join([turn.text, *(each.text for each in asked), *(each.text for each in facts)])
        coach = _Coach(task, within, local_prompt(turn, kit, facts))
        plan = yield from coach.plan(kit, cancel)
        yield from recalled(facts)
        planned = replace(turn, text=turn.text + _laid_out(plan, task))
        yield from spoken(local_prompt(planned, kit, facts), kit, cancel)


@dataclass(frozen=True, slots=True)
class _Coach:
    """Asks the cloud for a plan."""

    task: Sheet
    within: str
    """The whole message, and what is known about the person: what is private there is hidden in the task."""
    prompt: Prompt
    """What the local model is going to be asked without a plan: it reads that meanwhile."""

    def plan(self, kit: Kit, cancel: Cancel) -> Generator[Event, None, tuple[str, ...]]:
        """Yield what happens and return the points of the plan: none where the cloud gave no useful one."""
        said: list[str] = []
        why = ""
        waits = Cancel()
        try:
            yield from self._ask(said, kit, cancel, waits)
        except ChoseLocal:
            return ()
        except SaidNo:
            raise
        except (ConfidantError, PrivacyError) as error:
            why = f"{error.told} This computer writes without a plan."
        finally:
            waits.set()
        points = outline("".join(said))
        if not points:
            yield Notice(why or USELESS, lasting=True)
        return points

    def _ask(self, said: list[str], kit: Kit, cancel: Cancel, waits: Cancel) -> Iterator[Event]:
        task = self.task
        request = Request(task.text, template=task.template, abstract=True, within=self.within, is_turn=False)
        for event in kit.cloud.answer(request, kit.tally, cancel, step="outline"):
            if isinstance(event, Findings):
                kit.local.prime(self.prompt, waits)
            if not isinstance(event, Delta):
                yield event
                continue
            said.append(event.text)
            if sum(map(len, said)) > _ENOUGH:
                return  # what is left of the stream is dropped, which closes it


def _earlier(turn: Turn, kit: Kit) -> Earlier:
    with suppress(MemoryFault):
        return earlier(turn.history, turn.text, kit.embedder)
    return Earlier(turn.history)


def _asked_there(turn: Turn) -> list[StoredMessage]:
    """Return the last turns of which something left: what was answered here alone is not told later."""
    said = reversed(exchanges(turn.history, lambda message: bool(message.text))[-DEPTH:])
    left = list(takewhile(lambda pair: pair[1].ledger is not None, said))
    return [message for pair in reversed(left) for message in pair]


def _sheet(turn: Turn, asked: Sequence[StoredMessage], facts: Sequence[Fact]) -> Sheet | None:
    """Return what the cloud may know of a question; of a follow-up, together with what it follows."""
    task = task_of(turn.text)
    told = [each.text for each in facts]
    whole = standalone(turn.text, asked) if task is not Task.CHAT else None
    if whole is not None:
        return sheet(whole, task_of(whole), told)
    return sheet(turn.text, task, told)


def _laid_out(plan: tuple[str, ...], task: Sheet) -> str:
    """Return what follows the question: the plan, and that now is the time to write."""
    if not plan:
        return ""
    if task.template is Template.COACH:
        points = "\n".join(f"{number}. {point}" for number, point in enumerate(plan, 1))
        last = "Write it now. Use only what belongs in it, and invent nothing."
        return f"\n\nFollow this plan:\n{points}\n\n{last}"
    return f"\n\nHow to solve it:\n{' '.join(plan)}\n\nAnswer now."
