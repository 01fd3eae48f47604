"""Paints the rows of the side list."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.conversation_model import Entry, Heading, Role, Row, plain_snippet, title_of
from app.ui.theme import CAPTION, Theme

_TITLE = 14


class ConversationDelegate(QStyledItemDelegate):
    """Draws a heading as a caption, a conversation as one line, a hit as two."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def _paint_heading(self, painter: QPainter, area: QRect, heading: Heading) -> None:
        px = self._theme.px
        painter.setPen(self._theme.colour("muted"))
        painter.setFont(self._theme.font(CAPTION, QFont.Weight.DemiBold))
        inside = area.adjusted(px(8), px(10), -px(8), -px(2))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, heading.text)

    def _paint_entry(self, painter: QPainter, area: QRect, entry: Entry, is_chosen: bool) -> None:
        px = self._theme.px
        inside = area.adjusted(px(8), 0, -px(8), 0)
        mark = "ghost" if entry.conversation.temporary else "pin" if entry.conversation.pinned else ""
        if entry.is_busy:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent"))
            painter.drawEllipse(inside.right() - px(8), inside.center().y() - px(3), px(7), px(7))
            inside.setRight(inside.right() - px(16))
        elif mark:
            icon = self._theme.icon(mark, "muted", 14)
            icon.paint(painter, inside.right() - px(14), inside.center().y() - px(7), px(14), px(14))
            inside.setRight(inside.right() - px(20))
        painter.setPen(self._theme.colour("text"))
        painter.setFont(self._theme.font(_TITLE, QFont.Weight.Medium if is_chosen else QFont.Weight.Normal))
        if not entry.snippet:
            self._line(painter, inside, title_of(entry.conversation))
            return
        top, bottom = QRect(inside), QRect(inside)
        top.setBottom(inside.top() + px(26))
        bottom.setTop(inside.top() + px(24))
        self._line(painter, top, title_of(entry.conversation))
        painter.setPen(self._theme.colour("muted"))
        painter.setFont(self._theme.font(CAPTION))
        self._line(painter, bottom, plain_snippet(entry.snippet))

    def _line(self, painter: QPainter, area: QRect, text: str) -> None:
        shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: Row = index.data(Role.ROW)
        state, area = option.state, option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Heading):
            self._paint_heading(painter, area, row)
        else:
            is_chosen = bool(state & QStyle.StateFlag.State_Selected)
            is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
            card = area.adjusted(0, 1, 0, -1)
            radius = self._theme.px(8)
            painter.setPen(Qt.PenStyle.NoPen)
            if is_chosen or is_hovered:
                painter.setBrush(self._theme.colour("pressed" if is_chosen else "sunken"))
                painter.drawRoundedRect(card, radius, radius)
            if is_chosen and state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(self._theme.colour("accent"))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), radius, radius)
            self._paint_entry(painter, area, row, is_chosen)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row = index.data(Role.ROW)
        has_two = isinstance(row, Entry) and bool(row.snippet)
        return QSize(0, self._theme.px(50 if has_two else 36))
