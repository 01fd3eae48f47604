"""The model on this computer: which one, whether it is in memory, and whether it would fit."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFileDialog,
    QFrame,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.core.engines.holder import LocalState, Phase
from app.core.errors import EngineError
from app.core.models.catalog import LocalModel as Listed
from app.core.models.catalog import available, resolve
from app.core.models.fit import available_memory, estimate, wanted_context
from app.core.models.gguf import read_header
from app.core.settings import LOCAL_CONTEXT, LOCAL_MODEL, LOCAL_SERVER, AnySetting, Value
from app.ui.buttons import Button
from app.ui.listen import while_alive
from app.ui.settings.editors import Editor
from app.ui.settings.page import Page
from app.ui.settings.row import Line, caption
from app.ui.settings.tools import Tools

_TIGHT = 0.75
"""Part of the free memory above which a model only just fits."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A model with what the person should know before choosing it."""

    value: str
    """What the setting holds."""
    title: str
    says: str


class StateCard(QFrame):
    """The model in memory now, and buttons that load and unload it."""

    _changed = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self.setProperty("surface", "card")
        self._name = QLabel()
        self._name.setProperty("type", "strong")
        self._name.setWordWrap(True)
        self._says = caption()
        self._says.setObjectName("model_state")
        self._memory = caption()
        self._load = Button(tools.theme, self.tr("Load now"))
        self._load.setObjectName("load_model")
        self._load.clicked.connect(self._on_load)
        self._unload = Button(tools.theme, self.tr("Unload"))
        self._unload.setObjectName("unload_model")
        self._unload.clicked.connect(self._on_unload)
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (self._name, self._says, self._memory):
            words.addWidget(label)
        line = Line()
        line.line.addLayout(words, 1)
        line.line.addWidget(self._load)
        line.line.addWidget(self._unload)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(line)
        self._changed.connect(self.show_state)
        tools.local.on_state(while_alive(self, self._changed.emit))
        self._load.hide()
        self._unload.hide()
        tools.runner.call(lambda: tools.local.state, self.show_state)  # it reads settings

    @Slot(object)
    def show_state(self, state: LocalState) -> None:
        """Show what the engine says of itself."""
        in_memory = state.phase in (Phase.READY, Phase.ANSWERING)
        self._name.setText(state.model or self.tr("The model on this computer"))
        self._says.setText(state.told or _PHASES[state.phase])
        self._load.setVisible(not in_memory)
        self._load.setEnabled(state.phase in (Phase.IDLE, Phase.FAILED, Phase.ABSENT))
        self._unload.setVisible(in_memory)
        self._unload.setEnabled(state.phase is Phase.READY)
        self.measure()

    def measure(self) -> None:
        """Ask how much memory is in use."""
        self._tools.runner.call(_memory, self._memory.setText)

    @Slot()
    def _on_load(self) -> None:
        self._tools.runner.call(self._tools.local.warm, self._on_done, self._says.setText)

    @Slot()
    def _on_unload(self) -> None:
        self._tools.runner.call(self._tools.local.unload, self._on_done, self._says.setText)

    def _on_done(self, _: object) -> None:
        self.measure()


