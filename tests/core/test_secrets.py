"""Keys are in the keyring or said not to be; the key to the data is never lost for a new one."""

import logging
import os
import shutil
import stat
import subprocess
import sys
import threading
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError

from app.core.errors import StoreError
from app.core.secrets import Secrets

KEY = "sk-canary-7731"


class Store(KeyringBackend):
    """A keyring in memory that can be locked."""

    priority = 1.0  # type: ignore[assignment]  # keyring declares a class property

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def _open(self) -> None:
        if self.locked:
            raise KeyringLocked(f"locked: {KEY}")

    def get_password(self, service: str, username: str) -> str | None:
        self._open()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._open()
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


class PlaintextKeyring(Store):
    """What keyrings.alt brings along."""


class Forgetful(Store):
    """Takes everything and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Do nothing."""


class Waiting(Store):
    """Waits for a password that nobody types."""

    def __init__(self) -> None:
        super().__init__()
        self.typed = threading.Event()
        self.asked = 0

    def _open(self) -> None:
        self.asked += 1
        self.typed.wait(10)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.delenv("CONFIDANT_API_KEY", raising=False)
    store = Store()
    keyring.set_keyring(store)
    return store


# --- the cloud's key ------------------------------------------------------------------------------------------


def test_a_key_is_kept_in_the_keyring_under_the_name_of_the_program(store: Store, tmp_path: Path) -> None:
    Secrets(tmp_path).set_key(f" {KEY}\n")
    assert Secrets(tmp_path).key() == KEY
    assert [service for service, _ in store.kept] == ["Confidant"]
    assert Secrets(tmp_path).keeps_key


def test_a_key_belongs_to_its_profile_and_its_host(store: Store, tmp_path: Path) -> None:
    Secrets(tmp_path / "a", lambda: "api.one").set_key(KEY)
    assert Secrets(tmp_path / "a", lambda: "api.one").key() == KEY
    assert Secrets(tmp_path / "a", lambda: "api.two").key() == ""
    assert Secrets(tmp_path / "b", lambda: "api.one").key() == ""


@pytest.mark.parametrize("backend", [Store, NoKeyring])
def test_a_key_from_before_any_address_goes_to_the_first_one_alone(
    backend: type[KeyringBackend], store: Store, tmp_path: Path
) -> None:
    keyring.set_keyring(backend())
    chosen = [""]
    secrets = Secrets(tmp_path, lambda: chosen[0])
    secrets.set_key(KEY)
    for chosen[0], key in (("api.one", KEY), ("api.two", ""), ("api.one", KEY), ("", "")):
        assert secrets.key() == key


def test_forgetting_a_key_removes_it_everywhere(store: Store, tmp_path: Path) -> None:
    secrets = Secrets(tmp_path)
    secrets.set_key(KEY)
    secrets.forget_key()
    secrets.forget_key()
    assert (secrets.key(), store.kept) == ("", {})
    secrets.set_key(KEY)
    secrets.set_key("")
    assert (secrets.key(), store.kept) == ("", {})


