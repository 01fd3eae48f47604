"""What the tests of the local engine share: an engine with the bundled model, small and predictable."""

import threading

from app.core.cancel import Cancel
from app.core.engines.holder import LocalOptions
from app.core.engines.local import LocalEngine
from app.core.events import Notice
from app.core.models.catalog import bundled
from app.core.paths import Paths
from app.core.types import Generation, Message, Prompt, Role

SYSTEM = Message(Role.SYSTEM, "You are a helpful assistant.")
CAPITAL = "What is the capital of France?"


class Choice:
    """What the person chose; tests change it."""

    def __init__(self, model=None, context=512):
        self.model = model or bundled
        self.context = context

    def options(self):
        return LocalOptions(model=lambda: self.model(), context=lambda: self.context, threads=lambda: 1)


def engine(folder, choice=None):
    return LocalEngine((choice or Choice()).options(), Paths(folder))


def prompt(*texts, max_tokens=16, system=SYSTEM):
    """Return a prompt of question, answer, question, …"""
    roles = (Role.USER, Role.ASSISTANT)
    spoken = [Message(roles[index % 2], text) for index, text in enumerate(texts)]
    return Prompt((*([system] if system else []), *spoken), Generation(max_tokens, temperature=0.0))


def ask(local, *texts, **options):
    """Return text, notices and last chunk of an answer."""
    items = list(local.stream(prompt(*texts, **options), Cancel()))
    chunks = [item for item in items if not isinstance(item, Notice)]
    notices = [item for item in items if isinstance(item, Notice)]
    return "".join(chunk.text for chunk in chunks), notices, chunks[-1]


class Watch:
    """Follows the states of an engine, so that tests wait for one instead of sleeping."""

    def __init__(self, local):
        self.seen = []
        self._once = {}
        self._changed = threading.Condition()
        local.on_state(self._take)

    def on(self, phase, call):
        """Call once, when the phase is next reached."""
        self._once[phase] = call

    def _take(self, state):
        if call := self._once.pop(state.phase, None):
            call()
        with self._changed:
            self.seen.append(state)
            self._changed.notify_all()

    def wait(self, *phases):
        """Wait until the last state is one of these."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.seen and self.seen[-1].phase in phases, 20)
            return self.seen[-1]
