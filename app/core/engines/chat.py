"""Turn a conversation into the tokens that a model was trained to see."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, cast

from app.core.engines.llama import LoadedModel
from app.core.types import Message, Role

if TYPE_CHECKING:
    from llama_cpp.llama_types import ChatCompletionRequestMessage

PLAIN_STOPS: Final = ("\nUser:", "\nSystem:")
"""With these a model without a template would go on to write the person's part."""

_MARK: Final = "\ue0c1{}\ue0c2"
_MARKS: Final = re.compile("\ue0c1(\\d+)\ue0c2")
_NAMES: Final = {Role.SYSTEM: "System", Role.USER: "User", Role.ASSISTANT: "Assistant"}


class ChatFormat:
    """The model's own chat template, and ways around templates that do not take a conversation."""

    def __init__(self, model: LoadedModel) -> None:
        self._model = model
        self._render = _template(model)
        controls = sorted(model.control_texts(), key=len, reverse=True)
        self._controls = re.compile("|".join(map(re.escape, controls))) if controls else None
        self.stops = () if self._render else PLAIN_STOPS
        """Words at which an answer to the last encoded conversation ends."""

    def encode(self, messages: Sequence[Message]) -> list[int]:
        """Return the tokens of a conversation, ready for the assistant's answer.

        The spelling of a control token inside a message stays text: nobody ends his own message, or speaks
        as the system, by typing `<|im_end|>`.
        """
        hidden: list[str] = []
        text = self._text([Message(m.role, self._hide(m.text, hidden)) for m in messages])
        tokens: list[int] = []
        for index, part in enumerate(_MARKS.split(text)):
            if index % 2 and int(part) < len(hidden):
                tokens += self._model.tokenize(hidden[int(part)], control=False)
            elif part:
                tokens += self._model.tokenize(part, control=True)
        begin = self._model.begin
        return tokens if begin < 0 or tokens[:1] == [begin] else [begin, *tokens]

    def size(self, text: str) -> int:
        """Return how many tokens a text has by itself."""
        return len(self._model.tokenize(text, control=False))

    def _hide(self, text: str, hidden: list[str]) -> str:
        text = text.replace("\ue0c1", "").replace("\ue0c2", "")
        if self._controls is None:
            return text

        def mark(match: re.Match[str]) -> str:
            hidden.append(match.group())
            return _MARK.format(len(hidden) - 1)

        return self._controls.sub(mark, text)

    def _text(self, messages: Sequence[Message]) -> str:
        if self._render is None:
            return _plain(messages)
        self.stops = ()
        try:
            return self._render(messages)
        except Exception:  # a template is a program: it may refuse a role or an order, or simply be wrong
            try:
                return self._render(_alternating(messages))
            except Exception:
                self.stops = PLAIN_STOPS
                return _plain(messages)


def _template(model: LoadedModel) -> Callable[[Sequence[Message]], str] | None:
    if not model.template:
        return None
    from llama_cpp.llama_chat_format import Jinja2ChatFormatter

    begin, end = model.special_texts()
    try:
        # A template comes with the file, so it is a stranger's program. This formatter runs it in jinja2's
        # ImmutableSandboxedEnvironment: no attribute of Python's own, no file, no change of what it is given.
        formatter = Jinja2ChatFormatter(template=model.template, eos_token=end, bos_token=begin)
    except Exception:  # whatever the template's syntax provokes
        return None

    def render(messages: Sequence[Message]) -> str:
        plain = [
            cast("ChatCompletionRequestMessage", {"role": message.role.value, "content": message.text})
            for message in messages
        ]
        text = str(formatter(messages=plain).prompt)
        if not text.strip():
            raise ValueError("the template gave nothing")
        return text

    return render


def _alternating(messages: Sequence[Message]) -> list[Message]:
    """Put the system's words into the first question and join neighbours, for templates that insist."""
    merged: list[Message] = []
    for message in messages:
        role = Role.USER if message.role is Role.SYSTEM else message.role
        if merged and merged[-1].role is role:
            merged[-1] = Message(role, f"{merged[-1].text}\n\n{message.text}")
        else:
            merged.append(Message(role, message.text))
    return merged


def _plain(messages: Sequence[Message]) -> str:
    lines = [f"{_NAMES[message.role]}: {message.text}" for message in messages]
    return "\n".join([*lines, "Assistant:"])
