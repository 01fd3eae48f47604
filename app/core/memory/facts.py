"""What the person told about himself: kept, searched, corrected and forgotten on this computer."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from app.core.errors import SettingError
from app.core.memory.draw import Drawn, attribute
from app.core.memory.telling import is_for_others
from app.core.store.facts import FactState, KnownFact, SqliteFacts

if TYPE_CHECKING:
    from app.core.embeddings import Embedder, Vectors
    from app.core.memory.areas import Areas
    from app.core.memory.discretion import Discretion

_LONGEST: Final = 500
"""Characters of a fact."""
_LIVING: Final = (FactState.INBOX, FactState.KEPT)


class Facts:
    """The facts of a profile; every method may raise `StoreError`. Any thread may use it."""

    def __init__(self, store: SqliteFacts, embedder: "Callable[[], Embedder]") -> None:
        """Remember where they are; nothing is read or loaded yet."""
        self.store = store
        self._embedder = embedder
        self._judges = _Judges(embedder)

    def about(self, question: str, k: int = 3) -> tuple[KnownFact, ...]:
        """Return at most k kept facts that bear on a question, likeliest first; often none.

        Raises:
            MemoryFault: the embedder cannot be loaded.
        """
        kept = self.store.list(FactState.KEPT)
        if not kept or not question.strip() or k < 1:
            return ()
        judge = self._judges.of(question)
        found = judge.bearing(question, [each.text for each in kept], self._vectors(kept))
        return tuple(kept[place] for place, _ in found[:k])

    def kept(self) -> list[KnownFact]:
        """Return the facts in use, newest first."""
        return self.store.list(FactState.KEPT)

    def inbox(self) -> list[KnownFact]:
        """Return the facts that wait for a yes, newest first."""
        return self.store.list(FactState.INBOX)

    def search(self, words: str) -> list[KnownFact]:
        """Return the kept and waiting facts that hold all of some words, or parts of them."""
        wanted = words.casefold().split()
        return [
            each for each in self.store.list(*_LIVING) if all(word in each.text.casefold() for word in wanted)
        ]

    def conversation(self, fact: KnownFact) -> str:
        """Return the conversation in which a fact was said; empty where he told it on purpose."""
        return self.store.conversation(fact.source) if fact.source is not None else ""

    def history(self, fact: int) -> list[KnownFact]:
        """Return what a fact took the place of, newest first."""
        return self.store.history(fact)

    def add(self, text: str) -> int:
        """Keep what the person tells on purpose; return its number.

        Raises:
            SettingError: it is empty or too long.
        """
        known = self._known(text := _checked(text), *_LIVING)
        number = known.id if known else self.store.add(text, FactState.INBOX)
        self.keep(number)
        return number

    def propose(self, drawn: Drawn, source: int) -> int:
        """Put what was drawn from a message into the inbox; 0 where it is known, dismissed or not his."""
        if self._known(drawn.text, *_LIVING, FactState.DISMISSED):
            return 0
        if drawn.about and not self._mentions(drawn.about):
            return 0
        number = self.store.add(drawn.text, FactState.INBOX, confidence=drawn.confidence, source=source)
        if number:
            self._supersede(self.store.get(number), FactState.INBOX)
        return number

    def keep(self, fact: int) -> None:
        """Use a fact from now on; what it contradicts is superseded."""
        self.store.set_state(fact, FactState.KEPT)
        self._supersede(self.store.get(fact), *_LIVING)

    def dismiss(self, fact: int) -> None:
        """Don't use a fact, and don't propose it again."""
        self.store.set_state(fact, FactState.DISMISSED)

    def edit(self, fact: int, text: str) -> None:
        """Correct a fact; it is kept from now on.

        Raises:
            SettingError: it is empty or too long.
        """
        self.store.edit(fact, _checked(text))
        self.keep(fact)

    def forget(self, fact: int | None) -> int:
        """Destroy a fact and its history (None: all facts); return how many are gone."""
        return self.store.forget(fact)

    def _known(self, text: str, *states: FactState) -> KnownFact | None:
        said = _bare(text)
        return next((each for each in self.store.list(*states) if _bare(each.text) == said), None)

    def _mentions(self, name: str) -> bool:
        return any(name.casefold() in _bare(each.text).split() for each in self.store.list(*_LIVING))

    def _supersede(self, newer: KnownFact, *states: FactState) -> None:
        kind = attribute(newer.text)
        for each in self.store.list(*states) if kind else ():
            if each.id != newer.id and attribute(each.text) == kind:
                self.store.set_state(each.id, FactState.SUPERSEDED, newer.id)

    def _vectors(self, facts: list[KnownFact]) -> "Vectors":
        """Return one row a fact; those that this embedder has not seen yet are made and kept."""
        import numpy as np

        embedder = self._embedder()
        known = self.store.vectors(embedder.name)
        new = [each for each in facts if each.id not in known]
        if new:
            made = embedder.embed([each.text for each in new]).astype(np.float16)
            rows = [(each.id, each.text, row.tobytes()) for each, row in zip(new, made, strict=True)]
            self.store.put(embedder.name, rows)
            known |= {number: value for number, _, value in rows}
        rows_of = [np.frombuffer(known[each.id], np.float16) for each in facts]
        return np.stack(rows_of).astype(np.float32)


class _Judges:
    """Who says which facts are given: for a text that others read it is somebody more discreet."""

    def __init__(self, embedder: "Callable[[], Embedder]") -> None:
        self._embedder = embedder
        self._lock = threading.Lock()
        self._areas: Areas | None = None
        self._discretion: Discretion | None = None

    def of(self, question: str) -> "Areas | Discretion":
        # NumPy, which no start should wait for
        from app.core.memory.areas import Areas
        from app.core.memory.discretion import Discretion

        with self._lock:
            if is_for_others(question):
                self._discretion = self._discretion or Discretion(self._embedder())
                return self._discretion
            self._areas = self._areas or Areas(self._embedder())
            return self._areas


def _checked(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise SettingError("A fact needs words.")
    if len(text) > _LONGEST:
        raise SettingError(f"A fact may have {_LONGEST} characters. Say it more briefly.")
    return text


def _bare(text: str) -> str:
    """Bring words into a form in which only a change of meaning counts."""
    words = text.casefold().replace("’", "'").replace("i'm ", "i am ").replace("don't", "do not")
    return "".join(each if each.isalnum() or each in "' " else " " for each in words).strip()
