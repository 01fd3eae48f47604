"""The nets under the other tests hold: the network guard, the recorder, the look for leftovers."""

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
from urllib.parse import urlsplit

import keyring
import pytest
from leaks import Leftovers, Living
from loopback_only import GUARD, Escaped, is_loopback
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from recorder import Recorder


def _attempts() -> list[str]:
    return GUARD.take_attempts()


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.8.9.10", True),
        ("::1", True),
        ("localhost", True),
        ("192.0.2.1", False),
        ("2001:db8::1", False),
        ("example.com", False),
        ("127.0.0.1.example.com", False),
    ],
)
def test_only_this_machine_is_loopback(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_a_connection_to_another_machine_is_refused_and_remembered() -> None:
    with socket.socket() as outward, pytest.raises(Escaped):
        outward.connect(("192.0.2.1", 443))
    assert _attempts() == ["192.0.2.1"]


def test_a_name_is_not_looked_up_and_remembered() -> None:
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("example.com", 443)
    assert _attempts() == ["example.com"]


def test_a_reserved_name_fails_without_blame() -> None:
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("nobody.invalid", 443)
    assert _attempts() == []


def test_a_program_that_a_test_starts_cannot_connect_either() -> None:
    attempt = "import socket; socket.create_connection(('192.0.2.1', 443), timeout=5)"
    done = subprocess.run([sys.executable, "-c", attempt], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Escaped" in done.stderr or "Network is unreachable" in done.stderr


def test_the_profile_and_the_keyring_are_thrown_away_later() -> None:
    home = os.environ["HOME"]
    assert os.environ["CONFIDANT_PROFILE"].startswith(home)
    assert "OPENAI_API_KEY" not in os.environ
    keyring.set_password("confidant", "cloud", "secret")
    assert keyring.get_password("confidant", "cloud") == "secret"


def test_each_test_has_a_fresh_keyring() -> None:
    assert keyring.get_password("confidant", "cloud") is None


@pytest.mark.server
def test_the_recorder_keeps_the_bytes_and_hands_on_the_answer(recorder: Recorder) -> None:
    question = {
        "messages": [{"role": "user", "content": "Grüße"}],
        "max_tokens": 4,
        "temperature": 0,
        "stream": True,
    }
    sent = json.dumps(question, ensure_ascii=False).encode()
    connection = http.client.HTTPConnection(urlsplit(recorder.address).netloc, timeout=60)
    connection.request("POST", "/v1/chat/completions", sent, {"Content-Type": "application/json"})
    response = connection.getresponse()
    answer = response.read().decode()
    connection.close()
    assert response.status == 200
    assert answer.startswith("data: ")
    assert answer.rstrip().endswith("[DONE]")
    assert recorder.bodies == (sent,)
    assert recorder.requests[0].path == "/v1/chat/completions"


def test_what_a_test_of_the_windows_leaves_is_found(qtbot: QtBot) -> None:
    before = Living.look()
    wait = threading.Event()
    thread = threading.Thread(target=wait.wait, name="forgotten", daemon=True)
    thread.start()
    timer = QTimer(objectName="forgotten")
    timer.start(1000)
    window = QWidget(objectName="forgotten")
    found = Leftovers.find(before, patience=0.01)
    assert found.threads == ("forgotten",)
    assert "QTimer 'forgotten'" in found.timers
    assert "QWidget 'forgotten'" in found.windows
    assert not Leftovers.find(Living.look())
    wait.set()
    timer.stop()
    window.deleteLater()
    assert not Leftovers.find(before)
