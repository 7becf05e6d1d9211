"""The loudspeaker: one output stream that belongs to us and never stops, so that a sound is heard at once, falls
silent at once, and goes on where it was.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from voice.errors import AudioOutputError, EngineError
from voice.sound_card import open_card
from voice.speak.maker import PATIENCE, Maker
from voice.speak.output import Begun, Played
from voice.speak.play_queue import PlayQueue
from voice.speak.shaping import limit, silence
from voice.speak.synthesiser import Samples

WAKING = 0.15
"""Seconds after opening in which devices swallow what comes; later there is nothing to wait for."""
AHEAD = 20.0
"""Seconds of sound made ahead of what is heard, at most."""
LOST = 2.0
"""Seconds in which the device asks for nothing after which it is taken for lost."""

_BLOCK = 0.02
_LATENCY = 0.08
_log = logging.getLogger(__name__)

Tap = Callable[[Samples, int], None]
"""Takes every block that goes to the device, with its rate; called on PortAudio's thread."""


class Loudspeaker:
    """An :class:`~voice.speak.output.AudioOutput` on a PortAudio device."""

    def __init__(self, device: int | str | None = None, tap: Tap | None = None) -> None:
        """Open the device (``None``: the system's default) at its own rate.

        Raises :class:`AudioOutputError` when there is none that opens.
        """
        import soxr  # noqa: F401 - loaded now, so that the first sound does not wait for it

        self.xruns = 0
        """Times that the device ran dry."""
        self._tap = tap
        self._lock = threading.Condition()
        self._chime = silence(0, 1)
        self._stopping = self._paused = False
        self._number = 0
        self._opened = self._asked = time.monotonic()
        self._card = open_card("output", device, _BLOCK, self._fill, _LATENCY)
        self._queue = PlayQueue(self._card.rate)
        self._card.start()

    @property
    def position(self) -> float:
        """Seconds of the present sound that were handed to the device."""
        return self._queue.heard / self._card.rate

    @property
    def latency(self) -> float:
        """Seconds from the program to the air, as the driver says."""
        return self._card.latency

    @property
    def lost(self) -> bool:
        """Whether the device takes nothing any more."""
        return not self._card.active or time.monotonic() - self._asked > LOST

    def play(
        self, pieces: Iterable[Samples], sample_rate: int, begun: Begun | None = None
    ) -> Played:
        """Play the pieces as they are made; see :class:`~voice.speak.output.AudioOutput`.

        Raises:
            AudioOutputError: the device went away (``loudspeaker_lost``).
            EngineError: no piece came for :data:`PATIENCE` seconds (``voice_stuck``); its maker is left behind.
        """
        maker = Maker(pieces, partial(self._offer, self._begin(), sample_rate))
        maker.start()
        gone, stuck = self._watch(maker, begun)
        finished = not gone and not stuck and not self._halted()
        self._drop()
        if stuck:
            raise EngineError("The voice gives no sound: it is loaded anew", code="voice_stuck")
        maker.finish()
        if gone:
            message = "The loudspeaker went away: connect it again"
            raise AudioOutputError(message, code="loudspeaker_lost")
        return Played(finished, max(0.0, self.position), self._queue.last_piece + 1)

    def stop(self) -> None:
        """Fade out and end what is playing."""
        with self._lock:
            self._stopping = True
            self._paused = False
            self._chime = self._chime[:0]
            self._lock.notify_all()

    def pause(self) -> None:
        """Fall silent and keep the place."""
        self._paused = True

    def resume(self) -> None:
        """Go on from the beginning of the piece that was heard, or a little before the pause in a long one."""
        with self._lock:
            if self._paused:
                self._queue.go_back()
            self._paused = False

    def chime(self, sound: Samples, sample_rate: int) -> None:
        """Play a short sound over silence, before anything that waits."""
        import soxr

        ready = soxr.resample(sound, sample_rate, self._card.rate).astype(np.float32)
        with self._lock:
            self._chime = ready

    def close(self) -> None:
        """Let go of the device."""
        self.stop()
        self._card.close()
        if self.xruns:
            _log.info("the loudspeaker ran dry %d times", self.xruns)

    def _offer(self, number: int, sample_rate: int, piece: int, samples: Samples) -> bool:
        """Queue sound, waiting while enough is queued; False once stopped. Called by the maker's thread.

        ``number``: of the sound that it belongs to. A maker that was left behind may wake up beside a later one.
        """
        import soxr

        sound = samples
        if sample_rate != self._card.rate:
            sound = soxr.resample(samples, sample_rate, self._card.rate)
        with self._lock:
            while self._wanted(number) and self._queue.waiting > AHEAD * self._card.rate:
                self._lock.wait(timeout=0.1)
            if not self._wanted(number):
                return False
            self._queue.put(piece, sound.astype(np.float32, copy=False))
            return True

    def _wanted(self, number: int) -> bool:
        return number == self._number and not self._stopping

    def _watch(self, maker: Maker, begun: Begun | None) -> tuple[bool, bool]:
        """Wait until all was heard or stopped, telling which piece is heard; gives (device lost, voice stuck)."""
        told, hungry = -1, time.monotonic()
        while True:
            with self._lock:
                self._lock.wait(timeout=0.1)
                piece = self._queue.last_piece
                over = not maker.alive and self._queue.empty and not self._paused
                fed = not self._queue.empty or self._paused or not maker.alive
            for number in range(told + 1, piece + 1):
                if begun is not None:
                    begun(number)
            told = max(told, piece)
            now = time.monotonic()
            hungry = now if fed else hungry
            if self.lost or over or self._halted():
                return self.lost and not over, False
            if now - hungry > PATIENCE:
                return False, True

    def _begin(self) -> int:
        """Forget the sound before; gives the number of the new one."""
        with self._lock:
            waking = max(0.0, WAKING - (time.monotonic() - self._opened))
            # A pause that came before the sound holds for it.
            self._queue.begin(waking, faded=self._paused)
            self._stopping = False
            self._number += 1
            return self._number

    def _halted(self) -> bool:
        return self._stopping and (self._queue.faded or self._queue.empty)

    def _drop(self) -> None:
        with self._lock:
            self._stopping = True
            self._queue.clear()
            self._lock.notify_all()

    def _fill(self, out: NDArray[np.float32], frames: int, _time: object, status: object) -> None:
        """The device asks for its next block; runs on PortAudio's thread."""
        self._asked = time.monotonic()
        if status:
            self.xruns += 1
        out[:] = 0
        with self._lock:
            self._mix(out[:, 0], frames)
            self._lock.notify_all()
        if self._tap is not None:
            self._tap(out[:, 0].copy(), self._card.rate)

    def _mix(self, out: Samples, frames: int) -> None:
        if len(self._chime):
            part, self._chime = self._chime[:frames], self._chime[frames:]
            out[: len(part)] = part
            return
        block = self._queue.take(frames, heard=not (self._stopping or self._paused))
        out[: len(block)] = limit(block)
