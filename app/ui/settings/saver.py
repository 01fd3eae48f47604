"""Saves settings on a worker, and can take the last change back."""

from functools import partial
from typing import cast

from PySide6.QtCore import QObject, Signal

from app.core.settings import AnySetting, Setting, Settings, Value
from app.ui.listen import while_alive
from app.ui.runner import Runner


class Saver(QObject):
    """The only way in which the settings panel reads and writes values.

    Signals:
        loaded(str, object): a value as it is stored now, by key.
        saved(str): a change of the person's is stored and can be undone.
        refused(str, str): the key, and the sentence that says why it was not stored.
    """

    loaded = Signal(str, object)
    saved = Signal(str)
    refused = Signal(str, str)
    _elsewhere = Signal(str)

    def __init__(self, settings: Settings, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._runner = runner
        self._last: tuple[AnySetting, Value] | None = None
        """The last change's setting and what was there before; only the lane of calls touches it."""
        self._elsewhere.connect(self.load)
        settings.on_change(while_alive(self, self._elsewhere.emit))

    def load(self, key: str) -> None:
        """Read one value, then emit `loaded`."""
        setting = self._settings.declared[key]
        self._runner.call(partial(self._read, setting), partial(self._on_read, key))

    def load_all(self) -> None:
        """Read every value that is not in the keyring."""
        self._runner.call(self._read_all, self._on_read_all)

    def save(self, key: str, value: Value) -> None:
        """Store a value; what was there before is what `undo` brings back."""
        setting = self._settings.declared[key]
        self._runner.call(
            partial(self._write, setting, value),
            partial(self._on_written, key),
            partial(self._on_failed, key),
        )

    def undo(self) -> None:
        """Bring back what was there before the last `save`."""
        self._runner.call(self._take_back, self._on_undone)

    def _read(self, setting: AnySetting) -> Value:
        return _load(self._settings, setting)

    def _read_all(self) -> dict[str, Value]:
        return {key: self._read(each) for key, each in self._settings.declared.items() if not each.secret}

    def _write(self, setting: AnySetting, value: Value) -> None:
        before = self._read(setting)
        _store(self._settings, setting, value)
        self._last = (setting, before)

    def _take_back(self) -> str:
        """Undo on the worker, where all changes before it are done; return the key, or nothing."""
        last, self._last = self._last, None
        if last is None:
            return ""
        _store(self._settings, *last)
        return last[0].key

    def _on_read(self, key: str, value: Value) -> None:
        self.loaded.emit(key, value)

    def _on_read_all(self, values: dict[str, Value]) -> None:
        for key, value in values.items():
            self.loaded.emit(key, value)

    def _on_written(self, key: str, _: None) -> None:
        self.saved.emit(key)

    def _on_undone(self, key: str) -> None:
        if key:
            self.load(key)

    def _on_failed(self, key: str, told: str) -> None:
        self.refused.emit(key, told)


def _load(settings: Settings, setting: AnySetting) -> Value:
    value: Value = settings[cast(Setting[str], setting)]
    return value


def _store(settings: Settings, setting: AnySetting, value: Value) -> None:
    """Store; `Settings.set` checks at run time that value and setting belong together."""
    settings.set(cast(Setting[str], setting), cast(str, value))
