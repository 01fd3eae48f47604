"""The two types that may cross the border, and the fixed texts around them.

Only `app.privacy.filter` makes them: `_SEAL` is the proof that it did, and a test looks for any other user.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final, Literal, NoReturn, final

from app.privacy.types import HIDING, Action, Decided, Kind

WireRole = Literal["system", "user", "assistant"]


class _Seal:
    """Held by the filter alone."""


_SEAL: Final = _Seal()

CUT: Final = "[removed]"
"""What stands in place of a blocked value."""


WORN: Final = "*"
"""In a set of codes, before a code: not the placeholder stands there, but the stand-in."""


CODES: Final = (
    "Some details in this conversation were replaced by codes such as "
    "PERSON-7QK2 or EMAIL-4XW9 to keep them private. Treat a code as the name, number or word that it "
    "stands for, and copy it exactly, letter by letter, wherever you would write that detail. Do not ask "
    "what a code stands for, and do not invent new ones. [removed] marks something that was cut."
)
"""What a model is told where codes stand in what it gets."""


class Template(Enum):
    """Fixed texts that may leave as they are; none of them holds a word of the person's."""

    PLAIN = "You are a helpful assistant."
    COACH = (
        "Somebody else will write the text that is described below; you help to plan it. You get only the "
        "task: the people, places and facts are kept back on purpose. Do not write the text itself, and do "
        "not ask for what is missing. Answer with an outline of three to six short points: what belongs in "
        "it, in which order, and in which tone."
    )
    """Auxiliary: the cloud plans, the model on this computer writes."""
    STRATEGY = (
        "Explain in at most 80 words how to solve questions of the kind below, as steps that fit any "
        "question of that kind. Do not solve this one."
    )
    """Distillation: what the model on this computer can learn from."""
    PLAN = (
        "A document is kept back; somebody else will search it for you. Say what has to be looked for in "
        "order to answer the question below. Answer with JSON only, a list of at most four steps: "
        '[{"do": "find" | "extract" | "count" | "quote", "what": "words to look for"}].'
    )
    """Pipeline over documents: data, never code."""
    EXTRACTS = (
        "You are a helpful assistant. Below stand a question and numbered passages of a document that is "
        "kept back. Answer from the passages alone, and name the number of the passage after each statement, "
        "such as [2]. Say so where they do not hold the answer."
    )
    """Pipeline over documents, second step."""

    def words(self, coded: bool) -> str:
        """Return the system message, with what a model must know about codes where some are used."""
        return f"{self.value} {CODES}" if coded else self.value


class _Frozen:
    """No attribute can be set, and no copy can be made around the constructor."""

    __slots__ = ()

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} cannot be changed")

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} cannot be copied or pickled")


@final
class SanitizedText(_Frozen):
    """A text that may leave: private details replaced, cut, or kept by the person's own decision."""

    __slots__ = ("codes", "decided", "text")
    text: str
    decided: tuple[Decided, ...]
    """What was found in the original and what was done, in order of `start`, not overlapping."""
    codes: frozenset[str]
    """Codes of the placeholders that stand in `text`, and behind `WORN` those of stand-ins."""

    def __init__(
        self, text: str, decided: tuple[Decided, ...], codes: frozenset[str], *, seal: _Seal
    ) -> None:
        _check(seal)
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "decided", decided)
        object.__setattr__(self, "codes", codes)

    @property
    def is_coded(self) -> bool:
        """Say whether something stands in it that a model must be told about."""
        return CUT in self.text or any(not code.startswith(WORN) for code in self.codes)

    @property
    def hidden(self) -> int:
        """How many findings cannot be read any more."""
        return sum(each.action in HIDING for each in self.decided)

    @property
    def kinds(self) -> Mapping[tuple[Kind, Action], int]:
        """Counts by kind and action."""
        return Counter((each.finding.kind, each.action) for each in self.decided)


@final
class SanitizedPrompt(_Frozen):
    """A whole request that passed the egress check; preview and wire both come from `body`."""

    __slots__ = ("body", "codes", "kinds", "model", "sha256")
    body: bytes
    """The JSON of a chat completion request, UTF-8, exactly as it goes on the wire."""
    model: str
    codes: frozenset[str]
    kinds: Mapping[tuple[Kind, Action], int]
    sha256: str
    """Of `body`, in hexadecimal."""

    def __init__(
        self,
        model: str,
        messages: tuple[tuple[WireRole, SanitizedText], ...],
        *,
        seal: _Seal,
    ) -> None:
        _check(seal)
        body = request_body(model, messages)
        kinds: Counter[tuple[Kind, Action]] = Counter()
        for _, text in messages:
            kinds.update(text.kinds)
        object.__setattr__(self, "body", body)
        object.__setattr__(self, "model", model)
        object.__setattr__(self, "codes", frozenset().union(*(text.codes for _, text in messages)))
        object.__setattr__(self, "kinds", MappingProxyType(kinds))
        object.__setattr__(self, "sha256", hashlib.sha256(body).hexdigest())


def request_body(model: str, messages: tuple[tuple[WireRole, SanitizedText], ...]) -> bytes:
    """Write a request as it goes on the wire; the filter looks at these bytes before it seals them.

    No `max_tokens` and no `temperature`: newer models refuse the first or anything but their own second,
    and every server has defaults.
    """
    request = {
        "model": model,
        "messages": [{"role": role, "content": text.text} for role, text in messages],
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    return json.dumps(request, ensure_ascii=False, separators=(",", ":")).encode()


def _check(seal: _Seal) -> None:
    if seal is not _SEAL:
        raise TypeError("only the privacy filter makes what may leave")
