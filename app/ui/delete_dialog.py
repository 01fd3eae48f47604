"""Asks before a conversation is deleted, and says what goes with it."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def ask_delete(parent: QWidget, title: str, then: Callable[[], None]) -> QMessageBox:
    """Ask without holding up the window; `then` is called where the person says yes."""
    box = QMessageBox(parent.window())
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setObjectName("delete_dialog")
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setWindowTitle(_tr("Delete"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(_tr("Delete “{title}”?").format(title=title))
    box.setInformativeText(
        _tr(
            "Its messages and documents, what was noted about you from it, and the text of what left for it "
            "are destroyed on this computer. What was sent stays sent. This cannot be undone."
        )
    )
    yes = box.addButton(_tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
    no = box.addButton(_tr("Keep it"), QMessageBox.ButtonRole.RejectRole)
    yes.setProperty("look", "danger")
    no.setProperty("look", "plain")
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    yes.clicked.connect(then)
    box.open()
    return box


def _tr(text: str) -> str:
    return QCoreApplication.translate("DeleteDialog", text)
