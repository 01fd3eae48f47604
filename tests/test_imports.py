"""Importing the program is free: no data file, no socket, no heavy library; and each library has one room."""

import ast
import json
import os
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Arithmetic on arrays from top to bottom; whoever needs them imports them when he does.
NUMERIC = (
    "app.core.bandit",
    "app.core.documents.vectors",
    "app.core.embeddings",
    "app.core.memory.areas",
    "app.core.memory.columns",
    "app.core.memory.corpus",
    "app.core.memory.discretion",
    "app.core.memory.exemplars",
    "app.core.memory.recall",
    "app.core.memory.vectors",
    "app.core.memory.words",
)
BELOW_THE_WINDOWS = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "app").rglob("*.py")
    if (ROOT / "app/ui") not in path.parents and path.name != "__main__.py"
)

# Who may import what. Everything else goes through the class that lives there.
ROOMS = {
    "PySide6": ("app/ui/*",),
    "llama_cpp": ("app/core/engines/llama*.py", "app/core/engines/local*.py", "app/core/engines/chat.py"),
    "openai": ("app/core/engines/cloud*.py", "app/core/engines/transport.py"),
    "httpx2": ("app/core/engines/cloud*.py", "app/core/engines/transport.py"),
    "keyring": ("app/core/secrets.py",),
    "faker": ("app/privacy/people.py",),
    "spacy": ("app/core/names.py",),
    "onnxruntime": ("app/core/embeddings.py", "app/core/backends/tagger.py"),
    "tokenizers": ("app/core/embeddings.py", "app/core/backends/tagger.py"),
    "sqlite_utils": ("app/core/store/*.py",),
    "pypdfium2": ("app/core/documents/pdf_pages.py",),
    "docx": ("app/core/documents/docx_text.py",),
    "lxml": ("app/core/documents/html_text.py",),
    "charset_normalizer": ("app/core/documents/plain_text.py",),
    "sqlcipher3": ("app/core/store/driver.py",),
    "sqlite3": ("app/core/store/driver.py",),  # for its types alone
    "asyncio": (),
    "xllamacpp": (),
}

HEAVY = (
    "llama_cpp",
    "openai",
    "httpx2",
    "spacy",
    "faker",
    "numpy",
    "keyring",
    "sqlite_utils",
    "PySide6",
    "pydantic",
    "pypdfium2",
    "docx",
    "lxml",
    "charset_normalizer",
    "requests",
)

WATCH = """
import json, sys
seen, quiet = [], (".py", ".pyc", ".so", ".pyd", ".dll", ".dylib")
def watch(event, details):
    if event == "open" and not isinstance(details[0], int) and not str(details[0]).endswith(quiet):
        seen.append(f"opens {details[0]}")
    elif event.startswith("socket.") and event != "socket.__new__" or event == "subprocess.Popen":
        seen.append(event)
sys.addaudithook(watch)
import importlib
for name in sys.argv[1:]:
    importlib.import_module(name)
print(json.dumps([seen, sorted(sys.modules)]))
"""

# What no start may wait for.
LATER = (
    "app.core.aide.*", "app.core.answering", "app.core.bandit", "app.core.calibration", "app.core.claims.*",
    "app.core.documents.*", "app.core.draft", "app.core.embeddings", "app.core.extracts.*",
    "app.core.mechanisms.*", "app.core.memory.recall", "app.core.names", "app.core.router", "app.core.second_look",
    "app.core.store.documents", "app.core.store.examples", "app.core.store.ledger", "app.core.verify.*", "app.privacy.ledger", "app.privacy.registry",
)  # fmt: skip
MODULES = 135
"""So many of the program's own the command line may load."""
# What the whole command line may cost over bare Python, in seconds of processor time.
START = 0.3


def _import_in_a_fresh_interpreter(*modules: str) -> tuple[list[str], list[str]]:
    done = subprocess.run(
        [sys.executable, "-c", WATCH, *modules], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    seen, loaded = json.loads(done.stdout)
    return seen, loaded


def test_importing_opens_no_data_file_and_no_socket_and_prints_nothing() -> None:
    seen, _ = _import_in_a_fresh_interpreter(*BELOW_THE_WINDOWS)
    assert seen == []


def test_importing_loads_no_heavy_library() -> None:
    light = [name for name in BELOW_THE_WINDOWS if name not in NUMERIC]
    _, loaded = _import_in_a_fresh_interpreter(*light)
    assert [name for name in HEAVY if name in loaded] == []


def test_the_command_line_loads_little_and_nothing_that_only_a_question_needs() -> None:
    _, loaded = _import_in_a_fresh_interpreter("app", "app.cli", "app.assembly")
    assert [name for name in loaded if any(fnmatch(name, later) for later in LATER)] == []
    assert sum(name.startswith("app.") for name in loaded) <= MODULES


def _processor_time(code: str) -> float:
    child = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0
    return usage.ru_utime + usage.ru_stime


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="This system does not measure its child processes.")
def test_importing_the_command_line_costs_under_a_third_of_a_second() -> None:
    code = "import app, app.cli, app.assembly"
    _processor_time(code)  # writes the .pyc files
    # The fastest of some: a busy neighbour on the same processor only makes it slower.
    bare, full = (min(_processor_time(each) for _ in range(7)) for each in ("pass", code))
    assert full - bare < START


def _imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("library", ROOMS)
def test_a_library_is_imported_in_its_room_only(library: str) -> None:
    importers = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "app").rglob("*.py"))
        if library in _imported(path)
    ]
    assert [name for name in importers if not any(fnmatch(name, room) for room in ROOMS[library])] == []


def test_every_module_is_covered_by_the_floors() -> None:
    parts = {
        path.name.removesuffix(".py") for path in (ROOT / "app").iterdir() if not path.name.startswith("__")
    }
    assert parts <= {"ui", "core", "privacy", "cli", "commands", "assembly", "resources"}
