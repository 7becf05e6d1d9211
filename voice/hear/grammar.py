"""Writing phrases in the words that a recogniser knows. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

LONGEST_WORD = 8
"""Characters tried as one word: longer Chinese entries are names."""


@dataclass(frozen=True)
class Grammar:
    """What can be listened for."""

    written: tuple[tuple[str, str], ...]
    """Each phrase with its words, separated by spaces, as the recogniser spells them."""
    uncovered: tuple[str, ...]
    """Phrases that the vocabulary cannot write: they are heard by the free recogniser alone."""


def grammar(phrases: tuple[str, ...], known: Callable[[str], bool]) -> Grammar:
    """Split every phrase into as few known words as it takes."""
    written: dict[str, str] = {}
    uncovered: list[str] = []
    for phrase in dict.fromkeys(phrases):
        words = split(phrase, known)
        if words:
            written[phrase] = " ".join(words)
        else:
            uncovered.append(phrase)
    return Grammar(tuple(written.items()), tuple(uncovered))


def split(phrase: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """Split a phrase into the fewest known words; () when some part of it is in no word.

    A space in the phrase is a boundary that stays.
    """
    parts = [_fewest(part, known) for part in phrase.split()]
    if not all(parts):
        return ()
    return tuple(word for part in parts for word in part)


def _fewest(text: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """Fewest words by dynamic programming: best[i] writes the first i characters."""
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(text) + 1):
        ways = [
            (*before, text[start:end])
            for start in range(max(0, end - LONGEST_WORD), end)
            if (before := best[start]) is not None and known(text[start:end])
        ]
        best.append(min(ways, key=len, default=None))
    return best[-1] or ()
