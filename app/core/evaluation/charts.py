"""Pictures of a run, as SVG that also reads well on a dark ground; names of arms and figures only."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from app.core.evaluation.report import CLOUD, LOCAL, Row
from app.core.evaluation.stats import Interval

_INK = "#787d85"
"""Grey of which both white and black stand out by 4 to 1."""
_FAINT = "#9aa0a8"
_FILLS = ("#3f8fd2", "#d9822b", "#3aa56b", "#b565c9", "#c94f5a", "#8a8f3c", "#5c7fa8", "#a8745c")
_WIDTH, _LEFT, _RIGHT, _TOP, _STEP = 720, 190, 110, 56, 34


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its interval."""

    label: str
    value: Interval
    told: str
    """The figure, as it stands beside the bar."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point with its intervals."""

    label: str
    x: Interval
    y: Interval


def charts(title: str, measure: str, rows: Sequence[Row]) -> Mapping[str, str]:
    """Return the pictures by their file names, without endings."""
    n = f"{title}, {rows[0].n} questions"
    made = {
        "quality": bars(f"{n}: {measure}", [_bar(row, row.quality, _percent) for row in rows], 1.0),
        "bytes": bars(f"{n}: bytes sent for each", [_bar(row, row.bytes_sent, _plain) for row in rows]),
        "time": bars(f"{n}: seconds, median", [_bar(row, _seconds(row.ms), _plain) for row in rows]),
        "cloud": scatter(
            f"{n}: {measure}, by share asked in the cloud",
            [Point(row.arm, row.cloud_share, row.quality) for row in rows],
        ),
    }
    leaks = [_bar(row, row.leak, _percent) for row in rows if row.leak is not None]
    if leaks:
        made["leak"] = bars(f"{n}: private strings readable in what left", leaks)
    if any(row.cost for row in rows):
        made["cost"] = bars(f"{n}: cost", [_bar(row, _exact(row.cost), _plain) for row in rows])
    return made


def bars(title: str, items: Sequence[Bar], top: float = 0.0) -> str:
    """Draw horizontal bars, each with its interval as a thin line; `top` ends the scale, if it is fixed."""
    end = top or max([*(item.value.high for item in items), *(item.value.mid for item in items)]) or 1.0
    room = _WIDTH - _LEFT - _RIGHT

    def at(value: float) -> float:
        return _LEFT + room * min(max(value, 0.0), end) / end

    parts = []
    for number, item in enumerate(items):
        y = _TOP + number * _STEP
        middle, fill = y + 10, _FILLS[number % len(_FILLS)]
        value = item.value
        parts += [
            _text(_LEFT - 10, middle + 5, item.label, "end"),
            f'<rect x="{_LEFT}" y="{y}" width="{at(value.mid) - _LEFT:.1f}" height="20" '
            f'fill="{fill}" fill-opacity="0.6"/>',
            _line(at(value.low), middle, at(value.high), middle, _INK),
            _line(at(value.low), middle - 5, at(value.low), middle + 5, _INK),
            _line(at(value.high), middle - 5, at(value.high), middle + 5, _INK),
            _text(max(at(value.high), at(value.mid)) + 8, middle + 5, item.told),
        ]
    return _picture(title, parts, _TOP + len(items) * _STEP + 16)


def scatter(title: str, points: Sequence[Point]) -> str:
    """Draw shares against each other; the dashed line from local model to cloud is a choice by chance."""
    left, right, bottom, height = 76, 500, 360, 420

    def place(x: float, y: float) -> tuple[float, float]:
        return left + 10 + (right - left - 20) * x, bottom - 10 - (bottom - _TOP - 20) * y

    parts = [_line(left, bottom, right, bottom, _FAINT), _line(left, bottom, left, _TOP, _FAINT)]
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = place(tick, tick)
        parts += [
            _text(x, bottom + 20, f"{100 * tick:.0f} %", "middle"),
            _text(left - 8, y + 5, f"{100 * tick:.0f} %", "end"),
        ]
    parts.append(
        _text((left + right) / 2, bottom + 44, "share of the questions asked in the cloud", "middle")
    )
    ends = {point.label: place(point.x.mid, point.y.mid) for point in points}
    if LOCAL in ends and CLOUD in ends:
        parts.append(_line(*ends[LOCAL], *ends[CLOUD], f'{_FAINT}" stroke-dasharray="5 4'))
    for number, point in enumerate(points):
        fill = _FILLS[number % len(_FILLS)]
        # What a later point would cover is drawn larger, so that a ring of it is seen.
        covered = sum(_is_near(point, later) for later in points[number + 1 :])
        parts += [
            _line(*place(point.x.low, point.y.mid), *place(point.x.high, point.y.mid), fill),
            _line(*place(point.x.mid, point.y.low), *place(point.x.mid, point.y.high), fill),
            _dot(*place(point.x.mid, point.y.mid), fill, 6 + 4 * covered),
            _dot(right + 30, _TOP + 10 + 24 * number, fill),
            _text(right + 44, _TOP + 15 + 24 * number, point.label),
        ]
    return _picture(title, parts, max(height, _TOP + 24 * len(points) + 20))


def _picture(title: str, parts: Sequence[str], height: int) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif" font-size="14">'
    )
    named = f"<title>{escape(title)}</title>"
    return "\n".join([head, named, _text(16, 28, title, size=16), *parts, "</svg>"]) + "\n"


def _text(x: float, y: float, words: str, anchor: str = "start", size: int = 14) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{_INK}" font-size="{size}" text-anchor="{anchor}">'
        f"{escape(words)}</text>"
    )


def _line(x1: float, y1: float, x2: float, y2: float, stroke: str) -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke-width="2" stroke="{stroke}"/>'
    )


def _dot(x: float, y: float, fill: str, radius: int = 6) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{fill}"/>'


def _is_near(one: Point, other: Point) -> bool:
    return abs(one.x.mid - other.x.mid) < 0.02 and abs(one.y.mid - other.y.mid) < 0.02


def _bar(row: Row, value: Interval, told: Callable[[float], str]) -> Bar:
    return Bar(row.arm, value, told(value.mid))


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %"


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def _seconds(value: Interval) -> Interval:
    return Interval(value.mid / 1000, value.low / 1000, value.high / 1000)


def _exact(value: float) -> Interval:
    return Interval(value, value, value)
