"""What a message asks for is told by rule, and so is which of its sentences ask."""

import pytest
from growing import LINEAR, growth
from hypothesis import given
from hypothesis import strategies as st

from app.core.sentences import sentences
from app.core.task import Task, split, task_of

LETTER = (
    "Dear Sir or Madam,\n\nI moved into the flat in the spring and the heating has never worked since. "
    "The caretaker came twice and left without a word. In the kitchen the tap drips day and night, and "
    "the window in the bedroom cannot be closed. I have called the office four times and written twice, "
    "and nobody has ever given me a date. Last week the ceiling in the bathroom began to show dark "
    "spots, which my neighbour says come from the pipe above. I would like to know when the repairs "
    "will begin and whether the rent is going to be reduced until they are done.\n\nYours faithfully"
)
TABLE = [
    ("Hi there!", Task.CHAT),
    ("good morning", Task.CHAT),
    ("Thanks a lot, bye", Task.CHAT),
    ("Danke schön!", Task.CHAT),
    ("", Task.CHAT),
    ("Write a letter to my landlord about the broken heating.", Task.WRITE),
    ("Please draft an email to my boss: I am ill and cannot come.", Task.WRITE),
    ("Could you compose a short poem about autumn rain?", Task.WRITE),
    ("I need a birthday speech for my father.", Task.WRITE),
    ("Help me with a toast for a wedding.", Task.WRITE),
    ("Help me write a cover letter for a job as a gardener.", Task.WRITE),
    ("My neighbour plays drums at night. Write him a friendly note.", Task.WRITE),
    ("Reply to this message and say no politely.", Task.WRITE),
    ("Give me three slogans for a bakery.", Task.WRITE),
    ("Plan a weekend in the mountains for four people.", Task.WRITE),
    ("I'd like a story about a lighthouse keeper who is afraid of the dark.", Task.WRITE),
    ("Schreibe einen Brief an meine Vermieterin.", Task.WRITE),
    ("Kannst du mir bitte eine Rede entwerfen? Verfasse sie für meine Tante.", Task.WRITE),
    ("Écris une lettre à mon propriétaire.", Task.WRITE),
    ("Escribe un correo a mi profesora.", Task.WRITE),
    ("Rewrite this: i cant come tomorow", Task.REWRITE),
    ("Please make this sound more formal: send me the papers", Task.REWRITE),
    ("Translate into French: The bridge is closed.", Task.REWRITE),
    ("Can you proofread my paragraph?\n\nTheir was a storm and the bot sank.", Task.REWRITE),
    ("Shorten the following to one sentence.\n\nWe met. We talked. We left again.", Task.REWRITE),
    ("Fix the grammar: she go to school", Task.REWRITE),
    ("Korrigiere diesen Satz: Ich habe gegangen.", Task.REWRITE),
    ("Übersetze das ins Englische: Der Zug ist weg.", Task.REWRITE),
    ("Traduis en anglais : le train est parti", Task.REWRITE),
    ("What is the capital of Mongolia?", Task.ASK),
    ("Who painted the ceiling of the Sistine Chapel?", Task.ASK),
    ("Explain photosynthesis to a child.", Task.ASK),
    ("How do I remove a coffee stain from a carpet?", Task.ASK),
    ("What should I cook tonight?", Task.ASK),
    ("Suggest some good books about whales.", Task.ASK),
    ("Can my landlord raise the rent twice a year?", Task.ASK),
    ("why is the sky blue", Task.ASK),
    ("Wie funktioniert eine Wärmepumpe?", Task.ASK),
    ("Quelle est la plus haute montagne d'Afrique ?", Task.ASK),
    ("¿Qué es la fotosíntesis?", Task.ASK),
    ("Is Python older than Java?", Task.ASK),
    ("What is 17 * 23?", Task.REASON),
    ("A farmer has 12 hens and sells 5. How many eggs does he get at 2 a day each?", Task.REASON),
    ("Prove that the square root of two is irrational.", Task.REASON),
    ("Solve x^2 - 5x + 6 = 0.", Task.REASON),
    ("Compare renting and buying a house.", Task.REASON),
    ("Think step by step: if all bloops are razzies, are some razzies bloops?", Task.REASON),
    ("What is the probability of two sixes in a row?", Task.REASON),
    ("Berechne 15 % von 240.", Task.REASON),
    ("Combien font 12 + 30 ?", Task.REASON),
    ("Write a Python function that reverses a linked list.", Task.CODE),
    ("Fix the bug in this script.\n\nfor i in range(3) print(i)", Task.CODE),
    ("Why does this fail?\n```\nx = [1, 2\n```", Task.CODE),
    ("I get this:\nTraceback (most recent call last):\n  File \"a.py\", line 1", Task.CODE),
    ("Write a regex that matches dates.", Task.CODE),
    ("Give me a SQL query for the ten newest orders.", Task.CODE),
    ("Schreib ein Programm in Python, das Primzahlen findet.", Task.CODE),
    ("Write an email to my team about the new program.", Task.WRITE),
    ("What is my sister's name?", Task.ABOUT_ME),
    ("When is my mother's birthday?", Task.ABOUT_ME),
    ("Where do I live?", Task.ABOUT_ME),
    ("What do you know about me?", Task.ABOUT_ME),
    ("Which car do I drive?", Task.ABOUT_ME),
    ("Remind me what I said about the garden.", Task.ABOUT_ME),
    ("Do I like coriander?", Task.ABOUT_ME),
    ("Am I allergic to nuts?", Task.ABOUT_ME),
    ("Wo wohne ich?", Task.ABOUT_ME),
    (f"Summarize this letter:\n\n{LETTER}", Task.DOCUMENT),
    (f"{LETTER}\n\nWhat does the writer of this letter want?", Task.DOCUMENT),
]  # fmt: skip
WITH_DOCUMENT = [
    ("What is the notice period?", Task.DOCUMENT),
    ("Summarize it in three points.", Task.DOCUMENT),
    ("Who signed the contract?", Task.DOCUMENT),
    ("Write a reply to the landlord.", Task.WRITE),
    ("What is my sister's name?", Task.ABOUT_ME),
    ("hello", Task.CHAT),
]


