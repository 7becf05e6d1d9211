"""What a recogniser makes of syllables that it hears badly: drawn from what it made of thousands of them.

``confusion`` lists what accents merge; a recogniser errs in other ways. Across a room it drops the soft beginnings
(l, t, b), takes ao for ou, and loses or adds whole syllables. ``mishearing.json`` counts what Whisper base wrote
for phrasings spoken by eight synthetic voices: clean, in noise, and across rooms. ``scripts/learn_mishearing.py``
makes it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from voice.understand.confusion import split
from voice.understand.syllables import common_characters, readings

DATA = Path(__file__).with_name("mishearing.json")
TRIES = 8
"""Draws of a beginning and an end until they make a syllable that exists."""

Counts = Mapping[str, Mapping[str, int]]
"""What was said, to what was written for it and how often."""


@dataclass(frozen=True)
class Mishearing:
    """What becomes of a syllable once it is misheard."""

    initials: Counts
    """Beginnings, ``""`` where there is none."""
    finals: Counts
    lost: float
    """Share of the misheard syllables for which nothing is written, 0 to 1."""
    added: float
    """Syllables written for nothing, for each misheard one."""

    def heard(self, sounds: Sequence[str], share: float, chance: random.Random) -> tuple[str, ...]:
        """``sounds`` (toneless syllables) as they may be written when about ``share`` of them, 0 to 1, is misheard."""
        return tuple(each for sound in sounds for each in self._one(sound, share, chance))

    def _one(self, sound: str, share: float, chance: random.Random) -> Iterator[str]:
        if chance.random() >= share:
            yield sound
            return
        if chance.random() >= self.lost:
            yield self._other(sound, chance)
        if chance.random() < self.added:
            yield chance.choice(every_sound())

    def _other(self, sound: str, chance: random.Random) -> str:
        initial, final = split(sound)
        for _ in range(TRIES):
            other = _drawn(self.initials, initial, chance) + _drawn(self.finals, final, chance)
            if other != sound and other in _existing():
                return other
        return sound


@lru_cache(maxsize=1)
def measured() -> Mishearing:
    """What was measured."""
    data = json.loads(DATA.read_text(encoding="utf-8"))
    return Mishearing(data["initials"], data["finals"], data["lost"], data["added"])


@lru_cache(maxsize=1)
def every_sound() -> tuple[str, ...]:
    """Every toneless syllable of Mandarin, sorted."""
    found = {
        syllable.toneless
        for character in common_characters()
        for syllable in readings(character)[:1]
    }
    return tuple(sorted(found))


@lru_cache(maxsize=1)
def _existing() -> frozenset[str]:
    return frozenset(every_sound())


def _drawn(counts: Counts, part: str, chance: random.Random) -> str:
    seen = counts.get(part)
    if not seen:
        return part
    return chance.choices(list(seen), list(seen.values()))[0]
