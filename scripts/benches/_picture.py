"""Two line charts beside each other as SVG, written by hand."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

COLOURS = ("#0b5cad", "#c2410c", "#15803d", "#7e22ce", "#a16207", "#475569")
WIDTH, HEIGHT, EDGE, BELOW = 420, 300, 56, 40
"""Pixels of one chart with its edges."""


@dataclass(frozen=True)
class Chart:
    """Lines over a common axis."""

    title: str
    across: str
    """Name of the horizontal axis."""
    lines: Mapping[str, Sequence[tuple[float, float]]]
    ticks_across: Sequence[float]
    ticks_up: Sequence[float]
    logarithmic: bool = False

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Pixel of a point."""
        return (
            EDGE + (WIDTH - EDGE - 20) * self._part(x, self.ticks_across),
            (HEIGHT - BELOW) - (HEIGHT - BELOW - 36) * self._part(y, self.ticks_up),
        )

    def _part(self, value: float, ticks: Sequence[float]) -> float:
        low, high = min(ticks), max(ticks)
        if self.logarithmic:
            low, high, value = math.log(low), math.log(high), math.log(max(value, low))
        return (value - low) / (high - low)


def drawn(charts: Sequence[Chart]) -> str:
    """The charts with one legend."""
    names = list(dict.fromkeys(name for chart in charts for name in chart.lines))
    colour = dict(zip(names, COLOURS, strict=False))
    rows = [piece for i, chart in enumerate(charts) for piece in _chart(chart, i * WIDTH, colour)]
    for i, name in enumerate(names):
        x, y = 20 + (i % 3) * 270, HEIGHT + 18 + (i // 3) * 22
        rows.append(f'<rect x="{x}" y="{y - 9}" width="18" height="4" fill="{colour[name]}"/>')
        rows.append(f'<text x="{x + 26}" y="{y - 3}">{name}</text>')
    size = f"{WIDTH * len(charts)} {HEIGHT + 56}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" font-family="sans-serif" font-size="12">'
    back = '<rect width="100%" height="100%" fill="white"/>'
    return "\n".join([head, back, *rows, "</svg>", ""])


def _chart(chart: Chart, left: float, colour: Mapping[str, str]) -> list[str]:
    rows = [f'<g transform="translate({left:.0f},0)">']
    rows.append(f'<text x="{EDGE}" y="20" font-weight="bold">{chart.title}</text>')
    low, bottom = min(chart.ticks_across), min(chart.ticks_up)
    for tick in chart.ticks_up:
        x, y = chart.at(low, tick)
        far, _ = chart.at(max(chart.ticks_across), tick)
        rows.append(f'<line x1="{x:.0f}" y1="{y:.1f}" x2="{far:.0f}" y2="{y:.1f}" stroke="#ddd"/>')
        rows.append(f'<text x="{x - 6:.0f}" y="{y + 4:.1f}" text-anchor="end">{tick:g}</text>')
    for tick in chart.ticks_across:
        x, y = chart.at(tick, bottom)
        rows.append(f'<text x="{x:.0f}" y="{y + 16:.0f}" text-anchor="middle">{tick:,g}</text>')
    rows.append(
        f'<text x="{WIDTH / 2:.0f}" y="{HEIGHT - 6}" text-anchor="middle">{chart.across}</text>'
    )
    for name, points in chart.lines.items():
        path = " ".join("{:.1f},{:.1f}".format(*chart.at(*point)) for point in points)
        width = 3 if name == "ours" else 1.5
        rows.append(
            f'<polyline points="{path}" fill="none" stroke="{colour[name]}" stroke-width="{width}"/>'
        )
    return [*rows, "</g>"]
