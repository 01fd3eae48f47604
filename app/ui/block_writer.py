"""Writes markdown blocks into a document through a cursor; no HTML is made anywhere."""

from collections.abc import Iterable
from enum import IntEnum
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextList,
    QTextListFormat,
    QTextTableFormat,
)

from app.ui import markdown
from app.ui.code_colours import coloured
from app.ui.markdown import Block, Code, Paragraph, Rule, Run, Table
from app.ui.theme import BODY, HEADING, TITLE, Theme

PAD: Final = 12
HEAD: Final = 32
"""Height of the line with the language above a block of code."""

_GAP: Final = 12
_LINE_HEIGHT: Final = 132.0
_PROPORTIONAL: Final = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
_FIXED: Final = QTextBlockFormat.LineHeightTypes.FixedHeight.value
_HEADINGS: Final = {1: TITLE, 2: HEADING}


class Mark(IntEnum):
    """Properties of blocks that the view paints something for."""

    CODE = QTextFormat.Property.UserProperty.value + 1
    """A number, the same for all lines of one block of code."""
    LANGUAGE = QTextFormat.Property.UserProperty.value + 2
    QUOTE = QTextFormat.Property.UserProperty.value + 3
    RULE = QTextFormat.Property.UserProperty.value + 4


class BlockWriter:
    """Writes at the end of one document; `is_fresh` says that the last block is still unused."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._codes = 0
        self.is_fresh = True

    def write(self, cursor: QTextCursor, blocks: Iterable[Block]) -> None:
        """Append blocks of one section."""
        lists: list[QTextList] = []
        for block in blocks:
            match block:
                case Paragraph():
                    self._paragraph(cursor, block, lists)
                case Code():
                    self._code(cursor, block)
                case Table():
                    self._table(cursor, block)
                case Rule():
                    shape = self._shape(cursor)
                    shape.setProperty(Mark.RULE, 1)
                    self._begin(cursor, shape)
                    cursor.insertText("\u200b")

    def write_plain(self, cursor: QTextCursor, text: str) -> None:
        """Append text as it is."""
        self._begin(cursor, self._shape(cursor))
        cursor.insertText(text.replace("\n", markdown.BREAK), self._look(Run("")))

    def grow_code(self, cursor: QTextCursor, code: Code, text: str) -> None:
        """Append to the block of code that the document ends with."""
        shape = cursor.blockFormat()
        top = QTextBlockFormat(shape)
        top.setBottomMargin(0)
        look = self._code_look("text", False)
        lines = text.split("\n")
        cursor.insertText(lines[0], look)
        for line in lines[1:]:
            cursor.setBlockFormat(top)
            top = self._inner(shape)
            cursor.insertBlock(self._inner(shape, is_last=True), look)
            cursor.insertText(line, look)

    def _paragraph(self, cursor: QTextCursor, block: Paragraph, lists: list[QTextList]) -> None:
        shape = self._shape(cursor)
        look = self._look(Run(""))
        if block.heading:
            look.setFont(self._theme.font(_HEADINGS.get(block.heading, BODY), QFont.Weight.DemiBold))
            shape.setTopMargin(self._gap(cursor, 20))
            shape.setHeadingLevel(block.heading)
        if block.quote:
            shape.setLeftMargin(self._theme.px(16 * block.quote))
            shape.setProperty(Mark.QUOTE, block.quote)
            look.setForeground(self._theme.colour("muted"))
        if not block.bullet:
            shape.setIndent(block.depth)
        is_first = block.bullet and len(lists) < block.depth
        if block.bullet and not (is_first and block.depth == 1):
            shape.setTopMargin(self._gap(cursor, 4))
        self._begin(cursor, shape, look)
        if block.bullet:
            self._item(cursor, block, lists)
        for run in block.runs:
            cursor.insertText(run.text, self._look(run, look))

    def _item(self, cursor: QTextCursor, block: Paragraph, lists: list[QTextList]) -> None:
        del lists[block.depth :]
        if len(lists) == block.depth and not (block.bullet == "1" and lists[-1].count() > 0):
            lists[-1].add(cursor.block())
            return
        del lists[block.depth - 1 :]
        shape = QTextListFormat()
        shape.setIndent(block.depth)
        if block.bullet == "-":
            styles = (QTextListFormat.Style.ListDisc, QTextListFormat.Style.ListCircle)
            shape.setStyle(styles[(block.depth - 1) % 2])
        else:
            shape.setStyle(QTextListFormat.Style.ListDecimal)
            shape.setStart(int(block.bullet))
        while len(lists) < block.depth - 1:
            lists.append(cursor.createList(shape))
        lists.append(cursor.createList(shape))

    def _code(self, cursor: QTextCursor, code: Code) -> None:
        self._codes += 1
        shape = self._shape(cursor)
        shape.setLeftMargin(self._theme.px(PAD + 4 + 24 * code.depth))
        shape.setRightMargin(self._theme.px(PAD + 4))
        shape.setProperty(Mark.CODE, self._codes)
        shape.setProperty(Mark.LANGUAGE, code.language)
        shape.setTopMargin(self._gap(cursor, _GAP) + self._theme.px(HEAD))
        lines = code.text.count("\n")
        if not lines:
            shape.setBottomMargin(self._theme.px(PAD))
        self._begin(cursor, shape, self._code_look("text", False))
        for text, token, restored in coloured(code):
            look = self._code_look(token, restored)
            first, *rest = text.split("\n")
            cursor.insertText(first, look)
            for line in rest:
                lines -= 1
                cursor.insertBlock(self._inner(shape, is_last=lines == 0), self._code_look("text", False))
                cursor.insertText(line, look)

    def _inner(self, first: QTextBlockFormat, *, is_last: bool = False) -> QTextBlockFormat:
        shape = QTextBlockFormat(first)
        shape.setTopMargin(0)
        shape.setBottomMargin(self._theme.px(PAD) if is_last else 0)
        return shape

    def _table(self, cursor: QTextCursor, table: Table) -> None:
        if self.is_fresh:
            cursor.setBlockFormat(self._sliver())
        columns = max(len(row) for row in table.rows)
        shape = QTextTableFormat()
        shape.setTopMargin(self._theme.px(_GAP))
        shape.setBottomMargin(self._theme.px(_GAP))  # Qt forgets the next block's own distance
        shape.setCellPadding(self._theme.px(7))
        shape.setCellSpacing(0)
        shape.setBorder(1)
        shape.setBorderCollapse(True)
        shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        shape.setBorderBrush(self._theme.colour("border"))
        shape.setHeaderRowCount(1)
        shape.setWidth(QTextLength(QTextLength.Type.VariableLength, 0))
        grid = cursor.insertTable(len(table.rows), columns, shape)
        for y, row in enumerate(table.rows):
            for x, runs in enumerate(row[:columns]):
                cell = grid.cellAt(y, x)
                base = self._look(Run("", bold=y == 0))
                if y == 0:
                    form = cell.format()
                    form.setBackground(self._theme.colour("code"))
                    cell.setFormat(form)
                inside = cell.firstCursorPosition()
                for run in runs:
                    inside.insertText(run.text, self._look(run, base))
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.setBlockFormat(self._sliver())
        self.is_fresh = True

    def _begin(
        self, cursor: QTextCursor, shape: QTextBlockFormat, look: QTextCharFormat | None = None
    ) -> None:
        look = look or self._look(Run(""))
        if self.is_fresh:
            cursor.setBlockFormat(shape)
            cursor.setBlockCharFormat(look)
            cursor.setCharFormat(look)
            self.is_fresh = False
        else:
            cursor.insertBlock(shape, look)

    def _shape(self, cursor: QTextCursor) -> QTextBlockFormat:
        shape = QTextBlockFormat()
        shape.setLineHeight(_LINE_HEIGHT, _PROPORTIONAL)
        shape.setTopMargin(self._gap(cursor, _GAP))
        return shape

    def _sliver(self) -> QTextBlockFormat:
        """A block that must be there, before or after a table, but takes no room."""
        shape = QTextBlockFormat()
        shape.setLineHeight(1, _FIXED)
        return shape

    def _gap(self, cursor: QTextCursor, gap: int) -> int:
        if self.is_fresh:
            return 0 if cursor.document().blockCount() == 1 else self._theme.px(gap)
        is_below_code = cursor.blockFormat().hasProperty(Mark.CODE)
        return self._theme.px(gap + PAD * is_below_code)

    def _look(self, run: Run, base: QTextCharFormat | None = None) -> QTextCharFormat:
        look = QTextCharFormat(base) if base is not None else QTextCharFormat()
        if base is None:
            look.setFont(self._theme.font())
            look.setForeground(self._theme.colour("text"))
        if run.bold:
            look.setFontWeight(QFont.Weight.DemiBold)
        if run.italic:
            look.setFontItalic(True)
        if run.strike:
            look.setFontStrikeOut(True)
        if run.code:
            look.setFont(self._theme.mono())
            look.setBackground(self._theme.colour("sunken"))
        if run.href:
            look.setAnchor(True)
            look.setAnchorHref(run.href)
            look.setForeground(self._theme.colour("accent"))
            look.setFontUnderline(True)
            look.setToolTip(run.href)
        if run.restored:
            self._tint(look)
        return look

    def _code_look(self, token: str, restored: bool) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setFont(self._theme.mono())
        look.setForeground(self._theme.colour(token))
        if restored:
            self._tint(look)
        return look

    def _tint(self, look: QTextCharFormat) -> None:
        look.setBackground(self._theme.colour("restored"))
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        look.setUnderlineColor(self._theme.colour("restored_line"))
        look.setToolTip(QCoreApplication.translate("Answer", "Hidden from the cloud, put back here"))
