"""A document that an answer grows in: finished blocks stay, only the last one is drawn again."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument

from app.core.types import Piece
from app.ui.block_writer import BlockWriter
from app.ui.markdown import Code, Section, Source
from app.ui.theme import Theme

_WORD = re.compile(r"[^\W\d_]{2}")
_LONGEST_TAIL: Final = 4000
"""Characters; a longer unfinished block is drawn as plain text until it ends."""


@dataclass(frozen=True, slots=True)
class _Border:
    """Where the finished part ends, in the source and in the document."""

    source: int = 0
    position: int = 0
    format: QTextBlockFormat | None = None
    is_fresh: bool = True


class AnswerDocument(QTextDocument):
    """The answer as rich text; a piece costs as much as the block that it ends in."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setUndoRedoEnabled(False)
        self.setDocumentMargin(0)
        self._source = Source()
        self._drawn = 0
        self._border = _Border()
        self._open_code = ""
        """What is drawn of a fence that has not ended; empty where the tail is something else."""
        self._writer = BlockWriter(theme)
        self._reset(self._source)

    @property
    def source(self) -> str:
        """The markdown with restored details, for Copy."""
        return self._source.plain()

    def show_whole(self, pieces: Iterable[Piece]) -> None:
        """Replace everything."""
        self._reset(Source())
        for piece in pieces:
            self._source.add(piece)
        self.flush()

    def show_plain(self, text: str) -> None:
        """Replace everything by text without any markup."""
        self._reset(Source())
        self._writer.write_plain(QTextCursor(self), text)

    def add(self, piece: Piece) -> None:
        """Take a further piece; `flush` draws it."""
        self._source.add(piece)

    def flush(self) -> bool:
        """Draw what is new; say whether there was anything."""
        if len(self._source) == self._drawn:
            return False
        self._drawn = len(self._source)
        sections = self._source.sections(self._border.source)
        cursor = QTextCursor(self)
        cursor.beginEditBlock()
        if not self._grow_code(cursor, sections):
            self._draw(cursor, sections)
        cursor.endEditBlock()
        return True

    def redraw(self) -> None:
        """Draw everything again, in the colours and sizes of now."""
        self._reset(self._source)
        self.flush()

    def _reset(self, source: Source) -> None:
        self.clear()
        self.setDefaultFont(self._theme.font())
        self.setIndentWidth(self._theme.px(24))
        self._writer = BlockWriter(self._theme)
        self._source = source
        self._drawn = 0
        self._border = _Border()
        self._open_code = ""

    def _grow_code(self, cursor: QTextCursor, sections: list[Section]) -> bool:
        """Append to the open fence at the end instead of drawing it again, where that is what came."""
        code = _only_open_code(sections)
        if code is None or not self._open_code or not code.text.startswith(self._open_code):
            return False
        cursor.movePosition(QTextCursor.MoveOperation.End)
        self._writer.grow_code(cursor, code, code.text[len(self._open_code) :])
        self._open_code = code.text
        return True

    def _draw(self, cursor: QTextCursor, sections: list[Section]) -> None:
        self._cut_tail(cursor)
        if not sections:
            return
        last = sections[-1]
        live = last if self._is_settled(last) or len(sections) == 1 else sections[-2]
        for section in sections[:-1]:
            self._mark_border(cursor, section, live)
            self._writer.write(cursor, section.blocks)
        self._mark_border(cursor, last, live)
        tail = self._source.plain(last.start) if len(self._source) - last.start > _LONGEST_TAIL else ""
        code = _only_open_code(sections[-1:])
        if tail and code is None:
            self._writer.write_plain(cursor, tail)
        else:
            self._writer.write(cursor, last.blocks)
        self._open_code = code.text if code is not None and live is last else ""

    def _mark_border(self, cursor: QTextCursor, section: Section, live: Section) -> None:
        if section is live and live.start > self._border.source:
            self._border = _Border(live.start, cursor.position(), cursor.blockFormat(), self._writer.is_fresh)

    def _is_settled(self, last: Section) -> bool:
        """Say whether the last block can no longer turn out to be a part of the one before it."""
        text = self._source.plain(last.start)[:_LONGEST_TAIL]
        return "\n" in text or (_WORD.search(text) is not None and not text.lstrip().startswith(("`", "~")))

    def _cut_tail(self, cursor: QTextCursor) -> None:
        border = self._border
        cursor.setPosition(border.position)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        if border.format is not None:
            cursor.setBlockFormat(border.format)
        self._writer.is_fresh = border.is_fresh


def _only_open_code(sections: list[Section]) -> Code | None:
    if len(sections) != 1 or len(sections[0].blocks) != 1:
        return None
    block = sections[0].blocks[0]
    return block if isinstance(block, Code) and block.is_open else None
