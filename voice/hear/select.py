"""Which recogniser to hear with: a pure choice from what is there, and the loading at the edge."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from voice.errors import ModelError
from voice.hear.recogniser import Recogniser
from voice.hear.speech import load_library

if TYPE_CHECKING:
    from voice.models.store import ModelStore

AUTO = "auto"


@dataclass(frozen=True)
class Engine:
    """A recogniser that can be chosen."""

    name: str
    library: str
    """The module that it needs."""
    model: str
    """The model that it hears Mandarin with."""


ENGINES = (
    Engine("sense-voice", "sherpa_onnx", "sense-voice"),
    Engine("vosk", "vosk", "vosk-cn"),
    Engine("whisper", "ctranslate2", "whisper-base"),
)
"""Best first. SenseVoice errs least, above all with the old and the accented. Vosk and Whisper base err
about alike, but Vosk has read the words by the time they end and knows the phrases of the moment; Whisper's
model is in every package registry, so it always works. docs/hearing.md has the published figures.
"""


@dataclass(frozen=True)
class Available:
    """What is on this machine."""

    libraries: frozenset[str]
    models: frozenset[str]


def choose(available: Available, preference: str = AUTO) -> Engine:
    """Choose the best engine whose library and model are there, or the one that is asked for.

    Raises:
        ModelError: the one asked for is unknown (``engine_unknown``), or nothing can hear
            (``model_missing``, ``library_missing``); the message says what to do.
    """
    named = {engine.name: engine for engine in ENGINES}
    if preference != AUTO and preference not in named:
        known = ", ".join([AUTO, *named])
        message = f"There is no recogniser {preference}: choose one of {known}"
        raise ModelError(message, code="engine_unknown", name=preference)
    asked = [named[preference]] if preference != AUTO else list(ENGINES)
    usable = [engine for engine in asked if not lacking(engine, available)]
    if usable:
        return usable[0]
    wanted = asked[-1]
    if wanted.library not in available.libraries:
        message = f"{wanted.name} needs the Python package {wanted.library}: install it"
        raise ModelError(message, code="library_missing", name=wanted.library)
    message = f"No model to hear with: run `python3 scripts/run.py models fetch {wanted.model}`"
    raise ModelError(message, code="model_missing", name=wanted.model)


def lacking(engine: Engine, available: Available) -> str:
    """Name what an engine lacks on this machine; ``""`` when it can be used."""
    if engine.library not in available.libraries:
        return engine.library
    return "" if engine.model in available.models else engine.model


def look(store: ModelStore) -> Available:
    """Look at this machine. Imports no engine; hashes a model that was never verified."""
    listed = {model.name for model in store.manifest}
    libraries = {each.library for each in ENGINES if find_spec(each.library) is not None}
    models = {each.model for each in ENGINES if each.model in listed and store.has(each.model)}
    return Available(frozenset(libraries), frozenset(models))


def load(engine: Engine, folder: Path, threads: int = 2, subject: str = "") -> Recogniser:
    """Load an engine's model from ``folder``; takes 1 to 3 s.

    ``subject``: a sentence with the words of what people talk about, for an engine that can use it.

    Raises:
        ModelError: a file is missing or broken.
    """
    load_library()
    if engine.name == "sense-voice":
        from voice.hear.sense_voice import SenseVoice

        return SenseVoice(folder, threads)
    if engine.name == "vosk":
        from voice.hear.vosk import Vosk

        return Vosk(folder)
    from voice.hear.whisper import Whisper
    from voice.hear.whisper_model import WhisperOptions

    return Whisper(folder, WhisperOptions(threads=threads), subject=subject)


def load_recogniser(
    store: ModelStore, preference: str = AUTO, threads: int = 2, subject: str = ""
) -> Recogniser:
    """Choose among what is installed and load it; see :func:`choose` and :func:`load` for the
    errors.
    """
    engine = choose(look(store), preference)
    return load(engine, store.path(engine.model), threads, subject)
