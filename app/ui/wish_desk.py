"""Does what the messages of a conversation ask for, or says who should."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QObject, Signal, Slot

from app.core.events import Offered
from app.core.feedback import Feedback
from app.core.session import Session
from app.core.types import Where
from app.ui.notices import Notices
from app.ui.runner import Runner
from app.ui.wishes import (
    Again,
    EditQuestion,
    Judge,
    LoadAnyway,
    OpenLink,
    OpenMessage,
    OpenSettings,
    ShowLeft,
    Wish,
)


class WishDesk(QObject):
    """Takes the wishes of the conversation that is on screen.

    Signals:
        settings_wanted(str): a group of the settings.
        left_wanted(object): the ledger row of an answer, or None for everything.
        message_wanted(str, int): a conversation, and a message in it to go to.
        again_wanted(object, str): answer the last question once more, there, in this way.
        edit_wanted(str): a text for the composer.
    """

    settings_wanted = Signal(str)
    left_wanted = Signal(object)
    message_wanted = Signal(str, int)
    again_wanted = Signal(object, str)
    edit_wanted = Signal(str)

    def __init__(self, session: Session, runner: Runner, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = runner
        self._notices = notices
        self.conversation = ""

    @Slot(object)
    def take(self, wish: Wish) -> None:
        """Fulfil a wish."""
        match wish:
            case Again(where=where, mechanism=mechanism):
                self.again_wanted.emit(where, mechanism)
            case Judge(answer=answer, feedback=feedback):
                self._judge(answer, feedback)
            case OpenMessage(conversation=conversation, message=message):
                self.message_wanted.emit(conversation, message)
            case LoadAnyway():
                self._runner.call(self._session.load_anyway, self._on_loaded)
            case OpenSettings(group=group):
                self.settings_wanted.emit(group)
            case ShowLeft(ledger=ledger):
                self.left_wanted.emit(ledger)
            case EditQuestion(text=text):
                self.edit_wanted.emit(text)
            case OpenLink(address=address):
                self._notices.show_link(address)

    @Slot(object)
    def show_offer(self, offer: Offered) -> None:
        """Say that much the same was asked before."""
        tell_offer(self._notices, self.take, offer)

    def _judge(self, answer: int, feedback: Feedback) -> None:
        if self.conversation:
            self._runner.call(partial(self._session.judge, self.conversation, answer, feedback), _ignore)

    def _on_loaded(self, _: object) -> None:
        self.again_wanted.emit(Where.LOCAL, "")


def tell_offer(notices: Notices, wish: Callable[[OpenMessage], object], offer: Offered) -> None:
    """Say that much the same was asked before, with a button that leads there."""
    asked = QLocale().toString(QDateTime.fromSecsSinceEpoch(int(offer.asked)).date())
    told = _tr("You asked nearly the same on {day}.").format(day=asked)
    show = partial(wish, OpenMessage(offer.conversation, offer.message))
    notices.show_notice(told, "notice", ((_tr("Show that answer"), show),))


def _tr(text: str) -> str:
    return QCoreApplication.translate("WishDesk", text)


def _ignore(_: object) -> None:
    """Whoever judged sees it already."""
