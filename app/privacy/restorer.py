"""Puts the originals back into an answer while it streams."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from app.privacy.forms import FormTable, Found, outside_entity
from app.privacy.placeholders import (
    BOX,
    HALF_BOX,
    HALF_MENTION,
    HELD,
    MENTION,
    Mention,
    mention_at,
    mentions,
    narrow,
    read,
    unboxed,
)
from app.privacy.types import Kind


@dataclass(frozen=True, slots=True)
class Original:
    """What a placeholder stands for."""

    kind: Kind
    value: str
    is_boxed: bool = False
    """Brackets around it are the person's own, and stay."""
    spellings: tuple[str, ...] = ("", "")
    """How else the person wrote it, by how the label is written."""

    def meant(self, mention: Mention) -> str:
        """Return it as it is written where the placeholder stands."""
        return (self.value, *self.spellings)[mention.spelling_for(self.kind)] or self.value


Lookup = Callable[[str], Original | None]
"""The original of a code that was sent in this conversation."""
Pieces = list[tuple[str, bool]]
"""An answer in pieces; True marks an original."""

BOUND: Final = 2048
"""A link that is longer is taken apart, so that nothing is held for ever."""
_TEXT: Final = r"[^\[\]\n]{0,32}"
_START: Final = (
    r"(?P<url><?(?:[A-Za-z][A-Za-z0-9+.]{1,11}://|(?i:www\.|mailto:|tel:|sms:))|(?<=[\"'=(])//)"
    rf"|(?P<link>!?\[(?P<text>{_TEXT})\]\()|{BOX}|(?P<target>\]\()|(?P<definition>\]:)|{MENTION}"
)
_HALF: Final = (
    r"<?[A-Za-z][A-Za-z0-9+.]{0,11}:?/?\Z|/\Z|<\Z|!\Z|\]\Z"
    rf"|!?\[{_TEXT}\]?\Z|{HALF_BOX}|{HALF_MENTION}"
)
_BODY: Final = re.compile(r"[^\s<>]*")
_DEFINED: Final = re.compile(r"[ \t]*\n?[ \t]*<?(?:(?!\]:)\S)*")
_IN_TARGET: Final = re.compile(r"\\[\s\S]?|\(|\)|\]\(?|\n[ \t]*\n?")
_ADDRESS: Final = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.]*)?:/+|//+|(?i:w{3,}\.|mailto:|tel:|sms:)")
_BRACKET: Final = re.compile(r"[\[\]]")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile with the first answer: these patterns take 50 ms, which no start should wait for."""
    return re.compile(pattern)


class StreamRestorer:
    """Restore placeholders and stand-ins even where a chunk boundary cuts one.

    Only codes that `lookup` knows are restored, and only stand-ins of the table. In prose at most `HELD`
    characters wait for what comes next, or as many as the longest stand-in takes; a link waits until it
    ends, since one that held an original becomes plain text.
    """

    def __init__(self, lookup: Lookup, forms: Callable[[], FormTable] = FormTable) -> None:
        self._lookup = lookup
        self._make_forms = forms
        self._table: FormTable | None = None
        self._found: Found | None = None
        self._match: re.Match[str] | None = None
        self._is_searched = False
        self._text = ""
        self._narrow = ""
        self._at = 0
        self._open_at = 0
        self._out: Pieces = []
        self._seen: set[str] = set()
        self._depth = 0
        self._is_original_open = False
        self.unknown = 0
        """Placeholders that the model made up; they stay as it wrote them."""

    @property
    def seen(self) -> frozenset[str]:
        """Codes that were restored."""
        return frozenset(self._seen)

    @property
    def held(self) -> int:
        """How many characters wait for what comes next."""
        return len(self._text) - self._at

    def feed(self, text: str) -> Pieces:
        """Take a further piece of the answer and return what is certain now."""
        self._text += text
        self._narrow += narrow(text)
        self._is_searched = False
        forms = self._forms
        half = _compiled(_HALF).search(self._narrow, max(self._at, len(self._text) - HELD))
        open_at = forms.half(self._text, self._at)
        self._open_at = open_at
        limit = min(half.start(), open_at) if half else open_at
        self._advance(outside_entity(self._text, self._at, limit) if forms else limit, final=False)
        done = max(0, self._at - max(HELD, forms.longest + 1))
        self._text, self._narrow, self._at = self._text[done:], self._narrow[done:], self._at - done
        return self._taken()

    def flush(self) -> Pieces:
        """Return the rest; the answer is whole."""
        self._is_searched = False
        self._open_at = len(self._text)
        self._advance(len(self._text), final=True)
        return self._taken()

    @property
    def _forms(self) -> FormTable:
        if self._table is None:
            self._table = self._make_forms()
        return self._table

    def _taken(self) -> Pieces:
        out, self._out = self._out, []
        return out

    def _advance(self, limit: int, *, final: bool) -> None:
        """Work through the text as far as no further character can change the result."""
        while self._at < limit:
            self._look()
            match, found = self._match, self._found
            if found and found.start < min(limit, self._reach(match) if match else limit):
                self._plain(self._text[self._at : found.start])
                self._original(found.code, found.shown)
                self._at = found.end
                continue
            if match is None or match.start() >= limit:
                self._plain(self._text[self._at : limit])
                self._at = limit
                return
            self._plain(self._text[self._at : match.start()])
            self._at = match.start()
            end = self._take(match, final)
            if end is None:
                return
            self._at = end

    def _look(self) -> None:
        """Find what comes next; what still lies ahead is not searched again."""
        if not self._is_searched or (self._match and self._match.start() < self._at):
            self._match = _compiled(_START).search(self._narrow, self._at)
        if not self._is_searched or (self._found and self._found.start < self._at):
            self._found = self._forms.next(self._text, self._at)
        self._is_searched = True

    def _reach(self, match: re.Match[str]) -> int:
        """Return before which place a stand-in goes first; what only reads like a code has to wait."""
        if match["url"] or match["link"] or match["target"] or match["definition"] or match["box"]:
            return match.start()
        mention = read(match)
        return match.start() if self._lookup(mention.code) else mention.end

    def _take(self, match: re.Match[str], final: bool) -> int | None:
        """Deal with what begins here and return its end; None: the end has not come yet."""
        if match["url"]:
            return self._take_url(match, final)
        if match["link"] or match["target"]:
            return self._take_link(match, final)
        if match["definition"]:
            return self._take_definition(match, final)
        if match["box"]:
            return self._take_box(match)
        return self._mention(match)

    def _take_box(self, match: re.Match[str]) -> int:
        """Drop brackets that the model put around a placeholder."""
        mention = mention_at(self._narrow, match.end())
        known = self._lookup(mention.code) if mention else None
        if mention is None or known is None or known.is_boxed:
            self._plain(match.group())
            return match.end()
        self._original(mention.code, known.meant(mention))
        return unboxed(self._narrow, mention.end, match.group())

    def _take_url(self, match: re.Match[str], final: bool) -> int | None:
        end = _end(self._narrow, _BODY, match.end(), final)
        if end is None:
            return None
        is_framed = match["url"].startswith("<")
        whole = self._text[match.start() + is_framed : end]
        if end - match.end() < BOUND and not self._codes(whole):
            self._plain(self._text[match.start() : end])
            return end
        self._unlinked(whole)
        return end + (is_framed and self._text.startswith(">", end))

    def _take_link(self, match: re.Match[str], final: bool) -> int | None:
        """Turn a Markdown link or image that holds an original into text."""
        found = _target_end(self._narrow, match.end(), final)
        if found is None:
            return None
        end, is_closed = found
        target = self._text[match.end() : end]
        ours = self._codes(target)
        if match["link"]:
            if is_closed:
                self._whole_link(match, target, end)
                return end + 1
            self._plain(self._text[match.start() : match.start("text")])
            return match.start("text")
        if not (ours or self._is_original_open or len(target) >= BOUND):
            self._plain(self._text[match.start() : end + 1] if is_closed else "](")
            return end + 1 if is_closed else match.end()
        self._plain("]" if is_closed else "] (")
        if is_closed:
            self._values(ours)
        return end + 1 if is_closed else match.end()

    def _whole_link(self, match: re.Match[str], target: str, end: int) -> None:
        label = self._text[match.start("text") : match.end("text")]
        shown, ours = self._codes(label), self._codes(target)
        if not (shown or ours):
            self._plain(self._text[match.start() : end + 1])
            return
        is_image = match["link"].startswith("!")
        self._unlinked(label or ("image" if is_image else ""))
        if not is_image:
            self._values({code: original for code, original in ours.items() if code not in shown})

    def _take_definition(self, match: re.Match[str], final: bool) -> int | None:
        """Make sure that `[name]: address` defines no link if the address holds an original."""
        end = _end(self._narrow, _DEFINED, match.end(), final)
        if end is None:
            return None
        address = self._text[match.end() : end]
        self._plain("] :" if len(address) >= BOUND or self._codes(address) else "]:")
        return match.end()

    def _codes(self, text: str) -> dict[str, str]:
        """Return what is ours in a text with the originals, in order."""
        return {found.code: found.shown for found in self._ours(text)}

    def _ours(self, text: str) -> Iterator[Found]:
        """Yield placeholders and stand-ins, in order, not overlapping."""
        found = [
            Found(mention.start_for(known.kind), mention.end, mention.code, known.meant(mention))
            for mention in mentions(text)
            if (known := self._lookup(mention.code)) is not None
        ]
        found += [replace(each, code=f"{each.code}\0{each.shown}") for each in self._forms.find(text)]
        at = 0
        for each in sorted(found, key=lambda each: each.start):
            if each.start >= at:
                yield each
                at = each.end

    def _mention(self, match: re.Match[str]) -> int:
        mention = read(match)
        known = self._lookup(mention.code)
        end = mention.end if known else min(mention.end, self._open_at)
        if known is None:
            self.unknown += mention.is_shaped
            self._plain(self._text[match.start() : end])
        else:
            self._plain(self._text[match.start() : mention.start_for(known.kind)])
            self._original(mention.code, known.meant(mention))
        return end

    def _unlinked(self, text: str) -> None:
        """Restore a text that was part of a link, without anything that makes it a link again."""
        at = 0
        for found in self._ours(text):
            self._plain(_ADDRESS.sub("", text[at : found.start]))
            self._original(found.code, found.shown)
            at = found.end
        self._plain(_ADDRESS.sub("", text[at:]))

    def _values(self, originals: dict[str, str]) -> None:
        """Write originals that stood in an address as a remark."""
        for index, (code, original) in enumerate(originals.items()):
            self._plain(", " if index else " (")
            self._original(code, original)
        self._plain(")" if originals else "")

    def _original(self, code: str, original: str) -> None:
        self._seen.add(code.partition("\0")[0])
        self._is_original_open = self._is_original_open or self._depth > 0
        self._put(original, is_original=True)

    def _plain(self, text: str) -> None:
        for match in _BRACKET.finditer(text):
            if match.group() == "]":
                self._depth = max(0, self._depth - 1)
                continue
            self._is_original_open = self._is_original_open and self._depth > 0
            self._depth += 1
        self._put(text, is_original=False)

    def _put(self, text: str, *, is_original: bool) -> None:
        if self._out and self._out[-1][1] is is_original:
            self._out[-1] = (self._out[-1][0] + text, is_original)
        elif text:
            self._out.append((text, is_original))


def _end(text: str, body: re.Pattern[str], start: int, final: bool) -> int | None:
    match = body.match(text, start, start + BOUND)
    end = match.end() if match else start
    return None if end == len(text) < start + BOUND and not final else end


def _target_end(text: str, start: int, final: bool) -> tuple[int, bool] | None:
    """Return where the target of a link ends, and whether a parenthesis closes it."""
    depth = 0
    for match in _IN_TARGET.finditer(text, start, start + BOUND):
        sign = match.group()
        if sign == "](" or sign.count("\n") == 2:
            return match.start(), False
        if sign == ")" and not depth:
            return match.start(), True
        depth += (sign == "(") - (sign == ")")
    end = min(len(text), start + BOUND)
    return (end, False) if final or end == start + BOUND else None
