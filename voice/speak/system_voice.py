"""The system's own Mandarin voice through pyttsx3: SAPI5, NSSpeechSynthesizer or espeak-ng."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from voice.errors import EngineError
from voice.speak.joining import flowing, in_pieces
from voice.speak.pace import articulation, pause_at, pieces
from voice.speak.readings import readings
from voice.speak.shaping import level, silence, trim
from voice.speak.synthesiser import Manner, Phrase, Samples

ATTEMPTS = 3
"""Times that a phrase is asked for before the voice counts as broken."""
TIME_LIMIT = 15.0
"""Seconds for one phrase; a driver that takes longer hangs."""

_LONGEST_PIECE = 60
_USUAL_RATE = 160
"""pyttsx3's rate, nominally words a minute, at which the probe measures the voice."""
_RATES = (60, 500)
_PROBE = "您好请说下一步或者再说一遍"
_PROBE_PACES = (60.0, 900.0)
"""Characters a minute outside which the probe was not read as Chinese syllables."""


@dataclass(frozen=True)
class SystemVoice:
    """A voice as its driver describes it."""

    id: str
    name: str
    languages: tuple[str, ...]


def rank(voice: SystemVoice) -> int:
    """How well a voice suits Mandarin: 0 not at all, 1 from syllables only, 2 Taiwan, 3 mainland.

    espeak-ng's voice ``cmn`` reads Chinese characters as English letters, so of that driver only
    ``cmn-latn-pinyin`` counts, which is fed pinyin.
    """
    identity = f"{voice.id} {voice.name}".lower()
    languages = " ".join(voice.languages).lower().replace("_", "-")
    if "latn-pinyin" in identity or "latn-pinyin" in languages:
        return 1
    if voice.id.startswith(("sit/", "mb/", "gmw/")) or "yue" in languages or "hk" in languages:
        return 0
    everything = f"{identity} {languages}".replace("_", "-")
    if any(sign in everything for sign in ("zh-cn", "zh-hans", "chinese (simplified", "cmn-cn")):
        return 3
    if any(sign in everything for sign in ("zh-tw", "chinese (traditional, taiwan", "cmn-tw")):
        return 2
    return 3 if languages in ("zh", "cmn") or "mandarin" in identity else 0


def mandarin_voices(voices: Sequence[SystemVoice]) -> tuple[SystemVoice, ...]:
    """The voices that can say Mandarin, best first."""
    usable = [voice for voice in voices if rank(voice)]
    return tuple(sorted(usable, key=lambda voice: (-rank(voice), voice.id)))


