"""The border: the only maker of what may leave this machine, and the way back for the answer."""

import functools
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from hashlib import sha256
from typing import Final, ParamSpec, Protocol, TypeVar, runtime_checkable

from app.privacy import egress, placeholders
from app.privacy.abstract import abstracted, told_by, values
from app.privacy.errors import PrivacyError
from app.privacy.forms import FormTable
from app.privacy.matcher import Matcher
from app.privacy.people import without_title
from app.privacy.plan import Planned
from app.privacy.planner import BROKEN, Planner, propagated, settled
from app.privacy.planner import Finder as Finder
from app.privacy.policy import SECRET_KINDS, Level
from app.privacy.prompt import (
    _SEAL,
    WORN,
    SanitizedPrompt,
    SanitizedText,
    Template,
    WireRole,
    request_body,
)
from app.privacy.propagate import parts
from app.privacy.replacing import Replacer, table_of
from app.privacy.restorer import Original, StreamRestorer
from app.privacy.types import HIDING, Action, Decided, Finding, Kind
from app.privacy.vault import Entry, Vault, fold

MODEL: Final = (
    "The model's name looks like a key or a private detail. Nothing was sent. Check it in the cloud settings."
)
_NO_MODEL: Final = SECRET_KINDS | {Kind.OWN, Kind.EMAIL}
TWICE: Final = (
    "An invented name also stands in an earlier turn. Nothing was sent. Send it again, with another one."
)
LONGEST_WORDING: Final = 80
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SOLID: Final = re.compile(r"[^\W_]")
_DISORDER: Final = 14
"""Characters beside a placeholder that may hide a key of their own."""

