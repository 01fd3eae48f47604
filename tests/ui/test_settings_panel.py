"""The settings panel, with real settings in a temporary profile."""

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from stage import Stage

from app.core.engines.holder import Phase
from app.core.errors import StoreError, Unreachable
from app.core.settings import (
    CLOUD_BASE_URL,
    CLOUD_ENABLED,
    CLOUD_MODEL,
    CLOUD_POLICY,
    CLOUD_TIMEOUT,
    GROUPS,
    LOCAL_MODEL,
    LOCAL_SERVER,
    LOOK_THEME,
    LOOK_ZOOM,
    PRIVACY_LEVEL,
    PRIVACY_OWN_WORDS,
    SETTINGS,
)
from app.privacy.policy import Level, action_for
from app.privacy.types import HIDING, Action, Kind
from app.ui.settings.editors import explained, in_words
from app.ui.settings.panel import SettingsPanel
from app.ui.settings.privacy_page import LEVELS

W = TypeVar("W", bound=QWidget)


@pytest.fixture
def panel(stage: Stage, qtbot: QtBot) -> SettingsPanel:
    panel = SettingsPanel(stage.tools)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitUntil(lambda: len(panel.page("look").values) == sum(not each.secret for each in SETTINGS))
    return panel


def child(panel: SettingsPanel, kind: type[W], name: str) -> W:
    found = panel.findChild(kind, name)
    assert found is not None, name
    return found


def named(panel: SettingsPanel, kind: type[W], name: str) -> W:
    """Find a widget by its accessible name, as a screen reader does."""
    found = [each for each in panel.findChildren(kind) if each.accessibleName() == name]
    assert len(found) == 1, (name, found)
    return found[0]


def type_into(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_every_declared_setting_has_a_row_in_its_group(panel: SettingsPanel) -> None:
    for setting in SETTINGS:
        page = panel.page(setting.group)
        assert setting.key in page.shown_otherwise or page.rows[setting.key].setting is setting
    groups = child(panel, QListWidget, "settings_groups")
    shown = [groups.item(index).text() for index in range(groups.count())]
    titles = [title for key, title in GROUPS.items() if key in {each.group for each in SETTINGS}]
    titles.insert(titles.index(GROUPS["privacy"]) + 1, "How good is the filter")
    assert shown == titles


def test_a_switch_saves_at_once_and_undo_brings_it_back(
    panel: SettingsPanel, stage: Stage, qtbot: QtBot
) -> None:
    switch = named(panel, QAbstractButton, "Remember conversations")
    memory = stage.settings.named("memory.enabled")
    switch.click()
    qtbot.waitUntil(lambda: stage.settings[memory] is False)  # type: ignore[misc]
    pill = child(panel, QWidget, "saved_pill")
    qtbot.waitUntil(lambda: not pill.isHidden())
    child(panel, QPushButton, "undo").click()
    qtbot.waitUntil(lambda: stage.settings[memory] is True)  # type: ignore[misc]
    qtbot.waitUntil(switch.isChecked)
    assert pill.isHidden()


def test_undo_puts_back_only_the_last_change(panel: SettingsPanel, stage: Stage, qtbot: QtBot) -> None:
    named(panel, QPushButton, "Theme Dark").click()
    qtbot.waitUntil(lambda: stage.settings[LOOK_THEME] == "dark")
    named(panel, QPushButton, "Theme Light").click()
    qtbot.waitUntil(lambda: stage.settings[LOOK_THEME] == "light")
    child(panel, QPushButton, "undo").click()
    qtbot.waitUntil(lambda: stage.settings[LOOK_THEME] == "dark")
    qtbot.waitUntil(named(panel, QPushButton, "Theme Dark").isChecked)


def test_a_wrong_number_is_explained_and_not_saved(panel: SettingsPanel, stage: Stage, qtbot: QtBot) -> None:
    field = named(panel, QLineEdit, "Wait for the server")
    error = child(panel, QLabel, "error_cloud.timeout")
    type_into(qtbot, field, "9999")
    qtbot.waitUntil(lambda: not error.isHidden())
    assert error.text() == "cloud.timeout takes a number at least 1 and at most 600."
    assert stage.settings[CLOUD_TIMEOUT] == 60
    type_into(qtbot, field, "30")
    qtbot.waitUntil(lambda: stage.settings[CLOUD_TIMEOUT] == 30)
    assert error.isHidden()


def test_the_buttons_beside_a_number_step_within_its_bounds(
    panel: SettingsPanel, stage: Stage, qtbot: QtBot
) -> None:
    more = named(panel, QPushButton, "More of Zoom")
    for _ in range(3):
        more.click()
    qtbot.waitUntil(lambda: stage.settings[LOOK_ZOOM] == 103)
    field = named(panel, QLineEdit, "Zoom")
    type_into(qtbot, field, "80")
    qtbot.waitUntil(lambda: stage.settings[LOOK_ZOOM] == 80)
    named(panel, QPushButton, "Less of Zoom").click()
    assert field.text() == "80"
    qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: stage.settings[LOOK_ZOOM] == 81)


