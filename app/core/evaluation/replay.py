"""Asks every question of a set in every way that is to be compared, through the assistant's own door."""

import json
import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from app.core.approval import AnswerLocally, Approve, Approver, Review, Verdict
from app.core.cancel import Cancel
from app.core.errors import EngineError
from app.core.evaluation.checkers import normal, readable
from app.core.evaluation.recorded import Recorded
from app.core.evaluation.sets import Questions, Record
from app.core.events import Compared, Done, Event, Failed, Findings, Sent
from app.core.session import Session
from app.core.settings import Value
from app.core.types import Usage, Where
from app.privacy.policy import Level
from app.privacy.prompt import CODES, Template
from app.privacy.types import Action

_PATIENCE = 3
"""So many failures of one way in a row, and the run ends: a server that is gone fails every question."""


@dataclass(frozen=True, slots=True)
class Arm:
    """One way to answer, as it is compared with others."""

    mechanism: str
    where: Where = Where.AUTO
    level: Level = Level.GUARDED
    options: tuple[tuple[str, Value], ...] = ()
    """Settings of mechanisms that hold for this arm alone."""

    @property
    def name(self) -> str:
        """Return what it is called in tables and charts."""
        named = self.mechanism if self.where is Where.AUTO else f"{self.where.value} alone"
        level = f", {self.level.value}" if self.level not in (Level.GUARDED, Level.LOCAL) else ""
        return named + level + "".join(f", {key}={value}" for key, value in self.options)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question in one arm; figures only, not a word of the person's."""

    record: str
    arm: str
    quality: float
    """From 0 to 1, as the set's checker says; 0 where there is no answer."""
    private: int = 0
    """How many strings must not leave."""
    leaked: int = 0
    """How many of them could be read in what left."""
    requests: int = 0
    bytes_sent: int = 0
    ms: float = 0.0
    first_ms: float = 0.0
    prompt_tokens: int = 0
    answer_tokens: int = 0
    cost: float = 0.0
    hidden: int = 0
    traits: int = 0
    """How many things about the person the requests told, as the exposure counts them."""
    agreement: str = ""
    """What a comparison of the two models' answers said, where there was one."""
    failed: str = ""
    """The kind of the failure; empty where an answer came."""


class Stuck(EngineError):
    """One way fails again and again."""

    kind = "stuck"


class Lending(Protocol):
    """Settings that can hold other values for a while."""

    def lent(self, values: Mapping[str, Value]) -> AbstractContextManager[None]:
        """Take other values for the length of a block, in this process only."""
        ...


@dataclass(frozen=True, slots=True)
class AllApproved:
    """Approves what leaves: whoever began the run said so for all of it."""

    statements: bool = True
    """Also sensitive statements, which can be read; where not, this computer answers those questions."""

    def decide(self, review: Review, cancel: Cancel) -> Verdict:
        """See `Approver.decide`."""
        told = any(each.action is Action.ASK for each in review.decided)
        return Approve() if self.statements or not told else AnswerLocally()


class Replay:
    """Runs sets through a session."""

    def __init__(
        self, session: Session, settings: Lending, approver: Approver, recorded: Recorded | None = None
    ) -> None:
        """Take a session of its own: its conversations are left behind in memory.

        Args:
            recorded: the session's local engine, where answers are kept: what they took then counts now.
        """
        self._session = session
        self._settings = settings
        self._approver = approver
        self._recorded = recorded

    def run(
        self,
        questions: Questions,
        arms: Sequence[Arm],
        cancel: Cancel,
        done: Collection[tuple[str, str]] = (),
    ) -> Iterator[Outcome]:
        """Yield each outcome as it comes, all arms of a question before the next one.

        Args:
            done: record and arm of what an earlier run has brought.

        Raises:
            Cancelled: at once, where `cancel` is set.
            Stuck: one arm failed several times in a row, with the sentence of the failure.
            SettingError: there is no such mechanism or setting.
        """
        failures: Counter[str] = Counter()
        for record in questions.records:
            for arm in arms:
                if (record.id, arm.name) in done:
                    continue
                cancel.check()
                outcome, told = self._ask(record, arm, cancel)
                failures[arm.name] = failures[arm.name] + 1 if outcome.failed else 0
                if failures[arm.name] >= _PATIENCE:
                    raise Stuck(f"{arm.name} failed {_PATIENCE} times in a row. {told}")
                yield outcome

    def _ask(self, record: Record, arm: Arm, cancel: Cancel) -> tuple[Outcome, str]:
        level = stricter(arm.level, record.level or arm.level)
        talk = self._session.new_conversation(temporary=True, level=level).id
        watch = _Watch()
        if self._recorded is not None:
            self._recorded.saved_ms()
        start = time.perf_counter()
        with self._settings.lent(dict(arm.options)):
            self._session.send(
                talk,
                record.text,
                self._approver,
                cancel,
                watch.tell,
                where=arm.where,
                mechanism=arm.mechanism,
            )
        ms = 1000 * (time.perf_counter() - start)
        if self._recorded is not None:
            ms += self._recorded.saved_ms()
        answer = self._session.messages(talk)[-1].text
        if arm.where is Where.CLOUD and not watch.bodies and not watch.failed:
            watch.failed, watch.told = "stayed", "Nothing was sent to the cloud."
        sent = normal(" ".join(_outgoing(body) for body in watch.bodies))
        done = watch.done or Done(Usage())
        outcome = Outcome(
            record=record.id,
            arm=arm.name,
            quality=0.0 if watch.failed else record.checker.score(record.text, answer),
            private=len(record.private),
            leaked=sum(readable(normal(each), sent) for each in record.private),
            requests=len(watch.bodies),
            bytes_sent=sum(len(body.encode()) for body in watch.bodies),
            ms=round(ms, 1),
            first_ms=round(done.times.get("first_token", 0.0), 1),
            prompt_tokens=done.usage.prompt_tokens,
            answer_tokens=done.usage.answer_tokens,
            cost=sum(step.cost for step in done.steps),
            hidden=done.hidden,
            traits=len(watch.traits),
            agreement=watch.agreement,
            failed=watch.failed,
        )
        return outcome, watch.told


@dataclass(slots=True)
class _Watch:
    """Notes what a turn tells."""

    bodies: list[str] = field(default_factory=list)
    traits: set[str] = field(default_factory=set)
    told_now: frozenset[str] = frozenset()
    done: Done | None = None
    agreement: str = ""
    failed: str = ""
    told: str = ""

    def tell(self, event: Event) -> None:
        match event:
            case Findings(_, reveals):
                self.told_now = frozenset(each.trait.value for each in reveals)
            case Sent(body=body):
                self.bodies.append(body)
                self.traits |= self.told_now
            case Compared(comparison):
                self.agreement = comparison.agreement.value
            case Failed(kind, told):
                self.failed, self.told = kind, told
            case Done():
                self.done = event


def stricter(one: Level, other: Level) -> Level:
    """Return the level that lets less leave."""
    order = list(Level)
    return min(one, other, key=order.index)


def _outgoing(body: str) -> str:
    """Return the words of a request; the fixed texts around them are not the person's."""
    words = " ".join(str(message["content"]) for message in json.loads(body)["messages"])
    for fixed in (*(each.value for each in Template), CODES):
        words = words.replace(fixed, " ")
    return words
