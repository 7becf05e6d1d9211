"""The voice Kokoro-82M v1.0 on onnxruntime, fed our own readings."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voice.speak.joining import runs
from voice.speak.kokoro_model import MOST_SYMBOLS, SAMPLE_RATE, KokoroModel, broken, load_model
from voice.speak.pace import FASTEST, SLOWEST, pause_at, pieces
from voice.speak.phonemes import SYMBOLS, phonemes, token_ids
from voice.speak.readings import readings
from voice.speak.shaping import level, presence, silence, trim
from voice.speak.spoken import SENTENCE_PAUSE
from voice.speak.synthesiser import DEFAULT_RATE, Manner, Phrase, Samples
from voice.speak.tempo import stretch

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

_SPACE = SYMBOLS[" "]

_log = logging.getLogger(__name__)


class Kokoro:
    """A loaded Kokoro model with its Mandarin voices; 24 kHz."""

    name = "kokoro"
    sample_rate = SAMPLE_RATE

    def __init__(self, model: KokoroModel, folder: Path, voices: tuple[str, ...]) -> None:
        self._model = model
        self._folder = folder
        self._styles: dict[str, NDArray[np.float32]] = {}
        self.voices = voices

    def speak(self, phrases: tuple[Phrase, ...], manner: Manner) -> Iterator[Samples]:
        """Yield each phrase with its pause as soon as its run is made; see :class:`Synthesiser`.

        A voice that is not installed is replaced by the default one. Raises :class:`EngineError`
        when the model fails.
        """
        voice = self._voice(manner.voice)
        tempo = tempo_for(voice, manner.rate)
        for run in runs(phrases):
            for phrase, made in zip(run, self._breath(run, voice), strict=True):
                clear = presence(stretch(made, self.sample_rate, tempo), self.sample_rate)
                sound = level(clear, self.sample_rate)
                rest = silence(pause_at(phrase.pause, manner.rate), self.sample_rate)
                yield np.concatenate([sound, rest])

    def close(self) -> None:
        """Free the model."""
        self._model.close()
        self._styles.clear()

    def _breath(self, run: tuple[Phrase, ...], voice: str) -> list[Samples]:
        """The sound of each phrase of a run, trimmed, at the voice's own pace."""
        parts = [token_ids(phonemes(readings(phrase.text), _ending(phrase))) for phrase in run]
        symbols: list[int] = []
        ends: list[int] = []
        for part in parts:
            symbols += [*([_SPACE] if symbols else []), *part]
            ends.append(len(symbols))
        if len(symbols) > MOST_SYMBOLS:
            return [self._long(phrase, voice) for phrase in run]
        if len(symbols) == len(run) + len(run) - 1:  # marks and spaces alone
            return [silence(0, self.sample_rate) for _ in run]
        styles = self._style(voice)
        sound, places = self._model.run(symbols, styles[len(symbols) - 1])
        cuts = [_quietest(sound, int(places[end - 2]), int(places[end])) for end in ends[:-1]]
        return [trim(piece, self.sample_rate) for piece in np.split(sound, cuts)]

    def _long(self, phrase: Phrase, voice: str) -> Samples:
        """A phrase in several runs, should it have more symbols than the model takes."""
        made = [
            self._breath((replace(phrase, text=text),), voice)[0]
            for text in pieces(phrase.text, _LONGEST_PIECE)
        ]
        return np.concatenate(made)

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
    voices = installed_voices(folder)
    if not voices:
        raise broken(f"no Kokoro voice in {folder.name}/{VOICES_FOLDER}")
    model = load_model(folder, threads)
    _log.info("kokoro loaded with %d voices", len(voices))
    return Kokoro(model, folder, voices)


def installed_voices(folder: Path) -> tuple[str, ...]:
    """The Mandarin voices whose file has the right size, the default one first.

    ``zf_…`` are female, ``zm_…`` male.
    """
    size = _STYLE_SHAPE[0] * _STYLE_SHAPE[1] * 4
    found = (folder / VOICES_FOLDER).glob("z[fm]_*.bin")
    names = (path.stem for path in found if path.stat().st_size == size)
    return tuple(sorted(names, key=lambda name: (name != DEFAULT_VOICE, name)))


def tempo_for(voice: str, rate: int) -> float:
    """How many times as fast as by nature a voice speaks at a rate in characters a minute."""
    usual = TEMPO_AT_DEFAULT_RATE.get(voice, TEMPO_AT_DEFAULT_RATE[DEFAULT_VOICE])
    return usual * min(max(rate, SLOWEST), FASTEST) / DEFAULT_RATE


def _quietest(sound: Samples, start: int, end: int) -> int:
    """Where between two phrases, sample ``start`` to ``end``, the sound is quietest over 20 ms."""
    width = int(0.02 * SAMPLE_RATE)
    stretch_of_it = sound[start : max(end, start + width)] ** 2
    energy = np.convolve(stretch_of_it, np.ones(width), mode="valid")
    return start + int(np.argmin(energy)) + width // 2 if len(energy) else start


def _ending(phrase: Phrase) -> str:
    if phrase.display.rstrip(" 」』”’）)").endswith(("？", "?")):
        return "?"
    return "." if phrase.pause >= SENTENCE_PAUSE else ","


def _read_style(path: Path) -> NDArray[np.float32]:
    try:
        style = np.fromfile(path, dtype="<f4").reshape(_STYLE_SHAPE)
    except (OSError, ValueError) as error:
        raise broken(f"the voice {path.stem} cannot be read") from error
    return style.astype(np.float32, copy=False)
