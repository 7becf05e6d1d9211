"""The sentences aloud: Kokoro's voices, kept on disk once they were made."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import soundfile
import soxr

from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.speak.kokoro import Kokoro, load_kokoro
from voice.speak.shaping import trim
from voice.speak.spoken import plan
from voice.speak.synthesiser import Manner

USUAL = 220
"""Characters a minute of an unhurried adult."""
SLOW = 120
"""Characters a minute of a slow old speaker."""
EDGE = round(0.3 * SAMPLE_RATE)
"""Silence around what is said."""


class Voices:
    """Says sentences; the engine is loaded when something was never said before."""

    def __init__(self, model: Path, cache: Path) -> None:
        """``model``: folder of Kokoro. ``cache``: folder for the recordings, made when needed."""
        from voice.speak.kokoro import installed_voices

        self._model, self._cache = model, cache
        self._engine: Kokoro | None = None
        self.names = installed_voices(model)

    def say(self, text: str, voice: str, rate: int = USUAL) -> Samples:
        """``text`` as 16 kHz mono sound without silence at its ends."""
        name = hashlib.sha256(f"{voice} {rate} {text}".encode()).hexdigest()[:24]
        path = self._cache / f"{name}.flac"
        if not path.is_file():
            self._cache.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(".part")
            soundfile.write(fresh, self._made(text, voice, rate), SAMPLE_RATE, format="FLAC")
            fresh.replace(path)
        sound: Samples = soundfile.read(path, dtype="float32")[0]
        return sound

    def close(self) -> None:
        """Free the engine."""
        if self._engine is not None:
            self._engine.close()

    def _made(self, text: str, voice: str, rate: int) -> Samples:
        if self._engine is None:
            self._engine = load_kokoro(self._model)
        engine = self._engine
        parts = list(engine.speak(plan([text]), Manner(rate=rate, voice=voice)))
        sound = trim(np.concatenate(parts), engine.sample_rate)
        return np.asarray(soxr.resample(sound, engine.sample_rate, SAMPLE_RATE), np.float32)


def between_silence(sound: Samples) -> Samples:
    """``sound`` with a moment of silence before and after."""
    return np.pad(sound, EDGE)
