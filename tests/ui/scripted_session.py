"""A session without models: it finds a few invented details and answers from a script."""

import json
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from app.core.approval import AnswerLocally, Approve, Approver, Refuse, Review, Revise, ReviseAll
from app.core.cancel import Cancel
from app.core.engines.local import LocalState, Phase
from app.core.errors import Cancelled, Fix, StoreError
from app.core.events import Delta, Done, Event, Failed, Findings, Notice, Routed, Sent, Started
from app.core.feedback import Feedback
from app.core.session import Destination, Status
from app.core.types import Conversation, Hit, Origin, Piece, Role, Route, State, StoredMessage, Usage, Where
from app.privacy.errors import PrivacyError
from app.privacy.exposure import Reveal, Trait
from app.privacy.policy import Level
from app.privacy.types import Action, Decided, Finding, Kind

PRIVATE = {
    "Zoé Lindqvist": Kind.PERSON, "Zoé": Kind.PERSON, "Marta Oyelaran": Kind.PERSON,
    "marta.oyelaran@example.com": Kind.EMAIL, "+1 202 555 0143": Kind.PHONE,
    "asthma": Kind.SENSITIVE, "hunter2": Kind.PASSWORD, "Lyon": Kind.PLACE,
}  # fmt: skip

TELLING = {"I am 34": Trait.AGE, "a nurse": Trait.JOB, "in Malmö": Trait.PLACE}


