"""Pipeline: sanitize here, write the whole answer in the cloud, check and restore it here."""

from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import Final

from app.core.cancel import Cancel
from app.core.engines.tally import Request
from app.core.errors import ChoseLocal, EngineError
from app.core.events import Delta, Event, Notice, Recalled, Routed, Sent
from app.core.extracts.citing import Citations, asked_about
from app.core.extracts.document import Inquiry, inquiry
from app.core.extracts.plan import LONGEST, Step, parse, plan_for
from app.core.extracts.run import Reading, run
from app.core.mechanism_settings import PERSONALIZE, PLAN
from app.core.mechanisms.base import PASSING, Kit, cloud_answer, local_answer
from app.core.mechanisms.personalizing import personalized
from app.core.settings import AnySetting
from app.core.types import Source, Turn, Used, Where
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
            events = self._answered(turn, route.where, kit, cancel)
            yield from personalized(events, turn, kit, cancel)

    def _answered(
        self, turn: Turn, where: Where, kit: Kit, cancel: Cancel, request: Request | None = None
    ) -> Iterator[Event]:
        if where is Where.LOCAL:
            yield from local_answer(turn, kit, cancel)
        else:
            yield from cloud_answer(turn, kit, cancel, self.name, request)

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
            yield from self._answered(turn, where, kit, cancel)
            return
        narrowed = replace(turn, text=asked_about(reading, asked))
        request = Request(narrowed.text, turn.history, Template.EXTRACTS, within=_whole(asked))
        events = self._answered(narrowed, where, kit, cancel, request)
        citations, is_told = Citations(reading, asked), False
        if where is Where.LOCAL:
            yield from _told(reading, kit, left=False)
            is_told = True
        for event in events:
            if isinstance(event, Delta):
                yield from citations.feed(event)
                continue
            yield event
            if isinstance(event, Sent | Routed) and not is_told:
                yield from _told(reading, kit, left=isinstance(event, Sent))
                is_told = True
        yield from citations.flush()


def _whole(asked: Inquiry) -> str:
    """Return all that a passage or the question may have to be seen with."""
    return "\n\n".join([*asked.document.pages, asked.question])


def _planned(asked: Inquiry, kit: Kit, cancel: Cancel) -> Generator[Event, None, tuple[Step, ...]]:
    """Ask the cloud what to look for; the generator's value is empty where it gives no plan."""
    said: list[str] = []
    request = Request(asked.question, template=Template.PLAN, within=_whole(asked), is_turn=False)
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


def _told(reading: Reading, kit: Kit, *, left: bool) -> Iterator[Event]:
    """Say what was read, and what of it went where."""
    used = tuple(Used(Source.PASSAGE, each.text, left=left) for each in reading.passages)
    yield Recalled(used)
    taken, goes = len(used), "sent" if left else "used"
    are = "is" if taken == 1 else "are"
    yield Notice(f"Read {reading.read} passages here; {taken} of them {are} {goes}.", lasting=True)
