"""A second look at a text by the model on this computer: quotes of what the filter may have missed.

It adds findings and takes none away. The filter's promise does not rest on it: whatever it fails at, the rest
goes on as without it, and the person reads that it was left out.
"""

import json
import re
import threading
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from app.core.cancel import Cancel
from app.core.engines.base import Engine
from app.core.errors import Cancelled, ConfidantError
from app.core.events import Notice
from app.core.types import Generation, Message, Prompt, Role
from app.privacy.detectors.wordlist import WordLists
from app.privacy.types import HIDING, Decided, Finding, Kind

NAME: Final = "second-look"
SECONDS: Final = 3.0
WINDOW: Final = 2400
"""Bytes of text that the model sees at once: at most about 800 tokens in any script."""
UNSURE: Final = 0.5
"""Confidence of what it finds: low enough that the person is shown it before it leaves."""

_KINDS: Final = {
    "person": Kind.PERSON,
    "organization": Kind.ORG,
    "place": Kind.PLACE,
    "address": Kind.ADDRESS,
    "username": Kind.USERNAME,
    "number": Kind.RECORD,
    "health": Kind.SENSITIVE,
    "money": Kind.SENSITIVE,
    "law": Kind.SENSITIVE,
    "belief": Kind.SENSITIVE,
    "sex": Kind.SENSITIVE,
}
_GRAMMAR: Final = (
    'root ::= "[" (item ("," item){0,7})? "]"\n'
    r'item ::= "{\"quote\":\"" [^"\\\x00-\x1f]{2,120} "\",\"kind\":\"" kind "\"}"' + "\n"
    "kind ::= " + " | ".join(f'"{kind}"' for kind in _KINDS)
)
_TASK: Final = (
    "List what in the text tells who somebody is or is private about him, as JSON: "
    '[{"quote": the exact words, "kind": '
    + "|".join(_KINDS)
    + "}]. Leave out words in [BRACKETS], famous people and places that everybody knows. Nothing private: []."
)
_EXAMPLES: Final = (
    (
        "Since the split from [PERSON] I owe my brother 4,000 and sleep badly. Ask Tuva at Hartwell Roofing.",
        '[{"quote":"I owe my brother 4,000","kind":"money"},{"quote":"Tuva","kind":"person"},'
        '{"quote":"Hartwell Roofing","kind":"organization"}]',
    ),
    ("Write a haiku about rain in Paris, in the style of Basho.", "[]"),
)
_ITEM: Final = re.compile(r'\{\s*"quote"\s*:\s*"(?:[^"\\]|\\.)*"\s*,\s*"kind"\s*:\s*"[^"\\]*"\s*\}')
_MOST_TOKENS: Final = 240
_BREAK: Final = re.compile(r"\n\s*\n|\n|(?<=[.!?])\s|\s")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SLOW: Final = "The second look for private details was too slow, so it was left out for a part of the text."
_FAILED: Final = "The second look for private details did not work this time; the filter's own look did."


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look found, and what the person should know about it."""

    findings: tuple[Finding, ...] = ()
    told: tuple[str, ...] = ()


class Look(Protocol):
    """Looks at a question once more before it leaves, whoever does it."""

    def __call__(self, text: str, inspect: Callable[[], Sequence[Decided]], cancel: Cancel) -> Looked:
        """Return what it adds.

        Args:
            inspect: what the filter finds by itself; called only where that is needed, and may raise.
        """
        ...


class SecondLook:
    """Asks the local model for private details in what the filter would leave readable.

    Args:
        why_not: a sentence where the model is not one that was measured to help; empty where it may look.
        seconds: what it may take of a person's time; what it did not reach by then is left out.
    """

    def __init__(
        self,
        local: Engine[Prompt],
        lists: WordLists,
        why_not: Callable[[], str],
        seconds: float = SECONDS,
    ) -> None:
        self._local = local
        self._lists = lists
        self._why_not = why_not
        self._seconds = seconds

    def find(self, text: str, decided: Sequence[Decided], cancel: Cancel) -> Looked:
        """Return what the model adds to what was found in a text; its offsets are those of the text.

        Raises:
            Cancelled: `cancel` was set; nothing else, whatever goes wrong.
        """
        if reason := self._why_not():
            return Looked(told=(reason,))
        stop, told = Cancel(), ""
        timer = threading.Timer(self._seconds, stop.set)
        timer.daemon = True
        found: list[Finding] = []
        with cancel.on_set(stop.set):
            timer.start()
            try:
                masked = _Masked(text, decided)
                for window in masked.windows():
                    self._look(masked, window, found, stop)
            except Cancelled:
                cancel.check()
                told = _SLOW
            except ConfidantError as error:
                told = f"{_FAILED} {error.told}"
            except Exception:  # an addition must not take the question down with it
                cancel.check()
                told = _FAILED
            finally:
                timer.cancel()
        return Looked(tuple(found), (told,) if told else ())

    def _look(self, masked: "_Masked", window: "_Window", found: list[Finding], stop: Cancel) -> None:
        said: list[str] = []
        try:
            for item in self._local.stream(_prompt(window.text), stop):
                if not isinstance(item, Notice):
                    said.append(item.text)
        finally:
            # What is whole counts, also where the rest came too late.
            for quote, kind in _quotes("".join(said)):
                place = masked.place(quote, window) if self._is_telling(quote, kind) else None
                if place is not None:
                    finding = Finding(kind, *place, UNSURE, NAME, f"a second look: {_WORDS[kind]}")
                    found += [finding] if finding not in found else []

    def _is_telling(self, quote: str, kind: Kind) -> bool:
        """Leave out what only a careless model takes for a detail."""
        words = [word.casefold() for word in _WORD.findall(quote)]
        if kind is Kind.SENSITIVE:
            return len(words) > 1
        if kind in (Kind.RECORD, Kind.USERNAME):
            return sum(each.isdigit() for each in quote) > 2 and len(quote) < 40
        # Whole sentences come under these kinds, too; a name consists of rarer words.
        rare = sum(word not in self._lists.common and len(word) > 1 for word in words)
        return 0 < len(words) < 9 and 2 * rare >= len(words)


_WORDS: Final = {
    Kind.PERSON: "name of a person",
    Kind.ORG: "name of an organization",
    Kind.PLACE: "name of a place",
    Kind.ADDRESS: "address",
    Kind.USERNAME: "user name",
    Kind.RECORD: "number",
    Kind.SENSITIVE: "something personal",
}


@dataclass(frozen=True, slots=True)
class _Window:
    text: str
    start: int
    """Offset in the masked text."""


class _Masked:
    """A text in which everything hidden stands as its kind in brackets, with the way back."""

    def __init__(self, text: str, decided: Sequence[Decided]) -> None:
        self._taken = [(each.finding.start, each.finding.end) for each in decided]
        pieces: list[str] = []
        self._starts: list[int] = []
        """Where a kept piece begins, masked and original."""
        self._origins: list[int] = []
        self._ends: list[int] = []
        at = size = 0
        for each in decided:
            if each.action not in HIDING:
                continue
            self._keep(size, at, each.finding.start)
            mark = f"[{each.finding.kind.value}]"
            pieces += [text[at : each.finding.start], mark]
            size += each.finding.start - at + len(mark)
            at = each.finding.end
        self._keep(size, at, len(text))
        pieces.append(text[at:])
        self.text = "".join(pieces)

    def _keep(self, masked: int, start: int, end: int) -> None:
        self._starts.append(masked)
        self._origins.append(start)
        self._ends.append(end)

    def windows(self) -> Iterator[_Window]:
        """Cut the text at paragraphs, sentences or words."""
        at, size = 0, len(self.text)
        while at < size:
            part = self.text[at : at + WINDOW].encode()[:WINDOW].decode("utf-8", "ignore")
            end = at + len(part)
            if end < size:
                breaks = [match.end() for match in _BREAK.finditer(self.text, at + len(part) // 2, end)]
                end = breaks[-1] if breaks else end
            if _WORD.search(self.text, at, end):
                yield _Window(self.text[at:end], at)
            at = end

    def place(self, quote: str, window: _Window) -> tuple[int, int] | None:
        """Return where a quote stands in the original, as whole words and clear of what was decided."""
        whole = re.compile(rf"(?<!\w){re.escape(quote)}(?!\w)")
        for match in whole.finditer(window.text):
            masked = window.start + match.start()
            piece = bisect_right(self._starts, masked) - 1
            start = self._origins[piece] + masked - self._starts[piece]
            end = start + len(quote)
            if end <= self._ends[piece] and all(end <= low or high <= start for low, high in self._taken):
                return start, end
        return None


def _prompt(text: str) -> Prompt:
    examples = [
        Message(role, said)
        for question, answer in _EXAMPLES
        for role, said in ((Role.USER, question), (Role.ASSISTANT, answer))
    ]
    messages = (Message(Role.SYSTEM, _TASK), *examples, Message(Role.USER, text))
    return Prompt(messages, Generation(_MOST_TOKENS, 0.0, _GRAMMAR))


def _quotes(said: str) -> Iterable[tuple[str, Kind]]:
    """Read every whole item of a list, also of one that was cut off.

    Raises:
        ValueError: this is no list at all.
    """
    if said.strip() and not said.lstrip().startswith("["):
        raise ValueError("no list")
    for match in _ITEM.finditer(said):
        item: dict[str, str] = json.loads(match.group(), strict=False)
        kind, quote = _KINDS.get(item["kind"]), item["quote"].strip()
        if kind is not None and len(quote) > 1:
            yield quote, kind
