"""Whether somebody speaks louder than the assistant's own echo. Pure; levels in dBFS of frames of 10 ms.

An echo canceller takes holes out of a voice that speaks at the same time: a short 停 does not survive it. But how loud
the echo of what is played comes back is soon known, and a sound well above that is somebody's, who is better
understood with the echo behind than with holes.
"""

from __future__ import annotations

from collections import deque

import numpy as np

ECHO_LASTS = 30
"""Frames, 0.3 s, in which the loudest sound played may come back: the devices' delay and the room."""
HEARABLE = -50.0
"""Level below which what is played, or heard, is nothing."""
CANCELLED_DB = 10.0
"""Taken away by the canceller, in dB, from which a frame is echo alone."""
REMEMBERED = 500
"""Such frames, 5 s of them, from which the echo's level is known…"""
KNOWN = 100
"""…and how many it takes."""
USUAL = 97.0
"""Percentile of the echo's level, as played and as heard, that counts as its loudest."""
ABOVE_DB = 6.0
"""By how much a voice is louder than the loudest echo. Over three minutes of the assistant alone, no frame was; of
eight 停 at an echo 18 dB down, all 200 ms of each.
"""
HOLD = 30
"""Frames for which the voice counts as going on: between two syllables it is soft."""


class DoubleTalk:
    """Watches the frames of one microphone, in order."""

    def __init__(self) -> None:
        self._played: deque[float] = deque(maxlen=ECHO_LASTS)
        self._echoes: deque[float] = deque(maxlen=REMEMBERED)
        self._loudest: float | None = None
        self._counted = 0
        self._hold = 0
        self.since = 0
        """Frames since the voice rose above the echo; 0 when nobody speaks."""

    @property
    def going_on(self) -> bool:
        """Whether somebody speaks louder than the echo, or did a moment ago."""
        return self._hold > 0

    def notice(self, played: float, heard: float, left: float) -> None:
        """Take the levels of a frame: what was played, what the microphone heard, and what the canceller left of it."""
        self._hold = max(0, self._hold - 1)
        self._played.append(played)
        loudest = max(self._played)
        if loudest < HEARABLE:
            self._hold = self.since = 0
            return
        echo = heard - loudest
        if heard - left >= CANCELLED_DB:
            self._learn(echo)
        louder = self._loudest is not None and echo > self._loudest + ABOVE_DB
        if louder and heard > HEARABLE:
            self._hold = HOLD
        self.since = self.since + 1 if self._hold else 0

    def _learn(self, echo: float) -> None:
        self._echoes.append(echo)
        self._counted += 1
        if self._counted % (KNOWN // 2) == 0 and len(self._echoes) >= KNOWN:
            self._loudest = float(np.percentile(self._echoes, USUAL))
