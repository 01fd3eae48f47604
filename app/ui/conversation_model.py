"""The rows of the side list: headings of time, conversations, hits of a search."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from app.core.types import Conversation, Hit

_Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What the delegate asks for besides Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole.value + 1


@dataclass(frozen=True, slots=True)
class Heading:
    """A line above conversations of one time."""

    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A conversation, or a message of it that was found."""

    conversation: Conversation
    snippet: str = ""
    message: int | None = None
    is_busy: bool = False


Row = Heading | Entry


class ConversationModel(QAbstractListModel):
    """Rows for a `QListView`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def show_conversations(self, conversations: Sequence[Conversation], busy: frozenset[str]) -> None:
        """Replace the rows by conversations under headings of time, in the order given."""
        rows: list[Row] = []
        today = date.today()
        heading = ""
        for each in conversations:
            name = _heading(each, today)
            if name != heading:
                rows.append(Heading(name))
                heading = name
            rows.append(Entry(each, is_busy=each.id in busy))
        self._replace(rows)

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Replace the rows by what a search found."""
        self._replace([Entry(hit.conversation, hit.snippet, hit.message) for hit in hits])

    def row_of(self, conversation: str) -> int:
        """Return the row of a conversation, -1 where it is not in the list."""
        for place, row in enumerate(self._rows):
            if isinstance(row, Entry) and row.conversation.id == conversation:
                return place
        return -1

    def at(self, index: _Index) -> Row | None:
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def _replace(self, rows: list[Row]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.at(index)
        match row, role:
            case _, Role.ROW:
                return row
            case Heading(text=text), Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return text
            case Entry(), Qt.ItemDataRole.DisplayRole:
                return title_of(row.conversation)
            case Entry(), Qt.ItemDataRole.AccessibleTextRole:
                return _spoken(row)
            case _:
                return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if isinstance(self.at(index), Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def title_of(conversation: Conversation) -> str:
    """Return the title, or what stands for one."""
    return conversation.title or (_tr("Temporary chat") if conversation.temporary else _tr("New chat"))


def plain_snippet(snippet: str) -> str:
    """Return the words around a match without the marks of the match."""
    return snippet.replace("\x02", "").replace("\x03", "").replace("\n", " ")


def _spoken(entry: Entry) -> str:
    parts = [title_of(entry.conversation), _heading(entry.conversation, date.today()).lower()]
    if entry.snippet:
        parts.append(plain_snippet(entry.snippet))
    if entry.is_busy:
        parts.append(_tr("answering"))
    return ", ".join(parts)


def _heading(conversation: Conversation, today: date) -> str:
    if conversation.pinned:
        return _tr("Pinned")
    day = datetime.fromtimestamp(conversation.updated).date()
    if day >= today:
        return _tr("Today")
    if day == today - timedelta(days=1):
        return _tr("Yesterday")
    if day > today - timedelta(days=7):
        return _tr("This week")
    return _tr("This month") if day > today - timedelta(days=31) else str(day.year)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Conversations", text)
