"""Which sounds are taken for one another: accents, old voices, and what recognisers mishear.

The classes follow the well-known mergers of southern and south-western Mandarin (zh/z, n/l, f/h, in/ing …). A merged
syllable is a *class code*: two syllables with the same code differ only by a cheap confusion.
"""

from __future__ import annotations

import random
from functools import lru_cache

from voice.understand.syllables import Syllable, readings

INITIAL_PAIRS = (
    ("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("f", "h"), ("r", "l"), ("r", ""),
)  # fmt: skip
"""Initials that many speakers do not tell apart."""
FINAL_PAIRS = (
    ("an", "ang"), ("en", "eng"), ("in", "ing"), ("uan", "uang"), ("ian", "iang"), ("un", "en"),
    ("ui", "ei"), ("v", "i"), ("ve", "ie"), ("uo", "o"), ("e", "o"), ("vn", "in"), ("ong", "eng"),
)  # fmt: skip
"""Finals that many speakers do not tell apart, lost medials included."""

_INITIAL_CLASS = {"zh": "z", "ch": "c", "sh": "s", "n": "l", "r": "l"}
_FINAL_CLASS = {
    "ang": "an", "eng": "en", "ing": "in", "uang": "uan", "iang": "ian", "un": "en", "uen": "en",
    "ui": "ei", "uei": "ei", "v": "i", "ve": "ie", "vn": "in", "van": "ian", "uo": "o", "e": "o",
}  # fmt: skip
_WITHOUT_MEDIAL = {"ui": "ei", "un": "en"}
"""Finals spelled without their main vowel, as they are heard where f stands for hu: 会 fei, 混 fen."""


def class_code(syllable: Syllable) -> str:
    """The syllable with merged sounds written alike and the tone dropped."""
    initial, final = syllable.initial, syllable.final
    if initial == "h" and final.startswith("u"):
        initial, final = "f", _WITHOUT_MEDIAL.get(final, final[1:] or "u")
    return _INITIAL_CLASS.get(initial, initial) + _FINAL_CLASS.get(final, final)


@lru_cache(maxsize=50_000)
def codes(character: str) -> tuple[str, ...]:
    """The distinct class codes of a character's readings, the most frequent first."""
    return tuple(dict.fromkeys(class_code(syllable) for syllable in readings(character)))


@lru_cache(maxsize=5_000)
def class_of_sound(sound: str) -> str:
    """The class code of a toneless syllable; anything else stays itself."""
    initial, final = split(sound)
    return class_code(Syllable(initial, final, 5))


@lru_cache(maxsize=20_000)
def substitutes(sound: str) -> tuple[str, ...]:
    """Toneless syllables that ``sound`` is confused with."""
    initial, final = split(sound)
    initials = {b for a, b in INITIAL_PAIRS if a == initial}
    initials |= {a for a, b in INITIAL_PAIRS if b == initial and b}
    finals = {b for a, b in FINAL_PAIRS if a == final} | {a for a, b in FINAL_PAIRS if b == final}
    found = [other + final for other in sorted(initials)]
    found += [initial + other for other in sorted(finals)]
    return tuple(found)


def split(sound: str) -> tuple[str, str]:
    """A toneless syllable as initial and final."""
    for length in (2, 1):
        if sound[:length] in ("zh", "ch", "sh") or (
            length == 1 and sound[:1] in "bpmfdtnlgkhjqxrzcs"
        ):
            return sound[:length], sound[length:]
    return "", sound


def corrupted(sounds: tuple[str, ...], share: float, chance: random.Random) -> tuple[str, ...]:
    """About ``share`` (0 to 1) of the syllables replaced by one that they are confused with."""

    def one(sound: str) -> str:
        others = substitutes(sound)
        return chance.choice(others) if others and chance.random() < share else sound

    return tuple(map(one, sounds))
