"""The loudspeaker: one output stream that belongs to us, so that it starts, stops and waits as we say."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from voice.errors import AudioOutputError
from voice.speak.output import Begun, Played
from voice.speak.shaping import limit, silence
from voice.speak.synthesiser import Samples

if TYPE_CHECKING:
    from sounddevice import OutputStream

LEAD_IN = 0.15
"""Seconds of silence before the first sound: devices swallow what comes while they wake."""
FADE = 0.04
"""Seconds over which a stopped or paused sound fades."""
AHEAD = 20.0
"""Seconds of sound made ahead of what is heard, at most."""
STEP_DB = 6.0
LOUDEST_DB, SOFTEST_DB = 12.0, -24.0

_BLOCK = 0.02
_LATENCY = 0.08
_log = logging.getLogger(__name__)


class Loudspeaker:
    """An :class:`~voice.speak.output.AudioOutput` on a PortAudio device."""

    def __init__(self, device: int | str | None = None) -> None:
        """Open the device (``None``: the system's default) at its own rate.

        Raises :class:`AudioOutputError` when there is none that opens.
        """
        import soxr  # noqa: F401 - loaded now, so that the first sound does not wait for it

        self._sample_rate, self._stream = _open(device, self._fill)
        self._lock = threading.Condition()
        self._queue: deque[tuple[int, Samples]] = deque()
        self._queued = 0
        self._heard = 0
        self._last_piece = -1
        self._stopping = self._paused = False
        self._envelope = 1.0
        self._volume_db = 0.0
        self._stream.start()

    @property
    def volume_db(self) -> float:
        """Gain in dB, -24 to 12, in steps of 6."""
        return self._volume_db

    def change_volume(self, steps: int) -> bool:
        """Make it ``steps`` times 6 dB louder; False when it is already as far as it goes."""
        wanted = min(LOUDEST_DB, max(SOFTEST_DB, self._volume_db + steps * STEP_DB))
        changed = wanted != self._volume_db
        self._volume_db = wanted
        return changed

    @property
    def position(self) -> float:
        """Seconds of the present sound that were handed to the device."""
        return self._heard / self._sample_rate

    def play(
        self, pieces: Iterable[Samples], sample_rate: int, begun: Begun | None = None
    ) -> Played:
        """Play the pieces as they are made; see :class:`~voice.speak.output.AudioOutput`.

        Raises :class:`AudioOutputError` when the device goes away.
        """
        self._begin()
        with ThreadPoolExecutor(1, "speech") as maker:
            making = maker.submit(self._produce, pieces, sample_rate)
            gone = self._watch(making, begun)
            finished = not gone and not self._halted()
            self._drop()
        making.result()
        if gone:
            raise AudioOutputError("The loudspeaker went away. Connect it and start again.")
        return Played(finished, max(0.0, self.position), self._last_piece + 1)

    def _watch(self, making: Future[None], begun: Begun | None) -> bool:
        """Wait until all was heard or stopped, telling which piece is heard; True: device lost."""
        told = -1
        while True:
            with self._lock:
                self._lock.wait(timeout=0.1)
                piece = self._last_piece
                over = making.done() and not self._queue
                gone = not self._stream.active
            for number in range(told + 1, piece + 1):
                if begun is not None:
                    begun(number)
            told = max(told, piece)
            if gone or over or self._halted():
                return gone

    def _produce(self, pieces: Iterable[Samples], sample_rate: int) -> None:
        """Draw the pieces, bring them to the device's rate and queue them."""
        import soxr

        for number, piece in enumerate(pieces):
            sound = piece
            if sample_rate != self._sample_rate:
                sound = soxr.resample(piece, sample_rate, self._sample_rate)
            if not self._offer(number, sound.astype(np.float32, copy=False)):
                return

    def stop(self) -> None:
        """Fade out and end what is playing."""
        with self._lock:
            self._stopping = True
            self._lock.notify_all()

    def pause(self) -> None:
        """Fall silent and keep the place."""
        self._paused = True

    def resume(self) -> None:
        """Go on from where it fell silent."""
        self._paused = False

    def close(self) -> None:
        """Let go of the device."""
        self.stop()
        self._stream.stop()
        self._stream.close()

    def _offer(self, piece: int, samples: Samples) -> bool:
        """Queue sound at the device's rate, waiting while enough is queued; False once stopped."""
        with self._lock:
            while self._queued > AHEAD * self._sample_rate and not self._stopping:
                self._lock.wait(timeout=0.1)
            if self._stopping:
                return False
            self._queue.append((piece, samples))
            self._queued += len(samples)
            return True

    def _begin(self) -> None:
        with self._lock:
            self._queue.clear()
            self._queue.append((-1, silence(LEAD_IN, self._sample_rate)))
            self._queued = len(self._queue[0][1])
            self._heard = -self._queued
            self._last_piece = -1
            self._stopping = self._paused = False
            self._envelope = 1.0

    def _halted(self) -> bool:
        return self._stopping and (self._envelope <= 0.0 or not self._queue)

    def _drop(self) -> None:
        with self._lock:
            self._stopping = True
            self._queue.clear()
            self._queued = 0
            self._lock.notify_all()

    def _fill(self, out: NDArray[np.float32], frames: int, _time: object, status: object) -> None:
        """The device asks for its next block; runs on PortAudio's thread."""
        if status:
            _log.debug("output: %s", status)
        out[:] = 0
        with self._lock:
            target = 0.0 if self._stopping or self._paused else 1.0
            if self._envelope <= 0.0 and target == 0.0:
                self._lock.notify_all()
                return
            block = self._take(frames)
            ramp = self._ramp(len(block), target)
            loud = limit(block * np.float32(10 ** (self._volume_db / 20)))
            out[: len(block), 0] = loud * ramp
            self._lock.notify_all()

    def _take(self, frames: int) -> Samples:
        taken: list[Samples] = []
        room = frames
        while room and self._queue:
            piece, samples = self._queue[0]
            self._last_piece = max(self._last_piece, piece)
            part, rest = samples[:room], samples[room:]
            taken.append(part)
            room -= len(part)
            if len(rest):
                self._queue[0] = (piece, rest)
            else:
                self._queue.popleft()
        self._queued -= frames - room
        self._heard += frames - room
        return np.concatenate(taken) if taken else silence(0, self._sample_rate)

    def _ramp(self, count: int, target: float) -> Samples:
        """The envelope over the next samples, moving at most as fast as a fade allows."""
        slope = 1 / (FADE * self._sample_rate)
        steps = np.arange(1, count + 1, dtype=np.float32) * np.float32(slope)
        if target < self._envelope:
            steps = -steps
        ramp: Samples = np.clip(self._envelope + steps, 0.0, 1.0).astype(np.float32)
        if count:
            self._envelope = float(ramp[-1])
        return ramp


class _Fill(Protocol):
    def __call__(
        self, out: NDArray[np.float32], frames: int, time: object, status: object, /
    ) -> None: ...


def _open(device: int | str | None, fill: _Fill) -> tuple[int, OutputStream]:
    try:
        import sounddevice
    except OSError as error:
        raise AudioOutputError(
            "PortAudio is not installed. Install libportaudio2 (apt-get install libportaudio2)."
        ) from error
    try:
        sample_rate = int(sounddevice.query_devices(device, "output")["default_samplerate"])
        stream = sounddevice.OutputStream(
            samplerate=sample_rate,
            blocksize=int(_BLOCK * sample_rate),
            device=device,
            channels=1,
            dtype="float32",
            latency=_LATENCY,
            callback=fill,
        )
    except (sounddevice.PortAudioError, ValueError) as error:
        raise AudioOutputError(
            f"No loudspeaker can be opened: {error}. Connect one, or write to a file with --out."
        ) from error
    return sample_rate, stream
