"""From the command to the first paint of the window, cold (files not in memory) and warm.

The profile is throw-away. Under a screen if there is one, else offscreen, which paints the same pixels into memory.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from figures import milliseconds, print_table, ratio, seconds

ROOT = Path(__file__).resolve().parents[2]
REPEATS = 5


def forget_files() -> None:
    """Ask the system to drop the program's files from its memory; it needs no rights for that."""
    if not hasattr(os, "posix_fadvise"):
        return
    folders = (Path(sys.prefix), ROOT / "app", ROOT / "resources")
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)


def start(profile: str, *arguments: str) -> float:
    """Start the program, wait for its end, return the seconds."""
    environment = {**os.environ, "CONFIDANT_PROFILE": profile}
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    command = [sys.executable, *arguments]
    return seconds(
        lambda: subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True)
    )


def main() -> None:
    """Print the table."""
    window = ("-m", "app", "--exit-after-first-paint")
    with tempfile.TemporaryDirectory() as profile:
        start(profile, *window)  # makes the profile and the .pyc files
        cold = []
        for _ in range(REPEATS):
            forget_files()
            cold.append(start(profile, *window))
        warm, bare, qt, imports = [], [], [], []
        for _ in range(REPEATS):  # taken in turns, so that a busy neighbour slows all of them
            warm.append(start(profile, *window))
            bare.append(start(profile, "-c", "pass"))
            imports.append(start(profile, "-c", "import app.cli, app.assembly"))
            qt.append(start(profile, "-c", _EMPTY_WINDOW))
    with tempfile.TemporaryDirectory() as fresh:
        first = [start(fresh, *window)]
    middle = statistics.median(qt)
    rows = [
        (name, milliseconds(values), ratio(statistics.median(values), middle))
        for name, values in (
            ("cold", cold),
            ("warm", warm),
            ("warm, a new profile", first),
            ("an empty Qt window", qt),
            ("the command line's imports", imports),
            ("bare Python", bare),
        )
    ]
    print_table("Start to first paint and end", ("start", "median (range)", "to an empty Qt window"), rows)


_EMPTY_WINDOW = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.show()
QTimer.singleShot(0, app.quit)
app.exec()
"""

if __name__ == "__main__":
    main()
