"""The microphone: one input stream, whatever its rate, as chunks of 16 kHz sound."""

from __future__ import annotations

import logging
import queue
import time
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from voice.errors import AudioInputError
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.sound_card import open_card

BLOCK = 0.02
"""Seconds of sound in one block from the device."""
KEPT = 30.0
"""Seconds of sound that wait to be read, at most; beyond them the oldest is lost."""
LOST = 3.0
"""Seconds without any block after which the microphone is taken for lost: a busy machine may skip one."""
DEAD = 8.0
"""Seconds of nothing but zeros after which it is taken for muted: a room is never that quiet."""

_log = logging.getLogger(__name__)


class AudioInput(Protocol):
    """One place that sound comes from. A single thread reads."""

    def read(self, timeout: float) -> Samples | None:
        """Everything that came since the last call, mono at 16 kHz; waits up to ``timeout`` seconds for it and
        gives None when nothing comes.

        Raises AudioInputError when nothing will come any more (``microphone_lost``), and once for each time that
        it falls silent altogether (``microphone_dead``), after which it may be read on.
        """

    def close(self) -> None:
        """Let go of the device."""


class Canceller(Protocol):
    """Takes the loudspeaker's sound out of the microphone's; see :class:`~voice.hear.echo.EchoCanceller`."""

    def mark(self) -> int:
        """How much was played so far; called on PortAudio's thread whenever a block arrives."""

    def clean(self, sound: Samples, mark: int) -> Samples:
        """The sound without the echo; ``mark`` is that of its last block. The length may differ by a frame."""


class Microphone:
    """An :class:`AudioInput` on a PortAudio device."""

    def __init__(self, device: int | str | None = None, canceller: Canceller | None = None) -> None:
        """Open the device (``None``: the system's default) at its own rate.

        Raises AudioInputError when there is none that opens.
        """
        import soxr

        self.xruns = 0
        """Times that sound was lost between the device and us."""
        self._canceller = canceller
        self._blocks: queue.Queue[tuple[Samples, int]] = queue.Queue(round(KEPT / BLOCK))
        self._card = open_card("input", device, BLOCK, self._take)
        self._zeros = ZeroWatch(self._card.rate)
        self._resampler = soxr.ResampleStream(self._card.rate, SAMPLE_RATE, 1, dtype="float32")
        self._heard_of = time.monotonic()
        self._card.start()

    def read(self, timeout: float) -> Samples | None:
        """See :class:`AudioInput`."""
        try:
            blocks = [self._blocks.get(timeout=timeout)]
        except queue.Empty:
            if not self._card.active or time.monotonic() - self._heard_of > LOST:
                message = "The microphone gives no sound any more: check its plug"
                raise AudioInputError(message, code="microphone_lost") from None
            return None
        while not self._blocks.empty():
            blocks.append(self._blocks.get_nowait())
        self._heard_of = time.monotonic()
        sound = np.concatenate([self._brought(*block) for block in blocks])
        if self._zeros.feed(np.concatenate([block for block, _ in blocks])):
            message = "The microphone gives nothing but zeros: see whether it is muted"
            raise AudioInputError(message, code="microphone_dead")
        return sound

    def close(self) -> None:
        """Let go of the device."""
        self._card.close()
        if self.xruns:
            _log.info("the microphone's sound was late or lost %d times", self.xruns)

    def _brought(self, block: Samples, mark: int) -> Samples:
        sound: Samples = self._resampler.resample_chunk(block)
        return sound if self._canceller is None else self._canceller.clean(sound, mark)

    def _take(
        self, block: NDArray[np.float32], _frames: int, _time: object, status: object
    ) -> None:
        """The device brings a block; runs on PortAudio's thread."""
        if status:
            self.xruns += 1
        if self._blocks.full():
            self._blocks.get_nowait()
            self.xruns += 1
        mark = 0 if self._canceller is None else self._canceller.mark()
        self._blocks.put_nowait((block[:, 0].copy(), mark))


class ZeroWatch:
    """Notices sound that is nothing but zeros for :data:`DEAD` seconds."""

    def __init__(self, rate: int = SAMPLE_RATE) -> None:
        self._rate = rate
        self._seconds = 0.0

    def feed(self, sound: Samples) -> bool:
        """Take the next chunk; True once, when the limit is passed. Any other value starts anew."""
        if np.any(sound):
            self._seconds = 0.0
            return False
        before = self._seconds
        self._seconds += len(sound) / self._rate
        return before < DEAD <= self._seconds
