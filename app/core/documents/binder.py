"""The documents of one conversation, as a question sees them."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from app.core.cancel import Cancel
from app.core.content_words import content_words
from app.core.errors import MemoryFault
from app.core.extracts.document import LONG, WHOLE, Document, Inquiry, Passage
from app.core.router import is_follow_up
from app.core.store.documents import SqliteDocuments, StoredPassage
from app.core.types import Source, StoredDocument, Turn

if TYPE_CHECKING:
    from app.core.embeddings import Embedder, Vectors

_RELATED: Final = 0.3
"""Cosine of a question and its nearest passage from which it is taken to be about the documents."""
_SEARCHED: Final = 150
"""Passages that words, and as many that the meaning, bring into a closer search."""
_REFERS: Final = re.compile(
    r"\b(?:the|this|that|these|those|my|our|both|all|each|attached)\s+(?:\w+\s+)?"
    r"(?:documents?|files?|pdfs?|attachments?|papers?|contracts?|agreements?|reports?|texts?|letters?|tables?|"
    r"spreadsheets?|articles?|pages?|leases?|invoices?|manuals?|minutes|polic(?:y|ies)|books?)\b|"
    r"\b(?:on|at) page \d+|\battach(?:ed|ment)",
    re.IGNORECASE,
)
_FORM_WORDS: Final = """
bullet bullets brief briefly short shorter page pages paragraph paragraphs please point points sentence
sentences word words main key summary summarize summarise summarized overview outline review translate
translation english german french spanish one two three four five six seven eight nine ten tldr quick
list
"""
_FORM: Final = frozenset(_FORM_WORDS.split())
"""Words that say in which form something is wanted, not about what."""
_WHAT: Final = re.compile(r"\bwhat(?:'s| is| are)? (?:it|this|that|these|they)\b.*\babout\b", re.IGNORECASE)
_PAGE: Final = re.compile(r"\bpage (\d{1,5})\b", re.IGNORECASE)
_STEM: Final = 4
"""Letters that a file's name has at least to be looked for without its ending."""


class Binder:
    """Lives for one turn; the store is read when a question may be about the documents."""

    def __init__(
        self, store: SqliteDocuments, documents: Sequence[StoredDocument], embedder: "Embedder"
    ) -> None:
        self._store = store
        self._documents = documents
        self._embedder = embedder

    def inquiry(self, turn: Turn, cancel: Cancel) -> Inquiry | None:
        """Return what a turn asks about the documents; nothing where it is about something else.

        Raises:
            StoreError: they cannot be read.
            Cancelled: it was stopped.
        """
        if len(turn.text) > LONG or not turn.text.strip():
            return None
        named = [each for each in self._documents if _names(turn.text, each.name)]
        chosen = named or self._documents
        passages = self._store.passages([each.id for each in chosen])
        wanted = {f"page {number}" for number in _PAGE.findall(turn.text)}
        on_pages = [each for each in passages if each.place in wanted]
        passages = on_pages or passages
        cancel.check()
        context = turn.history[-2].text if _goes_on(turn) else ""
        asked = f"{context}\n{turn.text}" if context else turn.text
        near = self._nearness(passages, asked)
        is_whole = bool(on_pages) or _is_whole(turn.text, [each.name for each in named])
        refers = bool(named or is_whole or _REFERS.search(turn.text))
        if not passages or not (refers or max(near.values(), default=0.0) >= _RELATED):
            return None
        document = self._bound(chosen, passages, self._searched(asked, chosen, passages, near))
        return Inquiry(document, turn.text, is_whole=is_whole, context=context)

    def _nearness(self, passages: Sequence[StoredPassage], asked: str) -> dict[int, float]:
        """Return how near each passage is to the question, by its place, where that can be said."""
        known = [place for place, each in enumerate(passages) if each.model == self._embedder.name]
        if not known:
            return {}
        from app.core.documents.vectors import nearness

        try:
            target = self._embedder.embed([asked])[0]
        except MemoryFault:
            return {}
        return dict(zip(known, nearness([passages[place].vector for place in known], target), strict=True))

    def _searched(
        self,
        asked: str,
        chosen: Sequence[StoredDocument],
        passages: Sequence[StoredPassage],
        near: dict[int, float],
    ) -> tuple[int, ...]:
        """Return the passages that are worth a closer look: by words and by meaning."""
        words = list(dict.fromkeys(content_words(asked)))
        found = set(self._store.matches(words, [each.id for each in chosen], _SEARCHED))
        by_words = {place for place, each in enumerate(passages) if each.id in found}
        by_meaning = sorted(near, key=lambda place: -near[place])[:_SEARCHED]
        return tuple(sorted(by_words.union(by_meaning))) or tuple(range(min(len(passages), _SEARCHED)))

    def _bound(
        self, chosen: Sequence[StoredDocument], passages: Sequence[StoredPassage], near: tuple[int, ...]
    ) -> Document:
        """Put the documents one behind the other, with their pages as the passages make them up."""
        names = {each.id: each.name for each in chosen}
        first, total = dict[int, int](), 0
        for document in chosen:
            first[document.id] = total
            total += document.pages
        pages = [""] * total
        cut: list[Passage] = []
        for each in passages:
            page = first[each.document] + each.page
            pages[page] = pages[page].ljust(each.start) + each.text
            place = ", ".join(filter(None, (names[each.document], each.place)))
            end = each.start + len(each.text)
            cut.append(Passage(page, each.start, end, each.text, place, each.document))
        return Document("", tuple(pages), tuple(cut), near, self._vectors(passages))

    def _vectors(self, passages: Sequence[StoredPassage]) -> "dict[int, Vectors]":
        known = [place for place, each in enumerate(passages) if each.model == self._embedder.name]
        if not known:
            return {}
        from app.core.documents.vectors import unpacked

        return dict(zip(known, unpacked([passages[place].vector for place in known]), strict=True))


def _names(text: str, name: str) -> bool:
    """Say whether a question names a file, with or without its ending."""
    said, whole = text.casefold(), name.casefold()
    stem = whole.rpartition(".")[0]
    return whole in said or (
        len(stem) >= _STEM and re.search(rf"(?<!\w){re.escape(stem)}(?!\w)", said) is not None
    )


def _goes_on(turn: Turn) -> bool:
    """Say whether a question goes on with an answer that came from a document."""
    if len(turn.history) < 2 or not is_follow_up(turn.text):
        return False
    used = turn.history[-1].account.used
    return any(each.source is Source.PASSAGE and each.id for each in used)


def _is_whole(text: str, names: Sequence[str]) -> bool:
    """Say whether a request is about the documents as a whole, and not about something that it names."""
    if _WHAT.search(text):
        return True
    if not WHOLE.search(text):
        return False
    for name in sorted(names, key=len, reverse=True):
        for said in (name, name.rpartition(".")[0]):
            text = re.sub(re.escape(said), " ", text, flags=re.IGNORECASE) if said else text
    rest = WHOLE.sub(" ", _REFERS.sub(" ", text))
    return not [word for word in content_words(rest) if word not in _FORM and not word.isdigit()]
