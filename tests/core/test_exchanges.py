"""Questions and answers are paired, whatever was stopped, failed or asked again."""

import pytest

from app.core.exchanges import exchanges
from app.core.types import Role, StoredMessage


def said(*texts):
    """Make messages: `?a` is a question, `a` an answer, `-` an answer that does not count."""
    roles = [Role.USER if text.startswith("?") else Role.ASSISTANT for text in texts]
    return [
        StoredMessage(n, "c", role, text, 0.0)
        for n, (role, text) in enumerate(zip(roles, texts, strict=True))
    ]


@pytest.mark.parametrize(
    ("history", "pairs"),
    [
        (said(), []),
        (said("?a", "b"), [("?a", "b")]),
        (said("?a", "b", "?c", "d"), [("?a", "b"), ("?c", "d")]),
        (said("?a", "-", "b"), [("?a", "b")]),
        (said("?a", "b", "-"), [("?a", "b")]),
        (said("?a", "b", "c"), [("?a", "c")]),
        (said("?a", "?b", "c"), [("?b", "c")]),
        (said("?a", "-", "?b", "c"), [("?b", "c")]),
        (said("?-", "b"), []),
        (said("a", "?b"), []),
    ],
)
def test_each_question_has_its_last_answer_that_counts(history, pairs):
    found = exchanges(history, lambda message: "-" not in message.text)
    assert [(question.text, answer.text) for question, answer in found] == pairs
