"""Answers from a long document: searched here; what bears on the question goes to the model that answers."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from app.core.cancel import Cancel
from app.core.engines.tally import Request
from app.core.events import Delta, Event, Notice, Recalled, Routed, Sent
from app.core.extracts.around import around
from app.core.extracts.citing import Citations, asked_about
from app.core.extracts.document import Inquiry
from app.core.extracts.run import Reading
from app.core.mechanisms.base import Kit, cloud_answer, local_answer
from app.core.types import Source, Turn, Used, Where
from app.privacy.prompt import Template

_HERE: Final = (
    "Answer from the numbered passages alone, and name the number of the passage after each statement, such "
    "as [1]. Say so where they do not hold the answer."
)


def answered(
    turn: Turn, where: Where, kit: Kit, cancel: Cancel, mechanism: str, request: Request | None = None
) -> Iterator[Event]:
    """Let the model answer that the route names."""
    if where is Where.LOCAL:
        yield from local_answer(turn, kit, cancel)
    else:
        yield from cloud_answer(turn, kit, cancel, mechanism, request)


def from_passages(
    reading: Reading, asked: Inquiry, turn: Turn, kit: Kit, answer: Callable[[Turn, Request], Iterator[Event]]
) -> Iterator[Event]:
    """Let a model answer from what was found, tell what it got, and check what it cites.

    Args:
        answer: answers the turn here, or the request there.
    """
    text = asked_about(reading, asked)
    is_attached = any(each.source for each in reading.passages)
    here = replace(turn, text=f"{text}\n\n{_HERE}" if is_attached else text)
    request = Request(text, turn.history, Template.EXTRACTS, within=around(reading, asked))
    citations, is_told = Citations(reading, asked), False
    for event in answer(here, request):
        if isinstance(event, Delta):
            yield from citations.feed(event)
            continue
        yield event
        if not is_told and (
            isinstance(event, Sent) or (isinstance(event, Routed) and event.where is Where.LOCAL)
        ):
            yield from told(reading, asked, left=isinstance(event, Sent))
            is_told = True
    yield from citations.flush()


def told(reading: Reading, asked: Inquiry, *, left: bool) -> Iterator[Event]:
    """Say what was read, and what of it went where."""
    used = tuple(
        Used(Source.PASSAGE, f"{each.place}: {each.text}" if each.place else each.text, each.source, left)
        for each in reading.passages
    )
    yield Recalled(used)
    taken, goes = len(used), "sent" if left else "used"
    are = "is" if taken == 1 else "are"
    if not any(each.source for each in reading.passages):
        yield Notice(f"Read {reading.read} passages here; {taken} of them {are} {goes}.", lasting=True)
        return
    pages = sum(1 for page in asked.document.pages if page)
    read = len({each.page for each in reading.passages})
    passages = "1 passage" if taken == 1 else f"{taken} passages"
    if asked.is_whole and taken < reading.read:
        yield Notice(
            f"Too long to be read as a whole: the answer rests on {passages} from {read} of {pages} pages, "
            f"which {are} {goes}.",
            lasting=True,
        )
    else:
        searched = "1 page" if pages == 1 else f"{pages} pages"
        yield Notice(f"Searched {searched} here; {passages} {are} {goes}.", lasting=True)
