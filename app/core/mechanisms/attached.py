"""Questions about the documents of a conversation: answered from their passages, whoever answers."""

from collections.abc import Iterator

from app.core.cancel import Cancel
from app.core.engines.tally import Request
from app.core.events import Event, Notice, Routed
from app.core.extracts.document import Inquiry
from app.core.extracts.plan import plan_for
from app.core.extracts.run import Reading, run
from app.core.extracts.whole import read_through
from app.core.mechanisms.base import Kit, Mechanism
from app.core.mechanisms.searched import answered, from_passages, told
from app.core.types import Turn, Where

_NAME = "pipeline"


def run_with_documents(mechanism: Mechanism, turn: Turn, kit: Kit, cancel: Cancel) -> Iterator[Event]:
    """Answer from the attached documents where the question is about them; otherwise as was chosen.

    Where it is answered is decided by the question, the level and the person, as for any other: nothing that
    stands in a document, and no name of one, is asked about that.
    """
    binder = kit.binder()
    asked = binder.inquiry(turn, cancel) if binder else None
    if asked is None:
        yield from mechanism.run(turn, kit, cancel)
        return
    wanted = Where.CLOUD if mechanism.name == _NAME and turn.where is Where.AUTO else turn.where
    route = kit.router.route(turn.text, turn.level, wanted, kit.facts, before=turn.before)
    model = kit.local.name if route.where is Where.LOCAL else kit.cloud_model
    reasons = ("It is about an attached document.", *route.reasons)
    yield Routed(route.where, _NAME, reasons, model, route.difficulty)
    yield Notice("Searching the documents")
    with kit.tally.step("extract", Where.LOCAL):
        reading = _read(asked, kit, cancel)

    def answer(here: Turn, request: Request) -> Iterator[Event]:
        return answered(here, route.where, kit, cancel, _NAME, request)

    if route.where is Where.LOCAL:
        yield from told(reading, asked, left=False)
    yield from from_passages(reading, asked, turn, kit, answer)


def _read(asked: Inquiry, kit: Kit, cancel: Cancel) -> Reading:
    if asked.is_whole:
        return read_through(asked)
    return run(plan_for(asked.sought), asked.document, asked.sought, kit.embedder, cancel)
