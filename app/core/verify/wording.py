"""Whether a draft keeps to what was asked of its words, letters and signs."""

import re
from collections.abc import Iterator
from typing import Final

from app.core.verify.amount import NUMBER, RELATION, Amount, amount, pattern
from app.core.verify.fault import Draft, Fault, Kind, wish

_QUOTED: Final = re.compile(r"(?<!\w)[\"'“‘«„`]([^\"”“»«„`\n]{1,120}?)[\"'”’»“`](?!\w)")
_NOT: Final = r"(?:do not|don't|dont|never|not|avoid|without|refrain from|must not|should not|cannot|exclude)"
_USE: Final = r"(?:us(?:e|ing)|includ(?:e|ing)|mention(?:ing)?|say(?:ing)?|contain(?:ing)?|writ(?:e|ing))"
_FORBIDDEN: Final = re.compile(
    rf"\b{_NOT}\b[^.\n]{{0,25}}?\b{_USE}?\b[^.\n\"'“]{{0,30}}\b(?:key)?words?\b(?P<words>[^\n]{{0,200}})",
    re.IGNORECASE,
)
_WANTED: Final = re.compile(
    rf"\b{_USE}\b[^.\n\"'“]{{0,25}}\b(?:key)?words?\b:?(?P<words>[^\n]{{0,200}})", re.IGNORECASE
)
_TIMES: Final = pattern("times", "")
_NAMED: Final = re.compile(
    r"\b(?P<what>(?:key)?word|letter|character)s?\s+[\"'“‘`]?(?P<name>[\w'!#?-]{1,30}?)[\"'”’`]?\s+"
    r"(?:should\s+|must\s+|to\s+|has to\s+)?(?:appears?|occurs?|shows? up|be used|is used|used)?"
    r"[^.\n]{0,25}?$",
    re.IGNORECASE,
)
_LOWER: Final = re.compile(
    r"\b(?:all|only|entirely|in|using)\b[^.\n]{0,20}\blower[ -]?case\b|"
    r"\bno (?:capital|upper[ -]?case) letters?\b|\blower[ -]?case letters? only\b|"
    r"\bin kleinbuchstaben\b|\ben minuscules?\b",
    re.IGNORECASE,
)
_UPPER: Final = re.compile(
    r"\b(?:all|only|entirely|in)\b[^.\n]{0,20}\b(?:capital letters|caps\b|upper[ -]?case)|"
    r"\bno lower[ -]?case letters?\b|\bin großbuchstaben\b|\ben (?:majuscules|mayúsculas)\b",
    re.IGNORECASE,
)
_CAPITAL_WORDS: Final = pattern(
    "(?:words? )?(?:in |with )?(?:all )?(?:capital|capitalized|uppercase|all caps)\\b"
)
_NO_SIGN: Final = re.compile(
    rf"\b(?:no|without|{_NOT})\b(?:\s+(?:any|using|use|contain|include|including|a|the|of|single)\b){{0,4}}\s+"
    r"(?P<sign>commas?|exclamation (?:marks?|points?)|question marks?|semicolons?|emojis?|digits|"
    r"numbers|hyphens|dashes)\b",
    re.IGNORECASE,
)
_SIGNS: Final = {
    "comma": ",", "exclam": "!", "question": r"\?", "semi": ";",
    "emoji": "[\U0001f300-\U0001faff\u2600-\u27bf]",
    "digit": r"\d", "number": r"\d", "hyphen": "-", "dash": "[-–—]",
}  # fmt: skip
_END: Final = re.compile(
    r"\b(?:end|finish|conclude)(?:s|ed|ing)?\b[^.\n\"“]{0,60}?\b(?:with|by|phrase|words?|saying)\b[^.\n\"“]{0,30}"
    r"[\"“](?P<text>[^\"”\n]{2,120})[\"”]",
    re.IGNORECASE,
)
_START: Final = re.compile(
    r"\b(?:start|begin)(?:s|ning|ing)?\b[^.\n\"“]{0,60}?\bwith\b[^.\n\"“]{0,30}[\"“](?P<text>[^\"”\n]{2,120})[\"”]",
    re.IGNORECASE,
)
_END_PLAIN: Final = re.compile(
    r"\b(?:end|finish|conclude)\b[^.:?!\n\"“]{0,70}\b(?:with|like|phrase|sentence|saying|this|words?)\s*:\s*"
    r"(?P<text>\w[^.\n\"“]{1,100})",
    re.IGNORECASE,
)
_ORDINALS: Final = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_NTH: Final = rf"(?:paragraph (?P<number>\d{{1,2}})|(?P<ordinal>{'|'.join(_ORDINALS)}) paragraph)"
_FIRST_WORD: Final = (
    r"\s+(?:with|by|using)\s+(?:the\s+)?(?:(?:exact\s+)?(?:word|phrase)s?\s*:?\s*)?"
    r"[\"'“‘](?P<text>[^\"'”’\n]{1,60})[\"'”’]"
)
_PARAGRAPH_STARTS: Final = (
    re.compile(rf"\b(?:start|begin)\w*\s+(?:the\s+)?{_NTH}{_FIRST_WORD}", re.IGNORECASE),
    re.compile(rf"\b{_NTH}\s+(?:\w+\s+){{0,3}}?(?:start|begin)\w*{_FIRST_WORD}", re.IGNORECASE),
)
_NO_LETTER: Final = re.compile(
    rf"\b(?:no|{_NOT})\b[^.\n]{{0,30}}?\bletters?\s+(?:[\"'“‘](?P<quoted>[a-z])[\"'”’]|(?P<plain>[b-hj-z])\b)",
    re.IGNORECASE,
)
_PART: Final = re.compile(
    r"\b(?:paragraph|section|line|sentence|stanza|verse|each|every|bullet)\b", re.IGNORECASE
)


