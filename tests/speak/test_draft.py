"""The beginning of what will probably be said."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from voice.speak.draft import Draft
from voice.speak.synthesiser import Manner, Phrase, Samples

PHRASES = tuple(Phrase(text, 0.3) for text in "一二三四")


def _draft(drawn: list[int]) -> Draft:
    def pieces() -> Iterator[Samples]:
        for number in range(len(PHRASES)):
            drawn.append(number)
            yield np.full(1, number, np.float32)

    return Draft(PHRASES, Manner(), pieces())


def test_it_grows_as_long_as_it_is_wanted() -> None:
    drawn: list[int] = []
    draft = _draft(drawn)
    draft.grow(3, lambda: len(drawn) < 2)
    assert drawn == [0, 1]
    draft.grow(3, lambda: True)
    assert drawn == [0, 1, 2]
    draft.grow(9, lambda: True)
    assert drawn == [0, 1, 2, 3]


def test_the_rest_goes_on_where_it_ends() -> None:
    drawn: list[int] = []
    draft = _draft(drawn)
    draft.grow(2, lambda: True)
    whole = draft.whole()
    assert [next(whole).item(), next(whole).item()] == [0, 1]
    assert drawn == [0, 1]
    assert [piece.item() for piece in whole] == [2, 3]


def test_other_words_and_another_manner_are_not_its_own() -> None:
    draft = _draft([])
    assert draft.is_of(PHRASES, Manner())
    assert not draft.is_of(PHRASES[:2], Manner())
    assert not draft.is_of(PHRASES, Manner(rate=300))
