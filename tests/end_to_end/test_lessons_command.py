"""`confidant lessons`, run in this process on a profile that learned something."""

import argparse
import json

import pytest

from app.assembly import build
from app.commands import lessons
from app.commands.exits import Exit
from app.core.engines.echo import EchoEngine
from app.core.errors import SettingError
from app.core.paths import Paths
from app.core.store.conversations import Conversations
from app.core.types import Origin, Piece, State
from app.privacy.policy import Level

HOW = "First, soak it in cold water. Then rub salt into the stain."


@pytest.fixture
def confidant(tmp_path):
    paths = Paths(tmp_path / "profile")
    paths.create()
    confidant = build(paths, local=EchoEngine())
    confidant.start()
    yield confidant
    confidant.close()


@pytest.fixture
def run(confidant):
    def run(*arguments):
        parser = argparse.ArgumentParser()
        lessons.add_to(parser.add_subparsers())
        options = parser.parse_args(["lessons", *arguments])
        return options.run(confidant, options)

    return run


def teach(confidant, question):
    store = Conversations(confidant._kept)
    conversation = store.create("", Level.GUARDED).id
    asked = store.ask(conversation, question)
    store.set_wire(asked.id, question)
    answer = store.begin_answer(conversation)
    store.finish(answer, State.COMPLETE, [Piece(HOW, Origin.CLOUD)], wire_text=HOW)
    confidant.exemplars.learn(*store.messages(conversation))
    confidant.exemplars.judged(answer, True)


def test_lessons_are_listed_newest_first_and_forgotten(confidant, run, capsys):
    assert run("list") == Exit.OK
    assert capsys.readouterr().out == ""
    for stain in ("wine", "ink", "grass"):
        teach(confidant, f"How do I get {stain} out of\na shirt?")
    assert run("list", "--json") == Exit.OK
    newest, *_ = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert newest["question"] == "How do I get grass out of\na shirt?"
    assert newest["strategy"] == newest["answer"] == HOW
    assert (newest["state"], newest["used"], newest["helped"]) == ("accepted", 0, 0)
    assert run("forget", str(newest["id"])) == Exit.OK
    assert capsys.readouterr().out == "Forgotten: 1.\n"
    run("list")
    listed = capsys.readouterr().out.splitlines()
    assert all(
        line.endswith(f"{stain} out of a shirt?") for line, stain in zip(listed, ("ink", "wine"), strict=True)
    )
    assert "accepted, not used yet: How do I get ink" in listed[0]
    assert run("forget", "--all", "--json") == Exit.OK
    assert json.loads(capsys.readouterr().out) == {"forgotten": 2}


@pytest.mark.parametrize("wrong", [(), ("3", "--all"), ("77",)])
def test_what_to_forget_must_be_said(run, wrong):
    with pytest.raises(SettingError):
        run("forget", *wrong)
