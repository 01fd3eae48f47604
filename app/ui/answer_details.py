"""What stands behind an answer: why it came from where, what went into it, and what it took."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.core.types import Agreement, Comparison, Source, Step, StoredMessage, Used, Where
from app.ui.theme import Theme
from app.ui.words import where_name

_SHOWN = 160
"""Characters of a remembered text, or of a differing sentence, that are shown."""
_PASSAGE = 400
"""Characters of a passage that are shown; the pointer over it shows all."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("AnswerDetails", text)


class AnswerDetails(QFrame):
    """The panel below an answer that "why" opens; the differences come first, since they matter most."""

    def __init__(self, theme: Theme, message: StoredMessage) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("surface", "details")
        self.setAccessibleName(_tr("What stands behind this answer"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(10))
        self._column.setSpacing(theme.px(4))
        account = message.account
        if account.comparison is not None and account.comparison.differences:
            self._add_differences(account.comparison)
        if message.route is not None and message.route.reasons:
            self._add_heading(_tr("Why"))
            for reason in message.route.reasons:
                self._add_line(reason)
        passages = [each for each in account.used if each.source is Source.PASSAGE]
        self._add_used(_tr("Passages that were read for it"), passages)
        remembered = [each for each in account.used if each.source is not Source.PASSAGE]
        self._add_used(_tr("From your memory"), remembered)
        if account.steps:
            self._add_heading(_tr("What it took"))
            self._add_steps(account.steps)

    def _add_heading(self, text: str) -> None:
        label = QLabel(text)
        label.setProperty("type", "caption-strong")
        if self._column.count():
            label.setContentsMargins(0, self._theme.px(6), 0, 0)
        self._column.addWidget(label)

    def _add_line(self, text: str) -> None:
        self._column.addWidget(_label(text))

    def _add_used(self, heading: str, used: Sequence[Used]) -> None:
        """Show what was used, with a sign and words that say whether it left."""
        if not used:
            return
        self._add_heading(heading)
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self._theme.px(8))
        grid.setVerticalSpacing(self._theme.px(4))
        grid.setColumnStretch(1, 1)
        for row, each in enumerate(used):
            sign = QLabel()
            icon = "cloud" if each.left else "local"
            sign.setPixmap(self._theme.pixmap(icon, "muted", 14, self.devicePixelRatioF()))
            label = _label(_used(each))
            label.setToolTip(each.text if len(each.text) > _PASSAGE else "")
            grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label, row, 1)
        self._column.addWidget(box)

    def _add_differences(self, comparison: Comparison) -> None:
        self._add_heading(_tr("Where the two models differ"))
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self._theme.px(16))
        grid.setVerticalSpacing(self._theme.px(6))
        for column, where in enumerate((Where.LOCAL, Where.CLOUD)):
            grid.addWidget(_label(where_name(where)), 0, column)
            grid.setColumnStretch(column, 1)
        for row, each in enumerate(comparison.differences, 1):
            for column, text in enumerate((each.local, each.cloud)):
                label = _label(_short(text) or _tr("says nothing about it"))
                label.setProperty("type", "small" if text else "caption")
                label.setAlignment(Qt.AlignmentFlag.AlignTop)
                grid.addWidget(label, row, column)
        self._column.addWidget(box)

    def _add_steps(self, steps: tuple[Step, ...]) -> None:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self._theme.px(16))
        grid.setVerticalSpacing(self._theme.px(2))
        for row, step in enumerate(steps):
            for column, text in enumerate(_cells(step)):
                label = _label(text)
                label.setWordWrap(False)
                label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
                if column > 1:
                    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                grid.addWidget(label, row, column)
        grid.setColumnStretch(6, 1)
        self._column.addWidget(box)


def badge(comparison: Comparison) -> str:
    """Say in a few words what a comparison of both answers says; empty where it says nothing."""
    match comparison.agreement:
        case Agreement.AGREE:
            return _tr("both models agree")
        case Agreement.DIFFER:
            count = len(comparison.differences)
            return _tr("they differ here") if count == 1 else _tr("they differ in {n} places").format(n=count)
        case _:
            return ""


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setProperty("type", "caption")
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


def _used(used: Used) -> str:
    text = _short(used.text, _PASSAGE if used.source is Source.PASSAGE else _SHOWN)
    if used.source is Source.EXAMPLE:
        text = _tr("An earlier question of this kind: {text}").format(text=text)
    went = _tr("{text} (was sent, sanitized)") if used.left else _tr("{text} (stayed on this computer)")
    return went.format(text=text)


def used_words(used: Sequence[Used]) -> str:
    """Say in a few words how much of the memory and of documents went into an answer."""
    passages = sum(each.source is Source.PASSAGE for each in used)
    remembered = len(used) - passages
    read = _tr("1 passage") if passages == 1 else _tr("{n} passages").format(n=passages)
    if not passages:
        return _tr("memory used: {n}").format(n=remembered) if remembered else ""
    if not remembered:
        return _tr("{read} used").format(read=read)
    return _tr("{read} used, memory used: {n}").format(read=read, n=remembered)


def _cells(step: Step) -> tuple[str, ...]:
    """Return a row of the table: what, where, seconds, tokens, bytes, cost."""
    tokens = step.usage.prompt_tokens + step.usage.answer_tokens
    return (
        _step_names().get(step.name, step.name),
        where_name(step.where),
        _tr("{n} s").format(n=f"{step.ms / 1000:.1f}"),
        _tr("{n} tokens").format(n=f"{tokens:,}") if tokens else "",
        _tr("{n} kB sent").format(n=f"{step.bytes_sent / 1000:.1f}") if step.bytes_sent else "",
        _tr("about {n}").format(n=f"{step.cost:.2g}") if step.cost else "",
    )


def _step_names() -> dict[str, str]:
    return {
        "answer": _tr("Answer"),
        "draft": _tr("Draft"),
        "outline": _tr("Outline"),
        "strategy": _tr("Strategy"),
        "edit": _tr("Edit"),
        "merge": _tr("Merge"),
        "plan": _tr("Plan"),
        "extract": _tr("Search of the document"),
    }


def _short(text: str, most: int = _SHOWN) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
