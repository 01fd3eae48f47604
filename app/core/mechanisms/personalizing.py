"""Makes what the cloud wrote the person's own: by rule, and by the local model where it is able to."""

import re
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from app.core.cancel import Cancel
from app.core.editor import Editor, Manner
from app.core.errors import ConfidantError, EngineError
from app.core.events import Delta, Event, Notice, Recalled, Routed
from app.core.mechanism_settings import PERSONALIZE
from app.core.mechanisms.base import Kit
from app.core.task import Task, task_of
from app.core.types import Generation, Message, Origin, Prompt, Role, Source, Turn, Used, Where

PATIENCE: Final = 6.0
"""Seconds that the local model may take for the edits of one answer; what is left stays as it came."""
_ASK: Final = (
    "Change the wording of this paragraph to that style. Keep every fact, number, name, quotation and date. "
    "Add nothing. Answer with the paragraph alone.\n\n"
)


def personalized(events: Iterator[Event], turn: Turn, kit: Kit, cancel: Cancel) -> Iterator[Event]:
    """Let the events of a cloud's answer pass, edited where there is something to edit them by."""
    if kit.settings[PERSONALIZE] == "off" or task_of(turn.text) not in (Task.WRITE, Task.REWRITE):
        yield from events
        return
    style = _style(kit)
    able = bool(style) and not kit.facts.bundled
    rewrite = _Rewriter(style, kit, cancel) if able else None
    filler = _Filler(kit)
    editor = Editor(Manner.of(style), filler, rewrite, turn.text)
    is_cloud = True
    for event in events:
        if isinstance(event, Routed) and event.where is Where.LOCAL:
            yield from editor.flush()
            is_cloud = False
        if is_cloud and isinstance(event, Delta) and event.origin is not Origin.LOCAL:
            yield from editor.feed(event)
        else:
            yield event
    yield from editor.flush()
    if filler.used:
        yield Recalled(tuple(filler.used))
    if editor.changed:
        yield Notice("Edited on this computer to sound like you.", lasting=True)


def edit_prompt(style: str, paragraph: str) -> Prompt:
    """Ask for a paragraph in a style, and for no more words than it has."""
    messages = (Message(Role.SYSTEM, style), Message(Role.USER, _ASK + paragraph))
    return Prompt(messages, Generation(max_tokens=16 + len(paragraph) // 3, temperature=0.0))


class _Filler:
    """Knows what belongs into a slot such as [Your name], from what the person told about himself."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self.used: list[Used] = []

    def __call__(self, what: str) -> str:
        value = r"(?P<value>[^,;]{1,80}?)\.?\Z"
        said = re.compile(rf"my (?:full )?{re.escape(what)}(?: is|:) {value}", re.IGNORECASE)
        with suppress(ConfidantError):
            for fact in self._kit.person.about(f"What is my {what}?", 5):
                if found := said.match(fact.text):
                    self.used.append(Used(Source.FACT, fact.text, fact.id))
                    return found["value"]
        return ""


class _Rewriter:
    """Has the local model edit a paragraph, as long as that does not keep the person waiting."""

    def __init__(self, style: str, kit: Kit, cancel: Cancel) -> None:
        self._style = style
        self._kit = kit
        self._cancel = cancel
        self._left = PATIENCE

    def __call__(self, paragraph: str) -> str:
        """Return the model's words; empty where it has no time left, or fails."""
        if self._left <= 0:
            return ""
        began = time.perf_counter()
        said = ""
        with suppress(EngineError):
            said = self._said(paragraph, began + self._left)
        self._left = self._left - (time.perf_counter() - began) if said else 0.0
        return said

    def _said(self, paragraph: str, until: float) -> str:
        prompt = edit_prompt(self._style, paragraph)
        said = []
        with self._kit.tally.step("edit", Where.LOCAL) as meter:
            for chunk in self._kit.local.stream(prompt, self._cancel):
                if isinstance(chunk, Notice):
                    continue
                if chunk.truncated or time.perf_counter() > until:
                    return ""
                meter.count(chunk)
                said.append(chunk.text)
        return "".join(said)


def _style(kit: Kit) -> str:
    """Return how the person writes; a memory that cannot be read keeps no answer back."""
    with suppress(ConfidantError):
        return kit.person.style()
    return ""
