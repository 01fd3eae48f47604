"""The quiet line under an answer: who answered, what was hidden, why; and what went wrong."""

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from app.core.errors import Fix
from app.core.feedback import Feedback
from app.core.types import Agreement, State, StoredMessage, Where
from app.ui.answer_details import AnswerDetails, badge, used_words
from app.ui.buttons import Button, IconButton
from app.ui.flow_layout import FlowLayout
from app.ui.theme import Theme
from app.ui.wishes import Again, EditQuestion, Judge, LoadAnyway, OpenSettings, ShowLeft, Wish
from app.ui.words import ROUTE_ICONS, details_hidden, fix_name, mechanism_names, where_name


class TurnFooter(QWidget):
    """One line of caption with few links, and the reasons below it when asked for.

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
        self._details: AnswerDetails | None = None
        self._column = column
        column.addLayout(self._make_line(is_last))
        theme.changed.connect(self._redraw)
        self._redraw()

    def _make_line(self, is_last: bool) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self._theme.px(4))
        facts = QWidget()
        flow = FlowLayout(self._theme.px(4), facts)
        for widget in (self._make_origin(), *self._links()):
            flow.addWidget(widget)
        line.addWidget(facts, 1, Qt.AlignmentFlag.AlignVCenter)
        if self._message.id > 0 and self._message.state is State.COMPLETE:
            self._add_thumbs(line)
        copy = IconButton(self._theme, "copy", self.tr("Copy this answer"))
        copy.clicked.connect(self._on_copy)
        self._copy = copy
        line.addWidget(copy)
        if is_last:
            line.addWidget(self._make_again())
        return line

    def _make_origin(self) -> QWidget:
        origin = QWidget()
        line = QHBoxLayout(origin)
        line.setContentsMargins(0, self._theme.px(4), self._theme.px(4), self._theme.px(2))
        line.setSpacing(self._theme.px(4))
        self._icon = QLabel()
        who = [where_name(self._message.route.where)] if self._message.route else []
        words = QLabel(" · ".join([*who, *([self._message.model] if self._message.model else [])]))
        words.setProperty("type", "caption")
        words.setTextFormat(Qt.TextFormat.PlainText)
        line.addWidget(self._icon)
        line.addWidget(words)
        return origin

    def _links(self) -> list[Button]:
        links = []
        if self._message.ledger is not None:
            left = Button(self._theme, details_hidden(self._message.hidden), "link")
            left.setToolTip(self.tr("Show what left for this answer"))
            left.clicked.connect(self._on_left)
            links.append(left)
        comparison = self._message.account.comparison
        if comparison is not None and (said := badge(comparison)):
            icon = "check" if comparison.agreement is Agreement.AGREE else "compare"
            links.append(self._opener(said, self.tr("{said}; show how").format(said=said), "badge", icon))
        if self._message.route and self._message.route.reasons:
            name = where_name(self._message.route.where).lower()
            why = self.tr("why {where}?").format(where=name)
            links.append(
                self._opener(why, self.tr("Answered by {where}; show why").format(where=name), "route_chip")
            )
        if said := used_words(self._message.account.used):
            links.append(self._opener(said, self.tr("{said}; show which").format(said=said), "used_link"))
        return links

    def _opener(self, text: str, name: str, key: str, icon: str = "") -> Button:
        link = Button(self._theme, text, "link", icon)
        link.setObjectName(key)
        link.setAccessibleName(name)
        link.clicked.connect(self._on_why)
        return link

    def _add_thumbs(self, line: QHBoxLayout) -> None:
        self._thumbs: dict[IconButton, tuple[str, Feedback]] = {}
        for icon, name, feedback in (
            ("thumb-up", self.tr("A good answer"), Feedback.GOOD),
            ("thumb-down", self.tr("Not a good answer"), Feedback.BAD),
        ):
            button = IconButton(self._theme, icon, name)
            button.setCheckable(True)
            button.clicked.connect(self._on_thumb)
            self._thumbs[button] = (icon, feedback)
            line.addWidget(button)

    def _make_again(self) -> IconButton:
        button = IconButton(self._theme, "refresh", self.tr("Answer again"))
        menu = QMenu(button)
        menu.addAction(self.tr("Answer again")).triggered.connect(self._on_again)
        menu.addAction(self.tr("Answer on this computer")).triggered.connect(self._on_local)
        menu.addAction(self.tr("Ask the cloud")).triggered.connect(self._on_cloud)
        menu.addSeparator()
        for name, title in mechanism_names().items():
            action = menu.addAction(title)
            action.setData(name)
            action.triggered.connect(self._on_mechanism)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._message.text)
        self._copy.set_icon("check", "accent")
        self._thanks.start()
        self._judge(Feedback.COPIED)

    @Slot()
    def _on_copied(self) -> None:
        self._copy.set_icon("copy")

    @Slot()
    def _on_left(self) -> None:
        self.wished.emit(ShowLeft(self._message.ledger))

    @Slot()
    def _on_why(self) -> None:
        if self._details is None:
            self._details = AnswerDetails(self._theme, self._message)
            self._column.addWidget(self._details)
            self._details.show()
        else:
            self._details.setVisible(self._details.isHidden())
        self.resized.emit()

    @Slot()
    def _on_thumb(self) -> None:
        pressed = self.sender()
        for button, (icon, feedback) in self._thumbs.items():
            is_chosen = button is pressed
            button.setChecked(is_chosen)
            button.set_icon(icon, "accent" if is_chosen else "muted")
            if is_chosen:
                self._judge(feedback)

    def _judge(self, feedback: Feedback) -> None:
        if self._message.id > 0:
            self.wished.emit(Judge(self._message.id, feedback))

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
    def _on_mechanism(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.wished.emit(Again(mechanism=str(action.data())))

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
