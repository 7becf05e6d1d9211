"""Numbers read aloud."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.speak import numbers

_PLACES = {"十": 10, "百": 100, "千": 1000}
_FIGURES = {figure: value for value, figure in enumerate("零一二三四五六七八九")} | {"两": 2}


def _value(spoken: str) -> int:
    """Read a Chinese number below 10**16 back, independently of how it was made."""
    total = group = figure = 0
    for character in spoken:
        if character in _FIGURES:
            figure = _FIGURES[character]
        elif character in _PLACES:
            group += (figure or 1) * _PLACES[character]
            figure = 0
        elif character == "万":
            total, group, figure = (total + group + figure) * 10_000, 0, 0
        else:
            total, group, figure = (total + group + figure) * 100_000_000, 0, 0
    return total + group + figure


@given(st.integers(0, 10**8 - 1))
def test_a_cardinal_says_its_value(value: int) -> None:
    assert _value(numbers.cardinal(str(value))) == value


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("0", "零"),
        ("10", "十"),
        ("12", "十二"),
        ("105", "一百零五"),
        ("110", "一百一十"),
        ("2000", "两千"),
        ("10010", "一万零一十"),
        ("20000", "两万"),
        ("1000000", "一百万"),
        ("100000000", "一亿"),
        ("007", "零零七"),
    ],
)
def test_cardinals(written: str, said: str) -> None:
    assert numbers.cardinal(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("8", "八块钱"),
        ("2", "两块钱"),
        ("5.5", "五块五"),
        ("0.5", "五毛"),
        ("12.35", "十二块三毛五"),
        ("8.05", "八块零五分"),
        ("100", "一百块钱"),
    ],
)
def test_money(written: str, said: str) -> None:
    assert numbers.money(written) == said


@given(st.text("0123456789", min_size=1, max_size=30))
def test_phone_groups_keep_every_digit_in_groups_of_at_most_four(figures: str) -> None:
    groups = numbers.phone_groups(figures)
    assert "".join(groups) == figures
    assert all(1 <= len(group) <= 4 for group in groups)
