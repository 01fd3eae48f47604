"""What answers a question and what it knows, as the session hands it on; loads none of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.approval import Approver
from app.core.engines.base import LocalModel
from app.core.events import Event
from app.core.learner import Learner
from app.core.memory.lessons import Lessons
from app.core.memory.person import Person
from app.core.pace import Pace
from app.core.spending import Spending
from app.core.store.conversations import Conversations
from app.core.types import Turn

if TYPE_CHECKING:
    from app.core.documents.documents import Documents
    from app.core.draft import Levels
    from app.core.embeddings import Embedder
    from app.core.memory.earlier_talk import EarlierTalk
    from app.core.router import Router

Tell = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Minds:
    """What answers and what it knows; one of each in a profile."""

    local: LocalModel
    router: "Callable[[], Router]"
    person: Callable[[str], Person]
    """Takes the conversation: one that is left out of the memory gets nobody."""
    lessons: Callable[[str], Lessons]
    earlier: "Callable[[str], EarlierTalk]"
    """Takes the conversation that asks: other ones are searched."""
    embedder: "Callable[[], Embedder]"
    documents: "Callable[[], Documents]"
    spending: Spending
    learner: Learner
    pace: Callable[[str], Pace]
    """Takes the conversation: of one in memory nothing is kept."""
    levels: "Callable[[], Levels | None]"
    """How sure the local model usually is of itself, where that was measured."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A stored question on its way to an answer."""

    turn: Turn
    question: int
    store: Conversations
    approver: Approver | None
    permit: Callable[[], None]
    """Raises where the conversation forbids by now what it allowed when the turn began."""
