"""Writes conversations down for other programs (JSON) and for people (Markdown)."""

import json
import time
from collections.abc import Iterable, Iterator, Sequence

from app.core.types import Conversation, Role, State, StoredDocument, StoredMessage

Written = Iterable[tuple[Conversation, Sequence[StoredMessage], Sequence[StoredDocument]]]
"""Conversations with what was said in them and what was attached; of a document its name goes along."""


def as_json(talks: Written) -> Iterator[str]:
    """Yield pieces of one JSON object; `confidant import` reads it again."""
    yield '{"confidant": 1, "conversations": ['
    comma = ""
    for conversation, messages, documents in talks:
        item = {
            "id": conversation.id,
            "title": conversation.title,
            "created": conversation.created,
            "updated": conversation.updated,
            "level": conversation.level,
            "pinned": conversation.pinned,
            "documents": [_document(each) for each in documents],
            "messages": [_message(message) for message in _written(messages)],
        }
        yield f"{comma}\n{json.dumps(item, ensure_ascii=False)}"
        comma = ","
    yield "\n]}\n"


def as_markdown(talks: Written) -> Iterator[str]:
    """Yield one document, a heading a conversation and a smaller one a message."""
    for conversation, messages, documents in talks:
        yield f"# {conversation.title or 'Conversation'}\n\n{_day(conversation.created)}\n\n"
        if documents:
            yield f"With {', '.join(each.name for each in documents)}\n\n"
        for message in _written(messages):
            who = "You" if message.role is Role.USER else message.model or "Answer"
            yield f"## {who}, {_day(message.created)}\n\n{message.text.strip()}\n\n"


def _written(messages: Sequence[StoredMessage]) -> Iterator[StoredMessage]:
    return (each for each in messages if each.text and each.state is not State.STREAMING)


def _message(message: StoredMessage) -> dict[str, object]:
    return {
        "id": str(message.id),
        "role": message.role,
        "text": message.text,
        "created": message.created,
        "state": message.state,
        "model": message.model,
        "origins": [[piece.origin, len(piece.text)] for piece in message.pieces],
    }


def _document(document: StoredDocument) -> dict[str, object]:
    return {
        "name": document.name,
        "kind": document.kind,
        "pages": document.pages,
        "added": document.added,
    }


def _day(seconds: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))
