"""A southern accent, written: characters replaced by ones that sound as a southerner says them."""

from __future__ import annotations

import random
from functools import lru_cache

from voice.understand.syllables import Syllable, common_characters, readings

ALWAYS = {"zh": "z", "ch": "c", "sh": "s"}
"""Initials that the accent does not have."""
OFTEN = {"n": "l", "r": "l", "h": "f"}
"""Initials that some speakers of it change."""
OFTEN_SHARE = 0.3
"""Chance that a speaker has one of these, too."""
FINALS = {"ing": "in", "eng": "en", "ang": "an"}
"""Finals that lose their back nasal; the last one with some speakers only."""


def southern(text: str, chance: random.Random) -> str:
    """``text`` as one speaker with the accent says it: same length, other characters where it changes the sound."""
    initials = ALWAYS | {a: b for a, b in OFTEN.items() if chance.random() < OFTEN_SHARE}
    finals = dict(FINALS)
    if chance.random() >= OFTEN_SHARE:
        del finals["ang"]
    return "".join(_said(character, initials, finals) for character in text)


def _said(character: str, initials: dict[str, str], finals: dict[str, str]) -> str:
    known = readings(character)
    if not known:
        return character
    true = known[0]
    initial = initials.get(true.initial, true.initial)
    if true.initial == "h" and initial == "f" and not true.final.startswith("u"):
        initial = "h"
    final = true.final[1:] or "u" if initial == "f" and true.initial == "h" else true.final
    changed = Syllable(initial, finals.get(final, final), true.tone)
    return _homophones().get(str(changed), character) if changed != true else character


@lru_cache(maxsize=1)
def _homophones() -> dict[str, str]:
    """A character for each syllable with its tone, one without other readings where there is one."""
    alone: dict[str, str] = {}
    others: dict[str, str] = {}
    for character in common_characters():
        sounds = readings(character)
        (alone if len(sounds) == 1 else others).setdefault(str(sounds[0]), character)
    return others | alone
