"""The look: contrast of both palettes, tokens all filled in, zoom, icons."""

from dataclasses import fields

import pytest
from PySide6.QtGui import QColor

from app.resources import RESOURCES
from app.ui.palette import DARK, LIGHT, Palette, contrast
from app.ui.theme import Theme

SURFACES = ("window", "sidebar", "raised", "sunken", "code")
WORDS = [(word, surface) for word in ("text", "muted", "accent") for surface in SURFACES] + [
    ("text", "finding"), ("text", "restored"), ("text", "selection"), ("text", "accent_soft"),
    ("text", "warning_soft"), ("text", "danger_soft"), ("warning", "warning_soft"), ("text", "pressed"),
    ("danger", "danger_soft"), ("danger", "window"), ("warning", "window"), ("on_accent", "accent"),
    ("on_accent", "accent_hover"), ("keyword", "code"), ("string", "code"), ("number", "code"), ("name", "code"),
]  # fmt: skip
CONTROLS = [
    ("control", "window"), ("control", "sidebar"), ("control", "raised"), ("control", "sunken"),
    ("accent", "window"), ("finding_line", "finding"), ("finding_line", "raised"),
    ("restored_line", "restored"), ("restored_line", "window"),
]  # fmt: skip


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("word", "surface"), WORDS)
def test_words_have_enough_contrast(palette: Palette, word: str, surface: str) -> None:
    assert contrast(getattr(palette, word), getattr(palette, surface)) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("line", "surface"), CONTROLS)
def test_controls_have_enough_contrast(palette: Palette, line: str, surface: str) -> None:
    assert contrast(getattr(palette, line), getattr(palette, surface)) >= 3


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_are_colours(palette: Palette) -> None:
    assert all(QColor(getattr(palette, field.name)).isValid() for field in fields(Palette))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_style_sheet_has_no_token_left(theme: Theme, mode: str) -> None:
    theme.set_look(mode, 100)
    assert "@" not in theme.style_sheet().split("*/", 1)[1]
    theme.set_look("light", 100)


def test_zoom_scales_lengths_and_stays_in_its_bounds(theme: Theme) -> None:
    theme.set_look("light", 200)
    assert "font-size: 30px" in theme.style_sheet()
    assert "border: 1px" in theme.style_sheet()
    assert theme.px(8) == 16
    theme.set_look("light", 900)
    assert theme.zoom == 200
    theme.set_look("light", 10)
    assert theme.zoom == 80
    theme.set_look("light", 100)


def test_a_change_of_look_is_told(theme: Theme, qtbot: object) -> None:
    with qtbot.waitSignal(theme.changed):  # type: ignore[attr-defined]
        theme.set_look("dark", 100)
    assert theme.is_dark
    theme.set_look("light", 100)


@pytest.mark.parametrize("name", sorted(path.stem for path in (RESOURCES / "icons").glob("*.svg")))
def test_every_icon_draws_something(theme: Theme, name: str) -> None:
    image = theme.pixmap(name, "text", 24, 2.0).toImage()
    assert image.width() == 48
    assert any(image.pixelColor(x, y).alpha() for x in range(0, 48, 2) for y in range(48))
