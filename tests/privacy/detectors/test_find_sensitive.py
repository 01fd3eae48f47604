import pytest
from tables import found

from app.privacy.detectors import sensitive

DETECTOR = sensitive.detector()
HITS = [
    "I was diagnosed with bipolar disorder last year.", "My wife is pregnant and scared.", "I have HIV", "I'm on antidepressants",
    "I am gay and my parents don't know", "We are bankrupt", "I owe 20,000 to my brother", "I was arrested on Friday",
    "I am muslim and fasting", "my son was convicted of fraud", "I'm in debt", "I voted for them", "I had an affair",
]  # fmt: skip
MISSES = [
    "What is bipolar disorder?", "Explain bankruptcy law.", "How is HIV transmitted?", "The history of the Catholic church",
    "Who voted for Brexit?", "Signs of depression in teenagers", "What is a lawsuit?", "I love pizza", "I have a question",
    "My code is slow", "We use Python", "I am happy",
]  # fmt: skip


@pytest.mark.parametrize("text", HITS)
def test_what_a_person_tells_about_himself_is_flagged(text: str) -> None:
    assert found(DETECTOR, text)


@pytest.mark.parametrize("text", MISSES)
def test_a_general_question_is_not_flagged(text: str) -> None:
    assert not found(DETECTOR, text)
