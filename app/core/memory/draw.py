"""Draws facts from what the person writes about himself: by rules, and rather none than a wrong one.

A sentence counts only as far as it says something lasting in the first person, in words that are known to say
it: what is asked, supposed, quoted, pasted, played or reported is left alone, and so is the passing moment.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.core.memory.draw_languages import LANGUAGES
from app.core.memory.draw_rules import Rules, any_of, rules
from app.core.memory.phrases import LASTING, PASSING, WISHES

_LONGEST: Final = 160
"""Characters of a clause; what is longer says more than one thing."""
_MOST_WORDS: Final = 16
"""Of a clause that a model is asked about."""
_PASTED: Final = 1500
"""Characters of a message from which on it is taken for a text that was pasted."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A fact as the person said it."""

    text: str
    confidence: float
    about: str = ""
    """A name of which it is only known from an earlier fact that it belongs to the person."""


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE | re.MULTILINE)


_NOT_MINE: Final = _any(
    r"^\s*(?:dear|hi|hello|good (?:morning|evening)|to whom)\b[^.?!\n]{0,40},?[ \t]*\n",
    r"^>", r"```", r"^\s*(?:from|to|subject|sent|re|betreff|von|an):",
    r"\b(?:wrote|writes|schrieb|a écrit):\s*$",
    r"^\s*(?:kind|best|warm|with)? ?(?:regards|wishes|sincerely|yours|cheers|mfg|cordialement)\b.{0,20}$",
    r"\b(?:translate|proofread|paraphrase|rephrase|rewrite|reword|summari[sz]e|correct|shorten|polish|"
    r"improve|edit|fix|check|grammar|spelling|übersetze|traduis|traduce)\b[^.?!\n]*[:\n]",
    r"\b(?:proofread|rewrite|summari[sz]e|correct|shorten|polish|improve|edit|fix|check|continue) "
    r"(?:this|the following|my (?:text|letter|essay|draft|e-?mail))\b",
    r"^\s*(?:please )?(?:write|draft|compose|generate|create|make|complete)\b[^.?!\n]*:", r"\b(?:profile|"
    r"bio|advert|ad)\b[^.?!\n]*[.:]", r"\b(?:what|who) am i\b",
    r"^\s*[A-Z]\w+: .*\n+\s*[A-Z]\w+: ",
    r"\b(?:translate|paraphrase|rephrase|reword|übersetze|traduis|traduce)\b",
    r"\b(?:role-?play|in character|act as|act like|you are an?\b|you're an?\b|pretend|imagine|picture this|"
    r"suppose|supposing|let's say|let us say|say that i\b|hypothetical\w*|for example|e\.g\.|as if|assume|"
    r"assuming|what if|stell dir vor|angenommen|imagine que|supongamos)",
    r"\b(?:story|stories|poem|novel|screenplay|lyrics|song|rap|ballad|fiction|dialogue|monologue|sketch|"
    r"fairy tale|"
    r"first[- ]person|narrator|protagonist|character|scene|haiku|riddle|puzzle|joke|persona|"
    r"sample|template|placeholder|word problem|exam question|geschichte|gedicht)\b",
    rf"(?<!\w)(?:{any_of('played')})",
    r"\d(?:.|\n)*\d(?:.|\n)*\bhow (?:many|much|far|long|fast|old)\b", r"\bkm/h\b|\bmph\b",
)  # fmt: skip
"""Signs that "I" is somebody else in this message."""

