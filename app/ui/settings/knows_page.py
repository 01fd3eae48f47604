"""What Confidant knows about the person, how he writes, and what it learned: all of it can be forgotten."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.core.settings import MEMORY_FACTS
from app.ui.announce import announce
from app.ui.buttons import Button, TwicePressed
from app.ui.settings.facts_list import FactsList
from app.ui.settings.index_line import IndexLine
from app.ui.settings.knowing import Known
from app.ui.settings.lessons_list import LessonsList
from app.ui.settings.page import Page
from app.ui.settings.row import Line, caption
from app.ui.settings.tools import Tools

_SEARCHED_FROM = 6
"""Kept facts from which on a search is worth its place."""
_KNOWN_AS = (
    "what it knows about you facts memory inbox keep forget style how you write lessons learned from the "
    "cloud"
)


class KnowsPage(Page):
    """The switch, the inbox, the kept facts, the style of writing and the lessons; read when it comes up.

    Signals:
        message_wanted(str, int): a conversation, and a message in it to go to.
    """

    message_wanted = Signal(str, int)

    def __init__(self, tools: Tools, group: str) -> None:
        self._door = tools.knowing
        super().__init__(tools, group)

    def add_after(self) -> None:
        self._told = caption()
        self._told.setObjectName("knows_told")
        self._told.hide()
        self.add_widget(self._told)
        self._index = IndexLine(self.tools.index, self.tools.runner)
        self.add_widget(self._index)
        self.add_widget(self._make_inbox())
        self.add_heading(self.tr("About you"))
        self.add_widget(self._make_facts())
        self.add_heading(self.tr("How you write"))
        self.add_widget(self._make_style())
        self.add_heading(self.tr("Learned from the cloud"))
        self.add_widget(self._make_lessons())

    def came_up(self) -> None:
        self._do(self._door.read)
        self._index.refresh()

    def lock_rows(self) -> None:
        is_off = self.values.get(MEMORY_FACTS.key) is False
        self._off.setVisible(is_off)

    def search(self, words: list[str]) -> int:
        found = super().search(words)
        return found + int(bool(words) and all(word in _KNOWN_AS for word in words))

    # Parts

    def _make_inbox(self) -> QFrame:
        self._inbox = QFrame()
        self._inbox.setObjectName("knows_inbox")
        self._inbox.setProperty("surface", "card")
        self._count = QLabel()
        self._count.setProperty("type", "strong")
        says = caption(self.tr("This stood in what you wrote. Nothing uses it before you say yes."))
        self._waiting = self._make_list()
        column = QVBoxLayout(self._inbox)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        for widget in (self._count, says, self._waiting):
            column.addWidget(widget)
        self._inbox.hide()
        return self._inbox

    def _make_facts(self) -> QFrame:
        theme = self.tools.theme
        self._off = caption(self.tr("Switched off: what stands here is kept, but nothing uses it."))
        self._search = QLineEdit()
        self._search.setObjectName("knows_search")
        self._search.setAccessibleName(self.tr("Search what it knows about you"))
        self._search.setPlaceholderText(self.tr("Search"))
        self._search.setClearButtonEnabled(False)
        self._search.textChanged.connect(self._on_search)
        self._no_fact = caption()
        self._no_fact.setObjectName("no_fact")
        self._kept = self._make_list()
        self._field = QLineEdit()
        self._field.setObjectName("knows_add")
        self._field.setAccessibleName(self.tr("Something about you that it should know"))
        self._field.setPlaceholderText(self.tr("For example: I am a vegetarian"))
        self._field.returnPressed.connect(self._on_add)
        self._add_fact = Button(theme, self.tr("Add"))
        self._add_fact.setAccessibleName(self.tr("Add this fact about you"))
        self._add_fact.clicked.connect(self._on_add)
        self._all = self._make_end(
            self.tr("Forget all of it"), self.tr("Press again to forget every fact"),
            self.tr("Forget every fact about you"), partial(self._door.forget_fact, None), "forget_facts",
        )  # fmt: skip
        line = Line(self._field, self._add_fact)
        line.line.setStretch(0, 1)
        return _column(self._off, self._search, self._no_fact, self._kept, line, _left(self._all))

    def _make_style(self) -> QFrame:
        self._style = QLabel()
        self._style.setObjectName("style_sentence")
        self._style.setWordWrap(True)
        self._style_says = caption()
        self._no_style = self._make_end(
            self.tr("Forget it"), self.tr("Press again to forget how you write"),
            self.tr("Forget how you write"), self._door.forget_style, "forget_style",
        )  # fmt: skip
        return _column(self._style_says, self._style, _left(self._no_style))

    def _make_lessons(self) -> QFrame:
        self._lessons_say = caption()
        self._lessons_say.setObjectName("lessons_say")
        self._lessons = LessonsList(self.tools.theme)
        self._lessons.forgotten.connect(self._on_lesson_forgotten)
        self._no_lessons = self._make_end(
            self.tr("Forget all lessons"), self.tr("Press again to forget every lesson"),
            self.tr("Forget everything learned from the cloud"),
            partial(self._door.forget_lesson, None), "forget_lessons",
        )  # fmt: skip
        return _column(self._lessons_say, self._lessons, _left(self._no_lessons))

    def _make_list(self) -> FactsList:
        facts = FactsList(self.tools.theme)
        facts.kept.connect(self._on_kept)
        facts.dismissed.connect(self._on_dismissed)
        facts.forgotten.connect(self._on_forgotten)
        facts.edited.connect(self._on_edited)
        facts.source_wanted.connect(self._on_source)
        return facts

    def _make_end(
        self, text: str, again: str, name: str, work: Callable[[], Known], key: str
    ) -> TwicePressed:
        button = TwicePressed(self.tools.theme, text, again, name)
        button.setObjectName(key)
        button.confirmed.connect(partial(self._do, work, self.tr("Forgotten.")))
        button.hide()
        return button

    # What happens

    def _do(self, work: Callable[[], Known], told: str = "") -> None:
        self.tools.runner.call(work, partial(self._show, told), self._say)

    def _show(self, told: str, known: Known) -> None:
        waiting, kept, lessons = known.waiting, known.kept, known.lessons
        had_focus = self.isAncestorOf(self.window().focusWidget() or self.window())
        self._count.setText(
            self.tr("Is this true?")
            if len(waiting) == 1
            else self.tr("Are these {n} true?").format(n=len(waiting))
        )
        self._waiting.show_facts(waiting)
        self._inbox.setVisible(bool(waiting))
        self._kept.show_facts(kept)
        self._search.setVisible(len(kept) >= _SEARCHED_FROM or bool(self._search.text()))
        self._all.setVisible(bool(kept or waiting))
        self._say_empty(bool(kept))
        self._style.setText(f"“{known.style}”")
        self._style.setVisible(bool(known.style))
        self._style_says.setText(
            self.tr("Whoever writes for you is asked to do it your way:")
            if known.style
            else self.tr("Nothing is known yet. A few letters or a dozen questions of yours will show it.")
        )
        self._no_style.setVisible(bool(known.style))
        self._lessons.show_lessons(lessons)
        self._lessons_say.setText(_lessons_words(len(lessons)))
        self._no_lessons.setVisible(bool(lessons))
        if had_focus and self.window().focusWidget() is None:
            self._field.setFocus()
        self._say(told)

    def _say_empty(self, has_facts: bool) -> None:
        sought = self._search.text().strip()
        found = self._kept.search(sought)
        if not has_facts:
            told = self.tr("I remember nothing about you.")
        else:
            told = self.tr("No fact has “{0}” in it.").format(sought)
        self._no_fact.setText(told)
        self._no_fact.setVisible(not has_facts or not found)

    def _say(self, told: str) -> None:
        self._told.setText(told)
        self._told.setVisible(bool(told))
        if told:
            announce(self, told)

    @Slot()
    def _on_search(self) -> None:
        self._say_empty(has_facts=True)

    @Slot()
    def _on_add(self) -> None:
        text = self._field.text().strip()
        if text:
            self._field.clear()
            self._do(partial(self._door.add, text), self.tr("Noted."))

    @Slot(int)
    def _on_kept(self, fact: int) -> None:
        self._do(partial(self._door.keep, fact), self.tr("It is used from now on."))

    @Slot(int)
    def _on_dismissed(self, fact: int) -> None:
        self._do(partial(self._door.dismiss, fact), self.tr("It will not be asked again."))

    @Slot(int)
    def _on_forgotten(self, fact: int) -> None:
        self._do(partial(self._door.forget_fact, fact), self.tr("Forgotten."))

    @Slot(int, str)
    def _on_edited(self, fact: int, text: str) -> None:
        self._do(partial(self._door.edit, fact, text), self.tr("Corrected."))

    @Slot(int)
    def _on_source(self, message: int) -> None:
        self.tools.runner.call(partial(self._door.place, message), self._on_place, self._say)

    def _on_place(self, place: tuple[str, int]) -> None:
        self.message_wanted.emit(*place)

    @Slot(int)
    def _on_lesson_forgotten(self, lesson: int) -> None:
        self._do(partial(self._door.forget_lesson, lesson), self.tr("Forgotten."))


def _lessons_words(count: int) -> str:
    if not count:
        return _tr(
            "Nothing yet. Where the cloud answered well, this computer remembers how, without your details."
        )
    return _tr(
        "Questions like these are answered here the next time, as the cloud did it. Your details were "
        "taken out before they were kept."
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("KnowsPage", text)


def _column(*widgets: QWidget) -> QFrame:
    box = QFrame()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    for widget in widgets:
        column.addWidget(widget)
    return box


def _left(button: TwicePressed) -> Line:
    line = Line(button)
    line.line.addStretch(1)
    return line