def test_a_store_that_refuses_is_shown_beside_the_setting(
    panel: SettingsPanel, stage: Stage, qtbot: QtBot, tmp_path: Path
) -> None:
    # A folder where the file should be: no such rename can succeed.
    (tmp_path / "rest.json").unlink(missing_ok=True)
    (tmp_path / "rest.json").mkdir()
    (tmp_path / "rest.json" / "in the way").touch()
    with pytest.raises(StoreError):
        stage.settings.set(CLOUD_TIMEOUT, 40)
    type_into(qtbot, named(panel, QLineEdit, "Address"), "http://127.0.0.1:1")
    error = child(panel, QLabel, "error_cloud.base_url")
    qtbot.waitUntil(lambda: not error.isHidden())
    assert "cannot be read" in error.text() or "not saved" in error.text()


def test_a_change_from_elsewhere_shows_up(panel: SettingsPanel, stage: Stage, qtbot: QtBot) -> None:
    stage.settings.set(CLOUD_POLICY, "never")
    button = named(panel, QAbstractButton, "When may it be used? Never")
    qtbot.waitUntil(button.isChecked)


def test_own_words_are_added_and_removed(panel: SettingsPanel, stage: Stage, qtbot: QtBot) -> None:
    field = named(panel, QLineEdit, "Your own words")
    type_into(qtbot, field, "Bluebird, Halcyon")
    qtbot.waitUntil(lambda: stage.settings[PRIVACY_OWN_WORDS] == ("Bluebird", "Halcyon"))
    named(panel, QPushButton, "Remove Bluebird from Your own words").click()
    qtbot.waitUntil(lambda: stage.settings[PRIVACY_OWN_WORDS] == ("Halcyon",))
    type_into(qtbot, field, "Halcyon")
    assert stage.settings[PRIVACY_OWN_WORDS] == ("Halcyon",)


def test_the_cloud_cannot_be_switched_on_before_it_has_an_address(
    panel: SettingsPanel, stage: Stage, qtbot: QtBot
) -> None:
    switch = named(panel, QAbstractButton, "Use the cloud")
    why = child(panel, QLabel, "lock_cloud.enabled")
    assert not switch.isEnabled()
    assert "address first" in why.text()
    type_into(qtbot, named(panel, QLineEdit, "Address"), "http://127.0.0.1:1")
    qtbot.waitUntil(switch.isEnabled)
    switch.click()
    qtbot.waitUntil(lambda: stage.settings[CLOUD_ENABLED])
    stage.settings.set(CLOUD_BASE_URL, "")
    qtbot.waitUntil(lambda: not child(panel, QPushButton, "test_cloud").isEnabled())
    assert switch.isEnabled(), "what is on can always be switched off"


def test_a_key_goes_to_the_keyring_and_never_comes_back_on_screen(
    panel: SettingsPanel, stage: Stage, qtbot: QtBot
) -> None:
    panel.open_at("cloud")
    field = child(panel, QLineEdit, "cloud_key")
    place = child(panel, QLabel, "key_place")
    assert field.echoMode() is QLineEdit.EchoMode.Password
    type_into(qtbot, field, "sk-secret")
    assert field.text() == ""
    qtbot.waitUntil(lambda: stage.keys.stored == "sk-secret")
    qtbot.waitUntil(lambda: place.text() == "Stored in: Test Wallet.")
    forget = next(b for b in panel.findChildren(QPushButton) if b.text() == "Forget key")
    qtbot.waitUntil(forget.isVisible)
    forget.click()
    qtbot.waitUntil(lambda: stage.keys.stored == "")


