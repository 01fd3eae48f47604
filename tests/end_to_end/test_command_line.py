"""The contract of the command line, run as scripts run it: a process, a pipe, an exit code."""

import json
import os
import subprocess
import sys

import pytest
from fakes import parrot

from app.commands.shown import exact

PRIVATE = "Write to Cornelia Featherstone at cornelia@quillmail.example, please."


@pytest.fixture(scope="module")
def bird():
    with parrot() as server:
        yield server


@pytest.fixture
def confidant(tmp_path):
    """Run a command on a profile of its own and return the finished process."""

    def run(*arguments, stdin="", **environment):
        return subprocess.run(
            [sys.executable, "-m", "app", "--profile", str(tmp_path / "profile"), *arguments],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            timeout=100,
            env={**os.environ, **environment},
            check=False,
        )

    return run


@pytest.fixture
def with_cloud(confidant, bird):
    bird.bodies.clear()
    for key, value in (("cloud.base_url", bird.address), ("cloud.enabled", "on")):
        assert confidant("settings", "set", key, value).returncode == 0
    return confidant


def lines(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("mechanism", ["routing", "pipeline"])
def test_ask_json_prints_the_events_and_the_bytes_that_left(with_cloud, bird, mechanism):
    done = with_cloud(
        "ask", "-", "--json", "--where", "cloud", "--mechanism", mechanism, "--yes", stdin=PRIVATE
    )
    assert done.returncode == 0, done.stderr
    events = lines(done)
    names = [event["event"] for event in events]
    assert names[0] == "routed"
    assert names[-1] == "done"
    assert {"findings", "sent", "delta"} <= set(names)
    by_name = {event["event"]: event for event in events}
    assert by_name["sent"]["body"].encode() == bird.bodies[0]
    assert len(by_name["sent"]["sha256"]) == 64
    assert {"where", "mechanism", "reasons"} <= by_name["routed"].keys()
    assert by_name["routed"]["mechanism"] == mechanism
    assert by_name["done"]["bytes_sent"] == len(bird.bodies[0])
    assert {"first_token", "total", "filter"} <= by_name["done"]["times"].keys()
    assert "".join(event["text"] for event in events if event["event"] == "delta") == PRIVATE
    found = by_name["findings"]["findings"]
    assert found[0].keys() == {"kind", "start", "end", "score", "detector", "why", "action"}


def test_without_yes_and_with_nobody_to_ask_the_cloud_is_refused(with_cloud, bird):
    done = with_cloud("ask", "-", "--json", "--where", "cloud", stdin=PRIVATE)
    assert done.returncode == 4
    assert lines(done)[-1]["event"] == "failed"
    assert lines(done)[-1].keys() == {"event", "kind", "told"}
    assert bird.bodies == []


def test_a_cloud_that_fails_is_told_and_this_computer_answers(confidant):
    _set_an_unreachable_cloud(confidant)
    done = confidant("ask", "-", "--where", "cloud", "--yes", stdin="Hello")
    assert done.returncode == 0
    assert done.stdout.strip()
    assert "This computer answers instead." in done.stderr


def test_where_both_models_fail_it_ends_with_five_and_one_sentence(confidant, tmp_path):
    _set_an_unreachable_cloud(confidant)
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"no model")
    confidant("settings", "set", "local.model", str(broken))
    done = confidant("ask", "-", "--where", "cloud", "--yes", stdin="Hello")
    assert done.returncode == 5
    assert "Traceback" not in done.stderr


def _set_an_unreachable_cloud(confidant):
    for key, value in (
        ("cloud.base_url", "http://127.0.0.1:9"), ("cloud.enabled", "on"), ("cloud.retries", "0"), ("cloud.model", "m"),
    ):  # fmt: skip
        confidant("settings", "set", key, value)


