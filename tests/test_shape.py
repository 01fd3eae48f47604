"""The code stays small, and names no machine."""

import ast
import os
import pwd
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "app").rglob("*.py"))

MODULE_LINES = 400
CLASS_LINES = 250
FUNCTION_LINES = 60
LONG_FUNCTION = 40
LONG_SHARE = 0.05

Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def _definitions() -> Iterator[tuple[str, Definition, int]]:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, Definition):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {size} lines", node, size


def test_no_module_is_over_four_hundred_lines() -> None:
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert not [f"{path.relative_to(ROOT)}: {n}" for path, n in sizes.items() if n > MODULE_LINES]


def test_no_class_is_over_two_hundred_and_fifty_lines() -> None:
    assert not [
        name for name, node, n in _definitions() if isinstance(node, ast.ClassDef) and n > CLASS_LINES
    ]


def test_no_function_is_over_sixty_lines() -> None:
    assert not [
        name for name, node, n in _definitions() if not isinstance(node, ast.ClassDef) and n > FUNCTION_LINES
    ]


def test_few_functions_are_over_forty_lines() -> None:
    functions = [(name, n) for name, node, n in _definitions() if not isinstance(node, ast.ClassDef)]
    long = [name for name, n in functions if n > LONG_FUNCTION]
    assert len(long) <= LONG_SHARE * len(functions), long


def test_every_module_says_its_job() -> None:
    assert not [
        str(path.relative_to(ROOT))
        for path in MODULES
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]


def _committed_texts() -> Iterator[tuple[str, str]]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("This copy is no git checkout, so what would be committed is unknown.")
    for name in listed.stdout.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file():
            try:
                yield name, path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue  # pictures and models


def test_no_committed_file_names_a_path_of_this_machine() -> None:
    homes = [str(ROOT), str(ROOT.parent), pwd.getpwuid(os.getuid()).pw_dir]
    here = re.compile("|".join(rf"(?<![\w.]){re.escape(path)}/" for path in homes if len(path) > 1))
    assert not [name for name, text in _committed_texts() if here.search(text)]


def test_what_sets_up_names_no_host() -> None:
    names = ("Makefile", "pyproject.toml", "packaging/setup.sh", "packaging/constraints.txt", ".ci/run")
    host = re.compile(r"https?://(?!127\.0\.0\.1|localhost)")
    assert not [name for name in names if host.search((ROOT / name).read_text(encoding="utf-8"))]
