"""Importing a library beside the window does not make PySide6 look into it."""

import importlib
import sys

import pytest

from app.ui import foreign_imports


@pytest.fixture
def library(tmp_path, monkeypatch):
    (tmp_path / "touchy_library.py").write_text(
        "touched = []\ndef __getattr__(name):\n    touched.append(name)\n    raise AttributeError(name)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    yield "touchy_library"
    sys.modules.pop("touchy_library", None)


def test_a_new_module_is_left_alone(library, qapp):
    foreign_imports.leave_alone()
    from shibokensupport import feature

    module = importlib.import_module(library)
    feature.feature_imported(module)
    assert "__wrapped__" not in module.touched


def test_what_the_workaround_replaces_is_still_there(qapp):
    from shibokensupport import feature

    assert "_mod_uses_pyside" in vars(feature), "PySide6 changed: is the workaround still needed?"
