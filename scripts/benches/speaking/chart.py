"""The result as a picture: how much of what each voice says is misheard, written as SVG."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

ROW, LEFT, SCALE, TOP = 46, 190, 24, 52
"""Pixels; the scale is pixels a percent of error."""
GOAL = 5.0
"""Percent of syllables that may be misheard."""
SERIES = (("syllable error %", "#1b6e5a"), ("character error %", "#b0b7bd"))


def chart(results: Mapping[str, Mapping[str, float]], title: str) -> str:
    """``results``: figures by voice. Errors beyond 30 % are drawn to the edge, their number beside."""
    width, height = LEFT + 30 * SCALE + 70, TOP + ROW * len(results) + 40
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"',
        ' font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        f'<text x="12" y="22" font-size="14" font-weight="bold">{escape(title)}</text>',
    ]
    for row, (name, figures) in enumerate(results.items()):
        y = TOP + ROW * row
        parts.append(f'<text x="{LEFT - 8}" y="{y + 22}" text-anchor="end">{escape(name)}</text>')
        for place, (key, colour) in enumerate(SERIES):
            length = min(30.0, figures[key]) * SCALE
            top = y + 17 * place
            parts.append(
                f'<rect x="{LEFT}" y="{top}" width="{length:.1f}" height="14" fill="{colour}"/>'
                f'<text x="{LEFT + length + 5:.1f}" y="{top + 11}">{figures[key]:.1f} %</text>'
            )
    goal = LEFT + GOAL * SCALE
    parts.append(
        f'<path d="M{goal} {TOP - 8}V{height - 34}" stroke="#c8791c" stroke-dasharray="4 3"/>'
    )
    for place, (key, colour) in enumerate(SERIES):
        x = LEFT + 170 * place
        parts.append(f'<rect x="{x}" y="{height - 24}" width="11" height="11" fill="{colour}"/>')
        parts.append(f'<text x="{x + 16}" y="{height - 14}">{escape(key[:-2])}</text>')
    parts.append(f'<text x="{LEFT + 340}" y="{height - 14}">dashed: the goal, {GOAL:.0f} %</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"
