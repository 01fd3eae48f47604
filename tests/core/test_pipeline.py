"""The pipeline as a whole: of a long document only what bears on the question leaves, and edits change nothing."""

import json
import re
from dataclasses import dataclass, replace

import pytest
from fakes import Says, Yes

from app.core.approval import AnswerLocally, Approve
from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.events import Delta, Done, Notice, Recalled, Routed, Sent
from app.core.mechanisms.personalizing import PERSONALIZE
from app.core.mechanisms.pipeline import PLAN, Pipeline
from app.core.memory.person import Fact
from app.core.types import Origin, Source, Where
from app.privacy.policy import Level
from app.privacy.prompt import Template

QUESTION = "How long is the notice period for ending the agreement?"
CLAUSE = "Either party may end this agreement with three months' notice, says Cornelia Featherstone."
FAR = "The boiler in room 7 was mended by Bertram Lindqvist."
FILL = "\n\n".join(
    f"Section {n}. The committee met in room {n * 3} and spoke about drains and lamps for an hour."
    for n in range(90)
)
TEXT = f"{FILL[:3000]}\n\n{FAR}\n\n{FILL[3000:5000]}\n\n{CLAUSE}\n\n{FILL[5000:]}\n\n{QUESTION}"


def ask(confidant, text, approver=None, where=Where.CLOUD, conversation=None):
    events = []
    conversation = conversation or confidant.session.new_conversation(level=Level.GUARDED).id
    confidant.session.send(
        conversation, text, approver or Yes(), Cancel(), events.append, where=where, mechanism="pipeline"
    )
    return conversation, events


def only(events, kind):
    return [event for event in events if isinstance(event, kind)]


def said(events):
    return "".join(event.text for event in only(events, Delta))


def messages(body):
    return json.loads(body)["messages"]


def test_only_passages_that_bear_on_the_question_leave_and_are_cited(confidant, bird):
    bird.say = lambda question: next(
        f"Three months [{n}]. See [99]." for n in range(1, 9) if f"[{n}] Either" in question
    )
    _, events = ask(confidant, TEXT)
    (sent,) = only(events, Sent)
    system, user = messages(sent.body)
    assert system["content"].startswith(Template.EXTRACTS.value)
    assert user["content"].startswith(QUESTION)
    assert len(sent.body) < 0.3 * len(TEXT)
    assert "Featherstone" not in bird.received
    assert "Lindqvist" not in bird.received
    answer = said(events)
    assert answer.startswith("Three months [")
    assert f"“{CLAUSE}”" in answer
    assert "99" not in answer
    used = [one for event in only(events, Recalled) for one in event.used]
    assert any(CLAUSE in one.text for one in used)
    assert all(one.source is Source.PASSAGE and one.left and one.text in TEXT for one in used)
    told = [event.told for event in only(events, Notice) if event.lasting]
    assert any(text.startswith("Read ") and text.endswith(f"{len(used)} of them are sent.") for text in told)
    assert [step.name for step in events[-1].steps] == ["extract", "answer"]


def test_a_follow_up_searches_the_document_again_and_other_questions_do_not(confidant, bird):
    bird.say = lambda question: "Well."
    conversation, _ = ask(confidant, TEXT)
    _, events = ask(confidant, "And who mended the boiler in that room?", conversation=conversation)
    (sent,) = only(events, Sent)
    assert "The boiler in room 7" in messages(sent.body)[-1]["content"]
    assert "Lindqvist" not in bird.received
    _, events = ask(confidant, "Name a good recipe for lentil soup.", conversation=conversation)
    (sent,) = only(events, Sent)
    assert messages(sent.body)[-1]["content"] == "Name a good recipe for lentil soup."


def test_where_nothing_may_leave_the_local_model_answers_from_the_same_passages(confidant, bird):
    _, events = ask(confidant, TEXT, where=Where.LOCAL)
    assert bird.bodies == []
    answer = said(events)
    assert CLAUSE in answer
    assert FILL[:1000] not in answer
    used = [one for event in only(events, Recalled) for one in event.used]
    assert used
    assert not any(one.left for one in used)


def test_answer_locally_in_the_review_uses_the_passages_here(confidant, bird):
    _, events = ask(confidant, TEXT, Says(AnswerLocally()))
    assert bird.bodies == []
    assert CLAUSE in said(events)
    assert not any(one.left for event in only(events, Recalled) for one in event.used)
    assert only(events, Routed)[-1].where is Where.LOCAL


def test_a_request_about_the_whole_text_sends_the_whole_text(confidant, bird):
    bird.say = lambda question: "Short."
    _, events = ask(confidant, TEXT.replace(QUESTION, "Summarize this text."))
    (sent,) = only(events, Sent)
    assert FILL[:1000] in messages(sent.body)[-1]["content"]


PLANS = [
    '[{"do": "find", "what": "notice period"}]',
    "I would rather run something: os.system('true')",
    '[{"do": "find", "what": "the boiler in room 7 that Bertram Lindqvist mended"}]',
    "[" * 5000,
]


@pytest.mark.parametrize("plan", PLANS)
def test_the_cloud_may_plan_but_sees_the_question_alone_and_reaches_no_further(confidant, bird, plan):
    confidant.settings.set(PLAN, "cloud")
    bird.say = lambda question: "Three months." if "[1]" in question else plan
    yes = Yes()
    conversation, events = ask(confidant, TEXT, yes)
    first, second = only(events, Sent)
    system, user = messages(first.body)
    assert system["content"] == Template.PLAN.value
    assert user["content"] == QUESTION
    assert "three months" in messages(second.body)[-1]["content"]
    assert "Bertram" not in bird.received
    assert len(yes.reviews) == 2
    assert said(events) == "Three months."
    assert [step.name for step in events[-1].steps] == ["plan", "extract", "answer"]
    stored = confidant.session.messages(conversation)[-1]
    assert len(stored.account.requests) == 2
    assert stored.wire_text == "Three months."


