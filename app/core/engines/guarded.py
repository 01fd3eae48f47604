"""The cloud as mechanisms see it: whatever they ask is sanitized, reviewed, noted, sent, restored."""

import time
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol

from app.core.approval import AnswerLocally, Approve, Approver, Refuse, Review, Revise
from app.core.cancel import Cancel
from app.core.engines.base import Engine
from app.core.errors import BadReply, ChoseLocal, PolicyRefused
from app.core.events import Delta, Event, Findings, Notice, Sent
from app.core.types import Chunk, Origin, Role, StoredMessage, Usage
from app.privacy.filter import PrivacyFilter
from app.privacy.ledger import Ledger
from app.privacy.policy import Level
from app.privacy.prompt import SanitizedPrompt, SanitizedText, Template, WireRole
from app.privacy.types import Action

HISTORY_CHARACTERS = 60_000
"""Earlier turns beyond this stay here, whole turns at a time; the person is told."""
UNSURE = 0.6
"""A finding below this confidence is worth a look even where nothing else is."""


class Cloud(Engine[SanitizedPrompt], Protocol):
    """A cloud engine with what the guard needs beside answers."""

    @property
    def provider(self) -> str:
        """Host and port, as the ledger and the review name it."""
        ...

    def models(self, cancel: Cancel) -> list[str]:
        """Ask the server which models it has; raises as `stream` does."""
        ...


