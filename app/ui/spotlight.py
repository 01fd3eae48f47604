"""Lights up a detail in a text while the person looks at its chip."""

from collections.abc import Iterator, Sequence, Set

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from app.privacy.types import Decided
from app.ui.long_text import SHOWN
from app.ui.text_offsets import Offsets
from app.ui.theme import Theme
from app.ui.tinted import Part

Span = tuple[int, int]


def spans(parts: Sequence[Part], wanted: Set[Decided]) -> Iterator[Span]:
    """Yield where these details stand in a text of parts, as far as it is shown."""
    at = 0
    for text, each in parts:
        if each is not None and each in wanted and at + len(text) <= SHOWN:
            yield at, at + len(text)
        at += len(text)


def light(theme: Theme, pane: QTextEdit, text: str, places: Sequence[Span]) -> None:
    """Light up these places and no other, and scroll to the first; the selection stays as it is."""
    offsets = Offsets(text)
    look = QTextCharFormat()
    look.setBackground(theme.colour("accent"))
    look.setForeground(theme.colour("on_accent"))
    lit = []
    for start, end in places:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(pane.document())
        cursor.setPosition(offsets.to_qt(start))
        cursor.setPosition(offsets.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
        selection.cursor = cursor
        selection.format = look
        lit.append(selection)
    pane.setExtraSelections(lit)
    if lit:
        _reach(pane, lit[0].cursor)


def _reach(pane: QTextEdit, chosen: QTextCursor) -> None:
    """Scroll no further than needed; `ensureCursorVisible` would have to move the person's own cursor."""
    first = QTextCursor(chosen)
    first.setPosition(chosen.selectionStart())
    top, bottom = pane.cursorRect(first).top(), pane.cursorRect(chosen).bottom()
    bar, room = pane.verticalScrollBar(), pane.viewport().height()
    if top < 0:
        bar.setValue(bar.value() + top)
    elif bottom >= room:
        bar.setValue(bar.value() + min(top, bottom + 1 - room))
