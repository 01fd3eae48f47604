"""The parts of a conversation, one below the other in a reading column."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.core.types import Role
from app.ui.composer import Composer
from app.ui.document_chips import DocumentChips
from app.ui.find_bar import FindBar
from app.ui.notices import Notices
from app.ui.review_card import ReviewCard
from app.ui.theme import Theme
from app.ui.transcript import Transcript
from app.ui.welcome import Welcome

_COLUMN = 760
_MARGIN = 24


class ChatColumn(QFrame):
    """Transcript or welcome, find, notices, review, documents, composer; knows nothing of sessions."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.transcript = Transcript(theme)
        self.welcome = Welcome(theme)
        self.finder = FindBar(theme, self.transcript)
        self.notices = Notices(theme)
        self.card = ReviewCard(theme)
        self.documents = DocumentChips(theme)
        self.composer = Composer(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(16))
        column.setSpacing(theme.px(8))
        column.addWidget(self.transcript, 1)
        column.addWidget(self.welcome, 1)
        self._narrow = (self.finder, self.notices, self.card, self.documents, self.composer)
        for widget in self._narrow:
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self.transcript.hide()
        self.card.hide()
        self.finder.closed.connect(self.composer.editor.setFocus)
        theme.changed.connect(self._fit)

    @property
    def last_question(self) -> str:
        questions = [m.text for m in self.transcript.messages if m.role is Role.USER]
        return questions[-1] if questions else ""

    def show_welcome(self) -> None:
        """Show examples in place of a transcript without a message."""
        is_empty = not self.transcript.messages
        self.welcome.setVisible(is_empty)
        self.transcript.setVisible(not is_empty)

    def copy_last(self) -> None:
        """Copy the last answer."""
        answers = [m for m in self.transcript.messages if m.role is Role.ASSISTANT and m.text]
        if answers:
            QGuiApplication.clipboard().setText(answers[-1].text)
            self.notices.show_notice(self.tr("Answer copied."), passes=True)

    def step(self, by: int) -> None:
        """Go to the previous or next message."""
        count = len(self.transcript.messages)
        if count:
            index = min(count - 1, max(0, self.transcript.index_at_top() + by))
            self.transcript.row_of(index).view.setFocus()

    @Slot()
    def _fit(self) -> None:
        px = self._theme.px
        width = min(px(_COLUMN), self.width() - 2 * px(_MARGIN))
        for widget in self._narrow:
            widget.setFixedWidth(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
