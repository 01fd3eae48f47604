"""What a local model once said is not asked for twice."""

import pytest

from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.errors import Cancelled, SettingError
from app.core.evaluation.recorded import Recorded, Recording, append, key_of
from app.core.types import Chunk, Generation, Message, Prompt, Role, Usage


def prompt(text, **how):
    return Prompt((Message(Role.USER, text),), Generation(**how))


def said(engine, asked):
    return "".join(chunk.text for chunk in engine.stream(asked, Cancel()))


def test_an_answer_is_made_once_and_kept_for_the_next_run(tmp_path):
    path = tmp_path / "answers.jsonl"
    first = EchoEngine(["Grüße."])
    assert said(Recorded(first, path), prompt("Hello")) == "Grüße."
    second = EchoEngine(["Something else."])
    kept = Recorded(second, path)
    assert said(kept, prompt("Hello")) == "Grüße."
    assert second.prompts == []
    assert kept.name == "echo"


@pytest.mark.parametrize("how", [{"max_tokens": 5}, {"temperature": 0.0}, {"grammar": 'root ::= "a"'}])
def test_another_way_to_generate_is_another_request(tmp_path, how):
    engine = EchoEngine()
    kept = Recorded(engine, tmp_path / "answers.jsonl")
    said(kept, prompt("Hello"))
    said(kept, prompt("Hello", **how))
    assert len(engine.prompts) == 2


def test_a_kept_answer_brings_its_figures(tmp_path):
    path = tmp_path / "answers.jsonl"
    asked = prompt("Hello", logprobs=True)
    append(path, "echo", key_of("echo", asked), Recording("Hi", Usage(3, 1), True, 1500.0, (-0.1,)))
    kept = Recorded(EchoEngine(), path)
    chunks = list(kept.stream(asked, Cancel()))
    assert chunks == [Chunk("Hi", logprobs=(-0.1,)), Chunk(usage=Usage(3, 1), truncated=True)]
    assert kept.saved_ms() == 1500.0
    assert kept.saved_ms() == 0.0
    assert next(iter(kept.stream(prompt("Hello"), Cancel()))) == Chunk("Hi")


def test_an_answer_without_probabilities_is_made_anew_where_they_are_wanted(tmp_path):
    engine = EchoEngine()
    kept = Recorded(engine, tmp_path / "answers.jsonl")
    said(kept, prompt("Hello"))
    said(kept, prompt("Hello", logprobs=True))
    assert len(engine.prompts) == 2


def test_a_stopped_answer_is_not_kept(tmp_path):
    path = tmp_path / "answers.jsonl"
    cancel = Cancel()
    stream = Recorded(EchoEngine(), path).stream(prompt("one two three"), cancel)
    next(stream)
    cancel.set()
    with pytest.raises(Cancelled):
        list(stream)
    assert not path.exists()


def test_a_half_written_last_line_is_passed_over_and_a_broken_file_is_a_sentence(tmp_path):
    path = tmp_path / "answers.jsonl"
    said(Recorded(EchoEngine(), path), prompt("Hello"))
    with path.open("a") as file:
        file.write('{"key": "x", "te')
    engine = EchoEngine()
    assert said(Recorded(engine, path), prompt("Hello")) == "Hello"
    assert engine.prompts == []
    path.write_text('{"secret"\n{}\n')
    with pytest.raises(SettingError, match="line 1") as caught:
        Recorded(EchoEngine(), path)
    assert "secret" not in caught.value.told
