"""The result as a picture: one group of bars a condition, written as SVG."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from benches.hearing.tally import Tally

COLOURS = ("#1b6e5a", "#b0b7bd", "#c8791c", "#5566aa")
"""One an engine; told apart by people who see no red or green, too."""
HEIGHT, LEFT, TOP, BAR, GAP = 220, 44, 44, 26, 22


def chart(results: Mapping[str, Mapping[str, Tally]], title: str) -> str:
    """``results``: engine, then condition. Bars are the share of questions answered right, in percent."""
    conditions = list(dict.fromkeys(name for found in results.values() for name in found))
    group = BAR * len(results) + GAP
    width = LEFT + group * len(conditions) + 20
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT + TOP + 62}"',
        ' font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="20" font-size="14" font-weight="bold">{escape(title)}</text>',
    ]
    for percent in (0, 25, 50, 75, 100):
        y = TOP + HEIGHT * (1 - percent / 100)
        parts.append(f'<path d="M{LEFT} {y}H{width - 12}" stroke="#dddddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4}" text-anchor="end">{percent}</text>')
    for place, condition in enumerate(conditions):
        x = LEFT + GAP / 2 + place * group
        for column, found in enumerate(results.values()):
            if condition in found:
                parts += _bar(x + BAR * column, found[condition], COLOURS[column % len(COLOURS)])
        middle = x + BAR * len(results) / 2
        parts.append(
            f'<text x="{middle}" y="{TOP + HEIGHT + 18}" text-anchor="middle">{escape(condition)}</text>'
        )
    for column, (name, found) in enumerate(results.items()):
        x, y = LEFT + 170 * column, TOP + HEIGHT + 40
        times = [time for tally in found.values() for time in tally.compute]
        mean = sum(times) / max(1, len(times))
        colour = COLOURS[column % len(COLOURS)]
        parts.append(f'<rect x="{x}" y="{y - 10}" width="11" height="11" fill="{colour}"/>')
        parts.append(f'<text x="{x + 16}" y="{y}">{escape(name)}: {mean:.2f} s compute</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _bar(x: float, tally: Tally, colour: str) -> list[str]:
    percent = tally.share(tally.right)
    y = TOP + HEIGHT * (1 - percent / 100)
    return [
        f'<rect x="{x}" y="{y:.1f}" width="{BAR - 3}" height="{HEIGHT * percent / 100:.1f}" fill="{colour}"/>',
        f'<text x="{x + BAR / 2 - 1.5}" y="{y - 3:.1f}" text-anchor="middle" font-size="10">{percent:.0f}</text>',
    ]
