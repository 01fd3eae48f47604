"""A conversation as questions with their answers, whatever was asked again."""

from collections.abc import Callable, Sequence

from app.core.types import Role, StoredMessage

Exchange = tuple[StoredMessage, StoredMessage]


def exchanges(history: Sequence[StoredMessage], counts: Callable[[StoredMessage], bool]) -> list[Exchange]:
    """Pair each question with its last answer, as far as both count; questions without one are left out."""
    pairs: list[Exchange] = []
    question: StoredMessage | None = None
    for message in history:
        if message.role is Role.USER:
            question = message if counts(message) else None
        elif question is not None and message.role is Role.ASSISTANT and counts(message):
            if pairs and pairs[-1][0] is question:
                pairs.pop()
            pairs.append((question, message))
    return pairs
