"""One fact about the person: its words, which can be corrected in place, and what to do with it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.core.store.facts import FactState, KnownFact
from app.ui.buttons import Button, IconButton
from app.ui.escaped_field import EscapedField
from app.ui.ledger_row import day_words
from app.ui.settings.row import Line, caption
from app.ui.theme import Theme


class FactRow(QFrame):
    """Shows a fact that waits for a yes, or one that is kept.

    Signals:
        kept(int), dismissed(int), forgotten(int): what the person wants with this fact.
        edited(int, str): it should say this instead.
        source_wanted(int): the person wants to see the message it came from.
    """

    kept = Signal(int)
    dismissed = Signal(int)
    forgotten = Signal(int)
    edited = Signal(int, str)
    source_wanted = Signal(int)

    def __init__(self, theme: Theme, fact: KnownFact) -> None:
        super().__init__()
        self.fact = fact
        self._theme = theme
        self.setObjectName(f"fact_{fact.id}")
        self._words = QLabel(fact.text)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._field = EscapedField(fact.text)
        self._field.setAccessibleName(self.tr("Correct: {0}").format(fact.text))
        self._field.returnPressed.connect(self._on_entered)
        self._field.left.connect(self._stop_editing)
        self._field.hide()
        self._edit = IconButton(theme, "edit", self.tr("Correct it"))
        self._edit.setAccessibleName(self.tr("Correct “{0}”").format(fact.text))
        self._edit.clicked.connect(self._on_edit)
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(self._words)
        words.addWidget(self._field)
        words.addWidget(self._make_since())
        is_waiting = fact.state is FactState.INBOX
        directions = QBoxLayout.Direction
        whole = QBoxLayout(directions.TopToBottom if is_waiting else directions.LeftToRight, self)
        whole.setContentsMargins(0, theme.px(6), 0, theme.px(6))
        whole.setSpacing(theme.px(8))
        whole.addLayout(words, 1)
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        for button in (*self._decisions(), self._edit) if is_waiting else (self._edit, *self._decisions()):
            line.addWidget(button)
        if is_waiting:
            line.addStretch(1)
        whole.addLayout(line)

    def focus(self) -> None:
        """Give the focus to what is likeliest wanted next."""
        (self.findChild(Button) or self._edit).setFocus()

    def _make_since(self) -> QWidget:
        """Say where it comes from; what was said in a conversation leads there."""
        day = day_words(self.fact.created)
        if self.fact.source is None:
            return caption(self.tr("{day} · you added it").format(day=day))
        link = Button(self._theme, self.tr("from what you wrote"), "link")
        link.setObjectName("fact_source")
        link.setAccessibleName(self.tr("Show where you wrote “{0}”").format(self.fact.text))
        link.clicked.connect(self._on_source)
        line = Line(caption(f"{day} ·"), link)
        line.line.setSpacing(0)
        line.line.addStretch(1)
        return line

    @Slot()
    def _on_source(self) -> None:
        if self.fact.source is not None:
            self.source_wanted.emit(self.fact.source)

    def _decisions(self) -> list[Button | IconButton]:
        if self.fact.state is FactState.INBOX:
            keep = Button(self._theme, self.tr("Keep"))
            keep.setAccessibleName(self.tr("Keep “{0}”").format(self.fact.text))
            keep.clicked.connect(self._on_keep)
            wrong = Button(self._theme, self.tr("Not true"), "quiet")
            wrong.setAccessibleName(self.tr("“{0}” is not true").format(self.fact.text))
            wrong.clicked.connect(self._on_wrong)
            return [keep, wrong]
        forget = IconButton(self._theme, "trash", self.tr("Forget it"))
        forget.setAccessibleName(self.tr("Forget “{0}”").format(self.fact.text))
        forget.clicked.connect(self._on_forget)
        return [forget]

    @Slot()
    def _on_edit(self) -> None:
        self._words.hide()
        self._field.setText(self.fact.text)
        self._field.show()
        self._field.setFocus()
        self._field.selectAll()

    @Slot()
    def _on_entered(self) -> None:
        text = " ".join(self._field.text().split())
        if not text or text == self.fact.text:
            self._stop_editing()
            self._edit.setFocus()
        else:
            self.edited.emit(self.fact.id, text)

    @Slot()
    def _stop_editing(self) -> None:
        had_focus = self._field.hasFocus()
        self._field.hide()
        self._words.show()
        if had_focus:
            self._edit.setFocus()

    @Slot()
    def _on_keep(self) -> None:
        self.kept.emit(self.fact.id)

    @Slot()
    def _on_wrong(self) -> None:
        self.dismissed.emit(self.fact.id)

    @Slot()
    def _on_forget(self) -> None:
        self.forgotten.emit(self.fact.id)
