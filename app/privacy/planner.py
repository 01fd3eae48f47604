"""Decides about a whole text: what is found, what the person and the policy want done with it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final, Protocol

from app.privacy import placeholders
from app.privacy.errors import PrivacyError
from app.privacy.forms import FormTable
from app.privacy.matcher import Matcher
from app.privacy.plan import CONVERSATION, Planned, merge, strength, told
from app.privacy.policy import Level, action_for, counts
from app.privacy.propagate import Known, parts
from app.privacy.resolve import resolve
from app.privacy.standins import KINDS, may_stand_in
from app.privacy.types import HIDING, Action, Finding, Kind
from app.privacy.vault import Entry, Vault, fold

_ROUNDS: Final = 3
BROKEN: Final = "The privacy filter could not run. Nothing was sent."


class Finder(Protocol):
    """Finds everything private in a text."""

    def find(self, text: str, known: Sequence[Known]) -> tuple[Finding, ...]:
        """Return findings in order, not overlapping, with offsets of `text`."""
        ...


class Planner:
    """Plans the texts of one conversation; mints nothing."""

    def __init__(
        self,
        finder: Finder,
        vault: Vault,
        worn: Callable[[], FormTable],
        stand_ins: Callable[[], bool],
    ) -> None:
        self._finder = finder
        self._vault = vault
        self._worn = worn
        self._stand_ins = stand_ins
        self._kinds: dict[str, Kind] = {}
        self._posed: tuple[int, frozenset[str]] = (-1, frozenset())

    def kind_of(self, value: str) -> Kind:
        """Return as what a value was found, or would be; what is not is the person's own word."""
        known = self._kinds.get(fold(value))
        if known is not None:
            return known
        found = self._finder.find(value, ())
        return next((each.kind for each in found if each.end - each.start == len(value)), Kind.OWN)

    def forget(self) -> None:
        """Forget what was found."""
        self._kinds.clear()

    def plan(self, text: str, level: Level, more: Sequence[Finding] = ()) -> list[Planned]:
        """Decide about everything private in a text: in order, not overlapping."""
        entries = self._vault.entries()
        hidden = [entry for entry in entries if entry.is_hidden and entry.kind is not Kind.LITERAL]
        known = tuple(Known(entry.kind, entry.value) for entry in hidden)
        seen = [each for each in self._finder.find(text, known) if counts(each, level)]
        found = _checked(resolve([*seen, *more]) if more else seen, text)
        actions: dict[str, Action] = {}
        for finding in found:
            value = told(finding, text)
            key = fold(value)
            self._kinds[key] = finding.kind
            action = self._action(finding, value, level)
            actions[key] = max(action, actions.get(key, action), key=strength)
        planned = [Planned(each, actions[fold(told(each, text))]) for each in found]
        new = (
            Entry(each.finding.kind, told(each.finding, text), "", each.action)
            for each in planned
            if each.is_hiding
        )
        matcher = Matcher([*entries, *new])
        plans, hits = [*planned, *self._literals(text)], matcher.find(text)
        for _ in range(_ROUNDS):
            for hit in hits:
                finding = propagated(hit.entry.kind, hit.start, hit.end)
                chosen = actions.get(fold(hit.entry.value)) or self._action(finding, hit.entry.value, level)
                plans.append(Planned(finding, chosen))
            plans = merge(plans)
            hits = matcher.find(_left(text, plans))
            if not hits:
                break
        return plans

    def _action(self, finding: Finding, value: str, level: Level) -> Action:
        """Take the person's decision, then what keeps hidden what was hidden before, then the policy."""
        policy = action_for(finding.kind, level, public=finding.public)
        if policy is Action.PLACEHOLDER and self._is_posed(finding.kind, value, level):
            policy = Action.STANDIN
        entry = self._vault.find(value, finding.kind)
        if entry is not None and entry.decision is not None:
            policy = entry.decision
        elif entry is not None and entry.sent and entry.is_hidden and policy not in HIDING:
            policy = entry.action
        return settled(policy, finding.kind, value)

    def _is_posed(self, kind: Kind, value: str, level: Level) -> bool:
        """Say whether a stand-in is what the person wants here: everywhere, or for whom this is a part."""
        if kind in KINDS and level is Level.GUARDED and self._stand_ins():
            return True
        return kind is Kind.PERSON and fold(value) in self._posed_parts()

    def _posed_parts(self) -> frozenset[str]:
        """Return the parts of the names of those for whom the person wants stand-ins."""
        version = self._vault.version
        if self._posed[0] != version:
            people = (
                each
                for each in self._vault.entries()
                if each.kind is Kind.PERSON and each.decision is Action.STANDIN
            )
            self._posed = (version, frozenset(fold(part) for each in people for part in parts(each.value)))
        return self._posed[1]

    def _literals(self, text: str) -> Iterable[Planned]:
        """Find what the person typed that would be taken for a placeholder of ours."""
        spans = [
            (mention.start, mention.end)
            for mention in placeholders.mentions(text)
            if mention.is_shaped or self._is_ours(mention.code)
        ]
        spans += [(start, end) for start, end, code in placeholders.tokens(text) if self._is_ours(code)]
        spans += [(found.start, found.end) for found in self._worn().find(text)]
        for start, end in spans:
            finding = Finding(Kind.LITERAL, start, end, 1.0, "placeholder", "looks like one of our codes")
            yield Planned(finding, Action.PLACEHOLDER)

    def _is_ours(self, code: str) -> bool:
        return self._vault.decode(code) is not None


def _left(text: str, plans: Sequence[Planned]) -> str:
    """Blank out what is hidden: where a neighbour goes, what was a part of a word can become a whole one."""
    pieces, at = list[str](), 0
    for each in plans:
        if each.is_hiding:
            pieces += [text[at : each.finding.start], "\0" * (each.finding.end - each.finding.start)]
            at = each.finding.end
    return "".join([*pieces, text[at:]])


def settled(action: Action, kind: Kind, value: str) -> Action:
    """Return the action, or a placeholder where no stand-in can be made."""
    is_possible = action is not Action.STANDIN or may_stand_in(kind, value)
    return action if is_possible else Action.PLACEHOLDER


def propagated(kind: Kind, start: int, end: int) -> Finding:
    """Make the finding of a value that is hidden already."""
    return Finding(kind, start, end, 1.0, CONVERSATION, "hidden elsewhere in this conversation")


def _checked(found: Sequence[Finding], text: str) -> list[Finding]:
    """Trust no offsets: a wrong one would leave a detail readable. Blanks at the ends are no detail."""
    checked, at = [], 0
    for finding in found:
        if not at <= finding.start < finding.end <= len(text):
            raise PrivacyError(BROKEN)
        at = finding.end
        value = text[finding.start : finding.end]
        start = finding.start + len(value) - len(value.lstrip())
        end = finding.start + len(value.rstrip())
        if start < end:
            checked.append(replace(finding, start=start, end=end))
    return checked
