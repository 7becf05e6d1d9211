"""Parts of an utterance: the clauses that hold the request, in a story that also holds others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from voice.understand.normal import Utterance

STORY = 3
"""Clauses from which an utterance is a story: the request may be in one part of it."""
ENOUGH = 6
"""Characters that are enough to be a question of their own."""


def part(utterance: Utterance, start: int, end: int | None = None) -> Utterance:
    """The clauses from ``start`` up to ``end`` as an utterance of their own."""
    clauses = utterance.clauses[start:end]
    return replace(utterance, text="".join(clauses), clauses=clauses)


def ends(utterance: Utterance) -> Iterator[Utterance]:
    """The last clauses of a story, shortest part first: who tells a story asks at its end."""
    if len(utterance.clauses) < STORY:
        return
    for count in range(1, len(utterance.clauses)):
        last = part(utterance, -count)
        if len(last.text) >= ENOUGH:
            yield last