def check(question: str, draft: Draft) -> Iterator[Fault | None]:
    """Yield what was asked of words, letters and signs and is not so; None for each wish that is kept."""
    for rule in (_case, _signs, _keywords, _frequencies, _edges, _beginnings):
        yield from rule(question, draft)


def _case(question: str, draft: Draft) -> Iterator[Fault | None]:
    # Where capitals are counted the rest may well be small.
    if _LOWER.search(question):
        told = "The draft has capital letters, which you did not want."
        yield wish(draft.text == draft.lower, Kind.FORMAT, told, 2.0)
    capitals = next(_CAPITAL_WORDS.finditer(question), None)
    if capitals:
        count = len([each for each in re.findall(r"[^\W\d_]{2,}", draft.text) if each.isupper()])
        told = "The draft has another number of words in capitals than you want."
        yield wish(count in amount(capitals), Kind.WORDS, told, 1.5)
    elif _UPPER.search(question):
        told = "The draft has small letters, which you did not want."
        yield wish(draft.text == draft.text.upper(), Kind.FORMAT, told, 2.0)


def _signs(question: str, draft: Draft) -> Iterator[Fault | None]:
    for match in _NO_SIGN.finditer(question):
        name = match["sign"].lower()
        sign = next(sign for start, sign in _SIGNS.items() if name.startswith(start))
        told = "The draft has signs that you did not want."
        yield wish(not re.search(sign, draft.text), Kind.FORMAT, told, 2.0)
    for match in _NO_LETTER.finditer(question):
        told = "The draft has a letter that you did not want."
        yield wish((match["quoted"] or match["plain"]).lower() not in draft.lower, Kind.WORDS, told, 1.5)


def _keywords(question: str, draft: Draft) -> Iterator[Fault | None]:
    forbidden = [word for match in _FORBIDDEN.finditer(question) for word in _listed(match["words"])]
    if forbidden:
        kept = not any(_stands(word, draft) for word in forbidden)
        yield wish(kept, Kind.WORDS, "The draft has words that you did not want.", 2.0)
    listed = (word for match in _WANTED.finditer(question) for word in _listed(match["words"]))
    if wanted := [word for word in listed if word not in forbidden]:
        kept = all(_stands(word, draft) for word in wanted)
        yield wish(kept, Kind.WORDS, "The draft lacks words that you asked for.", 1.5)


def _frequencies(question: str, draft: Draft) -> Iterator[Fault | None]:
    for times in _TIMES.finditer(question):
        start = max(0, times.start() - 90)
        before = question[start : times.start()]
        named = _NAMED.search(before)
        if named is None:
            continue
        name = named["name"].lower()
        if named["what"].lower() in ("letter", "character"):
            count = draft.lower.count(name)
        else:
            count = len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", draft.lower))
        wanted = amount(times)
        kept = count in (Amount(wanted.low, float("inf")) if wanted.bare else wanted)
        told = "A word or letter stands in the draft more or less often than you want."
        yield wish(kept, Kind.WORDS, told, 1.5)


def _edges(question: str, draft: Draft) -> Iterator[Fault | None]:
    for rule, at_end in ((_END, True), (_END_PLAIN, True), (_START, False)):
        match = rule.search(question)
        if match is None or _PART.search(question[max(0, match.start() - 40) : match.end()]):
            continue
        said, wanted = _plain(draft.text), _plain(match["text"])
        place = "end" if at_end else "begin"
        kept = said.endswith(wanted) if at_end else said.startswith(wanted)
        yield wish(kept, Kind.FORMAT, f"The draft does not {place} as you asked.", 1.5)


def _beginnings(question: str, draft: Draft) -> Iterator[Fault | None]:
    """Look at the first words of paragraphs that are named by their place."""
    for rule in _PARAGRAPH_STARTS:
        for match in rule.finditer(question):
            ordinal, parts = match["ordinal"], draft.paragraphs
            nth = _ORDINALS.index(ordinal.lower()) + 1 if ordinal else max(1, int(match["number"]))
            kept = nth <= len(parts) and _plain(parts[nth - 1]).startswith(_plain(match["text"]))
            yield wish(kept, Kind.FORMAT, "A paragraph of the draft does not begin as you asked.", 1.5)


def _listed(text: str) -> list[str]:
    """Return the words of a list such as "'sea', 'ship' and 'sail'", at the beginning of a text."""
    end = re.search(r"[.;?!](?:\s|$)", text)
    text = text[: end.start()] if end else text
    if re.search(rf"\b(?:{RELATION}\s+)?{NUMBER}\s+times\b", text, re.IGNORECASE):
        return []  # how often is looked at elsewhere
    if bracketed := re.match(r"[\s:]*\[([^\]]{1,160})\]", text):
        return [each.strip(" '\"").lower() for each in bracketed[1].split(",") if each.strip(" '\"")]
    return [each.lower() for each in _QUOTED.findall(text)]


def _stands(word: str, draft: Draft) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", draft.lower))


def _plain(text: str) -> str:
    return re.sub(r"[^\w?!]+", " ", text.lower()).strip()
