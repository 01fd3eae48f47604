"""`confidant documents` and `ask --attach`, run as scripts run them."""

import json
import os
import subprocess
import sys

import pytest


@pytest.fixture
def confidant(tmp_path):
    def run(*arguments, stdin=""):
        return subprocess.run(
            [sys.executable, "-m", "app", "--profile", str(tmp_path / "profile"), *arguments],
            input=stdin, capture_output=True, encoding="utf-8", timeout=100, env=os.environ, check=False,
        )  # fmt: skip

    return run


def test_documents_are_attached_listed_asked_about_and_removed(confidant, tmp_path):
    paper, table = tmp_path / "lease.txt", tmp_path / "rooms.csv"
    paper.write_text("The notice period of this lease is three months.\n")
    table.write_text("Room,Rent\nAttic,95\n")
    asked = confidant(
        "ask", "-", "--attach", str(paper), "--attach", str(table), "--where", "local", "--json",
        stdin="Which notice period does this document name?",
    )  # fmt: skip
    assert asked.returncode == 0, asked.stderr
    lines = [json.loads(line) for line in asked.stdout.splitlines()]
    used = [each for line in lines if line["event"] == "recalled" for each in line["used"]]
    assert any(each["text"].startswith("lease.txt, line 1: The notice period") for each in used)
    assert not any(each["left"] for each in used)
    talk = lines[-1]["conversation"]
    listed = confidant("documents", "list", "--json", "--conversation", talk).stdout.splitlines()
    assert [json.loads(line)["name"] for line in listed] == ["lease.txt", "rooms.csv"]
    first = str(json.loads(listed[0])["id"])
    assert confidant("documents", "remove", first, "--conversation", talk).returncode == 0
    assert confidant("documents", "list", "--conversation", talk).stdout == "2  rooms.csv  csv, 1 page\n"
    assert confidant("documents", "remove", first, "--conversation", talk).returncode == 2
    added = confidant("documents", "add", str(paper), "--conversation", talk)
    assert (added.returncode, added.stdout) == (0, "3  lease.txt  text, 1 page\n")


def test_a_file_that_cannot_be_read_gets_a_sentence_and_asks_nothing(confidant, tmp_path):
    asked = confidant("ask", "-", "--attach", str(tmp_path / "none.pdf"), stdin="What is in it?")
    assert (asked.returncode, asked.stdout) == (3, "")
    assert asked.stderr.endswith("This file is not there. Check its name and try again.\n")
