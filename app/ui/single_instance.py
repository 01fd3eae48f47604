"""Carries what other processes of the profile ask for into the window."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from app.core.cancel import Cancel
from app.core.errors import NotReady
from app.core.events import Notice
from app.core.instance import Generate, Instance, QuickAsk, Reply, Request, Show
from app.core.types import Chunk, Prompt

Model = Callable[[Prompt, Cancel], Iterator[Chunk | Notice]]


class Reception(QObject):
    """Answers on threads of the instance; what is for the window arrives on the gui thread.

    Signals:
        show_wanted(): bring the window to the front.
        quick_wanted(str): open quick-ask with this text.
    """

    show_wanted = Signal()
    quick_wanted = Signal(str)

    def __init__(self, instance: Instance) -> None:
        super().__init__()
        self._instance = instance
        self._model: Model | None = None
        instance.serve(self._handle)

    def lend(self, model: Model) -> None:
        """Let other processes ask this window's model from now on."""
        self._model = model

    def close(self) -> None:
        """Leave the profile to others."""
        self._instance.close()

    def _handle(self, request: Request, cancel: Cancel) -> Iterator[Reply]:
        if not isValid(self):
            return
        match request:
            case Show():
                self.show_wanted.emit()
            case QuickAsk(text):
                self.quick_wanted.emit(text)
            case Generate(prompt):
                if self._model is None:
                    raise NotReady("Confidant is still starting. Please try again in a moment.")
                yield from self._model(prompt, cancel)
