"""A run as the model gets it, and where its sound is cut into phrases again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voice.speak.phonemes import SYMBOLS, phonemes, token_ids
from voice.speak.readings import Syllable, readings
from voice.speak.spoken import SENTENCE_PAUSE
from voice.speak.synthesiser import Phrase

_SPACE = SYMBOLS[" "]
_DIGITS = frozenset("零幺一二三四五六七八九")
NUMBER_PACE = 0.8
"""Pace of the digits of a telephone number beside that of the words: they are to be written down, and at the pace of
words 零零 melts into one syllable."""


@dataclass(frozen=True)
class Part:
    """The symbols of one phrase of a run: from ``first``, its mark or space from ``mark``."""

    first: int
    mark: int
    after: int
    """The first symbol of the next phrase; at the end of the run, the number of symbols."""
    flows: bool
    """Whether the voice goes on to the next phrase without a rest."""
    pace: float = 1.0
    """Pace beside that of the run."""


@dataclass(frozen=True)
class Breath:
    """All symbols of a run, and its phrases in them."""

    symbols: list[int]
    parts: tuple[Part, ...]

    def paces(self, pace: float) -> NDArray[np.float32]:
        """The pace of each symbol, and of the mark at either end of the run, where words have ``pace``;
        shape (symbols + 2,)."""
        found = np.full(len(self.symbols) + 2, pace, dtype=np.float32)
        for part in self.parts:
            found[part.first + 1 : part.mark + 1] *= np.float32(part.pace)
        return found

    @property
    def speaks(self) -> bool:
        """Whether there is more than marks and spaces."""
        return any(part.mark > part.first for part in self.parts)


def breath(run: Sequence[Phrase]) -> Breath:
    """The symbols of phrases that are spoken in one breath."""
    symbols: list[int] = []
    parts: list[Part] = []
    spoken = _syllables(run)
    for phrase, syllables, behind in zip(run, spoken, [*spoken[1:], ()], strict=True):
        last = len(parts) == len(run) - 1
        flows = phrase.pause == 0 and not last
        first = len(symbols)
        symbols += token_ids(phonemes(syllables, "" if flows else _ending(phrase)))
        mark = len(symbols) - (not flows)
        inside_a_word = flows and behind and not behind[0].begins_word
        if not last and not inside_a_word:
            symbols.append(_SPACE)
        slow = NUMBER_PACE if len(phrase.text) > 1 and _DIGITS.issuperset(phrase.text) else 1.0
        parts.append(Part(first, mark, len(symbols), flows, slow))
    return Breath(symbols, tuple(parts))


def _syllables(run: Sequence[Phrase]) -> list[tuple[Syllable, ...]]:
    """The syllables of each phrase; tones change also where a phrase flows into the next."""
    found: list[tuple[Syllable, ...]] = []
    start = 0
    for place, phrase in enumerate(run):
        if phrase.pause == 0 and place < len(run) - 1:
            continue
        group = run[start : place + 1]
        start = place + 1
        syllables = readings("".join(each.text for each in group))
        for each in group:
            size = len(readings(each.text)) if len(group) > 1 else len(syllables)
            found.append(syllables[:size])
            syllables = syllables[size:]
    return found


def _ending(phrase: Phrase) -> str:
    if phrase.display.rstrip(" 」』”’）)").endswith(("？", "?")):
        return "?"
    return "." if phrase.pause >= SENTENCE_PAUSE else ","
