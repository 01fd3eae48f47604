"""Asks the model on this computer how to say a detail less exactly, while a menu is open."""

from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Slot
from shiboken6 import isValid

from app.core.cancel import Cancel
from app.privacy.types import Kind
from app.ui.finding_menu import FindingMenu, WordingWish
from app.ui.review_card import ReviewCard
from app.ui.runner import Runner

_LANE = "wordings"
"""Apart from the other calls: the model may think for seconds."""


class Words(Protocol):
    """Who knows words. Both may block."""

    @property
    def offers(self) -> bool:
        """Whether it may know better ones than the rule."""
        ...

    def vaguer(self, text: str, start: int, end: int, kind: Kind, cancel: Cancel) -> str:
        """Return a wording for a stretch of a text; raises `Cancelled`."""
        ...


class Wordings(QObject):
    """Fills the menus of the cards that it serves; a menu that is closed stops its question."""

    def __init__(self, words: Words, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._runner = runner
        self._cancel = Cancel()

    def serve(self, card: ReviewCard) -> None:
        """Answer what this card asks for."""
        card.wording_wanted.connect(self._on_wanted)

    @Slot()
    def stop(self) -> None:
        """Stop what is being asked."""
        self._cancel.set()

    @Slot(object, object)
    def _on_wanted(self, wish: WordingWish, menu: FindingMenu) -> None:
        self._cancel.set()
        self._cancel = cancel = Cancel()
        menu.destroyed.connect(cancel.set)
        ask = partial(self._ask, wish, menu, cancel)
        self._runner.call(lambda: self._words.offers, ask, _ignore, lane=_LANE)

    def _ask(self, wish: WordingWish, menu: FindingMenu, cancel: Cancel, offers: bool) -> None:
        if not offers or cancel.is_set or not isValid(menu):
            return
        menu.say_asking()
        work = partial(self._words.vaguer, wish.text, wish.start, wish.end, wish.kind, cancel)
        self._runner.call(work, menu.propose, partial(_give_up, menu), lane=_LANE)


def _give_up(menu: FindingMenu, _: str) -> None:
    """Leave the rule's words: nothing better is to be had, or nobody waits for it."""
    if isValid(menu):
        menu.say_asked()


def _ignore(_: str) -> None:
    """The rule's words are there already."""
