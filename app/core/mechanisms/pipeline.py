"""Pipeline: sanitize here, write the whole answer in the cloud, check and restore it here."""

from collections.abc import Generator, Iterator
from typing import Final

from app.core.cancel import Cancel
from app.core.engines.tally import Request
from app.core.errors import ChoseLocal, EngineError
from app.core.events import Delta, Event, Notice, Routed
from app.core.extracts.document import Inquiry, inquiry
from app.core.extracts.plan import LONGEST, Step, parse, plan_for
from app.core.extracts.run import run
from app.core.mechanism_settings import PERSONALIZE, PLAN
from app.core.mechanisms.base import PASSING, Kit
from app.core.mechanisms.personalizing import personalized
from app.core.mechanisms.searched import answered, from_passages, told
from app.core.settings import AnySetting
from app.core.types import Turn, Where
from app.privacy.prompt import Template

_RELATED: Final = 0.3
"""Cosine from which a follow-up is taken to be about the document that came before it."""


class Pipeline:
    """Every question goes to the cloud unless policy forbids it; of a long document, what bears on it."""

    name = "pipeline"
    title = "Pipeline"
    help = "Private details are replaced here, the cloud answers, and the details are put back here."
    options: tuple[AnySetting, ...] = (PERSONALIZE, PLAN)

    def run(self, turn: Turn, kit: Kit, cancel: Cancel) -> Iterator[Event]:
        """Yield the cloud's restored answer, or a local one where nothing may leave."""
        wanted = turn.where if turn.where is Where.LOCAL else Where.CLOUD
        route = kit.router.route(turn.text, turn.level, wanted, kit.facts)
        if route.where is Where.LOCAL:
            yield Routed(Where.LOCAL, self.name, route.reasons, kit.local.name)
        else:
            reason = "The pipeline sends every question that may leave, sanitized."
            yield Routed(Where.CLOUD, self.name, (reason,), kit.cloud_model)
        if asked := inquiry(turn, route.where is Where.LOCAL):
            yield from self._searched(asked, route.where, turn, kit, cancel)
        else:
            events = answered(turn, route.where, kit, cancel, self.name)
            yield from personalized(events, turn, kit, cancel)

    def _searched(
        self, asked: Inquiry, where: Where, turn: Turn, kit: Kit, cancel: Cancel
    ) -> Iterator[Event]:
        """Search the document here, and answer from what was found."""
        plan = plan_for(asked.question)
        if where is not Where.LOCAL and kit.settings[PLAN] == "cloud":
            try:
                plan = (*plan, *(yield from _planned(asked, kit, cancel)))
            except ChoseLocal as choice:
                where = Where.LOCAL
                yield Routed(where, self.name, (choice.told,), kit.local.name)
        yield Notice("Searching the document")
        with kit.tally.step("extract", Where.LOCAL):
            reading = run(plan, asked.document, asked.question, kit.embedder, cancel)
        if not reading.passages or (asked.is_follow_up and reading.nearness < _RELATED):
            yield from answered(turn, where, kit, cancel, self.name)
            return
        there = where

        def answer(here: Turn, request: Request) -> Iterator[Event]:
            return answered(here, there, kit, cancel, self.name, request)

        if where is Where.LOCAL:
            yield from told(reading, asked, left=False)
        yield from from_passages(reading, asked, turn, kit, answer)


def _planned(asked: Inquiry, kit: Kit, cancel: Cancel) -> Generator[Event, None, tuple[Step, ...]]:
    """Ask the cloud what to look for; the generator's value is empty where it gives no plan."""
    said: list[str] = []
    whole = "\n\n".join([*asked.document.pages, asked.question])
    request = Request(asked.question, template=Template.PLAN, within=whole, is_turn=False)
    try:
        for event in kit.cloud.answer(request, kit.tally, cancel, "plan"):
            if isinstance(event, Delta):
                said.append(event.text)
                if sum(map(len, said)) > 2 * LONGEST:
                    return ()  # an endless one; what is left of it is dropped
            else:
                yield event
    except EngineError as error:
        if not isinstance(error, PASSING):
            raise
        return ()
    return parse("".join(said))
