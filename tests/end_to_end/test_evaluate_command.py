"""`confidant evaluate` asks a set in every way, keeps figures and charts, and goes on where it was stopped."""

import argparse
import json
from xml.etree import ElementTree

import pytest
from fakes import parrot

from app.assembly import build
from app.cli import main
from app.commands import evaluate
from app.core.cancel import Cancel
from app.core.engines.echo import EchoEngine
from app.core.errors import ConfidantError, PolicyRefused, SettingError
from app.core.mechanisms import MECHANISMS
from app.core.paths import Paths
from app.core.settings import CLOUD_BASE_URL, CLOUD_ENABLED, CLOUD_PRICE_ANSWER
from app.core.types import Where

QUESTIONS = [
    {"id": "a", "question": "Tom has 3 apples and gets 4. How many? 7", "answer": "7"},
    {"id": "b", "text": "Please thank Cornelia Featherstone for 12 pears.", "private": ["Cornelia Featherstone"], "answer": "12"},
]  # fmt: skip
WORDS = ("Cornelia", "apples", "pears", "Tom")


@pytest.fixture
def bird():
    with parrot(piece=9) as server:
        yield server


@pytest.fixture
def confidant(qapp, tmp_path, bird):  # the pictures need Qt, and the other tests a whole application of it
    paths = Paths(tmp_path / "profile")
    paths.create()
    confidant = build(paths, local=EchoEngine())
    confidant.start()
    confidant.settings.set(CLOUD_ENABLED, True)
    confidant.settings.set(CLOUD_BASE_URL, bird.address)
    yield confidant
    confidant.close()


@pytest.fixture
def questions(tmp_path):
    path = tmp_path / "small.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in QUESTIONS))
    return path


def run(confidant, *arguments):
    parser = argparse.ArgumentParser()
    evaluate.add_to(parser.add_subparsers())
    options = parser.parse_args(["evaluate", *map(str, arguments)])
    return options.run(confidant, options)


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_every_mechanism_is_compared_kept_and_drawn(confidant, questions, bird, tmp_path, capsys):
    out = tmp_path / "out"
    assert run(confidant, questions, "--yes", "--json", "--out", out) == 0
    head, *rows = lines(capsys)
    assert (head["set"], head["n"]) == ("small", 2)
    assert [row["arm"] for row in rows] == ["local alone", "cloud alone", *(each.name for each in MECHANISMS)]
    assert all(row["failed"] == 0 for row in rows)
    assert all(row["leak"]["mid"] == 0 for row in rows)
    assert rows[0]["bytes_sent"]["mid"] == 0 < rows[1]["bytes_sent"]["mid"]
    assert bird.bodies
    assert "Cornelia" not in bird.received
    drawn = sorted(path.name for path in out.glob("*.svg"))
    assert drawn == ["bytes.svg", "cloud.svg", "leak.svg", "quality.svg", "time.svg"]
    for path in out.iterdir():
        if path.suffix == ".svg":
            ElementTree.parse(path)
        if path.suffix != ".png":
            assert not [word for word in WORDS if word in path.read_text(encoding="utf-8")]
        else:
            assert path.read_bytes().startswith(b"\x89PNG")
    assert confidant.session.conversations() == []


def test_the_table_names_what_is_measured(confidant, questions, capsys):
    assert run(confidant, questions, "--yes", "--where", "local,cloud") == 0
    out = capsys.readouterr().out
    assert out.startswith("small, 2 questions; quality: right results")
    assert "cloud alone" in out


