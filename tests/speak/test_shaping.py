"""Trimming, loudness, limiting, earcons."""

from __future__ import annotations

import numpy as np
import pyloudnorm
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from voice.speak import earcons, shaping
from voice.speak.pace import pause_at, pieces
from voice.speak.synthesiser import Samples

RATE = 24_000


def _burst(lead: float, seconds: float, tail: float, peak: float = 0.3) -> Samples:
    rng = np.random.default_rng(0)
    sound = rng.uniform(-peak, peak, int(seconds * RATE)).astype(np.float32)
    return np.concatenate([shaping.silence(lead, RATE), sound, shaping.silence(tail, RATE)])


def test_trim_leaves_the_speech_and_a_little_around_it() -> None:
    trimmed = shaping.trim(_burst(0.4, 1.0, 0.9), RATE)
    assert len(trimmed) / RATE == pytest.approx(1.09, abs=0.02)
    assert trimmed[0] == trimmed[-1] == 0


@pytest.mark.parametrize("seconds", [0.0, 0.001, 1.0])
def test_trim_of_silence_is_empty(seconds: float) -> None:
    assert len(shaping.trim(shaping.silence(seconds, RATE), RATE)) == 0


@pytest.mark.parametrize("peak", [0.02, 0.2, 0.9])
@pytest.mark.parametrize("seconds", [0.3, 2.0])
def test_level_gives_one_loudness(peak: float, seconds: float) -> None:
    sound = shaping.level(_burst(0, seconds, 0, peak), RATE)
    meter = pyloudnorm.Meter(RATE, block_size=min(0.4, seconds * 0.9))
    assert meter.integrated_loudness(sound) == pytest.approx(shaping.LOUDNESS, abs=0.5)


@pytest.mark.parametrize(
    ("hertz", "lift"), [(100, 0.0), (400, 0.2), (1000, 1.8), (1800, 3.0), (3000, 2.0), (8000, 0.2)]
)
def test_presence_lifts_what_makes_speech_clear(hertz: float, lift: float) -> None:
    time = np.arange(RATE) / RATE
    tone = (0.2 * np.sin(2 * np.pi * hertz * time)).astype(np.float32)
    made = shaping.presence(tone, RATE)[RATE // 2 :]
    gain = 20 * np.log10(np.sqrt((made**2).mean()) / np.sqrt((tone[RATE // 2 :] ** 2).mean()))
    assert gain == pytest.approx(lift, abs=0.3)


@given(arrays.arrays(np.float32, 64, elements=st.floats(-40, 40, width=32)))
def test_limit_never_passes_the_ceiling_and_keeps_the_sign(sound: Samples) -> None:
    limited = shaping.limit(sound)
    assert np.abs(limited).max() <= shaping.CEILING + 1e-6
    assert np.all(np.sign(limited) == np.sign(sound))


@pytest.mark.parametrize("kind", list(earcons.Earcon))
def test_earcons_are_soft_short_and_click_free(kind: earcons.Earcon) -> None:
    sound = earcons.earcon(kind)
    assert 0.1 <= len(sound) / earcons.SAMPLE_RATE <= 0.3
    assert 0.05 < np.abs(sound).max() <= 0.13
    assert abs(sound[0]) < 1e-3
    assert abs(sound[-1]) < 1e-3


def test_pauses_follow_the_rate() -> None:
    assert pause_at(0.7, 180) == pytest.approx(0.7)
    assert pause_at(0.7, 360) == pytest.approx(0.35)


@given(st.text("字", max_size=300), st.integers(1, 60))
def test_pieces_are_the_text(text: str, longest: int) -> None:
    cut = pieces(text, longest)
    assert "".join(cut) == text
    assert all(0 < len(piece) <= longest for piece in cut)
