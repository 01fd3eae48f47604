"""What is known about the person and what was learned, as the settings see it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from app.core.store.examples import Example, SqliteExamples
from app.core.store.facts import KnownFact

if TYPE_CHECKING:
    from app.core.memory.acquaintance import Acquaintance
    from app.core.memory.facts import Facts
    from app.core.memory.style import Style

_LESSONS = 500


class Said(Protocol):
    """Finds where something was said."""

    def conversation_of(self, message: int) -> str: ...


class Memory(Protocol):
    """The parts of the assembly that remember; each is made when it is first asked for."""

    @property
    def session(self) -> Said: ...

    @property
    def facts(self) -> "Facts": ...

    @property
    def style(self) -> "Style": ...

    @property
    def acquaintance(self) -> "Acquaintance": ...

    @property
    def examples(self) -> SqliteExamples: ...


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that the page shows, as it is now."""

    waiting: tuple[KnownFact, ...] = ()
    kept: tuple[KnownFact, ...] = ()
    style: str = ""
    lessons: tuple[Example, ...] = ()


class KnowingDoor:
    """Everything about the memory that blocks: for workers only; all of it may raise `StoreError`."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def read(self) -> Known:
        """Return what is known now, newest first."""
        facts = self._memory.facts
        return Known(
            tuple(facts.inbox()),
            tuple(facts.kept()),
            self._memory.acquaintance.style(),
            tuple(self._memory.examples.all(_LESSONS)),
        )

    def place(self, message: int) -> tuple[str, int]:
        """Return the conversation in which a message stands, with the message."""
        return self._memory.session.conversation_of(message), message

    def add(self, text: str) -> Known:
        """Keep what the person tells; raises `SettingError` where it is too long."""
        self._memory.facts.add(text)
        return self.read()

    def keep(self, fact: int) -> Known:
        self._memory.facts.keep(fact)
        return self.read()

    def dismiss(self, fact: int) -> Known:
        """Turn a fact down, for good."""
        self._memory.facts.dismiss(fact)
        return self.read()

    def edit(self, fact: int, text: str) -> Known:
        """Correct a fact, which keeps it; raises `SettingError` where it is empty or too long."""
        self._memory.facts.edit(fact, text)
        return self.read()

    def forget_fact(self, fact: int | None) -> Known:
        """Destroy a fact, or all."""
        self._memory.facts.forget(fact)
        return self.read()

    def forget_style(self) -> Known:
        self._memory.style.forget()
        return self.read()

    def forget_lesson(self, lesson: int | None) -> Known:
        """Destroy what was learned from one answer, or all of it."""
        self._memory.examples.forget(lesson)
        return self.read()
