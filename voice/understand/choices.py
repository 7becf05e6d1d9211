"""Which of the options on offer is meant, by name or description; numbers are commands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from voice.understand.meaning import Choice
from voice.understand.normal import Utterance, normalise
from voice.understand.templates import Templates, spell

_NOT, _NOR = spell("不"), "|".join(map(spell, "没别"))
_SUGGESTED = "".join(f"(?<!{spell(word)})" for word in "要是")
DENIED_BEFORE = re.compile(
    rf"(?<!\S)(?:{_SUGGESTED}{_NOT}(?!{spell('如')})|{_NOR})(?:\S+ ){{0,2}}$"
)
"""「不去营业厅」, 「没有手机」, 「不会用手机」: the name is denied by what stands before it; 「要不打电话」,
「不如打电话」 and 「是不是打电话」 deny nothing…"""
_UNABLE = "|".join(map(spell, "会行懂能方好来了通想中"))
_TOO = "|".join(map(spell, ("太远", "太麻", "太难", "没有")))
DENIED_BEHIND = re.compile(rf"(?:\S+ ){{0,2}}?(?:{_NOT}(?:{_UNABLE})|{_TOO})")
"""…or behind it: 「手机我不会用」, 「营业厅太远」."""
ASKED_BEHIND = re.compile(rf"(?:\S+ ){{0,2}}?(\S+) {_NOT}\1 ")
"""「手机上行不行」 denies nothing."""


def named(utterance: Utterance, choices: tuple[Choice, ...], share: float = 0.0) -> int | None:
    """Index of the one option that the utterance names; None when it names none, or several alike.

    The name must make up at least ``share``, 0 to 1, of the syllables. Where names of several options
    occur the longest decides: 「打电话」 beats the 「电话」 in another option's name. A name that is denied
    does not count, and where all the others are denied the last option is meant.
    """
    clauses = [spell(clause) for clause in utterance.clauses]
    found = [[_occurrence(name, clauses) for name in _names(c)] for c in choices]
    lengths = [max((length for length, denied in of if not denied), default=0) for of in found]
    longest = max(lengths, default=0)
    if longest:
        if longest < share * len(utterance.text):
            return None
        return lengths.index(longest) if lengths.count(longest) == 1 else None
    left = [i for i, of in enumerate(found) if not any(length for length, _ in of)]
    return left[0] if len(left) == 1 < len(choices) and not share else None


def picked(
    utterance: Utterance,
    choices: tuple[Choice, ...],
    before: tuple[str, ...],
    behind: tuple[str, ...],
) -> int | None:
    """Index of the option that the last clause which does nothing else picks: 「那就打电话办吧」.

    ``before`` and ``behind`` are the words that may stand around the name.
    """
    for clause in reversed(utterance.clauses):
        spelled = spell(clause)
        for index, choice in enumerate(choices):
            if _picking(_names(choice), before, behind).cover(spelled):
                return index
    return None


@lru_cache(maxsize=64)
def _picking(names: tuple[str, ...], before: tuple[str, ...], behind: tuple[str, ...]) -> Templates:
    plain = dict.fromkeys(normalise(name).text for name in names)
    return Templates([f"{_one(before)}*{_one(each for each in plain if each)}{_one(behind)}*"])


def _one(words: Iterable[str]) -> str:
    return f"({'|'.join(words)})"


def _names(choice: Choice) -> tuple[str, ...]:
    return (choice.label, *choice.names)


def _occurrence(name: str, clauses: list[str]) -> tuple[int, bool]:
    """Syllables of ``name`` when its sound occurs in a clause, else 0; and whether it is denied there."""
    sound = spell(normalise(name).text)
    denied = False
    for clause in clauses:
        at = f" {clause}".find(f" {sound}")
        if not sound or at < 0:
            continue
        before, behind = clause[:at], clause[at + len(sound) :]
        asked = ASKED_BEHIND.match(behind)
        if not DENIED_BEFORE.search(before) and (asked or not DENIED_BEHIND.match(behind)):
            return sound.count(" "), False
        denied = True
    return (sound.count(" ") if denied else 0), denied
