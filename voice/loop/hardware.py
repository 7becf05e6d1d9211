"""Microphone and loudspeaker as things that may be missing, go away, and come back."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass

from voice.errors import AudioInputError, AudioOutputError, VoiceError
from voice.hear.microphone import AudioInput
from voice.hear.recogniser import Samples
from voice.loop.devices import Devices

RETRY = 3.0
"""Seconds after which a device that is missing is tried again."""
REFRESH = 15.0
"""Seconds after which, for it, the other one is let go of too: only then does PortAudio see what was plugged in."""
LOUDSPEAKER_GONE = "The loudspeaker went away: connect it again"
MICROPHONE_GONE = "The microphone went away: connect it again"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Back:
    """A device is there again."""

    microphone: bool
    """False: it is the loudspeaker."""


class Hardware:
    """Holds the microphone, and watches over the loudspeaker."""

    def __init__(self, devices: Devices) -> None:
        self._devices = devices
        self._input: AudioInput | None = None
        self._held = False
        self._silent = devices.outlet is not None and devices.outlet.missing
        self._retry_at = 0.0
        self._refresh_at = 0.0
        self._told = False

    @property
    def deaf(self) -> bool:
        """Whether there is no microphone."""
        return self._input is None

    def read(self, timeout: float) -> Samples | None:
        """What the microphone brought; None when it brought nothing or is missing. Raises AudioInputError."""
        if self._input is None:
            return None
        try:
            return self._input.read(timeout)
        except AudioInputError as error:
            if error.code == "microphone_lost":
                self._drop()
                self._told = True
            raise

    def poll(self, *, quiet: bool) -> Iterator[Back | VoiceError]:
        """Look after what is missing; ``quiet``: nobody speaks, so that a device may be opened anew.

        Gives an error once for each device that is found missing, and tells when it is back.
        """
        now = time.monotonic()
        outlet = self._devices.outlet
        if outlet is not None and outlet.missing and not self._silent:
            self._silent = True
            self._retry_at = now + RETRY
            if quiet:
                yield AudioOutputError(LOUDSPEAKER_GONE, code="loudspeaker_lost")
        if now < self._retry_at or not (self.deaf or self._silent):
            return
        self._retry_at = now + RETRY
        self._look_anew(now, quiet=quiet)
        yield from self._open_input()
        yield from self._open_outlet()

    def close(self) -> None:
        """Let go of the microphone."""
        if self._input is not None:
            self._input.close()
            self._input = None

    def _look_anew(self, now: float, *, quiet: bool) -> None:
        """Have the list of devices read again; a device that works is let go of for it only now and then."""
        outlet = self._devices.outlet
        both = self.deaf and (self._silent or outlet is None)
        if not both:
            if not quiet or now < self._refresh_at:
                return
            self._refresh_at = now + REFRESH
            self.close()
            if outlet is not None:
                outlet.close()
        if self._devices.refresh():
            _log.debug("the list of sound devices was read anew")

    def _open_input(self) -> Iterator[Back | VoiceError]:
        if self._input is not None:
            return
        try:
            self._input = self._devices.open_input()
        except AudioInputError as error:
            _log.info("no microphone: %s", error)
            if not self._told:
                self._told = True
                yield self._gone(error)
            return
        if self._told:
            yield Back(microphone=True)
        self._told = False
        self._held = True
        self._restart()

    def _gone(self, error: AudioInputError) -> AudioInputError:
        """One that was held until it was let go of for the other's sake has gone away meanwhile."""
        if not self._held or error.code != "no_microphone":
            return error
        return AudioInputError(MICROPHONE_GONE, code="microphone_lost")

    def _open_outlet(self) -> Iterator[Back | VoiceError]:
        outlet = self._devices.outlet
        if outlet is None or not outlet.missing:
            return
        try:
            outlet.open()
        except AudioOutputError as error:
            _log.info("no loudspeaker: %s", error)
            if not self._silent:
                self._silent = True
                yield AudioOutputError(LOUDSPEAKER_GONE, code="loudspeaker_lost")
            return
        if self._silent:
            yield Back(microphone=False)
        self._silent = False
        self._restart()

    def _restart(self) -> None:
        if self._devices.canceller is not None:
            self._devices.canceller.restart()

    def _drop(self) -> None:
        self.close()
        self._retry_at = time.monotonic() + RETRY
