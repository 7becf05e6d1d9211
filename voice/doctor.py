"""What talking needs, tried one thing after the other; each gives a sentence, and what is missing its remedy."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import numpy as np

from voice.config import Folders
from voice.content.loader import load_pack
from voice.errors import AudioInputError, VoiceError
from voice.hear.ear import Ear
from voice.hear.level import Level, measure
from voice.hear.microphone import AudioInput, Microphone
from voice.hear.recogniser import Samples
from voice.speak.loudspeaker import Loudspeaker
from voice.speak.speaker import load_voice
from voice.trouble import sentence
from voice.understand.meaning import Expectation

SPACE = 200 << 20
"""Bytes of disk below which settings and speech may not be kept."""
MEMORY = 800 << 20
"""Bytes of memory that the loop takes, and a little more."""
TRIAL = 4.0
"""Seconds in which somebody asked to speak says one sentence."""
LISTEN = 1.0
"""Seconds that the microphone is listened to: longer than any device takes to wake."""


@dataclass(frozen=True)
class Good:
    """A thing works, or nearly."""

    key: str
    """The prompt that says so."""
    mind: bool = False
    """True when it works, and something should be mended all the same."""
    blanks: Mapping[str, str] = field(default_factory=dict)


class Grade(StrEnum):
    """How things stand with one check; the prompt ``doctor.line_…`` says it before the finding."""

    GOOD = "good"
    MIND = "mind"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """What one check found."""

    name: str
    text: str
    """One or two Mandarin sentences."""
    grade: Grade

    @property
    def well(self) -> bool:
        """False when there can be no talking as things stand."""
        return self.grade is not Grade.BAD


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
            grade = Grade.BAD if check.needed else Grade.MIND
            yield Finding(check.name, sentence(error, prompts), grade)
        else:
            lines = prompts.get(good.key, (good.key,))
            grade = Grade.MIND if good.mind else Grade.GOOD
            yield Finding(check.name, "".join(lines).format_map(good.blanks), grade)


def _content(folders: Folders) -> Good:
    load_pack(folders.content)
    return Good("doctor.content_ok")


def _data(folders: Folders) -> Good:
    if folders.notes:
        return Good("doctor.data_unusual", mind=True)
    return Good("doctor.data_ok")


def _space(folders: Folders) -> Good:
    existing = next(path for path in (folders.data, *folders.data.parents) if path.exists())
    if shutil.disk_usage(existing).free < SPACE:
        raise VoiceError(f"Less than {SPACE >> 20} MB are free: clear up", code="space_short")
    return Good("doctor.space_ok")


def _memory(_: Folders) -> Good:
    free = available_memory()
    if free is not None and free < MEMORY:
        message = f"Less than {MEMORY >> 20} MB of memory are free: end other programs"
        raise VoiceError(message, code="memory_short")
    return Good("doctor.memory_ok")


def available_memory() -> int | None:
    """Bytes that programs may still take; None where the system does not say so."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    found = (line.split()[1] for line in lines if line.startswith("MemAvailable:"))
    kilobytes = next(found, None)
    return None if kilobytes is None else int(kilobytes) * 1024


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
    return Good("doctor.recogniser_ok", blanks={"name": name})


def _voice(folders: Folders) -> Good:
    voice = load_voice(folders)
    voice.warm_up()
    voice.close()
    if voice.name == "system":
        return Good("doctor.voice_plain", mind=True)
    return Good("doctor.voice_ok")


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


def checks(
    input_device: int | str | None = None, output_device: int | str | None = None
) -> tuple[Check, ...]:
    """Everything. Models are told, but an engine that needs none can do instead."""
    return (
        Check("content", _content),
        Check("data", _data, needed=False),
        Check("space", _space, needed=False),
        Check("memory", _memory, needed=False),
        Check("models", _models, needed=False),
        Check("recogniser", _recogniser),
        Check("voice", _voice),
        Check("microphone", microphone(input_device)),
        Check("loudspeaker", loudspeaker(output_device)),
    )


@dataclass(frozen=True)
class Trial:
    """What came of asking somebody to speak."""

    level: Level
    text: str
    """What was heard, ``""`` for nothing."""

    @property
    def points(self) -> int:
        """How loud the voice was, 0 to 10: 0 at -60 dBFS and below, 10 at -12 and above."""
        return round(10 * min(1.0, max(0.0, (self.level.loudest + 60.0) / 48.0)))


def try_hearing(source: AudioInput, ear: Ear, seconds: float = TRIAL) -> Trial:
    """Listen for so long and hear what was said; raises AudioInputError when the microphone is lost, and
    ModelError when there is no recogniser. The sound is kept nowhere.
    """
    try:
        sound = listen(source, seconds)
    finally:
        source.close()
    readings = ear.hear(sound, Expectation())
    return Trial(measure(sound), readings[0].text if readings else "")