def test_a_stopped_run_resumes(confidant, questions, bird, tmp_path, capsys):
    out = tmp_path / "out"
    say = bird.say

    whole = ("--yes", "--where", "local,cloud", "--out", out)
    confidant.settings.set_text("cloud.retries", "0")
    bird.say = lambda question: say(question) if len(bird.bodies) < 2 else ""
    assert run(confidant, questions, *whole) == 0
    first = (out / "outcomes.jsonl").read_text().splitlines()
    assert len(first) == 4  # the head, and all but the answer that did not come
    with (out / "outcomes.jsonl").open("a") as file:
        file.write('{"record": "b", "ar')
    bird.say = say
    before = len(bird.bodies)
    assert run(confidant, questions, *whole, "--resume") == 0
    assert len(bird.bodies) == before + 1
    assert len((out / "outcomes.jsonl").read_text().splitlines()) == 5
    capsys.readouterr()
    with pytest.raises(SettingError, match="--resume goes on"):
        run(confidant, questions, *whole)
    with pytest.raises(SettingError, match="other questions"):
        run(confidant, questions, *whole, "--resume", "--sample", 1)


def test_ctrl_c_says_how_to_go_on(confidant, questions, tmp_path, capsys, monkeypatch):
    def interrupted(self, questions, arms, cancel, done):
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr("app.core.evaluation.replay.Replay.run", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(confidant, questions, "--yes", "--out", tmp_path / "out")
    assert "--resume goes on with it" in capsys.readouterr().err


def test_answers_are_kept_and_not_made_twice(confidant, questions, tmp_path, capsys):
    kept = tmp_path / "answers.jsonl"
    for _ in range(2):
        assert run(confidant, questions, "--where", "local", "--answers", kept) == 0
    assert len(kept.read_text().splitlines()) == 2
    assert len(confidant.local._stand_in.prompts) == 2


def test_nothing_leaves_without_a_yes_and_the_cost_is_said_first(confidant, questions, bird, capsys):
    confidant.settings.set(CLOUD_PRICE_ANSWER, 100.0)
    with pytest.raises(PolicyRefused, match="--yes"):
        run(confidant, questions, "--where", "cloud")
    assert "2 questions go, sanitized, to 127.0.0.1" in (err := capsys.readouterr().err)
    assert "for about 0.1." in err
    assert bird.bodies == []


def test_history_stays_here_unless_it_may_leave(confidant, bird, capsys):
    talk = confidant.session.new_conversation().id
    confidant.session.send(talk, "How long is a mile?", None, Cancel(), lambda _: None, where=Where.LOCAL)
    assert run(confidant, "--history", "--json") == 0
    head, *rows = lines(capsys)
    assert (head["set"], head["n"], rows[0]["quality"]["mid"]) == ("history", 1, 1.0)
    assert len(rows) == 1 + len(MECHANISMS)
    assert bird.requests == []
    with pytest.raises(PolicyRefused):
        run(confidant, "--history", "5", "--cloud")
    assert run(confidant, "--history", "5", "--cloud", "--yes", "--where", "cloud") == 0
    assert len(bird.bodies) == 1


def test_without_a_cloud_the_local_model_can_still_be_measured(confidant, questions, capsys):
    confidant.settings.set(CLOUD_ENABLED, False)
    with pytest.raises(PolicyRefused, match="switched off"):
        run(confidant, questions, "--yes")
    assert run(confidant, questions, "--where", "local") == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nothing.jsonl",), "cannot be read"),
        (("FILE", "--where", "moon"), "--where takes"),
        (("FILE", "--level", "high"), "--level takes"),
        (("FILE", "--mechanisms", "magic"), "no mechanism"),
        (("FILE", "--with", "nothing=1"), "no setting"),
        (("FILE", "--resume"), "--out"),
        (("--history",), "no answered question"),
    ],
)
def test_wrong_use_is_a_sentence(confidant, questions, arguments, told):
    with pytest.raises(ConfidantError) as caught:
        run(confidant, *(questions if each == "FILE" else each for each in arguments))
    assert told in caught.value.told


def test_a_broken_file_ends_the_program_with_code_2_and_a_sentence(tmp_path, capsys):
    path = tmp_path / "broken.jsonl"
    path.write_text('{"text": "fine"}\n{"secret": \n')
    assert main(["--profile", str(tmp_path / "profile"), "evaluate", str(path)]) == 2
    err = capsys.readouterr().err
    assert "Line 2" in err
    assert "secret" not in err
