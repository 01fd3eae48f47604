"""Walk through the real windows on a real screen and take the pictures of the README and the manual.

python take_pictures.py FOLDER THEME     (DISPLAY names the screen; QT_SCALE_FACTOR its density)
"""

import re
import sys
import tempfile
import time
from pathlib import Path

from fakes import parrot
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.assembly import build
from app.core.instance import Instance
from app.core.paths import Paths
from app.core.settings import CLOUD_BASE_URL, CLOUD_ENABLED, CLOUD_MODEL, LOOK_THEME
from app.core.types import State
from app.ui.finding_chip import FindingChip
from app.ui.finding_menu import FindingMenu
from app.ui.windows import Windows

QUESTION = (
    "Draft a polite letter to my landlord Cornelia Featherstone (cornelia@featherstone-homes.example): the "
    "heating at 12 Quillfeather Lane has been off for ten days. Compare what I can claim, step by step."
)
ANSWER = """Dear {person},

the heating at {address} has not worked for ten days. I kindly ask you to have it **repaired within 14 days**.

| Step | What you can claim | When |
|---|---|---|
| 1 | Repair | now |
| 2 | A lower rent | from the day you reported it |
| 3 | Repair at the landlord's cost | after the deadline |

1. Send this letter to {email} and keep a copy.
2. Write down the temperature in each room every morning.

```python
rent, share, days = 900, 0.3, 10
print(f"{{rent * share * days / 30:.2f}} may be kept back")
```
"""
TELLING = (
    "I am a 41-year-old nurse and live in Quedlinburg with my two daughters. My employer, Hallby Care, pays "
    "me 2,900 euros. Which training would help me most? My colleague Tomas Wieland says palliative care."
)
PATIENCE = 60.0


class Photographer:
    """Takes pictures of what the screen shows, not of what a widget would draw."""

    def __init__(self, folder: Path, suffix: str) -> None:
        self._folder = folder
        self._suffix = suffix

    def take(self, name: str, window: QWidget) -> None:
        settle(0.6)
        screen = window.screen()
        picture = screen.grabWindow(window.winId())
        path = self._folder / f"{name}-{self._suffix}.png"
        if not picture.save(str(path)):
            sys.exit(f"{path.name} could not be saved")


def settle(seconds: float) -> None:
    """Let the program run. `QTest.qWait` would hold Python's lock meanwhile, and starve every other thread."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def until(condition, what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            sys.exit(f"waited in vain for {what}")
        settle(0.02)


def answer_to(sanitized: str) -> str:
    """Write the answer as a model would that keeps the placeholders."""
    codes = {kind: f"{kind}-{code}" for kind, code in re.findall(r"([A-Z]+)-([2-9A-Z]{4})", sanitized)}
    return ANSWER.format(
        person=codes.get("PERSON", "Sir or Madam"),
        address=codes.get("ADDRESS", "my flat"),
        email=codes.get("EMAIL", "the landlord"),
    )


def shown(window: QWidget, name: str) -> QWidget | None:
    return next((each for each in window.findChildren(QWidget, name) if each.isVisible()), None)


def walk(windows: Windows, parts, photographer: Photographer) -> None:
    """Go from the empty window to an answer, then through the panels."""
    window = windows.window
    photographer.take("welcome", window)
    editor = window.page.composer.editor
    QTest.keyClicks(editor, QUESTION)
    until(editor.extraSelections, "the findings while typing")
    photographer.take("typing", window)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    until(lambda: shown(window, "review_card"), "the review")
    settle(0.5)
    photographer.take("review", window)
    QTest.keyClick(shown(window, "review_card"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    session = parts.session
    key = session.conversations()[0].id
    until(lambda: session.messages(key)[-1].state is State.COMPLETE, "the answer")
    photographer.take("window", window)
    window.show_left(None)
    settle(0.5)
    photographer.take("what-left", window)
    window.header.panel.click()
    ask_about_myself(windows, photographer)
    for group in ("cloud", "privacy", "filter", "model", "data", "look"):
        windows.show_settings(group)
        settle(0.3)
        if group == "filter":
            QTest.mouseClick(shown(windows._settings_panel, "try_example"), Qt.MouseButton.LeftButton)
            until(lambda: shown(windows._settings_panel, "outcome_open"), "the rehearsal")
        photographer.take(f"settings-{group}", windows._settings_panel.window())
    windows._settings_panel.window().close()
    windows.quick.popup("")
    settle(0.5)
    QTest.keyClicks(
        windows.quick.frame.field if hasattr(windows.quick, "frame") else QApplication.focusWidget(),
        "Is 17 prime?",
    )
    photographer.take("quick-ask", windows.quick)
    windows.quick.hide()


def ask_about_myself(windows: Windows, photographer: Photographer) -> None:
    """Ask what tells something, choose a way for a name by keys alone, and see what the provider knows then."""
    window = windows.window
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    editor = window.page.composer.editor
    until(lambda: not window.page.transcript.messages and editor.hasFocus(), "the second conversation")
    QTest.keyClicks(editor, TELLING)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    until(lambda: shown(window, "review_card"), "the second review")
    card = shown(window, "review_card")
    settle(0.5)
    photographer.take("review-exposure", window)
    chip = next(each for each in card.findChildren(FindingChip) if each.value == "Tomas Wieland")
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Return)
    menu = card.findChild(FindingMenu)
    settle(0.3)
    photographer.take("review-menu", menu)
    QTest.keyClick(menu.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(menu.focusWidget(), Qt.Key.Key_Return)
    swapped = "Tomas Wieland → "
    until(lambda: any(each.text().startswith(swapped) for each in card.findChildren(FindingChip)), swapped)
    until(lambda: card.is_armed, "the review after the choice")
    QTest.keyClick(card, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    until(lambda: not card.isVisible() and not window.page.talk.is_busy, "the second answer")
    window.show_left(None)
    QTest.mouseClick(shown(window, "tab_known"), Qt.MouseButton.LeftButton)
    until(lambda: shown(window, "erase_" + windows._parts.cloud.provider), "what the provider knows")
    photographer.take("what-they-know", window)
    window.header.panel.click()


def main(folder: Path, theme: str) -> None:
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    with tempfile.TemporaryDirectory() as home, parrot(piece=12) as bird:
        paths = Paths(Path(home) / "profile")
        paths.create()
        parts = build(paths)
        bird.say = answer_to
        parts.settings.set(CLOUD_BASE_URL, bird.address)
        parts.settings.set(CLOUD_MODEL, "gpt-large")
        parts.settings.set(CLOUD_ENABLED, True)
        parts.settings.set(LOOK_THEME, theme)
        windows = Windows(app, parts, Instance.claim(paths))
        windows.show()
        until(lambda: windows.window.page.talk is not None, "the first conversation")
        density = round(windows.window.devicePixelRatioF())
        walk(windows, parts, Photographer(folder, f"{theme}-{density}x"))
        windows.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
