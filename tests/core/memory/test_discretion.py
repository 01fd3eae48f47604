"""What goes into a letter: what belongs there, and nothing that its writer keeps to himself."""

import numpy as np
import pytest

from app.core.embeddings import MiniLm
from app.core.memory.discretion import FOLDER, PLAIN, PRIVATE, Discretion, read
from app.core.memory.facts import Facts
from app.core.memory.person import Fact
from app.core.memory.telling import is_for_others, told
from app.core.store.database import Database
from app.core.store.facts import SqliteFacts

TOLD = (
    "My son is called Milan.",
    "His class teacher is Ms Brandt.",
    "He broke his arm on Sunday.",
    "My name is Vera Lukić.",
    "I take pills for my nerves.",
    "My wife left me in August.",
    "I owe the bank 9,000 euros.",
    "I vote for the Liberals.",
)
REQUEST = "Write an e-mail to the school to say that my son cannot come to the swimming lesson."


@pytest.mark.parametrize(
    ("request_", "others"),
    [
        (REQUEST, True),
        ("Schreibe einen Brief an meinen Vermieter.", True),
        ("Write a training plan for me.", False),
        ("Write me a list of films that I might like.", False),
        ("What should I cook tonight?", False),
        (f"{REQUEST}\n\nFollow this plan:\n1. Greet.\n\nWrite it now.", True),
        ("Make this shorter: Dear Ms Brandt, Milan has broken his arm.", True),
    ],
)
def test_a_text_is_for_others_or_for_himself(request_: str, others: bool) -> None:
    assert is_for_others(request_) is others


def test_facts_stand_before_a_letter_and_after_a_question() -> None:
    vegan = [Fact(1, "I'm vegan", 0.0)]
    assert told("What can I cook?", vegan) == "What can I cook?\n\nAnswer so that it suits me. I'm vegan."
    assert told(REQUEST, vegan) == f"What you know about me:\n- I'm vegan\n\n{REQUEST}"
    assert told(REQUEST, ()) == REQUEST


def test_a_letter_is_given_what_belongs_in_it(database: Database, embedder: MiniLm) -> None:
    facts = Facts(SqliteFacts(database), lambda: embedder)
    for text in TOLD:
        facts.add(text)
    assert {each.text for each in facts.about(REQUEST, 8)} == {*TOLD[:4]}


def test_what_the_letter_itself_is_about_is_given_although_it_is_private(embedder: MiniLm) -> None:
    texts = ["I have type 1 diabetes.", "My marriage is in trouble."]
    request = "Write a letter to my doctor about my type 1 diabetes."
    found = Discretion(embedder).bearing(request, texts, embedder.embed(texts))
    assert [place for place, _ in found] == [0]


def test_the_vectors_that_ship_are_those_of_the_sentences(embedder: MiniLm) -> None:
    texts = [*read(PRIVATE), *read(PLAIN)]
    kept = np.load(FOLDER / "vectors.npy")
    assert kept.shape == (len(texts), 384)
    some = range(0, len(texts), 29)
    made = embedder.embed([texts[each] for each in some])
    assert ((made * kept[list(some)]).sum(axis=1) > 0.97).all()


def test_another_embedder_reads_the_sentences_themselves(embedder: MiniLm) -> None:
    class Renamed:
        name = "another"
        embed = staticmethod(embedder.embed)

    texts = ["I was in prison.", "The order number is 4471."]
    vectors = embedder.embed(texts)
    apart = Discretion(Renamed()).plainness(texts, vectors)
    assert apart[0] < 0 < apart[1]
    assert np.allclose(apart, Discretion(embedder).plainness(texts, vectors), atol=0.02)
