"""Tempo changes, pitch stays."""

from __future__ import annotations

import numpy as np
import pytest

from voice.speak.tempo import stretch

RATE = 24_000


@pytest.mark.parametrize("tempo", [0.5, 0.7, 1.0, 1.4, 2.0])
def test_length_changes_and_pitch_stays(tempo: float) -> None:
    time = np.arange(2 * RATE) / RATE
    tone = (0.3 * np.sin(2 * np.pi * 220 * time)).astype(np.float32)
    changed = stretch(tone, RATE, tempo)
    assert len(changed) == pytest.approx(len(tone) / tempo, rel=0.03)
    spectrum = np.abs(np.fft.rfft(changed * np.hanning(len(changed))))
    assert np.argmax(spectrum) * RATE / len(changed) == pytest.approx(220, rel=0.02)


def test_nothing_stays_nothing() -> None:
    assert len(stretch(np.zeros(0, dtype=np.float32), RATE, 0.7)) == 0
