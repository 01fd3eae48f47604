"""The last look at what is about to leave: the finished bytes, as the server will read them."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Final

from app.privacy.errors import PrivacyError
from app.privacy.forms import FormTable
from app.privacy.matcher import Matcher
from app.privacy.placeholders import mentions
from app.privacy.prompt import CUT, Template
from app.privacy.types import Kind

READABLE: Final = "A private detail would still be readable. Nothing was sent. You can answer it locally."
_ESCAPE: Final = re.compile(r"\\+(?:u([0-9A-Fa-f]{4})|[nrtbf])")
_KINDS: Final = frozenset(kind.value for kind in Kind)
_MODEL: Final = re.compile(r"[A-Za-z0-9@][A-Za-z0-9._:/@+\-]{0,199}")
_FIXED: Final = frozenset(template.words(coded) for template in Template for coded in (False, True))


def masked(text: str, is_ours: Callable[[str], bool], worn: FormTable) -> str:
    """Blank out placeholders, stand-ins and cuts; offsets stay."""
    pieces, at = [], 0
    for found in worn.find(text):
        pieces += [text[at : found.start], "\0" * (found.end - found.start)]
        at = found.end
    text = "".join([*pieces, text[at:]])
    pieces, at = [], 0
    for mention in mentions(text):
        if is_ours(mention.code):
            start = mention.start if mention.label in _KINDS else max(mention.start, mention.end - 4)
            pieces += [text[at:start], "\0" * (mention.end - start)]
            at = mention.end
    pieces.append(text[at:])
    return "".join(pieces).replace(CUT, "\0" * len(CUT))


def check_model(model: str, matcher: Matcher) -> None:
    """Refuse a model's name that is no plain name, or holds a private word."""
    if not _MODEL.fullmatch(model):
        raise PrivacyError("The model's name has characters that do not belong there. Nothing was sent.")
    if matcher.find(model):
        raise PrivacyError(READABLE)


def check_body(body: bytes, matcher: Matcher, is_ours: Callable[[str], bool], worn: FormTable) -> None:
    """Refuse a request in which a hidden value can be read, escaped or not."""
    for content in contents(body):
        if content in _FIXED:
            continue
        text = masked(content, is_ours, worn)
        if matcher.find(text) or ("\\" in text and matcher.find(_ESCAPE.sub(_unescaped, text))):
            raise PrivacyError(READABLE)


def contents(body: bytes) -> Iterator[str]:
    """Yield what the messages of a request say."""
    for message in json.loads(body)["messages"]:
        yield str(message["content"])


def is_fixed(text: str) -> bool:
    """Say whether this is one of the program's own sentences."""
    return text in _FIXED


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match.group(1), 16)) if match.group(1) else " "
