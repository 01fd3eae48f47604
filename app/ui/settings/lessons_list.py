"""What the model on this computer learned from answers of the cloud: each lesson can be forgotten."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.core.store.examples import Example, Stage
from app.ui.buttons import IconButton
from app.ui.ledger_row import day_words
from app.ui.settings.row import caption
from app.ui.theme import Theme
from app.ui.words import shortened

_SHOWN = 30
_LONGEST = 300
"""Characters of a question or a strategy that are shown."""


class LessonsList(QWidget):
    """Shows the newest thirty.

    Signals:
        forgotten(int): the person wants this one gone.
    """

    forgotten = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lessons: tuple[Example, ...] = ()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(4))
        self._more = caption()
        self._more.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._rows)
        column.addWidget(self._more)

    def show_lessons(self, lessons: Sequence[Example]) -> None:
        """Show these instead."""
        if self._lessons == tuple(lessons):
            return
        self._lessons = tuple(lessons)
        while (item := self._rows.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        for number, lesson in enumerate(lessons[:_SHOWN], 1):
            self._rows.addWidget(self._make_row(number, lesson))
        more = len(lessons) - _SHOWN
        self._more.setText(self.tr("And {n} older ones.").format(n=more))
        self._more.setVisible(more > 0)

    def _make_row(self, number: int, lesson: Example) -> QFrame:
        row = QFrame()
        row.setObjectName(f"lesson_{lesson.id}")
        question = QLabel(_short(lesson.masked))
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setProperty("type", "way")
        question.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(self._theme.px(2))
        words.addWidget(question)
        if lesson.strategy.strip():
            strategy = caption(_short(lesson.strategy))
            strategy.setTextFormat(Qt.TextFormat.PlainText)
            words.addWidget(strategy)
        words.addWidget(caption(f"{day_words(lesson.created)} · {success(lesson)}"))
        forget = IconButton(self._theme, "trash", self.tr("Forget it"))
        forget.setAccessibleName(
            self.tr("Forget lesson {n}: {question}").format(n=number, question=shortened(lesson.masked, 60))
        )
        forget.clicked.connect(partial(self.forgotten.emit, lesson.id))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, self._theme.px(6), 0, self._theme.px(6))
        line.addLayout(words, 1)
        line.addWidget(forget, 0, Qt.AlignmentFlag.AlignTop)
        return row


def success(lesson: Example) -> str:
    """Say how a lesson did so far."""
    match lesson.stage:
        case Stage.CANDIDATE:
            return _tr("waits until you like the answer it came from")
        case Stage.DROPPED:
            return _tr("not used any more")
    if not lesson.used:
        return _tr("not used yet")
    if lesson.used == 1:
        return _tr("used once, and it helped") if lesson.helped else _tr("used once, without success")
    return _tr("helped {helped} of {used} times").format(helped=lesson.helped, used=lesson.used)


def _tr(text: str) -> str:
    return QCoreApplication.translate("LessonsList", text)


def _short(text: str) -> str:
    return shortened(" ".join(text.split()), _LONGEST)
