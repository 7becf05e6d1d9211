"""Real engines and real sound for every test: loaded once, from the models on this machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
import soxr

from voice.config import find_folders
from voice.errors import ModelError
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.hear.whisper import Whisper
from voice.models.manifest import load_manifest
from voice.models.store import ModelStore
from voice.speak.kokoro import Kokoro, load_kokoro
from voice.speak.shaping import trim
from voice.speak.spoken import plan
from voice.speak.synthesiser import Manner

Speaker = Callable[..., Samples]
"""``spoken(text, voice="", rate=220)``: the text as 16 kHz mono sound, said by Kokoro, without
silence at
its ends."""


def model_folder(name: str) -> Path:
    """Find a model. Without it a test is skipped, but where CI runs it fails: models are there."""
    folders = find_folders()
    store = ModelStore(folders.models, load_manifest(folders.manifest))
    try:
        return store.path(name)
    except ModelError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def kokoro() -> Iterator[Kokoro]:
    """The voice."""
    engine = load_kokoro(model_folder("kokoro"))
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def whisper() -> Iterator[Whisper]:
    """The recogniser."""
    engine = Whisper(model_folder("whisper-base"))
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def spoken(kokoro: Kokoro) -> Speaker:
    """Say a text aloud into an array."""

    @lru_cache(maxsize=256)
    def say(text: str, voice: str = "", rate: int = 220) -> Samples:
        parts = list(kokoro.speak(plan([text]), Manner(rate=rate, voice=voice)))
        voiced = trim(np.concatenate(parts), kokoro.sample_rate)
        sound = soxr.resample(voiced, kokoro.sample_rate, SAMPLE_RATE)
        made: Samples = np.asarray(sound, np.float32)
        made.flags.writeable = False
        return made

    return say
