"""Draws cost against size, both by powers of ten, as an SVG with its labels on the lines."""

import math
from collections.abc import Sequence
from pathlib import Path

WIDTH, HEIGHT, LEFT, BOTTOM = 640, 400, 70, 50
COLOURS = {"lightkeeper": "#0a5a8c", "splink": "#14213d", "union-find": "#7b879c"}


def draw_costs(points: Sequence[tuple[str, int, float]], path: Path) -> None:
    """`points` are name, reports and CPU seconds. Writes nothing when there is nothing to draw."""
    if not points:
        return
    low_x, high_x = _decades([reports for _, reports, _ in points])
    low_y, high_y = _decades([seconds for _, _, seconds in points])

    def place(reports: float, seconds: float) -> tuple[float, float]:
        x = LEFT + (math.log10(reports) - low_x) / (high_x - low_x) * (WIDTH - LEFT - 110)
        y = HEIGHT - BOTTOM - (math.log10(seconds) - low_y) / (high_y - low_y) * (HEIGHT - BOTTOM - 50)
        return round(x, 1), round(y, 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"',
        'font-family="system-ui" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fffdf8"/>',
        f'<text x="{LEFT}" y="26" font-size="16" fill="#14213d">CPU seconds from raw reports to suspects</text>',
    ]
    for power in range(low_x, high_x + 1):
        x, y = place(10**power, 10**low_y)
        parts.append(f'<text x="{x}" y="{y + 22}" text-anchor="middle" fill="#46536b">{10**power:,}</text>')
    for power in range(low_y, high_y + 1):
        x, y = place(10**low_x, 10**power)
        parts.append(f'<line x1="{x}" x2="{WIDTH - 110}" y1="{y}" y2="{y}" stroke="#eef3f7"/>')
        parts.append(f'<text x="{x - 8}" y="{y + 4}" text-anchor="end" fill="#46536b">{10.0**power:g}</text>')
    for name in dict.fromkeys(one for one, _, _ in points):
        line = [place(reports, seconds) for one, reports, seconds in points if one == name]
        colour = COLOURS.get(name, "#46536b")
        drawn = " ".join(f"{x},{y}" for x, y in line)
        parts.append(f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>' for x, y in line]
        # A line that ends before others has its name above it, where none of them runs.
        beside = max(one for _, one, _ in points) in (one for each, one, _ in points if each == name)
        x, y, anchor = (8, 4, "start") if beside else (-8, -8, "end")
        spot = f'x="{line[-1][0] + x}" y="{line[-1][1] + y}" text-anchor="{anchor}"'
        parts.append(f'<text {spot} fill="{colour}">{name}</text>')
    path.write_text("\n".join([*parts, "</svg>"]) + "\n", "utf-8")


def _decades(values: Sequence[float]) -> tuple[int, int]:
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)
