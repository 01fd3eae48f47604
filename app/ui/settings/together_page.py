"""How the two models work together: the way, what is learned, what it costs, and a comparison."""

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QVBoxLayout, QWidget

from app.core.settings import CLOUD_PRICE_PROMPT, MECHANISM, AnySetting
from app.ui.announce import announce
from app.ui.buttons import TwicePressed
from app.ui.settings.compare_card import CompareCard
from app.ui.settings.comparing import Month
from app.ui.settings.editors import Editor, RadioEditor
from app.ui.settings.page import Page
from app.ui.settings.row import Line, caption
from app.ui.words import mechanism_name

_KNOWN_AS = (
    "working together compare the ways evaluation evaluate benchmark charts forget what was learned money "
    "spending spent this month costs tokens"
)


class MonthCard(QFrame):
    """What went to the cloud since the first of the month, and how much of the budget that was."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("month_card")
        self.setProperty("surface", "card")
        self._title = QLabel(self.tr("This month"))
        self._title.setProperty("type", "strong")
        self._says = QLabel(self.tr("Reading…"))
        self._says.setObjectName("month_says")
        self._says.setProperty("type", "way")
        self._says.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setObjectName("month_bar")
        self._bar.setTextVisible(False)
        self._bar.hide()
        self._note = caption()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        for widget in (self._title, self._says, self._bar, self._note):
            column.addWidget(widget)

    def show_month(self, month: Month) -> None:
        """Show these sums."""
        self._says.setText(spent_words(month))
        self._bar.setVisible(month.budget > 0)
        if month.budget > 0:
            share = min(1.0, month.spent.cost / month.budget)
            self._bar.setRange(0, 100)
            self._bar.setValue(round(100 * share))
            self._bar.setAccessibleName(
                self.tr("{share} % of this month's budget is spent").format(share=round(100 * share))
            )
        note = self.tr("An estimate; the provider's own bill is what counts.")
        if not month.has_prices:
            note = self.tr("Enter your provider's prices below to see what it costs.")
        self._note.setText(note)

    def say(self, told: str) -> None:
        """Say what went wrong instead."""
        self._says.setText(told)


class TogetherPage(Page):
    """The rows of the group with a page's worth of figures between them."""

    def make_editor(self, setting: AnySetting) -> Editor | None:
        if setting.key != MECHANISM.key:
            return None
        names = {choice: mechanism_name(choice) for choice in setting.choices}
        return RadioEditor(setting, ways(), self.tools.theme, names)

    def add_above(self, setting: AnySetting) -> None:
        if setting.key == CLOUD_PRICE_PROMPT.key:
            self.add_widget(self._make_eraser())
            self.add_heading(self.tr("Money"))
            self._month = MonthCard()
            self.add_widget(self._month)

    def add_after(self) -> None:
        self.add_heading(self.tr("Compare the ways"))
        self._compare = CompareCard(self.tools)
        self.add_widget(self._compare)

    def came_up(self) -> None:
        self.tools.runner.call(self.tools.together.month, self._month.show_month, self._month.say)

    def search(self, words: list[str]) -> int:
        found = super().search(words)
        return found + int(bool(words) and all(word in _KNOWN_AS for word in words))

    def _make_eraser(self) -> QWidget:
        forget = TwicePressed(
            self.tools.theme,
            self.tr("Forget what was learned"),
            self.tr("Press again to begin anew"),
            self.tr("Forget what was learned from what you do"),
        )
        forget.setObjectName("forget_choices")
        forget.confirmed.connect(self._on_forget)
        self._told = caption()
        self._told.setObjectName("together_told")
        line = Line(forget, self._told)
        line.line.setStretch(1, 1)
        return line

    @Slot()
    def _on_forget(self) -> None:
        self.tools.runner.call(self.tools.together.forget_choices, self._on_forgotten, self._say)

    def _on_forgotten(self, _: object) -> None:
        self._say(self.tr("Forgotten. It begins anew."))

    def _say(self, told: str) -> None:
        self._told.setText(told)
        announce(self, told)


def spent_words(month: Month) -> str:
    """Say what a month took: requests, tokens, money."""
    spent = month.spent
    if not spent.calls:
        return _tr("Nothing went to the cloud yet.")
    tokens = spent.usage.prompt_tokens + spent.usage.answer_tokens
    calls = _tr("1 request") if spent.calls == 1 else _tr("{n} requests").format(n=f"{spent.calls:,}")
    parts = [calls, _tr("{n} tokens").format(n=f"{tokens:,}")]
    if month.has_prices or spent.cost:
        cost = _tr("about {cost}").format(cost=f"{spent.cost:.2f}")
        parts.append(
            _tr("{cost} of {budget}").format(cost=cost, budget=f"{month.budget:g}") if month.budget else cost
        )
    return " · ".join(parts)


def ways() -> dict[str, str]:
    """Say in a plain sentence what each way does."""
    return {
        "adaptive": _tr("Each question gets the way that suits it."),
        "routing": _tr("Easy and private questions are answered here, hard ones by the cloud."),
        "pipeline": _tr("The cloud solves the question without your details; this computer fits them in."),
        "auxiliary": _tr(
            "The cloud gives an outline for a question of that kind; this computer writes the answer."
        ),
        "distillation": _tr(
            "This computer answers with the help of earlier answers of the cloud that you liked."
        ),
        "fusion": _tr("Both answer, and you see where they differ. It takes longest and costs most."),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("TogetherPage", text)
