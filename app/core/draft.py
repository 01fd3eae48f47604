"""Is the local model's draft good, does it need help, or could the cloud not help it either?

Three states as in AutoMix (arXiv 2310.12963), told apart by what costs nothing: how likely the draft's own
tokens were (the best free signal, arXiv 2605.02241), faults that rules find, and how hard the question looks.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.core.cancel import Cancel
from app.core.engines.base import LocalModel
from app.core.events import Notice
from app.core.types import Chunk, Prompt

if TYPE_CHECKING:
    from app.core.verify import Examined  # with many patterns, which reading a level need not compile

_LOWEST_SHARE: Final = 0.05
"""So many of the least likely tokens make up the lowest level: a single one says little."""
_FIRST: Final = 8
"""An answer of fewer tokens tells less by its mean."""
_WORTH: Final = 0.25
"""A smaller gain is not worth that words leave: one answer in four must become right that was not."""
_EDGE: Final = 1.5
"""By how much more likely the cloud is right, in logits: as in Rasch's model of tests, where two pupils of
different strength meet questions of different hardness. RouteLLM has 0.7 (MMLU) to 1.2 (GSM8K), and its
weak model is stronger than those that a desktop runs."""
_PER_DIFFICULTY: Final = 2.0
_PER_FAULT: Final = 1.8
"""RouteLLM's GSM8K: a draft with a wrong sum is right in 16 % (of 32), one without in 66 %: 2.3 logits."""
_KEPT: Final = 1.5
"""A draft that keeps to every wish that can be checked: where form is asked for, that is most of the task."""
_SHARED: Final = 0.1
"""A fault says this much of the question, which is hard for the cloud too (there: nothing); the rest is the
draft's own."""
_CLIPPED: Final = 2.5
"""Spreads beyond which more of them tell no more."""


@dataclass(frozen=True, slots=True)
class Levels:
    """How sure one model usually is of itself, and how well that tells right from wrong.

    P(right) of a draft of middling difficulty is the logistic function of `bias + slope * z`, where z is its
    mean log-probability in spreads above the model's usual mean.
    """

    mean: float = -0.28
    spread: float = 0.16
    bias: float = 0.4
    slope: float = 0.8
    rate: float = 0.0
    """Tokens a second; 0 where that is not known."""


UNKNOWN: Final = Levels()
BUNDLED: Final = Levels(mean=-0.74, spread=0.23, bias=-1.2, slope=0.8, rate=15.0)


@dataclass(slots=True)
class Written:
    """A draft as it came."""

    text: str = ""
    logprobs: list[float] = field(default_factory=list)
    truncated: bool = False

    @property
    def mean(self) -> float | None:
        """The mean log-probability of its tokens; None where the engine does not tell."""
        return sum(self.logprobs) / len(self.logprobs) if self.logprobs else None

    @property
    def lowest(self) -> float | None:
        """The mean of its least likely tokens."""
        if not self.logprobs:
            return None
        worst = sorted(self.logprobs)[: max(1, round(_LOWEST_SHARE * len(self.logprobs)))]
        return sum(worst) / len(worst)


class Heard:
    """The local model, with an ear for how likely its tokens were."""

    def __init__(self, engine: LocalModel) -> None:
        self._engine = engine
        self.written = Written()

    @property
    def name(self) -> str:
        return self._engine.name

    def stream(self, prompt: Prompt, cancel: Cancel) -> Iterator[Chunk | Notice]:
        """Pass the answer on; see `Engine.stream`."""
        for item in self._engine.stream(prompt, cancel):
            if isinstance(item, Chunk):
                self.written.text += item.text
                self.written.logprobs += item.logprobs
                self.written.truncated = self.written.truncated or item.truncated
            yield item

    def prime(self, prompt: Prompt, cancel: Cancel) -> None:
        """Read ahead; see `LocalModel.prime`."""
        self._engine.prime(prompt, cancel)


@dataclass(frozen=True, slots=True)
class Judgement:
    """How likely a draft is in which state; the first three sum to 1."""

    good: float
    needy: float
    """The cloud would do better."""
    hopeless: float
    """The cloud could not help either."""
    spoiled: float = 0.0
    """How likely the draft is good and the cloud's answer is not."""
    reasons: tuple[str, ...] = ()

    @property
    def gain(self) -> float:
        """How much likelier an answer is right once the cloud was asked."""
        return self.needy - self.spoiled


@dataclass(frozen=True, slots=True)
class Stakes:
    """What asking the cloud costs beside the chance that it helps."""

    price: float = 0.0
    """0 (nothing) to 1 (all that the budget leaves)."""
    hidden: int = 0
    """Details that would be hidden; each could be guessed from what is around it."""
    wait: float = 4.0
    """Seconds until the cloud has answered."""
    bar: float = -1.0
    """What drafts must gain that are among the neediest; see `app.core.pace`."""


def ease(difficulty: float) -> float:
    """Return by how much likelier than a middling question one is answered well, in logits."""
    return _PER_DIFFICULTY * (0.5 - difficulty)


def judge(written: Written, examined: "Examined", difficulty: float, levels: Levels) -> Judgement:
    """Judge a draft.

    Args:
        difficulty: from 0 to 1, of the question alone.
    """
    hold = levels.bias + levels.slope * _CLIPPED * math.tanh(_sureness(written, levels) / _CLIPPED)
    hold += ease(difficulty)
    weight = sum(fault.weight for fault in examined.faults)
    keeps = examined.kept > 0 and all(fault.weight < 1 for fault in examined.faults)
    good = _chance(hold - _PER_FAULT * weight + _KEPT * keeps)
    cloud = _chance(hold + _EDGE - _SHARED * _PER_FAULT * weight)
    needy, spoiled = (1 - good) * cloud, good * (1 - cloud)
    return Judgement(good, needy, (1 - good) * (1 - cloud), spoiled, _reasons(written, examined, levels))


def needs_help(judgement: Judgement, stakes: Stakes) -> bool:
    """Say whether to ask the cloud: only where the chance that it helps is worth price, wait and exposure."""
    cost = 0.5 * min(stakes.price, 1.0) + min(0.01 * stakes.wait, 0.15) + min(0.03 * stakes.hidden, 0.15)
    return judgement.gain > max(_WORTH + cost, stakes.bar)


def is_less_sure(written: Written, levels: Levels) -> bool:
    """Say whether a model was less sure of a draft than it usually is; not where that is not known."""
    return _sureness(written, levels) < 0


def _chance(score: float) -> float:
    return 1 / (1 + math.exp(-score))


def _sureness(written: Written, levels: Levels) -> float:
    """Return by how many spreads the model was surer than usual; 0 where that is not known."""
    mean, lowest = written.mean, written.lowest
    if mean is None or lowest is None:
        return 0.0
    z = (mean - levels.mean) / levels.spread
    # The least likely tokens lie about eight times as deep as the mean, and vary as much more.
    deep = (lowest - 8 * levels.mean) / (8 * levels.spread)
    trust = min(1.0, len(written.logprobs) / _FIRST)
    return trust * (0.7 * z + 0.3 * deep)


def _reasons(written: Written, examined: "Examined", levels: Levels) -> tuple[str, ...]:
    told = list(dict.fromkeys(fault.told for fault in examined.faults))
    if written.logprobs and _sureness(written, levels) < -1:
        told.append("The draft was written without much certainty.")
    return tuple(told or ["The draft has no faults that rules can find."])
