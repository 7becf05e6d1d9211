"""A room's late echo, taken out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.hear.reverberation import SHORTEST, dry


def syllables(chance: np.random.Generator, count: int = 12) -> Samples:
    """Hissing bursts of 0.15 s with pauses of 0.15 s between them: as uneven as speech."""
    burst, pause = round(0.15 * SAMPLE_RATE), round(0.15 * SAMPLE_RATE)
    one = [np.concatenate([chance.standard_normal(burst), np.zeros(pause)]) for _ in range(count)]
    return np.concatenate(one).astype(np.float32)


def in_a_room(sound: Samples, seconds: float, chance: np.random.Generator) -> Samples:
    """``sound`` with an echo that is 60 dB down after ``seconds``."""
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    echo = 0.05 * chance.standard_normal(len(time)) * 10 ** (-3 * time / seconds)
    echo[0] = 1.0
    return np.convolve(sound, echo)[: len(sound)].astype(np.float32)


def in_pauses(sound: Samples) -> float:
    """Energy in the last third of each pause of :func:`syllables`, as a share of all."""
    step = round(0.3 * SAMPLE_RATE)
    tails = [sound[at + step * 5 // 6 : at + step] for at in range(0, len(sound), step)]
    return float(np.sum(np.concatenate(tails) ** 2) / np.sum(sound**2))


@pytest.mark.parametrize("seconds", [0.4, 0.8])
def test_the_tail_of_a_room_is_taken_away(seconds: float) -> None:
    chance = np.random.default_rng(3)
    wet = in_a_room(syllables(chance), seconds, chance)
    assert in_pauses(dry(wet)) < 0.6 * in_pauses(wet)


def test_what_was_said_stays() -> None:
    chance = np.random.default_rng(5)
    said = syllables(chance)
    dried = dry(in_a_room(said, 0.6, chance))
    assert np.corrcoef(said, dried)[0, 1] > np.corrcoef(said, in_a_room(said, 0.6, chance))[0, 1]


def test_a_word_too_short_to_learn_from_is_left_alone() -> None:
    word = np.random.default_rng(1).standard_normal(SHORTEST - 1).astype(np.float32)
    assert dry(word) is word


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2 * SAMPLE_RATE), st.sampled_from([0.0, 1e-6, 0.3, 1.0]))
def test_any_sound_keeps_its_length_and_stays_finite(length: int, level: float) -> None:
    sound = (level * np.random.default_rng(2).standard_normal(length)).astype(np.float32)
    dried = dry(sound)
    assert dried.shape == sound.shape
    assert dried.dtype == np.float32
    assert np.all(np.isfinite(dried))
