"""Files of several forms become questions; a broken one is a sentence that names the line, not its words."""

import json

import pytest

from app.core.cancel import Cancel
from app.core.errors import SettingError
from app.core.evaluation.checkers import Demands, Instructions, Like, Number, Option, Plain
from app.core.evaluation.sets import history, read
from app.core.types import Where
from app.privacy.policy import Level


def written(tmp_path, *lines):
    path = tmp_path / "questions.jsonl"
    path.write_text(
        "\n".join(each if isinstance(each, str) else json.dumps(each) for each in lines), encoding="utf-8"
    )
    return path


@pytest.mark.parametrize(
    ("line", "checker", "text", "private"),
    [
        ({"id": 1, "question": "2+2?", "answer": "4"}, Number("4"), "2+2?", ()),
        ({"question": "2+2?", "answer": "so #### 1,004"}, Number("1,004"), "2+2?", ()),
        ({"text": "Who?", "answer": "Ada Byron"}, Demands(contains=("Ada Byron",)), "Who?", ()),
        (
            {"key": 5, "prompt": "Go.", "instruction_id_list": ["punctuation:no_comma"], "kwargs": [{"x": None}]},
            Instructions(("punctuation:no_comma",), ({},)), "Go.", (),
        ),
        ({"text": "Hi", "units": ["ann"]}, Plain(), "Hi", ("ann",)),
        ({"text": "Hi", "private": ["ann"], "demands": {"lacks": ["bob"]}}, Demands(lacks=("bob",)), "Hi", ("ann",)),
        (
            {"question": "Which?", "preference": "No fish.", "options": ["Fish", "Rice"], "right": 1},
            Option(("Fish", "Rice"), 1),
            "No fish.\n\nWhich?\n\na) Fish\nb) Rice\n\nAnswer with the letter of the best option.", (),
        ),
    ],
)  # fmt: skip
def test_the_fields_tell_the_form(tmp_path, line, checker, text, private):
    (record,) = read(written(tmp_path, line)).records
    assert (record.checker, record.text, record.private) == (checker, text, private)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("",), "holds no questions"),
        (("{broken secret",), "Line 1 is not a JSON object"),
        (('["secret"]',), "Line 1 is not a JSON object"),
        (({"text": "ok"}, "", {"id": "secret"}), 'line 3: it needs a "text"'),
        (({"text": "ok", "options": ["a"], "right": 1},), "right"),
        (({"text": "ok", "units": "secret"},), "list of strings"),
        (({"text": "ok", "demands": []},), "demands"),
        (({"text": "ok", "answer": " "},), "empty"),
        (({"prompt": "ok", "instruction_id_list": ["secret"], "kwargs": []},), "kwargs"),
        (({"prompt": "ok", "instruction_id_list": ["new:rule"], "kwargs": [{}]},), "no rule"),
        (({"id": "x", "text": "ok"}, {"id": "x", "text": "ok"}), "an id twice"),
    ],
)
def test_a_broken_file_is_a_clear_sentence(tmp_path, lines, told):
    with pytest.raises(SettingError) as caught:
        read(written(tmp_path, *lines))
    assert told in caught.value.told
    assert "secret" not in caught.value.told


def test_a_file_that_is_not_there_or_no_text_is_a_sentence(tmp_path):
    with pytest.raises(SettingError, match="cannot be read"):
        read(tmp_path / "nothing.jsonl")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingError, match="UTF-8"):
        read(tmp_path / "bytes")


def test_a_sample_is_the_same_for_the_same_seed(tmp_path):
    questions = read(written(tmp_path, *({"text": f"q{n}"} for n in range(50))))
    one, same, other = questions.sample(9, 1), questions.sample(9, 1), questions.sample(9, 2)
    assert one == same != other
    assert len(one.records) == 9
    assert one.fingerprint != questions.fingerprint
    assert questions.sample(0, 1) is questions.sample(99, 1) is questions


def test_history_takes_first_questions_with_their_answers_and_levels(confidant):
    session = confidant.session
    for level, text in ((Level.GUARDED, "How long is a mile?"), (Level.LOCAL, "What is in my will?")):
        talk = session.new_conversation(level=level).id
        for said in (text, "And why?"):
            session.send(talk, said, None, Cancel(), lambda _: None, where=Where.LOCAL)
    newest, oldest = history(session, 0).records
    assert (newest.text, newest.level) == ("What is in my will?", Level.LOCAL)
    assert (oldest.text, oldest.level) == ("How long is a mile?", Level.GUARDED)
    assert isinstance(oldest.checker, Like)
    assert history(session, 1).records == (newest,)


def test_an_empty_history_is_a_sentence(confidant):
    with pytest.raises(SettingError, match="no answered question"):
        history(confidant.session, 0)
