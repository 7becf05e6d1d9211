"""Sentence templates compared by sound.

A template is Chinese text with ``(a|b)`` for alternatives, ``(a|)`` or ``[a]`` for what may be missing, ``(a|b)*`` for
up to four of them in a row and ``~`` for up to four syllables of anything. It is compiled into a regular expression
over syllables, so 「在讲一变」 matches ``(再|重新)讲一遍``: same sound, other characters. Nothing is matched nearly:
each syllable fits or it does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

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


def spell_out(text: str) -> str:
    """``text`` as its characters, each followed by a space: what templates that are not compiled by sound match."""
    return "".join(f"{character} " for character in text)


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


@lru_cache(maxsize=4_096)
def compile_template(source: str, by_sound: bool = True) -> Template:
    """Compile one template; raises ContentError when its brackets do not match."""
    _well_formed(source)
    return Template(source, re.compile(_START + _pattern(source, by_sound)))


class Templates:
    """Many templates in one regular expression, ten times as fast as one after the other."""

    def __init__(self, sources: Iterable[str], *, by_sound: bool = True) -> None:
        """Raises ContentError when the brackets of a template do not match."""
        self._sources = tuple(sources)
        self._by_sound = by_sound
        for source in self._sources:
            _well_formed(source)

    @cached_property
    def _any(self) -> re.Pattern[str] | None:
        """All in one, compiled when it is first asked for: a pack's take half a second together."""
        patterns = [_pattern(source, self._by_sound) for source in self._sources]
        return re.compile(f"{_START}(?:{'|'.join(patterns)})") if patterns else None

    def cover(self, spelled: str) -> bool:
        """True when one of them fits the whole of ``spelled``."""
        return self._any is not None and self._any.fullmatch(spelled) is not None

    def occur_in(self, spelled: str) -> bool:
        """True when one of them fits a part of ``spelled``."""
        return self._any is not None and any(match[0] for match in self._any.finditer(spelled))

    def longest_in(self, spelled: str) -> int:
        """Syllables of the longest part of ``spelled`` that one of them fits, else 0."""
        if not self.occur_in(spelled):
            return 0
        templates = (compile_template(source, self._by_sound) for source in self._sources)
        spans = filter(None, (template.found_in(spelled) for template in templates))
        return max((end - start for start, end in spans), default=0)


_START = r"(?<!\S)"
_SPECIAL = {
    "(": "(?:",
    "|": "|",
    ")": ")",
    "[": "(?:",
    "]": ")?",
    "~": GAP,
    "（": "(?:",
    "）": ")",
    "*": "{0,4}",
}


_DEPTH = {"(": 1, "（": 1, "[": 1, ")": -1, "）": -1, "]": -1}


_STRAY = re.compile(r"(?:^|[^)）])\*")


def _pattern(source: str, by_sound: bool) -> str:
    return f"(?:{''.join(_piece(character, by_sound) for character in source)})"


def _well_formed(source: str) -> None:
    depth = 0
    for character in source:
        depth += _DEPTH.get(character, 0)
        if depth < 0:
            break
    if depth:
        raise ContentError(f"the template {source!r} is not well formed: its brackets do not match")
    if _STRAY.search(source):
        raise ContentError(f"the template {source!r} is not well formed: * stands behind no group")


def _piece(character: str, by_sound: bool) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if character.isspace():
        return ""
    heard = opposites_apart(character) if by_sound else ()
    first, *others = map(re.escape, heard or (character,))
    # Groups are what compiling takes longest for, and most characters need none.
    return f"(?:{'|'.join((first, *others))}) " if others else f"{first} "
