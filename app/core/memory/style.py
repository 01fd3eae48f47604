"""How the person writes, as counts of a closed set of signs: none of his words is kept for it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.core.store.style import SqliteStyle

_LONGEST: Final = 6000
"""Characters of a text; a longer one was hardly typed by hand."""
_ENOUGH: Final = 8
"""Messages before anything is said about tone or language."""
_TWICE: Final = 2.0
"""Letters in which a greeting or an ending must have stood."""
_SHORT, _LONG = 60, 180
"""Words of a letter."""

_GREETING_LIST: Final = (
    "Dear/Hi/Hello/Hey/Good morning/Hallo/Liebe/Lieber/Sehr geehrte/Moin/Bonjour/Salut/Cher/Chère/Hola/"
    "Estimado/Estimada/Querido/Querida/Ciao/Caro/Cara/Gentile/Beste/Olá"
)
_GREETINGS: Final = tuple(_GREETING_LIST.split("/"))
_ENDING_LIST: Final = (
    "Best/Best wishes/Best regards/Kind regards/Warm regards/Warmly/Regards/Cheers/Love/Yours/"
    "Yours sincerely/Yours faithfully/Yours truly/Sincerely/Thanks/Many thanks/Thank you/Take care/"
    "See you/Viele Grüße/Liebe Grüße/Beste Grüße/Mit freundlichen Grüßen/LG/MfG/VG/Cordialement/"
    "Bien à vous/Bises/Amitiés/Saludos/Un abrazo/Atentamente/Un saluto/Cordiali saluti/A presto/"
    "Met vriendelijke groet/Groetjes/Abraço"
)
_ENDINGS: Final = tuple(_ENDING_LIST.split("/"))
_LANGUAGES: Final = {
    "English": "the and of is to that for with you have this not are my",
    "German": "und der die das ist nicht ein eine ich zu mit auf für den bitte",
    "French": "le la les et est une des pas je pour dans que vous avec ce",
    "Spanish": "el los las una es por para con que no mi del como está",
    "Italian": "il gli una è per con che non mi del della sono come questo",
    "Portuguese": "os uma é por para com que não meu minha do da em você",
    "Dutch": "het een en is niet ik de van met voor dat mijn op zijn",
}
_INFORMAL: Final = re.compile(
    r"\b(?:i'm|don't|can't|won't|it's|that's|didn't|isn't|i've|i'd|gonna|wanna|btw|lol|thx|hey|yeah|yep|nope|"
    r"pls|ok cool|kinda|stuff|guys|haha)\b",
    re.IGNORECASE,
)
_FORMAL: Final = re.compile(
    r"\b(?:would you|could you|kindly|i should be grateful|i would be|please find|sir|madam|"
    r"furthermore|regarding|sincerely|i am writing|könnten sie|würden sie|sehr geehrte|veuillez|"
    r"pourriez|podría|cordialmente)\b",
    re.IGNORECASE,
)
_EMOJI: Final = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u27BF]|(?<!\w)[:;]-?[)D(P](?!\w)")
_OTHERS: Final = re.compile(
    r"\b(?:reply to|answer (?:this|to)|respond to|got (?:this|the following)|received|summari[sz]e|translate|"
    r"what does (?:he|she|this)|wrote)\b",
    re.IGNORECASE,
)
"""Signs that a letter in a message is somebody else's."""
_SAID: Final = re.compile(r"[^\W\d_]+")


def _one_of(phrases: tuple[str, ...], after: str) -> re.Pattern[str]:
    longest_first = sorted(set(phrases), key=len, reverse=True)
    return re.compile(rf"^[ \t]*({'|'.join(longest_first)})\b{after}$", re.MULTILINE | re.IGNORECASE)


