"""A box to try the filter on: the same one that looks at questions, and nothing is sent or kept."""

from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QTextEdit, QVBoxLayout

from app.privacy.policy import Level
from app.privacy.types import Action, Decided
from app.ui.buttons import Button
from app.ui.settings.row import Line, caption
from app.ui.settings.tools import Tools
from app.ui.tinted import outgoing_parts, tint
from app.ui.words import details_hidden, is_hidden, level_name

_PAUSE = 300
"""Milliseconds after the last key."""
_LONGEST = 20_000
_TALLEST = 140
_LANE = "rehearsal"
_LEVELS = (Level.STRICT, Level.GUARDED, Level.OPEN)
_Found = dict[Level, tuple[Decided, ...]]


class Outcome(QFrame):
    """What would leave at one level."""

    def __init__(self, tools: Tools, level: Level) -> None:
        super().__init__()
        self._theme = tools.theme
        self._name = QLabel(level_name(level))
        self._name.setProperty("type", "overline")
        self._counts = caption()
        self._counts.setObjectName(f"counts_{level.value}")
        self.pane = QTextEdit()
        self.pane.setObjectName(f"outcome_{level.value}")
        self.pane.setAccessibleName(self.tr("What would leave at the level {0}").format(level_name(level)))
        self.pane.setReadOnly(True)
        self.pane.setTabChangesFocus(True)
        self.pane.setProperty("look", "pane")
        head = Line(self._name, self._counts)
        head.line.setStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(head)
        column.addWidget(self.pane)

    def show_outcome(self, text: str, decided: tuple[Decided, ...]) -> None:
        """Show a text as it would leave."""
        tint(self._theme, self.pane, outgoing_parts(text, decided))
        told = [details_hidden(sum(map(is_hidden, decided)))]
        asked = sum(each.action is Action.ASK for each in decided)
        if asked:
            told.append(self.tr("{n} to agree to").format(n=asked))
        readable = sum(each.action is Action.KEEP for each in decided)
        if readable:
            told.append(self.tr("{n} seen and left readable").format(n=readable))
        self._counts.setText(" · ".join(told))
        self.fit()

    def fit(self) -> None:
        """Be as high as the text needs, up to a bound."""
        px = self._theme.px
        document = self.pane.document()
        document.setTextWidth(max(1, self.pane.viewport().width()))
        self.pane.setFixedHeight(min(px(_TALLEST), max(px(44), round(document.size().height()) + px(16))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class TryBox(QFrame):
    """Shows below what the person types what would leave at each level."""

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._asked = ""
        self.field = QPlainTextEdit()
        self.field.setObjectName("try_text")
        self.field.setAccessibleName(self.tr("Text to try the filter on"))
        self.field.setPlaceholderText(self.tr("Write or paste something private"))
        self.field.setTabChangesFocus(True)
        self.field.setProperty("look", "field")
        self.field.setFixedHeight(tools.theme.px(88))
        self._told = caption(self.tr("Nothing of it is sent or kept. It is checked on this computer."))
        self._told.setObjectName("try_told")
        self._example = Button(tools.theme, self.tr("Use an example"), "act")
        self._example.setObjectName("try_example")
        self._outcomes = {level: Outcome(tools, level) for level in _LEVELS}
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._on_pause)
        self.field.textChanged.connect(self._pause.start)
        self._example.clicked.connect(self._on_example)
        tools.theme.changed.connect(self._on_pause)
        self._lay_out()

    def _lay_out(self) -> None:
        foot = Line(self._told, self._example)
        foot.line.setStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(foot)
        for outcome in self._outcomes.values():
            column.addWidget(outcome)
            outcome.hide()

    @Slot()
    def _on_example(self) -> None:
        self.field.setPlainText(
            self.tr(
                "I am Tomas Wieland, 41, a nurse from Bremen. Call me at +49 170 5550123. "
                "Since my burnout in March 2024 I earn only 1,900 euros."
            )
        )
        self.field.setFocus()

    @Slot()
    def _on_pause(self) -> None:
        self._asked = text = self.field.toPlainText()
        if not text.strip():
            self._show(text, {})
        elif len(text) > _LONGEST:
            self._say(self.tr("That is long. Try a part of it."))
        else:
            self._say(self.tr("Checking…"))
            work = partial(self._look, text)
            self._tools.runner.call(work, partial(self._show, text), self._fail, lane=_LANE)

    def _look(self, text: str) -> _Found:
        """Runs on a worker."""
        if text != self._asked:
            return {}  # typed on meanwhile
        return {level: self._tools.session.rehearse(text, level) for level in _LEVELS}

    def _show(self, text: str, found: _Found) -> None:
        if text != self._asked:
            return
        self._say(self.tr("Nothing of it is sent or kept. It is checked on this computer."))
        for level, outcome in self._outcomes.items():
            outcome.setVisible(bool(found))
            if found:
                outcome.show_outcome(text, found[level])

    def _fail(self, told: str) -> None:
        for outcome in self._outcomes.values():
            outcome.hide()
        self._say(told)

    def _say(self, told: str) -> None:
        self._told.setText(told)
