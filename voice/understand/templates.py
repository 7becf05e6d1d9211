"""Sentence templates compared by sound.

A template is Chinese text with ``(a|b)`` for alternatives, ``(a|)`` or ``[a]`` for what may be missing and ``~`` for up
to four syllables of anything. It is compiled into a regular expression over syllables, so 「在讲一变」 matches
``(再|重新)讲一遍``: same sound, other characters. Nothing is matched nearly: each syllable fits or it does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from voice.errors import ContentError
from voice.understand.confusion import codes
from voice.understand.syllables import toneless

GAP = r"(?:\S+ ){0,4}"
"""What ``~`` stands for."""


def spell(text: str, *, merged: bool = False) -> str:
    """``text`` as syllables, each followed by a space: the string that templates are matched against.

    With ``merged`` sounds that accents do not tell apart are written alike (see ``confusion``).
    """
    return "".join(f"{unit} " for unit in units(text, merged=merged))


def units(text: str, *, merged: bool = False) -> list[str]:
    """One unit of sound for each character of ``text``: its most frequent reading, or itself."""
    read = codes if merged else toneless
    return [(read(character) or (character,))[0] for character in text]


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


def compile_template(source: str, *, merged: bool = False) -> Template:
    """Compile one template; raises ContentError when its brackets do not match."""
    pattern = "".join(_piece(character, merged) for character in source)
    try:
        return Template(source, re.compile(r"(?<!\S)(?:" + pattern + ")"))
    except re.error as error:
        raise ContentError(f"the template {source!r} is not well formed: {error}") from error


def compile_all(sources: Iterable[str], *, merged: bool = False) -> tuple[Template, ...]:
    """Compile many."""
    return tuple(compile_template(source, merged=merged) for source in sources)


_SPECIAL = {"(": "(?:", "|": "|", ")": ")", "[": "(?:", "]": ")?", "~": GAP, "（": "(?:", "）": ")"}


def _piece(character: str, merged: bool) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if character.isspace():
        return ""
    read = codes(character) if merged else toneless(character)
    choices = "|".join(re.escape(unit) for unit in read) or re.escape(character)
    return f"(?:(?:{choices}) )"
