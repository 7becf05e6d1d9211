"""Meaning, not wording: words of one meaning are found by their sound, the longest first.

A phrasing bank never holds all the words people use. The pack lists words of one meaning as a *concept*; the model
then sees 「柜台」 and 「门市部」 as the same thing, even where no phrasing has the second.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from voice.understand.normal import normalise
from voice.understand.templates import units


class Spotter:
    """Finds listed words in a run of sounds."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        """``words``: name of each concept to its words; a word listed twice counts for the first."""
        self._names: dict[tuple[str, ...], str] = {}
        for name, listed in words.items():
            for word in listed:
                self._names.setdefault(tuple(units(normalise(word).text)), name)
        self._names.pop((), None)
        self._longest: dict[str, int] = {}
        for sounds in self._names:
            self._longest[sounds[0]] = max(len(sounds), self._longest.get(sounds[0], 0))

    def spot(self, sounds: Sequence[str]) -> tuple[str, ...]:
        """Names of the concepts in ``sounds`` (toneless syllables), in order; longer words win."""
        found: list[str] = []
        at = 0
        while at < len(sounds):
            length = self._match(sounds, at)
            if length:
                found.append(self._names[tuple(sounds[at : at + length])])
            at += length or 1
        return tuple(found)

    def _match(self, sounds: Sequence[str], at: int) -> int:
        for length in range(min(self._longest.get(sounds[at], 0), len(sounds) - at), 0, -1):
            if tuple(sounds[at : at + length]) in self._names:
                return length
        return 0
