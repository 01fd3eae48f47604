"""The border: the only maker of what may leave this machine, and the way back for the answer."""

import functools
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Final, ParamSpec, Protocol, TypeVar

from app.privacy import egress, placeholders
from app.privacy.errors import PrivacyError
from app.privacy.generalize import generalize
from app.privacy.matcher import Matcher
from app.privacy.placeholders import mint, render
from app.privacy.plan import CONVERSATION, Planned, merge, strength
from app.privacy.policy import SECRET_KINDS, Level, action_for
from app.privacy.prompt import (
    _SEAL,
    CUT,
    SanitizedPrompt,
    SanitizedText,
    Template,
    WireRole,
    request_body,
)
from app.privacy.propagate import Known, parts
from app.privacy.resolve import resolve
from app.privacy.restorer import StreamRestorer
from app.privacy.types import HIDING, Action, Decided, Finding, Kind
from app.privacy.vault import Entry, Vault, fold

MODEL: Final = (
    "The model's name looks like a key or a private detail. Nothing was sent. Check it in the cloud settings."
)
_NO_MODEL: Final = SECRET_KINDS | {Kind.OWN, Kind.EMAIL}
BROKEN: Final = "The privacy filter could not run. Nothing was sent."
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SOLID: Final = re.compile(r"[^\W_]")

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class Finder(Protocol):
    """Finds everything private in a text."""

    def find(self, text: str, known: Sequence[Known]) -> tuple[Finding, ...]:
        """Return findings in order, not overlapping, with offsets of `text`."""
        ...


