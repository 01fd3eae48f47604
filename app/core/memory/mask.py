"""Takes the details out of texts that are kept to learn from."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from app.privacy.generalize import generalize
from app.privacy.placeholders import mentions
from app.privacy.types import Action, Decided, Kind

Find = Callable[[str], Sequence[Decided]]
"""Says what the filter would do with a text at the usual level."""

_LETTERED: Final = {Kind.PERSON: "Person", Kind.ORG: "Organization", Kind.PLACE: "Place"}
_KINDS: Final = {kind.value: kind for kind in Kind}


class Mask:
    """Puts words in place of details; the same detail gets the same word in all of its texts.

    What the person hid, or what a stricter level hides, is not in a text from the wire any more; what he kept
    or an open level lets through is hidden here all the same.
    """

    def __init__(self, find: Find) -> None:
        self._find = find
        self._words: dict[tuple[Kind, str], str] = {}
        self._counts: Counter[Kind] = Counter()
        self._seen: dict[str, Kind] = {}
        """Patterns of values that stood in the person's own words."""

    def see(self, text: str) -> None:
        """Note what is private in the person's own words: it is hidden also where it looks harmless.

        Raises:
            PrivacyError: it could not be looked through.
        """
        for each in self._find(text):
            words = re.findall(r"\w+", text[each.finding.start : each.finding.end])
            if each.action is not Action.KEEP and len("".join(words)) > 1:
                self._seen[r"\W+".join(map(re.escape, words))] = each.finding.kind

    def masked(self, wire: str) -> str:
        """Return a text, in the form in which it went to the cloud or came from it, without details.

        Raises:
            PrivacyError: it could not be looked through.
        """
        coded = ((each.start, each.end, each.label, each.code) for each in mentions(wire))
        known = [
            (start, end, self._word(kind, code))
            for start, end, label, code in coded
            if (kind := _KINDS.get(label) or _KINDS.get(label.removesuffix("S")))
        ]
        text, ours = _spliced(wire, known)
        found = [
            (each.finding.start, each.finding.end, each.finding.kind)
            for each in self._find(text)
            if each.action is not Action.KEEP  # what everybody knows, and figures that a sum is made of
        ]
        further = [
            (start, end, self._word(kind, text[start:end].casefold()))
            for start, end, kind in found
            if not any(first <= start and end <= last for first, last in ours)
        ]
        text = _spliced(text, further)[0]
        for pattern in sorted(self._seen, key=len, reverse=True):
            if (anywhere := re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE)).search(text):
                text = anywhere.sub(self._word(self._seen[pattern], pattern.casefold()), text)
        return text

    def _word(self, kind: Kind, value: str) -> str:
        if kind not in _LETTERED:
            return generalize(kind, "")
        key = (kind, value)
        if key not in self._words:
            self._counts[kind] += 1
            self._words[key] = f"{_LETTERED[kind]} {_letter(self._counts[kind])}"
        return self._words[key]


def _letter(count: int) -> str:
    return chr(ord("A") + count - 1) if count <= 26 else str(count)


def _spliced(text: str, changes: Iterable[tuple[int, int, str]]) -> tuple[str, list[tuple[int, int]]]:
    """Put words in place of runs of characters, given in order; return also where the words stand."""
    made, end, places = "", 0, []
    for start, stop, word in changes:
        made += text[end:start]
        places.append((len(made), len(made) + len(word)))
        made += word
        end = stop
    return made + text[end:], places
