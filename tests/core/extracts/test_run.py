"""Every verb reads, every result is a citation that stands in the document, and a plan reaches no further."""

import random

import pytest
from core.extracts.test_plan import hostile_plans
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.cancel import Cancel
from app.core.embeddings import MiniLm
from app.core.errors import Cancelled, MemoryFault
from app.core.extracts.document import Document
from app.core.extracts.plan import Step, Verb, parse, plan_for
from app.core.extracts.run import budget, run

CLAUSES = [
    "Either party may end this agreement by giving three months' notice in writing.",
    "Rent for the depot is 4,210 crowns a month, due on the first day.",
    "The tenant keeps the yard free of snow.",
    "Signed for the landlord by Cornelia Featherstone on 3 May 2024.",
]
PRIVATE = "The alarm password of the night guard is tr0ub4dor-horse."


class Remembering(MiniLm):
    """Reads each text once: these tests search the same document many times."""

    def __init__(self):
        super().__init__()
        self._known = {}

    def embed(self, texts):
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, super().embed(new), strict=True))
        return [self._known[text] for text in texts]


@pytest.fixture(scope="module")
def embedder():
    return Remembering()


@pytest.fixture(scope="module")
def document():
    chance = random.Random(3)
    nouns = ["benches", "drains", "lamps", "carpets", "shutters", "ledgers", "railings", "awnings"]
    filler = [
        f"On that day the committee spoke about {chance.choice(nouns)} and {chance.choice(nouns)} for "
        f"{chance.randint(2, 90)} minutes. Nothing was decided, and the delay was noted."
        for _ in range(60)
    ]
    for place, clause in zip((9, 20, 40, 55), CLAUSES, strict=True):
        filler[place] = clause
    filler[25] = PRIVATE
    return Document("lease", ("\n\n".join(filler[:30]), "\n\n".join(filler[30:])))


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("What is the notice period for terminating the contract?", 0),
        ("How much do we pay every month to lease the depot?", 1),
        ("Who clears the snow?", 2),
        ("When was it signed?", 3),
        ("Quote the sentence about ending the agreement.", 0),
    ],
)
def test_what_is_asked_for_is_among_what_was_found(document, embedder, question, clause):
    reading = run(plan_for(question), document, question, embedder, Cancel())
    assert any(CLAUSES[clause] in each.text for each in reading.passages)
    assert all(each.stands_in(document) for each in reading.passages)
    assert sum(len(each.text) for each in reading.passages) <= budget(document)
    assert list(reading.passages) == sorted(reading.passages, key=lambda each: (each.page, each.start))
    assert reading.read > 15


def test_a_quotation_is_one_sentence_word_for_word(document, embedder):
    what = "who must remove the snow"
    (found,) = run((Step(Verb.QUOTE, what),), document, what, embedder, Cancel()).passages
    assert found.text == CLAUSES[2]


def test_counting_counts_every_place(document, embedder):
    question = "How often does the word 'delay' appear?"
    (count,) = run(plan_for(question), document, question, embedder, Cancel()).counts
    assert count.words == "delay"
    assert len(count.pages) == sum(page.count("delay") for page in document.pages)
    assert set(count.pages) == {0, 1}


def test_only_words_of_the_person_are_counted_aloud(document, embedder):
    reading = run((Step(Verb.COUNT, "snow"),), document, "How often does it rain?", embedder, Cancel())
    assert reading.counts == ()


def test_no_plan_reaches_what_the_question_is_not_about(document, embedder):
    question = "What is the notice period for terminating the contract?"
    tried = 0
    for text in ['[{"do": "find", "what": "alarm password of the guard"}]', *hostile_plans(500)]:
        plan = parse(text)
        tried += bool(plan)
        reading = run(plan, document, question, embedder, Cancel())
        assert not any("tr0ub4dor" in each.text for each in reading.passages)
    assert tried > 20


@settings(max_examples=15, deadline=None)
@given(st.lists(st.builds(Step, st.sampled_from(Verb), st.text(min_size=1, max_size=60)), max_size=4))
def test_any_plan_gives_checked_citations_within_the_budget(document, embedder, plan):
    reading = run(plan, document, "Who signs?", embedder, Cancel())
    assert all(each.stands_in(document) for each in reading.passages)
    assert sum(len(each.text) for each in reading.passages) <= budget(document)


def test_stop_ends_a_search(document, embedder):
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        run(plan_for("Who signs?"), document, "Who signs?", embedder, cancel)


class Broken:
    """An embedder whose files are gone."""

    name = "broken"

    def embed(self, texts):
        raise MemoryFault("no embedder")


def test_without_an_embedder_a_document_is_searched_by_words():
    pages = (
        "\n\n".join(f"Room {n} was painted in a pale colour by the staff of the house." for n in range(99)),
    )
    document = Document("", (f"{pages[0]}\n\nThe notice period is three months.",))
    asked = "How long is the notice period?"
    found = run(plan_for(asked), document, asked, Broken(), Cancel())
    assert any("notice period" in each.text for each in found.passages)
    assert found.nearness == 0.0
