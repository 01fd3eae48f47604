"""Whether an answer follows instructions that a rule can check: the 25 families of IFEval (arXiv 2311.07911).

The rules are those of the paper's own checker, but for two that need large libraries there: sentences are
counted by their marks, and the language is told by letters and common words (`tongue`).
"""

import json
import re
from collections.abc import Callable, Mapping

from app.core.evaluation.tongue import language

Given = Mapping[str, object]
"""What an instruction asks for: `num_words`, `relation`, …"""
Check = Callable[[str, Given], bool]

_ENDS = re.compile(r"[.!?…]+[\"'”’)\]*_]*(?=\s|$)|\n+")
_SHORT = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|vs|etc|e\.g|i\.e|No)|\b[A-Z])\.$")
_CHOICES = ("My answer is yes.", "My answer is no.", "My answer is maybe.")


def follows(instruction: str, answer: str, given: Given) -> bool:
    """Say whether an answer follows an instruction, such as `length_constraints:number_words`.

    Raises:
        KeyError: there is no such instruction, or something that it needs is not given.
    """
    return bool(answer.strip()) and CHECKS[instruction](answer, given)


def _number(given: Given, key: str) -> int:
    value = given[key]
    if not isinstance(value, int | float):
        raise KeyError(key)
    return int(value)


def _text(given: Given, key: str) -> str:
    value = given[key]
    if not isinstance(value, str):
        raise KeyError(key)
    return value


def _texts(given: Given, key: str) -> list[str]:
    value = given[key]
    if not isinstance(value, list):
        raise KeyError(key)
    return [str(each) for each in value]


def _compare(count: int, given: Given, relation: str, limit: str) -> bool:
    wanted = _number(given, limit)
    return count < wanted if _text(given, relation) == "less than" else count >= wanted


def _sentences(answer: str, given: Given) -> bool:
    return _compare(count_sentences(answer), given, "relation", "num_sentences")


def count_sentences(text: str) -> int:
    """Count the sentences: what ends in a mark or at the end of a line and holds a word."""
    count, start = 0, 0
    for end in _ENDS.finditer(text):
        piece = text[start : end.end()].strip()
        if _SHORT.search(piece):
            continue
        count += bool(re.search(r"\w", piece))
        start = end.end()
    return count + bool(re.search(r"\w", text[start:]))


def _words(answer: str, given: Given) -> bool:
    return _compare(len(re.findall(r"\w+", answer)), given, "relation", "num_words")


def _paragraphs(answer: str, given: Given) -> bool:
    parts = [part.strip() for part in re.split(r"\s?\*\*\*\s?", answer)]
    if not all(parts[1:-1]):
        return False
    return sum(map(bool, parts)) == _number(given, "num_paragraphs")


def _nth_paragraph(answer: str, given: Given) -> bool:
    nth = _number(given, "nth_paragraph")
    parts = answer.split("\n\n")
    count = sum(bool(part.strip()) for part in parts)
    if not 0 < nth <= len(parts) or not parts[nth - 1].strip() or count != _number(given, "num_paragraphs"):
        return False
    first = re.match(r"[^\s.,?!'\"]*", parts[nth - 1].split()[0].lstrip("'\""))
    return first is not None and first[0].lower() == _text(given, "first_word").lower()


def _exists(answer: str, given: Given) -> bool:
    return all(re.search(re.escape(each), answer, re.I) for each in _texts(given, "keywords"))


def _frequency(answer: str, given: Given) -> bool:
    count = len(re.findall(re.escape(_text(given, "keyword").strip()), answer, re.I))
    return _compare(count, given, "relation", "frequency")


def _forbidden(answer: str, given: Given) -> bool:
    words = _texts(given, "forbidden_words")
    return not any(re.search(rf"\b{re.escape(each)}\b", answer, re.I) for each in words)


def _letters(answer: str, given: Given) -> bool:
    count = answer.lower().count(_text(given, "letter").lower())
    return _compare(count, given, "let_relation", "let_frequency")


def _language(answer: str, given: Given) -> bool:
    return language(answer) == _text(given, "language").split("-")[0]