@pytest.mark.parametrize(("text", "task"), TABLE)
def test_the_kind_of_work_is_told_by_rule(text: str, task: Task) -> None:
    assert task_of(text) is task


@pytest.mark.parametrize(("text", "task"), WITH_DOCUMENT)
def test_with_a_document_at_hand_questions_are_about_it(text: str, task: Task) -> None:
    assert task_of(text, has_document=True) is task


PARTS = [
    (
        "I lost my job in May. Write a letter to my landlord. It should be polite. My rent is 900 euros.",
        ("Write a letter to my landlord.", "It should be polite."),
        ("I lost my job in May.", "My rent is 900 euros."),
    ),
    ("Translate this: The cat sleeps.", ("Translate this:",), ("The cat sleeps.",)),
    (
        "Summarize:\n\nThe ship left. Why did it leave? Nobody knows.\n\nKeep it under 20 words.",
        ("Summarize:", "Keep it under 20 words."),
        ("The ship left.", "Why did it leave?", "Nobody knows."),
    ),
    (
        "Please answer this e-mail.\n\nDear Tom,\nCan you come on Friday? Bring the keys.",
        ("Please answer this e-mail.",),
        ("Dear Tom,", "Can you come on Friday?", "Bring the keys."),
    ),
    ("What is this?\n```\nprint(1)\n```", ("What is this?",), ("```\nprint(1)\n```",)),
    ("It rains. The shop is closed.", (), ("It rains.", "The shop is closed.")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "request_", "material"), PARTS)
def test_what_is_wanted_is_told_from_what_is_told(
    text: str, request_: tuple[str, ...], material: tuple[str, ...]
) -> None:
    parts = split(text)
    assert (parts.request, parts.material) == (request_, material)


@pytest.mark.parametrize("unit", [LETTER, "write ", "Dear ", "```", "my ", "? ", "please "])
def test_a_long_paste_is_read_in_its_beginning_and_end_alone(unit) -> None:
    assert growth(lambda text: [task_of(f"Summarize this:\n\n{text}")], unit) < LINEAR


SENTENCES = [
    ("Dr. Moss came at 5 p.m. on Friday. He left again.", ["Dr. Moss came at 5 p.m. on Friday.", "He left again."]),
    ('She said "I won\'t. Never. Go." and left. Then it rained.', ['She said "I won\'t. Never. Go." and left.', "Then it rained."]),
    ("It costs 3.50 euros. Is that much?", ["It costs 3.50 euros.", "Is that much?"]),
    ("Buy:\n- milk\n- two eggs\n1. Go home.", ["Buy:", "- milk", "- two eggs", "1. Go home."]),
    ("a wrapped\nline goes on. Then\n\nanother one", ["a wrapped\nline goes on.", "Then", "another one"]),
    ("Look:\n```py\na. B. c\n\nd\n```\nDone. Yes.", ["Look:", "```py\na. B. c\n\nd\n```", "Done.", "Yes."]),
    ("Well... maybe later. J. Doe signed.", ["Well... maybe later.", "J. Doe signed."]),
    ("no stops here", ["no stops here"]),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), SENTENCES)
def test_sentences_end_where_they_end(text: str, wanted: list[str]) -> None:
    assert [each.text for each in sentences(text)] == wanted


@given(st.text(st.sampled_from('aB. ?\n"`-1:\u201c\u201d~>'), max_size=120) | st.text(max_size=200))
def test_nothing_is_between_sentences_but_blanks(text: str) -> None:
    at = 0
    for each in sentences(text):
        assert text[at : each.start].strip() == ""
        assert text[each.start : each.end] == each.text
        at = each.end
    assert text[at:].strip() == ""


@given(st.text(max_size=300))
def test_whatever_is_typed_has_a_kind(text: str) -> None:
    assert task_of(text) in Task
    split(text)
