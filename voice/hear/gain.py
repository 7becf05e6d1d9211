"""Learning how loud the room and the speaker are at this microphone, and raising a quiet voice before anything looks at
it. Pure but for :class:`Leveller`, which keeps the state of one stream of sound.

Measured with six utterances of two voices 10 to 40 dB over the room: the detector finds all of a sentence down to
-55 dBFS, but of lone words it misses a third at -55, most at -60.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from voice.hear.level import (
    CLIPPED_AT,
    CLIPPED_SHARE,
    GREATEST_GAIN_DB,
    SILENCE_DBFS,
    WANTED_DBFS,
    dbfs,
)
from voice.hear.recogniser import Samples
from voice.hear.speech import FRAME_SECONDS

ROOM_DBFS = -60.0
"""What a room is raised to before any voice was heard: a usual microphone brings a quiet room at -60 to -50 dBFS, so a
room far below tells of an input that is set too low.
"""

LOUDEST_ROOM_DBFS = -40.0
"""No gain raises the room above this, whatever the voice would need: the detector sees speech in louder noise."""

LEARNED_RATE = 0.3
"""Weight of a new turn in the running mean of the voice's level: three turns are enough to know someone."""

ROOM_SECONDS = 3.0
"""Time constant of the room's level: longer than a cough, shorter than a fan takes to be noticed."""

MOVED_DB = 12.0
"""A room that became quieter by this is another microphone or another setting: what was learned of the voice there
means nothing here.
"""

HEADROOM = 0.98
"""Peak, of full scale, that raised sound is held below."""


@dataclass(frozen=True)
class Levels:
    """What was learned, in dB below full scale, before any gain; None before anything was."""

    room: float | None = None
    """Between turns."""
    voice: float | None = None
    """Of the frames with speech in them."""


def gain(levels: Levels) -> float:
    """Decibels to raise the sound by, 0 to :data:`GREATEST_GAIN_DB`."""
    wanted = 0.0
    if levels.voice is not None:
        wanted = WANTED_DBFS - levels.voice
    elif levels.room is not None:
        wanted = ROOM_DBFS - levels.room
    if levels.room is not None:
        wanted = min(wanted, LOUDEST_ROOM_DBFS - levels.room)
    return float(np.clip(wanted, 0.0, GREATEST_GAIN_DB))


def with_room(levels: Levels, level: float, seconds: float) -> Levels:
    """Learn from ``seconds`` without speech at ``level`` dBFS; digital silence teaches nothing."""
    if level <= SILENCE_DBFS:
        return levels
    if levels.room is None:
        return replace(levels, room=level)
    room = levels.room + min(1.0, seconds / ROOM_SECONDS) * (level - levels.room)
    return replace(levels, room=room)


def with_voice(levels: Levels, level: float) -> Levels:
    """Learn from a turn whose speech was at ``level`` dBFS."""
    if levels.voice is None:
        return replace(levels, voice=level)
    return replace(levels, voice=levels.voice + LEARNED_RATE * (level - levels.voice))


class Leveller:
    """Raises one stream of sound. The gain stays what it is during a turn, but falls at once where sound would be
    clipped.
    """

    def __init__(self, learned: Levels | None = None) -> None:
        """``learned``: from an earlier run; the room is listened to anew."""
        learned = learned or Levels()
        self.levels = replace(learned, room=None)
        self._learned_room = learned.room
        self._gain = gain(self.levels)
        self.begin()

    def begin(self) -> None:
        """A turn begins."""
        self._voiced: list[float] = []
        self._samples = 0
        self._cut = 0

    def end(self) -> None:
        """A turn is over: learn the voice's level from it."""
        if self._voiced:
            power = float(np.mean(np.power(10.0, np.array(self._voiced) / 10)))
            self.levels = with_voice(self.levels, 10 * float(np.log10(power)))
            self._learned_room = self.levels.room

    @property
    def clipped(self) -> bool:
        """Whether the microphone's input cut the tops off the turn so far."""
        return self._cut > CLIPPED_SHARE * max(1, self._samples)

    def feed(self, sound: Samples, *, speaking: bool) -> Samples:
        """Raise the next chunk, of any length; ``speaking`` says that a turn is going on."""
        if not sound.size:
            return sound
        tops = np.abs(sound)
        self._samples += sound.size
        self._cut += int(np.count_nonzero(tops >= CLIPPED_AT))
        before = self._gain
        if not speaking:
            self._gain = gain(self.levels)
        most = 20 * float(np.log10(HEADROOM / max(1e-6, float(tops.max()))))
        self._gain = max(0.0, min(self._gain, most))
        if before == self._gain == 0.0:
            return sound
        # Within a few milliseconds from one gain to the other, so that no click is made.
        curve = np.full(sound.size, self._gain)
        ramp = min(_RAMP, sound.size)
        curve[:ramp] = np.linspace(min(before, most), self._gain, ramp)
        raised: Samples = (sound * np.power(10.0, curve / 20)).astype(np.float32)
        return raised

    def noticed(self, frame: Samples, probability: float, *, speaking: bool) -> None:
        """Learn from a frame that :meth:`feed` gave back and its probability of speech."""
        level = dbfs(frame) - self._gain
        if speaking and probability >= _SPEECH:
            self._voiced.append(level)
        elif not speaking and probability < _NO_SPEECH:
            self.levels = with_room(self.levels, level, FRAME_SECONDS)
            self._forget_another_microphone()

    def _forget_another_microphone(self) -> None:
        room, learned = self.levels.room, self._learned_room
        if room is not None and learned is not None and room < learned - MOVED_DB:
            self.levels = Levels(room)
            self._learned_room = None


_RAMP = 64
"""Samples: 4 ms."""
_SPEECH = 0.5
_NO_SPEECH = 0.2
"""Probabilities between the two may be either and teach nothing."""