def _placeholders(answer: str, given: Given) -> bool:
    return len(re.findall(r"\[.*?\]", answer)) >= _number(given, "num_placeholders")


def _postscript(answer: str, given: Given) -> bool:
    marker = _text(given, "postscript_marker").strip().lower()
    if marker in ("p.p.s", "p.s."):
        spaced = re.escape(marker).replace(r"\.", r"\.\s?")
        return bool(re.search(spaced, answer.lower()))
    return marker in answer.lower()


def _bullets(answer: str, given: Given) -> bool:
    stars = re.findall(r"^\s*\*[^\*].*$", answer, re.M)
    return len(stars) + len(re.findall(r"^\s*-.*$", answer, re.M)) == _number(given, "num_bullets")


def _choice(answer: str, given: Given) -> bool:
    return any(each in answer for each in _CHOICES)


def _highlights(answer: str, given: Given) -> bool:
    found = [each.strip("*").strip() for each in re.findall(r"\*[^\n\*]*\*", answer)]
    found += [each.strip("*").strip() for each in re.findall(r"\*\*[^\n\*]*\*\*", answer)]
    return sum(map(bool, found)) >= _number(given, "num_highlights")


def _sections(answer: str, given: Given) -> bool:
    splitter = re.escape(_text(given, "section_spliter").strip())
    return len(re.findall(rf"\s?{splitter}\s?\d+\s?", answer)) >= _number(given, "num_sections")


def _json(answer: str, given: Given) -> bool:
    bare = re.sub(r"^```(?:json)?|```$", "", answer.strip(), flags=re.I).strip()
    try:
        json.loads(bare)
    except ValueError:
        return False
    return True


def _title(answer: str, given: Given) -> bool:
    return any(each.strip("<>").strip() for each in re.findall(r"<<[^\n]+>>", answer))


def _two(answer: str, given: Given) -> bool:
    parts = [part.strip() for part in answer.split("******")]
    said = [part for part in parts if part]
    return all(parts[1:-1]) and len(said) == 2 and said[0] != said[1]


def _repeat(answer: str, given: Given) -> bool:
    return answer.strip().lower().startswith(_text(given, "prompt_to_repeat").strip().lower())


def _end(answer: str, given: Given) -> bool:
    return answer.strip().strip('"').lower().endswith(_text(given, "end_phrase").strip().lower())


def _quotation(answer: str, given: Given) -> bool:
    bare = answer.strip()
    return len(bare) > 1 and bare[0] == bare[-1] == '"'


def _capitals(answer: str, given: Given) -> bool:
    count = sum(word.isupper() for word in re.findall(r"[\w][\w'’-]*", answer))
    return _compare(count, given, "capital_relation", "capital_frequency")


CHECKS: Mapping[str, Check] = {
    "keywords:existence": _exists,
    "keywords:frequency": _frequency,
    "keywords:forbidden_words": _forbidden,
    "keywords:letter_frequency": _letters,
    "language:response_language": _language,
    "length_constraints:number_sentences": _sentences,
    "length_constraints:number_paragraphs": _paragraphs,
    "length_constraints:number_words": _words,
    "length_constraints:nth_paragraph_first_word": _nth_paragraph,
    "detectable_content:number_placeholders": _placeholders,
    "detectable_content:postscript": _postscript,
    "detectable_format:number_bullet_lists": _bullets,
    "detectable_format:constrained_response": _choice,
    "detectable_format:number_highlighted_sections": _highlights,
    "detectable_format:multiple_sections": _sections,
    "detectable_format:json_format": _json,
    "detectable_format:title": _title,
    "combination:two_responses": _two,
    "combination:repeat_prompt": _repeat,
    "startend:end_checker": _end,
    "startend:quotation": _quotation,
    "change_case:capital_word_frequency": _capitals,
    "change_case:english_capital": lambda answer, _: answer.isupper() and _is_english(answer),
    "change_case:english_lowercase": lambda answer, _: answer.islower() and _is_english(answer),
    "punctuation:no_comma": lambda answer, _: "," not in answer,
}


def _is_english(answer: str) -> bool:
    return language(answer) in ("en", "")
