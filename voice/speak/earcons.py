"""Four soft sounds that say what the assistant does. Each only goes beside words or a caption."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from voice.speak.synthesiser import Samples

SAMPLE_RATE = 24_000
_PEAK = 0.12
"""Well below speech, so that no tone startles."""


class Earcon(StrEnum):
    """What a sound tells."""

    LISTENING = "listening"
    HEARD = "heard"
    THINKING = "thinking"
    TROUBLE = "trouble"


_NOTES: dict[Earcon, tuple[tuple[float, float], ...]] = {
    Earcon.LISTENING: ((660.0, 0.10), (880.0, 0.14)),
    Earcon.HEARD: ((880.0, 0.12),),
    Earcon.THINKING: ((587.0, 0.14), (587.0, 0.14)),
    Earcon.TROUBLE: ((660.0, 0.12), (523.0, 0.18)),
}
"""Frequency in Hz (500 to 1500: heard by old ears) and seconds of each note; at most 300 ms."""


def earcon(kind: Earcon) -> Samples:
    """The sound at 24 kHz."""
    return np.concatenate([_note(frequency, seconds) for frequency, seconds in _NOTES[kind]])


def _note(frequency: float, seconds: float) -> Samples:
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    bell = np.sin(np.pi * time / seconds) ** 2
    tone = np.sin(2 * np.pi * frequency * time) + 0.2 * np.sin(4 * np.pi * frequency * time)
    return (_PEAK / 1.2 * bell * tone).astype(np.float32)
