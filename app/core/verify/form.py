"""Whether a draft has the form that was asked for, and what it holds of code can be read as code."""

import ast
import json
import re
import textwrap
from collections.abc import Iterator
from typing import Final

from app.core.verify.fault import Block, Draft, Fault, Kind, wish

_JSON: Final = re.compile(
    r"\b(?:in|as|to|into|valid|only|using)\s+(?:an?\s+|the\s+|valid\s+|plain\s+)*JSON\b|"
    r"\bJSON\s+(?:format|object|array|output|only|string|document)\b|"
    r"\b(?:return|output|respond|reply|answer|wrap|format|give)\b[^.\n]{0,50}\bJSON\b",
    re.IGNORECASE,
)
_PYTHON: Final = re.compile(r"\bpython\b", re.IGNORECASE)
_TABLE: Final = re.compile(
    r"\b(?:in|as|make|create|draw|format\w*|with|into|using)\b[^.\n]{0,30}\b(?:markdown |comparison )?table\b"
    r"(?!\s+of contents|\s*spoon|\s*tennis)",
    re.IGNORECASE,
)
_BULLETED: Final = re.compile(
    r"\b(?:bullet(?:ed)?[ -]?(?:points?|list)|bullets|numbered list|Stichpunkte)\b", re.I
)
_NO: Final = re.compile(r"\b(?:no|without|not|don't|avoid)\b[^.\n]{0,20}$", re.IGNORECASE)
_TITLE: Final = re.compile(r"\btitle\b[^\n]{0,120}<<|<<[^\n]{0,60}\btitle\b", re.IGNORECASE)
_POSTSCRIPT: Final = re.compile(r"\bpost ?script\b|\bP\.\s?P?\.?\s?S\b")
_WRAPPED: Final = re.compile(
    r"\b(?:wrap|enclose|surround|put|place|write|answer|respon[ds]e?)\w*\b[^.\n]{0,60}\b(?:in(?:side|to)?|with(?:in)?|by)"
    r"\s+(?:a pair of\s+)?(?:double )?quot(?:ation marks?|es)\b|"
    r"\bquot(?:ation marks?|es)\b[^.\n]{0,30}\b(?:around|at (?:the )?(?:start|beginning) and)\b[^.\n]{0,40}"
    r"\b(?:response|answer|reply|output|text|everything)\b",
    re.IGNORECASE,
)
_TWO: Final = re.compile(
    r"\btwo (?:different )?(?:responses|answers|versions|replies)\b[^\n]{0,200}\*{4,}", re.I
)
_REPEAT: Final = re.compile(
    r"\brepeat\b[^.\n]{0,60}\b(?:request|question|prompt|sentence)\b[^.\n]{0,80}\b"
    r"(?:word for word|without change|exactly|verbatim|before|first|then|as it is)\b|\bfirst,? repeat\b",
    re.IGNORECASE,
)
_ROWS: Final = re.compile(r"^\s*\|?.*\|.*\n\s*\|?\s*:?-{2,}", re.MULTILINE)
_SIGNED: Final = (
    (_TITLE, re.compile(r"<<[^<>\n]+>>"), "The draft has no title in the form that you asked for.", 2.0),
    (_POSTSCRIPT, re.compile(r"P\.\s?(?:P\.\s?)?S"), "The draft has no postscript.", 1.5),
    (_WRAPPED, re.compile(r"\A[\"“].*[\"”]\Z", re.DOTALL), "The draft is not in quotation marks.", 2.0),
)
"""How something is asked for, what shows that it is there, and what is said where it is not."""
_OPTIONS: Final = re.compile(
    r"\b(?:one of|choose from|following options|the options)\b[^\n]{0,80}", re.IGNORECASE
)
_PAIRS: Final = {")": "(", "]": "[", "}": "{"}
_BRACKETED: Final = (
    "js", "javascript", "ts", "typescript", "java", "c", "cpp", "c++", "csharp", "c#", "cs", "go",
    "rust", "rs", "php", "swift", "kotlin", "scala", "css", "scss",
)  # fmt: skip
_STRING: Final = re.compile(
    r"//[^\n]*|/\*.*?(?:\*/|\Z)|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`", re.DOTALL
)
_LONGEST: Final = 20_000


