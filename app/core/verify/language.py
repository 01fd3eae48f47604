"""Whether a draft is in the language that was asked for, or in the question's: by script and small words."""

import re
from collections.abc import Iterator
from typing import Final

from app.core.verify.fault import Draft, Fault, Kind, wish

_SMALL: Final = {
    "en": "the and of to is in that it for was with as on are this be at have from not you but they",
    "de": "der die das und ist nicht ein eine zu den von mit sich auf für auch dem des im wie es ich sie",
    "fr": "le la les et est une des du que dans pour qui sur pas avec ce il elle au par sont vous nous je",
    "es": "el la los las y es una que en de por con para del se no su al lo como más este pero son yo",
    "it": "il la di che è e un una per non sono con del della le gli si da in come anche più questo nel ma",
    "pt": "o a os as e é uma que em de do da por com para não se no na como mais mas um seu são ao",
    "nl": "de het een en van is dat niet op te in voor met zijn aan er om ook maar als naar ik je wordt deze",
    "sv": "och att det som en är på för med av inte till den har de ett om jag så vi kan men var från",
    "da": "og at det som en er på for med af ikke til den har de et om jeg så vi kan men var fra der",
    "fi": "ja on ei se että oli mutta hän ovat kun niin myös joka tämä ole kuin voi tai olla mitä sen",
    "pl": "i w na jest nie się że do to z jak co o po dla są ale przez od jego być który tak oraz",
    "tr": "ve bir bu için ile de da çok olarak daha gibi olan ne ama var değil ben en kadar her sonra",
    "vi": "và là của có không được cho một những các trong người với để này đã về khi như tôi",
    "id": "dan yang di untuk dengan ini itu dari dalam tidak adalah ke pada akan saya kami juga atau oleh",
    "sw": "na ya wa kwa ni za katika la kuwa hii cha kama hiyo yake au pia huu watu mimi sana",
    "ro": "și de la în este nu o cu pe care un pentru din că mai sunt ce să se dar au",
    "cs": "a je se na v že to s z do o pro ale jak by jsou jako tak které není byl podle",
}
_SCRIPTS: Final = {
    "cyrillic": "\u0400-\u04ff", "greek": "\u0370-\u03ff", "arabic": "\u0600-\u06ff",
    "hebrew": "\u0590-\u05ff", "devanagari": "\u0900-\u097f", "bengali": "\u0980-\u09ff",
    "gurmukhi": "\u0a00-\u0a7f", "gujarati": "\u0a80-\u0aff", "tamil": "\u0b80-\u0bff",
    "telugu": "\u0c00-\u0c7f", "kannada": "\u0c80-\u0cff", "malayalam": "\u0d00-\u0d7f",
    "thai": "\u0e00-\u0e7f", "hangul": "\u1100-\u11ff\uac00-\ud7af", "kana": "\u3040-\u30ff",
    "han": "\u4e00-\u9fff",
}  # fmt: skip
_NAMES: Final = {
    "english": "en", "englisch": "en", "anglais": "en", "inglés": "en", "german": "de",
    "deutsch": "de", "allemand": "de", "french": "fr", "französisch": "fr", "français": "fr",
    "spanish": "es", "spanisch": "es", "español": "es", "italian": "it", "italienisch": "it",
    "italiano": "it", "portuguese": "pt", "português": "pt", "dutch": "nl", "swedish": "sv",
    "danish": "da", "finnish": "fi", "polish": "pl", "turkish": "tr", "vietnamese": "vi",
    "indonesian": "id", "swahili": "sw", "romanian": "ro", "czech": "cs", "russian": "cyrillic",
    "bulgarian": "cyrillic", "ukrainian": "cyrillic", "greek": "greek", "arabic": "arabic",
    "persian": "arabic", "farsi": "arabic", "urdu": "arabic", "hebrew": "hebrew",
    "hindi": "devanagari", "marathi": "devanagari", "nepali": "devanagari", "bengali": "bengali",
    "punjabi": "gurmukhi", "gujarati": "gujarati", "tamil": "tamil", "telugu": "telugu",
    "kannada": "kannada", "malayalam": "malayalam", "thai": "thai", "korean": "hangul",
    "japanese": "kana", "chinese": "han", "mandarin": "han",
}  # fmt: skip
_SETS: Final = {code: frozenset(words.split()) for code, words in _SMALL.items()}
_SCRIPT: Final = {name: re.compile(f"[{span}]") for name, span in _SCRIPTS.items()}
_LETTER: Final = re.compile(r"[^\W\d_]")
_ASKED: Final = re.compile(
    rf"\b(?:in|into|to|auf|ins|en|em|only|using|the)\s+(?:the\s+|only\s+)*(?P<name>{'|'.join(_NAMES)})\b"
    rf"(?!\s+(?:speak|teacher|class|food|people|history|man|woman|culture|cuisine|literature|restaurant))",
    re.IGNORECASE,
)
_ENOUGH: Final = 4
"""Small words that must be found before a language is said to be known."""


def check(question: str, draft: Draft) -> Iterator[Fault | None]:
    """Yield a fault where the draft is surely in another language, None where it is in the one asked for."""
    is_in = detect(draft.prose)
    asked = [_NAMES[match["name"].lower()] for match in _ASKED.finditer(question)]
    if not is_in:
        return
    if asked:
        kept = is_in in asked or ("kana" in asked and is_in == "han")
        yield wish(kept, Kind.LANGUAGE, "The draft is not in the language that you asked for.", 2.5)
        return
    wanted = detect(question)
    names_one = any(re.search(rf"\b{name}\b", question, re.IGNORECASE) for name in _NAMES)
    if (
        wanted
        and is_in != wanted
        and not names_one
        and not re.search(r"\btranslat|übersetz|tradu", question, re.I)
    ):
        yield Fault(Kind.LANGUAGE, "The draft is in another language than your question.", 2.0)


def detect(text: str) -> str:
    """Return a language's code, or a script's name; empty where neither is sure."""
    text = text[:4000]
    letters = len(_LETTER.findall(text))
    for name, script in _SCRIPT.items():
        if letters and len(script.findall(text)) > (0.1 if name == "kana" else 0.5) * letters:
            return name
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {code: sum(word in small for word in words) for code, small in _SETS.items()}
    first, second = sorted(counts, key=lambda code: -counts[code])[:2]
    is_sure = counts[first] >= max(_ENOUGH, 0.1 * len(words)) and counts[first] >= 1.5 * counts[second]
    return first if is_sure else ""
