"""Difficulty: small talk is easy, proofs and code are hard, and a doubtful draft makes a question harder."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.difficulty import LONGEST, WEIGHTS, Difficulty, excerpt
from app.core.difficulty_features import Kind, draft_features, kind_of, question_features
from app.core.embeddings import MiniLm

MINILM = MiniLm()
DIFFICULTY = Difficulty()
EASY = (
    "Hello there",
    "Thanks a lot!",
    "Good morning, how are you?",
    "What is the capital of France?",
    "Who wrote Hamlet?",
    "What time is it in Tokyo?",
    "How many days are in a leap year?",
    "What is 7 times 8?",
    "Rewrite this more politely: send me the report now.",
    "Please shorten this: We would like to inform you that the meeting has been moved to Friday.",
    'Translate "good night" to Spanish.',
    "Write a birthday wish for my sister.",
    "Give me three names for a cat.",
    "What should I cook tonight with eggs and rice?",
    "I feel sad today.",
    "Tell me a joke.",
)
HARD = (
    "Prove that there are infinitely many primes congruent to 3 modulo 4.",
    "Find the integral of x^2 * exp(-x) from 0 to infinity.",
    "Write a Python function that finds the longest palindromic substring in linear time.",
    "Why does this code segfault?\n```c\nint *p = NULL;\n*p = 3;\n```",
    "Derive the closed form of this recurrence step by step and implement it in Rust.",
    "Review this contract clause for risks: the supplier may terminate at any time.",
    "Compare the tax rules for freelancers in two countries and explain why they differ.",
)
SUM = "Ann picks 12 apples a day for 5 days and gives half of them to each of her two neighbours. How many are left?"


def _with_meaning(text, draft=""):
    return DIFFICULTY.estimate(text, draft, MINILM.embed([excerpt(text)])[0].tolist())


@pytest.mark.parametrize("estimate", [DIFFICULTY.estimate, _with_meaning], ids=["rules", "meaning"])
@pytest.mark.parametrize("text", EASY)
def test_small_talk_and_small_wishes_are_easy(text, estimate):
    assert estimate(text) < 0.35


@pytest.mark.parametrize("estimate", [DIFFICULTY.estimate, _with_meaning], ids=["rules", "meaning"])
@pytest.mark.parametrize("text", HARD)
def test_proofs_code_and_weighing_are_hard(text, estimate):
    assert estimate(text) >= 0.6


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (SUM, Kind.PROBLEM),
        ("Which is a metal?\nA. tin\nB. air\nC. oil\nD. ink", Kind.CHOICE),
        ("Plan a day in Rome.", Kind.CHAT),
        (
            "```\nx = 3 + 4\ny = 12\n```\nWhat is printed by this piece of code, and how many lines are there?",
            Kind.CHAT,
        ),
    ],
)
def test_a_question_is_of_a_kind(text, kind):
    assert kind_of(text) is kind


@pytest.mark.parametrize(
    "draft",
    [
        "She picks 12 * 5 = 65 apples. She has 32 left.",
        "She picks 12 * 5 = <<12*5",
        "I'm sorry, I can't help with that.",
        "She picks 12 * 5 = 60 apples.\nSo she keeps 60 / 7 = 8.57 apples.",
    ],
)
def test_a_doubtful_draft_makes_a_sum_harder(draft):
    good = "She picks 12 * 5 = 60 apples.\nSo 60 / 2 = 30 go and 30 are left."
    assert DIFFICULTY.estimate(SUM, draft) > DIFFICULTY.estimate(SUM, good)


def test_a_refused_wish_is_harder_than_a_granted_one():
    wish = "Write a birthday wish for my sister."
    assert DIFFICULTY.estimate(wish, "I'm sorry, I can't help with that.") > DIFFICULTY.estimate(
        wish, "Happy birthday, dear sister."
    )


@settings(max_examples=60)
@given(st.text(max_size=400), st.text(max_size=200))
def test_difficulty_is_a_share_for_any_text(text, draft):
    assert 0 <= DIFFICULTY.estimate(text, draft) <= 1


@given(st.integers(0, 10**5), st.text(alphabet="ab 1.\n", min_size=1, max_size=20))
def test_an_excerpt_is_short(count, piece):
    assert len(excerpt(piece * (count // len(piece)))) <= LONGEST + 1


def test_the_weights_know_every_feature_they_ask_for():
    heads = json.loads(WEIGHTS.read_text(encoding="utf-8"))["heads"]
    known = set(question_features(SUM)) | set(draft_features(SUM, "", ()))
    assert set(heads) == {"choice", "problem", "draft", "topic"}
    for head in heads.values():
        assert set(head["counted"]) <= known
        assert len(head["meaning"]) == 384


def test_a_very_long_question_is_judged_in_time():
    start = time.process_time()
    DIFFICULTY.estimate("How many of the 3 words, 4 signs? " * 3000)
    assert time.process_time() - start < 1
