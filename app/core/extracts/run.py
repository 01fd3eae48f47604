"""Carries out a plan over a document on this computer; every result is a citation that was checked."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from app.core.cancel import Cancel
from app.core.content_words import content_words, stem, words
from app.core.extracts.document import Document, Passage, passages
from app.core.extracts.kinds import asked_kind, holds
from app.core.extracts.plan import Step, Verb
from app.core.extracts.ranking import Ranking

if TYPE_CHECKING:
    from app.core.embeddings import Embedder

SHARE: Final = 0.15
"""A request is to have at most so much of the document's characters."""
MOST: Final = 6_000
"""Characters taken of any document at most."""
_LEAST: Final = 900
_FRAME: Final = 900
"""Characters of a request beside the passages: the question, the system message, JSON."""
_REACH: Final = 0.25
"""Whatever a plan says, only so many of the passages can be reached: those that bear on the person's own
question. A plan that asks for something else finds nothing else."""
_FEW: Final = 8
_FOUND, _SEARCHED = 6, 10
_PLACES: Final = 40


@dataclass(frozen=True, slots=True)
class Count:
    """How often words stand in a document."""

    words: str
    pages: tuple[int, ...]
    """The page of each place, from 0."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a search found."""

    read: int
    """Passages that were looked at on this computer."""
    passages: tuple[Passage, ...]
    """What was taken, in the order of the document; their numbers in the answer count from 1."""
    counts: tuple[Count, ...] = ()
    nearness: float = 0.0
    """Cosine of the question's meaning and that of the passage nearest to it."""


def run(
    plan: Sequence[Step], document: Document, question: str, embedder: "Embedder", cancel: Cancel
) -> Reading:
    """Carry out a plan, and take what fits into the budget.

    Raises:
        Cancelled: it was stopped.
    """
    search = _Search(document, question, embedder, cancel)
    lists = [list(search.results(step)) for step in plan]
    taken = _within(budget(document), (each for row in zip_longest(*lists) for each in row if each))
    checked = sorted(
        (each for each in taken if each.stands_in(document)), key=lambda each: (each.page, each.start)
    )
    counts = tuple(count for step in plan if step.verb is Verb.COUNT and (count := search.count(step.what)))
    return Reading(search.size, tuple(checked), counts, search.nearness)


def budget(document: Document) -> int:
    """Return how many characters of a document may be taken."""
    return min(MOST, max(_LEAST, int(SHARE * document.size) - _FRAME))


class _Search:
    """One document under one question."""

    def __init__(self, document: Document, question: str, embedder: "Embedder", cancel: Cancel) -> None:
        self._document = document
        known = passages(document)
        places = document.near or range(len(known))
        self._passages = [known[place] for place in places]
        vectors = {
            at: document.vectors[place] for at, place in enumerate(places) if place in document.vectors
        }
        self._ranking = Ranking([each.text for each in self._passages], embedder, cancel, vectors)
        self._embedder = embedder
        self._cancel = cancel
        self._question = question
        self._reachable = set(self._ranking.best(question, max(_FEW, int(_REACH * self.size))))

    @property
    def size(self) -> int:
        return len(self._passages)

    @property
    def nearness(self) -> float:
        return self._ranking.nearness(self._question)

    def results(self, step: Step) -> Iterator[Passage]:
        """Yield what a step takes, best first."""
        match step.verb:
            case Verb.FIND:
                yield from self._near(step.what, _FOUND)
            case Verb.EXTRACT:
                yield from self._extract(step.what)
            case Verb.QUOTE:
                yield from self._quote(step.what)
            case Verb.COUNT:
                return

    def count(self, what: str) -> Count | None:
        """Count words in the whole document, if they are the person's own."""
        term = self._term(what)
        shape = re.compile(rf"(?<!\w){re.escape(term)}(?:e?s)?(?!\w)", re.IGNORECASE)
        pages = tuple(
            number for number, page in enumerate(self._document.pages) for _ in shape.finditer(page)
        )
        return Count(term, pages) if term and term.casefold() in self._question.casefold() else None

    def _term(self, what: str) -> str:
        """Return what is to be counted: the words themselves, or the rarest of them that the document has."""
        if len(what.split()) <= 4:
            return what.strip()
        stands = [word for word in content_words(what) if self._mentions(word)]
        return min(stands, key=self._mentions, default="")

    def _mentions(self, word: str) -> int:
        return sum(word in words(each.text) for each in self._passages)

    def _near(self, what: str, k: int) -> list[Passage]:
        best = self._ranking.best(what, self.size)
        return [self._passages[place] for place in best if place in self._reachable][:k]

    def _extract(self, what: str) -> Iterator[Passage]:
        kind = asked_kind(what)
        asked = set(map(stem, content_words(what)))
        for passage in self._near(what, _SEARCHED):
            for sentence in passage.sentences():
                shared = asked & set(map(stem, content_words(sentence.text)))
                if shared and holds(kind, sentence.text):
                    yield sentence

    def _quote(self, what: str) -> list[Passage]:
        some = [sentence for passage in self._near(what, _FOUND) for sentence in passage.sentences()]
        ranking = Ranking([each.text for each in some], self._embedder, self._cancel)
        return [some[place] for place in ranking.best(what, 1)]


def _within(room: int, results: Iterable[Passage]) -> list[Passage]:
    """Take results as long as there is room; what lies in another one is there already."""
    taken: list[Passage] = []
    for result in results:
        if any(_overlap(result, other) for other in taken):
            continue
        if len(result.text) <= room:
            taken.append(result)
            room -= len(result.text)
    return taken


def _overlap(one: Passage, other: Passage) -> bool:
    return one.page == other.page and one.start < other.end and other.start < one.end
