"""Pipeline: sanitize here, write the whole answer in the cloud, check and restore it here."""

from collections.abc import Iterator

from app.core.cancel import Cancel
from app.core.events import Event, Routed
from app.core.mechanisms.base import Kit, cloud_answer, local_answer
from app.core.settings import AnySetting
from app.core.types import Turn, Where


class Pipeline:
    """Every question goes to the cloud unless policy forbids it."""

    name = "pipeline"
    title = "Pipeline"
    help = "Private details are replaced here, the cloud answers, and the details are put back here."
    options: tuple[AnySetting, ...] = ()

    def run(self, turn: Turn, kit: Kit, cancel: Cancel) -> Iterator[Event]:
        """Yield the cloud's restored answer, or a local one where nothing may leave."""
        wanted = turn.where if turn.where is Where.LOCAL else Where.CLOUD
        route = kit.router.route(turn.text, turn.level, wanted, kit.facts)
        if route.where is Where.LOCAL:
            yield Routed(Where.LOCAL, self.name, route.reasons, kit.local.name)
            yield from local_answer(turn, kit, cancel)
            return
        reason = "The pipeline sends every question that may leave, sanitized."
        yield Routed(Where.CLOUD, self.name, (reason,), kit.cloud_model)
        yield from cloud_answer(turn, kit, cancel, self.name)
