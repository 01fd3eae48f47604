"""Makes sense of one conversation in the exports of ChatGPT, Claude and Confidant itself.

The shapes are those of the files that people get from "Export data" (2023 to 2026); what is no message of the
person's or an answer (tools, hidden context, thoughts) is left out.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from app.core.transfer.talks import Said, Talk
from app.core.types import Role

_ROLES: Final = {"user": Role.USER, "human": Role.USER, "assistant": Role.ASSISTANT}
_SHOWN: Final = frozenset({"text", "multimodal_text"})
_CITATION: Final = re.compile("\ue200.*?\ue201", re.DOTALL)
"""How ChatGPT marks its sources; outside its own window they are noise."""
_PICTURE: Final = "[picture]"


def talk(item: object) -> Talk | None:
    """Read a conversation; None where this is no conversation, or nothing was said in it."""
    if not isinstance(item, dict):
        return None
    if "mapping" in item:
        found = _chatgpt(item)
    elif "chat_messages" in item:
        found = _claude(item)
    elif "messages" in item:
        found = _own(item)
    else:
        return None
    return found if found.said and found.name else None


def _chatgpt(item: dict[str, object]) -> Talk:
    """Follow the branch that was shown last, from its end to the root."""
    nodes = _dict(item.get("mapping"))
    at = item.get("current_node")
    if not isinstance(at, str) or at not in nodes:
        at = next(reversed(nodes), None)
    said: list[Said] = []
    passed: set[str] = set()
    while isinstance(at, str) and at in nodes and at not in passed:
        passed.add(at)
        node = _dict(nodes[at])
        said += _chatgpt_message(at, _dict(node.get("message")))
        at = node.get("parent")
    name = _text(item.get("conversation_id")) or _text(item.get("id"))
    return _talk("chatgpt", name, item, "title", ("create_time", "update_time"), tuple(reversed(said)))


def _chatgpt_message(name: str, message: dict[str, object]) -> Iterator[Said]:
    content, metadata = _dict(message.get("content")), _dict(message.get("metadata"))
    role = _ROLES.get(_text(_dict(message.get("author")).get("role")))
    is_for_all = message.get("recipient", "all") in ("all", None)
    is_shown = _text(content.get("content_type")) in _SHOWN and is_for_all
    if role is None or not is_shown or metadata.get("is_visually_hidden_from_conversation"):
        return
    parts = [part if isinstance(part, str) else _PICTURE for part in _list(content.get("parts"))]
    text = _CITATION.sub("", "\n\n".join(part for part in parts if part)).strip()
    if text:
        yield Said(name, role, text, _time(message.get("create_time")), _text(metadata.get("model_slug")))


def _claude(item: dict[str, object]) -> Talk:
    said = [each for message in _list(item.get("chat_messages")) for each in _claude_message(_dict(message))]
    return _talk("claude", _text(item.get("uuid")), item, "name", ("created_at", "updated_at"), tuple(said))


def _claude_message(message: dict[str, object]) -> Iterator[Said]:
    role = _ROLES.get(_text(message.get("sender")))
    blocks = [_dict(block) for block in _list(message.get("content"))]
    texts = [_text(block.get("text")) for block in blocks if block.get("type") == "text"]
    files = [_dict(file) for file in _list(message.get("attachments"))]
    texts = [text for text in texts if text] or [_text(message.get("text"))]
    texts += [f"{_text(file.get('file_name'))}:\n{_text(file.get('extracted_content'))}" for file in files]
    text = "\n\n".join(filter(None, texts)).strip()
    if role is not None and text:
        yield Said(_text(message.get("uuid")), role, text, _time(message.get("created_at")))


def _own(item: dict[str, object]) -> Talk:
    said = []
    for message in map(_dict, _list(item.get("messages"))):
        role, text = _ROLES.get(_text(message.get("role"))), _text(message.get("text"))
        if role is not None and text:
            name, when = _text(message.get("id")), _time(message.get("created"))
            said.append(Said(name, role, text, when, _text(message.get("model"))))
    return _talk("confidant", _text(item.get("id")), item, "title", ("created", "updated"), tuple(said))


def _talk(
    source: str,
    name: str,
    item: dict[str, object],
    title: str,
    times: tuple[str, str],
    said: tuple[Said, ...],
) -> Talk:
    created, updated = (_time(item.get(key)) for key in times)
    return Talk(source, name, _text(item.get(title)), created, updated or created, said)


def _time(value: object) -> float:
    """Read seconds, or a time as ISO 8601 writes it; 0 where it is neither."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) if 0 <= value < 1e11 else 0.0
    try:
        return datetime.fromisoformat(_text(value)).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0


def _text(value: object) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _dict(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}
