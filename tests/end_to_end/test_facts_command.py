"""`confidant memory` about the person, run as scripts run it."""

import json
import os
import subprocess
import sys

import pytest


@pytest.fixture
def memory(tmp_path):
    def run(*arguments, stdin=""):
        return subprocess.run(
            [sys.executable, "-m", "app", "--profile", str(tmp_path / "profile"), "memory", *arguments],
            input=stdin, capture_output=True, encoding="utf-8", timeout=100, env=os.environ, check=False,
        )  # fmt: skip

    return run


def test_facts_are_told_listed_corrected_turned_down_and_forgotten(memory):
    done = memory("fact", "add", stdin="I'm vegan.\nI live in Hull.\n\nI moved to Leeds.\n")
    assert (done.returncode, done.stdout) == (0, "fact-1\nfact-2\nfact-3\n"), done.stderr
    rows = [json.loads(line) for line in memory("facts", "--json").stdout.splitlines()]
    assert [row["text"] for row in rows] == ["I moved to Leeds.", "I'm vegan."]
    assert rows[0]["replaced"] == ["I live in Hull."]
    assert memory("fact", "edit", "fact-1", stdin="I'm a pescatarian.").returncode == 0
    assert "fact-1  20" in memory("facts").stdout
    assert memory("dismiss", "fact-1").returncode == 0
    assert memory("keep", "fact-1").returncode == 0
    assert "pescatarian" in memory("facts").stdout
    (row,) = map(json.loads, memory("facts", "--search", "--json", stdin="leeds").stdout.splitlines())
    assert (row["id"], row["source"], row["conversation"]) == ("fact-3", None, "")
    assert memory("forget", "fact-3").stdout == "Forgotten: 2.\n"
    assert memory("fact", "forget", "--all").stdout == "Forgotten: 1.\n"
    assert memory("facts").stdout == memory("facts", "--inbox").stdout == ""


def test_nothing_is_known_of_the_style_at_first(memory):
    done = memory("style")
    assert (done.returncode, done.stdout) == (0, "")
    assert "Nothing is known" in done.stderr
    assert memory("style", "--forget").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("keep", "12"), 2, "fact-12"),
        (("forget", "fact-9"), 2, "no fact"),
        (("fact", "edit", "fact-9"), 2, "words"),
        (("leave-out", "nowhere"), 3, "not there"),
    ],
)
def test_wrong_use_is_a_sentence(memory, arguments, code, told):
    done = memory(*arguments)
    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr
