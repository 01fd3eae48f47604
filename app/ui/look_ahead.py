"""Looks at what is being typed: what would be hidden, and where Send would go."""

from PySide6.QtCore import QCoreApplication, QObject, Slot

from app.core.cancel import Cancel
from app.core.session import Destination, Session
from app.core.types import Where
from app.privacy.types import Action, Decided
from app.ui.composer import Composer
from app.ui.highlighter import LONGEST
from app.ui.runner import Runner
from app.ui.words import is_hidden

_LANE = "look"
"""Apart from the other calls: the filter may take a while to load, and nothing else should wait for it."""


class LookAhead(QObject):
    """Keeps a composer's tints, hint and button up to date; an old answer never overwrites a newer one."""

    def __init__(self, session: Session, runner: Runner, composer: Composer) -> None:
        super().__init__(composer)
        self._session = session
        self._runner = runner
        self._composer = composer
        self._conversation = ""
        self._asked: tuple[str, str] = ("", "")
        self._cancel = Cancel()
        self._destination: Destination | None = None
        self._decided: tuple[Decided, ...] = ()
        self._is_looking = False
        composer.paused.connect(self._on_paused)
        runner.closing.connect(self._on_closing)

    def set_conversation(self, conversation: str) -> None:
        """Look at this conversation from now on."""
        self._conversation = conversation
        self.refresh()

    def refresh(self) -> None:
        """Look again, since a level or a setting changed."""
        self._on_paused(self._composer.text)

    @Slot(str)
    def _on_paused(self, text: str) -> None:
        conversation = self._conversation
        if not conversation:
            return
        self._asked = asked = (conversation, text)
        self._cancel.set()  # nobody waits for what was typed before
        self._cancel = cancel = Cancel()
        self._decided = ()
        self._is_looking = len(text) > LONGEST  # a short one is done before anybody could read it
        self._ask_where(asked)
        if text:
            session = self._session
            self._runner.call(
                lambda: session.inspect(conversation, text, cancel),
                lambda decided: self._on_decided(asked, decided),
                lambda told: self._on_failed(asked, told),
                lane=_LANE,
            )
        self._tell()

    @Slot()
    def _on_closing(self) -> None:
        self._cancel.set()

    def _ask_where(self, asked: tuple[str, str], sensitive: int = 0) -> None:
        session, (conversation, text) = self._session, asked
        self._runner.call(
            lambda: session.destination(conversation, text, sensitive),
            lambda destination: self._on_destination(asked, destination),
            lambda told: self._on_failed(asked, told),
            lane=_LANE,
        )

    def _on_destination(self, asked: tuple[str, str], destination: Destination) -> None:
        if asked is self._asked:
            self._destination = destination
            self._composer.set_destination(destination)
            self._tell()

    def _on_decided(self, asked: tuple[str, str], decided: tuple[Decided, ...]) -> None:
        if asked is self._asked:
            self._decided, self._is_looking = decided, False
            self._composer.highlighter.show(asked[1], decided)
            self._tell()
            sensitive = sum(each.action is Action.ASK for each in decided)
            if sensitive:  # such a text stays here, and the button should say so before it is pressed
                self._ask_where(asked, sensitive)

    def _on_failed(self, asked: tuple[str, str], told: str) -> None:
        if asked is self._asked and asked[0] == self._conversation:
            self._is_looking = False
            self._composer.set_hint(told)

    def _tell(self) -> None:
        hidden = sum(is_hidden(each) for each in self._decided)
        stays = self._destination is not None and self._destination.where is Where.LOCAL
        if self._is_looking:
            told = _tr("Checking for private details")
        elif stays and not hidden:
            told = _tr("Stays on this computer")
        elif stays:
            told = _tr("Stays on this computer. Marked: what the cloud would not see")
        elif hidden:
            told = _tr("1 detail will be hidden") if hidden == 1 else _tr("{n} details will be hidden")
        else:
            told = ""
        self._composer.set_hint(told.format(n=hidden))


def _tr(text: str) -> str:
    return QCoreApplication.translate("LookAhead", text)
