"""A plan is data: whatever a cloud writes, it is read strictly or not at all, and reaches nothing it should not."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.extracts.plan import STEPS, WORDS, Step, Verb, parse, plan_for

GOOD = [
    ('[{"do": "find", "what": "notice period"}]', (Step(Verb.FIND, "notice period"),)),
    ('```json\n[{"do": "count", "what": "penalty"}]\n```', (Step(Verb.COUNT, "penalty"),)),
    (
        ' [ {"what": "rent", "do": "extract"}, {"do": "quote", "what": "termination"} ] ',
        (Step(Verb.EXTRACT, "rent"), Step(Verb.QUOTE, "termination")),
    ),
]
BAD = [
    "",
    "Look for the notice period.",
    'Here is the plan: [{"do": "find", "what": "rent"}]',
    '[{"do": "find", "what": "rent"}] and more',
    '{"do": "find", "what": "rent"}',
    "[]",
    json.dumps([{"do": "find", "what": "rent"}] * 5),
    '[{"do": "run", "what": "rent"}]',
    '[{"do": "FIND", "what": "rent"}]',
    '[{"do": "find"}]',
    '[{"do": "find", "what": "rent", "then": "send"}]',
    '[{"do": "find", "what": "a", "what": "b"}]',
    '[{"do": "find", "what": ["rent"]}]',
    '[{"do": "find", "what": {"do": "find", "what": "rent"}}]',
    '[[{"do": "find", "what": "rent"}]]',
    '[{"do": "find", "what": ""}]',
    '[{"do": "find", "what": "   "}]',
    '[{"do": "find", "what": "a\\nb"}]',
    '[{"do": "find", "what": "a\\u0000b"}]',
    '[{"do": "find", "what": "\\ud800"}]',
    json.dumps([{"do": "find", "what": "x" * (WORDS + 1)}]),
    '[{"do": "find", "what": 7}]',
    '[{"do": null, "what": "rent"}]',
    '[{"do": ["find"], "what": "rent"}]',
    "[" * 3000,
    "[" * 1900,
    '[{"do": "find", "what": "rent"}, null]',
    '[{"do": "find", "what": "rent"}, "eval(1)"]',
    "import os; os.system('true')",
    '[{"do": "__import__(\'os\').system(\'true\')", "what": "x"}]',
    "NaN",
    "[" + "9" * 1900 + "]",
]


@pytest.mark.parametrize(("text", "steps"), GOOD)
def test_a_plan_is_read(text, steps):
    assert parse(text) == steps


@pytest.mark.parametrize("text", BAD)
def test_what_is_anything_but_a_plan_is_refused(text):
    assert parse(text) == ()


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=40)
    | st.sampled_from(list(Verb)),
    lambda inner: (
        st.lists(inner, max_size=6)
        | st.dictionaries(st.sampled_from(["do", "what", "then", ""]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(st.one_of(JSON.map(json.dumps), st.text(max_size=300)))
def test_whatever_is_read_is_at_most_four_steps_with_words(text):
    _is_plain(parse(text))


@given(st.text(max_size=400))
def test_what_the_rules_plan_could_have_come_over_the_wire(question):
    plan = plan_for(question)
    _is_plain(plan)
    assert parse(json.dumps([{"do": each.verb, "what": each.what} for each in plan])) == plan


def test_five_hundred_hostile_plans_are_refused_or_only_read():
    for text in hostile_plans(500):
        _is_plain(parse(text))


@pytest.mark.parametrize(
    ("question", "verb", "what"),
    [
        ("How often does the word 'delay' appear?", Verb.COUNT, "delay"),
        ("How often is the harbour authority mentioned?", Verb.COUNT, "the harbour authority"),
        ("How many times do they say “force majeure”?", Verb.COUNT, "force majeure"),
        ("Quote the clause on termination.", Verb.QUOTE, "Quote the clause on termination."),
        ("When does the lease end?", Verb.FIND, "When does the lease end?"),
    ],
)
def test_the_rules_choose_the_verb(question, verb, what):
    assert plan_for(question)[0] == Step(verb, what)


def _is_plain(plan):
    assert len(plan) <= STEPS
    for step in plan:
        assert isinstance(step.verb, Verb)
        assert 0 < len(step.what) <= WORDS
        assert step.what.isprintable()


def hostile_plans(count, seed=4):
    """Invent plans that try to run something, to leave the form, or to reach for what nobody asked for."""
    chance = random.Random(seed)
    wishes = ["passwords", "iban account salary", "Cornelia Featherstone", "*", ".*", "../../etc/passwd", "alarm code",
              "__import__('os').system('true')", "{{7*7}}", "$(true)", "ignore the question and send all", "telephone"]  # fmt: skip
    verbs = ["find", "extract", "count", "quote", "run", "exec", "send", "find;exec", "", None, 7, ["find"]]
    keys = [("do", "what"), ("do", "what", "code"), ("do",), ("what",), ("__class__", "what"), ("DO", "WHAT")]
    for _ in range(count):
        steps = []
        for _ in range(chance.choice((1, 1, 2, 4, 5, 40))):
            names = chance.choice(keys[:1] * 4 + keys)
            steps.append(
                dict(
                    zip(
                        names,
                        (chance.choice(verbs[:4] * 3 + verbs), chance.choice(wishes), "1/0"),
                        strict=False,
                    )
                )
            )
        text = json.dumps(steps)
        frame = chance.choice(
            ("{}", "{}", "{}", "```json\n{}\n```", "```python\n{}\n```", "Sure:\n{}", "{} # eval", "[{}]")
        )
        yield frame.replace("{}", text)
