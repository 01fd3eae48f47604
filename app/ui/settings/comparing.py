"""Money, what was learned from choices, and the comparison of ways, as the settings see them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.core.approval import Approve, Approver, Review, Verdict
from app.core.cancel import Cancel
from app.core.errors import PolicyRefused
from app.core.evaluation import report, sets
from app.core.evaluation.charts import charts
from app.core.evaluation.plan import Plan, arms
from app.core.evaluation.replay import AllApproved, Outcome, Replay
from app.core.evaluation.report import Row
from app.core.learner import Learner
from app.core.session import Session
from app.core.settings import CLOUD_BUDGET_MONTH, PRIVACY_LEVEL, Settings
from app.core.spending import Spending, Spent
from app.core.types import Where
from app.privacy.policy import Level
from app.ui.approver import WindowApprover

_SEED = 1


class Border(Protocol):
    """What stands between this computer and the cloud."""

    def closed(self) -> str:
        """Say why nothing may leave; empty where something may."""
        ...


class Cloud(Protocol):
    """The cloud, by name."""

    @property
    def provider(self) -> str: ...


class Apart(Protocol):
    """A second set of everything, whose conversations leave no trace."""

    @property
    def session(self) -> Session: ...

    @property
    def settings(self) -> Settings: ...

    def close(self) -> None: ...


class Working(Protocol):
    """The parts of the assembly that work together."""

    @property
    def session(self) -> Session: ...

    @property
    def settings(self) -> Settings: ...

    @property
    def spending(self) -> Spending: ...

    @property
    def learner(self) -> Learner: ...

    @property
    def border(self) -> Border: ...

    @property
    def cloud(self) -> Cloud: ...

    def apart(self) -> Apart: ...


@dataclass(frozen=True, slots=True)
class Month:
    """What went to the cloud since the first."""

    spent: Spent
    budget: float
    """0 where there is none."""
    has_prices: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person wants to compare."""

    path: Path | None
    """A file of questions; None for his own history."""
    count: int
    """Questions; 0 for all."""
    ways: tuple[str, ...]
    with_cloud: bool


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a comparison will take."""

    plan: Plan
    leaving: int
    """Questions that may leave, counted once for each way that may send them."""
    cost: float
    provider: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What a comparison brought."""

    rows: Sequence[Row]
    measure: str
    """What the quality says, in a few words."""
    charts: Mapping[str, str]
    """SVG by name."""


class TogetherDoor:
    """Everything that blocks: for workers only; all of it may raise a `ConfidantError`."""

    def __init__(self, parts: Working) -> None:
        self._parts = parts

    def month(self) -> Month:
        """Return what this month cost so far."""
        spending = self._parts.spending
        prices = spending.prices
        has_prices = bool(prices.prompt or prices.answer)
        return Month(spending.this_month(), self._parts.settings[CLOUD_BUDGET_MONTH], has_prices)

    def forget_choices(self) -> None:
        """Destroy what was learned from what the person does."""
        self._parts.learner.forget()

    def look_ahead(self, wanted: Wanted) -> Ahead:
        """Read the questions and say what it will take.

        Raises:
            SettingError: there are no such questions.
            PolicyRefused: the cloud is wanted and nothing may leave.
        """
        parts = self._parts
        found = sets.read(wanted.path) if wanted.path else sets.history(parts.session, wanted.count)
        questions = found.sample(wanted.count, _SEED)
        closed = parts.border.closed() if wanted.with_cloud else ""
        if closed:
            raise PolicyRefused(f"{closed} Nothing was sent.")
        # Without the cloud every way answers here, and alike.
        wheres = (Where.LOCAL, Where.CLOUD, Where.AUTO) if wanted.with_cloud else (Where.LOCAL,)
        plan = Plan(questions, arms(wanted.ways, wheres, (Level(parts.settings[PRIVACY_LEVEL]),), {}))
        return Ahead(plan, len(plan.leaving), plan.cost(parts.spending), parts.cloud.provider)

    def compare(self, plan: Plan, approver: Approver, cancel: Cancel) -> Iterator[Outcome]:
        """Ask everything, and yield each outcome as it comes; raises as `Replay.run` does."""
        apart = self._parts.apart()
        try:
            yield from Replay(apart.session, apart.settings, approver).run(plan.questions, plan.arms, cancel)
        finally:
            apart.close()

    def figures(self, plan: Plan, outcomes: Sequence[Outcome]) -> Figures:
        """Sum up what came."""
        questions = plan.questions
        names = [arm.name for arm in plan.arms]
        rows = report.rows(sorted(outcomes, key=lambda each: names.index(each.arm)), _SEED)
        drawn = charts(questions.name, questions.measure, rows) if rows else {}
        return Figures(rows, questions.measure, drawn)


class RunApprover:
    """Shows each request of a comparison, until the person says that the others may leave unseen.

    Even then a sensitive statement that stays readable is not sent: this computer answers instead.
    """

    def __init__(self, tell: Callable[[object], None]) -> None:
        self._window = WindowApprover(tell)
        self._rest = AllApproved(statements=False)
        self._seen: set[str] = set()
        self.lets_rest_leave = False
        """Set from the gui thread; the next request is the first that it counts for."""

    def decide(self, review: Review, cancel: Cancel) -> Verdict:
        """See `Approver.decide`; the same bytes need no second look."""
        if self.lets_rest_leave:
            return self._rest.decide(review, cancel)
        if review.body in self._seen:
            return Approve()
        verdict = self._window.decide(review, cancel)
        if isinstance(verdict, Approve):
            self._seen.add(review.body)
        return verdict
