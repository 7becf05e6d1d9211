"""The microphone: one input stream, whatever its rate, as chunks of 16 kHz sound."""

from __future__ import annotations

import logging
import queue
import time
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from voice.errors import AudioInputError
from voice.hear.recogniser import SAMPLE_RATE, Samples

if TYPE_CHECKING:
    from sounddevice import InputStream

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


class Microphone:
    """An :class:`AudioInput` on a PortAudio device."""

    def __init__(self, device: int | str | None = None) -> None:
        """Open the device (``None``: the system's default) at its own rate.

        Raises AudioInputError when there is none that opens.
        """
        import soxr

        self._blocks: queue.Queue[Samples] = queue.Queue(round(KEPT / BLOCK))
        rate, self._stream = _open(device, self._take)
        self._resampler = soxr.ResampleStream(rate, SAMPLE_RATE, 1, dtype="float32")
        self._zeros = ZeroWatch()
        self._heard_of = time.monotonic()
        self._stream.start()

    def read(self, timeout: float) -> Samples | None:
        """See :class:`AudioInput`."""
        try:
            blocks = [self._blocks.get(timeout=timeout)]
        except queue.Empty:
            if not self._stream.active or time.monotonic() - self._heard_of > LOST:
                message = "The microphone gives no sound any more: check its plug"
                raise AudioInputError(message, code="microphone_lost") from None
            return None
        while not self._blocks.empty():
            blocks.append(self._blocks.get_nowait())
        self._heard_of = time.monotonic()
        sound: Samples = self._resampler.resample_chunk(np.concatenate(blocks))
        if self._zeros.feed(sound):
            message = "The microphone gives nothing but zeros: see whether it is muted"
            raise AudioInputError(message, code="microphone_dead")
        return sound

    def close(self) -> None:
        """Let go of the device."""
        self._stream.stop()
        self._stream.close()

    def _take(
        self, block: NDArray[np.float32], _frames: int, _time: object, status: object
    ) -> None:
        """The device brings a block; runs on PortAudio's thread."""
        if status:
            _log.debug("input: %s", status)
        if self._blocks.full():
            self._blocks.get_nowait()
        self._blocks.put_nowait(block[:, 0].copy())


class ZeroWatch:
    """Notices sound that is nothing but zeros for :data:`DEAD` seconds."""

    def __init__(self) -> None:
        self._seconds = 0.0

    def feed(self, sound: Samples) -> bool:
        """Take the next chunk; True once, when the limit is passed. Any other value starts anew."""
        if np.any(sound):
            self._seconds = 0.0
            return False
        before = self._seconds
        self._seconds += len(sound) / SAMPLE_RATE
        return before < DEAD <= self._seconds


class _Take(Protocol):
    def __call__(
        self, block: NDArray[np.float32], frames: int, time: object, status: object, /
    ) -> None: ...


def _open(device: int | str | None, take: _Take) -> tuple[int, InputStream]:
    try:
        import sounddevice
    except OSError as error:
        message = "PortAudio is not installed: apt-get install libportaudio2"
        raise AudioInputError(message, code="no_microphone") from error
    try:
        rate = int(sounddevice.query_devices(device, "input")["default_samplerate"])
        stream = sounddevice.InputStream(
            samplerate=rate,
            blocksize=int(BLOCK * rate),
            device=device,
            channels=1,
            dtype="float32",
            callback=take,
        )
    except (sounddevice.PortAudioError, ValueError) as error:
        message = f"No microphone can be opened: {error}. Connect one and start again"
        raise AudioInputError(message, code="no_microphone") from error
    return rate, stream
