"""Compares the ways: says what it takes, runs, shows how far it is, and what came of it."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QVBoxLayout, QWidget

from app.core.approval import Approve, Verdict
from app.core.cancel import Cancel
from app.core.errors import Cancelled, ConfidantError
from app.core.evaluation.replay import Outcome
from app.privacy.errors import PrivacyError
from app.ui.announce import announce
from app.ui.approver import Question
from app.ui.buttons import Button, TwicePressed
from app.ui.review_card import ReviewCard
from app.ui.runner import Run
from app.ui.settings.compare_form import CompareForm
from app.ui.settings.comparing import Ahead, Figures, RunApprover, Wanted
from app.ui.settings.outcome_view import OutcomeView
from app.ui.settings.row import Line, caption
from app.ui.settings.tools import Tools

_LANE = "compare"
"""Apart from the other calls: a long history or a large file takes a while to read."""


class CompareCard(QFrame):
    """The form; then what it takes, to begin or go back; then the run; then its figures."""

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._door = tools.together
        self._ahead: Ahead | None = None
        self._run: Run | None = None
        self._approver: RunApprover | None = None
        self._question: Question | None = None
        self._outcomes: list[Outcome] = []
        self._began = 0.0
        self.setObjectName("compare_card")
        self.setProperty("surface", "card")
        self._form = CompareForm(tools)
        self._form.wanted.connect(self._on_wanted)
        self._told = QLabel()
        self._told.setObjectName("compare_told")
        self._told.setProperty("type", "way")
        self._told.setWordWrap(True)
        self._told.hide()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.hide()
        self._review = ReviewCard(tools.theme, is_narrow=True)
        self._review.decided.connect(self._on_verdict)
        self._review.hide()
        self._rest = TwicePressed(
            tools.theme,
            self.tr("Send this and the others without asking"),
            self.tr("Press again: they leave sanitized, but unseen"),
            self.tr("Send this request and the others without asking"),
        )
        self._rest.setObjectName("compare_rest")
        self._rest.confirmed.connect(self._on_rest)
        self._rest.hide()
        self._outcome = OutcomeView(tools)
        self._outcome.hide()
        self._buttons = self._make_buttons()
        self._lay_out()

    def _make_buttons(self) -> dict[str, Button]:
        theme = self._tools.theme
        made: dict[str, Button] = {}
        for key, text, look, slot in (
            ("begin", self.tr("Begin"), "primary", self._on_begin),
            ("back", self.tr("Back"), "plain", self._on_back),
            ("stop", self.tr("Stop"), "plain", self._on_stop),
            ("again", self.tr("Compare anew"), "plain", self._on_back),
        ):
            button = Button(theme, text, look, "stop" if key == "stop" else "")
            button.setObjectName(f"compare_{key}")
            button.clicked.connect(slot)
            button.hide()
            made[key] = button
        made["begin"].setAccessibleName(self.tr("Begin the comparison"))
        made["back"].setAccessibleName(self.tr("Back to what is compared"))
        made["stop"].setAccessibleName(self.tr("Stop the comparison"))
        return made

    def _lay_out(self) -> None:
        says = caption(
            self.tr(
                "Asks the same questions in several ways, and counts how good the answers are, what left, "
                "and how long it took. Your conversations stay as they are."
            )
        )
        buttons = Line(*self._buttons.values())
        buttons.line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(10)
        parts: tuple[QWidget, ...] = (
            says, self._form, self._told, self._bar, self._review, self._rest, self._outcome, buttons,
        )  # fmt: skip
        for widget in parts:
            column.addWidget(widget)

    def _show(self, *keys: str) -> None:
        """Show these buttons alone."""
        for key, button in self._buttons.items():
            button.setVisible(key in keys)

    def _say(self, told: str, *, aloud: bool = True) -> None:
        self._told.setText(told)
        self._told.setVisible(bool(told))
        if told and aloud:
            announce(self, told)

    # Before

    @Slot(object)
    def _on_wanted(self, wanted: Wanted) -> None:
        self._form.ask.setEnabled(False)
        self._say(self.tr("Reading the questions…"))
        door = self._door
        self._tools.runner.call(lambda: door.look_ahead(wanted), self._on_ahead, self._on_refused, lane=_LANE)

    def _on_refused(self, told: str) -> None:
        self._form.ask.setEnabled(True)
        self._say(told)

    def _on_ahead(self, ahead: Ahead) -> None:
        self._ahead = ahead
        self._form.ask.setEnabled(True)
        self._form.hide()
        self._say(takes(ahead))
        self._show("begin", "back")
        self._buttons["begin"].setFocus()

    @Slot()
    def _on_back(self) -> None:
        self._ahead = None
        self._outcome.hide()
        self._say("")
        self._show()
        self._form.show()
        self._form.ask.setFocus()

    # While it runs

    @Slot()
    def _on_begin(self) -> None:
        if self._ahead is None or self._run is not None:
            return
        ahead, door = self._ahead, self._door
        self._outcomes = []
        self._began = time.monotonic()

        def work(cancel: Cancel, tell: Callable[[object], None]) -> None:
            approver = RunApprover(tell)
            tell(approver)
            for outcome in door.compare(ahead.plan, approver, cancel):
                tell(outcome)

        self._show("stop")
        self._buttons["stop"].setFocus()
        self._bar.setRange(0, ahead.plan.size)
        self._bar.setValue(0)
        self._bar.show()
        self._say(self.tr("Asking the first question…"))
        self._run = self._tools.runner.start(work, self._on_event, self._on_end)

    def _on_event(self, event: object) -> None:
        match event:
            case RunApprover():
                self._approver = event
            case Question():
                self._question = event
                self._review.show_review(event.review)
                self._rest.show()
            case Outcome():
                self._outcomes.append(event)
                self._show_progress()

    def _show_progress(self) -> None:
        assert self._ahead is not None
        done, size = len(self._outcomes), self._ahead.plan.size
        left = (time.monotonic() - self._began) / done * (size - done)
        words = self.tr("{done} of {size} answers, about {left} left").format(
            done=f"{done:,}", size=f"{size:,}", left=duration(left)
        )
        self._bar.setValue(done)
        self._bar.setAccessibleName(self.tr("Comparison: {0}").format(words))
        self._say(words, aloud=4 * done // size != 4 * (done - 1) // size)

    @Slot(object)
    def _on_verdict(self, verdict: Verdict) -> None:
        question, self._question = self._question, None
        if question is not None:
            self._close_review()
            question.answer(verdict)

    @Slot()
    def _on_rest(self) -> None:
        if self._approver is not None:
            self._approver.lets_rest_leave = True
        self._on_verdict(Approve())

    def _close_review(self) -> None:
        had_focus = self.isAncestorOf(self.window().focusWidget() or self.window())
        self._review.close_review()
        self._rest.hide()
        if had_focus:
            self._buttons["stop"].setFocus()

    @Slot()
    def _on_stop(self) -> None:
        if self._run is not None:
            self._buttons["stop"].setEnabled(False)
            self._say(self.tr("Stopping…"))
            self._run.stop()

    # Afterwards

    def _on_end(self, error: BaseException | None) -> None:
        self._run = self._approver = self._question = None
        self._review.close_review()
        self._rest.hide()
        self._bar.hide()
        self._buttons["stop"].setEnabled(True)
        self._show("again")
        self._buttons["again"].setFocus()
        ahead = self._ahead
        told = ended_words(error, len(self._outcomes), ahead.plan.size if ahead else 0)
        self._say(told)
        if ahead is not None and self._outcomes:
            plan, outcomes, door = ahead.plan, tuple(self._outcomes), self._door
            self._tools.runner.call(
                lambda: door.figures(plan, outcomes), self._on_figures, self._say, lane=_LANE
            )

    def _on_figures(self, figures: Figures) -> None:
        if figures.rows:
            self._outcome.show_figures(figures)
            self._outcome.show()


def takes(ahead: Ahead) -> str:
    """Say what a comparison takes, before it begins."""
    questions, ways = len(ahead.plan.questions.records), len(ahead.plan.arms)
    asked = _tr("1 question") if questions == 1 else _tr("{n} questions").format(n=f"{questions:,}")
    told = [
        _tr("{asked}, each answered in {n} ways.").format(asked=asked, n=ways)
        if ways > 1
        else _tr("{asked}, answered by this computer alone.").format(asked=asked)
    ]
    if not ahead.leaving:
        told.append(_tr("Nothing leaves, and it costs nothing but time."))
        return " ".join(told)
    cost = _tr(" That costs about {0}.").format(f"{ahead.cost:.2g}") if ahead.cost else ""
    told.append(
        _tr("Up to {n} requests go, sanitized, to {provider}; you see each before it leaves.").format(
            n=f"{ahead.leaving:,}", provider=ahead.provider
        )
        + cost
    )
    return " ".join(told)


def ended_words(error: BaseException | None, done: int, size: int) -> str:
    """Say how a run ended."""
    match error:
        case None:
            return ""
        case Cancelled():
            return _tr("Stopped after {done} of {size} answers.").format(done=done, size=size)
        case ConfidantError() | PrivacyError():
            return error.told
        case _:
            return _tr("Something went wrong inside Confidant. Try again.")


def duration(seconds: float) -> str:
    """Say roughly how long something takes."""
    if seconds >= 5400:
        return _tr("{n} hours").format(n=f"{seconds / 3600:.1f}")
    return (
        _tr("{n} min").format(n=round(seconds / 60))
        if seconds >= 90
        else _tr("{n} s").format(n=round(seconds))
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("CompareCard", text)
