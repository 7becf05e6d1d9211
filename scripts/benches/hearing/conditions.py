"""What happens to speech on its way to the microphone: noise, rooms; given as recordings, or made here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.signal import fftconvolve, lfilter

from voice.errors import AudioInputError
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.hear.wav import read_wav

NOISE_DB = 10.0
"""Speech over noise, decibels."""
FAR_DB = 20.0
"""The same in the far condition: a quiet room."""
FAR_PEAK = 0.2
"""Peak of far speech: two metres from the microphone."""
ROOMS = (0.3, 0.5, 0.8, 1.2)
"""Seconds after which the echo of a made room is 60 dB down: bedroom to bare hall."""
DIRECT_DB = 0.0
"""Direct sound over all echo together, in a made room at two metres."""


@dataclass(frozen=True)
class Surroundings:
    """Noises and rooms to draw from."""

    noises: tuple[Samples, ...]
    rooms: tuple[Samples, ...]

    def noisy(self, sound: Samples, chance: np.random.Generator, db: float = NOISE_DB) -> Samples:
        """``sound`` with a piece of one of the noises."""
        noise = self.noises[chance.integers(len(self.noises))]
        noise = np.resize(noise, max(len(noise), len(sound)))
        start = chance.integers(len(noise) - len(sound) + 1)
        return mixed(sound, noise[start : start + len(sound)], db)

    def far(self, sound: Samples, chance: np.random.Generator) -> Samples:
        """``sound`` from across one of the rooms."""
        room = self.rooms[chance.integers(len(self.rooms))]
        wet = fftconvolve(sound, room)[: len(sound) + SAMPLE_RATE // 2]
        wet = np.asarray(wet * (FAR_PEAK / max(1e-9, np.abs(wet).max())), np.float32)
        return mixed(wet, chance.standard_normal(len(wet)).astype(np.float32), FAR_DB)


def mixed(sound: Samples, noise: Samples, db: float) -> Samples:
    """Add ``noise`` so that ``sound`` lies ``db`` above it."""
    powers = float(np.mean(sound**2)), float(np.mean(noise**2))
    gain = np.sqrt(powers[0] / max(powers[1], 1e-12) / 10 ** (db / 10))
    return np.clip(sound + np.float32(gain) * noise, -1.0, 1.0).astype(np.float32)


def recordings(folder: Path | None) -> tuple[tuple[str, Samples], ...]:
    """The WAV files of ``folder``, with their names, sorted; () without a folder.

    Raises AudioInputError when one cannot be read, or when there is none in the folder.
    """
    if folder is None:
        return ()
    found = tuple((path.stem, read_wav(path)) for path in sorted(folder.glob("*.wav")))
    if not found:
        raise AudioInputError(
            f"{folder} holds no WAV file", code="audio_unreadable", file=folder.name
        )
    return found


def surroundings(
    noises: Sequence[Samples], rooms: Sequence[Samples], chatter: Sequence[Samples]
) -> Surroundings:
    """What is given, and where nothing is given what can be made: ``chatter`` are voices for a room full of people."""
    chance = np.random.default_rng(2)
    return Surroundings(
        tuple(noises) or (_fan(chance), _hum(chance), _babble(chatter)),
        tuple(rooms) or tuple(made_room(seconds, chance) for seconds in ROOMS),
    )


def _fan(chance: np.random.Generator) -> Samples:
    """Ten seconds of air: white noise whose high sounds are damped."""
    white = chance.standard_normal(10 * SAMPLE_RATE)
    return np.asarray(lfilter([1.0], [1.0, -0.95], white) * 0.02, np.float32)


def _hum(chance: np.random.Generator) -> Samples:
    """Ten seconds of a machine: mains hum that comes and goes, and air."""
    time = np.arange(10 * SAMPLE_RATE) / SAMPLE_RATE
    tones = sum(np.sin(2 * np.pi * 50 * k * time) / k for k in (1, 2, 3, 4, 6, 8, 12))
    swell = 1 + 0.5 * np.sin(2 * np.pi * 0.7 * time)
    return np.asarray(0.03 * tones * swell + 0.5 * _fan(chance), np.float32)


def _babble(chatter: Sequence[Samples]) -> Samples:
    """Ten seconds of people talking at once: voices played backwards, so that no word is heard."""
    whole = np.zeros(10 * SAMPLE_RATE, np.float32)
    for each in chatter:
        whole += np.resize(each[::-1], len(whole)) / max(1, len(chatter))
    return whole


def made_room(seconds: float, chance: np.random.Generator, direct_db: float = DIRECT_DB) -> Samples:
    """The answer of a room to a clap: the direct sound, then noise that dies away."""
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    echo = chance.standard_normal(len(time)) * 10 ** (-3 * time / seconds)
    echo[: SAMPLE_RATE // 250] = 0.0
    echo *= 10 ** (-direct_db / 20) / np.sqrt(np.sum(echo**2))
    echo[0] = 1.0
    return np.asarray(echo, np.float32)
