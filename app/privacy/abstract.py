"""Puts words such as "somebody" in the place of every detail; nothing of it is to be put back."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from app.privacy.errors import PrivacyError
from app.privacy.generalize import kind_words
from app.privacy.matcher import Matcher
from app.privacy.plan import Planned, merge, told
from app.privacy.planner import propagated
from app.privacy.policy import SECRET_KINDS
from app.privacy.prompt import CUT
from app.privacy.propagate import parts
from app.privacy.replacing import Replaced
from app.privacy.types import Action, Decided, Finding, Kind
from app.privacy.vault import Entry

READABLE: Final = "A private detail would still be readable in the task. Nothing was sent."
_NUMBER: Final = re.compile(r"(?<![^\W_])[^\W_]*\d[\w.,:/'\u2019-]*(?<![.,:/'\u2019-])")
_OF_FORM: Final = re.compile(
    r"[\s-]*(?:(?:short|brief|main|key|bullet|numbered|simple|different|clear)\s+)?"
    r"(?:words?|sentences?|paragraphs?|lines?|points?|bullets?|items?|steps?|stanzas?|verses?|pages?|parts?"
    r"|sections?|ideas?|options?|examples?|characters?|versions?|reasons?|tips?|questions?)\b",
    re.IGNORECASE,
)
"""What says how long or how many the result is to be, and nothing about anybody."""
_TELLING: Final = 4
"""Letters of a part of a name or secret that tells something of it."""
_NUMBERING: Final = re.compile(r"(?:^|\n)[ \t]*\Z")
_ARTICLE: Final = re.compile(
    r"(?:\b(?:an?|the|my|our|your|his|her|their|this|that|these|those|some|any|no|each|every)|['\u2019]s)\s+\Z",
    re.IGNORECASE,
)
_VOWEL: Final = re.compile(r"(?:an?)\s+(?=\w)")


def values(plan: Iterable[Planned], text: str) -> Iterator[Entry]:
    """Yield what a plan for a text hides or asks about, in whole and by the parts that tell it, too."""
    for planned in plan:
        if planned.action is Action.KEEP:
            continue
        entry = _entry(planned, text)
        yield entry
        if entry.kind is Kind.PERSON or entry.kind in SECRET_KINDS:
            pieces = parts(entry.value) if entry.kind is Kind.PERSON else entry.value.split()
            yield from (replace(entry, value=piece) for piece in pieces if len(piece) >= _TELLING)


def told_by(plan: Sequence[Planned], whole: str, part: str) -> list[Finding]:
    """Find in a part what is hidden in the whole: a part alone often does not show what it is."""
    hidden = values((each for each in plan if each.is_hiding), whole)
    return [propagated(hit.entry.kind, hit.start, hit.end) for hit in Matcher(tuple(hidden)).find(part)]


def abstracted(text: str, plan: Sequence[Planned], hidden: Matcher) -> Replaced:
    """Carry out a plan without minting or remembering anything.

    Args:
        hidden: finds what must not be readable, whatever this text says.

    Raises:
        PrivacyError: something that was to be hidden could still be read.
    """
    said_again = Matcher([_entry(each, text) for each in plan if each.action is not Action.KEEP])
    plan = merge([*plan, *_known(text, hidden), *_known(text, said_again)])
    plan = merge([*plan, *_numbers(text, plan)])
    pieces: list[str] = []
    decided: list[Decided] = []
    at = 0
    for planned in plan:
        finding = planned.finding
        before = text[at : finding.start]
        action, said = _said(planned, text, before, hidden)
        pieces += [before, said]
        decided.append(Decided(finding, action, said))
        at = finding.end
    made = "".join([*pieces, text[at:]])
    found = [_entry(each, text) for each in plan if each.action is not Action.KEEP]
    kept = [_entry(each, text) for each in plan if each.action is Action.KEEP]
    plain = made.replace(CUT, "\0" * len(CUT))
    if Matcher([*kept, *found]).find(plain) or hidden.find(plain):
        raise PrivacyError(READABLE)
    return Replaced(made, tuple(decided), frozenset())


def _known(text: str, hidden: Matcher) -> Iterator[Planned]:
    for hit in hidden.find(text):
        is_cut = hit.entry.effective is Action.BLOCK or hit.entry.kind in SECRET_KINDS
        finding = propagated(hit.entry.kind, hit.start, hit.end)
        yield Planned(finding, Action.BLOCK if is_cut else Action.GENERALIZE)


def _said(planned: Planned, text: str, before: str, hidden: Matcher) -> tuple[Action, str]:
    """Return what is done, and what is said instead."""
    finding = planned.finding
    if planned.action is Action.KEEP:
        return Action.KEEP, text[finding.start : finding.end]
    if planned.action is Action.BLOCK:
        return Action.BLOCK, CUT
    said = _PLAIN if finding.detector == _COUNTED else kind_words(finding.kind)
    if _ARTICLE.search(before):
        said = _VOWEL.sub("", said, count=1)
    if hidden.find(said) or Matcher([_entry(planned, text)]).find(said):
        return Action.BLOCK, CUT
    return Action.GENERALIZE, said


_COUNTED: Final = "number"
_PLAIN: Final = "a number"


def _numbers(text: str, plan: Sequence[Planned]) -> Iterator[Planned]:
    """Find numbers that nobody looked for: how many children somebody has is a detail, too."""
    covered = [(each.finding.start, each.finding.end) for each in plan]
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if any(first < end and start < last for first, last in covered):
            continue
        if match.group().isdigit() and (_OF_FORM.match(text, end) or _is_numbering(text, start, end)):
            continue
        finding = Finding(Kind.RECORD, start, end, 1.0, _COUNTED, "a number")
        yield Planned(finding, Action.GENERALIZE)


def _is_numbering(text: str, start: int, end: int) -> bool:
    return text[end : end + 1] in tuple(".)") and _NUMBERING.search(text[:start]) is not None


def _entry(planned: Planned, text: str) -> Entry:
    is_kept = planned.action is Action.KEEP
    action = Action.KEEP if is_kept else Action.GENERALIZE
    decision = Action.KEEP if is_kept else None
    return Entry(planned.finding.kind, told(planned.finding, text), "", action, decision)