_DOUBTFUL: Final = _any(
    r"\b(?:if|unless|whether|would|could|might|(?-i:may)|wish|wished|perhaps|maybe|probably|supposedly|"
    r"almost|"
    r"nearly|kind of|sort of|i guess|i think|i feel like|i hope|when i was|back then|once upon|haha\w*|lol|"
    r"lmao|kidding|joking|in another life)\b",
    r"\b(?:said|says|say|told|tells|claims|claimed|thinks|thought|wrote|writes|believes|asked|asks|"
    r"calls me)\b",
)  # fmt: skip
_PAST: Final = re.compile(r"\bused to\b(?! \w+ing)", re.IGNORECASE)
_QUOTED: Final = re.compile(r"[\"“„«][^\"”“»\n]*[\"”“»]|(?<!\w)'[^'\n]{3,}'(?!\w)|`[^`]*`|https?://\S+")
_SENTENCE: Final = re.compile(
    r"(?:(?<=[.!?…])(?<!\bMr\.)(?<!\bDr\.)(?<!\bMs\.)(?<!\bSt\.)(?<!Mrs\.))\s+|\n+|(?<=\))\s+(?=[A-Z])"
)
_MINE: Final = rf"(?:(?:now )?(?:i|i['’]m|i['’]ve|my|we|we['’]re|we['’]ve|our)|{any_of('mine')})"
_ASKED: Final = (
    "what|which|who|how|where|when|why|can|could|do|does|should|would|is|are|any|please|help|write|suggest|"
    f"recommend|give|tell|show|find|make|plan|{any_of('asks')}"
)
_CLAUSE: Final = re.compile(
    rf"\s*(?:[,;:–—]|\s-)?\s+(?:and|but|so|because|since|as|also|which is why|{any_of('links')})\s+"
    rf"(?={_MINE}(?!\w))|\s*(?:[,;:–—]|\s-)\s+(?=(?:{_MINE}|so|and|but|{_ASKED})(?!\w))",
    re.IGNORECASE,
)
_LEAD: Final = re.compile(
    r"^(?:[-*•]\s+|now\s+(?=(?:i|we)\b)|(?:well|ok|okay|so|and|but|also|hi|hello|hey|by the way|btw|fyi|"
    r"for your information|"
    r"just so you know|as you know|(?:please )?(?:note|remember|know|keep in mind|don['’]t forget)(?: that)?|"
    r"since|because|as|actually|personally|honestly|in general|generally|unfortunately|sadly|luckily|"
    rf"thanks|thank you|sorry|no|yes|about me|{any_of('leads')})[,:!]?\s+)+",
    re.IGNORECASE,
)
_REASON: Final = re.compile(r"^(?:since|because|as|da|weil|comme|puisque|como)\s", re.IGNORECASE)
_ASKS: Final = re.compile(
    r"^(?:so |and |but )?(?:(?:what|which|who|how|where|when|why|can|could|do|does|should|would|is|are|any)\b"
    rf"(?:\W+\w+){{2,}}|(?:{any_of('asks')})(?!\w)(?:\W+\w+){{2,}})",
    re.IGNORECASE,
)
_TOGETHER: Final = re.compile(r"((?:^|[,;] )(?:my|our) \w+) and( i\b)", re.IGNORECASE)
_TURNED: Final = re.compile(r"^ich (.+) (bin|habe|wohne|lebe|arbeite)$", re.IGNORECASE)
"""A German clause that gives a reason ends in its verb."""
_OF_MYSELF: Final = re.compile(
    r"(?:i|i['’](?:m|ve|d)|we|we['’](?:re|ve)|my (?:job|work|hobby|body|health|eyes|parents|family)|ich|"
    r"wir|je|j['’]\w+|"
    r"nous|yo|soy|estoy|tengo|vivo|trabajo|me|somos|tenemos|no (?:soy|tengo|como|bebo|puedo)|"
    r"\w{3,}[^aeiou\W]o)"
    r"(?!\w)(?! (?:want|need|will|can see|see|think|know that|hope|tried|am trying|just|got|found|was|were|"
    r"had|"
    r"went|did|said|will|brauche|will|war|hatte|veux|voudrais|quiero|necesito)\b)",
    re.IGNORECASE,
)
"""A loose net; what is plainly a wish, a step or the past is left out."""
_NOW: Final = re.compile(
    r"^(?P<name>[A-ZÀ-Þ][\w'’-]+) (?:is now|(?:has )?(?:just )?turned|now (?:works|lives)) (?!in\b.*\?)[\w ]+"
)


def draw(message: str) -> tuple[Drawn, ...]:
    """Return the lasting facts that a message says of the person who wrote it; mostly none."""
    found = [fact for clause, known in _clauses(message) for fact in _known(clause, known)]
    return tuple({fact.text: fact for fact in found}.values())


def unsure(message: str) -> tuple[str, ...]:
    """Return what a message says in the first person that no rule knows, likely to be about its writer.

    It is no fact yet: somebody has to say which of it is lasting.
    """
    found = [
        _as_fact(clause)
        for clause, known in _clauses(message)
        if len(known) == len(_RULES)
        and _OF_MYSELF.match(clause)
        and len(clause.split()) <= _MOST_WORDS
        and not any(_known(clause, known))
        and not any(each.passing.search(clause) for each in known)
    ]
    return tuple(dict.fromkeys(found))


