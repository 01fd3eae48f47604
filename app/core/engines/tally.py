"""What a turn asks of the cloud, and what it used up and left behind."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.core.learner import Decision
from app.core.types import Chunk, Comparison, Step, StoredMessage, Usage, Used, Where
from app.privacy.prompt import Template


@dataclass(frozen=True, slots=True)
class Prices:
    """What the provider asks for, in any currency, per million tokens."""

    prompt: float = 0.0
    answer: float = 0.0

    def cost(self, usage: Usage) -> float:
        """Estimate what a call costs."""
        return (usage.prompt_tokens * self.prompt + usage.answer_tokens * self.answer) / 1_000_000


@dataclass(frozen=True, slots=True)
class Request:
    """What a mechanism wants to ask the cloud; the guard makes of it what may leave."""

    text: str
    """The person's words, and passages of his; never what a model wrote freely."""
    history: Sequence[StoredMessage] = ()
    template: Template = Template.PLAIN
    abstract: bool = False
    """Words such as "somebody" stand in place of details, and nothing is put back into the answer."""
    within: str = ""
    """What the text was taken from: it stays here; what is private in it is hidden in the text."""
    says_again: bool = False
    """It holds earlier words of the person's that never left: he sees it before it goes."""
    is_turn: bool = True
    """This is the turn's own question: later turns carry it, and its answer, to the cloud again."""


@dataclass(slots=True)
class Meter:
    """Measures one step of a turn."""

    name: str
    where: Where
    began: float = field(default_factory=time.perf_counter)
    ms: float = 0.0
    usage: Usage = field(default_factory=Usage)
    bytes_sent: int = 0

    def count(self, chunk: Chunk) -> None:
        """Add the figures of an engine's chunk."""
        if chunk.usage is not None:
            self.usage = _sum(self.usage, chunk.usage)


@dataclass(slots=True)
class Tally:
    """What one turn used up and left behind; engines and guard fill it in as they go."""

    prices: Prices = Prices()
    meters: list[Meter] = field(default_factory=list)
    used: list[Used] = field(default_factory=list)
    comparison: Comparison | None = None
    decision: Decision | None = None
    """How the way of working together was chosen, where it was."""
    truncated: bool = False
    hidden: int = 0
    ledger: list[int] = field(default_factory=list)
    """The rows of every request, in their order."""
    model: str = ""
    """The cloud's model, once it is known."""
    claimed: float = 0.0
    """Money that is set aside for its requests until it is known what they cost."""
    wire_question: str = ""
    answered: list[str] = field(default_factory=list)
    """The answer as it came, in pieces."""
    times: dict[str, float] = field(default_factory=dict)
    """Milliseconds by step."""

    @property
    def wire_answer(self) -> str:
        return "".join(self.answered)

    @property
    def usage(self) -> Usage:
        total = Usage()
        for meter in self.meters:
            total = _sum(total, meter.usage)
        return total

    @property
    def bytes_sent(self) -> int:
        return sum(meter.bytes_sent for meter in self.meters)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps so far, with what the cloud's are likely to cost."""
        return tuple(
            Step(
                each.name, each.where, each.ms, each.usage, each.bytes_sent,
                self.prices.cost(each.usage) if each.where is Where.CLOUD else 0.0,
            )
            for each in self.meters
        )  # fmt: skip

    @contextmanager
    def step(self, name: str, where: Where) -> Iterator[Meter]:
        """Measure a step; those of two threads may overlap."""
        meter = Meter(name, where)
        self.meters.append(meter)
        try:
            yield meter
        finally:
            meter.ms = 1000 * (time.perf_counter() - meter.began)

    def clock(self, step: str, since: float) -> None:
        """Add the time since `since` (of `time.perf_counter`) to a step."""
        self.times[step] = self.times.get(step, 0.0) + 1000 * (time.perf_counter() - since)


def _sum(one: Usage, other: Usage) -> Usage:
    return Usage(one.prompt_tokens + other.prompt_tokens, one.answer_tokens + other.answer_tokens)