@dataclass
class ScriptedSession:
    """Has the methods of `Session`; tests change its fields."""

    answer: Sequence[str] = ("Yes, ", "{Zoé}", " can take it.")
    where: Where = Where.CLOUD
    review: bool = True
    failure: Failed | None = None
    filter_fails: bool = False
    gate: threading.Event | None = None
    """Where set, the answer waits for it (or for Stop) before each piece but the first."""
    checking: Sequence[str] = ()
    """What is told while the filter is at work; the gate holds it up."""
    stored: dict[str, list[StoredMessage]] = field(default_factory=dict)
    shelf: dict[str, Conversation] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    asked: list[tuple[str, Where]] = field(default_factory=list)
    judged: list[tuple[int, Feedback]] = field(default_factory=list)
    cloud_on: bool = True
    phase: Phase = Phase.READY
    kept: dict[str, Action] = field(default_factory=dict)
    worded: dict[str, str] = field(default_factory=dict)
    _ids: int = 0
    _listeners: list[Callable[[], None]] = field(default_factory=list)

    def conversations(self, limit: int = 200, offset: int = 0) -> list[Conversation]:
        kept = [each for each in self.shelf.values() if not each.temporary]
        return sorted(kept, key=lambda c: (not c.pinned, -c.updated))[offset : offset + limit]

    def conversation(self, conversation: str) -> Conversation:
        return self.shelf[conversation]

    def new_conversation(self, temporary: bool = False, level: Level | None = None) -> Conversation:
        key = f"{'t' if temporary else 'c'}{len(self.shelf)}"
        now = time.time()
        self.shelf[key] = Conversation(key, "", now, now, level or Level.GUARDED, temporary=temporary)
        self.stored[key] = []
        return self.shelf[key]

    def rename(self, conversation: str, title: str) -> None:
        self.shelf[conversation] = replace(self.shelf[conversation], title=title)

    def set_level(self, conversation: str, level: Level) -> None:
        self.shelf[conversation] = replace(self.shelf[conversation], level=level)

    def pin(self, conversation: str, pinned: bool) -> None:
        self.shelf[conversation] = replace(self.shelf[conversation], pinned=pinned)

    def delete(self, conversation: str) -> None:
        del self.shelf[conversation]
        self.stored.pop(conversation, None)

    def messages(self, conversation: str) -> list[StoredMessage]:
        return list(self.stored[conversation])

    def search(self, query: str, limit: int = 50) -> list[Hit]:
        return [
            Hit(self.shelf[key], message.id, message.text.replace(query, f"\x02{query}\x03"))
            for key, messages in self.stored.items()
            for message in messages
            if query in message.text
        ][:limit]

    def inspect(self, conversation: str, text: str, cancel: Cancel | None = None) -> tuple[Decided, ...]:
        if self.filter_fails:
            raise PrivacyError("The filter could not run. Nothing was sent.")
        return tuple(self._find(text))

    def destination(self, conversation: str, text: str = "", sensitive: int = 0) -> Destination:
        if conversation not in self.shelf:
            raise StoreError("This conversation is gone.")
        level = self.shelf[conversation].level
        if self.where is Where.LOCAL or level is Level.LOCAL or not self.cloud_on or sensitive:
            return Destination(Where.LOCAL, False, "local", "Everything is answered here.")
        return Destination(self.where, self.review, self.where.value, "The question is hard.")

    def status(self) -> Status:
        local = LocalState(self.phase, "SmolLM2 135M", "Ready.")
        why = "" if self.cloud_on else "The cloud is switched off in the settings."
        return Status(local, self.cloud_on, why, "gpt-large", "api.example.com" if self.cloud_on else "")

    def on_status(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def change_status(self, **fields: object) -> None:
        for name, value in fields.items():
            setattr(self, name, value)
        for listener in self._listeners:
            listener()

    def send(  # noqa: PLR0913 - the shape of the real one
        self, conversation: str, text: str, approver: Approver, cancel: Cancel,
        tell: Callable[[Event], None], *, where: Where = Where.AUTO, mechanism: str = "",
    ) -> None:  # fmt: skip
        now = time.time()
        before = self.shelf[conversation]
        self.shelf[conversation] = replace(before, title=before.title or text[:40], updated=now)
        self.stored[conversation].append(StoredMessage(self._next(), conversation, Role.USER, text, now))
        self._answer(conversation, text, approver, cancel, tell, where)

    def answer_again(
        self, conversation: str, approver: Approver, cancel: Cancel,
        tell: Callable[[Event], None], *, where: Where = Where.AUTO, mechanism: str = "",
    ) -> None:  # fmt: skip
        text = next(m.text for m in reversed(self.stored[conversation]) if m.role is Role.USER)
        self._answer(conversation, text, approver, cancel, tell, where)

    def judge(self, conversation: str, answer: int, feedback: Feedback) -> None:
        self.judged.append((answer, feedback))

    def take_back(self, conversation: str) -> None:
        messages = self.stored[conversation]
        if messages and messages[-1].state is State.FAILED:
            messages.pop()
            if messages[-1].role is Role.USER:
                messages.pop()

    def _next(self) -> int:
        self._ids += 1
        return self._ids

    def _answer(self, key, text, approver, cancel, tell, where) -> None:  # type: ignore[no-untyped-def]
        self.asked.append((text, where))
        answer = StoredMessage(self._next(), key, Role.ASSISTANT, "", time.time(), State.STREAMING)
        tell(Started(answer.id - 1, answer.id))
        self._check(cancel, tell)
        wanted = self.destination(key, text).where if where is Where.AUTO else where
        if self.failure is not None:
            self._store(answer, State.FAILED, [], None, failure=self.failure.told)
            tell(self.failure)
            return
        if wanted is not Where.LOCAL:
            verdict = self._ask(key, text, approver, cancel, tell) if self.review else Approve()
            match verdict:
                case Refuse(told=told):
                    self._store(answer, State.FAILED, [], None, failure=told)
                    tell(Failed("refused", told, Fix.ANSWER_LOCALLY))
                    return
                case AnswerLocally():
                    wanted = Where.LOCAL
        cloud = wanted is not Where.LOCAL
        model = "gpt-large" if cloud else "SmolLM2 135M"
        route = Route(Where.CLOUD if cloud else Where.LOCAL, "routing", ("The question is hard.",))
        tell(Routed(route.where, route.mechanism, route.reasons, model))
        hidden = sum(d.action is Action.PLACEHOLDER for d in self._find(text)) if cloud else 0
        if cloud:
            self.sent.append(self._body(text))
            tell(Sent("api.example.com", self.sent[-1], "00", len(self.sent)))
        pieces: list[Piece] = []
        try:
            for index, part in enumerate(self.answer):
                if self.gate is not None and index:
                    with cancel.on_set(self.gate.set):
                        self.gate.wait(20)
                cancel.check()
                restored = cloud and part.startswith("{")
                origin = Origin.RESTORED if restored else Origin.CLOUD if cloud else Origin.LOCAL
                pieces.append(Piece(part.strip("{}") if part.startswith("{Z") else part, origin))
                tell(Delta(pieces[-1].text, origin))
        except Cancelled:
            self._store(answer, State.STOPPED, pieces, route, model=model)
            raise
        ledger = len(self.sent) if cloud else None
        self._store(answer, State.COMPLETE, pieces, route, model=model, hidden=hidden, ledger=ledger)
        tell(Done(Usage(), {}, 0, hidden))

    def _check(self, cancel: Cancel, tell: Callable[[Event], None]) -> None:
        for told in self.checking:
            tell(Notice(told))
            while self.gate is not None and not self.gate.is_set():
                cancel.wait(0.01)
                cancel.check()

    def _store(self, answer, state, pieces, route, **fields) -> None:  # type: ignore[no-untyped-def]
        text = "".join(piece.text for piece in pieces)
        whole = replace(answer, text=text, pieces=tuple(pieces), state=state, route=route, **fields)
        self.stored[answer.conversation].append(whole)

    def _ask(self, key, text, approver, cancel, tell):  # type: ignore[no-untyped-def]
        while True:
            decided = tuple(self._find(text))
            tell(Findings(decided))
            review = Review(
                key, "api.example.com", "gpt-large", text, self._clean(text), decided, self._body(text),
                self.shelf[key].level, reveals=self.reveals(text),
            )  # fmt: skip
            self.reviews.append(review)
            verdict = approver.decide(review, cancel)
            match verdict:
                case Revise():
                    self._revise(verdict)
                case ReviseAll(changes):
                    for change in changes:
                        self._revise(change)
                case _:
                    return verdict

    def _revise(self, change: Revise) -> None:
        self.kept[change.value] = change.action
        self.worded[change.value] = change.wording or "something else"

    def reveals(self, text: str) -> tuple[Reveal, ...]:
        """Name what is still told; a value that was decided about tells nothing more."""
        return tuple(
            Reveal(trait, text.index(value), text.index(value) + len(value))
            for value, trait in TELLING.items()
            if value in text and value not in self.kept
        )

    def _find(self, text: str) -> list[Decided]:
        found: list[Decided] = []
        done = 0
        words = sorted([*PRIVATE, *self.kept], key=len, reverse=True)
        for match in re.finditer("|".join(re.escape(word) for word in words), text):
            if match.start() >= done:
                found.append(self._decide(match))
                done = match.end()
        return found

    def _decide(self, match: re.Match[str]) -> Decided:
        kind = PRIVATE.get(match[0], Kind.OWN)
        finding = Finding(kind, match.start(), match.end(), 0.96, "script", "It is in the script.")
        usual = {Kind.SENSITIVE: Action.ASK, Kind.PASSWORD: Action.BLOCK, Kind.PLACE: Action.KEEP}
        action = self.kept.get(match[0], usual.get(kind, Action.PLACEHOLDER))
        stands = {Action.BLOCK: "[removed]", Action.PLACEHOLDER: f"{kind.value}-7QK{len(match[0]) % 8 + 2}",
                  Action.STANDIN: "Nora", Action.GENERALIZE: self.worded.get(match[0], "")}  # fmt: skip
        return Decided(finding, action, stands.get(action, match[0]))

    def _clean(self, text: str) -> str:
        clean, done = "", 0
        for each in self._find(text):
            clean += text[done : each.finding.start] + each.replacement
            done = each.finding.end
        return clean + text[done:]

    def _body(self, text: str) -> str:
        request = {
            "model": "gpt-large",
            "messages": [{"role": "user", "content": self._clean(text)}],
            "stream": True,
        }
        return json.dumps(request, ensure_ascii=False, separators=(",", ":"))
