"""Joining the readings of pieces."""

from __future__ import annotations

import pytest

from voice.hear.readings import joined
from voice.hear.recogniser import Hearing, Hypothesis


def hearing(*texts: str, score: float = -0.5) -> Hearing:
    return Hearing(tuple(Hypothesis(text, score) for text in texts), 0.1)


def test_ranks_are_joined_and_short_lists_lend_their_best() -> None:
    made = joined([hearing("甲", "乙", score=-0.2), hearing("丙", score=-0.4)])
    assert [each.text for each in made.hypotheses] == ["甲丙", "乙丙"]
    assert made.hypotheses[0].score == pytest.approx(-0.3)
    assert made.no_speech == 0.1


def test_pieces_without_a_reading_add_nothing() -> None:
    assert joined([Hearing((), 0.9), hearing("甲")]).text == "甲"


def test_nothing_is_silence() -> None:
    assert joined([]) == Hearing((), 1.0)
    assert joined([Hearing((), 0.7), Hearing((), 0.8)]) == Hearing((), 0.8)


def test_the_whole_is_as_clear_as_its_least_clear_piece() -> None:
    clear, unclear = (
        Hearing((Hypothesis("甲", -0.1),), 0.0, 0.9),
        Hearing((Hypothesis("乙", -1),), 0.0, 0.4),
    )
    assert joined([clear, unclear]).clarity == 0.4