def test_a_key_that_nothing_keeps_is_said_to_be_for_this_run(
    panel: SettingsPanel, stage: Stage, qtbot: QtBot
) -> None:
    stage.keys.keeps_key = False
    stage.keys.place = "this run only, since there is no keyring on this system"
    panel.open_at("model")
    panel.open_at("cloud")
    place = child(panel, QLabel, "key_place")
    qtbot.waitUntil(lambda: "this run only, since there is no keyring" in place.text())


def test_the_connection_test_says_what_came_of_it(panel: SettingsPanel, stage: Stage, qtbot: QtBot) -> None:
    stage.settings.set(CLOUD_BASE_URL, "http://127.0.0.1:1")
    button, result = child(panel, QPushButton, "test_cloud"), child(panel, QLabel, "test_result")
    assert result.text() == "There is no address to test yet."
    qtbot.waitUntil(button.isEnabled)
    assert result.text() == ""
    button.click()
    qtbot.waitUntil(lambda: result.text() == "It works: 3 models.")
    stage.session.test = Unreachable("The name of the server is unknown. Check the address.")
    button.click()
    qtbot.waitUntil(lambda: result.text() == "The name of the server is unknown. Check the address.")


def test_the_connection_test_can_be_stopped(panel: SettingsPanel, stage: Stage, qtbot: QtBot) -> None:
    stage.settings.set(CLOUD_BASE_URL, "http://127.0.0.1:1")
    stage.session.gate.clear()
    button, result = child(panel, QPushButton, "test_cloud"), child(panel, QLabel, "test_result")
    qtbot.waitUntil(button.isEnabled)
    button.click()
    assert button.text() == "Stop the test"
    button.click()
    qtbot.waitUntil(lambda: result.text() == "Stopped.")


def test_the_model_list_comes_from_the_server(panel: SettingsPanel, stage: Stage, qtbot: QtBot) -> None:
    combo = child(panel, QComboBox, "cloud_model")
    next(b for b in panel.findChildren(QPushButton) if b.text() == "Ask the server").click()
    qtbot.waitUntil(lambda: combo.count() == 3)
    assert combo.currentText() == "", "nothing is chosen for the person"
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    qtbot.waitUntil(lambda: stage.settings[CLOUD_MODEL] == "beta-large")


def test_the_bundled_model_is_listed_with_how_it_fits(
    panel: SettingsPanel, stage: Stage, qtbot: QtBot
) -> None:
    panel.open_at("model")
    bundled = "Use the model SmolLM2 135M (bundled, for trying)"

    def buttons() -> list[QAbstractButton]:
        return [b for b in panel.findChildren(QAbstractButton) if b.accessibleName() == bundled]

    qtbot.waitUntil(lambda: len(buttons()) == 1 and buttons()[0].isChecked())
    assert "needs about" in buttons()[0].accessibleDescription()
    stage.settings.set(LOCAL_MODEL, "/nowhere/gone.gguf")
    qtbot.waitUntil(lambda: "gone.gguf" in " ".join(b.text() for b in panel.findChildren(QAbstractButton)))


def test_the_model_is_loaded_and_unloaded(panel: SettingsPanel, stage: Stage, qtbot: QtBot) -> None:
    panel.open_at("model")
    load, unload = child(panel, QPushButton, "load_model"), child(panel, QPushButton, "unload_model")
    load.click()
    qtbot.waitUntil(lambda: stage.local.state.phase is Phase.READY)
    qtbot.waitUntil(unload.isVisible)
    unload.click()
    qtbot.waitUntil(lambda: stage.local.state.phase is Phase.IDLE)


def test_a_server_of_ones_own_locks_the_choice_and_says_why(
    panel: SettingsPanel, stage: Stage, qtbot: QtBot
) -> None:
    stage.settings.set(LOCAL_SERVER, "http://127.0.0.1:1")
    why = child(panel, QLabel, "lock_local.model")
    qtbot.waitUntil(lambda: "own trusted server" in why.text())


def test_a_level_is_chosen_with_its_card(panel: SettingsPanel, stage: Stage, qtbot: QtBot) -> None:
    card = child(panel, QAbstractButton, "level_strict").parentWidget().parentWidget()
    panel.open_at("privacy")
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: stage.settings[PRIVACY_LEVEL] == "strict")


