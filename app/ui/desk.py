"""The conversations that are open in this process, and the list of all."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.core.session import Session, Status
from app.core.types import Conversation
from app.privacy.policy import Level
from app.ui.runner import Runner
from app.ui.talk import Talk


class Desk(QObject):
    """Reads and changes conversations in the background; nothing here blocks the window.

    Signals:
        listed(object, object): all conversations, and the ids of those that are being answered.
        opened(object, object): a `Talk` to show, and the message to go to or None.
        changed(object): the `Conversation` of a talk has another title or level.
        status(object): the `Status` of models and cloud.
        found(str, object): a query and its hits.
    """

    listed = Signal(object, object)
    opened = Signal(object, object)
    changed = Signal(object)
    status = Signal(object)
    found = Signal(str, object)
    _status_changed = Signal()

    def __init__(self, session: Session, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = runner
        self._talks: dict[str, Talk] = {}
        self._conversations: list[Conversation] = []
        self.current: Talk | None = None
        self._status_changed.connect(self.read_status)
        session.on_status(self._status_changed.emit)

    @Slot()
    def read_list(self) -> None:
        """Read the conversations again."""
        self._runner.call(self._session.conversations, self._on_list)

    @Slot()
    def read_status(self) -> None:
        """Read again which models are there."""
        self._runner.call(self._session.status, self._on_status)

    @Slot(bool)
    def new(self, is_temporary: bool = False) -> None:
        """Begin a conversation; one in which nothing was asked yet serves as well."""
        unused = (c.id for c in self._conversations if not c.title and c.temporary == is_temporary)
        if (ready := next(unused, "")) and not (ready in self._talks and self._talks[ready].is_busy):
            self.open(ready)
            return
        self._runner.call(lambda: self._session.new_conversation(is_temporary), self._on_new)

    def new_after_list(self) -> None:
        """Begin a conversation as soon as the list that was asked for is here."""
        self._runner.call(lambda: None, lambda _: self.new())

    @Slot(str, object)
    def open(self, conversation: str, message: int | None = None) -> None:
        """Show a conversation, at a message or at its end."""
        known = {each.id: each for each in self._conversations}
        talk = self._talks.get(conversation)
        if talk is not None:
            self._show(talk, message)
        elif conversation in known:
            self._show(self._talk(known[conversation]), message)
        else:
            read = partial(self._session.conversation, conversation)
            self._runner.call(read, lambda found: self._show(self._talk(found), message))

    @Slot(str)
    def search(self, query: str) -> None:
        """Look for words in titles and messages."""
        self._runner.call(
            lambda: self._session.search(query, 50), lambda hits: self.found.emit(query, hits), lane="search"
        )

    def rename(self, conversation: str, title: str) -> None:
        if title:
            self._change(partial(self._session.rename, conversation, title), conversation)

    def pin(self, conversation: str, is_pinned: bool) -> None:
        self._change(partial(self._session.pin, conversation, is_pinned), conversation)

    def set_level(self, conversation: str, level: Level) -> None:
        self._change(partial(self._session.set_level, conversation, level), conversation)

    def delete(self, conversation: str) -> None:
        """Stop it and delete it; where it is on screen, a new one takes its place."""
        talk = self._talks.pop(conversation, None)
        if talk is not None:
            talk.stop()
        if self.current is not None and self.current.conversation.id == conversation:
            self.current = None
            self.new()
        self._runner.call(partial(self._session.delete, conversation), lambda _: self.read_list())

    def clear(self) -> None:
        """Stop and forget every conversation: what is kept is another one now."""
        for talk in self._talks.values():
            talk.stop()
        self._talks, self._conversations, self.current = {}, [], None

    def _change(self, work: partial[None], conversation: str) -> None:
        def do() -> Conversation:
            work()
            return self._session.conversation(conversation)

        self._runner.call(do, self._on_changed)

    def _talk(self, conversation: Conversation) -> Talk:
        if conversation.id not in self._talks:
            talk = Talk(conversation, self._session, self._runner, self)
            talk.freed.connect(self.read_list)
            self._talks[conversation.id] = talk
        return self._talks[conversation.id]

    def _show(self, talk: Talk, message: int | None = None) -> None:
        self.current = talk
        self.opened.emit(talk, message)

    def _on_new(self, conversation: Conversation) -> None:
        self._show(self._talk(conversation))
        self.read_list()

    def _on_changed(self, conversation: Conversation) -> None:
        talk = self._talks.get(conversation.id)
        if talk is not None:
            talk.conversation = conversation
        self.changed.emit(conversation)
        self.read_list()

    def _on_list(self, conversations: list[Conversation]) -> None:
        passing = [t.conversation for t in self._talks.values() if t.conversation.temporary]
        self._conversations = [*passing, *conversations]
        for each in conversations:
            talk = self._talks.get(each.id)
            if talk is not None and talk.conversation != each:
                talk.conversation = each
                self.changed.emit(each)
        busy = frozenset(key for key, talk in self._talks.items() if talk.is_busy)
        self.listed.emit(self._conversations, busy)

    def _on_status(self, status: Status) -> None:
        self.status.emit(status)
