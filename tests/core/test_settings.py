"""Settings are declared once and take only what they say."""

import pytest

from app.core import settings as declared
from app.core.errors import SettingError
from app.core.settings import SETTINGS, Settings


class Kept:
    """A store in memory."""

    def __init__(self):
        self.values = {}

    def read(self):
        return self.values

    def write(self, key, value):
        self.values[key] = value


@pytest.fixture
def settings():
    return Settings(SETTINGS, Kept(), Kept())


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("cloud.enabled", "on", True),
        ("cloud.enabled", " Yes ", True),
        ("cloud.enabled", "0", False),
        ("cloud.policy", "ask-if-private", "ask-if-private"),
        ("privacy.own_words", "Blue Heron, Zoé\nOkafor,", ("Blue Heron", "Zoé", "Okafor")),
        ("cloud.timeout", "30", 30),
        ("look.zoom", "200", 200),
        ("cloud.base_url", "", ""),
    ],
)
def test_what_is_typed_becomes_a_value(settings, key, typed, value):
    settings.set_text(key, typed)
    assert settings[settings.declared[key]] == value


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("cloud.enabled", "perhaps"),
        ("cloud.policy", "sometimes"),
        ("cloud.timeout", "-7"),
        ("cloud.timeout", "soon"),
        ("look.zoom", "500"),
        ("privacy.level", "secret"),
        ("no.such", "1"),
        ("cloud.key", "sk-123"),
    ],
)
def test_a_wrong_value_is_refused_with_a_sentence_that_does_not_repeat_it(settings, key, typed):
    with pytest.raises(SettingError) as refused:
        settings.set_text(key, typed)
    assert typed not in refused.value.told.replace(key, "")


def test_a_stored_value_that_no_longer_fits_counts_as_the_default():
    store = Kept()
    store.values["cloud.timeout"] = "often"
    settings = Settings(SETTINGS, Kept(), store)
    assert settings[declared.CLOUD_TIMEOUT] == declared.CLOUD_TIMEOUT.default


def test_early_settings_live_apart(settings):
    early, rest = Kept(), Kept()
    settings = Settings(SETTINGS, early, rest)
    settings.set(declared.LOOK_THEME, "dark")
    settings.set(declared.CLOUD_ENABLED, True)
    assert (early.values, rest.values) == ({"look.theme": "dark"}, {"cloud.enabled": True})


def test_no_early_setting_can_hold_words(settings):
    for setting in settings.declared.values():
        assert not setting.early or setting.type is not str or setting.choices


def test_listeners_hear_of_each_change(settings):
    heard = []
    settings.on_change(heard.append)
    settings.set(declared.LOOK_ZOOM, 120)
    assert heard == ["look.zoom"]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda each: each.key)
def test_every_setting_has_words_for_people_and_a_default_that_it_takes(setting):
    assert setting.title
    assert setting.help
    assert setting.group in declared.GROUPS
    assert setting.check(setting.default) == setting.default
