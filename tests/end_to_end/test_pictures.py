"""The real windows on a real screen, walked through from the first start to an answer; leaves its pictures."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

HERE = Path(__file__).parent
FOLDER = HERE.parent / "screenshots"
SCREENS = (
    "welcome", "typing", "review", "review-exposure", "review-menu", "window", "what-left",
    "what-they-know", "quick-ask", "settings-cloud", "settings-privacy", "settings-filter",
    "settings-model", "settings-data", "settings-look",
)  # fmt: skip
SMALLEST = {"quick-ask": (640, 88), "review-menu": (300, 240)}
"""Points that a picture has at least; other windows are larger."""

pytestmark = [
    pytest.mark.screen,
    pytest.mark.timeout(240),
    pytest.mark.skipif(
        not (shutil.which("Xvfb") and shutil.which("openbox")), reason="needs Xvfb and openbox"
    ),
]


@pytest.fixture(scope="module")
def screen():
    """Start a screen of its own with a window manager; yield the value of DISPLAY."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "2700x1800x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as answer:
        display = f":{answer.readline().strip()}"
    manager = subprocess.Popen(
        ["openbox"],
        env={**os.environ, "DISPLAY": display},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield display
    for process in (manager, server):
        process.terminate()
        process.wait()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("density", [1, 2])
def test_every_window_can_be_seen_in_both_themes_and_densities(screen, theme, density):
    FOLDER.mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, str(HERE / "take_pictures.py"), str(FOLDER), theme],
        env={
            **os.environ,
            "DISPLAY": screen,
            "QT_QPA_PLATFORM": "xcb",
            "QT_SCALE_FACTOR": str(density),
            "PYTHONPATH": str(HERE.parent),
        },
        capture_output=True,
        encoding="utf-8",
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for name in SCREENS:
        picture = QImage(str(FOLDER / f"{name}-{theme}-{density}x.png"))
        width, height = SMALLEST.get(name, (720, 480))
        assert picture.width() >= width * density
        assert picture.height() >= height * density
        assert _colours(picture) > 20, f"{name} looks blank"
        assert (picture.pixelColor(4, picture.height() // 2).lightness() > 128) == (theme == "light")


def _colours(picture: QImage) -> int:
    """Count different colours on a coarse grid: a window that drew nothing has one."""
    points = [(x, y) for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)]
    return len({picture.pixel(x, y) for x, y in points})
