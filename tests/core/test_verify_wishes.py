"""What a person asks of an answer's form, length, words and language is checked by rule."""

import pytest
from growing import LINEAR, growth
from hypothesis import given
from hypothesis import strategies as st

from app.core.verify import Kind, check, examine

PROSE = "The sea was calm and the ship came home with the evening tide. It was late. "
LONG = PROSE + (
    "Nobody stood at the quay. A gull cried over the roofs, and far out a bell rang twice. The captain lit "
    "his pipe and looked at the houses where he had grown up. Then he went below, for there was rain in the "
    "air. The mate counted ropes and barrels until his lamp went out. In the morning they sold their salt. "
    "What they got for it was little, so they stayed for a week and mended nets for the whole village. "
)
CASES = [
    (Kind.LENGTH, "Write a story with at least 40 words.", LONG, PROSE),
    (Kind.LENGTH, "Describe the sea in less than 20 words.", PROSE, LONG),
    (Kind.LENGTH, "Write a 100-word summary of the storm.", LONG, PROSE),
    (Kind.LENGTH, "Write 30+ words about ships.", LONG, "Ships are fine."),
    (Kind.COUNT, "Explain tides in two sentences.", "Tides rise. Tides fall.", "Tides rise and fall."),
    (Kind.COUNT, "Write three paragraphs about rain.", "One.\n\nTwo.\n\nThree.", "One.\n\nTwo."),
    (Kind.COUNT, "Write 3 paragraphs, separated by ***.", "A.\n***\nB.\n***\nC.", "A.\n\nB.\n\nC."),
    (Kind.COUNT, "Answer with exactly 3 bullet points.", "* a\n* b\n* c", "* a\n* b"),
    (Kind.COUNT, "Give me 4 tips for sleep.", "1. a\n2. b\n3. c\n4. d", "1. a\n2. b"),
    (Kind.COUNT, "Add at least 2 placeholders such as [name].", "Dear [name], meet at [place].", "Dear [name],"),
    (Kind.COUNT, "Highlight at least 2 sections like *this*.", "*One* and *two*.", "*One* only."),
    (Kind.COUNT, "Write 2 sections, each marked Section X.", "Section 1\na\nSection 2\nb", "Section 1\na"),
    (Kind.JSON, "Give the capital of Peru in JSON format.", '{"capital": "Lima"}', "capital: Lima"),
    (Kind.JSON, "Return JSON with a and b.", '```json\n{"a": 1, "b": 2}\n```', "```json\n{a: 1,\n```"),
    (Kind.CODE, "Write Python that adds.", "```python\ndef f(a):\n    return a\n```", "```python\ndef f(a:\n```"),
    (Kind.CODE, "Write a JavaScript loop.", '```js\nf("}");\n```', "```js\nwhile (x) { f();\n```"),
    (Kind.CODE, "Show a C main.", "```c\nint main() { return 0; }\n```", "```c\nint main() { return 0; }"),
    (Kind.FORMAT, "Compare tea and coffee in a table.", "| a | b |\n|---|---|\n| 1 | 2 |", "Tea is milder."),
    (Kind.FORMAT, "List the planets as bullet points.", "- Mars\n- Venus", "Mars and Venus."),
    (Kind.FORMAT, "Write it in all lowercase.", "the sea is calm.", "The sea is calm."),
    (Kind.FORMAT, "Answer in all capital letters.", "THE SEA.", "The sea."),
    (Kind.FORMAT, "Describe rain without using any commas.", "Rain is wet.", "Rain, as ever, is wet."),
    (Kind.FORMAT, "Do not use exclamation marks.", "Well done.", "Well done!"),
    (Kind.FORMAT, 'Finish your answer with "Any questions?"', "Rain. Any questions?", "Rain is wet."),
    (Kind.FORMAT, 'Begin your reply with "Ahoy".', "Ahoy, friend.", "Hello, friend."),
    (Kind.FORMAT, "Give it a title wrapped in <<double angular brackets>>.", "<<Rain>>\nWet.", "Rain\nWet."),
    (Kind.FORMAT, "At the end add a postscript starting with P.S.", "Dear.\nP.S. Rain.", "Dear. Rain."),
    (Kind.FORMAT, "Wrap your whole answer in double quotation marks.", '"Rain."', "Rain."),
    (Kind.FORMAT, "Give two different responses, separated by ******.", "A\n******\nB", "A and B"),
    (Kind.FORMAT, "What is rain? First repeat the question.", "What is rain? Water.", "It is water."),
    (Kind.FORMAT, "Say one of: 'It is so.', 'It is not so.'", "It is not so.", "Perhaps."),
    (Kind.WORDS, "Use the words 'harbour' and 'gull'.", "A gull in the harbour.", "A gull."),
    (Kind.WORDS, "Do not use the words 'wet' or 'cold'.", "Rain falls.", "Rain is wet."),
    (Kind.WORDS, "Use the word 'gull' at least 2 times.", "Gull, gull.", "Gull."),
    (Kind.WORDS, "The letter q should appear less than 2 times.", "Quite.", "Quick quiz."),
    (Kind.WORDS, "Write with at least 2 words in capital letters.", "The SEA and the SHIP.", "The sea."),
    (Kind.LANGUAGE, "Describe the sea in German.",
     "Das Meer ist ruhig und die Schiffe sind auf dem Weg nach Hause.",
     "The sea is calm and the ships are on the way to the harbour."),
    (Kind.LANGUAGE, "Your whole answer must be in Korean.", "바다는 조용하고 배는 집으로 돌아옵니다.", PROSE),
    (Kind.LANGUAGE, "Was ist der Unterschied zwischen einem Fluss und dem Meer, und was ist das für ein Wind?",
     "Das Meer ist groß und der Fluss ist klein, und der Wind ist nicht zu sehen.", PROSE),
    (Kind.QUOTATION, "Quote what he says of rain. " + PROSE * 8,
     '"The ship came home with the evening tide."', '"The ship never did come home again at all."'),
    (Kind.PLACEHOLDERS, "Write to PERSON-7QK2.", "Dear PERSON-7QK2,", "Dear PERSON-7QK3,"),
    (Kind.SUMS, "What is it in all?", "\\[ 7 \\times 8 = 56 \\]", "\\[ 7 \\times 8 = 54 \\]"),
    (Kind.SUMS, "What is it in all?", "\\frac{9}{2} = 4.5", "\\frac{9}{2} = 5.5"),
    (Kind.REFUSAL, "Who wrote this?", "It was a poet.", "I'm sorry, but I can't help."),
    (Kind.FORMAT, "Place double quotation marks around your whole answer.", '"Rain."', "Rain."),
    (Kind.FORMAT, "Write your reply within double quotes.", '"Rain."', "Rain."),
    (Kind.FORMAT, "Finish with this exact phrase: see you at sea.", "Rain. See you at sea.", "Rain is wet."),
    (Kind.FORMAT, "The second paragraph must start with the word 'Then'.", "Rain.\n\nThen sun.", "Rain.\n\nSun."),
    (Kind.FORMAT, 'Begin paragraph 1 with the word "Ahoy".', "Ahoy, friend.\n\nRain.", "Rain.\n\nAhoy."),
    (Kind.FORMAT, "Tell of rain. Repeat this request word for word, then answer.",
     "Tell of rain. Repeat this request word for word, then answer. It fell.", "It fell all night."),
    (Kind.WORDS, "Describe a ship without the letter e.", "A big boat.", "A vessel."),
    (Kind.WORDS, "Don't contain the letter 'q' in your reply.", "Rain.", "Quite wet."),
]  # fmt: skip


