"""Asks for a file without holding up the window; the answer comes when there is one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

Then = Callable[[Path], None]


def ask_open(parent: QWidget, title: str, filters: str, then: Then) -> QFileDialog:
    """Ask for a file that is there; `then` gets it, unless the person thinks better of it."""
    dialog = _dialog(parent, title, filters)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()
    return dialog


def ask_open_several(
    parent: QWidget, title: str, filters: str, then: Callable[[list[Path]], None]
) -> QFileDialog:
    """Ask for one file or more."""
    dialog = _dialog(parent, title, filters)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
    dialog.open()
    return dialog


def ask_save(parent: QWidget, title: str, name: str, filters: str, then: Then) -> QFileDialog:
    """Ask where to write; the suffix is that of `name`, and the dialog asks before it replaces a file."""
    dialog = _dialog(parent, title, filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(name.rpartition(".")[2])
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str, filters: str) -> QFileDialog:
    dialog = QFileDialog(parent.window(), title, QDir.homePath(), filters)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
