"""The watch over a microphone that gives nothing; the device itself is tested on a sound server."""

from __future__ import annotations

import numpy as np

from voice.hear.microphone import DEAD, ZeroWatch
from voice.hear.recogniser import SAMPLE_RATE

SECOND = np.zeros(SAMPLE_RATE, np.float32)


def test_zeros_are_told_once_and_again_after_a_sound() -> None:
    watch = ZeroWatch()
    told = [watch.feed(SECOND) for _ in range(3 * round(DEAD))]
    assert sum(told) == 1
    assert told[round(DEAD) - 1]
    assert not watch.feed(SECOND + np.float32(1e-6))
    assert sum(watch.feed(SECOND) for _ in range(3 * round(DEAD))) == 1


def test_a_quiet_room_is_no_dead_microphone() -> None:
    watch = ZeroWatch()
    room = np.random.default_rng(2).normal(0, 1e-4, SAMPLE_RATE).astype(np.float32)
    assert not any(watch.feed(room) for _ in range(60))
