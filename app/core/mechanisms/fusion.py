"""Fusion: both models answer at once, their answers are compared, and what is the person's own is added."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from typing import Final

from app.core.aide.asked import request
from app.core.beside import Beside
from app.core.cancel import Cancel
from app.core.draft import Written
from app.core.errors import ChoseLocal, EngineError, MemoryFault
from app.core.events import Compared, Delta, Event, Notice, Routed
from app.core.mechanism_settings import PATIENCE
from app.core.mechanisms.base import Kit, TakeOver, local_answer, local_prompt, recalled
from app.core.memory.person import Fact
from app.core.settings import AnySetting
from app.core.types import Agreement, Comparison, Piece, Turn, Where
from app.privacy.errors import PrivacyError

_TOLD, _KNOWN = 3, 8
"""Facts that the draft is told: more would confuse a small model. Facts that may fill the cloud's blanks."""
_INSTEAD: Final = "This computer answers instead."


class Fusion:
    """The cloud's answer is shown, this computer's checks it and adds what only it knows about the person."""

    name = "fusion"
    title = "Fusion"
    help = (
        "Both models answer. You see where they agree and where they differ, "
        "and what is remembered about you is added here."
    )
    options: tuple[AnySetting, ...] = (PATIENCE,)

    def run(self, turn: Turn, kit: Kit, cancel: Cancel) -> Iterator[Event]:
        """Yield the cloud's answer with what is the person's own, and the comparison of both answers."""
        wanted = turn.where if turn.where is Where.LOCAL else Where.CLOUD
        route = kit.router.route(turn.text, turn.level, wanted, kit.facts)
        if route.where is Where.LOCAL:
            yield Routed(Where.LOCAL, self.name, route.reasons, kit.local.name)
            yield from local_answer(turn, kit, cancel)
            return
        reason = "Both models answer, and their answers are compared."
        yield Routed(Where.CLOUD, self.name, (reason,), kit.cloud_model, route.difficulty)
        facts = kit.person.about(turn.text, _KNOWN)
        telling = replace(kit, generation=replace(kit.generation, logprobs=True))
        with (
            Beside(kit.local, local_prompt(turn, telling, facts[:_TOLD]), kit.tally) as draft,
            cancel.on_set(draft.stop),
        ):
            yield from self._both(turn, kit, draft, facts, cancel)

    def _both(
        self, turn: Turn, kit: Kit, draft: Beside, facts: Sequence[Fact], cancel: Cancel
    ) -> Iterator[Event]:
        yield Notice("Both models are answering")
        said: list[Piece] = []
        over = yield from _cloud(turn, kit, said, not facts, cancel)
        if over:
            yield from recalled(facts)
            yield from over.events(self.name, kit.local.name, draft.events(cancel))
            kit.tally.truncated = kit.tally.truncated or draft.is_truncated
            return
        yield Notice("The cloud has answered. This computer is still writing.")
        draft.wait(kit.settings[PATIENCE], cancel)
        if facts:
            yield from _merged(turn, kit, draft, facts, said)
        if not draft.is_whole:
            yield Notice("This computer had no whole answer in time, so nothing was compared.", lasting=True)
            return
        kit.tally.comparison = _compared(turn, kit, draft.written, "".join(piece.text for piece in said))
        yield Compared(kit.tally.comparison)


def _cloud(
    turn: Turn, kit: Kit, said: list[Piece], is_shown: bool, cancel: Cancel
) -> Generator[Event, None, TakeOver | None]:
    """Let the cloud answer; return why this computer's answer has to do instead, if so.

    Nothing goes to the cloud but the question as any other mechanism sends it: the draft stays here.

    Raises:
        PolicyRefused: somebody refused, which goes for both answers.
    """
    try:
        for event in kit.cloud.answer(request(turn), kit.tally, cancel):
            if isinstance(event, Delta):
                said.append(Piece(event.text, event.origin))
            if is_shown or not isinstance(event, Delta):
                yield event
    except ChoseLocal as choice:
        return TakeOver(choice.told)
    except PrivacyError as error:
        return TakeOver(f"{error.told} {_INSTEAD}")
    except EngineError as error:
        shown = "".join(piece.text for piece in said) if is_shown else ""
        went = "What came is kept, and this computer answers after it." if shown else _INSTEAD
        return TakeOver(f"{error.told} {went}", shown, error)
    return None


def _compared(turn: Turn, kit: Kit, local: Written, cloud: str) -> Comparison:
    from app.core.claims import compare, is_doubtful  # many patterns, which no start should wait for

    try:
        comparison = compare(local.text, cloud, turn.text, kit.embedder.embed)
    except MemoryFault:
        comparison = compare(local.text, cloud, turn.text)  # without the sense of words
    if comparison.agreement is Agreement.AGREE:
        other = Written(cloud, truncated=kit.tally.truncated)
        if is_doubtful(turn.text, local, other, kit.usual):
            return Comparison(Agreement.UNSURE)
    return comparison


def _merged(
    turn: Turn, kit: Kit, draft: Beside, facts: Sequence[Fact], said: Sequence[Piece]
) -> Iterator[Event]:
    """Yield the cloud's sentences, and among them those of the draft that tell what only it could know."""
    from app.core.claims.merging import merge  # many patterns, which no start should wait for

    with kit.tally.step("merge", Where.LOCAL):
        merged = merge(said, draft.text, [fact.text for fact in facts], turn.text)
    used = [facts[number] for number in sorted(merged.used)]
    yield from recalled(used)
    for piece in merged.pieces:
        yield Delta(piece.text, piece.origin)
