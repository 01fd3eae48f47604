"""Which steps a database has taken, and which it has to take.

A step that was shipped never changes: the next change is a new step at the end.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.core.store.steps.border import exposure, forgetting, ledger, vault
from app.core.store.steps.memory import (
    collaboration,
    examples,
    knowing,
    manner,
    memory,
    remembering,
    rewording,
)
from app.core.store.steps.talk import conversations, documents, fixes, imports, search, settings

if TYPE_CHECKING:
    from sqlite_utils import Database

Step = Callable[["Database"], None]

SET = "confidant"
"""Name of our set in the table that sqlite-utils keeps of applied steps."""

STEPS: tuple[Step, ...] = (
    conversations, search, settings, vault, ledger, fixes, memory, exposure, imports, collaboration,
    knowing, examples, documents, forgetting, remembering, manner, rewording,
)  # fmt: skip


def apply(db: "Database", steps: Sequence[Step]) -> None:
    """Take the steps that are missing; call it inside a transaction."""
    from sqlite_utils import Migrations

    migrations = Migrations(SET)
    for step in steps:
        migrations(name=step.__name__)(step)
    migrations.apply(db)
