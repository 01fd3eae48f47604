"""Nothing but the filter makes what may leave."""

import ast
import copy
import pickle
from pathlib import Path

import pytest

from app.privacy.policy import Level
from app.privacy.prompt import SanitizedPrompt, SanitizedText, Template, _Seal
from tests.privacy.border import make_filter

APP = Path(__file__).resolve().parents[2] / "app"
MAKERS = {APP / "privacy/filter.py", APP / "privacy/prompt.py"}


def _offences(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name) if name in {
                "_SEAL",
                "_Seal",
            }:
                found.append(f"{path.name}: {name}")
            case ast.Constant(value="_SEAL" | "_Seal"):
                found.append(f"{path.name}: names the seal")
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in {
                "SanitizedText",
                "SanitizedPrompt",
            }:
                found.append(f"{path.name}:{node.lineno} makes {name}")
    return found


def test_only_the_filter_touches_the_seal() -> None:
    assert [offence for path in APP.rglob("*.py") if path not in MAKERS for offence in _offences(path)] == []
    assert _offences(APP / "privacy/filter.py"), "the test sees what it looks for"


def test_no_other_seal_is_taken() -> None:
    with pytest.raises(TypeError):
        SanitizedText("x", (), frozenset(), seal=_Seal())
    with pytest.raises(TypeError):
        SanitizedPrompt("m", (), seal=_Seal())


def test_what_was_sealed_cannot_be_changed_or_copied() -> None:
    border = make_filter()
    made = border.sanitize("Bob", Level.GUARDED)
    prompt = border.seal("m", [("system", border.template(Template.PLAIN))])
    for sealed in (made, prompt):
        with pytest.raises(AttributeError):
            setattr(sealed, "text", "Anna Smith")  # noqa: B010 - mypy must not see it
        for copied in (copy.copy, copy.deepcopy, pickle.dumps):
            with pytest.raises(TypeError):
                copied(sealed)
