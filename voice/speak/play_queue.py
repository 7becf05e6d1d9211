"""Sound on its way to the device: what is heard next, block by block, faded where it stops, and taken back where it
was paused.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from voice.speak.shaping import silence
from voice.speak.synthesiser import Samples

FADE = 0.02
"""Seconds over which a stopped or paused sound fades."""
REWIND = 4.0
"""Seconds that :meth:`PlayQueue.go_back` goes back at most to the beginning of a piece; else :data:`STEP_BACK`."""
STEP_BACK = 1.0


class PlayQueue:
    """The pieces of one sound, of a rate of its own. Not safe for two threads: whoever has it holds a lock."""

    def __init__(self, sample_rate: int) -> None:
        self.waiting = 0
        """Samples that are to be heard yet."""
        self.heard = 0
        """Samples of the present sound that were taken; negative while the silence before it lasts."""
        self.last_piece = -1
        """The piece that is heard, -1 before the first."""
        self._rate = sample_rate
        self._queue: deque[tuple[int, Samples]] = deque()
        self._played: deque[tuple[int, Samples]] = deque()
        self._envelope = 1.0

    @property
    def faded(self) -> bool:
        """Whether nothing is heard any more of what was stopped or paused."""
        return self._envelope <= 0.0

    @property
    def empty(self) -> bool:
        """Whether all pieces were taken, also those without sound."""
        return not self._queue

    def begin(self, silent: float, *, faded: bool) -> None:
        """Forget what there was, and begin a sound with ``silent`` seconds of nothing; ``faded`` where it is paused
        before it is heard."""
        self.clear()
        self.put(-1, silence(silent, self._rate))
        self.heard = -self.waiting
        self.last_piece = -1
        self._envelope = 0.0 if faded else 1.0

    def put(self, piece: int, samples: Samples) -> None:
        """Queue sound of a piece; several in a row may belong to one."""
        self._queue.append((piece, samples))
        self.waiting += len(samples)

    def clear(self) -> None:
        """Forget all that was heard and is waiting; the place stays."""
        self._queue.clear()
        self._played.clear()
        self.waiting = 0

    def take(self, frames: int, *, heard: bool) -> Samples:
        """The next ``frames`` samples, fewer where there are no more; fading away where they are not to be ``heard``,
        and none once they have."""
        target = 1.0 if heard else 0.0
        if self.faded and not heard:
            return silence(0, self._rate)
        block = self._next(frames)
        return block * self._ramp(len(block), target)

    def go_back(self) -> None:
        """To the beginning of the piece that was heard, or a little before the present place in a long one."""
        whole = sum(len(part) for _, part in self._played)
        wanted = whole if whole <= REWIND * self._rate else STEP_BACK * self._rate
        back = 0
        while self._played and back < wanted:
            piece, part = self._played.pop()
            self._queue.appendleft((piece, part))
            back += len(part)
        self.waiting += back
        self.heard -= back

    def _next(self, frames: int) -> Samples:
        taken: list[Samples] = []
        room = frames
        while room and self._queue:
            piece, samples = self._queue.popleft()
            self.last_piece = max(self.last_piece, piece)
            part, rest = samples[:room], samples[room:]
            if len(rest):
                self._queue.appendleft((piece, rest))
            taken.append(part)
            self._keep(piece, part)
            room -= len(part)
        self.waiting -= frames - room
        self.heard += frames - room
        return np.concatenate(taken) if taken else silence(0, self._rate)

    def _keep(self, piece: int, part: Samples) -> None:
        """Remember what was heard of the present piece, for going back."""
        if self._played and self._played[-1][0] != piece:
            self._played.clear()
        self._played.append((piece, part))

    def _ramp(self, count: int, target: float) -> Samples:
        """The envelope over the next samples, moving at most as fast as a fade allows."""
        slope = 1 / (FADE * self._rate)
        steps = np.arange(1, count + 1, dtype=np.float32) * np.float32(slope)
        if target < self._envelope:
            steps = -steps
        ramp: Samples = np.clip(self._envelope + steps, 0.0, 1.0).astype(np.float32)
        if count:
            self._envelope = float(ramp[-1])
        elif target == 0.0:
            self._envelope = 0.0
        return ramp