_GREETING: Final = _one_of(_GREETINGS, r"[^.?!\n]{0,40}[,!:]?[ \t]*")
_ENDING: Final = _one_of(_ENDINGS, r"[,!.]?[ \t]*(?:\n.{0,40}|[ ,]+[A-ZÀ-Þ][^\n.?!]{0,30})?\s*")


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that the counts show, for the person to see."""

    name: str
    value: str


class Style:
    """The style profile; every method may raise `StoreError`."""

    def __init__(self, store: SqliteStyle) -> None:
        self._store = store

    def learn(self, text: str, source: int | None = None) -> None:
        """Take in something that the person wrote; what it taught goes with the message `source`."""
        if text.strip() and len(text) <= _LONGEST:
            self._store.add(dict(_counts(text, is_letter=False)), source)

    def edited(self, draft: str, source: int | None = None) -> None:
        """Take in a draft as the person left it after changing it: that is how he wants it."""
        if draft.strip() and len(draft) <= _LONGEST:
            self._store.add(dict(_counts(draft, is_letter=True)), source)

    def forget(self) -> None:
        """Destroy all that was learned."""
        self._store.forget()

    def signs(self) -> tuple[Sign, ...]:
        """Return what the counts show so far."""
        counts = self._store.read()
        told = (
            ("length", _length(counts)),
            ("tone", _tone(counts)),
            ("greeting", _usual(counts, "greeting", _TWICE)),
            ("ending", _usual(counts, "ending", _TWICE)),
            ("language", _language(counts)),
            ("emoji", _emoji(counts)),
        )
        return tuple(Sign(name, value) for name, value in told if value)

    def sentence(self, name: str = "") -> str:
        """Return one instruction for whoever writes in the person's name; empty where nothing is known."""
        found = {sign.name: sign.value for sign in self.signs()}
        manner = " and ".join(found[each] for each in ("length", "tone") if each in found)
        parts = [f"write {manner}"] if manner else []
        if language := found.get("language", ""):
            parts.append(f"write in {language} unless asked otherwise")
        if greeting := found.get("greeting", ""):
            parts.append(f"begin letters with '{greeting}'")
        if ending := found.get("ending", ""):
            parts.append(f"end them with '{ending}{', ' + name if name else ''}'")
        if "emoji" in found:
            parts.append("use an emoji now and then")
        text = "; ".join(parts)
        return f"{text[0].upper()}{text[1:]}." if text else ""


_Counts = dict[str, float]


def _counts(text: str, *, is_letter: bool) -> Iterator[tuple[str, float]]:
    plain = text.replace("’", "'")
    mine = is_letter or not _OTHERS.search(plain)
    greeting = _GREETING.search(plain) if mine else None
    ending = _ENDING.search(plain, greeting.end()) if greeting else None
    yield "messages", 1.0
    if (greeting and ending) or is_letter:
        yield "letters", 1.0
        yield "letter words", float(len(plain.split()))
    if greeting and (ending or is_letter):
        yield f"greeting:{_as_listed(greeting.group(1), _GREETINGS)}", 1.0
    if ending:
        yield f"ending:{_as_listed(ending.group(1), _ENDINGS)}", 1.0
    yield "informal", float(bool(_INFORMAL.search(plain)))
    yield "formal", float(bool(_FORMAL.search(plain)))
    yield "emoji", float(bool(_EMOJI.search(plain)))
    if language := _language_of(plain):
        yield f"language:{language}", 1.0


def _as_listed(said: str, phrases: tuple[str, ...]) -> str:
    return next(each for each in phrases if each.casefold() == said.casefold())


def _language_of(text: str) -> str:
    """Guess the language by its commonest words; empty where too few are there."""
    words = [word.group().casefold() for word in _SAID.finditer(text)]
    found = {name: sum(word in common.split() for word in words) for name, common in _LANGUAGES.items()}
    best = max(found, key=lambda name: found[name])
    others = max(count for name, count in found.items() if name != best)
    return best if found[best] >= max(2, others + 1) else ""


def _usual(counts: _Counts, kind: str, least: float) -> str:
    """Return what stands in at least half of the cases; empty where nothing does."""
    found = {key.partition(":")[2]: count for key, count in counts.items() if key.startswith(f"{kind}:")}
    best = max(found, key=lambda name: found[name], default="")
    usual = best and found[best] >= least and 2 * found[best] >= sum(found.values())
    return best if usual else ""


def _length(counts: _Counts) -> str:
    letters = counts.get("letters", 0.0)
    if letters < _TWICE:
        return ""
    words = counts.get("letter words", 0.0) / letters
    return "briefly" if words < _SHORT else "at some length" if words > _LONG else ""


def _tone(counts: _Counts) -> str:
    messages = counts.get("messages", 0.0)
    if messages < _ENOUGH:
        return ""
    informal, formal = counts.get("informal", 0.0) / messages, counts.get("formal", 0.0) / messages
    if informal >= 2 * formal and informal >= 0.3:
        return "informally"
    return "formally" if formal >= 2 * informal and formal >= 0.3 else ""


def _language(counts: _Counts) -> str:
    language = _usual(counts, "language", _ENOUGH)
    return "" if language == "English" else language


def _emoji(counts: _Counts) -> str:
    messages = counts.get("messages", 0.0)
    return "now and then" if messages >= _ENOUGH and counts.get("emoji", 0.0) / messages >= 0.2 else ""
