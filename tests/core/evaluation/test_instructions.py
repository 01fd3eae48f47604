"""Every instruction is told followed where it is, and broken where it is not."""

import pytest

from app.core.evaluation.instructions import CHECKS, count_sentences, follows
from app.core.evaluation.tongue import language

CASES = [
    # instruction, what is given, followed, broken
    ("keywords:existence", {"keywords": ["river", "boat"]}, "A Boat on the river.", "A boat at sea."),
    ("keywords:frequency", {"keyword": "tea", "relation": "at least", "frequency": 2}, "Tea and tea.", "Tea."),
    ("keywords:frequency", {"keyword": "tea", "relation": "less than", "frequency": 2}, "Tea.", "Tea, tea."),
    ("keywords:forbidden_words", {"forbidden_words": ["can"]}, "A candle burns.", "It can burn."),
    (
        "keywords:letter_frequency",
        {"letter": "q", "let_relation": "at least", "let_frequency": 2},
        "Quite quick.",
        "Quite slow.",
    ),
    ("language:response_language", {"language": "fi"}, "Tämä on hyvä päivä ja se on pitkä.", "A good day it is."),
    ("length_constraints:number_sentences", {"relation": "less than", "num_sentences": 3}, "One. Two.", "A. B c. D e. F g."),
    ("length_constraints:number_paragraphs", {"num_paragraphs": 2}, "One\n***\nTwo", "One\n\nTwo"),
    ("length_constraints:number_words", {"relation": "at least", "num_words": 3}, "One two three", "One two"),
    (
        "length_constraints:nth_paragraph_first_word",
        {"num_paragraphs": 2, "nth_paragraph": 2, "first_word": "Second"},
        "First one.\n\n\"Second, it is.\"",
        "Second one.\n\nFirst.",
    ),
    ("detectable_content:number_placeholders", {"num_placeholders": 2}, "[name] at [place]", "[name] at home"),
    ("detectable_content:postscript", {"postscript_marker": "P.S."}, "Bye.\nP.S. Milk", "Bye. PS Milk"),
    ("detectable_content:postscript", {"postscript_marker": "P.P.S"}, "Bye.\nP.P.S Milk", "Bye.\nP.S. Milk"),
    ("detectable_format:number_bullet_lists", {"num_bullets": 2}, "* one\n- two", "* one\n* two\n* three"),
    ("detectable_format:constrained_response", {}, "My answer is maybe.", "Maybe."),
    ("detectable_format:number_highlighted_sections", {"num_highlights": 2}, "*one* and **two**", "*one* and two"),
    ("detectable_format:multiple_sections", {"section_spliter": "Day", "num_sections": 2}, "Day 1 rest Day 2 walk", "Day 1 rest"),
    ("detectable_format:json_format", {}, '```json\n{"a": [1]}\n```', "{a: 1}"),
    ("detectable_format:title", {}, "<<A walk>>\nWe went.", "<< >>\nWe went."),
    ("combination:two_responses", {}, "Tea.\n******\nCoffee.", "Tea.\n******\nTea."),
    ("combination:repeat_prompt", {"prompt_to_repeat": "Say hello."}, "Say hello. Hello!", "Hello!"),
    ("startend:end_checker", {"end_phrase": "That is all."}, 'Well. That is all."', "That is all. Bye."),
    ("startend:quotation", {}, '"All of it."', '"Some" of it.'),
    (
        "change_case:capital_word_frequency",
        {"capital_relation": "at least", "capital_frequency": 2},
        "VERY GOOD soup",
        "VERY good soup",
    ),
    ("change_case:english_capital", {}, "THE SOUP IS GOOD", "THE SOUP is good"),
    ("change_case:english_lowercase", {}, "the soup is good", "The soup is good"),
    ("punctuation:no_comma", {}, "One and two", "One, two"),
]  # fmt: skip


@pytest.mark.parametrize(("instruction", "given", "good", "bad"), CASES)
def test_an_instruction_is_followed_or_broken(instruction, given, good, bad):
    assert follows(instruction, good, given)
    assert not follows(instruction, bad, given)
    assert not follows(instruction, "  ", given)


def test_every_family_has_a_case():
    assert {case[0] for case in CASES} == set(CHECKS)
    assert len(CHECKS) == 25


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three?", 3),
        ("Dr. Who came at 3.5 p.m. He left.", 2),
        ("A title\n\nThen a sentence.", 2),
        ("No mark at the end", 1),
        ("...", 0),
        ('He said "go." Then he went.', 2),
    ],
)
def test_sentences_are_counted_by_their_marks(text, count):
    assert count_sentences(text) == count


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The house is on the hill and it is old.", "en"),
        ("Das Haus ist nicht auf dem Berg und die Tür ist zu.", "de"),
        ("La maison est dans les bois et elle est belle.", "fr"),
        ("यह एक अच्छा दिन है और मौसम साफ है", "hi"),
        ("हे घर मोठे आहे आणि सुंदर आहे", "mr"),
        ("আজ আকাশ নীল", "bn"),
        ("ఈ రోజు మంచి రోజు", "te"),
        ("இன்று நல்ல நாள்", "ta"),
        ("ಇಂದು ಒಳ್ಳೆಯ ದಿನ", "kn"),
        ("આજે સારો દિવસ છે", "gu"),
        ("오늘은 좋은 날입니다", "ko"),
        ("Это был хороший день, и мы вышли", "ru"),
        ("Това е добър ден, къщата е голяма", "bg"),
        ("Đây là một ngày đẹp và không có mưa", "vi"),
        ("آج موسم اچھا ہے", "ur"),
        ("今日はいい天気です", "ja"),
        ("12 + 3 = 15", ""),
    ],
)
def test_a_language_is_told_by_letters_and_common_words(text, code):
    assert language(text) == code
