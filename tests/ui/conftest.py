"""What every ui test needs: a theme, a runner that fails the test on a bug, and a screen of no size."""

import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication
from stage import Stage

from app.ui.runner import Runner
from app.ui.theme import Theme


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(qapp)
    theme.set_look("light", 100)
    return theme


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[Runner]:
    bugs: list[str] = []
    runner = Runner(bugs.append)
    yield runner
    runner.close()
    runner.deleteLater()
    assert not bugs, bugs[0]


@pytest.fixture
def stage(tmp_path: Path, runner: Runner, theme: Theme) -> Iterator[Stage]:
    """Everything that a panel works with; a test that needs the real database calls `stage.parts.start()`."""
    stage = Stage(tmp_path, runner, theme)
    yield stage
    stage.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Ignore the one warning of the offscreen platform that says nothing about our code."""
    for item in items:
        item.add_marker(
            pytest.mark.qt_log_ignore(
                "This plugin does not support (propagateSizeHints|raise|grabbing the keyboard)"
            )
        )