def test_the_keyring_goes_before_the_environment(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = Secrets(tmp_path)
    monkeypatch.setenv("CONFIDANT_API_KEY", "sk-environment\n")
    assert secrets.key() == "sk-environment"
    assert store.kept == {}
    secrets.set_key(KEY)
    assert secrets.key() == KEY


@pytest.mark.parametrize("backend", [NoKeyring, NullKeyring, PlaintextKeyring, Forgetful])
def test_without_a_real_keyring_a_key_lives_for_this_run_and_says_so(
    backend: type[KeyringBackend], store: Store, tmp_path: Path
) -> None:
    keyring.set_keyring(backend())
    secrets = Secrets(tmp_path)
    secrets.set_key(KEY)
    assert secrets.key() == KEY
    assert not secrets.keeps_key
    assert secrets.place.startswith("this run only, since ")
    assert Secrets(tmp_path).key() == ""
    assert list(tmp_path.iterdir()) == []
    secrets.forget_key()
    assert secrets.key() == ""


def test_the_environment_goes_before_what_was_set_in_this_run(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring.set_keyring(NoKeyring())
    secrets = Secrets(tmp_path)
    secrets.set_key("sk-run")
    monkeypatch.setenv("CONFIDANT_API_KEY", "sk-environment")
    assert secrets.key() == "sk-environment"


def test_a_keyring_that_waits_for_its_password_is_asked_again_when_it_is_open(
    store: Store, tmp_path: Path
) -> None:
    waiting = Waiting()
    keyring.set_keyring(waiting)
    secrets = Secrets(tmp_path, patience=0.1)
    assert secrets.key() == ""
    secrets.set_key(KEY)
    assert secrets.key() == KEY
    assert secrets.place == "this run only, since the keyring does not answer"
    assert waiting.asked == 1
    waiting.typed.set()
    for thread in threading.enumerate():
        if thread.name == "keyring":
            thread.join(5)
    secrets.set_key(KEY)
    assert secrets.keeps_key
    assert KEY in waiting.kept.values()


def test_no_key_is_in_a_repr_a_log_or_an_error(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secrets = Secrets(tmp_path)
    data = secrets.data_key().hex()
    store.locked = True
    secrets.set_key(KEY)
    with pytest.raises(StoreError) as caught:
        Secrets(tmp_path).data_key()
    for text in (repr(secrets), secrets.place, caplog.text, repr(caught.value), repr(caught.value.__cause__)):
        assert KEY not in text
        assert data not in text


# --- the key to the data --------------------------------------------------------------------------------------


def test_the_data_key_is_in_the_keyring_and_only_its_name_in_the_profile(
    store: Store, tmp_path: Path
) -> None:
    key = Secrets(tmp_path).data_key()
    assert len(key) == 32
    assert Secrets(tmp_path).data_key() == key
    assert key.hex() in store.kept.values()
    assert key.hex() not in (tmp_path / "data.key").read_text()


def test_a_profile_that_moves_keeps_its_data_key(store: Store, tmp_path: Path) -> None:
    key = Secrets(tmp_path / "old").data_key()
    (tmp_path / "old").rename(tmp_path / "new")
    assert Secrets(tmp_path / "new").data_key() == key


@pytest.mark.parametrize("backend", [NoKeyring, PlaintextKeyring, Forgetful])
def test_without_a_keyring_the_data_key_is_in_a_file_for_its_owner_alone(
    backend: type[KeyringBackend], store: Store, tmp_path: Path
) -> None:
    keyring.set_keyring(backend())
    secrets = Secrets(tmp_path / "profile")
    key = secrets.data_key()
    file = tmp_path / "profile/data.key"
    assert [each.name for each in file.parent.iterdir()] == ["data.key"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert secrets.data_key_place == "a file in the profile that only you may read"
    keyring.set_keyring(store)  # one that comes later changes nothing
    assert Secrets(tmp_path / "profile").data_key() == key


def test_where_hard_links_are_unknown_the_file_is_made_all_the_same(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(source: str, target: Path) -> None:
        raise PermissionError("this file system has no links")

    monkeypatch.setattr(os, "link", link)
    key = Secrets(tmp_path).data_key()
    assert Secrets(tmp_path).data_key() == key
    assert stat.S_IMODE((tmp_path / "data.key").stat().st_mode) == 0o600


def test_a_locked_keyring_never_leads_to_a_new_data_key(store: Store, tmp_path: Path) -> None:
    key = Secrets(tmp_path).data_key()
    store.locked = True
    with pytest.raises(StoreError, match="Unlock"):
        Secrets(tmp_path).data_key()
    store.locked = False
    assert Secrets(tmp_path).data_key() == key


def test_a_data_key_that_is_gone_is_told_and_not_replaced(store: Store, tmp_path: Path) -> None:
    Secrets(tmp_path).data_key()
    store.kept.clear()
    for _ in range(2):
        with pytest.raises(StoreError, match="gone"):
            Secrets(tmp_path).data_key()


@pytest.mark.parametrize("text", ["", "key ", "key 00ff", "key zz", "é"])
def test_a_damaged_key_file_is_told_and_not_replaced(text: str, store: Store, tmp_path: Path) -> None:
    (tmp_path / "data.key").write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match=r"data\.key|gone"):
        Secrets(tmp_path).data_key()
    assert (tmp_path / "data.key").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("backend", [Store, NoKeyring])
def test_two_at_once_make_one_data_key(backend: type[KeyringBackend], store: Store, tmp_path: Path) -> None:
    chosen = backend()
    keyring.set_keyring(chosen)
    together = threading.Barrier(8)
    keys: list[bytes] = []

    def start() -> None:
        secrets = Secrets(tmp_path)
        together.wait(5)
        keys.append(secrets.data_key())

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(keys) == 8
    assert len(set(keys)) == 1
    if isinstance(chosen, Store):
        assert len(chosen.kept) == 1


# --- a real one -----------------------------------------------------------------------------------------------

CHILD = """
import sys
from pathlib import Path
from app.core.secrets import Secrets
profile, step = Path(sys.argv[1]), sys.argv[2]
secrets = Secrets(profile, lambda: "api.example")
if step == "set":
    secrets.set_key("sk-real-Grüße")
    secrets.data_key()
if step == "forget":
    secrets.forget_key()
print(secrets.place, secrets.keeps_key, secrets.key() == "sk-real-Grüße", secrets.data_key_place, sep="; ")
"""


@pytest.mark.skipif(
    not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")),
    reason="Needs gnome-keyring and dbus: apt-get install gnome-keyring libsecret-tools dbus",
)
def test_a_real_keyring_keeps_the_key_between_runs(tmp_path: Path) -> None:
    """GNOME's keyring in a session of its own, each step in a process of its own."""
    child = tmp_path / "child.py"
    child.write_text(CHILD, encoding="utf-8")
    for name in ("home", "run", "profile"):
        (tmp_path / name).mkdir(mode=0o700)
    step = f"'{sys.executable}' '{child}' '{tmp_path / 'profile'}'"
    script = (
        "printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "
        f"{step} set && {step} read && {step} forget"
    )
    environment = {
        **{
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("XDG_", "PYTHON_KEYRING"))
        },
        "HOME": str(tmp_path / "home"),
        "XDG_RUNTIME_DIR": str(tmp_path / "run"),
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        "PYTHONIOENCODING": "utf-8",
    }
    done = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", script],
        env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout.splitlines() == [
        "this desktop's keyring; True; True; this desktop's keyring",
        "this desktop's keyring; True; True; this desktop's keyring",
        "this desktop's keyring; True; False; this desktop's keyring",
    ], done.stderr
    assert "sk-real" not in "".join(f.read_text(errors="replace") for f in (tmp_path / "profile").iterdir())
