"""Sentence templates compared by sound.

A template is Chinese text with ``(a|b)`` for alternatives, ``(a|)`` or ``[a]`` for what may be missing and ``~`` for up
to four syllables of anything. It is compiled into a regular expression over syllables, so 「在讲一变」 matches
``(再|重新)讲一遍``: same sound, other characters. Nothing is matched nearly: each syllable fits or it does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from voice.errors import ContentError
from voice.understand.syllables import readings, toneless

KEEP_TONE = frozenset({"ting"})
POLYPHONES = frozenset("行重长还得着了都调教没便降更传转数为和地会只几好看觉朝少大干")
"""Characters whose second reading is common in speech; of others only the most frequent counts."""
READINGS = 2
GAP = r"(?:\S+ ){0,4}"
"""What ``~`` stands for."""


def spell(text: str) -> str:
    """``text`` as syllables, each followed by a space: the string that templates are matched against."""
    return "".join(f"{(opposites_apart(character) or (character,))[0]} " for character in text)


@lru_cache(maxsize=20_000)
def opposites_apart(character: str) -> tuple[str, ...]:
    """The toneless readings of a character that people use, but with the tone where it alone keeps
    opposites apart: 听 is a yes to 「要不要听」, and 停 means be quiet."""
    found: list[str] = []
    for syllable in readings(character)[:READINGS]:
        sound = syllable.toneless
        found.append(f"{sound}{syllable.tone}" if sound in KEEP_TONE else sound)
    if character not in POLYPHONES:
        found = found[:1]
    return tuple(dict.fromkeys(found))


def units(text: str) -> list[str]:
    """One toneless syllable for each character of ``text``: its most frequent reading, or itself."""
    return [(toneless(character) or (character,))[0] for character in text]


@dataclass(frozen=True)
class Template:
    """A compiled template."""

    source: str
    pattern: re.Pattern[str]

    def covers(self, spelled: str) -> bool:
        """True when the whole of ``spelled`` fits."""
        return self.pattern.fullmatch(spelled) is not None

    def found_in(self, spelled: str) -> tuple[int, int] | None:
        """First and last-plus-one syllable of the longest fitting part, None when no part fits."""
        found = [match.span() for match in self.pattern.finditer(spelled) if match[0]]
        if not found:
            return None
        start, end = max(found, key=lambda span: spelled.count(" ", *span))
        return spelled.count(" ", 0, start), spelled.count(" ", 0, end)


def compile_template(source: str) -> Template:
    """Compile one template; raises ContentError when its brackets do not match."""
    pattern = "".join(_piece(character) for character in source)
    try:
        return Template(source, re.compile(r"(?<!\S)(?:" + pattern + ")"))
    except re.error as error:
        raise ContentError(f"the template {source!r} is not well formed: {error}") from error


def compile_all(sources: Iterable[str]) -> tuple[Template, ...]:
    """Compile many."""
    return tuple(compile_template(source) for source in sources)


_SPECIAL = {"(": "(?:", "|": "|", ")": ")", "[": "(?:", "]": ")?", "~": GAP, "（": "(?:", "）": ")"}


def _piece(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if character.isspace():
        return ""
    heard = opposites_apart(character) or (character,)
    choices = "|".join(map(re.escape, heard))
    return f"(?:(?:{choices}) )"
