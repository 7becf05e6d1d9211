"""Phrases that are spoken in one breath.

A voice that knows what comes before and after says a phrase more clearly: digits on their own are
swallowed. So the phrases of a sentence are made in one run and cut apart afterwards. Only the run that
begins an answer stays short, and its first phrase is in two pieces without a rest between them, so that it can be
heard soon. Half a phrase is not made as well as a whole one: only where somebody waits it is made piece by piece.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from voice.speak.readings import Syllable, dictionary_readings
from voice.speak.synthesiser import Phrase, Samples

LONGEST_RUN = 24
"""Characters joined at most; a longer phrase is a run of its own."""
FIRST_RUN = 8
"""Characters joined at most at the beginning of an answer: about two seconds of sound."""
FIRST_PIECE = (2, 3)
"""Characters, at least and at most, of the piece that is made first; the other has no fewer than that."""
_CLOSED = ("b", "p", "d", "t", "g", "k", "z", "c", "j", "q")
"""Initials that begin with a closure: there two pieces meet unheard."""
_FIGURES = frozenset("零一二两三四五六七八九十百千万亿点年月")
"""A number stays in one piece."""
_SHORT = 6
"""A sentence with fewer characters may be joined with the next."""


def joined(phrases: Sequence[Phrase], sentence_pause: float) -> tuple[Phrase, ...]:
    """Mark the phrases that belong to the breath of the one before.

    A sentence ends where a pause is at least ``sentence_pause``. Phrases that are marked already,
    the groups of a number, stay with the one before whatever their length.
    """
    marked: list[Phrase] = []
    length, longest = 0, FIRST_RUN
    for group in _groups(_begun_soon(phrases)):
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


def in_pieces(run: Iterable[Phrase], sounds: Iterable[Samples]) -> Iterator[Samples]:
    """The sound of each phrase of a run whose :func:`flowing` phrases sound so: of a phrase in pieces, the first is all
    of it and the others are empty."""
    left = iter(sounds)
    begins = True
    for phrase in run:
        yield next(left) if begins else np.zeros(0, np.float32)
        begins = phrase.pause > 0


def flowing(run: Iterable[Phrase]) -> tuple[Phrase, ...]:
    """The run with pieces that have no rest between them put together again."""
    whole: list[Phrase] = []
    for phrase in run:
        if whole and whole[-1].pause == 0:
            head = whole.pop()
            text, display = head.text + phrase.text, head.display + phrase.display
            whole.append(replace(phrase, text=text, display=display, joins=head.joins))
        else:
            whole.append(phrase)
    return tuple(whole)


def _begun_soon(phrases: Sequence[Phrase]) -> Sequence[Phrase]:
    """The phrases, the first one in two pieces when it is long."""
    if not phrases:
        return phrases
    first = phrases[0]
    place = _seam(first.text)
    if not place:
        return phrases
    head = replace(first, text=first.text[:place], pause=0.0)
    return (head, replace(first, text=first.text[place:], display="", joins=True), *phrases[1:])


def _seam(text: str) -> int:
    """How many characters of a long text are its first piece; 0 when it has no such piece.

    Least is heard of a seam where a word begins, and of these before a closure.
    """
    syllables = dictionary_readings(text)
    shortest, longest = FIRST_PIECE
    places = [
        place
        for place in range(shortest, min(longest, len(text) - shortest) + 1)
        if len(syllables) == len(text)
        and not (text[place - 1] in _FIGURES and text[place] in _FIGURES)
    ]
    return max(places, key=lambda place: _unheard(syllables[place]), default=0)


def _unheard(syllable: Syllable) -> tuple[bool, bool]:
    return syllable.begins_word, syllable.base.startswith(_CLOSED)


def _groups(phrases: Sequence[Phrase]) -> list[list[Phrase]]:
    found: list[list[Phrase]] = []
    for phrase in phrases:
        if found and phrase.joins:
            found[-1].append(phrase)
        else:
            found.append([phrase])
    return found
