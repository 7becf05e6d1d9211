"""Meaning, not wording: words of one meaning are found by their sound, the longest first.

A phrasing bank never holds all the words people use. The pack lists words of one meaning as a *concept*; the model
then sees 「柜台」 and 「门市部」 as the same thing, even where no phrasing has the second.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from voice.understand.confusion import class_of_sound
from voice.understand.normal import normalise
from voice.understand.templates import units

ALIKE = 2
"""Syllables from which a word is also found as an accent says it. Single syllables have too many likes."""

BEGINNING = 2
"""Syllables by which words are looked up."""

_Sounds = tuple[str, ...]


class Spotter:
    """Finds listed words in a run of sounds."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        """``words``: name of each concept to its words; a word listed twice counts for the first."""
        self._names: dict[_Sounds, str] = {}
        self._alike: dict[_Sounds, str] = {}
        self._lengths: dict[_Sounds, tuple[int, ...]] = {}
        """First two classes of words, or the one of single syllables, to the words' lengths, longest first."""
        for name, listed in words.items():
            for word in listed:
                sounds = tuple(units(normalise(word).text))
                if sounds:
                    self._enter(sounds, name)

    def _enter(self, sounds: _Sounds, name: str) -> None:
        classes = tuple(map(class_of_sound, sounds))
        self._names.setdefault(sounds, name)
        if len(sounds) >= ALIKE:
            self._alike.setdefault(classes, name)
        begins = classes[:BEGINNING]
        lengths = {len(sounds), *self._lengths.get(begins, ())}
        self._lengths[begins] = tuple(sorted(lengths, reverse=True))

    def spot(self, sounds: Sequence[str]) -> tuple[str, ...]:
        """Names of the concepts in ``sounds`` (toneless syllables), in order; longer words win, and of two words as
        long the one that is said exactly so."""
        classes = tuple(map(class_of_sound, sounds))
        found: list[str] = []
        at = 0
        while at < len(sounds):
            length, name = self._match(sounds, classes, at)
            if length:
                found.append(name)
            at += length or 1
        return tuple(found)

    def _match(self, sounds: Sequence[str], classes: _Sounds, at: int) -> tuple[int, str]:
        longer = self._lengths.get(classes[at : at + BEGINNING], ())
        for length in (*longer, *self._lengths.get(classes[at : at + 1], ())):
            end = at + length
            if end > len(sounds):
                continue
            name = self._names.get(tuple(sounds[at:end])) or self._alike.get(classes[at:end])
            if name is not None:
                return length, name
        return 0, ""
