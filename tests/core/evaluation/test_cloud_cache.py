"""The cloud of the benchmarks answers what it knows, whatever random codes stand in a request."""

import json

from bench.cloud_cache import Cache, canonical, cloud_cache

from app.core.cancel import Cancel
from app.core.evaluation.checkers import Demands
from app.core.evaluation.replay import AllApproved, Arm, Replay
from app.core.evaluation.sets import Questions, Record
from app.core.settings import CLOUD_BASE_URL
from app.core.types import Where
from app.privacy.prompt import CODES, Template

TEXT = "Please thank Cornelia Featherstone and her cousin Leopold Quillfeather for the pears."


def messages(one, other):
    asked = f"Please thank PERSON-{one} and her cousin PERSON-{other} for the pears."
    return [
        {"role": "system", "content": f"{Template.PLAIN.value} {CODES}"},
        {"role": "user", "content": asked},
    ]


def test_codes_are_told_apart_by_their_order_alone():
    assert canonical(messages("3BCD", "4FGH"))[0] == canonical(messages("9XWZ", "2MNP"))[0]
    assert canonical(messages("3BCD", "4FGH"))[0] != canonical(messages("3BCD", "3BCD"))[0]


def test_a_kept_answer_comes_back_with_the_codes_of_this_request(tmp_path):
    path = tmp_path / "kept.jsonl"
    usage = {"prompt_tokens": 9, "completion_tokens": 5}
    Cache(path).put(
        messages("3BCD", "4FGH"), {"text": "Dear PERSON_4FGH, PERSON-3BCD", "finish": "stop", "usage": usage}
    )
    cache = Cache(path)
    assert cache.get(messages("9XWZ", "2MNP"))["text"] == "Dear PERSON_2MNP, PERSON-9XWZ"
    assert cache.get([{"role": "user", "content": "Other"}]) is None
    assert (cache.hits, cache.misses) == (1, 1)


def test_answers_that_were_made_in_a_batch_are_given_to_a_real_session(confidant, tmp_path):
    prompts, answers = tmp_path / "prompts.jsonl", tmp_path / "answers.jsonl"
    prompts.write_text(json.dumps({"id": "a", "messages": messages("3BCD", "4FGH")}))
    usage = {"prompt_tokens": 9, "completion_tokens": 5}
    answers.write_text(json.dumps({"id": "a", "text": "Dear PERSON-4FGH,", "finish": "stop", "usage": usage}))
    cache = Cache(None)
    assert cache.preload(prompts, answers) == 1
    with cloud_cache(cache) as server:
        confidant.settings.set(CLOUD_BASE_URL, server.address)
        record = Record("a", TEXT, Demands(exact="Dear Leopold Quillfeather,"))
        replay = Replay(confidant.session, confidant.settings, AllApproved())
        arm = Arm("routing", Where.CLOUD)
        (outcome,) = replay.run(Questions("small", (record,), ""), [arm], Cancel())
        assert (outcome.quality, outcome.failed, outcome.prompt_tokens) == (1.0, "", 9)
        unknown = Record("b", "Something that nobody has asked before.")
        (outcome,) = replay.run(Questions("small", (unknown,), ""), [arm], Cancel())
        assert outcome.failed
    assert len(server.bodies) == 2
