"""The voice Kokoro-82M v1.0 on onnxruntime, fed our own readings."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voice.speak.breath import Part, breath
from voice.speak.joining import flowing, in_pieces, runs
from voice.speak.kokoro_graph import broken
from voice.speak.kokoro_model import (
    FRAME,
    MOST_SYMBOLS,
    SAMPLE_RATE,
    KokoroModel,
    Prosody,
    load_model,
)
from voice.speak.kokoro_pace import DEFAULT_VOICE, pace_for
from voice.speak.pace import pause_at, pieces
from voice.speak.shaping import blend, gain_for, limit, presence, silence, trim
from voice.speak.synthesiser import Manner, Phrase, Samples
from voice.speak.tempo import stretch

VOICES_FOLDER = "voices"

_STYLE_SHAPE = (510, 256)
_LONGEST_PIECE = 60
"""Characters in one run of the model: about seven symbols each, below its 510."""
LONGEST_STYLE = 41
"""Symbols up to which a phrase is spoken in the style that the voice has for its length; longer ones in that of this
length. The styles of long phrases are slower and less clear, that of 20 symbols no better for long ones, and this one
worse for single words (18 % of their syllables heard wrongly, instead of 11 %)."""
LEAD, TAIL = 6, 6
"""Frames of 25 ms that are made before the first symbol of a phrase and after its last: the model
begins and ends its sounds not quite on time, and the rest of what it makes there is silence."""
CONTEXT = 3
"""Frames made beyond the ends of a piece and thrown away: the first begins with a loud click unless it is
silence."""
CONTEXT_SOON = 1
"""So many before the beginning of a run that somebody waits for: it is silence."""
EARLY = 2
"""Frames by which the sound of a syllable begins before its symbol does."""
SEAM = 120
"""Samples over which two pieces of a phrase that is made in parts are blended, 5 ms."""

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
        """Yield each phrase with its pause as soon as it is made; see :class:`Synthesiser`.

        A voice that is not installed is replaced by the default one. Unless it is wanted ``soon``,
        a phrase in pieces is made as a whole, as its first piece, and the others are empty. Raises
        :class:`EngineError` when the model fails.
        """
        for run in runs(phrases):
            if manner.soon:
                yield from self._run(run, manner)
            else:
                yield from in_pieces(run, self._run(flowing(run), manner))

    def _run(self, run: tuple[Phrase, ...], manner: Manner) -> Iterator[Samples]:
        """The sound of what is spoken in one breath, at one loudness where it flows."""
        voice = self._voice(manner.voice)
        pace, tempo = pace_for(voice, manner.rate)
        gain, flows = 1.0, False
        for phrase, made in zip(run, self._breath(run, voice, pace, manner.soon), strict=True):
            clear = presence(stretch(made, self.sample_rate, tempo), self.sample_rate)
            gain = gain if flows else gain_for(clear, self.sample_rate)
            flows = phrase.pause == 0
            rest = silence(pause_at(phrase.pause, manner.rate), self.sample_rate)
            yield np.concatenate([limit(clear * np.float32(gain)), rest])

    def warm_up(self) -> None:
        """Speak a word unheard, so that all that speaking needs is loaded: over a second, half of it libraries'."""
        for _ in self.speak((Phrase("好", 0.0),), Manner()):
            pass

    def aside(self) -> Kokoro:
        """The same network for work that may be broken off; see :class:`Interruptible`."""
        return Kokoro(self._model.aside(), self._folder, self.voices)

    def interrupt(self) -> None:
        """Break off within a step of the network, some hundredths of a second."""
        self._model.interrupt()

    def go_on(self) -> None:
        """Take work again after :meth:`interrupt`."""
        self._model.go_on()

    def close(self) -> None:
        """Free the model."""
        self._model.close()
        self._styles.clear()

    def _breath(
        self, run: tuple[Phrase, ...], voice: str, pace: float, soon: bool
    ) -> Iterator[Samples]:
        """The sound of each phrase as soon as it is made, trimmed where the voice rests."""
        said = breath(run)
        if len(said.symbols) > MOST_SYMBOLS:
            yield from (self._long(phrase, voice, pace, soon) for phrase in run)
        elif not said.speaks:
            yield from (silence(0, self.sample_rate) for _ in run)
        else:
            style = self._style(voice)[min(len(said.symbols), LONGEST_STYLE) - 1]
            prosody = self._model.read(said.symbols, style, said.paces(pace))
            yield from self._sounds(prosody, said.parts, soon)

    def _sounds(self, prosody: Prosody, parts: tuple[Part, ...], soon: bool) -> Iterator[Samples]:
        """Phrase by phrase; positions are samples of the run's whole sound, most of it never made."""
        edges = prosody.edges
        start = max(0, int(edges[0]) - LEAD) * FRAME
        flows, kept = False, silence(0, self.sample_rate)
        for part in parts:
            until = min(int(edges[part.after]), int(edges[part.mark]) + TAIL)
            context = CONTEXT_SOON if soon and part is parts[0] else CONTEXT
            begin = max(0, start // FRAME - context)
            made = self._model.sound(prosody, begin, until + CONTEXT)
            origin = begin * FRAME
            end = until * FRAME
            if part is not parts[-1]:
                rest = (int(edges[part.mark]) - EARLY) * FRAME
                end = origin + _quietest(made, rest - origin, end - origin)
            piece = made[start - origin : end - origin].copy()
            if flows:
                blend(piece, kept)
            kept = made[end - origin : end - origin + SEAM]
            yield trim(piece, self.sample_rate, head=not flows, tail=not part.flows)
            flows = part.flows
            start = end if flows else max(end, (int(edges[part.after]) - LEAD) * FRAME)

    def _long(self, phrase: Phrase, voice: str, pace: float, soon: bool) -> Samples:
        """A phrase in several runs, should it have more symbols than the model takes."""
        made = [
            sound
            for text in pieces(phrase.text, _LONGEST_PIECE)
            for sound in self._breath((replace(phrase, text=text),), voice, pace, soon)
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
    """Load the model and list its voices from ``folder``; see :meth:`Kokoro.warm_up`.

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


def _quietest(sound: Samples, start: int, end: int) -> int:
    """Where between two phrases, sample ``start`` to ``end``, the sound is quietest over 20 ms."""
    width = int(0.02 * SAMPLE_RATE)
    stretch_of_it = sound[start : max(end, start + width)] ** 2
    energy = np.convolve(stretch_of_it, np.ones(width), mode="valid")
    return start + int(np.argmin(energy)) + width // 2 if len(energy) else start


def _read_style(path: Path) -> NDArray[np.float32]:
    try:
        style = np.fromfile(path, dtype="<f4").reshape(_STYLE_SHAPE)
    except (OSError, ValueError) as error:
        raise broken(f"the voice {path.stem} cannot be read") from error
    return style.astype(np.float32, copy=False)
