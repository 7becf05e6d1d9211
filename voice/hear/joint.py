"""Where the stream of what was played and the stream of what is heard are joined. Pure; counts of samples at 16 kHz.

Each block of the microphone comes with a lead: how many more samples had been played by then than heard. Bursts on
either side make it jump by tens of milliseconds, and the two devices' clocks let it drift by some ten parts in a
million. An echo canceller follows the drift by itself but has to learn the echo anew, for two seconds in which it
takes nothing away, whenever the joint moves: so the joint stays, and moves only while nothing sounds, or when the
streams have really slipped.
"""

from __future__ import annotations

from collections import deque
from statistics import median

from voice.hear.recogniser import SAMPLE_RATE

WINDOW = 100
"""Blocks of the microphone, 2 s, over which the usual lead is taken."""
BEHIND = SAMPLE_RATE * 80 // 1000
"""Samples by which the joint lies behind the usual lead: bursts of 60 ms were seen under load, and what was played
must be there whenever its echo is asked for.
"""
WANDER = SAMPLE_RATE * 40 // 1000
"""Samples by which the usual lead may wander before the two are joined anew while nothing sounds: ten minutes of clocks
that drift by 70 parts in a million, and more than a busy machine makes of it.
"""
SLIP = SAMPLE_RATE * 60 // 1000
"""The same while something sounds: a device lost samples, and the echo would soon come before its sound."""


class Joint:
    """Follows the leads."""

    def __init__(self) -> None:
        self._leads: deque[int] = deque(maxlen=WINDOW)
        self._place: int | None = None

    @property
    def place(self) -> int:
        """Samples that the sound played, as it is given to the canceller, is ahead of the sound heard."""
        return self._place or 0

    def follow(self, lead: int, *, sounding: bool) -> None:
        """Take the lead of a block; ``sounding``: an echo may be in it."""
        self._leads.append(lead)
        wanted = round(median(self._leads)) - BEHIND
        if self._place is None:
            self._place = wanted
        full = len(self._leads) == WINDOW
        if abs(wanted - self._place) > (SLIP if sounding else WANDER) and (full or not sounding):
            self._place = wanted
