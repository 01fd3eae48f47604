"""Puts the originals back into an answer while it streams."""

import re
from collections.abc import Callable
from typing import Final

from app.privacy.placeholders import HALF_MENTION, HELD, MENTION, Mention, mentions, narrow, read
from app.privacy.types import Kind

Lookup = Callable[[str], tuple[Kind, str] | None]
"""Kind and original of a code that was sent in this conversation."""
Pieces = list[tuple[str, bool]]
"""An answer in pieces; True marks an original."""

BOUND: Final = 2048
"""A link that is longer is taken apart, so that nothing is held for ever."""
_TEXT: Final = r"[^\[\]\n]{0,32}"
_START: Final = re.compile(
    r"(?P<url><?(?:[A-Za-z][A-Za-z0-9+.]{1,11}://|(?i:www\.|mailto:|tel:|sms:))|(?<=[\"'=(])//)"
    rf"|(?P<link>!?\[(?P<text>{_TEXT})\]\()|(?P<target>\]\()|(?P<definition>\]:)|{MENTION}"
)
_HALF: Final = re.compile(
    r"<?[A-Za-z][A-Za-z0-9+.]{0,11}:?/?\Z|/\Z|<\Z|!\Z|\]\Z"
    rf"|!?\[{_TEXT}\]?\Z|{HALF_MENTION}"
)
_BODY: Final = re.compile(r"[^\s<>]*")
_DEFINED: Final = re.compile(r"[ \t]*\n?[ \t]*<?(?:(?!\]:)\S)*")
_IN_TARGET: Final = re.compile(r"\\[\s\S]?|\(|\)|\]\(?|\n[ \t]*\n?")
_ADDRESS: Final = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.]*)?:/+|//+|(?i:w{3,}\.|mailto:|tel:|sms:)")
_BRACKET: Final = re.compile(r"[\[\]]")


class StreamRestorer:
    """Restore placeholders even where a chunk boundary cuts one.

    Only codes that `lookup` knows are restored. In prose at most `HELD` characters wait for what comes
    next; a link waits until it ends, since one that held an original becomes plain text.
    """

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._text = ""
        self._narrow = ""
        self._at = 0
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
        half = _HALF.search(self._narrow, max(self._at, len(self._text) - HELD))
        self._advance(half.start() if half else len(self._text), final=False)
        done = max(0, self._at - HELD)
        self._text, self._narrow, self._at = self._text[done:], self._narrow[done:], self._at - done
        return self._taken()

    def flush(self) -> Pieces:
        """Return the rest; the answer is whole."""
        self._advance(len(self._text), final=True)
        return self._taken()

    def _taken(self) -> Pieces:
        out, self._out = self._out, []
        return out

    def _advance(self, limit: int, *, final: bool) -> None:
        """Work through the text as far as no further character can change the result."""
        while self._at < limit:
            match = _START.search(self._narrow, self._at)
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

    def _take(self, match: re.Match[str], final: bool) -> int | None:
        """Deal with what begins here and return its end; None: the end has not come yet."""
        if match["url"]:
            return self._take_url(match, final)
        if match["link"] or match["target"]:
            return self._take_link(match, final)
        if match["definition"]:
            return self._take_definition(match, final)
        return self._mention(self._text, read(match), match.start())

    def _take_url(self, match: re.Match[str], final: bool) -> int | None:
        end = self._end(_BODY, match.end(), final)
        if end is None:
            return None
        body = self._text[match.end() : end]
        if len(body) < BOUND and not self._codes(body):
            self._plain(self._text[match.start() : end])
            return end
        self._unlinked(body)
        return end + (match["url"].startswith("<") and self._text.startswith(">", end))

    def _take_link(self, match: re.Match[str], final: bool) -> int | None:
        """Turn a Markdown link or image that holds an original into text."""
        found = self._target_end(match.end(), final)
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
        end = self._end(_DEFINED, match.end(), final)
        if end is None:
            return None
        address = self._text[match.end() : end]
        self._plain("] :" if len(address) >= BOUND or self._codes(address) else "]:")
        return match.end()

    def _end(self, body: re.Pattern[str], start: int, final: bool) -> int | None:
        match = body.match(self._narrow, start, start + BOUND)
        end = match.end() if match else start
        return None if end == len(self._text) < start + BOUND and not final else end

    def _target_end(self, start: int, final: bool) -> tuple[int, bool] | None:
        """Return where the target of a link ends, and whether a parenthesis closes it."""
        depth = 0
        for match in _IN_TARGET.finditer(self._narrow, start, start + BOUND):
            sign = match.group()
            if sign == "](" or sign.count("\n") == 2:
                return match.start(), False
            if sign == ")" and not depth:
                return match.start(), True
            depth += (sign == "(") - (sign == ")")
        end = min(len(self._text), start + BOUND)
        return (end, False) if final or end == start + BOUND else None

    def _codes(self, text: str) -> dict[str, str]:
        """Return the codes of ours in a text with their originals, in order."""
        found = ((mention.code, self._lookup(mention.code)) for mention in mentions(text))
        return {code: known[1] for code, known in found if known is not None}

    def _mention(self, source: str, mention: Mention, start: int) -> int:
        known = self._lookup(mention.code)
        if known is None:
            self.unknown += mention.is_shaped
            self._plain(source[start : mention.end])
        else:
            kind, original = known
            self._plain(source[start : mention.start_for(kind)])
            self._original(mention.code, original)
        return mention.end

    def _unlinked(self, text: str) -> None:
        """Restore a text that was part of a link, without anything that makes it a link again."""
        at = 0
        for mention in mentions(text):
            self._plain(_ADDRESS.sub("", text[at : mention.start]))
            at = self._mention(text, mention, mention.start)
        self._plain(_ADDRESS.sub("", text[at:]))

    def _values(self, originals: dict[str, str]) -> None:
        """Write originals that stood in an address as a remark."""
        for index, (code, original) in enumerate(originals.items()):
            self._plain(", " if index else " (")
            self._original(code, original)
        self._plain(")" if originals else "")

    def _original(self, code: str, original: str) -> None:
        self._seen.add(code)
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
