"""Slower and faster speech at the same pitch, by FFmpeg's ``atempo``."""

from __future__ import annotations

from voice.speak.filters import filtered
from voice.speak.synthesiser import Samples

SLOWEST, FASTEST = 0.5, 2.0
"""What ``atempo`` does in one pass without skipping sound."""


def stretch(samples: Samples, sample_rate: int, tempo: float) -> Samples:
    """Speech ``tempo`` times as fast, 0.5 to 2; shape (about n / tempo,)."""
    if abs(tempo - 1) < 0.01:
        return samples
    return filtered(samples, sample_rate, "atempo", f"{min(max(tempo, SLOWEST), FASTEST):.4f}")