def check(question: str, draft: Draft) -> Iterator[Fault | None]:
    """Yield what has not the form that was asked for, and code that is none; None for a wish that is kept."""
    if _asks_json(question):
        yield wish(_holds_json(draft), Kind.JSON, "The draft is not valid JSON.", 2.5)
    yield from _shapes(question, draft)
    broken = sum(not _is_sound(block, question) for block in draft.blocks)
    if broken or draft.text.count("```") % 2:
        yield Fault(Kind.CODE, "The draft's code has an error in its form.", 2.0)


def _shapes(question: str, draft: Draft) -> Iterator[Fault | None]:
    if _wants(_TABLE, question):
        yield wish(bool(_ROWS.search(draft.text)), Kind.FORMAT, "The draft has no table.", 1.5)
    if _wants(_BULLETED, question):
        yield wish(draft.bullets > 0, Kind.FORMAT, "The draft has no list.", 1.5)
    for asked, holds, told, weight in _SIGNED:
        if asked.search(question):
            yield wish(bool(holds.search(draft.text)), Kind.FORMAT, told, weight)
    if _TWO.search(question):
        parts = [each for each in re.split(r"\*{4,}", draft.text) if each.strip()]
        yield wish(len(parts) == 2, Kind.FORMAT, "The draft is not two answers.", 2.0)
    if _REPEAT.search(question):
        told = "The draft does not repeat what you asked it to."
        yield wish(_repeats_it(question, draft), Kind.FORMAT, told, 1.5)
    yield from _choices(question, draft)


def _choices(question: str, draft: Draft) -> Iterator[Fault | None]:
    options = _OPTIONS.search(question)
    quoted = (
        re.findall(r"[\"'“‘]([^\"'”’\n]{2,60}[.!]?)[\"'”’]", question[options.start() :]) if options else []
    )
    if len(quoted) > 1:
        is_one = any(each.lower().strip(". ") in draft.lower for each in quoted)
        yield wish(is_one, Kind.FORMAT, "The draft is none of the answers that you allow.", 2.0)


def _wants(shape: re.Pattern[str], question: str) -> bool:
    match = shape.search(question)
    return bool(match and not _NO.search(question[: match.start()]))


def _repeats_it(question: str, draft: Draft) -> bool:
    """Say whether the draft begins as a sentence of the question does, or as what is quoted in it."""
    start = " ".join(re.findall(r"\w+", draft.lower)[:3])
    asks_all = re.search(r"\brepeat\b[^.\n]{0,30}\b(?:request|question|prompt)\b", question, re.IGNORECASE)
    starts = r"(?:\A|[.?!:]\s+|\n)\W*" if asks_all else r"(?:\A|[.?!:]\s+|\n|[\"“'‘])\W*"
    sentences = (question[each.end() :].lower() for each in re.finditer(starts, question))
    return any(" ".join(re.findall(r"\w+", each[:200])).startswith(start) for each in sentences)


def _asks_json(question: str) -> bool:
    match = _JSON.search(question)
    return bool(match and not _NO.search(question[: match.start()]))


def _holds_json(draft: Draft) -> bool:
    texts = [draft.text, *(block.text for block in draft.blocks if block.language in ("", "json"))]
    return any(_is_json(text) for text in texts)


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return False


def _is_sound(block: Block, question: str) -> bool:
    text = block.text
    if len(text) > _LONGEST or not text.strip():
        return True
    if block.language in ("python", "py") or (
        not block.language and _PYTHON.search(question) and "def " in text
    ):
        return _is_python(text)
    if block.language == "json":
        return _is_json(text) or bool(re.search(r"//|\.\.\.", text))
    return block.language not in _BRACKETED or _is_balanced(text)


def _is_python(text: str) -> bool:
    """Only parse it: what a model wrote is never run."""
    if re.search(r"^\s*(?:>>>|In \[|[%!]\w)", text, re.MULTILINE):
        return True  # a session, not a program
    try:
        ast.parse(textwrap.dedent(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _is_balanced(text: str) -> bool:
    open_now: list[str] = []
    for sign in re.findall(r"[()\[\]{}]", _STRING.sub(" ", text)):
        if sign not in _PAIRS:
            open_now.append(sign)
        elif not open_now or open_now.pop() != _PAIRS[sign]:
            return False
    return not open_now
