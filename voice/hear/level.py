"""How loud a piece of sound is, and what is wrong with it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from voice.hear.recogniser import Samples

SILENCE_DBFS = -120.0
"""Stands for the level of digital silence, whose logarithm has no value."""

CLIPPED_AT = 0.985
"""A sample this near to full scale was cut off by the microphone's input."""

CLIPPED_SHARE = 0.002
"""More clipped samples than this are audible distortion; a single loud consonant stays below."""

QUIET_DBFS = -45.0
"""Loudest tenth of a second below this is too quiet to be someone speaking to the machine from
where they sit.
"""

WANTED_DBFS = -23.0
"""Level to which a quiet voice is raised: that of broadcast speech."""

GREATEST_GAIN_DB = 24.0
"""More gain would raise the room, not the voice."""

_WINDOW = 1_600
"""A tenth of a second at 16 kHz: about half a syllable."""


@dataclass(frozen=True)
class Level:
    """What a piece of sound is like, in dB below full scale (0 is the loudest that can be)."""

    mean: float
    """Root mean square over everything."""
    loudest: float
    """Root mean square of the loudest tenth of a second."""
    floor: float
    """Root mean square of the quiet tenth of it: the room without the voice."""
    clipped: bool
    """The input is set too high: the voice is distorted."""
    dead: bool
    """Every sample is 0: the microphone is muted or gives nothing."""

    @property
    def quiet(self) -> bool:
        """Nobody can be heard at this level."""
        return self.loudest < QUIET_DBFS


def dbfs(samples: Samples) -> float:
    """Root mean square in dB below full scale, -120 to 0 (a full-scale square wave is 0)."""
    if not samples.size:
        return SILENCE_DBFS
    mean_square = float(np.mean(np.square(samples, dtype=np.float64)))
    return max(SILENCE_DBFS, 10.0 * np.log10(mean_square)) if mean_square > 0 else SILENCE_DBFS


def measure(samples: Samples) -> Level:
    """Measure mono sound at 16 kHz, of any length; an empty one is dead."""
    size = samples.size
    windows = [dbfs(samples[start : start + _WINDOW]) for start in range(0, size, _WINDOW)] or [
        SILENCE_DBFS
    ]
    return Level(
        mean=dbfs(samples),
        loudest=max(windows),
        floor=float(np.quantile(windows, 0.1)),
        clipped=bool(size) and float(np.mean(np.abs(samples) >= CLIPPED_AT)) > CLIPPED_SHARE,
        dead=not np.any(samples),
    )


def raised(samples: Samples) -> Samples:
    """Raise a quiet voice to :data:`WANTED_DBFS` by one gain over all; louder sound and silence
    stay as they are.
    """
    loudest = measure(samples).loudest
    gain = min(GREATEST_GAIN_DB, WANTED_DBFS - loudest)
    if gain <= 0 or loudest <= SILENCE_DBFS:
        return samples
    louder: Samples = np.clip(samples * np.float32(10.0 ** (gain / 20.0)), -1.0, 1.0)
    return louder