def kinds(question, draft, truncated=False):
    return {fault.kind for fault in check(question, draft, truncated)}


@pytest.mark.parametrize(
    ("kind", "question", "good", "bad"), CASES, ids=[f"{c[0]}-{c[1][:30]}" for c in CASES]
)
def test_what_was_asked_for_is_checked(kind, question, good, bad):
    assert kinds(question, good) == set()
    assert kind in kinds(question, bad)


@pytest.mark.parametrize(
    ("question", "draft"),
    [
        ("Ann has 3 books of 100 words each and 5 tips. How many are left?", "1. Ann has 3.\n2. So 3."),
        ("What does JSON stand for?", "JavaScript Object Notation."),
        ("Fix these two sentences below. A b. C d.", "A b. C d. E f."),
        ("The table is broken. How do I repair it?", "Use glue."),
        ("My teacher wants no commas in the title. Why?", "They distract readers."),
        ("Which letter comes after the letter q?", "R does."),
        ("My first paragraph started with a joke. Is that wise?", "It may be."),
        ("He asked me to repeat the question. Why?", "He had not heard it."),
        ("Where do I put quotation marks in dialogue?", "Around what is said."),
        ("How does the story end? I like this: the ship comes home.", "It ends well."),
        ("I cannot read a letter a friend sent. What now?", "Ask him."),
        ("Translate 'Guten Morgen' into English.", "Good morning."),
        ("Translate this into French: The sea is calm and the ships are on the way.",
         "La mer est calme et les bateaux sont sur la route."),
        ("How do you say 'the sea' in Spanish?", "In Spanish it is 'el mar'."),
        ("Who ended the letter with love?", "She did."),
        ("Show a shell session.", "```python\n>>> 1 +\n2\n```"),
        ("What is 3 + 4?", "Adding 3 + 4 gives 7, as 10 - 3 = 7."),
        ("What is it?", "x1 - 2 + 3 = 4 is no sum that one could check (2 - 1) * 5 = 5"),
    ],
)  # fmt: skip
def test_what_was_not_asked_for_is_no_fault(question, draft):
    assert kinds(question, draft) == set()