@pytest.mark.parametrize(
    ("arguments", "stdin", "code"),
    [
        (["ask", "-"], "   ", 2),
        (["ask", "-", "--mechanism", "magic"], "Hello", 2),
        (["settings", "set", "cloud.policy", "sometimes"], "", 2),
        (["settings", "get", "no.such"], "", 2),
        (["sanitize", "--jsonl"], "not json\n", 2),
        (["sanitize", "--level", "local"], "Hello", 4),
        (["nonsense"], "", 2),
        (["models", "use", "/no/such/model.gguf"], "", 5),
    ],
)
def test_exit_codes_are_those_of_the_contract(confidant, arguments, stdin, code):
    done = confidant(*arguments, stdin=stdin)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_the_window_needs_a_screen_and_says_what_to_do_instead(confidant):
    done = confidant(QT_QPA_PLATFORM="", DISPLAY="", WAYLAND_DISPLAY="")
    assert done.returncode == 3
    assert "confidant ask" in done.stderr


def test_sanitize_and_restore_make_a_round_trip_in_one_conversation(confidant):
    done = confidant("sanitize", "--conversation", "script-1", stdin=PRIVATE)
    assert done.returncode == 0, done.stderr
    assert "Cornelia" not in done.stdout
    again = confidant("sanitize", "--conversation", "script-1", stdin="Ask Cornelia Featherstone.")
    code = done.stdout.split("PERSON-")[1][:4]
    assert code in again.stdout, "the same person has the same placeholder"
    restored = confidant("restore", "--conversation", "script-1", stdin=done.stdout)
    assert restored.stdout == PRIVATE


def test_sanitize_jsonl_answers_each_line_as_a_conversation_of_its_own(confidant):
    asked = [{"id": n, "text": PRIVATE} for n in ("a", "b")]
    asked += [{"id": n, "text": PRIVATE, "conversation": "one"} for n in ("c", "d")]
    done = confidant("sanitize", "--jsonl", stdin="".join(json.dumps(line) + "\n" for line in asked))
    answers = lines(done)
    assert [answer["id"] for answer in answers] == ["a", "b", "c", "d"]
    a, b, c, d = (answer["sanitized"] for answer in answers)
    assert a != b
    assert c == d
    for finding in answers[0]["findings"]:
        assert 0 <= finding["start"] < finding["end"] <= len(PRIVATE)
        assert finding["kind"]
        assert finding["action"] in ("block", "placeholder", "standin", "generalize", "ask", "keep")


def test_route_answers_line_by_line_and_sends_nothing(with_cloud, bird):
    asked = [
        {"id": 1, "text": "Hello"},
        {"id": 2, "text": "Ann has 3 apples and buys 4. How many?", "draft": "3 + 4 = 9 apples"},
    ]
    done = with_cloud("route", "--jsonl", stdin="".join(json.dumps(line) + "\n" for line in asked))
    first, second = lines(done)
    assert first.keys() >= {"id", "where", "difficulty", "reasons"}
    assert first["where"] == "local"
    assert 0 <= first["difficulty"] < second["difficulty"] <= 1
    assert bird.bodies == []


def test_the_ledger_says_what_left_and_whether_a_phrase_ever_did(with_cloud):
    assert "Nothing has left this machine." in with_cloud("ledger").stdout
    with_cloud(
        "ask",
        "-",
        "--where",
        "cloud",
        "--yes",
        stdin="Please explain the zebra crossing to Cornelia Featherstone.",
    )
    rows = lines(with_cloud("ledger", "--json"))
    assert [row["purpose"] for row in rows] == ["chat", "models"]
    assert rows[0]["kinds"]
    yes = with_cloud("ledger", "--json", "--check", "-", stdin="zebra crossing")
    no = with_cloud("ledger", "--json", "--check", "-", stdin="Cornelia Featherstone")
    assert (len(lines(yes)), len(lines(no))) == (1, 0)


