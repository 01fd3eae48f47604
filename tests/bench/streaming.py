"""How long one frame of a growing answer takes: take a piece, draw it, paint it.

Thirteen characters a frame, as at a hundred tokens a second and thirty frames. The yardstick is Qt's own markdown,
which draws the whole answer each time.
"""

import os
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from figures import percentile, print_table, seconds
from PySide6.QtWidgets import QApplication, QTextBrowser

from app.core.types import Origin, Piece
from app.ui.answer_document import AnswerDocument
from app.ui.theme import Theme

STEP = 13
FRAME = 0.016

_MIXED = """
## A heading

A paragraph with **bold**, *italic* and `code`, long enough to be broken into a few lines by the window, as answers are.

- first point, with some words
- second point
  1. a number inside
  2. another one

| name | value |
|---|---|
| one | 1 |
| two | 2 |

```python
def add(first: int, second: int) -> int:
    \"\"\"Return the sum.\"\"\"
    return first + second
```
"""
_CODE = "```python\n" + "def add(first, second):\n    return first + second  # a sum\n\n" * 170 + "```\n"


def frames(text: str, draw: Callable[[str], None], view: QTextBrowser) -> list[float]:
    """Feed a text piece by piece; return the seconds of each frame."""

    def frame(piece: str) -> None:
        draw(piece)
        view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
        view.viewport().repaint()

    return [seconds(frame, text[at : at + STEP]) for at in range(0, len(text), STEP)]


def ours(text: str, theme: Theme) -> list[float]:
    """Time the answer's own document."""
    view = _window()
    document = AnswerDocument(theme, view)
    view.setDocument(document)

    def draw(piece: str) -> None:
        document.add(Piece(piece, Origin.CLOUD))
        document.flush()

    return frames(text, draw, view)


def whole(text: str) -> list[float]:
    """Time Qt's `setMarkdown` of all that came."""
    view = _window()
    came: list[str] = []

    def draw(piece: str) -> None:
        came.append(piece)
        view.setMarkdown("".join(came))

    return frames(text, draw, view)


def _window() -> QTextBrowser:
    view = QTextBrowser()
    view.resize(800, 700)
    view.show()
    return view


def main() -> None:
    """Print the table."""
    application = QApplication.instance() or QApplication([])
    theme = Theme(application)
    theme.set_look("light", 100)
    rows = []
    for name, text in (("mixed", _MIXED * 40), ("code", _CODE)):
        for way, times in (("ours", ours(text, theme)), ("setMarkdown", whole(text))):
            late = sum(time > FRAME for time in times) / len(times)
            size = f"{len(text) // 1000} kB"
            parts = (percentile(times, 0.5), percentile(times, 0.99), percentile(times, 1.0))
            rows.append((f"{name}, {size}", way, *parts, f"{late:.1%}"))
    head = ("answer", "way", "median", "99 %", "slowest", "frames over 16 ms")
    print_table("One frame of a growing answer", head, rows)


if __name__ == "__main__":
    main()
