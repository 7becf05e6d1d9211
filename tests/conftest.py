"""Real packs, engines and sound for every test, loaded once: the engines from the models on this machine."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
import soxr
from hypothesis import settings

from voice.config import find_folders
from voice.content.entries import Pack
from voice.content.loader import load_pack
from voice.errors import ModelError
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.hear.whisper import Whisper
from voice.models.manifest import load_manifest
from voice.models.store import ModelStore
from voice.speak.kokoro import Kokoro, load_kokoro
from voice.speak.shaping import trim
from voice.speak.spoken import plan
from voice.speak.synthesiser import Manner
from voice.understand import endings, index
from voice.understand.understanding import Understanding

# A busy machine is no fault: examples have no time limit.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


def pytest_configure() -> None:
    """Let Ctrl-C be heard: a shell that starts this in the background without job control has it ignored, here and in
    every program that a test starts."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


TEASHOP = Path(__file__).parent / "packs" / "teashop"
Speaker = Callable[..., Samples]
"""``spoken(text, voice="zm_yunxi", rate=220)``: the text as 16 kHz mono sound, said by Kokoro, without
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


@pytest.fixture(scope="session", autouse=True)
def _what_was_learned(pytestconfig: pytest.Config) -> None:
    """Begin with what the set-up learned from the phrasings: it depends on the content alone, and takes minutes."""
    assert pytestconfig.cache is not None
    folder = pytestconfig.cache.mkdir("phrase-index")
    for path in (find_folders().data / "index").glob("*.np[yz]"):
        if not (folder / path.name).exists():
            partial = folder / f"{path.name}.{os.getpid()}.part"
            shutil.copy2(path, partial)
            partial.replace(folder / path.name)


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
    def say(text: str, voice: str = "zm_yunxi", rate: int = 220) -> Samples:
        parts = list(kokoro.speak(plan([text]), Manner(rate=rate, voice=voice)))
        voiced = trim(np.concatenate(parts), kokoro.sample_rate)
        sound = soxr.resample(voiced, kokoro.sample_rate, SAMPLE_RATE)
        made: Samples = np.asarray(sound, np.float32)
        made.flags.writeable = False
        return made

    return say


@pytest.fixture(scope="session")
def teashop() -> Pack:
    """A pack about tea: shows that no rule knows what it talks about."""
    return load_pack(TEASHOP)


@pytest.fixture(scope="session")
def unicom() -> Pack:
    """The pack that people use."""
    return load_pack(find_folders().content)


@pytest.fixture(scope="session")
def understanding(unicom: Pack, pytestconfig: pytest.Config) -> Understanding:
    """Understanding of the real pack; its index is kept in pytest's cache as long as the content stays."""
    assert pytestconfig.cache is not None
    folder = pytestconfig.cache.mkdir("phrase-index")
    classifier = index.load_or_build(unicom, folder)
    return Understanding.of(unicom, classifier, endings.load_or_build(unicom, folder))
