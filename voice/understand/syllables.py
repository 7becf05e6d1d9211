"""Sound, not spelling: every Han character as Mandarin syllables of initial, final and tone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import Style, pinyin

_INITIALS = (
    "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l",
    "g", "k", "h", "j", "q", "x", "r", "z", "c", "s",
)  # fmt: skip


@dataclass(frozen=True)
class Syllable:
    """One Mandarin syllable."""

    initial: str
    """A consonant as in Hanyu Pinyin, ``""`` where there is none."""
    final: str
    """The rest, ``v`` for ü; y and w are spelled as the vowels they stand for."""
    tone: int
    """1 to 4, 5 for the neutral tone."""

    def __str__(self) -> str:
        return f"{self.initial}{self.final}{self.tone}"

    @property
    def toneless(self) -> str:
        """Initial and final, the sound without its melody."""
        return self.initial + self.final


def parse(spelling: str) -> Syllable:
    """A syllable from pinyin with a tone digit, such as ``yue1`` or ``lv4``."""
    match = re.fullmatch(r"([a-zü]+)([1-5]?)", spelling)
    if match is None:
        return Syllable("", spelling, 5)
    letters, tone = match[1].replace("ü", "v"), int(match[2] or 5)
    letters = _spell_out_glides(letters)
    for initial in _INITIALS:
        if letters.startswith(initial):
            return Syllable(initial, _final(initial, letters[len(initial) :]), tone)
    return Syllable("", letters, tone)


def _spell_out_glides(letters: str) -> str:
    """yi, wu, yu and their kin as the plain vowels: 月 yue is ve, 外 wai is uai."""
    if letters.startswith("yu"):
        return "v" + letters[2:]
    if letters.startswith("y"):
        rest = letters[1:]
        return rest if rest.startswith("i") else "i" + rest
    if letters.startswith("w"):
        rest = letters[1:]
        return rest if rest == "u" else "u" + rest
    return letters


def _final(initial: str, final: str) -> str:
    """ju, qu, xu are written with u and said with ü."""
    if initial in ("j", "q", "x") and final.startswith("u"):
        return "v" + final[1:]
    return final


@lru_cache(maxsize=50_000)
def readings(character: str) -> tuple[Syllable, ...]:
    """All readings of a character, the most frequent first; empty for what is not a Han character."""
    found = pinyin(
        character, style=Style.TONE3, heteronym=True, neutral_tone_with_five=True, errors="ignore"
    )
    spellings = found[0] if found else []
    return tuple(dict.fromkeys(parse(spelling) for spelling in spellings))


@lru_cache(maxsize=50_000)
def toneless(character: str) -> tuple[str, ...]:
    """The distinct readings of a character without tone, the most frequent first."""
    return tuple(dict.fromkeys(syllable.toneless for syllable in readings(character)))


def sounds(text: str) -> tuple[str, ...]:
    """The most frequent toneless reading of every character of ``text`` that has one."""
    return tuple(found[0] for character in text if (found := toneless(character)))


@lru_cache(maxsize=1)
def common_characters() -> tuple[str, ...]:
    """The 3755 most frequent characters, the first level of GB 2312, in its order; they have every syllable."""
    found: list[str] = []
    for code in range(0xB0A1, 0xD7F9 + 1):
        try:
            found.append(code.to_bytes(2, "big").decode("gb2312"))
        except UnicodeDecodeError:
            continue  # the table has gaps
    return tuple(found)
