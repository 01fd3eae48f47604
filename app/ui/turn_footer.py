"""The quiet line under an answer: who answered, what was hidden, why; and what went wrong."""

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from app.core.errors import Fix
from app.core.types import State, StoredMessage, Where
from app.ui.buttons import Button, IconButton
from app.ui.theme import Theme
from app.ui.wishes import Again, EditQuestion, LoadAnyway, OpenSettings, ShowLeft, Wish
from app.ui.words import ROUTE_ICONS, details_hidden, fix_name, where_name


class TurnFooter(QWidget):
    """One line of caption with at most three links, and the reasons below it when asked for.

    Signals:
        wished(object): a `Wish`.
        resized(): the reasons were opened or closed.
    """

    wished = Signal(object)
    resized = Signal()

    def __init__(self, theme: Theme, message: StoredMessage, is_last: bool) -> None:
        super().__init__()
        self._theme = theme
        self._message = message
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._thanks = QTimer(self)
        self._thanks.setSingleShot(True)
        self._thanks.setInterval(1500)
        self._thanks.timeout.connect(self._on_copied)
        self._reasons = self._make_reasons()
        column.addLayout(self._make_line(is_last))
        column.addWidget(self._reasons)
        theme.changed.connect(self._redraw)
        self._redraw()

    def _make_line(self, is_last: bool) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self._theme.px(4))
        self._icon = QLabel()
        who = [where_name(self._message.route.where)] if self._message.route else []
        words = QLabel(" · ".join([*who, *([self._message.model] if self._message.model else [])]))
        words.setProperty("type", "caption")
        words.setTextFormat(Qt.TextFormat.PlainText)
        line.addWidget(self._icon)
        line.addWidget(words)
        for link in self._links():
            line.addWidget(link)
        line.addStretch(1)
        copy = IconButton(self._theme, "copy", self.tr("Copy this answer"))
        copy.clicked.connect(self._on_copy)
        self._copy = copy
        line.addWidget(copy)
        if is_last:
            line.addWidget(self._make_again())
        return line

    def _links(self) -> list[Button]:
        links = []
        if self._message.ledger is not None:
            left = Button(self._theme, details_hidden(self._message.hidden), "link")
            left.setToolTip(self.tr("Show what left for this answer"))
            left.clicked.connect(self._on_left)
            links.append(left)
        if self._message.route and self._message.route.reasons:
            name = where_name(self._message.route.where).lower()
            why = Button(self._theme, self.tr("why {where}?").format(where=name), "link")
            why.setObjectName("route_chip")
            why.setAccessibleName(self.tr("Answered by {where}; show why").format(where=name))
            why.clicked.connect(self._on_why)
            links.append(why)
        return links

    def _make_again(self) -> IconButton:
        button = IconButton(self._theme, "refresh", self.tr("Answer again"))
        menu = QMenu(button)
        menu.addAction(self.tr("Answer again")).triggered.connect(self._on_again)
        menu.addAction(self.tr("Answer on this computer")).triggered.connect(self._on_local)
        menu.addAction(self.tr("Ask the cloud")).triggered.connect(self._on_cloud)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _make_reasons(self) -> QLabel:
        reasons = self._message.route.reasons if self._message.route else ()
        label = QLabel("\n".join(reasons))
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("type", "caption")
        label.setWordWrap(True)
        label.hide()
        return label

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._message.text)
        self._copy.set_icon("check", "accent")
        self._thanks.start()

    @Slot()
    def _on_copied(self) -> None:
        self._copy.set_icon("copy")

    @Slot()
    def _on_left(self) -> None:
        self.wished.emit(ShowLeft(self._message.ledger))

    @Slot()
    def _on_why(self) -> None:
        self._reasons.setVisible(self._reasons.isHidden())
        self.resized.emit()

    @Slot()
    def _on_again(self) -> None:
        self.wished.emit(Again())

    @Slot()
    def _on_local(self) -> None:
        self.wished.emit(Again(Where.LOCAL))

    @Slot()
    def _on_cloud(self) -> None:
        self.wished.emit(Again(Where.CLOUD))

    @Slot()
    def _redraw(self) -> None:
        route = self._message.route
        if route is not None:
            ratio = self.devicePixelRatioF()
            self._icon.setPixmap(self._theme.pixmap(ROUTE_ICONS[route.where], "muted", 14, ratio))


class StateLine(QFrame):
    """What became of an answer that is not whole, in a sentence, with the button that helps.

    Signals:
        wished(object): a `Wish`.
    """

    wished = Signal(object)

    def __init__(self, theme: Theme, told: str, look: str, choices: tuple[tuple[str, Wish], ...]) -> None:
        super().__init__()
        self.setProperty("surface", look)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(12), theme.px(6), theme.px(6), theme.px(6))
        label = QLabel(told)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName(told)
        line.addWidget(label, 1)
        self._wishes: dict[Button, Wish] = {}
        for text, wish in choices:
            button = Button(theme, text)
            button.clicked.connect(self._on_clicked)
            self._wishes[button] = wish
            line.addWidget(button)

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.wished.emit(self._wishes[button])


def _tr(text: str) -> str:
    return QCoreApplication.translate("TurnFooter", text)


def state_line(
    theme: Theme, message: StoredMessage, fix: Fix, question: str, is_last: bool
) -> StateLine | None:
    """Make the line that fits the state of a message, or none where it is whole."""
    again: tuple[tuple[str, Wish], ...] = ((_tr("Answer again"), Again()),) if is_last else ()
    match message.state:
        case State.STOPPED:
            return StateLine(theme, _tr("Stopped by you"), "notice", again)
        case State.INTERRUPTED:
            return StateLine(
                theme, _tr("Interrupted: Confidant ended while this was written."), "notice", again
            )
        case State.FAILED:
            wish = _wish_for(fix, question)
            choices = ((fix_name(fix), wish),) if wish is not None and is_last else ()
            return StateLine(theme, message.failure or _tr("No answer came."), "danger", choices)
        case _:
            return None


def _wish_for(fix: Fix, question: str) -> Wish | None:
    match fix:
        case Fix.RETRY:
            return Again()
        case Fix.ANSWER_LOCALLY:
            return Again(Where.LOCAL)
        case Fix.ENTER_KEY | Fix.CLOUD_SETTINGS:
            return OpenSettings("cloud")
        case Fix.CHOOSE_MODEL:
            return OpenSettings("model")
        case Fix.LOAD_ANYWAY:
            return LoadAnyway()
        case Fix.SHORTEN:
            return EditQuestion(question)
        case _:
            return None
