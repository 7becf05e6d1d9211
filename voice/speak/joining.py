"""Phrases that are spoken in one breath.

A voice that knows what comes before and after says a phrase more clearly: digits on their own are
swallowed. So the phrases of a sentence are made in one run and cut apart afterwards, and only the
beginning of an answer stays short, so that it is heard soon.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from voice.speak.synthesiser import Phrase

LONGEST_RUN = 24
"""Characters joined at most; a longer phrase is a run of its own."""
FIRST_RUN = 8
"""Characters joined at most at the beginning of an answer: about two seconds of sound."""
_SHORT = 6
"""A sentence with fewer characters may be joined with the next."""


def joined(phrases: Sequence[Phrase], sentence_pause: float) -> tuple[Phrase, ...]:
    """Mark the phrases that belong to the breath of the one before.

    A sentence ends where a pause is at least ``sentence_pause``. Phrases that are marked already,
    the groups of a number, stay with the one before whatever their length.
    """
    marked: list[Phrase] = []
    length, longest = 0, FIRST_RUN
    for group in _groups(phrases):
        size = sum(len(phrase.text) for phrase in group)
        over = bool(marked) and marked[-1].pause >= sentence_pause and length >= _SHORT
        joins = bool(marked) and not over and length + size <= longest
        if marked and not joins:
            length, longest = 0, LONGEST_RUN
        length += size
        for position, phrase in enumerate(group):
            marked.append(replace(phrase, joins=joins or position > 0))
    return tuple(marked)


def runs(phrases: Iterable[Phrase]) -> tuple[tuple[Phrase, ...], ...]:
    """The phrases, parted into what is spoken in one breath."""
    found: list[list[Phrase]] = []
    for phrase in phrases:
        if phrase.joins and found:
            found[-1].append(phrase)
        else:
            found.append([phrase])
    return tuple(tuple(run) for run in found)


def _groups(phrases: Sequence[Phrase]) -> list[list[Phrase]]:
    found: list[list[Phrase]] = []
    for phrase in phrases:
        if found and phrase.joins:
            found[-1].append(phrase)
        else:
            found.append([phrase])
    return found
