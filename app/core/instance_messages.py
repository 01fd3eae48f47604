"""What two processes of one profile say to each other, as JSON that is checked piece by piece."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from app.core.errors import Cancelled, ConfidantError, EngineError, Fix
from app.core.events import Notice
from app.core.types import Chunk, Generation, Message, Prompt, Role, Usage


@dataclass(frozen=True, slots=True)
class Show:
    """Bring the window to the front."""


@dataclass(frozen=True, slots=True)
class QuickAsk:
    """Open the quick-ask popup, with a text in its field."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Generate:
    """Let the local model that the window holds answer."""

    prompt: Prompt


Request = Show | QuickAsk | Generate
Reply = Chunk | Notice


@dataclass(frozen=True, slots=True)
class End:
    """Nothing more comes; `error` is what to raise, if something went wrong."""

    error: ConfidantError | Cancelled | None = None


class Garbled(ValueError):
    """The other side sent something that is no message."""


def pack_request(request: Request) -> bytes:
    """Write a request as JSON."""
    match request:
        case Show():
            return _dump({"show": True})
        case QuickAsk(text):
            return _dump({"quick_ask": text})
        case Generate(prompt):
            messages = [[each.role.value, each.text] for each in prompt.messages]
            wish = prompt.generation
            return _dump(
                {
                    "generate": messages,
                    "max_tokens": wish.max_tokens,
                    "temperature": wish.temperature,
                    "grammar": wish.grammar,
                    "logprobs": wish.logprobs,
                }
            )


def unpack_request(data: bytes) -> Request:
    """Read a request.

    Raises:
        Garbled: it is none.
    """
    fields = _load(data)
    if "show" in fields:
        return Show()
    if "quick_ask" in fields:
        return QuickAsk(_text(fields, "quick_ask"))
    messages = fields.get("generate")
    if not isinstance(messages, list):
        raise Garbled("no such request")
    grammar = _text(fields, "grammar") if "grammar" in fields else ""
    logprobs = fields.get("logprobs") is True
    wish = Generation(_whole(fields, "max_tokens"), _number(fields, "temperature"), grammar, logprobs)
    return Generate(Prompt(tuple(_message(each) for each in cast(list[object], messages)), wish))


def pack_reply(reply: Reply | End) -> bytes:
    """Write a reply as JSON."""
    match reply:
        case Chunk(text, usage, truncated, logprobs):
            tokens = None if usage is None else [usage.prompt_tokens, usage.answer_tokens]
            return _dump({"chunk": text, "usage": tokens, "truncated": truncated, "logprobs": list(logprobs)})
        case Notice(told, lasting):
            return _dump({"notice": told, "lasting": lasting})
        case End(None):
            return _dump({"end": True})
        case End(ConfidantError() as error):
            return _dump({"failed": error.kind, "told": error.told, "fix": error.fix.value})
        case End(_):
            return _dump({"cancelled": True})


def unpack_reply(data: bytes) -> Reply | End:
    """Read a reply.

    Raises:
        Garbled: it is none.
    """
    fields = _load(data)
    if "chunk" in fields:
        usage, truncated = _usage(fields.get("usage")), fields.get("truncated") is True
        return Chunk(_text(fields, "chunk"), usage, truncated, _logprobs(fields.get("logprobs")))
    if "notice" in fields:
        return Notice(_text(fields, "notice"), fields.get("lasting") is True)
    if "failed" in fields:
        return End(_error(_text(fields, "failed"), _text(fields, "told"), _text(fields, "fix")))
    if "cancelled" in fields:
        return End(Cancelled())
    if "end" in fields:
        return End()
    raise Garbled("no such reply")


def _dump(fields: Mapping[str, object]) -> bytes:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _load(data: bytes) -> Mapping[str, object]:
    try:
        fields: object = json.loads(data)
    except (ValueError, RecursionError):
        raise Garbled("not JSON") from None
    if not isinstance(fields, dict):
        raise Garbled("not an object")
    return cast(Mapping[str, object], fields)


def _text(fields: Mapping[str, object], key: str) -> str:
    value = fields.get(key)
    if not isinstance(value, str):
        raise Garbled(f"{key} is no text")
    return value


def _number(fields: Mapping[str, object], key: str) -> float:
    value = fields.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Garbled(f"{key} is no number")
    return float(value)


def _whole(fields: Mapping[str, object], key: str) -> int:
    value = fields.get(key)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Garbled(f"{key} is no whole number")
    return value


def _message(pair: object) -> Message:
    match pair:
        case [str(role), str(text)] if role in set(Role):
            return Message(Role(role), text)
        case _:
            raise Garbled("no message")


def _usage(pair: object) -> Usage | None:
    match pair:
        case None:
            return None
        case [int(prompt), int(answer)]:
            return Usage(prompt, answer)
        case _:
            raise Garbled("no usage")


def _logprobs(values: object) -> tuple[float, ...]:
    if values is None:
        return ()
    if not isinstance(values, list):
        raise Garbled("no list")
    numbers = [value for value in cast(list[object], values) if type(value) in (int, float)]
    found = tuple(float(cast(float, value)) for value in numbers)
    if len(numbers) != len(values) or not all(value <= 0 for value in found):
        raise Garbled("no logarithms of probabilities")
    return found


def _error(kind: str, told: str, fix: str) -> ConfidantError:
    """Make the error that the other process had, as far as its class is known here."""
    chosen = next((each for each in _family(ConfidantError) if each.kind == kind), EngineError)
    return chosen(told, Fix(fix) if fix in set(Fix) else Fix.NONE)


def _family(parent: type[ConfidantError]) -> list[type[ConfidantError]]:
    children = parent.__subclasses__()
    return children + [deeper for child in children for deeper in _family(child)]
