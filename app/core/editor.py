"""Edits the cloud's answer while it streams, so that it reads like the person's own and says the same.

Greeting, sign-off and empty slots such as [Your name] are changed by rule; paragraphs by the local model, as
far as a check finds that nothing which counts was touched. What cannot change any more is passed on at once.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from app.core.edit import faithful, may_be_address, woven
from app.core.events import Delta
from app.core.types import Origin, Piece

_GREETING: Final = re.compile(
    r"(?P<indent>\s*)(?P<word>dear|hello|hi|hey|good (?:morning|afternoon|evening|day))\b"
    r"(?! (?:sir|madam|all\b|colleagues|hiring))(?=[^.?!\n]{0,40}[,:!]?\s*\Z)",
    re.IGNORECASE,
)
_SIGN_OFF: Final = re.compile(
    r"(?P<indent>\s*)(?:(?:with )?(?:best|kind|kindest|warm|warmest|many) (?:regards|wishes|greetings)|"
    r"regards|best|cheers|(?:yours|very truly|respectfully)(?: (?:sincerely|faithfully|truly|yours))?|"
    r"sincerely(?: yours)?|all the best|take care)(?P<end>[,.!]?\s*)\Z",
    re.IGNORECASE,
)
_STARTS: Final = (
    "dear", "hello", "hi", "hey", "good", "with", "best", "kind", "warm", "many", "regards", "cheers",
    "sincerely", "yours", "respectfully", "very", "all the", "take care",
)  # fmt: skip
_FENCE: Final = ("```", "~~~")
_SLOT: Final = re.compile(
    r"(?<![^\s,;>*_(–-])\[(?:(?:insert|enter|add) )?your (?P<what>[A-Za-z][A-Za-z -]{1,30})\](?![(\[:])",
    re.IGNORECASE,
)
_OPEN_SLOT: Final = re.compile(r"\[[^\[\]\n]{0,47}\]?\Z")
"""A bracket that is not closed yet, or of which it is not known what follows."""
_SHORT: Final = 60
"""Characters of a line that may still be a greeting or a sign-off."""
_PROSE: Final = range(60, 900)
"""Characters of a paragraph that the model edits."""
_NO_PROSE: Final = re.compile(r"\s*(?:[-*+•>#|]|\d{1,3}[.)]|[A-Za-z][.)]\s|\s{4}|\*\*[^*]+\*\*:?\s*$)")
_SAID: Final = r"\b[^'\"“.]{0,40}['\"“](?P<said>[^'\"”\n]{1,40})['\"”]"
_ASKS_GREETING: Final = re.compile(rf"\b(?:greet\w*|open\w*|begin\w*|start\w*){_SAID}", re.IGNORECASE)
_ASKS_SIGN_OFF: Final = re.compile(rf"\b(?:sign\w*|clos\w*|end\w*|finish\w*){_SAID}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Manner:
    """How the person greets and signs, as far as the style says it."""

    greeting: str = ""
    sign_off: str = ""
    name: str = ""

    @classmethod
    def of(cls, style: str) -> "Manner":
        """Read an instruction such as: Begin letters with 'Hi'; end them with 'Cheers, Ada'."""
        greeting, sign_off = _ASKS_GREETING.search(style), _ASKS_SIGN_OFF.search(style)
        words, _, name = (sign_off["said"] if sign_off else "").partition(",")
        return cls(greeting["said"].strip(" ,!") if greeting else "", words.strip(" !"), name.strip())


class Editor:
    """One answer on its way to the person, a line at a time."""

    def __init__(
        self,
        manner: Manner,
        fill: Callable[[str], str] = lambda what: "",
        rewrite: Callable[[str], str] | None = None,
        own: str = "",
    ) -> None:
        """Take what edits.

        Args:
            fill: what is known of the person by a word, such as "name"; empty where nothing is.
            rewrite: makes a paragraph the person's own; whatever it says is checked.
            own: what the person wrote himself; a line of it stays as it is.
        """
        self._manner = manner
        self._fill = fill
        self._rewrite = rewrite
        self._own = own
        self._held: list[Piece] = []
        self._before = ""
        """What of this line was passed on."""
        self._above = ""
        """The earlier lines of this paragraph: a link goes on from one line to the next."""
        self._is_code = False
        self._is_greeted = False
        self.changed = 0
        """How many places were edited."""

    def feed(self, delta: Delta) -> Iterator[Delta]:
        """Take a further piece and yield what is certain now."""
        for part in delta.text.splitlines(keepends=True):
            self._held.append(Piece(part, delta.origin))
            if part.endswith("\n"):
                yield from self._release(is_whole=True)
        if self._held and not self._waits():
            yield from self._release(is_whole=False)

    def flush(self) -> Iterator[Delta]:
        """Yield the rest; the answer is whole."""
        yield from self._release(is_whole=True)

    @property
    def _text(self) -> str:
        return "".join(piece.text for piece in self._held)

    def _waits(self) -> bool:
        """Say whether the line may yet be one that is edited as a whole."""
        said = self._text.lstrip().casefold()
        if self._before:
            return False
        if any(fence.startswith(said[:3]) for fence in _FENCE):
            return True
        if self._is_code:
            return False
        if self._rewrite and not _NO_PROSE.match(self._text):
            return len(said) < _PROSE.stop
        known = self._manner.greeting or self._manner.sign_off
        return bool(known) and len(said) <= _SHORT and any(map(partial(_may_become, said), _STARTS))

    def _release(self, *, is_whole: bool) -> Iterator[Delta]:
        """Yield what is held: a whole line, or of a line what no open bracket may change any more."""
        text = self._text
        if is_whole and not self._before:
            after = self._edited(text)
        else:
            open_slot = None if is_whole else _OPEN_SLOT.search(text)
            text = text[: open_slot.start()] if open_slot else text
            after = text if self._is_code else self._filled(text)
        pieces = self._take(len(text))
        said = self._before + text
        self._before = "" if is_whole else said
        if is_whole:
            self._above = self._above + said if said.strip() else ""
        self.changed += after != text
        for piece in woven(pieces, after):
            yield Delta(piece.text, piece.origin)

    def _take(self, count: int) -> list[Piece]:
        taken: list[Piece] = []
        while count and self._held:
            piece = self._held.pop(0)
            if len(piece.text) > count:
                self._held.insert(0, Piece(piece.text[count:], piece.origin))
                piece = Piece(piece.text[:count], piece.origin)
            count -= len(piece.text)
            taken.append(piece)
        return taken

    def _edited(self, line: str) -> str:
        """Edit a whole line."""
        if line.lstrip().startswith(_FENCE):
            self._is_code = not self._is_code
            return line
        if self._is_code or line.strip() in self._own:
            return line
        if self._manner.greeting and not self._is_greeted and (found := _GREETING.match(line)):
            self._is_greeted = True
            return self._filled(found["indent"] + self._manner.greeting + line[found.end() :])
        if self._manner.sign_off and (found := _SIGN_OFF.match(line)):
            return found["indent"] + self._manner.sign_off + found["end"]
        return self._rewritten(self._filled(line))

    def _rewritten(self, line: str) -> str:
        paragraph = line.strip()
        if self._rewrite is None or len(paragraph) not in _PROSE or _NO_PROSE.match(line):
            return line
        after = self._rewrite(paragraph).strip()
        kept = [piece.text for piece in self._held if piece.origin is Origin.RESTORED]
        if not after or "\n" in after or faithful(paragraph, after, kept):
            return line
        return line.replace(paragraph, after, 1)

    def _filled(self, text: str) -> str:
        """Fill the slots of a text that follows on what was passed on of its line."""
        line = self._before + text
        made, at = "", len(self._before)
        for slot in _SLOT.finditer(line, at):
            is_free = not may_be_address(self._above + line[: slot.start()])
            known = self._known(slot["what"].lower()) if is_free else ""
            made += line[at : slot.start()] + (known or slot.group())
            at = slot.end()
        return made + line[at:]

    def _known(self, what: str) -> str:
        return self._fill(what) or (self._manner.name if what in ("name", "first name") else "")


def _may_become(said: str, start: str) -> bool:
    return said.startswith(start) or start.startswith(said)