def test_what_the_level_cards_say_is_what_the_policy_does() -> None:
    def readable(level: Level, kind: Kind, *, public: bool = False) -> bool:
        return action_for(kind, level, public=public) not in HIDING

    guarded, strict, open_ = Level.GUARDED, Level.STRICT, Level.OPEN
    assert [kind for kind in Kind if readable(guarded, kind)] == [
        Kind.DATE, Kind.AGE, Kind.MONEY, Kind.SENSITIVE
    ]  # fmt: skip
    assert readable(guarded, Kind.PLACE, public=True)
    assert not readable(strict, Kind.PLACE, public=True)
    assert [kind for kind in Kind if readable(strict, kind)] == [Kind.SENSITIVE]
    assert action_for(Kind.SENSITIVE, guarded) is Action.ASK
    assert {kind for kind in Kind if not readable(open_, kind)} == {
        Kind.SECRET, Kind.PASSWORD, Kind.PRIVATE_KEY, Kind.SEED, Kind.CARD, Kind.NATIONAL_ID, Kind.OWN,
        Kind.LITERAL,
    }  # fmt: skip
    assert set(LEVELS) == set(Level)


def test_everything_is_deleted_only_after_the_word_was_typed(
    panel: SettingsPanel, stage: Stage, qtbot: QtBot
) -> None:
    panel.open_at("data")
    erase, word = child(panel, QPushButton, "erase"), child(panel, QLineEdit, "erase_word")
    assert not erase.isEnabled()
    qtbot.keyClicks(word, "delet")
    assert not erase.isEnabled()
    qtbot.keyClicks(word, "e")
    with qtbot.waitSignal(panel.erased):
        erase.click()
    assert stage.session.erased
    assert not erase.isEnabled()


def test_search_finds_settings_by_any_word_and_says_when_nothing_fits(
    panel: SettingsPanel, qtbot: QtBot
) -> None:
    search, groups = child(panel, QLineEdit, "settings_search"), child(panel, QListWidget, "settings_groups")

    def shown() -> list[str]:
        return [groups.item(i).text() for i in range(groups.count()) if not groups.item(i).isHidden()]

    qtbot.keyClicks(search, "proxy")
    assert shown() == ["Cloud policy"]
    row = panel.page("cloud").rows["cloud.proxy"]
    assert row.isVisible(), "an advanced one is unfolded where it is what was looked for"
    search.clear()
    assert not row.isVisible()
    assert len(shown()) == groups.count()
    qtbot.keyClicks(search, "xyzzy")
    assert shown() == []
    assert "xyzzy" in child(panel, QLabel, "nothing_found").text()


def test_every_control_has_a_name_of_its_own(panel: SettingsPanel, qtbot: QtBot) -> None:
    panel.open_at("model")
    qtbot.waitUntil(
        lambda: "Use the model" in " ".join(b.accessibleName() for b in panel.findChildren(QWidget))
    )
    names: dict[str, QWidget] = {}
    for widget in panel.findChildren(QWidget):
        if widget.focusPolicy() is Qt.FocusPolicy.NoFocus or not isinstance(
            widget, QAbstractButton | QLineEdit | QComboBox | QListWidget
        ):
            continue
        name = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        assert name, widget
        assert name not in names, name
        names[name] = widget


@pytest.mark.parametrize(("choice", "words"), [("ask-if-private", "Ask if private"), ("never", "Never")])
def test_choices_are_written_for_people(choice: str, words: str) -> None:
    assert in_words(choice) == words


def test_a_help_text_that_explains_each_choice_is_taken_apart() -> None:
    assert explained(CLOUD_POLICY) == {
        "never": "Answers come from this computer.",
        "ask": "You see each request before it leaves.",
        "ask-if-private": "You see it if something was hidden or is unsure.",
    }
    assert explained(LOOK_THEME) is None


def test_the_stronger_filter_is_locked_until_it_is_here(panel: SettingsPanel, qtbot: QtBot) -> None:
    panel.open_at("privacy")
    lock = child(panel, QLabel, "lock_privacy.strong_filter")
    qtbot.waitUntil(lambda: lock.text().startswith("It is not on this computer yet."))
    assert not panel.page("privacy").rows["privacy.strong_filter"].editor.isEnabled()