def _closed(work: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Let no error out but `PrivacyError`, and with it nothing of what was being looked at."""

    @functools.wraps(work)
    def run(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        try:
            return work(*args, **kwargs)
        except PrivacyError as error:
            told = error.told
        except Exception:
            told = BROKEN
        raise PrivacyError(told)

    return run


class PrivacyFilter:
    """Hides what is private in one conversation, seals what may leave, and restores the answer.

    Every method fails closed: whatever goes wrong is a `PrivacyError`, and nothing was made. Within a turn
    call `sanitize` before `again`, so that what is new is hidden in earlier messages, too.
    """

    def __init__(
        self, finder: Finder, vault: Vault, own_words: Callable[[], Collection[str]] = tuple
    ) -> None:
        self._finder = finder
        self._vault = vault
        self._own_words = own_words  # asked anew: one that was declared after it left must not leave again
        self._kinds: dict[str, Kind] = {}
        self._avoided: set[str] = set()
        self._clean: set[bytes] = set()
        self._matcher: tuple[object, Matcher] = (None, Matcher(()))

    @_closed
    def inspect(self, text: str, level: Level) -> tuple[Decided, ...]:
        """Say what would happen to a text, for highlighting while it is typed; nothing is minted."""
        text = _cleaned(text)
        decided = []
        for planned in self._plan(text, level):
            value = text[planned.finding.start : planned.finding.end]
            decided.append(Decided(planned.finding, planned.action, _preview(planned, value)))
        return tuple(decided)

    @_closed
    def sanitize(self, text: str, level: Level, more: Sequence[Finding] = ()) -> SanitizedText:
        """Make the form of a text that may leave.

        Args:
            more: what somebody else found in this text (a second look by a model).
        """
        text = _cleaned(text)
        self._vault.refresh()
        self._avoided.update(code for _, _, code in placeholders.tokens(text))
        return self._transform(text, self._plan(text, level, more), frozenset())

    @_closed
    def again(self, wire: str) -> SanitizedText:
        """Let an earlier turn leave as it did before; only what is hidden since then is replaced."""
        text = _cleaned(wire)
        self._vault.refresh()
        ours = {mention.code for mention in placeholders.mentions(text) if self._is_ours(mention.code)}
        self._avoided.update(code for _, _, code in placeholders.tokens(text))
        hits = self._matcher_for_earlier().find(egress.masked(text, self._is_ours))
        planned = [
            Planned(_propagated(hit.entry.kind, hit.start, hit.end), _settled(hit.entry.effective))
            for hit in hits
        ]
        return self._transform(text, planned, frozenset(ours))

    @_closed
    def template(self, template: Template) -> SanitizedText:
        """Make a fixed text ready to leave."""
        return SanitizedText(template.value, (), frozenset(), seal=_SEAL)

    @_closed
    def seal(
        self,
        model: str,
        messages: Sequence[tuple[WireRole, SanitizedText]],
    ) -> SanitizedPrompt:
        """Make the request, after a last look at its finished bytes.

        Raises:
            PrivacyError: something hidden could still be read, or a secret shows up that was not seen before.
        """
        fixed = tuple(messages)
        self._vault.refresh()
        matcher = self._current_matcher()
        egress.check_model(model, matcher)
        if any(map(_is_no_model, self._finder.find(model, ()))):
            raise PrivacyError(MODEL)
        if any(not self._is_ours(code) for _, text in fixed for code in text.codes):
            raise PrivacyError("A message belongs to another conversation. Nothing was sent.")
        body = request_body(model, fixed)
        egress.check_body(body, matcher, self._is_ours)
        for role, text in fixed:
            if role != "assistant":
                self._check_secrets(text.text)
        return SanitizedPrompt(model, fixed, seal=_SEAL)

    @_closed
    def mark_sent(self, codes: frozenset[str]) -> None:
        """Note that placeholders leave, so that they are restored in the answer."""
        self._vault.mark_sent(codes)

    @_closed
    def decide(self, value: str, action: Action, wording: str = "") -> None:
        """Remember what the person wants done with a value; it wins over the policy.

        What looks like a placeholder stays hidden whatever is decided, since it would be restored wrongly.
        """
        value = _cleaned(value).strip()
        if not value:
            return
        self._vault.refresh()
        entry = self._vault.find(value) or self._new(self._kinds.get(fold(value), Kind.OWN), value, action)
        if entry.kind is not Kind.LITERAL:
            self._vault.decide(entry, action)

    @_closed
    def restore(self, text: str) -> str:
        """Put the originals back into a whole answer."""
        restorer = self.restorer()
        return "".join(piece for piece, _ in [*restorer.feed(_cleaned(text)), *restorer.flush()])

    def restorer(self) -> StreamRestorer:
        """Make what puts the originals back into one answer while it streams."""
        is_fresh = False

        @_closed
        def lookup(code: str) -> tuple[Kind, str] | None:
            nonlocal is_fresh
            entry = self._vault.decode(code)
            if not is_fresh and (entry is None or not entry.sent):
                is_fresh = True
                self._vault.refresh()
                entry = self._vault.decode(code)
            return (entry.kind, entry.value) if entry is not None and entry.sent else None

        return StreamRestorer(lookup)

    @_closed
    def forget(self) -> None:
        """Delete every original of this conversation."""
        self._kinds.clear()
        self._avoided.clear()
        self._clean.clear()
        self._matcher = (None, Matcher(()))
        self._vault.forget()

    def _plan(self, text: str, level: Level, more: Sequence[Finding] = ()) -> list[Planned]:
        entries = self._vault.entries()
        hidden = [entry for entry in entries if entry.is_hidden and entry.kind is not Kind.LITERAL]
        known = tuple(Known(entry.kind, entry.value) for entry in hidden)
        seen = self._finder.find(text, known)
        found = _checked(resolve([*seen, *more]) if more else seen, text)
        actions: dict[str, Action] = {}
        for finding in found:
            value = text[finding.start : finding.end]
            key = fold(value)
            self._kinds[key] = finding.kind
            action = self._action(finding, value, level)
            actions[key] = max(action, actions.get(key, action), key=strength)
        planned = [Planned(each, actions[fold(text[each.start : each.end])]) for each in found]
        new = (Entry(each.finding.kind, text[each.finding.start : each.finding.end], "", each.action)
               for each in planned if each.is_hiding)  # fmt: skip
        for hit in Matcher([*entries, *new]).find(text):
            finding = _propagated(hit.entry.kind, hit.start, hit.end)
            chosen = actions.get(fold(hit.entry.value)) or self._action(finding, hit.entry.value, level)
            planned.append(Planned(finding, chosen))
        return merge([*planned, *self._literals(text)])

    def _action(self, finding: Finding, value: str, level: Level) -> Action:
        """Take the person's decision, then what keeps hidden what was hidden before, then the policy."""
        policy = action_for(finding.kind, level, public=finding.public)
        entry = self._vault.find(value, finding.kind)
        if entry is None:
            return _settled(policy)
        if entry.decision is not None:
            return _settled(entry.decision)
        return _settled(entry.action if entry.sent and entry.is_hidden and policy not in HIDING else policy)

    def _literals(self, text: str) -> Iterable[Planned]:
        """Find what the person typed that would be taken for a placeholder of ours."""
        spans = [
            (mention.start, mention.end)
            for mention in placeholders.mentions(text)
            if mention.is_shaped or self._is_ours(mention.code)
        ]
        spans += [(start, end) for start, end, code in placeholders.tokens(text) if self._is_ours(code)]
        for start, end in spans:
            finding = Finding(Kind.LITERAL, start, end, 1.0, "placeholder", "looks like one of our codes")
            yield Planned(finding, Action.PLACEHOLDER)

    def _transform(self, text: str, plan: list[Planned], codes: frozenset[str]) -> SanitizedText:
        crowded = placeholders.windows(text) if plan else frozenset[str]()
        pieces: list[str] = []
        decided: list[Decided] = []
        used = set(codes)
        at = 0
        for planned in plan:
            finding = planned.finding
            value = text[finding.start : finding.end]
            action, replacement = self._replace(planned, value, crowded, used)
            decided.append(Decided(finding, action, replacement))
            pieces += [text[at : finding.start], replacement]
            at = finding.end
        pieces.append(text[at:])
        return SanitizedText("".join(pieces), tuple(decided), frozenset(used), seal=_SEAL)

    def _replace(
        self, planned: Planned, value: str, crowded: frozenset[str], used: set[str]
    ) -> tuple[Action, str]:
        kind, action = planned.finding.kind, planned.action
        entry = self._vault.find(value, kind)
        if not planned.is_hiding:
            if entry is not None and entry.decision is None and entry.is_hidden:
                self._vault.act(entry, action)
            return action, value
        if entry is None:
            entry = self._new(kind, value, action, crowded)
        elif entry.decision is None and entry.action is not action:
            entry = self._vault.act(entry, action)
        if action is Action.BLOCK:
            return action, CUT
        if action is Action.GENERALIZE:
            said = generalize(kind, value)
            if not Matcher([entry]).find(said) and not self._current_matcher().find(said):
                return action, said
        used.add(entry.code)
        return Action.PLACEHOLDER, render(entry.kind, entry.code)

    def _new(self, kind: Kind, value: str, action: Action, crowded: frozenset[str] = frozenset()) -> Entry:
        code = mint(lambda code: code in self._avoided or self._is_ours(code), crowded)
        return self._vault.add(Entry(kind, value, code, action))

    def _is_ours(self, code: str) -> bool:
        return self._vault.decode(code) is not None

    def _current_matcher(self) -> Matcher:
        own = tuple(self._own_words())
        if self._matcher[0] != (self._vault.version, own):
            entries = [*self._vault.entries(), *(_unkept(Kind.OWN, word) for word in own)]
            self._matcher = ((self._vault.version, own), Matcher(entries))
        return self._matcher[1]

    def _matcher_for_earlier(self) -> Matcher:
        """Look in earlier turns for parts of names, too, which went out before the person hid the whole."""
        entries = self._vault.entries()
        pieces = _pieces(entries)
        own = (_unkept(Kind.OWN, word) for word in self._own_words())
        return Matcher([*entries, *own, *pieces]) if pieces else self._current_matcher()

    def _check_secrets(self, text: str) -> None:
        """Look for secrets that were not there, or not seen, when the text was typed."""
        digest = sha256(text.encode()).digest()
        if digest in self._clean or egress.is_fixed(text):
            return
        kept = [fold(entry.value) for entry in self._vault.entries() if entry.decision is Action.KEEP]
        plain = egress.masked(text, self._is_ours)
        for finding in self._finder.find(text, ()):
            left = fold(plain[finding.start : finding.end].replace("\0", " "))
            is_whole = len(_SOLID.findall(left)) >= 4
            if finding.kind in SECRET_KINDS and is_whole and not _is_kept(left, kept):
                raise PrivacyError("Something secret would still be readable. Nothing was sent.")
        self._clean.add(digest)


def _is_no_model(finding: Finding) -> bool:
    """Say whether a finding shows that no model has this name; names of models look disordered, too."""
    return finding.kind in _NO_MODEL and finding.detector != "entropy"


def _cleaned(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)


def _settled(action: Action) -> Action:
    """Stand-ins are placeholders in this version."""
    return Action.PLACEHOLDER if action is Action.STANDIN else action


def _pieces(entries: Iterable[Entry]) -> list[Entry]:
    decided = (each for each in entries if each.kind is Kind.PERSON and each.decision in HIDING)
    return [_unkept(each.kind, part) for each in decided for part in parts(each.value)]


def _is_kept(left: str, kept: Iterable[str]) -> bool:
    """Say whether this is what the person chose to keep, give or take a little around it."""
    return any(left in each or (each in left and 2 * len(each) >= len(left)) for each in kept)


def _unkept(kind: Kind, value: str) -> Entry:
    """Make an entry to look for, which gets its code where it is found."""
    return Entry(kind, value, "", Action.PLACEHOLDER, Action.PLACEHOLDER)


def _propagated(kind: Kind, start: int, end: int) -> Finding:
    return Finding(kind, start, end, 1.0, CONVERSATION, "hidden elsewhere in this conversation")


def _preview(planned: Planned, value: str) -> str:
    match planned.action:
        case Action.BLOCK:
            return CUT
        case Action.GENERALIZE:
            return generalize(planned.finding.kind, value)
        case Action.PLACEHOLDER:
            return planned.finding.kind.value
        case _:
            return value


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
