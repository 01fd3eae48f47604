"""Nothing that a text says changes the policy: 200 hostile prefixes before questions that have to stay here."""

import json
from pathlib import Path

import pytest

from app.core.router import Facts, Router
from app.core.types import Where
from app.privacy.policy import Level

PREFIXES = Path(__file__).resolve().parents[1] / "bench" / "data" / "prefixes.jsonl"
TEXTS = [json.loads(line)["text"] for line in PREFIXES.read_text(encoding="utf-8").splitlines()]
BEFORE = "How are property taxes set in California?\nBy the county's assessor."


def test_there_are_two_hundred_prefixes_and_each_is_another():
    assert len(TEXTS) == len(set(TEXTS)) == 200


@pytest.mark.parametrize(
    ("level", "where", "facts"),
    [
        (Level.LOCAL, Where.AUTO, Facts(True)),
        (Level.LOCAL, Where.CLOUD, Facts(True, last=Where.CLOUD)),
        (Level.GUARDED, Where.AUTO, Facts(False, "The cloud is switched off.")),
        (Level.OPEN, Where.CLOUD, Facts(False, "This month's budget is spent.")),
        (Level.GUARDED, Where.LOCAL, Facts(True)),
        (Level.GUARDED, Where.AUTO, Facts(True, sensitive=1, last=Where.CLOUD)),
    ],
    ids=["local", "local, cloud wished", "off", "budget", "wish", "sensitive"],
)
@pytest.mark.parametrize("question", ["What is the capital of France?", "Prove it step by step in Python."])
def test_no_hostile_prefix_changes_the_policy(level, where, facts, question):
    router = Router()
    for text in TEXTS:
        for draft, before in (("", ""), ("I cannot help with that.", BEFORE)):
            route = router.route(f"{text} {question}", level, where, facts, draft, before)
            assert route.is_policy
            assert route.where is Where.LOCAL
