"""Rooms made by rule, for speech from across them."""

from __future__ import annotations

import numpy as np

from voice.hear.recogniser import SAMPLE_RATE, Samples


def across_a_room(sound: Samples, seconds: float = 0.7, direct: float = 0.9) -> Samples:
    """Sound with the echo of a room, 60 dB down after ``seconds``, and a little hiss.

    ``direct``: the direct sound's amplitude, where the echo's energy is one.
    """
    chance = np.random.default_rng(4)
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    echo = chance.standard_normal(len(time)) * 10 ** (-3 * time / seconds)
    echo[: SAMPLE_RATE // 250] = 0.0
    echo /= np.sqrt(np.sum(echo**2))
    echo[0] = direct
    wet = np.convolve(sound, echo)
    wet = 0.3 * wet / np.abs(wet).max()
    return np.asarray(wet + 0.003 * chance.standard_normal(len(wet)), np.float32)