class ModelChoice(Editor):
    """The models that are here, and a button that takes any other file.

    Each choice says how large it is and whether it fits into memory now.
    """

    is_wide = True

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._value = ""
        self._is_looking = False
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_chosen)
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._file = Button(tools.theme, self.tr("Choose a file…"), icon="file")
        self._file.setObjectName("choose_model_file")
        self._file.clicked.connect(self._on_file)
        bottom = Line(self._file)
        bottom.line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._list)
        column.addWidget(bottom)
        self.setFocusProxy(self._file)

    def show_value(self, value: Value) -> None:
        self._value = str(value)
        shown = [button for button in self._group.buttons() if button.property("value") == self._value]
        if shown:
            shown[0].setChecked(True)
        else:
            self.refresh()

    def refresh(self) -> None:
        """Look again which models are there and how they fit."""
        if not self._is_looking:
            self._is_looking = True
            self._tools.runner.call(self._look, self._show, self._on_failed)

    def _look(self) -> list[Choice]:
        folder, value = self._tools.paths.models, self._value
        context = self._tools.settings[LOCAL_CONTEXT]
        found = available(folder)
        choices = [
            Choice("" if model.bundled else model.name, model.title, _judge(model, context))
            for model in found
        ]
        if value and value not in {model.name for model in found}:
            choices.append(_other(value, folder, context))
        return choices

    def _on_failed(self, _: str) -> None:
        self._is_looking = False

    def _show(self, choices: list[Choice]) -> None:
        self._is_looking = False
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if isinstance(old, QRadioButton):
                self._group.removeButton(old)
            if old is not None:
                old.hide()
                old.deleteLater()
        for choice in choices:
            button = QRadioButton(choice.title)
            button.setAccessibleName(self.tr("Use the model {0}").format(choice.title))
            button.setAccessibleDescription(choice.says)
            button.setChecked(choice.value == self._value)
            button.setProperty("value", choice.value)
            self._group.addButton(button)
            says = caption(choice.says)
            says.setIndent(self._tools.theme.px(28))
            self._column.addWidget(button)
            self._column.addWidget(says)

    def _on_chosen(self, button: QAbstractButton) -> None:
        self.chosen.emit(button.property("value"))

    @Slot()
    def _on_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a model"), "", self.tr("Models (*.gguf);;All files (*)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.chosen.emit)
        dialog.open()


class ModelPage(Page):
    """Which model answers on this computer."""

    def make_editor(self, setting: AnySetting) -> Editor | None:
        if setting.key != LOCAL_MODEL.key:
            return None
        self._choice = ModelChoice(self.tools)
        return self._choice

    def add_before(self) -> None:
        self._card = StateCard(self.tools)
        self.add_widget(self._card)

    def came_up(self) -> None:
        self._card.measure()
        self._choice.refresh()

    def lock_rows(self) -> None:
        served = bool(str(self.values.get(LOCAL_SERVER.key, "")).strip())
        reason = self.tr(
            "Your own trusted server answers instead; clear its address under Advanced to choose here."
        )
        self.rows[LOCAL_MODEL.key].lock(reason if served else "")


_PHASES = {
    Phase.ABSENT: "No model is chosen.",
    Phase.IDLE: "Not in memory. It is loaded with the next question.",
    Phase.LOADING: "Loading…",
    Phase.READY: "In memory and ready.",
    Phase.ANSWERING: "Answering now; it can be unloaded afterwards.",
    Phase.FAILED: "It could not be loaded.",
}


def _memory() -> str:
    import psutil

    used = psutil.Process().memory_info().rss
    return f"Confidant uses {_gigabytes(used)} of memory now; {_gigabytes(available_memory())} are free."


def _judge(model: Listed, context: int) -> str:
    """Say how large a model is and whether it fits, or why it cannot be used."""
    try:
        header = read_header(model.path)
        size = model.path.stat().st_size
        fit = estimate(header, size, wanted_context(header, context))
    except (EngineError, OSError) as error:
        return error.told if isinstance(error, EngineError) else "The file cannot be read."
    share = fit.needed_bytes / max(1, fit.available_bytes)
    badge = "Fits" if share <= _TIGHT else "Tight" if share <= 1 else "Will not fit"
    needs = f"{badge}: needs about {_gigabytes(fit.needed_bytes)} of memory."
    return f"{needs} {model.note}".strip()


def _other(value: str, folder: Path, context: int) -> Choice:
    try:
        model = resolve(value, folder)
    except EngineError as error:
        return Choice(value, Path(value).name or value, error.told)
    return Choice(value, model.title, _judge(model, context))


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"
