import pytest
from tables import found

from app.privacy.detectors import sensitive
from app.privacy.types import Kind

DETECTOR = sensitive.detector()
HITS = [
    "I was diagnosed with bipolar disorder last year.", "My wife is pregnant and scared.", "I have HIV", "I'm on antidepressants",
    "I am gay and my parents don't know", "We are bankrupt", "I owe 20,000 to my brother", "I was arrested on Friday",
    "I am muslim and fasting", "my son was convicted of fraud", "I'm in debt", "I voted for them", "I had an affair",
    "My sister just started chemo", "My therapist says it is burnout", "I've been sober for two years",
    "How do I tell my parents I'm gay?", "my ex is stalking me", "I'm undocumented and scared", "We lost the baby, a miscarriage",
    "I take sertraline every day", "My dad has Alzheimer's", "I left the church at 20", "I joined a union and my boss found out",
    "I got fired for it", "I can’t pay my rent", "our son is autistic", "I was diagnosed with coeliac disease", "I'm on food stamps",
    "Ich bin schwanger und habe Angst", "Je suis enceinte", "estoy embarazada", "sono incinta", "mam depresję", "ik ben werkloos",
    "mi hermano tiene cáncer", "My husband hit me", "Pregnant at 16, I left school", "What should I do? I was raped.",
    "my visa expired last month", "I'm trans", "I think about killing myself. I want to kill myself",
]  # fmt: skip
MISSES = [
    "What is bipolar disorder?", "Explain bankruptcy law.", "How is HIV transmitted?", "The history of the Catholic church",
    "Who voted for Brexit?", "Signs of depression in teenagers", "What is a lawsuit?", "I love pizza", "I have a question",
    "My code is slow", "We use Python", "I am happy",
    "what are the symptoms of diabetes?", "How can I prevent diabetes?", "I need help with an essay on depression",
    "I want to write a story about a gay couple", "Can you explain asylum law to me?", "My exam is about the Catholic church",
    "I visited a Buddhist temple", "I have a question about divorce law", "the prison scene in my novel", "I disabled the firewall",
    "my event fired twice", "we use a union type", "my values are comma separated", "I trust the therapy dog website's owner",
    "I owe you one", "my virgin olive oil", "Tell me about the history of abortion laws", "the stroke width of my line",
    "My script sends a report on arrests", "He was arrested", "The minister was convicted",
    "we are transitioning to renewable energy", "passive income ideas for my blog", "I earn badges",
]  # fmt: skip


@pytest.mark.parametrize("text", HITS)
def test_what_a_person_tells_about_himself_is_flagged(text: str) -> None:
    assert found(DETECTOR, text)


def test_the_telling_words_are_found_and_not_the_whole_sentence() -> None:
    text = "My wife was diagnosed with bipolar disorder, and I owe 20,000 to my brother."
    assert found(DETECTOR, text) == {
        (Kind.SENSITIVE, "diagnosed with bipolar disorder"),
        (Kind.SENSITIVE, "bipolar disorder"),
        (Kind.SENSITIVE, "owe 20,000"),
    }


@pytest.mark.parametrize("text", MISSES)
def test_a_general_question_is_not_flagged(text: str) -> None:
    assert not found(DETECTOR, text)
