"""Texts with their private details marked, before and after the filter."""

from collections.abc import Sequence

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from app.privacy.types import Decided
from app.ui.highlighter import finding_look
from app.ui.long_text import SHOWN, wrap_mode
from app.ui.theme import Theme

Part = tuple[str, Decided | None]


def original_parts(text: str, decided: Sequence[Decided]) -> list[Part]:
    """Cut a text at its details."""
    parts: list[Part] = []
    done = 0
    for each in decided:
        parts.append((text[done : each.finding.start], None))
        parts.append((text[each.finding.start : each.finding.end], each))
        done = each.finding.end
    return [*parts, (text[done:], None)]


def outgoing_parts(text: str, decided: Sequence[Decided]) -> list[Part]:
    """Put in the place of each detail what would leave instead."""
    return [(each.replacement if each else part, each) for part, each in original_parts(text, decided)]


def tint(theme: Theme, pane: QTextEdit, parts: Sequence[Part]) -> None:
    """Show a text with its details marked; of a very long one the beginning."""
    pane.clear()
    pane.setWordWrapMode(wrap_mode("".join(text for text, _ in parts)[:SHOWN]))
    cursor = QTextCursor(pane.document())
    room = SHOWN
    for text, each in parts:
        if room < len(text):
            cursor.insertText(f"{text[:room]} …", QTextCharFormat())
            break
        room -= len(text)
        cursor.insertText(text, finding_look(theme, each) if each is not None else QTextCharFormat())
    pane.moveCursor(QTextCursor.MoveOperation.Start)
