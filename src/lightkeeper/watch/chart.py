"""Charts as SVG that a screen reader can read out: a title that says the finding, a description, direct labels.

Colours are the site's own properties (`--sea`, `--text` ...) with the light ones behind them, so that a
chart follows the night colours on a page and stands alone as a file. No style element and no script: a
strict content policy lets it through. The table beside the chart carries the same numbers.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

SEA, TEXT, SOFT = "var(--sea, #0a5a8c)", "var(--text, #14213d)", "var(--soft, #46536b)"
LINE, QUIET, BEAM = "var(--line, #7b879c)", "var(--quiet, #eef3f7)", "var(--beam, #ffc94d)"
# Drawn for a phone's width and enlarged on a desk: small print is smallest where it is read in fear.
_WIDTH, _FONT = 400, 15
_ROW, _LETTER = 34, 8.2  # height of a bar's row, and the room that a letter takes at most
_HEIGHT, _LEFT, _TOP, _BOTTOM, _RIGHT = 240, 34, 20, 34, 36


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its length (None: no number may be drawn) and the words at its end."""

    name: str
    number: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Point:
    """One week or month of a line: its label, its count, and the band of what was usual."""

    label: str
    number: float
    low: float | None = None
    high: float | None = None
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """An event under the line, from one point to another (places from 0)."""

    words: str
    first: int
    last: int


def bar_chart(title: str, description: str, bars: Sequence[Bar], ident: str = "bars") -> str:
    """Bars from left to right, each with its name before it and its number in words behind it."""
    longest = max((bar.number or 0 for bar in bars), default=0) or 1
    left = min(_LETTER * max((len(bar.name) for bar in bars), default=0) + 14, _WIDTH / 2)
    room = _WIDTH - left - _LETTER * max((len(bar.words) for bar in bars), default=0) - 12
    parts = []
    for place, bar in enumerate(bars):
        middle = 12 + place * _ROW + _ROW / 2
        length = room * (bar.number or 0) / longest
        parts.append(_text(bar.name, left - 10, middle, "end"))
        if length:
            box = f'x="{left:.1f}" y="{middle - 10:.1f}" width="{length:.1f}" height="20" rx="3"'
            parts.append(f'<rect {box} fill="{SEA}"/>')
        elif bar.number is None:
            # What may not be shown gets a mark of its own: an empty place would look like none.
            parts.append(f'<path d="M{left:.1f} {middle - 10:.1f}v20" stroke="{LINE}" stroke-dasharray="3 3"/>')
        parts.append(_text(bar.words, left + length + 8, middle, "start"))
    return _svg(title, description, 24 + len(bars) * _ROW, parts, ident)


def line_chart(
    title: str, description: str, points: Sequence[Point], marks: Sequence[Mark] = (), ident: str = "line"
) -> str:
    """A line over time with the usual range as a pale band, weeks that alarmed marked, and events named below."""
    highest = max((max(one.number, one.high or 0) for one in points), default=0) or 1
    scale = _Scale(len(points), highest)
    parts = [*_axis(scale, points), *_marks(scale, marks), _band(scale, points)]
    path = " ".join(f"{scale.x(place):.1f},{scale.y(one.number):.1f}" for place, one in enumerate(points))
    parts.append(f'<polyline points="{path}" fill="none" stroke="{SEA}" stroke-width="2.5"/>')
    for place, one in enumerate(points):
        if one.alarm:
            x, y = scale.x(place), scale.y(one.number)
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{BEAM}" stroke="{TEXT}" stroke-width="2"/>'
            )
    if points:
        last = points[-1]
        parts.append(_text(f"{last.number:,g}", scale.x(len(points) - 1) + 8, scale.y(last.number), "start"))
    return _svg(title, description, _HEIGHT + 22 * len(marks), parts, ident)


@dataclass(frozen=True, slots=True)
class _Scale:
    count: int
    highest: float

    def x(self, place: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * place / max(1, self.count - 1)

    def y(self, number: float) -> float:
        return _HEIGHT - _BOTTOM - (_HEIGHT - _BOTTOM - _TOP) * number / self.highest


def _axis(scale: _Scale, points: Sequence[Point]) -> list[str]:
    parts = []
    for number in (0, _round_tick(scale.highest)):
        y = scale.y(number)
        parts.append(f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="{LINE}" stroke-width="0.7"/>')
        parts.append(_text(f"{number:,g}", _LEFT - 8, y, "end", SOFT))
    for place, anchor in {0: "start", len(points) - 1: "end"}.items():
        if points:
            parts.append(_text(points[place].label, scale.x(place), _HEIGHT - 12, anchor, SOFT))
    return parts


def _round_tick(highest: float) -> float:
    """The largest of 1, 2 or 5 times a power of ten that is not above the highest number."""
    ten = 10.0 ** math.floor(math.log10(highest))
    return max(step * ten for step in (1, 2, 5) if step * ten <= highest)


def _band(scale: _Scale, points: Sequence[Point]) -> str:
    known = [(place, one) for place, one in enumerate(points) if one.low is not None and one.high is not None]
    above = [f"{scale.x(place):.1f},{scale.y(one.high or 0):.1f}" for place, one in known]
    below = [f"{scale.x(place):.1f},{scale.y(one.low or 0):.1f}" for place, one in reversed(known)]
    return f'<polygon points="{" ".join(above + below)}" fill="{SEA}" fill-opacity="0.16"/>' if known else ""


def _marks(scale: _Scale, marks: Sequence[Mark]) -> list[str]:
    parts = []
    for row, mark in enumerate(marks):
        left, right = scale.x(mark.first - 0.4), scale.x(mark.last + 0.4)
        parts.append(
            f'<rect x="{left:.1f}" y="{_TOP - 6}" width="{max(3.0, right - left):.1f}" '
            f'height="{_HEIGHT - _BOTTOM - _TOP + 6}" fill="{LINE}" fill-opacity="0.18"/>'
        )
        late = left > _WIDTH / 2
        y = _HEIGHT + 8 + 22 * row
        parts.append(f'<path d="M{(left + right) / 2:.1f} {_HEIGHT - _BOTTOM}V{y - 8}" stroke="{LINE}"/>')
        parts.append(_text(mark.words, right if late else left, y, "end" if late else "start", SOFT))
    return parts


def _text(words: str, x: float, y: float, anchor: str, colour: str = TEXT) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" dy="0.35em" text-anchor="{anchor}" fill="{colour}" '
        f'font-size="{_FONT}">{escape(words)}</text>'
    )


def _svg(title: str, description: str, height: float, parts: Sequence[str], ident: str) -> str:
    name = quoteattr(f"{ident}-title {ident}-description")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:.0f}" role="img" '
        f'aria-labelledby={name} font-family="system-ui, sans-serif">'
        f"<title id={quoteattr(ident + '-title')}>{escape(title)}</title>"
        f"<desc id={quoteattr(ident + '-description')}>{escape(description)}</desc>"
        f"{''.join(parts)}</svg>"
    )