class SystemSynthesiser:
    """The system's voice; 24 kHz. Made by :func:`load_system_voice`."""

    name = "system"
    sample_rate = 24_000

    def __init__(self, voices: tuple[SystemVoice, ...]) -> None:
        self._known = {voice.id: voice for voice in voices}
        self._default = voices[0]
        self._pace: dict[str, float] = {}
        self.voices = tuple(self._known)

    def speak(self, phrases: tuple[Phrase, ...], manner: Manner) -> Iterator[Samples]:
        """Yield each phrase with its pause; see :class:`Synthesiser`.

        Raises :class:`EngineError` when the driver fails or hangs.
        """
        voice = self._known.get(manner.voice, self._default)
        rate = round(_USUAL_RATE * articulation(manner.rate) / self.pace(voice))
        rate = min(max(rate, _RATES[0]), _RATES[1])

        def sound(phrase: Phrase) -> Samples:
            made = [self._say(text, voice, rate) for text in pieces(phrase.text, _LONGEST_PIECE)]
            rest = silence(pause_at(phrase.pause, manner.rate), self.sample_rate)
            return np.concatenate([*made, rest])

        # Words spoken apart sound apart, so a phrase in pieces is said as a whole.
        yield from in_pieces(phrases, map(sound, flowing(phrases)))

    def close(self) -> None:
        """Nothing stays open between phrases."""

    def pace(self, voice: SystemVoice) -> float:
        """Characters a minute at the usual rate, found by speaking a probe once.

        Raises :class:`EngineError` when the probe is not read as Chinese.
        """
        if voice.id not in self._pace:
            sound = self._say(_PROBE, voice, _USUAL_RATE)
            pace = len(_PROBE) * 60 * self.sample_rate / max(len(sound), 1)
            if not _PROBE_PACES[0] <= pace <= _PROBE_PACES[1]:
                raise EngineError(
                    f"The system's voice {voice.name} does not read Chinese. Use Kokoro.",
                    code="voice_unusable",
                    voice=voice.name,
                )
            self._pace[voice.id] = pace
        return self._pace[voice.id]

    def _say(self, text: str, voice: SystemVoice, rate: int) -> Samples:
        import soundfile
        import soxr

        request = {"text": _written(text, voice), "voice": voice_key(voice), "rate": rate}
        with tempfile.TemporaryDirectory(prefix="voice-") as folder:
            path = Path(folder) / "phrase.wav"
            # On a busy machine the driver's loop now and then ends before it begins: once more, then it is a fault.
            for _ in range(ATTEMPTS):
                _ask({**request, "path": str(path)})
                if path.is_file():
                    break
            try:
                sound, found_rate = soundfile.read(path, dtype="float32", always_2d=True)
            except (OSError, soundfile.LibsndfileError) as error:
                raise _failed("wrote no sound") from error
        mono = soxr.resample(sound.mean(axis=1), found_rate, self.sample_rate)
        return level(trim(mono.astype(np.float32), self.sample_rate), self.sample_rate)


def load_system_voice() -> SystemSynthesiser:
    """Find the system's Mandarin voices and try the best.

    Raises :class:`EngineError` when there is none that reads Chinese; the reason is in the message.
    """
    listed = [
        SystemVoice(str(entry["id"]), str(entry["name"]), tuple(entry["languages"]))
        for entry in _ask({"voices": True})
    ]
    tried = ""
    for voice in mandarin_voices(listed):
        synthesiser = SystemSynthesiser((voice,))
        try:
            synthesiser.pace(voice)
        except EngineError as error:
            tried = f" {error}"
            continue
        return synthesiser
    raise EngineError(
        f"The system has no Mandarin voice that can be used.{tried} On Debian: apt-get install espeak-ng.",
        code="voice_unusable",
        voice="pyttsx3",
    )


def voice_key(voice: SystemVoice) -> str:
    """What the driver is asked for: espeak-ng finds a voice by its language, not by its file."""
    return voice.languages[0] if rank(voice) == 1 and voice.languages else voice.id


def _written(text: str, voice: SystemVoice) -> str:
    """What the voice is given: pinyin of our readings where it cannot read characters."""
    if rank(voice) == 1:
        return " ".join(
            f"{syllable.base.replace('v', 'ü')}{syllable.tone}" for syllable in readings(text)
        )
    return text


def _ask(request: Mapping[str, object]) -> list[dict[str, Any]]:
    package_root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, (package_root, os.environ.get("PYTHONPATH"))))
    try:
        finished = subprocess.run(
            [sys.executable, "-m", "voice.speak.system_voice_worker"],
            input=json.dumps(request, ensure_ascii=False).encode(),
            capture_output=True,
            timeout=TIME_LIMIT,
            check=True,
            env={**os.environ, "PYTHONPATH": path},
        )
    except subprocess.TimeoutExpired as error:
        raise _failed(f"took longer than {TIME_LIMIT:g} s") from error
    except subprocess.CalledProcessError as error:
        raise _failed(f"failed: {error.stderr.decode(errors='replace').strip()[-200:]}") from error
    except OSError as error:
        raise _failed(f"could not be started: {error}") from error
    try:
        answer: list[dict[str, Any]] = json.loads(finished.stdout)
    except ValueError as error:
        raise _failed("gave no answer") from error
    return answer


def _failed(what: str) -> EngineError:
    return EngineError(
        f"The system's voice {what}. Use Kokoro, or repair the voice.", engine="system"
    )
