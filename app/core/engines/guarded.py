"""The cloud as mechanisms see it: whatever they ask is sanitized, reviewed, noted, sent, restored."""

import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from app.core.approval import CHOSE_HERE, AnswerLocally, Approve, Approver, Refuse, Review, Revise, ReviseAll
from app.core.cancel import Cancel
from app.core.engines.base import Engine
from app.core.engines.checking import checked, checking
from app.core.engines.tally import Meter, Request, Tally
from app.core.errors import BadReply, ChoseLocal, EngineError, Fix, PolicyRefused, SaidNo
from app.core.events import Delta, Event, Findings, Notice, Sent
from app.core.exchanges import exchanges
from app.core.types import Origin, StoredMessage, Where
from app.privacy.errors import PrivacyError
from app.privacy.exposure import Reveal, Trait, reveals
from app.privacy.policy import SECRET_KINDS, Level
from app.privacy.prompt import SanitizedPrompt, SanitizedText, Template, WireRole
from app.privacy.types import Action, Decided, Finding, Kind

if TYPE_CHECKING:
    from app.core.second_look import Look
    from app.privacy.filter import PrivacyFilter
    from app.privacy.ledger import Ledger

SAID_AGAIN = "Your earlier question went along, since the cloud had not seen it."
UNSURE = 0.6
"""A finding below this confidence is worth a look even where nothing else is."""
_ALWAYS_SHOWN = SECRET_KINDS | {Kind.SENSITIVE}


