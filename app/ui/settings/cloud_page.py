"""The cloud: address, key, model, and a test that says which step failed."""

from functools import partial

from PySide6.QtCore import QStringListModel, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QCompleter, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.core.cancel import Cancel
from app.core.errors import Cancelled, ConfidantError
from app.core.settings import CLOUD_BASE_URL, CLOUD_ENABLED, CLOUD_KEY, CLOUD_MODEL, AnySetting, Value
from app.ui.buttons import Button
from app.ui.runner import Run
from app.ui.settings.editors import Editor
from app.ui.settings.page import Page
from app.ui.settings.row import Line, caption
from app.ui.settings.tools import Keys, Tools


class KeyEditor(Editor):
    """Takes a key and hands it to the keyring; what is stored is never shown."""

    is_wide = True

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._field = QLineEdit()
        self._field.setObjectName("cloud_key")
        self._field.setAccessibleName(self.tr("Key"))
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._field.returnPressed.connect(self._on_save)
        self._field.textChanged.connect(self._on_typed)
        self._save = Button(tools.theme, self.tr("Save key"))
        self._save.setEnabled(False)
        self._save.clicked.connect(self._on_save)
        self._forget = Button(tools.theme, self.tr("Forget key"), "quiet")
        self._forget.clicked.connect(self._on_forget)
        self._forget.hide()
        self._place = caption()
        self._place.setObjectName("key_place")
        line = Line(self._field, self._save, self._forget)
        line.line.setStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(line)
        column.addWidget(self._place)
        self.setFocusProxy(self._field)

    def show_value(self, value: Value) -> None:
        """Do nothing: a key is never shown."""

    def refresh(self) -> None:
        """Ask the keyring whether there is a key, and where it keeps it."""
        self._tools.runner.call(partial(_look_for_key, self._tools.keys), self._on_known, self._place.setText)

    def _store(self, key: str) -> None:
        self._tools.runner.call(partial(self._tools.keys.set_key, key), self._on_stored, self._place.setText)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._save.setEnabled(bool(text.strip()))

    @Slot()
    def _on_save(self) -> None:
        key = self._field.text().strip()
        self._field.clear()
        if key:
            self._store(key)

    @Slot()
    def _on_forget(self) -> None:
        self._store("")

    def _on_stored(self, _: object) -> None:
        self.refresh()

    def _on_known(self, known: tuple[bool, str]) -> None:
        has_key, place = known
        self._place.setText(place)
        self._forget.setVisible(has_key)
        waiting = self.tr("A key is stored; type a new one to replace it")
        self._field.setPlaceholderText(waiting if has_key else self.tr("No key yet; some servers need none"))


class ModelEditor(Editor):
    """The model's name, typed or taken from the server's own list."""

    is_wide = True

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._shown = ""
        self._run: Run | None = None
        self._combo = QComboBox()
        self._combo.setObjectName("cloud_model")
        self._combo.setAccessibleName(self.tr("Model"))
        self._combo.setEditable(True)
        self._combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = self._combo.completer()
        assert completer is not None
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._names = QStringListModel(self)
        self._combo.setModel(self._names)
        line_edit = self._combo.lineEdit()
        assert line_edit is not None
        self._line_edit = line_edit
        line_edit.setAccessibleName(self.tr("Name of the model"))
        line_edit.setPlaceholderText(self.tr("The first one that the server lists"))
        line_edit.editingFinished.connect(self._take)
        self._combo.activated.connect(self._take)
        self._list = Button(tools.theme, self.tr("Ask the server"))
        self._list.clicked.connect(self._on_list)
        self._says = caption()
        self._says.hide()
        line = Line(self._combo, self._list)
        line.line.setStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(line)
        column.addWidget(self._says)
        self.setFocusProxy(self._combo)

    def show_value(self, value: Value) -> None:
        self._shown = str(value)
        if self._line_edit.text() != self._shown:
            self._line_edit.setText(self._shown)

    def _fetch(self, cancel: Cancel, tell: object) -> None:
        assert callable(tell)
        tell(self._tools.session.cloud_models(cancel))

    @Slot()
    def _take(self) -> None:
        text = self._line_edit.text().strip()
        if text != self._shown:
            self._shown = text
            self.chosen.emit(text)

    @Slot()
    def _on_list(self) -> None:
        self._list.setEnabled(False)
        self._say(self.tr("Asking the server…"))
        self._run = self._tools.runner.start(self._fetch, self._on_names, self._on_end)

    def _on_names(self, names: object) -> None:
        if isinstance(names, list):
            typed = self._line_edit.text()
            self._names.setStringList(names)
            self._line_edit.setText(typed)
            self._say(self.tr("{0} models. Open the list, or type to find one.").format(len(names)))

    def _on_end(self, error: BaseException | None) -> None:
        self._list.setEnabled(True)
        if isinstance(error, ConfidantError):
            self._say(error.told)

    def _say(self, text: str) -> None:
        self._says.setText(text)
        self._says.show()


