"""One calm line: what the provider could put together about the person, and how to say less."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel

from app.core.approval import Review
from app.ui.buttons import Button
from app.ui.theme import Theme
from app.ui.words import listed, trait_name


class FittedLabel(QLabel):
    """Wraps its words, but its height is set by who knows the width.

    A layout that asks for a height by width would let a scroll area around it scroll too early.
    """

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.setProperty("type", kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def fit(self, width: int, least: int = 0) -> None:
        """Take the height that the words need in this width."""
        self.setFixedHeight(max(least, self.heightForWidth(width)))

    def hasHeightForWidth(self) -> bool:
        return False


class ExposureLine(QFrame):
    """Is there only where several facts would come together; decides nothing.

    Signals:
        vaguer_wanted(): say less exactly what tells something about the person.
    """

    vaguer_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("exposure_line")
        self.setProperty("surface", "notice")
        self._sign = QLabel()
        self._told = FittedLabel("note")
        self._told.setObjectName("exposure_told")
        self.vaguer = Button(theme, self.tr("Say it less exactly"), "plain", "blend")
        self.vaguer.setObjectName("say_less")
        self.vaguer.clicked.connect(self.vaguer_wanted)
        self._lay_out()
        theme.changed.connect(self._draw)
        self._draw()

    @property
    def told(self) -> str:
        return self._told.text()

    def show_review(self, review: Review, *, may_say_less: bool) -> None:
        """Name what would come together, or go away."""
        joined = review.joined
        self.setVisible(bool(joined))
        if not joined:
            return
        facts = listed([trait_name(trait) for trait in joined])
        self._told.setText(
            self.tr("With this, {provider} could put together: {facts}.").format(
                provider=review.provider, facts=facts
            )
        )
        self.vaguer.setVisible(may_say_less)

    def fit(self, width: int, *, is_narrow: bool) -> None:
        """Put the button beside the words, or below them where there is little room."""
        px, directions = self._theme.px, QBoxLayout.Direction
        self._line.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)
        room = width - px(12 + 8 + 16 + 10)
        room -= 0 if is_narrow else self.vaguer.sizeHint().width() + px(8)
        self._told.fit(room, px(20))

    def _lay_out(self) -> None:
        px = self._theme.px
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(px(12), px(8), px(8), px(8))
        self._line.setSpacing(px(8))
        words = QHBoxLayout()
        words.setSpacing(px(10))
        words.addWidget(self._sign)
        words.addWidget(self._told, 1)
        self._line.addLayout(words, 1)
        self._line.addWidget(self.vaguer, 0, Qt.AlignmentFlag.AlignRight)

    def _draw(self) -> None:
        self._sign.setPixmap(self._theme.pixmap("info", "muted", 16))
