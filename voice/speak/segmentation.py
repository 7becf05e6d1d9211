"""Chinese text parted into words: the most probable ones by how often each word occurs.

This is the algorithm of jieba without its guesses at unknown words, on the commonest of its words: the
whole dictionary takes a second to load and 80 MB, and what is said here is everyday language.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LONGEST_WORD = 5
"""Characters."""
_WORDS = Path(__file__).with_name("words.txt")


def words(text: str, known: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The words of ``text``, which joined are the text; ``known`` are words of the subject.

    A character that belongs to no word is one of its own.
    """
    weights = _weights()
    surely = math.log(2)
    best: list[tuple[float, int]] = [(0.0, 0)] * (len(text) + 1)
    for start in range(len(text) - 1, -1, -1):
        choices = []
        for end in range(start + 1, min(len(text), start + LONGEST_WORD) + 1):
            word = text[start:end]
            if word in known:
                weight = surely
            elif word in weights or end == start + 1:
                weight = weights.get(word, weights[""])
            else:
                continue
            choices.append((weight + best[end][0], end))
        best[start] = max(choices)
    found, place = [], 0
    while place < len(text):
        end = best[place][1]
        found.append(text[place:end])
        place = end
    return tuple(found)


@cache
def _weights() -> Mapping[str, float]:
    """Logarithm of the probability of each word; that of an unknown character under ``""``."""
    counts: dict[str, int] = {}
    for line in _WORDS.read_text("utf-8").splitlines():
        word, _, count = line.partition(" ")
        if count.isdecimal():
            counts[word] = int(count)
    total = math.log(sum(counts.values()))
    weights = {word: math.log(count) - total for word, count in counts.items()}
    return {**weights, "": -total}