Findings = Sequence[Finding]
Check = Callable[[], None]
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@runtime_checkable
class SecretFinder(Protocol):
    """A finder that can look for secrets alone, which takes a fraction of the time."""

    def find_secrets(self, text: str) -> tuple[Finding, ...]:
        """Return at least the secrets in a text."""
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
        self,
        finder: Finder,
        vault: Vault,
        own_words: Callable[[], Collection[str]] = tuple,
        stand_ins: Callable[[], bool] = lambda: False,
    ) -> None:
        self._finder = finder
        self._vault = vault
        self._own_words = own_words  # asked anew: one that was declared after it left must not leave again
        self._planner = Planner(finder, vault, self._worn_table, stand_ins)
        self._replacer = Replacer(vault, self._current_matcher)
        self._clean: set[bytes] = set()
        self._worn: tuple[int, FormTable] = (-1, FormTable())
        self._matcher: tuple[object, Matcher] = (None, Matcher(()))

    @_closed
    def inspect(self, text: str, level: Level) -> tuple[Decided, ...]:
        """Say what would happen to a text, for highlighting while it is typed; nothing is minted."""
        text = _cleaned(text)
        plan = self._planner.plan(text, level)
        return tuple(Decided(p.finding, p.action, self._replacer.preview(p, text)) for p in plan)

    @_closed
    def sanitize(
        self, text: str, level: Level, more: Findings = (), check: Check = lambda: None, within: str = ""
    ) -> SanitizedText:
        """Make the form of a text that may leave.

        Args:
            more: what somebody else found in this text (a second look by a model).
            check: called between the stages; raises where nobody waits for the result any more.
            within: what the text was taken from; what is hidden there is hidden here.
        """
        text = _cleaned(text)
        check()
        self._vault.refresh()
        self._replacer.see(text)
        whole = self._planner.plan(_cleaned(within), level) if within else []
        plan = self._planner.plan(text, level, [*more, *told_by(whole, _cleaned(within), text)])
        check()
        return self._transform(text, plan, frozenset())

    @_closed
    def abstract(self, text: str, more: Sequence[Finding] = (), within: str = "") -> SanitizedText:
        """Make the form of a task that tells nothing of whom it is about: words stand in place of details.

        Nothing is minted or kept in the vault: what stands for a value here is no decision about it.

        Args:
            more: as in `sanitize`.
            within: what the text was taken from; what is private there is private here.
        """
        text, within = _cleaned(text), _cleaned(within)
        self._vault.refresh()
        plan = self._planner.plan(text, Level.STRICT, more)
        around = values(self._planner.plan(within, Level.STRICT), within)
        made = abstracted(text, plan, self._matcher_with(around))
        return SanitizedText(made.text, made.decided, made.codes, seal=_SEAL)

    @_closed
    def again(self, wire: str) -> SanitizedText:
        """Let an earlier turn leave as it did before; only what is hidden since then is replaced."""
        text = _cleaned(wire)
        self._vault.refresh()
        ours = {mention.code for mention in placeholders.mentions(text) if self._is_ours(mention.code)}
        posed = table_of(self._vault.entries(), posed=True)
        ours.update(WORN + found.code for found in posed.find(text))
        self._replacer.see(text)
        hits = self._matcher_for_earlier().find(egress.masked(text, self._is_ours, posed))
        planned = [
            Planned(
                propagated(hit.entry.kind, hit.start, hit.end),
                settled(hit.entry.effective, hit.entry.kind, hit.entry.value),
            )
            for hit in hits
        ]
        return self._transform(text, planned, frozenset(ours))

    @_closed
    def template(self, template: Template, coded: bool = False) -> SanitizedText:
        """Make a fixed text ready to leave; `coded` where codes stand in what goes with it."""
        return SanitizedText(template.words(coded), (), frozenset(), seal=_SEAL)

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
        egress.check_body(body, matcher, self._is_ours, self._worn_table())
        self._check_standins([text for _, text in fixed])
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
        value = without_title(_cleaned(value).strip())
        if not value:
            return
        self._vault.refresh()
        entry = self._vault.find(value) or self._replacer.new(self._planner.kind_of(value), value, action)
        if entry.kind is not Kind.LITERAL:
            said = self._accepted(_cleaned(wording).strip(), entry) if action is Action.GENERALIZE else ""
            self._vault.decide(entry, action, said)

    @_closed
    def restore(self, text: str) -> str:
        """Put the originals back into a whole answer."""
        restorer = self.restorer()
        return "".join(piece for piece, _ in [*restorer.feed(_cleaned(text)), *restorer.flush()])

    def restorer(self) -> StreamRestorer:
        """Make what puts the originals back into one answer while it streams."""
        is_fresh = False

        @_closed
        def lookup(code: str) -> Original | None:
            nonlocal is_fresh
            entry = self._vault.decode(code)
            if not is_fresh and (entry is None or not entry.sent):
                is_fresh = True
                self._vault.refresh()
                entry = self._vault.decode(code)
            if entry is None or not entry.sent:
                return None
            return Original(entry.kind, entry.value, entry.boxed, entry.spellings)

        @_closed
        def forms() -> FormTable:
            self._vault.refresh()
            return table_of(self._vault.entries(), posed=True)

        return StreamRestorer(lookup, forms)

    @_closed
    def forget(self) -> None:
        """Delete every original of this conversation."""
        self._planner.forget()
        self._replacer.forget()
        self._clean.clear()
        self._matcher = (None, Matcher(()))
        self._vault.forget()

    def _transform(self, text: str, plan: list[Planned], codes: frozenset[str]) -> SanitizedText:
        made = self._replacer.replace(text, plan)
        return SanitizedText(made.text, made.decided, codes | made.codes, seal=_SEAL)

    def _accepted(self, wording: str, entry: Entry) -> str:
        """Return the person's wording if it hides what it is to hide."""
        if not 0 < len(wording) <= LONGEST_WORDING or not wording.isprintable():
            return ""
        shows = fold(entry.value) in fold(wording) or Matcher([entry]).find(wording)
        reads = any(
            mention.is_shaped or self._is_ours(mention.code) for mention in placeholders.mentions(wording)
        )
        secret = any(finding.kind in SECRET_KINDS for finding in self._finder.find(wording, ()))
        worn = any(self._worn_table().find(wording))
        return "" if shows or reads or secret or worn or self._current_matcher().find(wording) else wording

    def _is_ours(self, code: str) -> bool:
        return self._vault.decode(code) is not None

    def _worn_table(self) -> FormTable:
        version = self._vault.version  # before the entries: another thread may be adding some
        if self._worn[0] != version:
            self._worn = (version, table_of(self._vault.entries(), posed=False))
        return self._worn[1]

    def _check_standins(self, texts: Sequence[SanitizedText]) -> None:
        """Refuse a new stand-in that says something else in an earlier turn, and forget it."""
        codes = frozenset().union(*(text.codes for text in texts))
        posed = table_of(self._vault.entries(), posed=True)
        for entry in self._vault.entries():
            if not entry.standin or entry.posed or WORN + entry.code not in codes:
                continue
            table = table_of([entry], posed=False)
            others = (text for text in texts if WORN + entry.code not in text.codes)
            plain = (egress.masked(text.text, self._is_ours, posed) for text in others)
            if any(any(table.find(text)) for text in plain):
                self._vault.dress(entry, "")
                raise PrivacyError(TWICE)

    def _current_matcher(self) -> Matcher:
        key = (self._vault.version, tuple(self._own_words()))
        if self._matcher[0] != key:
            self._matcher = (key, self._matcher_with())
        return self._matcher[1]

    def _matcher_with(self, more: Iterable[Entry] = ()) -> Matcher:
        own = (_unkept(Kind.OWN, word) for word in self._own_words())
        return Matcher([*self._vault.entries(), *own, *more])

    def _matcher_for_earlier(self) -> Matcher:
        """Look in earlier turns for parts of names, too, which went out before the person hid the whole."""
        pieces = _pieces(self._vault.entries())
        return self._matcher_with(pieces) if pieces else self._current_matcher()

    def _check_secrets(self, text: str) -> None:
        """Look for secrets that were not there, or not seen, when the text was typed."""
        digest = sha256(text.encode()).digest()
        if digest in self._clean or egress.is_fixed(text):
            return
        kept = [fold(entry.value) for entry in self._vault.entries() if entry.decision is Action.KEEP]
        plain = egress.masked(text, self._is_ours, self._worn_table())
        look = self._finder.find_secrets(text) if isinstance(self._finder, SecretFinder) else None
        for finding in self._finder.find(text, ()) if look is None else look:
            pieces = plain[finding.start : finding.end].split("\0")
            left = fold(" ".join(pieces))
            if finding.detector == "entropy" and len(pieces) > 1:  # the disorder is that of our own code
                is_whole = any(len(piece) >= _DISORDER for piece in pieces)
            else:
                is_whole = len(_SOLID.findall(left)) >= 4
            if finding.kind in SECRET_KINDS and is_whole and not _is_kept(left, kept):
                raise PrivacyError("Something secret would still be readable. Nothing was sent.")
        self._clean.add(digest)


def _is_no_model(finding: Finding) -> bool:
    """Say whether a finding shows that no model has this name; names of models look disordered, too."""
    return finding.kind in _NO_MODEL and finding.detector != "entropy"


def _cleaned(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)


def _pieces(entries: Iterable[Entry]) -> list[Entry]:
    decided = (each for each in entries if each.kind is Kind.PERSON and each.decision in HIDING)
    return [_unkept(each.kind, part) for each in decided for part in parts(each.value)]


def _is_kept(left: str, kept: Iterable[str]) -> bool:
    """Say whether this is what the person chose to keep, give or take a little around it."""
    return any(left in each or (each in left and 2 * len(each) >= len(left)) for each in kept)


def _unkept(kind: Kind, value: str) -> Entry:
    """Make an entry to look for, which gets its code where it is found."""
    return Entry(kind, value, "", Action.PLACEHOLDER, Action.PLACEHOLDER)