class Cloud(Engine[SanitizedPrompt], Protocol):
    """A cloud engine with what the guard needs beside answers."""

    @property
    def provider(self) -> str:
        """Host and port, as the ledger and the review name it."""
        ...

    def models(self, cancel: Cancel) -> list[str]:
        """Ask the server which models it has; raises as `stream` does."""
        ...

    def permit(self) -> None:
        """Raise `PolicyRefused` where nothing may leave any more."""
        ...

    def fixed(self, permit: Callable[[], None]) -> "Cloud":
        """Return the cloud as it is set now; it refuses once another address is set.

        Args:
            permit: raises where nothing may leave any more; asked right before each try.
        """
        ...


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which conditions this turn may use the cloud."""

    conversation: str
    level: Level
    policy: str
    """The setting `cloud.policy`."""
    model: str
    """Empty: the first one that the server lists."""
    learned: Callable[[str], None]
    """Takes the name of that first one, so that it is asked for once."""
    permit: Callable[[], None]
    """Raises once something forbids what was allowed when the turn began."""
    look: "Look | None" = None
    """What the person added to the filter; asked once a question."""
    claim: Callable[[Tally, int], None] = lambda tally, characters: None
    """Sets money aside for a request of so many characters; raises `OutOfQuota` where there is none."""


class GuardedCloud:
    """The only way from a mechanism to the cloud; lives for one turn."""

    def __init__(
        self,
        engine: Cloud,
        privacy: "PrivacyFilter",
        ledger: "Ledger",
        approver: Approver | None,
        terms: Terms,
    ) -> None:
        self._engine = engine.fixed(terms.permit)
        self._filter = privacy
        self._ledger = ledger
        self._approver = approver
        self._terms = terms

    def answer(self, request: Request, tally: Tally, cancel: Cancel, step: str = "answer") -> Iterator[Event]:
        """Yield findings, the bytes sent and the restored answer.

        Args:
            step: the name under which the tally measures this request.

        Raises:
            PrivacyError: the filter failed; nothing was sent.
            PolicyRefused: nobody agreed; `ChoseLocal` where the person wants a local answer.
            EngineError, Cancelled: as `Engine.stream`.
        """
        if self._terms.level is Level.LOCAL or self._terms.policy == "never":
            raise PolicyRefused("Nothing leaves this computer in this conversation.")
        yield Notice("Checking for private details")
        model = tally.model = self._terms.model or self._first_model(cancel)
        made = yield from self._agree(request, model, tally, cancel)
        prompt = made.prompt
        cancel.check()
        self._terms.claim(tally, len(prompt.body))
        self._engine.permit()  # before the ledger says that it left; the engine asks once more
        kinds = Counter[str]()
        for (kind, _), count in prompt.kinds.items():
            kinds[kind.value] += count
        self._filter.mark_sent(prompt.codes)
        provider = self._engine.provider
        row = self._ledger.note(
            provider, "chat", prompt.model, prompt.body, kinds, made.told, self._terms.conversation
        )
        tally.ledger.append(row)
        if request.is_turn:
            tally.wire_question = made.text.text
        with tally.step(step, Where.CLOUD) as meter:
            meter.bytes_sent = len(prompt.body)
            yield Sent(self._engine.provider, prompt.body.decode(), prompt.sha256, row)
            yield from self._receive(prompt, meter, tally, request, cancel)

    def _agree(
        self, request: Request, model: str, tally: Tally, cancel: Cancel
    ) -> Generator[Event, None, "_Made"]:
        """Sanitize and review until somebody agrees; return the request as the generator's value."""
        shown, question = False, request.text
        more = yield from self._look_again(question, tally, cancel)
        while True:
            start = time.perf_counter()
            seen = request.within or question
            made = yield from checking(lambda: self._make(request, model, more), seen, cancel)
            tally.clock("filter", start)
            tally.hidden = max(tally.hidden, made.text.hidden) if tally.ledger else made.text.hidden
            yield Findings(made.text.decided, made.reveals)
            review = self._review(question, made)
            # Who was asked once is asked until he agrees: his last word was a change, not a yes.
            if not (shown or request.says_again or self._needs_review(review)):
                break
            shown = True
            start = time.perf_counter()
            agreed = self._ask(review, cancel)
            tally.clock("review", start)
            if agreed:
                break
        if request.says_again:
            yield Notice(SAID_AGAIN, lasting=True)
        if made.left_out:
            yield Notice(made.left_out, lasting=True)
        return made

    def _look_again(
        self, question: str, tally: Tally, cancel: Cancel
    ) -> Generator[Event, None, tuple[Finding, ...]]:
        if self._terms.look is None:
            return ()
        level, start = self._terms.level, time.perf_counter()

        def inspect() -> tuple[Decided, ...]:
            return checked(lambda: self._filter.inspect(question, level), question, cancel)

        looked = self._terms.look(question, inspect, cancel)
        tally.clock("look", start)
        for told in looked.told:
            yield Notice(told, lasting=True)
        return looked.findings

    def _make(self, request: Request, model: str, more: Sequence[Finding]) -> "_Made":
        question = request.text
        if request.abstract:
            text = self._filter.abstract(question, more, request.within)
        else:
            text = self._filter.sanitize(question, self._terms.level, more, within=request.within)
        earlier, rewritten, left_out = self._earlier(request.history)
        prompt = self._seal(model, request.template, [*earlier, ("user", text)])
        return _Made(
            text,
            prompt,
            rewritten,
            left_out,
            reveals(question, text.decided),
            frozenset(each.trait for role, said in earlier if role == "user" for each in reveals(said.text)),
            self._ledger.exposed(self._engine.provider),
        )

    def _review(self, question: str, made: "_Made") -> Review:
        return Review(
            conversation=self._terms.conversation,
            provider=self._engine.provider,
            model=made.prompt.model,
            original=question,
            sanitized=made.text.text,
            decided=made.text.decided,
            body=made.prompt.body.decode(),
            level=self._terms.level,
            rewritten=made.rewritten,
            reveals=made.reveals,
            exposed=made.exposed | made.earlier,
        )

    def _ask(self, review: Review, cancel: Cancel) -> bool:
        if self._approver is None:
            raise PolicyRefused("This request needs your approval, and there is nobody to ask.")
        match self._approver.decide(review, cancel):
            case Approve():
                return True
            case Revise() as change:
                self._filter.decide(change.value, change.action, change.wording)
                return False
            case ReviseAll(changes):
                for change in changes:
                    self._filter.decide(change.value, change.action, change.wording)
                return False
            case AnswerLocally():
                raise ChoseLocal(CHOSE_HERE)
            case Refuse(told):
                raise SaidNo(told)

    def _needs_review(self, review: Review) -> bool:
        if self._terms.policy != "ask-if-private":
            return True
        # Of what the provider knows already there was a warning when it was new.
        joins = review.joined and any(each.trait not in review.exposed for each in review.reveals)
        return bool(joins) or review.rewritten > 0 or any(map(_is_shown, review.decided))

    def _earlier(
        self, history: Sequence[StoredMessage]
    ) -> tuple[list[tuple[WireRole, SanitizedText]], int, str]:
        """Return the earlier turns that went to the cloud, how many are rewritten, and what is left out."""
        turns = exchanges(history, lambda said: bool(said.wire_text))
        from app.core.aide.budget import first_kept, tokens  # patterns, which no start waits for

        sizes = [tokens(question.wire_text) + tokens(answer.wire_text) for question, answer in turns]
        first = first_kept(sizes)
        kept: list[tuple[WireRole, SanitizedText]] = []
        for question, answer in turns[first:]:
            kept.append(("user", self._filter.again(question.wire_text)))
            kept.append(("assistant", self._filter.again(answer.wire_text)))
        rewritten = sum(bool(text.decided) for _, text in kept)
        left_out = f"The {2 * first} earliest messages were left out, about {sum(sizes[:first]):,} tokens."
        return kept, rewritten, left_out if first else ""

    def _seal(
        self, model: str, template: Template, messages: list[tuple[WireRole, SanitizedText]]
    ) -> SanitizedPrompt:
        coded = any(text.is_coded for _, text in messages)
        system: tuple[WireRole, SanitizedText] = ("system", self._filter.template(template, coded))
        return self._filter.seal(model, [system, *messages])

    def _first_model(self, cancel: Cancel) -> str:
        self._ledger.note(self._engine.provider, "models", "", b"", {})
        models = self._engine.models(cancel)
        if not models:
            raise BadReply("The server lists no models. Enter the model's name in the cloud settings.")
        self._terms.learned(models[0])
        return models[0]

    def _receive(
        self, prompt: SanitizedPrompt, meter: Meter, tally: Tally, request: Request, cancel: Cancel
    ) -> Iterator[Event]:
        restorer = self._filter.restorer()
        for chunk in self._engine.stream(prompt, cancel):
            if isinstance(chunk, Notice):
                yield chunk
                continue
            meter.count(chunk)
            tally.truncated = tally.truncated or (request.is_turn and chunk.truncated)
            if request.is_turn:
                tally.answered.append(chunk.text)
            if request.abstract:  # a code in it is a guess, or from an earlier turn
                yield Delta(chunk.text, Origin.CLOUD)
            else:
                yield from _restored(partial(restorer.feed, chunk.text))
        # After a failure the rest is not flushed: what is held back may be half a placeholder.
        yield from _restored(restorer.flush)
        if restorer.unknown:
            yield Notice("The cloud's answer holds codes that stand for nothing here.", True)


