"""How Chinese text is pronounced: the syllables that every engine of the package obeys."""

from __future__ import annotations

from dataclasses import dataclass, replace

from voice.speak.lexicon import SUBJECT_WORDS, overrides
from voice.speak.sandhi import apply_sandhi
from voice.speak.segmentation import words


@dataclass(frozen=True)
class Syllable:
    """One spoken syllable."""

    character: str
    base: str
    """Pinyin without tone, ü written as v: ``"lv"``."""
    tone: int
    """1 to 4, or 5 for a weak syllable."""
    begins_word: bool = False
    """True at the first syllable of a word of the dictionary."""

    def __str__(self) -> str:
        return f"{self.base}{self.tone}"


def readings(text: str) -> tuple[Syllable, ...]:
    """The syllables of spoken text, with the polyphones of the subject and tone sandhi settled.

    Characters without a known reading are left out; a plan has next to none of them.
    """
    written = dictionary_readings(text)
    tones = apply_sandhi(
        tuple(syllable.character for syllable in written),
        tuple(syllable.tone for syllable in written),
    )
    return tuple(
        replace(syllable, tone=tone) for syllable, tone in zip(written, tones, strict=True)
    )


def dictionary_readings(text: str) -> tuple[Syllable, ...]:
    """The syllables as a dictionary gives them, before sandhi."""
    from pypinyin import Style, lazy_pinyin
    from pypinyin.constants import PINYIN_DICT

    text = "".join(character for character in text if ord(character) in PINYIN_DICT)
    starts, place = set(), 0
    for word in words(text, SUBJECT_WORDS):
        starts.add(place)
        place += len(word)
    sounds = lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True)
    own = overrides(text)
    syllables = []
    for index, (character, usual) in enumerate(zip(text, sounds, strict=True)):
        sound = own.get(index, usual)
        # The dictionary has the changed tones of 一 and 不 in some words only; sandhi starts from
        # the plain ones.
        tone = {"一": 1, "不": 4}.get(character, int(sound[-1]))
        syllables.append(Syllable(character, sound[:-1], tone, index in starts))
    return tuple(syllables)