def test_a_draft_that_keeps_to_wishes_is_known_to():
    asked = "Describe rain in less than 20 words, without commas, in all lowercase."
    assert examine(asked, "rain is wet.").kept == 3
    assert (found := examine(asked, "Rain is wet.")).kept == 2
    assert [fault.kind for fault in found.faults] == [Kind.FORMAT]
    assert examine("What is rain?", "Water that falls.").kept == 0
    assert examine(asked, "").kept == 0


def test_a_draft_that_was_cut_is_told_so():
    assert kinds("Tell me of rain.", "It rains and", truncated=True) == {Kind.TRUNCATED}


def test_the_heaviest_fault_comes_first_and_says_nothing_of_the_text():
    found = check("Answer in JSON with the word 'zebra'.", "zzz 3 + 4 = 8")
    assert [fault.weight for fault in found] == sorted((fault.weight for fault in found), reverse=True)
    assert not any(word in fault.told for fault in found for word in ("zebra", "zzz"))


PIECES = st.sampled_from(
    [
        *("in json", "words", "3", "at least", "```", "python\n", "[", "]", "*", "**", "***", "<<", '"', "'"),
        *(
            "word",
            "no commas",
            "end with",
            "repeat",
            "first",
            "letter q",
            "times",
            "\n\n",
            "-",
            "1.",
            "=",
            "+",
        ),
        *("\\frac{", "}", "in French", "等", ".", "bullet points", "section X", "highlight", "one of", "("),
    ]
)


@given(st.lists(PIECES, max_size=60).map(" ".join), st.lists(PIECES, max_size=60).map(" ".join))
def test_nothing_breaks_the_rules(question, draft):
    check(question, draft)


@pytest.mark.parametrize(
    "piece", ["word ", "3 + 4 = 7, ", "a, b", "[x] *y* ", "\"'“", "((((", "1 2 3 4 ", "No, no. "]
)
def test_twice_the_draft_takes_about_twice_as_long(piece):
    wish = "Do not use the words 'a' or 'b' and write at least 3 words in 2 paragraphs. "
    assert growth(lambda draft: check(wish + draft[:4000], draft), piece) < LINEAR
