"""Turn the bytes of tokens into text that can be shown at once."""

import codecs
from collections.abc import Sequence


class AnswerText:
    """Holds back what is not whole yet: half a character, or what may become a stop word."""

    def __init__(self, stops: Sequence[str] = ()) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._stops = tuple(stops)
        self._held = ""
        self._begun = False
        self.stopped = False
        """A stop word came; nothing after it is part of the answer."""

    def add(self, data: bytes) -> str:
        """Return what can be shown now."""
        if self.stopped:
            return ""
        text = self._held + self._decoder.decode(data)
        if not self._begun:
            # Many models begin with a blank that belongs to the template.
            text = text.lstrip()
            self._begun = bool(text)
        found = [at for stop in self._stops if (at := text.find(stop)) >= 0]
        if found:
            self.stopped = True
            self._held = ""
            return text[: min(found)]
        keep = max((_overlap(text, stop) for stop in self._stops), default=0)
        self._held = text[len(text) - keep :]
        return text[: len(text) - keep]

    def rest(self) -> str:
        """Return what was held back at the end; half a character is never shown."""
        held, self._held = self._held, ""
        return held


def _overlap(text: str, stop: str) -> int:
    """Return how many characters at the end of the text may be the beginning of the stop word."""
    longest = min(len(text), len(stop) - 1)
    return next((n for n in range(longest, 0, -1) if text.endswith(stop[:n])), 0)
