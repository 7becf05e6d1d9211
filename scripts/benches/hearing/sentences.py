"""What is said in the benchmark: phrasings of the pack that no model has learned from."""

from __future__ import annotations

import random
from dataclasses import dataclass

from voice.content.entries import Kind, Pack
from voice.understand.examples import Example

BESIDE = frozenset({Kind.ELSEWHERE, Kind.SMALLTALK, Kind.HANDOFF})
"""Kinds of entries that are not questions to this assistant, or that it hands on: those it asks back about."""
SHORTEST = 4
"""Characters; 「月卡呢」 is no whole question."""
LONGEST = 45
"""Characters; longer ones are stories, which take minutes to speak and hear."""


@dataclass(frozen=True)
class Sentence:
    """A question and the entry that answers it."""

    text: str
    entry: str


def held_back(pack: Pack, most: int = 0) -> tuple[Sentence, ...]:
    """Questions kept out of the fit, in an order that chance chose once; ``most`` of them, 0 for all."""
    found = [
        Sentence(phrasing, entry.id)
        for entry in pack.entries.values()
        if entry.kind not in BESIDE
        for phrasing in entry.phrasings
        if Example(phrasing, entry.id).held_back and SHORTEST <= len(phrasing) <= LONGEST
    ]
    found.sort(key=lambda sentence: sentence.text)
    random.Random(1).shuffle(found)  # noqa: S311 -- repeatable, not secret
    return tuple(found[:most] if most else found)