def test_the_ledger_says_what_a_provider_could_put_together(with_cloud):
    assert "No provider was told" in with_cloud("ledger", "--exposure").stdout
    question = "I'm a nurse, my two kids are loud and I'm 34. How do I sleep?"
    asked = with_cloud("ask", "-", "--json", "--where", "cloud", "--yes", stdin=question)
    (found,) = [event for event in lines(asked) if event["event"] == "findings"]
    assert found["traits"] == ["age", "family", "job"]
    (told,) = lines(with_cloud("ledger", "--exposure", "--json"))
    assert {trait: each["times"] for trait, each in told["traits"].items()} == dict.fromkeys(
        found["traits"], 1
    )
    sentence = with_cloud("ledger", "--exposure").stdout
    assert "your age, your family and your job" in sentence
    assert "nurse" not in sentence


def test_figures_of_the_filter_are_printed_weak_ones_first(confidant):
    shown = confidant("figures").stdout
    assert "Measured on" in shown
    leaks = [each["leak"] for each in lines(confidant("figures", "--json")) if "n" in each]
    assert leaks == sorted(leaks, reverse=True)


def test_settings_are_listed_read_and_written_by_key(confidant):
    assert "privacy.level = guarded" in confidant("settings", "list").stdout
    confidant("settings", "set", "privacy.own_words", "Blue Heron, Zoé")
    assert confidant("settings", "get", "privacy.own_words").stdout == "Blue Heron, Zoé\n"
    assert "Blue Heron" not in confidant("sanitize", stdin="About Blue Heron now").stdout


def test_private_words_are_set_from_standard_input(confidant):
    assert confidant("settings", "set", "privacy.own_words", "-", stdin="Zorblaxian\n").returncode == 0
    assert confidant("settings", "get", "privacy.own_words").stdout == "Zorblaxian\n"


def test_a_request_is_shown_without_anything_that_is_not_seen():
    said = "said \u202ekcab\u202c \x9b2J a\u200bb \u2066x"
    shown = exact(json.dumps({"content": said}, ensure_ascii=False))
    assert shown.isprintable()
    assert json.loads(shown) == {"content": said}


def test_a_server_cannot_make_the_terminal_do_anything(with_cloud, bird):
    bird.say = lambda _: "\x1b]52;c;ZXZpbA==\x07\x9b31mhello\r\x08\tworld\n"
    try:
        done = with_cloud("ask", "-", "--where", "cloud", "--yes", stdin="Hello")
    finally:
        bird.say = lambda question: question
    assert done.returncode == 0, done.stderr
    assert done.stdout == "\ufffd]52;c;ZXZpbA==\ufffd\ufffd31mhello\ufffd\ufffd\tworld\n\n"


def test_a_key_comes_from_standard_input_and_is_never_written_where_no_keyring_is(confidant, tmp_path):
    done = confidant("key", "set", stdin="sk-canary-1234567890\n")
    assert done.returncode == 3
    assert "CONFIDANT_API_KEY" in done.stderr
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or b"sk-canary" not in path.read_bytes()


def test_doctor_checks_every_part_and_calls_nobody(with_cloud, bird):
    bird.requests.clear()
    done = with_cloud("doctor", "--json")
    checks = {line["check"]: line for line in lines(done)}
    assert {"database", "filter", "local model", "keyring", "cloud"} <= checks.keys()
    assert done.returncode == 0, done.stdout
    assert bird.requests == []


def test_models_are_listed_and_chosen(confidant):
    assert "SmolLM2" in confidant("models", "list").stdout
    refused = confidant("models", "get", "llama-70b")
    assert refused.returncode == 5
    assert "GGUF" in refused.stderr


@pytest.mark.model
def test_the_bundled_model_answers_in_the_terminal(confidant):
    done = confidant("ask", "-", "--json", stdin="Say hello.")
    assert done.returncode == 0, done.stderr
    events = lines(done)
    assert events[0]["where"] == "local"
    assert "".join(event["text"] for event in events if event["event"] == "delta").strip()
    (told,) = done.stderr.splitlines()
    assert "no keyring" in told
