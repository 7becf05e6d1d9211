"""What is done to every piece of synthesised speech: trimmed, brought to one loudness, kept from clipping."""

from __future__ import annotations

import numpy as np

from voice.speak.filters import filtered, frames
from voice.speak.synthesiser import Samples

LOUDNESS = -18.0
"""LUFS (ITU-R BS.1770) of every phrase: loud on a small loudspeaker, without pumping."""
CEILING = 0.89
"""Largest absolute sample, -1 dBFS."""

_PRESENCE_HERTZ, _PRESENCE_Q, _PRESENCE_DB = 1800.0, 0.7, 3.0
_KNEE = 0.7
_FRAME_SECONDS = 0.01
_SILENCE_DB = -42.0
_LEAD_SECONDS = 0.03
_TAIL_SECONDS = 0.06
_GAIN_LIMIT_DB = 18.0
_SILENT_LUFS = -70.0
"""The absolute gate of the measure: nothing louder was found."""


def trim(samples: Samples, sample_rate: int, *, head: bool = True, tail: bool = True) -> Samples:
    """Cut silence at both ends, or at one, so that the pauses of a plan are the only ones; silence alone becomes empty.

    A frame of 10 ms is speech when it is within 42 dB of the loudest one. 30 ms before and 60 ms
    after stay, faded, so that soft consonants are whole.
    """
    frame = int(sample_rate * _FRAME_SECONDS)
    count = len(samples) // frame
    if count == 0:
        return samples[:0]
    energy = np.sqrt(np.mean(samples[: count * frame].reshape(count, frame) ** 2, axis=1))
    loudest = float(energy.max())
    if loudest < 1e-4:
        return samples[:0]
    speech = np.flatnonzero(energy > loudest * 10 ** (_SILENCE_DB / 20))
    start, end = 0, len(samples)
    if head:
        start = max(0, int(speech[0]) * frame - int(_LEAD_SECONDS * sample_rate))
    if tail:
        end = min(end, (int(speech[-1]) + 1) * frame + int(_TAIL_SECONDS * sample_rate))
    return fade(samples[start:end], head * int(0.01 * sample_rate), tail * int(0.03 * sample_rate))


def fade(samples: Samples, attack: int, release: int) -> Samples:
    """A copy whose first ``attack`` and last ``release`` samples ramp from and to zero."""
    shaped = samples.astype(np.float32, copy=True)
    attack, release = min(attack, len(shaped)), min(release, len(shaped))
    if attack:
        shaped[:attack] *= np.linspace(0, 1, attack, dtype=np.float32)
    if release:
        shaped[-release:] *= np.linspace(1, 0, release, dtype=np.float32)
    return shaped


def presence(samples: Samples, sample_rate: int) -> Samples:
    """Lift the band around 1.8 kHz by 3 dB, one octave to either side less.

    Intelligibility in noise follows the energy from 1 to 3 kHz (Hazan and others, 2018), where old
    ears and small loudspeakers lose it. The filter is FFmpeg's ``equalizer``, a peaking one (Bristow-Johnson, Cookbook
    formulae for audio equaliser biquad filters).
    """
    settings = f"f={_PRESENCE_HERTZ}:t=q:w={_PRESENCE_Q}:g={_PRESENCE_DB}"
    return filtered(samples, sample_rate, "equalizer", settings)


def limit(samples: Samples) -> Samples:
    """Bend peaks above 0.7 smoothly below :data:`CEILING`; quieter samples stay as they are."""
    size = np.abs(samples)
    if len(samples) == 0 or float(size.max()) <= _KNEE:
        return samples
    room = CEILING - _KNEE
    bent = _KNEE + room * np.tanh((size - _KNEE) / room)
    return np.where(size > _KNEE, np.sign(samples) * bent, samples).astype(np.float32)


def level(samples: Samples, sample_rate: int) -> Samples:
    """Bring speech to :data:`LOUDNESS` and limit its peaks; below 100 ms, or silent, it stays."""
    return limit(samples * np.float32(gain_for(samples, sample_rate)))


def gain_for(samples: Samples, sample_rate: int) -> float:
    """The factor that brings speech to :data:`LOUDNESS`; 1 below 100 ms or when it is silent."""
    if len(samples) <= 0.1 * sample_rate:
        return 1.0
    loudness = loudness_of(samples, sample_rate)
    if loudness <= _SILENT_LUFS:
        return 1.0
    return float(10 ** (np.clip(LOUDNESS - loudness, -_GAIN_LIMIT_DB, _GAIN_LIMIT_DB) / 20))


def loudness_of(samples: Samples, sample_rate: int) -> float:
    """LUFS of at least one sample, integrated and gated, by FFmpeg's ``ebur128``; -70 and less is silence.

    It measures blocks of 0.4 s every 0.1 s, so what is shorter than a second is measured said over and over.
    """
    times = -(-sample_rate // len(samples))
    found = [
        frame.metadata["lavfi.r128.I"]
        for frame in frames(np.tile(samples, times), sample_rate, "ebur128", "metadata=1")
        if "lavfi.r128.I" in frame.metadata
    ]
    return float(found[-1])


def blend(samples: Samples, before: Samples) -> None:
    """Fade from ``before``, another making of the same moment, into the beginning of ``samples``."""
    width = min(len(samples), len(before))
    ramp = np.linspace(0, 1, width, dtype=np.float32)
    samples[:width] = ramp * samples[:width] + (1 - ramp) * before[:width]


def silence(seconds: float, sample_rate: int) -> Samples:
    """So many seconds of nothing."""
    return np.zeros(max(0, round(seconds * sample_rate)), dtype=np.float32)
