"""In which language a text is written, by its letters and its commonest words.

Apart from `app.core.verify` on purpose: a rule that judges drafts must not judge how well it does.
"""

import re
import unicodedata
from collections import Counter

_SCRIPTS = {
    "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "GREEK": "el", "HEBREW": "he",
    "THAI": "th", "BENGALI": "bn", "GURMUKHI": "pa", "GUJARATI": "gu", "TAMIL": "ta", "TELUGU": "te",
    "KANNADA": "kn", "MALAYALAM": "ml", "ARABIC": "ar", "CYRILLIC": "ru", "DEVANAGARI": "hi",
}  # fmt: skip
"""What a script is first taken for; `_WORDS` and `_LETTERS` tell those apart that share one."""
_LETTERS = (
    ("ar", "ur", "ٹڈڑےں"), ("ar", "fa", "پچژگ"), ("ru", "uk", "іїєґ"), ("ru", "ru", "ыэё"), ("ru", "bg", "ъ"),
)  # fmt: skip
_WORDS = {
    "hi": "है हैं के का की में और को यह",
    "mr": "आहे आणि आहेत हे ते मध्ये साठी",
    "ne": "छ र छन् हुन्छ भने गर्न को",
    "en": "the and of to is in that it for you are with this be on",
    "de": "der die und das ist nicht ein eine mit zu auf ich sie den von",
    "fr": "le la les et est une des pour que dans vous pas du qui sur",
    "es": "el los las y es una que por con para su del se como está",
    "pt": "o os as e é uma que não com para do da em um você",
    "it": "il lo gli e è una che non con per di sono della un nel",
    "nl": "de het en een van is niet met op zijn dat voor te ik aan",
    "pl": "i w nie na się jest to że z do jak ale dla tym przez",
    "fi": "ja on ei se että hän oli ovat kun mutta tai myös voi sen joka",
    "vi": "và của là có không được cho các một người với trong những để này",
    "sw": "na ya wa kwa ni katika za la kuwa hii yake cha vya watu sana",
    "sv": "och att det är som en på för med inte av till den har ett",
}
_COMMON = {code: frozenset(words.split()) for code, words in _WORDS.items()}


def language(text: str) -> str:
    """Return the likeliest language as its two letters of ISO 639-1; empty where nothing tells."""
    script = _script(text)
    if script == "LATIN":
        return _by_words(text, [code for code in _COMMON if code not in ("hi", "mr", "ne")])
    found = _SCRIPTS.get(script, "")
    if found == "zh" and re.search(r"[\u3040-\u30ff]", text):
        return "ja"
    if found == "hi":
        return _by_words(text, ["hi", "mr", "ne"]) or found
    for first, code, letters in _LETTERS:
        if first == found and any(letter in text for letter in letters):
            return code
    return found


def _script(text: str) -> str:
    counts = Counter(unicodedata.name(each, "?").split()[0] for each in text if each.isalpha())
    return counts.most_common(1)[0][0] if counts else ""


def _by_words(text: str, codes: list[str]) -> str:
    words = Counter(re.findall(r"[^\W\d_]+(?:\u094d)?[^\W\d_]*", text.lower()))
    spaced = Counter(text.lower().split())
    hits = {code: sum(max(words[each], spaced[each]) for each in _COMMON[code]) for code in codes}
    best = max(hits, key=lambda code: hits[code])
    return best if hits[best] else ""
