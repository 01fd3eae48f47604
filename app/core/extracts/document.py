"""A long document, the passages that it is cut into, and how a pasted one is told from the question."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from app.core.sentences import Sentence, sentences
from app.core.types import Role, Turn

if TYPE_CHECKING:
    from app.core.embeddings import Vectors

LONG: Final = 6_000
"""Characters from which pasted material counts as a document of its own."""
_USUAL: Final = 500
"""Characters of a passage: what the embedder reads at once, with room to spare."""
_SHORT: Final = 120
"""A heading, or a line of minutes: it goes together with what follows."""
_REQUEST: Final = 700
"""Characters that a paragraph with the request has at most."""
_BACK: Final = 3
"""Questions back to which a follow-up may be about a document."""
_PAGE: Final = "\f"
_PARAGRAPH: Final = re.compile(r"\S[^\n]*(?:\n[ \t]*\S[^\n]*)*")
_ASKS: Final = re.compile(
    r"\?\s*$|\?\s|^\W*(?:please\s+)?(?:tell|find|list|give|say|show|name|extract|count|quote|explain|check|"
    r"look|identify|answer|what|when|who|whom|whose|where|which|why|how|is|are|does|do|did|has|have|can)\b",
    re.IGNORECASE,
)
WHOLE: Final = re.compile(
    r"\b(?:summar\w+|translat\w+|proof-?read|re-?write|rephrase|paraphrase|shorten|improve|correct|edit|"
    r"convert|re-?format|polish|outline|overview|review|tl;?dr|(?:main|key) points)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Document:
    """Something long that the person wants to ask about."""

    name: str
    pages: tuple[str, ...]
    cut: "tuple[Passage, ...]" = ()
    """Its passages, where they are known already."""
    near: tuple[int, ...] = ()
    """Which of them a search looks at; all where none is named."""
    vectors: "Mapping[int, Vectors]" = field(default_factory=dict)
    """Of those passages whose meaning was read before."""

    @property
    def size(self) -> int:
        """Return how many characters it has."""
        return sum(map(len, self.pages))


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of characters of one page."""

    page: int
    """From 0."""
    start: int
    end: int
    text: str
    """What stands there, letter by letter."""
    place: str = ""
    """Where it stands, for the person; of what was pasted, its page says it."""
    source: int = 0
    """The number of the attached document; 0 of what was pasted."""

    def stands_in(self, document: Document) -> bool:
        """Say whether the document has these words at this place."""
        fits = 0 <= self.page < len(document.pages) and 0 <= self.start < self.end
        return fits and document.pages[self.page][self.start : self.end] == self.text

    def sentences(self) -> "tuple[Passage, ...]":
        """Cut it into its sentences."""
        return tuple(
            replace(self, start=self.start + each.start, end=self.start + each.end, text=each.text)
            for each in sentences(self.text)
        )


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question about a long document."""

    document: Document
    question: str
    is_follow_up: bool = False
    """The document came with an earlier question; this one may as well be about something else."""
    is_whole: bool = False
    """It is about the whole of it, such as a summary."""
    context: str = ""
    """What came before and belongs to the search, where the question does not stand alone."""

    @property
    def sought(self) -> str:
        """Return what to search for."""
        return f"{self.context}\n{self.question}" if self.context else self.question


def inquiry(turn: Turn, is_local: bool = False) -> Inquiry | None:
    """Return what a turn asks about a long document; nothing where it does not.

    Args:
        is_local: the answer comes from this computer: then it may be about a document that never left, too.
    """
    if found := split(turn.text):
        return Inquiry(*found)
    if len(turn.text) > _REQUEST or WHOLE.search(turn.text):
        return None
    asked = [said for said in turn.history if said.role is Role.USER][-_BACK:]
    texts = [said.text for said in asked if is_local or said.wire_text]
    earlier = next((found for text in reversed(texts) if (found := split(text))), None)
    return Inquiry(earlier[0], turn.text, True) if earlier else None


def split(text: str) -> tuple[Document, str] | None:
    """Tell a long pasted document from the request about it, which stands before or behind it.

    Returns:
        The document and the request; nothing where there is no such document, where no request can be
        told from it, or where the request is about the whole of it, such as a summary.
    """
    if len(text) <= LONG:
        return None
    paragraphs = [match.span() for match in _PARAGRAPH.finditer(text)]
    said = []
    for place in (0, -1):
        start, end = paragraphs[place] if len(paragraphs) > 1 else (0, len(text))
        if end - start <= _REQUEST and _ASKS.search(text[start:end]):
            said.append(text[start:end])
            del paragraphs[place]
    request = "\n\n".join(said)
    if not said or WHOLE.search(request):
        return None
    material = text[paragraphs[0][0] : paragraphs[-1][1]]
    pages = tuple(page for page in material.split(_PAGE) if page.strip())
    return (Document("", pages), request) if len(material) > LONG - 2 * _REQUEST else None


def passages(document: Document) -> tuple[Passage, ...]:
    """Cut a document between sentences; short paragraphs go together, so that headings keep what follows."""
    return document.cut or tuple(
        Passage(number, start, end, page[start:end])
        for number, page in enumerate(document.pages)
        for start, end in _joined(_solid(page))
    )


def _solid(page: str) -> Iterator[Sentence]:
    """Yield the sentences, and parts of what has no end, such as a table in one line."""
    for each in sentences(page):
        start = each.start
        while each.end - start > 2 * _USUAL:
            cut = page.rfind(" ", start + _USUAL, start + 2 * _USUAL)
            cut = cut if cut > 0 else start + 2 * _USUAL
            yield replace(each, start=start, end=cut, text=page[start:cut])
            start = cut + (page[cut] == " ")
        yield replace(each, start=start, text=page[start : each.end])


def _joined(pieces: Iterable[Sentence]) -> Iterator[tuple[int, int]]:
    """Put neighbours together up to a usual passage; what is short goes on into the next paragraph."""
    run: list[Sentence] = []
    for piece in pieces:
        if run:
            fits = piece.end - run[0].start <= _USUAL
            is_new = piece.paragraph != run[-1].paragraph and run[-1].end - run[0].start > _SHORT
            if is_new or not fits:
                yield run[0].start, run[-1].end
                run = []
        run.append(piece)
    if run:
        yield run[0].start, run[-1].end