@dataclass(frozen=True, slots=True)
class _Made:
    """A request, ready to be looked at."""

    text: SanitizedText
    prompt: SanitizedPrompt
    rewritten: int
    left_out: str
    """What stays here of the conversation, as a sentence."""
    reveals: tuple[Reveal, ...]
    earlier: frozenset[Trait]
    """What the earlier turns in it tell; another provider may have got them first."""
    exposed: frozenset[Trait]
    """What this provider was told before."""

    @property
    def told(self) -> frozenset[Trait]:
        """What the ledger counts: what is said again in earlier turns was counted when it was new."""
        return frozenset(each.trait for each in self.reveals) | (self.earlier - self.exposed)


def _is_shown(decided: Decided) -> bool:
    """Say whether a finding is worth a look, whatever was decided about it before."""
    finding = decided.finding
    return decided.action is not Action.KEEP or finding.score < UNSURE or finding.kind in _ALWAYS_SHOWN


def _restored(work: Callable[[], Sequence[tuple[str, bool]]]) -> Iterator[Delta]:
    """Yield what was restored.

    Raises:
        EngineError: it failed. No `PrivacyError`, for that says that nothing was sent.
    """
    pieces: Sequence[tuple[str, bool]] | None = None
    with suppress(PrivacyError):
        pieces = work()
    if pieces is None:
        raise EngineError(
            "The answer came, but your details could not be put back into it. Try again.",
            Fix.RETRY,
        )
    for text, restored in pieces:
        yield Delta(text, Origin.RESTORED if restored else Origin.CLOUD)
