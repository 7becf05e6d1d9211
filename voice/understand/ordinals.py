"""Which of the options on offer is meant, by its place in the order: 「第二个吧」, 「三号那个」, 「最后说的」. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voice.understand.choices import DENIED_BEFORE
from voice.understand.normal import Utterance
from voice.understand.templates import spell

ENOUGH = 0.4
"""Part of the syllables from which a place is what was said even where the words sound like a question."""


def _any(*words: str) -> str:
    return f"(?:{'|'.join(map(spell, words))})"


_NUMBERS = tuple(map(spell, "一二三"))
_NUMBER = f"({'|'.join(_NUMBERS)})"
_COUNTED = _any("步", "月", "年", "天", "次", "遍", "句", "回", "季", "星期", "礼拜")
"""What a number may count that is no option: 「第一个月」, 「第二步」."""
_KINDS = _any("个", "种", "样", "条", "项", "类", "款", "号", "位")
_PICKING = _any("要", "选", "挑", "按", "来", "是", "就", "说")
_SOFTENED = _any("号", "吧", "呗", "嘛", "呢", "啊")
_SAID_WITH_IT = _any(
    "那个",
    "这个",
    "那种",
    "的",
    "吧",
    "呗",
    "嘛",
    "呢",
    "啊",
    "好了",
    "得了",
    "就行",
    "办法",
    "选项",
)
"""What may stand behind 「二号」 that picks; 「下个月二号退」 and 「三号楼」 pick nothing."""
_PLACES = tuple(
    re.compile(rf"(?<!\S){pattern}")
    for pattern in (
        rf"{spell('第')}{_NUMBER}(?!(?:{spell('个')})?{_COUNTED}){_KINDS}?",
        rf"{spell('头')}{_NUMBER}{_KINDS}",
        rf"{_PICKING}{_NUMBER}(?:{_SOFTENED})*$",
        rf"(?<!{spell('月')})(?:{_any('是', '要', '选', '那', '就')})?{_NUMBER}{spell('号')}(?:{_SAID_WITH_IT})*$",
    )
)
_LAST = re.compile(
    rf"(?<!\S){_any('最后', '末尾', '末了', '排尾')}(?!(?:{spell('一')})?{_COUNTED})"
)
_MIDDLE = re.compile(
    rf"(?<!\S){_any('中间', '当中', '当间', '居中', '半中间')}(?:{spell('儿')})?(?:{spell('的')})?"
    rf"(?:{_any('那', '这', '一', '说')})*(?:{_KINDS}|$)"
)
"""Of three."""
_FIRST = re.compile(rf"(?<!\S){_any('最前', '最先', '打头', '开头')}")
_BEYOND = re.compile(
    rf"(?:{_PICKING})?{spell('第')}{_any(*'四五六七八九十')}{_KINDS}(?:{_SAID_WITH_IT})*"
)
_TOO = ("太难", "太麻", "太远", "太慢", "太绕", "太费", "太复", "太累", "太折")
_REFUSED = re.compile(
    rf"(?:\S+ )?{_any('都不', '不要', '不是', '不选', '不行', '不听', '不会', '不成', '弄不', '搞不', *_TOO)}"
)
"""What behind a place says that it is not meant."""


def beyond(utterance: Utterance) -> bool:
    """Whether nothing is named but a place that no choice has: 「第四个」."""
    return any(_BEYOND.fullmatch(spell(clause)) for clause in utterance.clauses)


def place(utterance: Utterance, count: int, *, likely_question: bool = False) -> int | None:
    """Index of the one of ``count`` options whose place is named; None when none is, or several are.

    Of several clauses the last that names one counts: who corrects himself does it behind. Where the words are a
    ``likely_question``, the place must be much of what was said.
    """
    for clause in reversed(utterance.clauses):
        found = list(_places(spell(clause), count))
        if not found:
            continue
        meant = {index for index, _ in found}
        size = sum(width for _, width in found)
        if len(meant) > 1 or (likely_question and size < ENOUGH * len(clause)):
            return None
        return meant.pop()
    return None


def _places(spelled: str, count: int) -> Iterator[tuple[int, int]]:
    """Index and syllables of each place that a clause names and does not refuse."""
    middle = (_MIDDLE,) if count == 3 else ()
    for pattern in (*_PLACES, _LAST, _FIRST, *middle):
        for match in pattern.finditer(spelled):
            before, behind = spelled[: match.start()], spelled[match.end() :]
            if DENIED_BEFORE.search(before) or _REFUSED.match(behind):
                continue
            ends = {_LAST: count - 1, _FIRST: 0, _MIDDLE: 1}
            index = ends[pattern] if pattern in ends else _NUMBERS.index(match[1])
            if index < count:
                yield index, match[0].count(" ")