def _clauses(message: str) -> Iterator[tuple[str, Sequence[Rules]]]:
    """Yield what somebody says himself, with the rules that may know it."""
    if len(message) > _PASTED or _NOT_MINE.search(message):
        return
    for sentence in _SENTENCE.split(_QUOTED.sub("*", message)):
        known = [each for each in _RULES if not each.doubt.search(sentence)]
        asks = sentence.rstrip(" )").endswith("?")
        parts = _CLAUSE.split(_TOGETHER.sub(r"\1 &\2", sentence).strip())
        clauses = [clause.replace(" & ", " and ").strip() for clause in parts if clause]
        for clause, follows in zip(clauses, [*clauses[1:], ""], strict=False):
            if asks and not (_ASKS.match(follows) or (_REASON.match(clause) and not follows)):
                continue
            words = _TURNED.sub(r"ich \2 \1", _LEAD.sub("", clause).strip(" .!,;:…"))
            if words and len(words) <= _LONGEST and "*" not in words and not _PAST.search(words):
                yield words, known


def _known(clause: str, known: Sequence[Rules]) -> Iterator[Drawn]:
    """Yield the fact that a clause says by one of the rules."""
    plain = clause.replace("’", "'")
    lasting = [WISHES, *(each.lasting for each in known if not each.passing.search(plain))]
    for pattern, confidence in (pair for each in lasting for pair in each):
        if pattern.match(plain):
            yield Drawn(_as_fact(clause), confidence)
            return
    now = None if PASSING.search(plain) else _NOW.match(clause)
    if now:
        yield Drawn(_as_fact(clause), 0.6, now["name"])


def _as_fact(clause: str) -> str:
    return clause[0].upper() + clause[1:] + "."


_ATTRIBUTES: Final = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("name", r"^(?:my (?:first |full )?name is|i am called|i'm called|call me)\b"),
        ("home", r"^(?:i|we)(?:'ve| have)? (?:no longer |\w+ )?(?:lived?|moved|relocated) (?:\w+ )?(?:in|"
                 r"at|on|"
                 r"near|to|with|outside)\b"),
        ("work", r"^i(?:'ve| have| now)* (?:\w+ )?(?:work|started work|got a job) (?:as|at|for)\b"),
        ("age", r"^i(?:'m| am| turned| just turned) (?:now )?\d+"),
        ("age", r"^(?:(?:my|our) (?:\w+ )?)?(?P<who>[\w'’-]+) "
                r"(?:is|is now|turned|just turned|has turned|has just turned) (?:now )?\d+"),
        ("named", r"^(?:my|our) (?P<who>\w+)(?:'s name is| is (?:called|named)| is (?=(?-i:[A-Z])\w+\.?$))"),
        ("which", r"^my (?P<who>favou?rite \w+|birthday|address|e-?mail(?: address)?|(?:phone )?number|"
                  r"hometown|blood (?:type|group)|job|native language|mother tongue|height|weight|"
                  r"size) is\b"),
        ("smoking", r"^i (?:don't |do not |no longer |never |stopped |quit )?smok(?:e|ing)\b"),
        ("diet", r"^i(?:'m| am|'ve (?:gone|become)| have become| became)(?: now| not| no longer)? (?:an? )?"
                 r"(?:vegan|vegetarian|pescatarian|flexitarian|meat[- ]eater)"),
        ("married", r"^i(?:'m| am| got)(?: now| not| no longer)? (?:married|single|divorced|widowed|"
                    r"engaged|separated)"),
    )
)  # fmt: skip


_RULES: Final = (
    Rules(_DOUBTFUL, PASSING, LASTING, _ATTRIBUTES),
    *(rules(language) for language in LANGUAGES),
)


def attribute(text: str) -> str:
    """Name what can have one value only, such as the place where one lives; empty where many may stand.

    Two facts with the same name and different words contradict each other: the later one holds.
    """
    plain = text.replace("’", "'")
    for kind, pattern in (pair for each in _RULES for pair in each.single):
        found = pattern.match(plain)
        if found:
            who = found.groupdict().get("who") or ""
            return f"{kind}:{who.casefold()}"
    return ""
