"""Files that are dragged over a conversation, or copied in another program."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from app.ui.announce import announce
from app.ui.theme import Theme

_INSET = 12


def files_of(data: QMimeData) -> list[Path]:
    """Return the files of this computer that are in what was dragged or copied."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class FileDrop(QFrame):
    """A veil over a widget while files hang over it.

    Signals:
        dropped(object): the list of paths.
    """

    dropped = Signal(object)

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self._theme = theme
        self._over = over
        self.setObjectName("file_drop")
        self.setProperty("surface", "drop")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._icon = QLabel()
        title = QLabel(self.tr("Drop to attach"))
        title.setProperty("type", "heading")
        says = QLabel(self.tr("Read on this computer. The cloud sees sanitized passages at most."))
        says.setProperty("type", "muted")
        says.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(6))
        column.addStretch(1)
        for label in (self._icon, title, says):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addStretch(1)
        self.hide()
        over.setAcceptDrops(True)
        over.installEventFilter(self)

    def _lift(self) -> None:
        inset = self._theme.px(_INSET)
        self.setGeometry(self._over.rect().adjusted(inset, inset, -inset, -inset))
        self._icon.setPixmap(self._theme.pixmap("paperclip", "accent", 32, self.devicePixelRatioF()))
        self.raise_()
        self.show()
        announce(self, self.tr("Drop to attach"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and not isinstance(event, QDragMoveEvent):
            self.hide()
            if files := files_of(event.mimeData()):
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                self.dropped.emit(files)
            return True
        if isinstance(event, QDragEnterEvent | QDragMoveEvent):
            if files_of(event.mimeData()):
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                if self.isHidden():
                    self._lift()
            else:
                event.ignore()
            return True
        if event.type() is QEvent.Type.DragLeave:
            self.hide()
        return super().eventFilter(watched, event)
