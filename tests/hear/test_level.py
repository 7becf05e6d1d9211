"""Loudness, clipping and dead microphones, on made sound."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.hear.level import GREATEST_GAIN_DB, SILENCE_DBFS, WANTED_DBFS, dbfs, measure, raised
from voice.hear.recogniser import Samples


def sine(amplitude: float, seconds: float = 1.0) -> Samples:
    time = np.arange(round(16_000 * seconds)) / 16_000
    return (amplitude * np.sin(2 * np.pi * 300 * time)).astype(np.float32)


def test_full_scale() -> None:
    assert dbfs(np.ones(1_000, np.float32)) == pytest.approx(0.0)
    assert dbfs(sine(1.0)) == pytest.approx(-3.01, abs=0.01)
    assert dbfs(sine(0.1)) == pytest.approx(-23.01, abs=0.01)


@pytest.mark.parametrize("size", [0, 1, 16_000])
def test_silence_is_dead(size: int) -> None:
    level = measure(np.zeros(size, np.float32))
    assert level.dead
    assert level.quiet
    assert not level.clipped
    assert level.mean == level.loudest == level.floor == SILENCE_DBFS


def test_voice_over_a_quiet_room() -> None:
    room = np.random.default_rng(0).normal(0, 0.001, 32_000).astype(np.float32)
    room[:8_000] += sine(0.2, 0.5)
    level = measure(room)
    assert level.loudest == pytest.approx(-17, abs=0.1)
    assert level.floor == pytest.approx(-60, abs=0.5)
    assert not level.quiet
    assert not level.dead


def test_clipping_is_seen_and_loud_clean_sound_is_not() -> None:
    assert measure(np.clip(sine(3.0), -1, 1)).clipped
    assert not measure(sine(0.95)).clipped


def test_a_quiet_voice_is_raised_and_a_loud_one_left() -> None:
    assert measure(raised(sine(0.01))).loudest == pytest.approx(WANTED_DBFS, abs=0.1)
    loud = sine(0.5)
    assert raised(loud) is loud
    nothing = np.zeros(100, np.float32)
    assert raised(nothing) is nothing


@given(st.floats(1e-6, 1.0))
def test_the_gain_is_bounded(amplitude: float) -> None:
    before = sine(amplitude, 0.2)
    after = raised(before)
    gain = dbfs(after) - dbfs(before)
    assert -0.01 <= gain <= GREATEST_GAIN_DB + 0.01
    assert np.abs(after).max() <= 1.0