class TestRow(QWidget):
    """A button that tries the connection, and what came of it.

    Signals:
        ended(): the test is over.
    """

    ended = Signal()

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._run: Run | None = None
        self._button = Button(tools.theme, self.tr("Test the connection"), icon="refresh")
        self._button.setObjectName("test_cloud")
        self._button.clicked.connect(self._on_clicked)
        self._sign = QLabel()
        self._says = QLabel()
        self._says.setObjectName("test_result")
        self._says.setWordWrap(True)
        self._says.setProperty("type", "caption")
        line = Line(self._button, self._sign, self._says)
        line.line.setStretch(2, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(line)

    def allow(self, why_not: str) -> None:
        """Enable the button, or say why it cannot be used."""
        if self._run is None:
            was_locked = not self._button.isEnabled()
            self._button.setEnabled(not why_not)
            if why_not or was_locked:
                self._show("", why_not)

    def _test(self, cancel: Cancel, tell: object) -> None:
        assert callable(tell)
        tell(self._tools.session.test_cloud(cancel))

    def _show(self, sign: str, text: str) -> None:
        token = {"check": "accent", "warning": "danger"}.get(sign, "muted")
        self._sign.setVisible(bool(sign))
        if sign:
            self._sign.setPixmap(self._tools.theme.pixmap(sign, token, 16))
        self._says.setText(text)

    @Slot()
    def _on_clicked(self) -> None:
        if self._run is not None:
            self._run.stop()
            return
        self._button.setText(self.tr("Stop the test"))
        self._show("", self.tr("Asking the server…"))
        self._run = self._tools.runner.start(self._test, self._on_told, self._on_end)

    def _on_told(self, told: object) -> None:
        self._show("check", str(told))

    def _on_end(self, error: BaseException | None) -> None:
        self._run = None
        self._button.setText(self.tr("Test the connection"))
        if isinstance(error, Cancelled):
            self._show("", self.tr("Stopped."))
        elif isinstance(error, ConfidantError):
            self._show("warning", error.told)
        self.ended.emit()


def _look_for_key(keys: Keys) -> tuple[bool, str]:
    """Say whether there is a key, and in a sentence where it is kept."""
    if keys.keeps_key:
        return bool(keys.key()), f"Stored in: {keys.place}."
    return bool(keys.key()), f"The key is kept for {keys.place}. You will be asked for it next time."


class CloudPage(Page):
    """Everything about the cloud, and why a control is locked."""

    def make_editor(self, setting: AnySetting) -> Editor | None:
        if setting.key == CLOUD_KEY.key:
            self._key = KeyEditor(self.tools)
            return self._key
        return ModelEditor(self.tools) if setting.key == CLOUD_MODEL.key else None

    def add_after(self) -> None:
        self._test = TestRow(self.tools)
        self.add_widget(self._test)

    def came_up(self) -> None:
        self._key.refresh()

    def lock_rows(self) -> None:
        has_address = bool(str(self.values.get(CLOUD_BASE_URL.key, "")).strip())
        is_on = self.values.get(CLOUD_ENABLED.key) is True
        missing = (
            "" if has_address or is_on else self.tr("Set an address first; then this can be switched on.")
        )
        self.rows[CLOUD_ENABLED.key].lock(missing)
        self._test.allow("" if has_address else self.tr("There is no address to test yet."))
