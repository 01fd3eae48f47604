"""Makes a follow-up stand alone, out of the person's own words alone: no model rewrites it."""

import re
from collections.abc import Sequence
from typing import Final

from app.core.exchanges import exchanges
from app.core.task import split
from app.core.types import StoredMessage

_SHORT: Final = 14
"""Words up to which a message that points back is a follow-up."""
_FRAGMENT: Final = 5
"""Words up to which one without a verb of its own is."""
_GIST: Final = 60
"""Words of the earlier question that are said again."""
DEPTH: Final = 3
"""Earlier questions that a follow-up may reach back to."""
_AND: Final = re.compile(
    r"\W*(?:(?:and|or|but|so|ok(?:ay)?|then)\s+)?(?:what|how)(?:\s+about|\s+of|['\u2019]s\s+about)\s+(?P<what>.+?)[\s?.!]*$"
    r"|\W*(?:and|or|und|et|y|e)\s+(?:was\s+ist\s+mit\s+|qu['\u2019]en\s+est-il\s+d[eu]\s+)?(?P<also>[^,;]+?)\s*\?+\s*$"
    r"|\W*(?:the\s+)?same\s+(?:for|with|in|about)\s+(?P<same>.+?)[\s?.!]*$",
    re.IGNORECASE,
)
"""A follow-up that puts something else in the place of a part of the question."""
_EXPLETIVE: Final = re.compile(
    r"\b(?:is|are|was|were|will|be)\s+(?:there|it)\b(?!\s*[?.!]?$)"
    r"|\bthere(?:['\u2019]s|\s+(?:is|are|was|were|will))\b",
    re.IGNORECASE,
)
"""Words that only look as if they pointed back."""
_POINTS: Final = re.compile(
    r"\b(?:its?|they|them|theirs?|he|him|his|she|hers?|this|these|those|there|the\s+same|both|neither|ones"
    r"|(?:this|that|which|the\s+(?:other|first|second|last|next))\s+one|another(?:\s+one)?|the\s+(?:former|latter|others?)"
    r"|again|instead|shorter|longer|simpler|(?:more|less)\s+\w+(?=\W*$)|more(?=\W*$)"
    r"|ihn|ihm|davon|dort|damals|kürzer|länger|cela|ça|eso|esto|allí)\b"
    r"|\bthat\b(?=\W*$|\s+(?:is|was|work|works|mean|means|happens?|true|so|too|in|into|to|for)\b)"
    r"|(?<=\babout\s)that\b|(?<=\bdoes\s)that\b|(?<=\bdid\s)that\b|(?<=\bis\s)that\b|(?<=\bwas\s)that\b",
    re.IGNORECASE,
)  # fmt: skip
_VERB: Final = re.compile(
    r"\b(?:is|are|was|were|am|be|do|does|did|can|could|should|would|will|may|might|must|has|have|had|ist|sind|kann|est|sont|es|son"
    r"|write|make|give|tell|explain|translate|show|find|list|name|calculate|describe|help|draft|fix|solve|summari[sz]e)\b",
    re.IGNORECASE,
)
_WHY: Final = re.compile(
    r"\W*(?:why|how|how\s+so|why\s+not|when|where|who|which|really|since\s+when|warum|wieso|pourquoi|por\s+qué)\W*$",
    re.I,
)
_OPENS: Final = re.compile(r"\W*(?:and|but|or|so|also|und|aber|et|mais|y|pero)\b", re.IGNORECASE)
_NAME: Final = re.compile(
    r"\b(?!I\b)[A-Z\u00c0-\u00de][\w'\u2019-]*(?:\s+(?:of\s+|the\s+|de\s+|von\s+)?[A-Z\u00c0-\u00de][\w'\u2019-]*)*"
)
_NUMBER: Final = re.compile(r"\b\d[\d.,]*\b")
_PLACED: Final = re.compile(
    r"(?P<first>in|on|at|for|with|without|during|from|to|by)\s+(?P<rest>(?:(?:the|a|an|my|our)\s+)?[^\W\d_]+)",
    re.I,
)
_STARTER: Final = re.compile(
    r"(?:what|who|when|where|why|which|how|is|are|was|were|do|does|did|can|could|should|would|will|may|has|have|had|the|an?"
    r"|in|on|at|for|please|tell|give|write|explain|name|list|translate|show|find|if|my)\s+",
    re.IGNORECASE,
)


def standalone(question: str, history: Sequence[StoredMessage]) -> str | None:
    """Return a follow-up together with what it follows, or nothing where it stands alone.

    Where it puts one thing in the place of another of its kind ("What about Texas?"), and it is plain which,
    the question is asked again with that; otherwise the earlier question comes before it.
    """
    asked = [said.text for said, _ in exchanges(history, lambda message: bool(message.text))]
    return _whole(question, asked[-DEPTH:])


def _whole(question: str, asked: Sequence[str]) -> str | None:
    question = question.strip()
    if not asked or not question or not is_follow_up(question):
        return None
    earlier = _whole(asked[-1], asked[:-1]) or asked[-1]
    gist = _gist(earlier)
    if not gist:
        return None
    return _substituted(gist, question) or f"{gist} {question}"


def is_follow_up(question: str) -> bool:
    """Say whether a message cannot be understood without what was asked before."""
    words = question.split()
    if len(words) > _SHORT or "\n" in question.strip():
        return False
    if _AND.match(question) or _WHY.match(question):
        return True
    if len(words) <= _FRAGMENT and not _VERB.search(question):
        return question.rstrip().endswith("?") or bool(_POINTS.search(question))
    if _OPENS.match(question):
        return True
    points = _POINTS.search(_EXPLETIVE.sub(lambda match: " " * len(match.group()), question))
    return points is not None and not any(start for start, _ in _names(question[: points.start()]))


def _names(text: str) -> list[tuple[int, int]]:
    """Return where names stand; the first word of a question is none because of its capital."""
    found = []
    for match in _NAME.finditer(text):
        start = match.start()
        if start == 0 and (opens := _STARTER.match(text)):
            start = opens.end()
        if start < match.end():
            found.append((start, match.end()))
    return found


def _gist(earlier: str) -> str:
    """Return what was asked, in whole sentences, without what was pasted."""
    kept: list[str] = []
    room = _GIST
    for said in split(earlier).request or (earlier.strip(),):
        room -= len(said.split())
        if room < 0:
            break
        kept.append(said if said[-1] in ".?!:" else f"{said}.")
    return " ".join(kept)


def _substituted(earlier: str, question: str) -> str:
    """Ask the earlier question about something else, where it is plain what takes whose place."""
    match = _AND.match(question)
    if match is None:
        return ""
    what = next(each for each in match.groups() if each).strip()
    if _NAME.fullmatch(what):
        spans = _names(earlier)
        return _put(earlier, spans[0], what) if len(spans) == 1 else ""
    if _NUMBER.fullmatch(what):
        spans = [match.span() for match in _NUMBER.finditer(earlier)]
        return _put(earlier, spans[0], what) if len(spans) == 1 else ""
    placed = _PLACED.fullmatch(what)
    if placed:
        same = [
            each
            for each in _PLACED.finditer(earlier)
            if each["first"].casefold() == placed["first"].casefold()
        ]
        if len(same) == 1 and earlier[same[0].end() :].strip() in ("", "?", ".", "!"):
            return _put(earlier, same[0].span(), what)
    return ""


def _put(earlier: str, span: tuple[int, int], what: str) -> str:
    return earlier[: span[0]] + what + earlier[span[1] :]
