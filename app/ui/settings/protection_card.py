"""How the data is locked on the disk: whether it is, where the key is, and every way to change that."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, Slot

from app.core.data_key import IN_FILE
from app.core.protection import Protected
from app.ui.announce import announce
from app.ui.buttons import Button, TwicePressed
from app.ui.dress import restyle
from app.ui.passphrase_form import PassphraseForm
from app.ui.settings.card import Card
from app.ui.settings.keeping import KeepingDoor
from app.ui.settings.recovery_phrase import RecoveryPhrase
from app.ui.settings.row import Line, caption
from app.ui.settings.tools import Tools
from app.ui.settings.work_bar import Job, WorkBar


class ProtectionCard(Card):
    """Says what protects the data, in words; nothing is changed without a press."""

    def __init__(self, tools: Tools, door: KeepingDoor) -> None:
        super().__init__(_tr("Encryption"), " ", "protection_card")
        self._tools = tools
        self._door = door
        self._state: Protected | None = None
        theme = tools.theme
        self._place = caption()
        self._place.setObjectName("protection_place")
        self._encrypt = self._button(_tr("Encrypt my data"), "protection_on", self._on_encrypt, "primary")
        self._set = self._button(_tr("Set a passphrase"), "passphrase_set", self._on_set)
        self._remove = TwicePressed(
            theme, _tr("Open without it again"), _tr("Press again: no passphrase any more"),
            _tr("Remove the passphrase"),
        )  # fmt: skip
        self._remove.setObjectName("passphrase_remove")
        self._remove.confirmed.connect(self._on_remove)
        self._phrase = self._button(_tr("Make a recovery phrase"), "recovery_make", self._on_phrase)
        self._plain = TwicePressed(
            theme, _tr("Turn encryption off"), _tr("Press again: whoever has the disk can read it"),
            _tr("Turn encryption off for all data"),
        )  # fmt: skip
        self._plain.setObjectName("protection_off")
        self._plain.confirmed.connect(self._on_plain)
        self._form = PassphraseForm(
            theme, "passphrase", _tr("New passphrase"), _tr("Use this passphrase"), is_new=True
        )
        self._form.entered.connect(self._on_entered)
        self._form.left.connect(self._on_left)
        self._form_says = caption(
            self.tr(
                "Confidant will ask for it at every start. Without it, or the recovery phrase, nobody opens "
                "your data again, not even you."
            )
        )
        self._words = RecoveryPhrase(theme)
        self._words.written_down.connect(self._on_written_down)
        self.work = WorkBar(theme, tools.runner, "protection", self.tr("Stop encrypting"))
        self.work.changed.connect(self._on_busy)
        self._lay_out()

    def refresh(self) -> None:
        """Read how it stands, unless something about it is being done."""
        if not self.work.is_busy:
            self._tools.runner.call(self._door.protected, self._show, self._fail)

    def _lay_out(self) -> None:
        self._buttons = Line(self._encrypt, self._set, self._phrase)
        self._ends = Line(self._remove, self._plain)
        for line in (self._buttons, self._ends):
            line.line.addStretch(1)
            line.hide()
        self._form.hide()
        self._form_says.hide()
        self.add(
            self._place, self._words, self._form_says, self._form, self.work, self._buttons, self._ends
        )  # fmt: skip

    def _button(self, text: str, key: str, slot: Callable[[], None], look: str = "plain") -> Button:
        button = Button(self._tools.theme, text, look)
        button.setObjectName(key)
        button.clicked.connect(slot)
        return button

    def _show(self, state: Protected) -> None:
        self._state = state
        on, asks = state.is_encrypted, state.has_passphrase
        if not on:
            says = self.tr(
                "Your conversations lie on this disk as they are: whoever gets hold of it can read them."
            )
        elif asks:
            says = self.tr("Your data is encrypted, and opens with your passphrase only.")
        else:
            says = self.tr("Your data is encrypted, and opens by itself on this computer.")
        self.says.setText(says)
        self._show_place(state)
        self._encrypt.setVisible(not on)
        self._set.setVisible(on)
        self._set.setText(self.tr("Change the passphrase") if asks else self.tr("Set a passphrase"))
        self._phrase.setVisible(on)
        again = self.tr("Make a new recovery phrase")
        self._phrase.setText(again if state.has_recovery else self.tr("Make a recovery phrase"))
        self._remove.setVisible(on and asks)
        self._plain.setVisible(on)
        self._buttons.setVisible(not self._is_asking)
        self._ends.setVisible(on and not self._is_asking)

    def _show_place(self, state: Protected) -> None:
        """Say where the key is, and plainly where it lies beside what it opens."""
        lies_beside = state.place == IN_FILE and not state.has_passphrase
        if lies_beside:
            told = self.tr(
                "There is no keyring on this system, so the key is {place}: whoever gets the whole folder "
                "can open it. A passphrase protects your data better."
            )
        else:
            told = self.tr("The key: {place}")
        self._place.setText(told.format(place=state.place))
        self._place.setProperty("type", "warning" if lies_beside else "caption")
        restyle(self._place)
        self._place.setVisible(bool(state.place) and state.is_encrypted)

    @property
    def _is_asking(self) -> bool:
        return not self._form.isHidden() or not self._words.isHidden() or self.work.is_busy

    def _fail(self, told: str) -> None:
        self.says.setText(told)
        announce(self, told)

    @Slot()
    def _on_encrypt(self) -> None:
        stopped = self.tr("Stopped. Nothing was changed.")
        self.work.start(Job(self._door.turn_on, self.tr("Encrypting your data"), stopped))

    @Slot()
    def _on_plain(self) -> None:
        stopped = self.tr("Stopped. Your data is still encrypted.")
        self.work.start(Job(self._door.turn_off, self.tr("Writing your data in plain"), stopped))

    @Slot(bool)
    def _on_busy(self, is_busy: bool) -> None:
        self._buttons.setVisible(not is_busy)
        self._ends.setVisible(not is_busy)
        if not is_busy:
            self.refresh()

    @Slot()
    def _on_set(self) -> None:
        self._buttons.hide()
        self._ends.hide()
        self.work.say("")
        self._form_says.show()
        self._form.ask()

    @Slot(str)
    def _on_entered(self, passphrase: str) -> None:
        self._form.lock(True)
        told = self.tr("From the next start on, Confidant asks for this passphrase.")
        self._change(partial(self._door.set_passphrase, passphrase), told)

    @Slot()
    def _on_remove(self) -> None:
        told = self.tr("Your data opens by itself again.")
        self._change(self._door.remove_passphrase, told)

    def _change(self, work: Callable[[], Protected], told: str) -> None:
        self._tools.runner.call(work, partial(self._on_changed, told), self._on_not_changed)

    def _on_changed(self, told: str, state: Protected) -> None:
        self._on_left()
        self._show(state)
        self.work.say(told)

    def _on_not_changed(self, told: str) -> None:
        self._form.lock(False)
        if self._form.isHidden():
            self.work.say(told, is_bad=True)
        else:
            self._form.say(told)

    @Slot()
    def _on_left(self) -> None:
        self._form.lock(False)
        self._form.hide()
        self._form_says.hide()
        if self._state is not None:
            self._show(self._state)
        self._set.setFocus()

    @Slot()
    def _on_phrase(self) -> None:
        self._phrase.setDisabled(True)
        self._tools.runner.call(self._door.make_recovery_phrase, self._on_made, self._on_not_made)

    def _on_made(self, phrase: str) -> None:
        self._phrase.setDisabled(False)
        self.work.say("")
        self._buttons.hide()
        self._ends.hide()
        self._words.show_phrase(phrase)

    def _on_not_made(self, told: str) -> None:
        self._phrase.setDisabled(False)
        self.work.say(told, is_bad=True)

    @Slot()
    def _on_written_down(self) -> None:
        self.refresh()
        self._buttons.show()
        self._phrase.setFocus()
        self.work.say(self.tr("Only you have these words now."))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ProtectionCard", text)
