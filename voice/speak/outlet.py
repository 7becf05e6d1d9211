"""The loudspeaker as something that may be missing, go away, and come back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Protocol

from voice.errors import AudioOutputError
from voice.speak.output import AudioOutput, Begun, Played
from voice.speak.synthesiser import Samples


class Device(AudioOutput, Protocol):
    """A loudspeaker that is open; see :class:`~voice.speak.loudspeaker.Loudspeaker`."""

    @property
    def lost(self) -> bool: ...

    def chime(self, sound: Samples, sample_rate: int) -> None: ...


class Outlet:
    """An :class:`~voice.speak.output.AudioOutput` over whatever loudspeaker there is at the moment."""

    def __init__(self, open_device: Callable[[], Device]) -> None:
        """``open_device`` raises AudioOutputError where there is none; nothing is opened yet."""
        self._open_device = open_device
        self._device: Device | None = None
        self._code = "no_loudspeaker"
        self._lock = threading.Lock()

    @property
    def missing(self) -> bool:
        """Whether there is no loudspeaker, or the one there was is gone; that one is let go of."""
        with self._lock:
            if self._device is not None and self._device.lost:
                self._device.close()
                self._device = None
            return self._device is None

    def open(self) -> None:
        """Open the loudspeaker, unless it is; raises AudioOutputError."""
        if self.missing:
            device = self._open_device()
            with self._lock:
                self._device = device
            self._code = "loudspeaker_lost"

    def play(
        self, pieces: Iterable[Samples], sample_rate: int, begun: Begun | None = None
    ) -> Played:
        """See :class:`AudioOutput`.

        Raises AudioOutputError where there is none (``no_loudspeaker``), or none any more (``loudspeaker_lost``).
        """
        device = self._device
        if device is None:
            raise AudioOutputError("There is no loudspeaker: connect one", code=self._code)
        return device.play(pieces, sample_rate, begun)

    def chime(self, sound: Samples, sample_rate: int) -> None:
        """Play a short sound over silence, if there is a loudspeaker."""
        if (device := self._device) is not None:
            device.chime(sound, sample_rate)

    def stop(self) -> None:
        """See :class:`AudioOutput`."""
        if (device := self._device) is not None:
            device.stop()

    def pause(self) -> None:
        """See :class:`AudioOutput`."""
        if (device := self._device) is not None:
            device.pause()

    def resume(self) -> None:
        """See :class:`AudioOutput`."""
        if (device := self._device) is not None:
            device.resume()

    def close(self) -> None:
        """Let go of the loudspeaker; it may be opened again."""
        with self._lock:
            device, self._device = self._device, None
        if device is not None:
            device.close()
