"""Colours by role, for light and for dark, and the contrast between two of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as `#rrggbb`, named by what they are for."""

    window: str
    sidebar: str
    raised: str
    """Cards, menus, fields."""
    sunken: str
    """The person's turns, hovered rows."""
    pressed: str
    text: str
    muted: str
    border: str
    """Hairlines that only divide; controls use `control`."""
    control: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    finding: str
    finding_line: str
    restored: str
    restored_line: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    code: str
    selection: str
    keyword: str
    string: str
    number: str
    name: str
    """Functions and classes in code."""


LIGHT = Palette(
    window="#FFFFFF", sidebar="#F7F7F5", raised="#FFFFFF", sunken="#F3F3F0", pressed="#E7E7E2",
    text="#1D1E20", muted="#5F6368", border="#E5E5E1", control="#85898E",
    accent="#0F6E66", accent_hover="#0B5750", on_accent="#FFFFFF", accent_soft="#E3F1EE",
    finding="#FCEFC9", finding_line="#9A6510", restored="#DDF1EC", restored_line="#0F6E66",
    danger="#B3261E", danger_soft="#FBECEA", warning="#7D5200", warning_soft="#FDF4DF",
    code="#F7F7F5", selection="#C9E6E0",
    keyword="#8A3FA0", string="#3D6B1F", number="#A0470A", name="#1F5FA8",
)  # fmt: skip

DARK = Palette(
    window="#1B1C1E", sidebar="#161718", raised="#242629", sunken="#27292C", pressed="#33363A",
    text="#ECECEA", muted="#A6A9AE", border="#323539", control="#7B8086",
    accent="#5CC8B8", accent_hover="#7AD8CA", on_accent="#06231F", accent_soft="#1D3833",
    finding="#45381A", finding_line="#D9A441", restored="#1D3D37", restored_line="#5CC8B8",
    danger="#F29B94", danger_soft="#3C2423", warning="#E5B95C", warning_soft="#382D17",
    code="#151617", selection="#2C5A52",
    keyword="#D3A5E6", string="#A9D18E", number="#E8AE7D", name="#8FBCEB",
)  # fmt: skip


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of WCAG 2, 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
