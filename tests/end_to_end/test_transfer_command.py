"""`confidant import` and `export`, run as scripts run them."""

import json
import os
import subprocess
import sys

TALK = {
    "uuid": "t1", "name": "Soup", "created_at": "2024-05-03T10:00:00Z",
    "chat_messages": [
        {"uuid": "m1", "sender": "human", "text": "A soup with lentils?"},
        {"uuid": "m2", "sender": "assistant", "text": "Fry the onions first."},
    ],
}  # fmt: skip


def confidant(profile, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "app", "--profile", str(profile), *arguments],
        capture_output=True, encoding="utf-8", timeout=100, env=os.environ, check=False,
    )  # fmt: skip


def test_what_one_profile_exports_another_imports(tmp_path):
    export = tmp_path / "conversations.json"
    export.write_text(json.dumps([TALK]), encoding="utf-8")
    done = confidant(tmp_path / "one", "import", str(export))
    assert (done.returncode, done.stdout) == (0, "New: 2 messages in 1 conversations.\n"), done.stderr
    assert "Fry the onions first." in confidant(tmp_path / "one", "export").stdout
    export.write_text(confidant(tmp_path / "one", "export", "--format", "json").stdout, encoding="utf-8")
    assert confidant(tmp_path / "two", "import", str(export)).returncode == 0
    again = confidant(tmp_path / "two", "import", str(export))
    assert again.stdout == "New: 0 messages in 0 conversations.\nKnown before: 1 conversations.\n"
    assert "A soup with lentils?" in confidant(tmp_path / "two", "export", "--format", "md").stdout


def test_a_damaged_file_says_so_and_keeps_what_came_before(tmp_path):
    export = tmp_path / "conversations.json"
    export.write_text(json.dumps([TALK, TALK | {"uuid": "t2"}])[:-40], encoding="utf-8")
    done = confidant(tmp_path / "one", "import", str(export))
    assert done.returncode == 3
    assert "damaged" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Soup" in confidant(tmp_path / "one", "export").stdout


def test_a_missing_file_is_a_sentence(tmp_path):
    done = confidant(tmp_path / "one", "import", str(tmp_path / "nothing.zip"))
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
