"""Asks the local model about clauses that no rule knows: whether they say something lasting of their writer.

The model only says what kind of thing it is, or that it is none. The words of the fact are the person's own:
a clause in the first person, whole. So nothing can be made up, and nobody else be spoken of.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from app.core.cancel import Cancel
from app.core.events import Notice
from app.core.memory.draw import Drawn
from app.core.memory.listening_spare import Murmurer
from app.core.types import Generation, Message, Prompt, Role

GUESS: Final = 0.4
"""Confidence of what a model says; that of a rule is higher."""
_LASTING: Final = (
    "home",
    "work",
    "family",
    "health",
    "food",
    "taste",
    "habit",
    "skill",
    "belief",
    "possession",
)
_NOT: Final = ("moment", "plan", "past", "task", "joke", "nothing")
_GRAMMAR: Final = "root ::= " + " | ".join(f'"{kind}"' for kind in (*_LASTING, *_NOT))
_TASK: Final = (
    "Somebody wrote a sentence to an assistant. Say what it tells about the writer's life. One word.\n"
    "Lasting, true for years: " + ", ".join(_LASTING) + ".\n"
    "Not lasting: moment (only true now), plan, past (true no longer), task (about this work or talk), "
    "joke, nothing."
)
_EXAMPLES: Final = (
    ("I commute by ferry", "habit"),
    ("I'm waiting for the plumber", "moment"),
    ("We keep goats", "possession"),
    ("I tried both versions", "task"),
    ("We are out of coffee", "moment"),
    ("Ich vertrage keinen Wein", "food"),
    ("I need a title for my talk", "task"),
    ("I've worked on oil rigs all my life", "work"),
    ("I'm a walking disaster", "joke"),
    ("I will call them on Friday", "plan"),
    ("Je suis en retard", "moment"),
    ("We had a dog once", "past"),
    ("I sing second soprano", "skill"),
    ("I'm freezing", "moment"),
    ("Ich lese die Seite", "task"),
)


def prompt(clause: str) -> Prompt:
    """Ask about a clause."""
    said = [Message(Role.SYSTEM, _TASK)]
    for text, kind in _EXAMPLES:
        said += [Message(Role.USER, text), Message(Role.ASSISTANT, kind)]
    said.append(Message(Role.USER, clause))
    return Prompt(tuple(said), Generation(max_tokens=6, temperature=0.0, grammar=_GRAMMAR))


def drawn(clauses: Sequence[str], model: Murmurer, cancel: Cancel) -> Iterator[Drawn]:
    """Yield the clauses that a model takes for lasting facts, as facts.

    Raises:
        EngineError: the model cannot answer.
        Cancelled: it was needed for a question, or `cancel` was set.
    """
    for clause in clauses:
        chunks = model.murmur(prompt(clause), cancel)
        kind = "".join(chunk.text for chunk in chunks if not isinstance(chunk, Notice)).strip()
        if kind in _LASTING:
            yield Drawn(clause, GUESS)
