"""Somebody louder than the echo."""

from __future__ import annotations

import numpy as np

from voice.hear.double_talk import HOLD, KNOWN, DoubleTalk

COUPLING = -18.0


def _of_echo_alone(frames: int) -> DoubleTalk:
    """What it has learned from so many frames of an echo that is cancelled."""
    watch = DoubleTalk()
    levels = np.random.default_rng(1).normal(-20, 4, frames)
    for level in levels:
        watch.notice(float(level), float(level) + COUPLING, -80.0)
        assert not watch.going_on
    return watch


def test_a_voice_above_the_loudest_echo_is_somebody_s() -> None:
    watch = _of_echo_alone(10 * KNOWN)
    watch.notice(-20.0, -8.0, -10.0)
    assert watch.going_on


def test_it_goes_on_over_the_gap_between_two_syllables_and_then_ends() -> None:
    watch = _of_echo_alone(10 * KNOWN)
    watch.notice(-20.0, -8.0, -10.0)
    for _ in range(HOLD - 1):
        watch.notice(-20.0, -45.0, -80.0)
        assert watch.going_on
    watch.notice(-20.0, -45.0, -80.0)
    assert not watch.going_on


def test_a_louder_reply_comes_back_louder_and_is_nobody_s() -> None:
    watch = _of_echo_alone(10 * KNOWN)
    for _ in range(KNOWN):
        watch.notice(-8.0, -8.0 + COUPLING, -80.0)
        assert not watch.going_on


def test_nothing_is_known_before_enough_echo_was_cancelled() -> None:
    watch = _of_echo_alone(KNOWN // 2)
    watch.notice(-20.0, -8.0, -10.0)
    assert not watch.going_on


def test_a_murmur_behind_soft_words_is_nobody() -> None:
    watch = _of_echo_alone(10 * KNOWN)
    for _ in range(100):
        watch.notice(-49.0, -55.0, -80.0)
    assert not watch.going_on


def test_where_nothing_is_played_there_is_no_double_talk() -> None:
    watch = _of_echo_alone(10 * KNOWN)
    for _ in range(100):
        watch.notice(-90.0, -10.0, -10.0)
    assert not watch.going_on
