"""`confidant memory`, run as scripts run it."""

import json
import os
import subprocess
import sys

import pytest

TURNS = [
    {"id": "a1", "conversation": "boat", "speaker": "Mara", "role": "user",
     "time": "1:56 pm on 8 May, 2023", "text": "My brother lent me his old sailing boat."},
    {"id": "a2", "conversation": "boat", "speaker": "Tove", "role": "assistant",
     "time": "1:57 pm on 8 May, 2023", "text": "Where will you take it?"},
    {"id": "b1", "conversation": "soup", "speaker": "Tove", "role": "assistant",
     "time": "2024-02-01T10:00:00", "text": "I burnt the lentil soup again."},
]  # fmt: skip


@pytest.fixture
def confidant(tmp_path):
    def run(*arguments, stdin=""):
        return subprocess.run(
            [sys.executable, "-m", "app", "--profile", str(tmp_path / "profile"), "memory", *arguments],
            input=stdin, capture_output=True, encoding="utf-8", timeout=100, env=os.environ, check=False,
        )  # fmt: skip

    return run


def as_lines(objects):
    return "".join(json.dumps(each) + "\n" for each in objects)


def test_turns_are_added_twice_without_harm_searched_listed_and_forgotten(confidant):
    for _ in range(2):
        done = confidant("add", "--jsonl", stdin=as_lines(TURNS))
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
    asked = [
        {"id": 1, "query": "Who lent a boat?"},
        {"id": "two", "query": "What was cooked in February 2024?"},
    ]
    done = confidant("search", "--jsonl", "-k", "2", stdin=as_lines(asked))
    boat, soup = [json.loads(line) for line in done.stdout.splitlines()]
    assert (boat["id"], boat["hits"][0]["id"], len(boat["hits"])) == (1, "a1", 2)
    assert boat["hits"][0]["text"] == TURNS[0]["text"]
    assert boat["hits"][0]["score"] > boat["hits"][1]["score"]
    assert (soup["id"], soup["hits"][0]["id"]) == ("two", "b1")
    assert confidant("list").stdout.count("\n") == 3
    assert confidant("forget", "a1").returncode == 0
    assert "sailing" not in confidant("search", stdin="Who lent a boat?").stdout
    assert confidant("forget", "--all").stdout == "Forgotten: 2.\n"
    assert confidant("list").stdout == ""


def test_a_text_is_remembered_as_it_stands(confidant):
    assert confidant("add", stdin="The spare key is with the neighbour.\n").returncode == 0
    assert confidant("search", stdin="where is the key").stdout.endswith(
        "user: The spare key is with the neighbour.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "stdin", "told"),
    [
        (("add", "--jsonl"), "{}\n", "id"),
        (("add", "--jsonl"), "[1]\n", "Line 1"),
        (("add", "--jsonl"), '{"id": "1"}\n', "text"),
        (("search", "--jsonl"), '{"id": "1"}\n', "query"),
        (("search", "-k", "0"), "x", "-k"),
        (("forget",), "", "--all"),
        (("forget", "nothing"), "", "no note"),
    ],
)
def test_wrong_use_is_a_sentence_and_exit_2(confidant, arguments, stdin, told):
    done = confidant(*arguments, stdin=stdin)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_what_was_said_does_nothing_to_the_terminal(confidant):
    turn = {"id": "x\x1b]0;y\x07", "speaker": "T\x9b31m", "text": "the boat \x1b[2J\x1b]52;c;ZQ==\x07 sank"}
    assert confidant("add", "--jsonl", stdin=as_lines([turn])).returncode == 0
    for said in (confidant("search", stdin="boat").stdout, confidant("list").stdout):
        assert "boat" in said
        assert said.replace("\n", "").isprintable()
