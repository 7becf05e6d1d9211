"""Tones that change beside other tones: 一, 不, and third tones in a row."""

from __future__ import annotations

from collections.abc import Sequence

_FIGURES = frozenset("零幺一二两三四五六七八九十")
_PLACES = frozenset("百千万亿")
_ORDINAL_BEFORE = frozenset("第初周期之唯统单专同万")
"""After these 一 keeps its tone: 第一, 周一, 统一, 万一."""
_ORDINAL_AFTER = frozenset("月号")
"""Before these 一 counts an order: 一月, 一号."""


def apply_sandhi(characters: Sequence[str], tones: Sequence[int]) -> tuple[int, ...]:
    """The tones as they are said, from a phrase's characters and dictionary tones (1 to 5)."""
    said = list(tones)
    for index, character in enumerate(characters):
        following = tones[index + 1] if index + 1 < len(tones) else 0
        if character == "一":
            said[index] = _one(characters, index, following)
        elif character == "不":
            said[index] = _not(characters, index, following)
    _third_tones(said)
    return tuple(said)


def _one(characters: Sequence[str], index: int, following: int) -> int:
    before = characters[index - 1] if index else ""
    after = characters[index + 1] if index + 1 < len(characters) else ""
    decimal = after == "点" and index + 2 < len(characters) and characters[index + 2] in _FIGURES
    in_figures = before in _FIGURES or after in _FIGURES or decimal
    if not after or in_figures or before in _ORDINAL_BEFORE or after in _ORDINAL_AFTER:
        return 1
    if before in _PLACES and after not in _PLACES:
        return 1
    if before and before == after and "一" not in tuple(characters[max(0, index - 2) : index]):
        return 5
    # The measure word 个 is weak yet counts as falling, as it is when stressed.
    return 2 if following == 4 or after == "个" else 4


def _not(characters: Sequence[str], index: int, following: int) -> int:
    between = 0 < index < len(characters) - 1
    if between and characters[index - 1] == characters[index + 1]:
        return 5
    return 2 if following == 4 else 4


def _third_tones(tones: list[int]) -> None:
    """Raise third tones before a third one: feet of two from the left, an odd last one joins."""
    start = 0
    while start < len(tones):
        end = start
        while end < len(tones) and tones[end] == 3:
            end += 1
        for index in range(start, end - 1):
            odd_tail = (end - start) % 2 == 1 and index == end - 2
            if (index - start) % 2 == 0 or odd_tail:
                tones[index] = 2
        start = max(end, start + 1)
