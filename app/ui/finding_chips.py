"""The details of a request as chips in lines, each value once."""

from collections.abc import Iterator

from PySide6.QtCore import Signal, Slot

from app.core.approval import Review, Revise
from app.privacy.types import Action, Decided
from app.ui.finding_chip import FindingChip
from app.ui.finding_menu import FindingMenu, WordingWish
from app.ui.flow_layout import FlowLayout
from app.ui.natural_area import NaturalArea
from app.ui.theme import Theme

_TALLEST = 114
"""Three lines and a half: what is cut off shows that there is more to scroll to."""


class FindingChips(NaturalArea):
    """Lets the person decide about each value; many scroll, so that the text beside them stays in sight.

    Signals:
        revised(object): the `Revise` that he wants.
        wording_wanted(object, object): a `WordingWish`, and the `FindingMenu` that waits for words.
        pointed(str): the focus or the pointer is on this value; empty: on none.
    """

    revised = Signal(object)
    wording_wanted = Signal(object, object)
    pointed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._review: Review | None = None
        self._flow = FlowLayout(theme.px(8), self.content)

    @property
    def chips(self) -> list[FindingChip]:
        """In the order in which they are read."""
        return list(self._walk())

    def show_review(self, review: Review) -> None:
        """Show a chip for each value of a request."""
        self.clear()
        self._review = review
        seen: dict[str, Decided] = {}
        for each in review.decided:
            seen.setdefault(review.original[each.finding.start : each.finding.end], each)
        for value, decided in seen.items():
            chip = FindingChip(self._theme, value, decided)
            chip.flipped.connect(self._on_flipped)
            chip.opened.connect(self.open)
            chip.pointed.connect(self._on_pointed)
            self._flow.addWidget(chip)
            chip.show()
        self.setVisible(bool(seen))

    def clear(self) -> None:
        """Forget every value."""
        self._review = None
        for menu in self.findChildren(FindingMenu):
            menu.close()
        while (item := self._flow.takeAt(0)) is not None:
            chip = item.widget()
            if chip is not None:
                chip.hide()
                chip.deleteLater()

    def focus(self, value: str) -> bool:
        """Give the focus to the chip of a value, or of one that holds it; say whether there is one."""
        exact = (chip for chip in self.chips if chip.value == value)
        near = (chip for chip in self.chips if value and value in chip.value)
        chip = next(exact, None) or next(near, None)
        if chip is not None:
            chip.setFocus()
            self.ensureWidgetVisible(chip, 0, 0)
        return chip is not None

    def fit(self, width: int, *, is_whole: bool) -> None:
        """Take the height that the chips need in this width; unless all of it is wanted, up to a bound."""
        height = max(1, self._flow.heightForWidth(width))
        self.setFixedHeight(height if is_whole else min(height, self._theme.px(_TALLEST)))

    def _walk(self) -> Iterator[FindingChip]:
        for at in range(self._flow.count()):
            item = self._flow.itemAt(at)
            chip = item.widget() if item is not None else None
            if isinstance(chip, FindingChip):
                yield chip

    @Slot(str, object)
    def _on_flipped(self, value: str, action: Action) -> None:
        self.revised.emit(Revise(value, action))

    @Slot(bool)
    def _on_pointed(self, is_on: bool) -> None:
        chips = self.chips
        lit = self.sender() if is_on else next((each for each in chips if each.hasFocus()), None)
        self.pointed.emit(lit.value if isinstance(lit, FindingChip) else "")

    @Slot(str)
    def open(self, value: str) -> None:
        """Open all ways for a value."""
        chip = next((each for each in self.chips if each.value == value), None)
        if chip is None or self._review is None or not chip.isEnabled():
            return
        chip.setFocus()
        self.ensureWidgetVisible(chip, 0, 0)
        menu = FindingMenu(self._theme, value, chip.decided, self)
        menu.chosen.connect(self.revised)
        menu.open_below(chip)
        if menu.takes_wording:
            finding = chip.decided.finding
            wish = WordingWish(self._review.original, finding.start, finding.end, finding.kind)
            self.wording_wanted.emit(wish, menu)
