"""Joining the readings of several pieces of one utterance. Pure."""

from __future__ import annotations

from itertools import zip_longest

from voice.hear.recogniser import Hearing, Hypothesis


def joined(parts: list[Hearing]) -> Hearing:
    """Join pieces in order: the best of each first, then the second of each (its best where it has
    no second).

    A piece without any reading adds nothing; without any piece nobody spoke. The score is the mean
    of the pieces', the clarity that of the least clear.
    """
    spoken = [part for part in parts if part.hypotheses]
    if not spoken:
        return Hearing((), max((part.no_speech for part in parts), default=1.0))
    found: dict[str, Hypothesis] = {}
    for rank in zip_longest(*(part.hypotheses for part in spoken)):
        chosen = [one or part.hypotheses[0] for one, part in zip(rank, spoken, strict=True)]
        text = "".join(one.text for one in chosen)
        score = sum(one.score for one in chosen) / len(chosen)
        found.setdefault(text, Hypothesis(text, score))
    return Hearing(
        tuple(found.values()),
        min(part.no_speech for part in spoken),
        min(part.clarity for part in spoken),
    )
