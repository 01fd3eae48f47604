"""How good the filter is, in measured figures, and a box to try it without sending anything."""

from typing import Final

from app.ui.settings.figures_view import FiguresView
from app.ui.settings.page import Page
from app.ui.settings.row import caption
from app.ui.settings.strong_card import StrongCard
from app.ui.settings.try_box import TryBox

FILTER: Final = "filter"
_KNOWN_AS = (
    "how good is the filter measured leak figures weak missed rehearsal try it test level private "
    "strong stronger larger download model"
)


class FilterPage(Page):
    """No settings: what was measured, and what the person tries himself."""

    title = "How good is the filter"

    def add_before(self) -> None:
        says = caption(
            self.tr(
                "No filter finds everything, and this one does not either. So look at what leaves before you "
                "send it, and keep the most private questions on this computer. Here you can try it on your "
                "own words, and see below how much it missed where that was counted."
            )
        )
        self.add_widget(says)
        self.add_heading(self.tr("Try it"))
        self._try = TryBox(self.tools)
        self.add_widget(self._try)
        self.add_heading(self.tr("What it missed"))
        self._figures = FiguresView(self.tools)
        self.add_widget(self._figures)

        self.add_heading(self.tr("Find more"))
        self._strong = StrongCard(self.tools)
        self.add_widget(self._strong)

    def came_up(self) -> None:
        self._figures.read()
        self._strong.refresh()

    def search(self, words: list[str]) -> int:
        return int(all(word in _KNOWN_AS for word in words))
