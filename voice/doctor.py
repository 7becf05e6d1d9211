"""What talking needs, tried one thing after the other; each gives a sentence, and what is missing its remedy."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from voice.config import Folders
from voice.content.loader import load_pack
from voice.errors import AudioInputError, VoiceError
from voice.hear.ear import Ear
from voice.hear.level import measure
from voice.hear.microphone import AudioInput, Microphone
from voice.hear.recogniser import Samples
from voice.speak.loudspeaker import Loudspeaker
from voice.speak.speaker import load_voice
from voice.trouble import sentence

LISTEN = 1.0
"""Seconds that the microphone is listened to: longer than any device takes to wake."""


@dataclass(frozen=True)
class Good:
    """A thing works, or nearly."""

    key: str
    """The prompt that says so."""
    blanks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """What one check found."""

    name: str
    text: str
    """One or two Mandarin sentences."""
    well: bool
    """False when there can be no talking as things stand."""


@dataclass(frozen=True)
class Check:
    """One thing to try."""

    name: str
    try_it: Callable[[Folders], Good]
    """Raises VoiceError when the thing is missing or broken."""
    needed: bool = True
    """Whether there is no talking without it."""


def examine(
    folders: Folders, prompts: Mapping[str, tuple[str, ...]], checks: tuple[Check, ...]
) -> Iterator[Finding]:
    """Try everything, telling each finding at once."""
    for check in checks:
        try:
            good = check.try_it(folders)
        except VoiceError as error:
            yield Finding(check.name, sentence(error, prompts), not check.needed)
        else:
            lines = prompts.get(good.key, (good.key,))
            yield Finding(check.name, "".join(lines).format_map(good.blanks), well=True)


def _content(folders: Folders) -> Good:
    load_pack(folders.content)
    return Good("doctor.content_ok")


def _data(folders: Folders) -> Good:
    return Good("doctor.data_unusual" if folders.notes else "doctor.data_ok")


def _models(folders: Folders) -> Good:
    from voice.models import ModelStore, load_manifest
    from voice.models.manifest import Need

    store = ModelStore(folders.models, load_manifest(folders.manifest))
    for model in store.manifest.needed(Need.DEFAULT):
        store.path(model.name)
    return Good("doctor.models_ok")


def _recogniser(folders: Folders) -> Good:
    ear = Ear(folders)
    name = ear.recogniser.name
    ear.close()
    return Good("doctor.recogniser_ok", {"name": name})


def _voice(folders: Folders) -> Good:
    voice = load_voice(folders)
    voice.close()
    return Good("doctor.voice_plain" if voice.name == "system" else "doctor.voice_ok")


def microphone(device: int | str | None = None) -> Callable[[Folders], Good]:
    """The check of a microphone."""

    def try_it(_: Folders) -> Good:
        source = Microphone(device)
        try:
            sound = listen(source)
        finally:
            source.close()
        if measure(sound).dead:
            message = "The microphone gives nothing but zeros: see whether it is muted"
            raise AudioInputError(message, code="microphone_dead")
        return Good("doctor.microphone_ok")

    return try_it


def listen(source: AudioInput, seconds: float = LISTEN) -> Samples:
    """What the microphone brings in so many seconds; raises AudioInputError when it is lost."""
    until = time.monotonic() + seconds
    chunks: list[Samples] = [np.zeros(0, np.float32)]
    while time.monotonic() < until:
        chunk = source.read(0.1)
        if chunk is not None:
            chunks.append(chunk)
    return np.concatenate(chunks)


def loudspeaker(device: int | str | None = None) -> Callable[[Folders], Good]:
    """The check of a loudspeaker."""

    def try_it(_: Folders) -> Good:
        Loudspeaker(device).close()
        return Good("doctor.loudspeaker_ok")

    return try_it


CHECKS = (
    Check("content", _content),
    Check("data", _data, needed=False),
    Check("models", _models, needed=False),
    Check("recogniser", _recogniser),
    Check("voice", _voice),
    Check("microphone", microphone()),
    Check("loudspeaker", loudspeaker()),
)
"""Everything. Models are told, but an engine that needs none can do instead."""
