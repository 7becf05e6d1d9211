"""The echo canceller on real speech in made rooms."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import soxr
from numpy.typing import NDArray

from voice.hear.echo import FRAME, EchoCanceller, Reference
from voice.hear.level import dbfs
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.hear.speech import SpeechDetector

OWN = "打电话取消，一共四步。第一步，用要取消的那张卡，打幺零零幺零。接通以后，说转人工。做好了，您说下一步。"
BLOCK = SAMPLE_RATE // 50


def _room(sound: Samples, delay: float, gain_db: float) -> Samples:
    """What a loudspeaker and a small room make of a sound: late, bent, and with a tail of 0.3 s."""
    length = round(0.3 * SAMPLE_RATE)
    tail = np.random.default_rng(3).normal(0, 1, length) * 10 ** (-3 * np.arange(length) / length)
    tail[0] = 6.0
    tail /= np.sqrt(np.sum(tail**2))
    bent = np.tanh(1.2 * sound) / 1.2
    echo = np.convolve(bent, tail)[: len(sound)] * 10 ** (gain_db / 20)
    late = np.concatenate([np.zeros(round(delay * SAMPLE_RATE)), echo])[: len(sound)]
    return (late + np.random.default_rng(4).normal(0, 10 ** (-65 / 20), len(sound))).astype(
        np.float32
    )


def _cleaned(
    played: Samples, heard: Samples, rate: int = SAMPLE_RATE
) -> tuple[Samples, EchoCanceller]:
    """Play and hear block by block, the loudspeaker four blocks at a time as sound servers do."""
    canceller = EchoCanceller()
    canceller.load()
    clean: list[Samples] = []
    at_rate = soxr.resample(played, SAMPLE_RATE, rate) if rate != SAMPLE_RATE else played
    size = rate // 50
    for number in range(len(heard) // BLOCK):
        if number % 4 == 0:
            for block in range(number, number + 4):
                part = at_rate[block * size : (block + 1) * size]
                canceller.played(np.asarray(part, np.float32), rate)
        sound = heard[number * BLOCK : (number + 1) * BLOCK]
        clean.append(canceller.clean(sound, canceller.mark()))
    return np.concatenate(clean), canceller


@pytest.mark.slow
def test_a_word_louder_than_the_echo_comes_through_whole(spoken: Callable[..., Samples]) -> None:
    own = spoken(OWN)
    own = np.asarray(0.5 * own / np.max(np.abs(own)), np.float32)
    heard = _room(own, 0.1, -15.0)
    stop = spoken("停", voice="zm_yunxi")
    stop = np.asarray(0.3 * stop / np.max(np.abs(stop)), np.float32)
    start = 8 * SAMPLE_RATE
    both = heard.copy()
    both[start : start + len(stop)] += stop
    before, word = slice(start - SAMPLE_RATE, start), slice(start, start + len(stop))
    clean, canceller = _cleaned(own, both[: word.stop])
    assert canceller.outspoken
    assert dbfs(clean[before]) < dbfs(both[before]) - 15
    # What is cleaned as it comes lacks the beginning; looked back at, the word is whole and the echo before it gone.
    recent = canceller.recent(SAMPLE_RATE + len(stop))
    # How soon the voice rises in the word depends, by some ten milliseconds, on the processor that Kokoro runs on.
    vowel = 2 * len(stop) // 5
    np.testing.assert_array_equal(recent[SAMPLE_RATE + vowel :], both[start + vowel : word.stop])
    assert dbfs(recent[: SAMPLE_RATE // 2]) < dbfs(both[before]) - 15


@pytest.mark.slow
def test_devices_that_drift_and_stutter_do_not_bring_it_back(
    spoken: Callable[..., Samples],
) -> None:
    """The loudspeaker hands over two to five blocks at a time, and its clock loses 500 parts in a million."""
    own = np.concatenate([np.zeros(2 * SAMPLE_RATE, np.float32), np.tile(spoken(OWN), 3)])
    own = np.asarray(0.5 * own / np.max(np.abs(own)), np.float32)
    heard = _room(np.asarray(soxr.resample(own, 10_000, 10_005), np.float32), 0.1, -6.0)
    canceller = EchoCanceller()
    canceller.load()
    pace = np.random.default_rng(7)
    given, clean = 0, [np.zeros(0, np.float32)]
    for number in range(len(heard) // BLOCK):
        due = round(number * BLOCK * 0.9995)
        if due >= given:
            burst = BLOCK * int(pace.integers(2, 6))
            canceller.played(own[given : given + burst], SAMPLE_RATE)
            given += burst
        clean.append(
            canceller.clean(heard[number * BLOCK : (number + 1) * BLOCK], canceller.mark())
        )
    assert canceller.ready
    late = slice(6 * SAMPLE_RATE, None)
    assert _voiced(heard[late]).mean() > 0.3
    voiced = _voiced(np.concatenate(clean)[late])
    assert max(part.mean() for part in np.array_split(voiced, 16)) < 0.1


def _voiced(sound: Samples) -> NDArray[np.bool_]:
    return np.asarray(SpeechDetector().feed(sound)) >= 0.5


@pytest.mark.slow
@pytest.mark.parametrize(("delay", "gain_db", "rate"), [(0.1, -6.0, 48_000), (0.2, 0.0, 16_000)])
def test_its_own_voice_goes_and_somebody_else_s_stays(
    spoken: Callable[..., Samples], delay: float, gain_db: float, rate: int
) -> None:
    own = spoken(OWN)
    own = np.asarray(0.5 * own / np.max(np.abs(own)), np.float32)
    heard = _room(own, delay, gain_db)
    question = spoken("去营业厅要带什么证件", voice="zm_yunyang")
    start = 8 * SAMPLE_RATE
    both = heard.copy()
    both[start : start + len(question)] += question[: len(both) - start]

    clean, canceller = _cleaned(own, heard, rate)
    late = slice(4 * SAMPLE_RATE, 12 * SAMPLE_RATE)
    assert canceller.ready
    assert dbfs(clean[late]) < dbfs(heard[late]) - 15
    assert _voiced(heard[late]).mean() > 0.3
    assert _voiced(clean[late]).mean() < 0.03

    clean, _ = _cleaned(own, both, rate)
    there = _voiced(clean[start : start + len(question)])
    assert there.sum() * 0.032 > 0.4


@pytest.mark.slow
def test_at_first_it_is_not_to_be_trusted(spoken: Callable[..., Samples]) -> None:
    own = spoken(OWN)
    _, canceller = _cleaned(own[:SAMPLE_RATE], _room(own[:SAMPLE_RATE], 0.1, -6.0))
    assert not canceller.ready


def test_sound_passes_untouched_where_nothing_is_played() -> None:
    canceller = EchoCanceller()
    canceller.load()
    sound = np.random.default_rng(1).normal(0, 0.1, SAMPLE_RATE).astype(np.float32)
    canceller.played(np.zeros(SAMPLE_RATE, np.float32), SAMPLE_RATE)
    parts = [canceller.clean(part, canceller.mark()) for part in np.array_split(sound, 37)]
    clean = np.concatenate(parts)
    assert len(sound) - FRAME < len(clean) <= len(sound)
    np.testing.assert_array_equal(clean, sound[: len(clean)])
    assert not canceller.ready


def test_without_its_library_sound_passes() -> None:
    canceller = EchoCanceller()
    sound = np.full(FRAME, 0.1, np.float32)
    canceller.played(np.ones(SAMPLE_RATE, np.float32), SAMPLE_RATE)
    np.testing.assert_array_equal(canceller.clean(sound, canceller.mark()), sound)
    assert not canceller.ready


def test_what_was_played_is_found_by_its_place() -> None:
    reference = Reference(start=1000)
    ramp = np.arange(10 * SAMPLE_RATE, dtype=np.float32)
    for part in np.array_split(ramp, 91):
        reference.append(part, SAMPLE_RATE)
    place = 1000 + len(ramp) - SAMPLE_RATE
    np.testing.assert_allclose(reference.at(place), ramp[-SAMPLE_RATE:][:FRAME], atol=1e-2)
    assert not reference.at(0).any()
    assert not reference.at(1000 + len(ramp)).any()
    half = reference.at(1000 + len(ramp) - FRAME // 2)
    assert half[: FRAME // 2].all()
    assert not half[FRAME // 2 :].any()
