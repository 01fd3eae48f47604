"""What is asked about the passages that were found, and readable citations in the answer."""

import re
from collections.abc import Iterator
from typing import Final

from app.core.content_words import content_words, stem
from app.core.events import Delta, Notice
from app.core.extracts.document import Inquiry, Passage
from app.core.extracts.run import Count, Reading
from app.core.types import Origin

_LIST: Final = r"\d{1,3}(?:\s?(?:[,;–-]|and)\s?\d{1,3})*"
_MENTION: Final = re.compile(rf"(?P<before> ?)(?<![\w\]])\[(?P<numbers>{_LIST})\](?![(:])")
_DEFINED: Final = re.compile(r"(\[[\d\s]{1,24}\]):")
"""Would turn a number of ours into a link of the cloud's."""
_HALF: Final = re.compile(r" ?\[[\d\s,;–\-and]{0,24}\]?\Z| \Z")
_BORNE_OUT: Final = 0.6
"""Share of an answer's words that stand in a passage which is named although the answer names none."""
_SHOWN: Final = 140
"""Characters of a sentence in the list of citations."""


def asked_about(reading: Reading, asked: Inquiry) -> str:
    """Put the question and what was found into one text, for either model; names of files stay out of it."""
    sources = list(dict.fromkeys(each.source for each in reading.passages))
    lines = [asked.question]
    for number, each in enumerate(reading.passages, 1):
        which = f"(document {sources.index(each.source) + 1}) " if len(sources) > 1 else ""
        lines.append(f"[{number}] {which}{each.text.strip()}")
    pages = 1 if any(sources) else len(asked.document.pages)  # several documents have no common numbers
    lines += [_counted(count, pages) for count in reading.counts]
    return "\n\n".join(lines)


class Citations:
    """Checks the numbers in an answer while it streams: known ones stay and are explained at the end."""

    def __init__(self, reading: Reading, asked: Inquiry) -> None:
        self._passages = reading.passages
        self._question = asked.question
        self._has_pages = len(asked.document.pages) > 1
        self._held = ""
        self._used: set[int] = set()
        self._made_up = 0
        self._origin = Origin.CLOUD
        self._heard: list[str] = []

    def feed(self, delta: Delta) -> Iterator[Delta]:
        """Take a further piece and yield what is certain now."""
        if delta.origin is not self._origin:
            yield from self._said(self._held)
            self._held, self._origin = "", delta.origin
        text = self._held + delta.text
        half = _HALF.search(text)
        certain = half.start() if half else len(text)
        self._held = text[certain:]
        yield from self._said(text[:certain])

    def flush(self) -> Iterator[Delta | Notice]:
        """Yield the rest and the list of what was cited; the answer is whole."""
        yield from self._said(self._held)
        self._held = ""
        if not self._used and not self._made_up:
            self._used.update(self._borne_out())
        if self._used:
            listed = "".join(self._listed(number) for number in sorted(self._used))
            yield Delta(f"\n\n{listed.rstrip()}", Origin.LOCAL)
        if self._made_up:
            yield Notice("The answer names passages that it was not given; those numbers were dropped.", True)

    def _said(self, text: str) -> Iterator[Delta]:
        checked = _DEFINED.sub(r"\1 :", _MENTION.sub(self._checked, text))
        self._heard.append(checked)
        if checked:
            yield Delta(checked, self._origin)

    def _checked(self, mention: re.Match[str]) -> str:
        numbers = _numbers(mention["numbers"])
        known = [number for number in numbers if 1 <= number <= len(self._passages)]
        self._used.update(known)
        self._made_up += len(numbers) - len(known)
        return mention["before"] + "".join(f"[{number}]" for number in known) if known else ""

    def _borne_out(self) -> set[int]:
        """Return which passage of an attached document says most of an answer that names none.

        Small models often name no number.
        """
        said = set(map(stem, content_words("".join(self._heard))))
        shares = {
            number: len(said & set(map(stem, content_words(each.text)))) / max(1, len(said))
            for number, each in enumerate(self._passages, 1)
            if each.source
        }
        best = max(shares, key=lambda number: shares[number], default=0)
        return {best} if best and shares[best] >= _BORNE_OUT else set()

    def _listed(self, number: int) -> str:
        passage = self._passages[number - 1]
        place = passage.place or (f"p. {passage.page + 1}" if self._has_pages else "")
        return f"- [{number}] {place + ': ' if place else ''}“{_telling(passage, self._question)}”\n"


def _counted(count: Count, pages: int) -> str:
    times = len(count.pages)
    where = sorted({page + 1 for page in count.pages})
    places = f" (pages {', '.join(map(str, where))})" if where and pages > 1 else ""
    return f"Counted in the whole document: “{count.words}” stands in it {times} times{places}."


def _numbers(text: str) -> list[int]:
    """Read "1, 3" and "2-4"."""
    found: list[int] = []
    for part in re.split(r"[,;]|and", text):
        low, _, high = re.sub(r"\s", "", part).replace("–", "-").partition("-")
        if low:
            found += range(int(low), min(int(high or low), int(low) + 20) + 1)
    return found


def _telling(passage: Passage, question: str) -> str:
    """Return the sentence of a passage that has most to do with the question, cut where it is long."""
    asked = set(map(stem, content_words(question)))
    best = max(passage.sentences(), key=lambda each: len(asked & set(map(stem, content_words(each.text)))))
    words = " ".join(best.text.split())
    return words if len(words) <= _SHOWN else words[:_SHOWN].rsplit(" ", 1)[0] + " …"
