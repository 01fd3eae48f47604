"""What every test stands on: no network, no keychain, no profile of the person's, no window left behind."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from loopback_only import GUARD
from loopback_server import LoopbackServer
from memory_keyring import MemoryKeyring
from recorder import Recorder

_HERE = Path(__file__).parent
_UI = _HERE / "ui"


def _prepare_environment() -> Path:
    """Point everything at a throw-away folder, before Qt or the program is imported."""
    home = Path(tempfile.mkdtemp(prefix="confidant-"))
    for variable in [v for v in os.environ if v.startswith(("OPENAI_", "CONFIDANT_API", "XDG_"))]:
        del os.environ[variable]
    for variable in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        os.environ.pop(variable, None)
    for name in ("config", "data", "cache", "state", "run"):
        (home / name).mkdir(mode=0o700)
    os.environ.update(
        HOME=str(home),
        XDG_CONFIG_HOME=str(home / "config"),
        XDG_DATA_HOME=str(home / "data"),
        XDG_CACHE_HOME=str(home / "cache"),
        XDG_STATE_HOME=str(home / "state"),
        XDG_RUNTIME_DIR=str(home / "run"),
        CONFIDANT_PROFILE=str(home / "profile"),
        # Programs that the tests start have no keyring; a test of the real one sets this anew.
        PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring",
    )
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if "CONFIDANT_ISOLATED" not in os.environ:
        os.environ["PYTHONPATH"] = os.pathsep.join(
            filter(None, (str(_HERE / "children"), os.environ.get("PYTHONPATH")))
        )
    return home


def pytest_configure(config: pytest.Config) -> None:
    home = _prepare_environment()
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    GUARD.install()


hypothesis_settings.register_profile("here", deadline=None)
hypothesis_settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(autouse=True)
def _nothing_leaves_the_machine() -> Iterator[None]:
    GUARD.take_attempts()
    yield
    attempts = GUARD.take_attempts()
    assert not attempts, f"the test tried to reach {attempts}"


@pytest.fixture(autouse=True)
def memory_keyring() -> MemoryKeyring:
    """A fresh keyring in memory; the system's is never touched."""
    import keyring

    fresh = MemoryKeyring()
    keyring.set_keyring(fresh)
    return fresh


@pytest.fixture(scope="session")
def llama_server() -> Iterator[LoopbackServer]:
    """A real OpenAI-compatible server with the bundled model; `address` has no `/v1`. Mark the test `server`."""
    with LoopbackServer() as server:
        yield server


@pytest.fixture
def recorder(llama_server: LoopbackServer) -> Iterator[Recorder]:
    """A proxy before that server which keeps the bytes of each request."""
    with Recorder(llama_server.address) as proxy:
        yield proxy


@pytest.fixture(autouse=True)
def _nothing_is_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test of the windows: no thread, timer or window of its making is alive."""
    if _UI not in request.path.parents:
        yield
        return
    request.getfixturevalue("qapp")
    from leaks import Leftovers, Living

    before = Living.look()
    yield
    leftovers = Leftovers.find(before)
    assert not leftovers, leftovers.describe()
