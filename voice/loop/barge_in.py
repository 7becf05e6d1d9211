"""Watching, while the assistant speaks, for the user's voice in sound without echo."""

from __future__ import annotations

from collections import deque

import numpy as np

from voice.hear.level import dbfs
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.hear.speech import FRAME, FRAME_SECONDS, SpeechDetector
from voice.loop.interruption import (
    Action,
    InterruptionOptions,
    Phase,
    Verdict,
    Vigil,
    advance,
    judged,
    turn_began,
)

KEPT = 1.2
"""Seconds of sound from before the pause that are listened to: the whole of a short word, and a breath before it."""


class BargeIn:
    """The watch over one turn of the assistant's after the other. Its clock is the sound."""

    def __init__(self, options: InterruptionOptions | None = None) -> None:
        self._options = options or InterruptionOptions()
        self._detector: SpeechDetector | None = None
        self._kept: deque[Samples] = deque(maxlen=round(KEPT / FRAME_SECONDS))
        self.begin()

    @property
    def paused(self) -> bool:
        """Whether the assistant is silent for a voice."""
        return self._vigil.phase is Phase.PAUSED

    @property
    def recent(self) -> Samples:
        """The sound of the last :data:`KEPT` seconds."""
        return np.concatenate([*self._kept, np.zeros(0, np.float32)])

    def begin(self) -> None:
        """The assistant begins to speak."""
        self._vigil = Vigil()
        self._now = 0.0
        self._rest = np.zeros(0, np.float32)
        self._kept.clear()
        if self._detector is not None:
            self._detector.reset()

    def feed(self, sound: Samples) -> Action:
        """Take sound without echo, 16 kHz; the last of what its frames ask for."""
        if self._detector is None:
            self._detector = SpeechDetector()
        asked = Action.NOTHING
        whole = np.concatenate([self._rest, sound])
        end = len(whole) - len(whole) % FRAME
        self._rest = whole[end:]
        for at in range(0, end, FRAME):
            frame = whole[at : at + FRAME]
            self._kept.append(frame)
            (probability,) = self._detector.feed(frame)
            self._now += FRAME_SECONDS
            self._vigil, action = advance(
                self._vigil, self._now, FRAME_SECONDS, probability, dbfs(frame), self._options
            )
            asked = action if action is not Action.NOTHING else asked
        return asked

    def words_come(self) -> None:
        """A turn of the user's has begun since the pause."""
        self._vigil = turn_began(self._vigil)

    def judge(self, verdict: Verdict) -> Action:
        """What a verdict on the words asks for."""
        self._vigil, action = judged(self._vigil, verdict)
        return action


def seconds(sound: Samples) -> float:
    """How long a sound is at 16 kHz."""
    return len(sound) / SAMPLE_RATE