def test_answer_locally_at_the_plan_keeps_everything_here(confidant, bird):
    confidant.settings.set(PLAN, "cloud")
    _, events = ask(confidant, TEXT, Says(AnswerLocally()))
    assert bird.bodies == []
    assert CLAUSE in said(events)


def test_a_yes_to_the_plan_is_no_yes_to_the_passages(confidant, bird):
    confidant.settings.set(PLAN, "cloud")
    bird.say = lambda question: PLANS[0]
    _, events = ask(confidant, TEXT, Says(Approve(), AnswerLocally()))
    assert len(bird.bodies) == 1
    assert isinstance(events[-1], Done)


class Eva:
    """Somebody with a name and a way of writing."""

    def about(self, question, k=3):
        return (Fact(7, "My name is Eva Sol.", 0.0),) if "name" in question else ()

    def style(self):
        return "Write warmly; begin letters with 'Hi'; end them with 'Cheers, Eva'."

    def heard(self, message):
        """Nothing new."""


REQUEST = "Write a letter to Cornelia Featherstone about the chairs."
LETTER = (
    "Dear {},\n\nI am writing to tell you that the 40 chairs of 3 May did not arrive here yet.\n\n"
    "Kind regards,\n[Your Name]"
)
MINE = LETTER.replace("Dear", "Hi").replace("Kind regards", "Cheers").replace("[Your Name]", "Eva Sol")
NAME = "Cornelia Featherstone"
BETTER = "Just writing to tell you that the 40 chairs of 3 May did not arrive here yet."
WORSE = "Just writing to tell you that the 14 chairs of 3 May did arrive here."


class Scripted(EchoEngine):
    """The echo as a model on this computer."""

    def prime(self, prompt, cancel):
        """Nothing to read ahead."""


@dataclass
class EvasPipeline:
    """The pipeline for Eva, with a local model that says what it is told."""

    local: Scripted
    bundled: bool = False

    def run(self, turn, kit, cancel):
        facts = replace(kit.facts, bundled=self.bundled)
        yield from Pipeline().run(turn, replace(kit, person=Eva(), local=self.local, facts=facts), cancel)


@pytest.fixture
def write(confidant, bird, monkeypatch):
    def write(edits=(), text=REQUEST, bundled=False):
        code = re.compile(r"PERSON-\w{4}")
        bird.say = lambda asked: LETTER.format(found.group() if (found := code.search(asked)) else NAME)
        way = EvasPipeline(Scripted(edits), bundled)
        monkeypatch.setattr("app.core.mechanisms.by_name", lambda name: way)
        conversation, events = ask(confidant, text)
        return events, way.local, confidant.session.messages(conversation)[-1]

    return write


def test_a_letter_is_made_the_persons_own_by_rule_with_the_bundled_model(write):
    events, local, stored = write(bundled=True)
    assert said(events) == stored.text == MINE.format(NAME)
    assert local.prompts == []
    assert [piece.text for piece in stored.pieces if piece.origin is Origin.RESTORED] == [NAME]
    assert "".join(piece.text for piece in stored.pieces if piece.origin is Origin.LOCAL) == "HiCheersEvaSol"
    assert [one.id for one in stored.account.used] == [7]
    assert "Dear PERSON-" in stored.wire_text
    assert any(event.lasting for event in only(events, Notice))


@pytest.mark.parametrize(("edit", "taken"), [(BETTER, True), (WORSE, False), ("", False), ("Sure!", False)])
def test_a_better_model_edits_paragraphs_as_far_as_the_check_lets_it(write, edit, taken):
    events, _, _ = write([edit])
    assert (BETTER in said(events)) == taken
    assert "40 chairs of 3 May" in said(events)
    assert "did not arrive" in said(events)
    assert [step.name for step in events[-1].steps] == ["answer", "edit"]


@pytest.mark.parametrize("text", ["Why is the sky blue?", "Who is taller, Ann or Bob?"])
def test_what_is_no_writing_stays_as_the_cloud_wrote_it(write, text):
    events, local, _ = write(text=text)
    assert said(events).startswith("Dear ")
    assert "[Your Name]" in said(events)
    assert local.prompts == []


def test_switched_off_it_stays_as_the_cloud_wrote_it(confidant, write):
    confidant.settings.set(PERSONALIZE, "off")
    events, _, _ = write()
    assert said(events) == LETTER.format(NAME)


def test_a_plan_without_end_is_dropped(confidant, bird):
    confidant.settings.set(PLAN, "cloud")
    bird.say = lambda question: "Three months." if "[1]" in question else "[" * 9000
    bird.piece = 500
    _, events = ask(confidant, TEXT)
    assert isinstance(events[-1], Done)
    assert "Three months." in said(events)


def test_a_passage_hides_what_only_the_whole_document_shows_to_be_private(confidant, bird):
    filler = " ".join(f"Paragraph {n} is about the garden, its paths and its seasons." for n in range(60))
    document = (
        "My seed phrase: legal winner thank year wave sausage worth useful legal winner thank yellow\n\n"
        + "\n\n".join([filler] * 3)
        + "\n\nThe note on the fridge about the roof said: wave sausage worth useful. The roof leaks since May.\n\n"
        + "\n\n".join([filler] * 3)
    )
    events = ask(confidant, f"{document}\n\nWhat did the note on the fridge say about the roof?")[1]
    assert isinstance(events[-1], Done), events[-1]
    assert "fridge" in bird.received
    assert "sausage worth" not in bird.received
