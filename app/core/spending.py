"""What the cloud costs: an estimate for each month, and whether the budget allows another question."""

import time
from dataclasses import dataclass, field
from typing import Protocol

from app.core.engines.tally import Prices, Tally
from app.core.errors import OutOfQuota
from app.core.settings import (
    CLOUD_BASE_URL,
    CLOUD_BUDGET_MONTH,
    CLOUD_BUDGET_QUESTION,
    CLOUD_PRICE_ANSWER,
    CLOUD_PRICE_PROMPT,
    Settings,
)
from app.core.types import Usage, Where

_CHARACTERS_PER_TOKEN = 4
_USUAL_WAIT = 4.0
"""Seconds until a cloud has answered of which nothing is known yet."""
_NEWEST = 0.3
"""What the last answer's time counts beside those before."""
_USUAL_ANSWER = 500
"""Tokens: what an answer of a large model comes to, give or take."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What went to the cloud in one month."""

    calls: int = 0
    usage: Usage = field(default_factory=Usage)
    cost: float = 0.0


class SpendingStore(Protocol):
    """Where the sums of each month are kept; every method may raise `StoreError`."""

    def read(self, month: str) -> Spent:
        """Return a month's sums; `month` is like 2026-11."""
        ...

    def add(self, month: str, spent: Spent) -> None:
        """Add to a month's sums."""
        ...

    def claim(self, month: str, cost: float, most: float) -> bool:
        """Add to a month's cost unless it would come to more than `most`; say whether it was added.

        Nobody else adds in between, in no other process either.
        """
        ...


class Spending:
    """Keeps account of money; the provider's own bill is what counts in the end."""

    def __init__(self, store: SpendingStore, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._waits: dict[str, float] = {}

    @property
    def prices(self) -> Prices:
        return Prices(self._settings[CLOUD_PRICE_PROMPT], self._settings[CLOUD_PRICE_ANSWER])

    def this_month(self) -> Spent:
        """Return what went to the cloud since the first of the month, here."""
        return self._store.read(_month())

    def claim(self, tally: Tally, characters: int) -> None:
        """Set aside what a request is likely to cost, so that others do not spend it meanwhile.

        Raises:
            OutOfQuota: the month's budget has not so much left.
            StoreError: it cannot be noted.
        """
        budget = self._settings[CLOUD_BUDGET_MONTH]
        expected = self.expected(characters) if budget else 0.0
        if not expected:
            return
        if not self._store.claim(_month(), expected, budget):
            raise OutOfQuota(f"This month's budget of {budget:g} has not enough left for this request.")
        tally.claimed += expected

    def add(self, tally: Tally) -> None:
        """Count what a turn sent, in place of what was set aside for it."""
        sent = [each for each in tally.steps if each.where is Where.CLOUD]
        if not sent and not tally.claimed:
            return
        usage = Usage(
            sum(each.usage.prompt_tokens for each in sent), sum(each.usage.answer_tokens for each in sent)
        )
        cost = sum(each.cost for each in sent) - tally.claimed
        tally.claimed = 0.0
        for each in sent:
            if each.usage.answer_tokens:
                self._waited(each.ms / 1000)
        self._store.add(_month(), Spent(len(sent), usage, cost))

    def wait(self) -> float:
        """Return how many seconds the cloud that is set took lately for an answer."""
        return self._waits.get(self._settings[CLOUD_BASE_URL], _USUAL_WAIT)

    def _waited(self, seconds: float) -> None:
        self._waits[self._settings[CLOUD_BASE_URL]] = _NEWEST * seconds + (1 - _NEWEST) * self.wait()

    def closed(self) -> str:
        """Say as a sentence that the month's budget is spent; empty where it is not."""
        budget = self._settings[CLOUD_BUDGET_MONTH]
        if budget and self.this_month().cost >= budget:
            return f"This month's budget of {budget:g} is spent."
        return ""

    def expected(self, characters: int) -> float:
        """Estimate what a question with so many characters, history included, will cost."""
        return self.prices.cost(Usage(characters // _CHARACTERS_PER_TOKEN, _USUAL_ANSWER))

    def weight(self, characters: int) -> float:
        """Say how dear a question is, from 0 (no budget is set) to 1 (it takes all that is left)."""
        month, question = self._settings[CLOUD_BUDGET_MONTH], self._settings[CLOUD_BUDGET_QUESTION]
        expected = self.expected(characters) if month or question else 0.0
        if not expected:
            return 0.0
        left = month - self.this_month().cost if month else expected
        share = expected / left if month and left > 0 else 0.0
        return min(1.0, max(share, 0.3 * expected / question if question else 0.0))

    def too_dear(self, characters: int) -> str:
        """Say as a sentence that a question would cost more than it may; empty where it would not."""
        month, question = self._settings[CLOUD_BUDGET_MONTH], self._settings[CLOUD_BUDGET_QUESTION]
        expected = self.expected(characters) if month or question else 0.0
        if question and expected > question:
            return f"It would cost about {expected:.2g}, more than one question may."
        if month and self.this_month().cost + expected > month:
            left = f"more than is left of this month's budget of {month:g}"
            return f"It would cost about {expected:.2g}, {left}."
        return ""


def _month() -> str:
    return time.strftime("%Y-%m")
