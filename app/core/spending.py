"""What the cloud costs: an estimate for each month, and whether the budget allows another question."""

import time
from dataclasses import dataclass, field
from typing import Protocol

from app.core.engines.tally import Prices, Tally
from app.core.settings import (
    CLOUD_BUDGET_MONTH,
    CLOUD_BUDGET_QUESTION,
    CLOUD_PRICE_ANSWER,
    CLOUD_PRICE_PROMPT,
    Settings,
)
from app.core.types import Usage, Where

_CHARACTERS_PER_TOKEN = 4
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


class Spending:
    """Keeps account of money; the provider's own bill is what counts in the end."""

    def __init__(self, store: SpendingStore, settings: Settings) -> None:
        self._store = store
        self._settings = settings

    @property
    def prices(self) -> Prices:
        return Prices(self._settings[CLOUD_PRICE_PROMPT], self._settings[CLOUD_PRICE_ANSWER])

    def this_month(self) -> Spent:
        """Return what went to the cloud since the first of the month, here."""
        return self._store.read(_month())

    def add(self, tally: Tally) -> None:
        """Count what a turn sent."""
        sent = [each for each in tally.steps if each.where is Where.CLOUD]
        if sent:
            usage = Usage(
                sum(each.usage.prompt_tokens for each in sent), sum(each.usage.answer_tokens for each in sent)
            )
            self._store.add(_month(), Spent(len(sent), usage, sum(each.cost for each in sent)))

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
        """Say as a sentence that a question would cost more than one may; empty where it would not."""
        budget = self._settings[CLOUD_BUDGET_QUESTION]
        expected = self.expected(characters) if budget else 0.0
        if expected > budget:
            return f"It would cost about {expected:.2g}, more than one question may."
        return ""


def _month() -> str:
    return time.strftime("%Y-%m")
