"""The voice Kokoro-82M v1.0 on onnxruntime, fed our own readings."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from voice.errors import EngineError, ModelError
from voice.speak.pace import FASTEST, SLOWEST, pause_at, pieces
from voice.speak.phonemes import phonemes, token_ids
from voice.speak.readings import readings
from voice.speak.shaping import level, silence, trim
from voice.speak.spoken import SENTENCE_PAUSE
from voice.speak.synthesiser import DEFAULT_RATE, Manner, Phrase, Samples
from voice.speak.tempo import stretch

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL_FILE = "kokoro-v1.0.int8.onnx"
VOICES_FOLDER = "voices"
DEFAULT_VOICE = "zf_xiaoxiao"

_STYLE_SHAPE = (510, 256)
_LONGEST_PIECE = 60
"""Characters in one run of the model: about seven symbols each, below its 510."""
TEMPO_AT_DEFAULT_RATE = {
    "zf_xiaobei": 1.03,
    "zf_xiaoni": 0.88,
    "zf_xiaoxiao": 0.89,
    "zf_xiaoyi": 0.82,
    "zm_yunjian": 0.89,
    "zm_yunxi": 0.77,
    "zm_yunxia": 0.87,
    "zm_yunyang": 0.88,
}
"""How much faster a voice must be than it is by nature to read answers at the default rate, pauses
included: measured over eighteen sentences, 179 characters, with 14.8 s of pauses."""

_SPEED = np.array([1.0], dtype=np.float32)
"""The model's own speed stays at 1: below it, a phrase begins with a syllable that is not there."""

_log = logging.getLogger(__name__)


class Kokoro:
    """A loaded Kokoro model with its Mandarin voices; 24 kHz."""

    name = "kokoro"
    sample_rate = 24_000

    def __init__(self, session: InferenceSession, folder: Path, voices: tuple[str, ...]) -> None:
        self._session: InferenceSession | None = session
        self._folder = folder
        self._styles: dict[str, NDArray[np.float32]] = {}
        self.voices = voices

    def speak(self, phrases: tuple[Phrase, ...], manner: Manner) -> Iterator[Samples]:
        """Yield each phrase with its pause as soon as it is made; see :class:`Synthesiser`.

        A voice that is not installed is replaced by the default one. Raises :class:`EngineError`
        when the model fails.
        """
        voice = self._voice(manner.voice)
        tempo = tempo_for(voice, manner.rate)
        for phrase in phrases:
            rest = silence(pause_at(phrase.pause, manner.rate), self.sample_rate)
            yield np.concatenate([self._say(phrase, voice, tempo), rest])

    def close(self) -> None:
        """Free the model."""
        self._session = None
        self._styles.clear()

    def _say(self, phrase: Phrase, voice: str, tempo: float) -> Samples:
        ending = _ending(phrase)
        made = [
            trim(self._run(text, ending, voice), self.sample_rate)
            for text in pieces(phrase.text, _LONGEST_PIECE)
        ]
        if not made:
            return silence(0, self.sample_rate)
        sound = stretch(np.concatenate(made), self.sample_rate, tempo)
        return level(sound, self.sample_rate)

    def _run(self, text: str, ending: str, voice: str) -> Samples:
        from onnxruntime.capi import onnxruntime_pybind11_state as faults

        if self._session is None:
            raise EngineError("The Kokoro voice is closed. Load it again.", engine=self.name)
        ids = token_ids(phonemes(readings(text), ending))
        if len(ids) < 2:
            return silence(0, self.sample_rate)
        style = self._style(voice)[min(len(ids), len(self._style(voice))) - 1]
        feed = {
            "tokens": np.array([[0, *ids, 0]], dtype=np.int64),
            "style": style[np.newaxis],
            "speed": _SPEED,
        }
        try:
            made = self._session.run(None, feed)[0]
        except (faults.Fail, faults.InvalidArgument, faults.RuntimeException) as error:
            raise EngineError(
                f"Kokoro could not speak a phrase: {error}. Run `voice models verify`.",
                engine=self.name,
            ) from error
        return np.asarray(made, dtype=np.float32).ravel()

    def _voice(self, wanted: str) -> str:
        if wanted in self.voices:
            return wanted
        return DEFAULT_VOICE if DEFAULT_VOICE in self.voices else self.voices[0]

    def _style(self, voice: str) -> NDArray[np.float32]:
        if voice not in self._styles:
            self._styles[voice] = _read_style(self._folder / VOICES_FOLDER / f"{voice}.bin")
        return self._styles[voice]


def load_kokoro(folder: Path, *, threads: int = 2) -> Kokoro:
    """Load the model and list its voices from ``folder``; about half a second.

    Raises :class:`ModelError` when a file is missing or is not what it should be.
    """
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as faults

    voices = installed_voices(folder)
    if not voices:
        raise _broken(f"no Kokoro voice in {folder.name}/{VOICES_FOLDER}")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(
            str(folder / MODEL_FILE), options, providers=["CPUExecutionProvider"]
        )
    except (
        faults.Fail,
        faults.InvalidGraph,
        faults.InvalidProtobuf,
        faults.NoSuchFile,
        faults.NotImplemented,
        faults.RuntimeException,
    ) as error:
        raise _broken(f"{MODEL_FILE} cannot be loaded") from error
    if {entry.name for entry in session.get_inputs()} != {"tokens", "style", "speed"}:
        raise _broken(f"{MODEL_FILE} is not Kokoro v1.0")
    _log.info("kokoro loaded with %d voices", len(voices))
    return Kokoro(session, folder, voices)


def installed_voices(folder: Path) -> tuple[str, ...]:
    """The Mandarin voices whose file has the right size: ``zf_…`` female, ``zm_…`` male."""
    size = _STYLE_SHAPE[0] * _STYLE_SHAPE[1] * 4
    found = (folder / VOICES_FOLDER).glob("z[fm]_*.bin")
    return tuple(sorted(path.stem for path in found if path.stat().st_size == size))


def tempo_for(voice: str, rate: int) -> float:
    """How many times as fast as by nature a voice speaks at a rate in characters a minute."""
    usual = TEMPO_AT_DEFAULT_RATE.get(voice, TEMPO_AT_DEFAULT_RATE[DEFAULT_VOICE])
    return usual * min(max(rate, SLOWEST), FASTEST) / DEFAULT_RATE


def _ending(phrase: Phrase) -> str:
    if phrase.display.rstrip(" 」』”’）)").endswith(("？", "?")):
        return "?"
    return "." if phrase.pause >= SENTENCE_PAUSE else ","


def _read_style(path: Path) -> NDArray[np.float32]:
    try:
        style = np.fromfile(path, dtype="<f4").reshape(_STYLE_SHAPE)
    except (OSError, ValueError) as error:
        raise _broken(f"the voice {path.stem} cannot be read") from error
    return style.astype(np.float32, copy=False)


def _broken(what: str) -> ModelError:
    return ModelError(f"{what}. Run `voice models fetch kokoro`.", model="kokoro")