@dataclass(slots=True)
class Tally:
    """What one turn used up and left behind; engines and guard fill it in as they go."""

    usage: Usage = field(default_factory=Usage)
    truncated: bool = False
    bytes_sent: int = 0
    hidden: int = 0
    ledger: int | None = None
    wire_question: str = ""
    wire_answer: str = ""
    times: dict[str, float] = field(default_factory=dict)
    """Milliseconds by step."""

    def count(self, chunk: Chunk) -> None:
        """Add the figures of an engine's chunk."""
        if chunk.usage is not None:
            self.usage = Usage(
                self.usage.prompt_tokens + chunk.usage.prompt_tokens,
                self.usage.answer_tokens + chunk.usage.answer_tokens,
            )
        self.truncated = self.truncated or chunk.truncated

    def clock(self, step: str, since: float) -> None:
        """Add the time since `since` (of `time.perf_counter`) to a step."""
        self.times[step] = self.times.get(step, 0.0) + 1000 * (time.perf_counter() - since)


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which conditions this turn may use the cloud."""

    conversation: str
    level: Level
    policy: str
    """The setting `cloud.policy`."""
    model: str
    """Empty: the first one that the server lists."""


class GuardedCloud:
    """The only way from a mechanism to the cloud; lives for one turn."""

    def __init__(
        self,
        engine: Cloud,
        privacy: PrivacyFilter,
        ledger: Ledger,
        approver: Approver | None,
        terms: Terms,
    ) -> None:
        self._engine = engine
        self._filter = privacy
        self._ledger = ledger
        self._approver = approver
        self._terms = terms

    def answer(
        self, question: str, history: Sequence[StoredMessage], tally: Tally, cancel: Cancel
    ) -> Iterator[Event]:
        """Yield findings, the bytes sent and the restored answer.

        Raises:
            PrivacyError: the filter failed; nothing was sent.
            PolicyRefused: nobody agreed; `ChoseLocal` where the person wants a local answer.
            EngineError, Cancelled: as `Engine.stream`.
        """
        if self._terms.level is Level.LOCAL or self._terms.policy == "never":
            raise PolicyRefused("Nothing leaves this computer in this conversation.")
        yield Notice("Checking for private details")
        model = self._terms.model or self._first_model(cancel)
        prompt = yield from self._agree(question, history, model, tally, cancel)
        cancel.check()
        kinds = Counter[str]()
        for (kind, _), count in prompt.kinds.items():
            kinds[kind.value] += count
        row = self._ledger.note(self._engine.provider, "chat", prompt.model, prompt.body, kinds)
        self._filter.mark_sent(prompt.codes)
        tally.ledger = row
        tally.bytes_sent += len(prompt.body)
        yield Sent(self._engine.provider, prompt.body.decode(), prompt.sha256, row)
        yield from self._receive(prompt, tally, cancel)

    def _agree(
        self,
        question: str,
        history: Sequence[StoredMessage],
        model: str,
        tally: Tally,
        cancel: Cancel,
    ) -> Generator[Event, None, SanitizedPrompt]:
        """Sanitize and review until somebody agrees; return the prompt as the generator's value."""
        while True:
            start = time.perf_counter()
            text = self._filter.sanitize(question, self._terms.level)
            earlier, rewritten, left_out = self._earlier(history)
            prompt = self._seal(model, [*earlier, ("user", text)])
            tally.clock("filter", start)
            tally.hidden, tally.wire_question = text.hidden, text.text
            yield Findings(text.decided)
            if not self._needs_review(text, rewritten):
                break
            review = Review(
                conversation=self._terms.conversation,
                provider=self._engine.provider,
                model=model,
                original=question,
                sanitized=text.text,
                decided=text.decided,
                body=prompt.body.decode(),
                level=self._terms.level,
                rewritten=rewritten,
            )
            start = time.perf_counter()
            agreed = self._ask(review, cancel)
            tally.clock("review", start)
            if agreed:
                break
        if left_out:
            yield Notice(f"The {left_out} earliest messages were left out: they are too long.", True)
        return prompt

    def _ask(self, review: Review, cancel: Cancel) -> bool:
        if self._approver is None:
            raise PolicyRefused("This request needs your approval, and there is nobody to ask.")
        match self._approver.decide(review, cancel):
            case Approve():
                return True
            case Revise(value, action):
                self._filter.decide(value, action)
                return False
            case AnswerLocally():
                raise ChoseLocal("You chose an answer from this computer.")
            case Refuse(told):
                raise PolicyRefused(told)

    def _needs_review(self, text: SanitizedText, rewritten: int) -> bool:
        if self._terms.policy != "ask-if-private":
            return True
        private = any(each.action is not Action.KEEP or each.finding.score < UNSURE for each in text.decided)
        return private or rewritten > 0

    def _earlier(
        self, history: Sequence[StoredMessage]
    ) -> tuple[list[tuple[WireRole, SanitizedText]], int, int]:
        """Return the earlier turns that went to the cloud, how many are rewritten, how many left out."""
        kept: list[tuple[WireRole, SanitizedText]] = []
        room, rewritten, left_out = HISTORY_CHARACTERS, 0, 0
        for question, answer in reversed(_exchanges(history)):
            size = len(question.wire_text) + len(answer.wire_text)
            if left_out or size > room:
                left_out += 2
                continue
            room -= size
            pair = (self._filter.again(question.wire_text), self._filter.again(answer.wire_text))
            rewritten += sum(bool(text.decided) for text in pair)
            kept[:0] = [("user", pair[0]), ("assistant", pair[1])]
        return kept, rewritten, left_out

    def _seal(self, model: str, messages: list[tuple[WireRole, SanitizedText]]) -> SanitizedPrompt:
        coded = any(text.codes or text.hidden for _, text in messages)
        template = Template.PLACEHOLDERS if coded else Template.PLAIN
        system: tuple[WireRole, SanitizedText] = ("system", self._filter.template(template))
        return self._filter.seal(model, [system, *messages])

    def _first_model(self, cancel: Cancel) -> str:
        self._ledger.note(self._engine.provider, "models", "", b"", {})
        models = self._engine.models(cancel)
        if not models:
            raise BadReply("The server lists no models. Enter the model's name in the cloud settings.")
        return models[0]

    def _receive(self, prompt: SanitizedPrompt, tally: Tally, cancel: Cancel) -> Iterator[Event]:
        restorer = self._filter.restorer()
        for chunk in self._engine.stream(prompt, cancel):
            if isinstance(chunk, Notice):
                yield chunk
                continue
            tally.count(chunk)
            tally.wire_answer += chunk.text
            yield from _deltas(restorer.feed(chunk.text))
        # After a failure the rest is not flushed: what is held back may be half a placeholder.
        yield from _deltas(restorer.flush())
        if restorer.unknown:
            yield Notice("The cloud's answer holds codes that stand for nothing here.", True)


def _deltas(pieces: Sequence[tuple[str, bool]]) -> Iterator[Delta]:
    for text, restored in pieces:
        yield Delta(text, Origin.RESTORED if restored else Origin.CLOUD)


def _exchanges(history: Sequence[StoredMessage]) -> list[tuple[StoredMessage, StoredMessage]]:
    """Return the question and answer pairs of which both went over the wire."""
    return [
        (question, answer)
        for question, answer in pairwise(history)
        if question.role is Role.USER and answer.role is Role.ASSISTANT
        if question.wire_text and answer.wire_text
    ]
