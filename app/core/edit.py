"""What an edit may not touch: a rule check of the cloud's words before and after, and who wrote which."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from difflib import SequenceMatcher
from typing import Final

from app.core.content_words import IDLE, content_words, stem, words
from app.core.types import Origin, Piece
from app.privacy.placeholders import mentions

_LENGTH: Final = 0.35
"""How much longer or shorter an edited text may be."""
_FEW: Final = 12
"""Characters of change that are no matter in a short text."""
_STAY: Final = 0.6
"""Share of the words with content that stay, and of those in the edited text that were there before."""
_NUMBER: Final = re.compile(
    r"[-+]?[$€£]?\d[\d.,:/]*\d%?|[-+]?[$€£]?\d%?|\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve|thirteen|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|"
    r"million|billion|half|twice|double|first|second|third|quarter|dozen)\b",
    re.IGNORECASE,
)
_DATE: Final = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|"
    r"\b(?:today|tomorrow|yesterday|tonight|noon|midnight|morning|evening|weekly|daily|monthly|yearly)\b",
    re.IGNORECASE,
)
_CODE: Final = re.compile(r"(```|~~~)[\s\S]*?(?:\1|\Z)|`[^`\n]*`|\$\$?[^$\n]+\$\$?|<[^<>\n]*>")
_QUOTATION: Final = re.compile(
    r"\"[^\"\n]*\"|“[^”\n]*”|„[^“”\n]*[“”]|«[^»\n]*»|(?<!\w)['‘][^'’\n]*['’](?!\w)|^[ \t]*>.*$", re.MULTILINE
)
_ADDRESS: Final = re.compile(
    r"(?:\w+://|www\.|mailto:)\S+|[^\s@]+@[^\s@]+\.\w+|\b[\w-]+(?:\.[\w-]+)+(?:/\S*)?|[#@]\w+"
)
_NEGATION: Final = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|nowhere|neither|nor|cannot|without|hardly|barely|scarcely|unless|"
    r"except|refuse\w*|den(?:y|ies|ied)|\w+n['’]t)\b",
    re.IGNORECASE,
)
_WEIGHT: Final = re.compile(
    r"\b(?:must|may|might|shall|should|can|only|all|always|every|each|any|some|most|both|"
    r"either|before|after|until|since|if|more|less|least|fewer|increas\w+|decreas\w+|above|below|over|under|"
    r"and|or|but|because|although|accept\w*|reject\w*|agree\w*|disagree\w*|buy|sell|yes)\b",
    re.IGNORECASE,
)
_MARK: Final = re.compile(r"[ \t]*(?:[-*+•]\s|\d{1,3}[.)]\s|[a-zA-Z][.)]\s|#{1,6}\s|>|\||$)?")
_CAPITAL: Final = re.compile(r"[^\W\d_][\w'’-]*")
_OPENERS: Final = IDLE | {
    "thanks",
    "thank",
    "sorry",
    "sure",
    "great",
    "good",
    "glad",
    "happy",
    "hope",
    "let's",
}
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?:…]|\n)[\s\"“'*_(\[-]*\Z")
_TOKEN: Final = re.compile(r"\s+|\w+|[^\w\s]")
_LINK: Final = re.compile(r"://|\]\(|\]:|<|www\.|mailto:", re.IGNORECASE)


def may_be_address(before: str) -> bool:
    """Say whether what follows on this may belong to a link, which could carry it away."""
    return bool(_LINK.search(before.rpartition("\n\n")[2]))


def faithful(before: str, after: str, kept: Collection[str] = ()) -> tuple[str, ...]:
    """Return what an edit broke; nothing where all that counts is as it was.

    Args:
        kept: strings that must stay, such as details that were put back.
    """
    broken = [name for name, read in _INVARIANTS.items() if read(before) != read(after)]
    if any(before.count(each) != after.count(each) for each in kept if each):
        broken.append("details")
    if abs(len(after) - len(before)) > max(_FEW, _LENGTH * len(before)):
        broken.append("length")
    if _strangers(before, after) or _strangers(after, before):
        broken.append("names")
    if min(_share(before, after), _share(after, before)) < _STAY:
        broken.append("content")
    return tuple(broken)


def woven(before: Sequence[Piece], after: str) -> list[Piece]:
    """Give each word of an edited text its origin: what was there keeps its own, what is new is local."""
    text = "".join(piece.text for piece in before)
    if text == after:
        return list(before)
    old, new = _TOKEN.findall(text), _TOKEN.findall(after)
    origins = [piece.origin for piece in before for _ in piece.text]
    starts = [0]
    for token in old:
        starts.append(starts[-1] + len(token))
    made: list[Piece] = []
    for kind, first, last, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            for place in range(starts[first], starts[last]):
                _add(made, text[place], origins[place])
        else:
            _add(made, "".join(new[begin:end]), Origin.LOCAL)
    return made


def _add(made: list[Piece], text: str, origin: Origin) -> None:
    if made and made[-1].origin is origin:
        made[-1] = Piece(made[-1].text + text, origin)
    elif text:
        made.append(Piece(text, origin))


def _all(pattern: re.Pattern[str]) -> Callable[[str], Counter[str]]:
    return lambda text: Counter(match.group().casefold() for match in pattern.finditer(text))


def _exactly(pattern: re.Pattern[str]) -> Callable[[str], list[str]]:
    return lambda text: [match.group() for match in pattern.finditer(text)]


def _numbers(text: str) -> list[str]:
    """Return the numbers in their order: two that change places are two that changed."""
    return [match.group().casefold() for match in _NUMBER.finditer(text)]


def _negated(text: str) -> Counter[str]:
    """Return what each negation is about, so that none moves to another statement."""
    about = []
    for match in _NEGATION.finditer(text):
        following = content_words(text[match.end() : match.end() + 80])
        about.append(stem(following[0]) if following else "")
    return Counter(about)


def _marks(text: str) -> list[str]:
    return [found.group().strip() if (found := _MARK.match(line)) else "" for line in text.split("\n")]


def _codes(text: str) -> Counter[str]:
    return Counter(mention.code for mention in mentions(text))


def _strangers(known: str, text: str) -> set[str]:
    """Return capitalized words of a text that another does not have.

    At the beginning of a sentence only words that stand in every text are let pass.
    """
    there = set(words(known))
    strange = set()
    for match in _CAPITAL.finditer(text):
        word = match.group()
        bare = re.sub(r"['’]s?\Z|['’](?:m|ve|re|ll|d)\Z", "", word).casefold()
        if not word[0].isupper() or bare in there or word in known:
            continue
        if bare in _OPENERS and _SENTENCE_START.search(text[: match.start()][-12:]):
            continue
        strange.add(word)
    return strange


def _share(one: str, other: str) -> float:
    """Return which part of the words with content of one text stand in another."""
    ours, theirs = set(map(stem, content_words(one))), set(map(stem, content_words(other)))
    return len(ours & theirs) / len(ours) if ours else 1.0


_INVARIANTS: Final[dict[str, Callable[[str], object]]] = {
    "numbers": _numbers,
    "dates": _all(_DATE),
    "code": _exactly(_CODE),
    "quotations": _exactly(_QUOTATION),
    "addresses": _exactly(_ADDRESS),
    "negations": _negated,
    "weights": _all(_WEIGHT),
    "lists": _marks,
    "placeholders": _codes,
}
