"""How near an utterance comes to something that is known to be said for an entry.

Each syllable is written as one character that stands for its confusion class, so that rapidfuzz's edit distance over
characters is an edit distance over syllables in which accents and homophones cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from voice.understand.confusion import class_of_sound

_FIRST = 0xE000
"""The first of Unicode's private characters: none of them occurs in text."""
_UNKNOWN = chr(_FIRST - 1)


@dataclass(frozen=True)
class Neighbours:
    """The known sentences of each entry, in sounds."""

    symbols: Mapping[str, str]
    """The character that stands for each confusion class."""
    sentences: Mapping[str, tuple[str, ...]]
    """Entry to its sentences, each a string of those characters."""

    @classmethod
    def of(cls, known: Iterable[tuple[str, Sequence[str]]]) -> Neighbours:
        """``known``: an entry and the toneless syllables of a sentence, one pair a sentence."""
        symbols: dict[str, str] = {}
        sentences: dict[str, list[str]] = {}
        for entry, sounds in known:
            for sound in sounds:
                symbols.setdefault(class_of_sound(sound), chr(_FIRST + len(symbols)))
            sentences.setdefault(entry, []).append(_written(sounds, symbols))
        return cls(symbols, {entry: tuple(found) for entry, found in sentences.items()})

    def likeness(self, sounds: Sequence[str], entry: str) -> float:
        """Likeness, 0 to 1, of an utterance (toneless syllables) to the nearest sentence of ``entry``."""
        written, known = _written(sounds, self.symbols), self.sentences.get(entry, ())
        if not written or not known:
            return 0.0
        return float(process.extractOne(written, known, scorer=fuzz.ratio)[1]) / 100


def _written(sounds: Sequence[str], symbols: Mapping[str, str]) -> str:
    return "".join(symbols.get(class_of_sound(sound), _UNKNOWN) for sound in sounds)
