"""What the documents promise is there."""

import argparse
import itertools
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import app
from app import commands
from app.core.settings import SETTINGS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINS = dict(
    line.split("==")
    for line in (ROOT / "packaging/constraints.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "DECISIONS.md"])
def test_every_file_that_a_document_links_to_exists(name: str) -> None:
    links = re.findall(r"(?<!!)\[[^\]]*\]\((?!https?:)([^)#]+)\)", (ROOT / name).read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_picture_in_the_readme_exists() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    if not (ROOT / "resources/screenshots").exists():
        pytest.skip("No screenshots were taken yet.")
    assert [picture for picture in pictures if not (ROOT / picture).exists()] == []


def test_every_make_target_that_the_readme_names_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = set(re.findall(r"(?:`|^    )make ([a-z]+)", README, re.M))
    assert {"run", "test", "demo"} <= named <= targets


def test_every_command_that_the_readme_names_exists() -> None:
    named = set(re.findall(r"\bconfidant ([a-z]+)\b", README))
    known = argparse.ArgumentParser().add_subparsers()
    commands.add_to(known)
    assert named <= set(known.choices)


def test_every_setting_that_the_readme_names_exists() -> None:
    named = set(re.findall(r"settings set ([a-z_.]+)", README))
    assert named <= {setting.key for setting in SETTINGS}


def test_the_version_is_the_same_everywhere() -> None:
    assert PROJECT["version"] == app.__version__
    assert f"## [{app.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_decisions_are_numbered_and_say_when_to_look_again() -> None:
    text = (ROOT / "DECISIONS.md").read_text(encoding="utf-8")
    entries = re.split(r"^## ", text, flags=re.M)[1:]
    numbers = [int(entry.partition(".")[0]) for entry in entries]
    assert numbers == list(itertools.islice(itertools.count(1), len(entries)))
    parts = ("**Context.**", "**Decision.**", "**Weighed.**", "**Look again**")
    assert [entry.partition("\n")[0] for entry in entries if not all(part in entry for part in parts)] == []


def test_every_dependency_is_pinned_inside_its_bounds() -> None:
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    requirements = [Requirement(line) for line in wanted]
    wrong = [
        str(requirement)
        for requirement in requirements
        if not requirement.specifier.contains(PINS.get(canonicalize_name(requirement.name), "0"))
    ]
    assert wrong == []
