"""Routing: one of the two models answers, the one that the question needs."""

from collections.abc import Iterator

from app.core.cancel import Cancel
from app.core.events import Event, Routed
from app.core.mechanisms.base import Kit, cloud_answer, local_answer
from app.core.settings import AnySetting
from app.core.types import Turn, Where


class Routing:
    """Policy decides first; then easy questions stay here and hard ones go, sanitized, to the cloud."""

    name = "routing"
    title = "Routing"
    help = "Easy questions are answered on this computer, hard ones in the cloud."
    options: tuple[AnySetting, ...] = ()

    def run(self, turn: Turn, kit: Kit, cancel: Cancel) -> Iterator[Event]:
        """Yield the answer of the model that the router chose."""
        route = kit.router.route(turn.text, turn.level, turn.where, kit.facts)
        model = kit.local.name if route.where is Where.LOCAL else kit.cloud_model
        yield Routed(route.where, self.name, route.reasons, model)
        if route.where is Where.LOCAL:
            yield from local_answer(turn, kit, cancel)
        else:
            yield from cloud_answer(turn, kit, cancel, self.name)
