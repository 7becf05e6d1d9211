"""PortAudio as both the microphone and the loudspeaker use it: opening by name, reading the list of devices anew."""

from __future__ import annotations

import atexit
import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from voice.errors import AudioInputError, AudioOutputError, VoiceError

if TYPE_CHECKING:
    from types import ModuleType

Kind = Literal["input", "output"]
RATES = (48_000, 44_100, 32_000, 16_000)
"""Samples a second that are tried where a device does not take the rate that it names itself."""

CLOSING = 3.0
"""Seconds that a device is given to close: one that is there takes a few hundredths."""
CLOSING_LOST = 0.5
"""The same for one that went away: whoever types meanwhile waits for it."""

_DEVICE_UNAVAILABLE = -9985
"""PortAudio's paDeviceUnavailable: another program holds the device."""
_log = logging.getLogger(__name__)
_lock = threading.Lock()
_open: set[int] = set()


@dataclass(frozen=True)
class _Fault:
    error: type[VoiceError]
    code: str

    def __call__(self, message: str) -> VoiceError:
        return self.error(message, code=self.code)


@dataclass(frozen=True)
class _Words:
    name: str
    missing: _Fault
    busy: _Fault


_WORDS: Mapping[Kind, _Words] = {
    "input": _Words(
        "microphone",
        missing=_Fault(AudioInputError, code="no_microphone"),
        busy=_Fault(AudioInputError, code="microphone_busy"),
    ),
    "output": _Words(
        "loudspeaker",
        missing=_Fault(AudioOutputError, code="no_loudspeaker"),
        busy=_Fault(AudioOutputError, code="loudspeaker_busy"),
    ),
}


class Card:
    """An open stream, not yet started."""

    def __init__(self, stream: Any, rate: int) -> None:  # noqa: ANN401 -- sounddevice has no types
        self.rate = rate
        """Samples a second."""
        self._stream = stream
        self._closed = False
        with _lock:
            _open.add(id(self))

    @property
    def active(self) -> bool:
        """Whether the device still takes or gives sound."""
        return not self._closed and bool(self._stream.active)

    @property
    def latency(self) -> float:
        """Seconds between the program and the air, as the driver says."""
        return float(self._stream.latency)

    def start(self) -> None:
        """Let the sound flow."""
        self._stream.start()

    def close(self) -> None:
        """Let go of the device; whatever state it is in.

        PortAudio may wait for ever for a device whose sound server went away, so it is left to a
        thread of its own after :data:`CLOSING` seconds, or :data:`CLOSING_LOST`.
        """
        patience = CLOSING if self.active else CLOSING_LOST
        self._closed = True
        closing = threading.Thread(target=self._close, name="closing a device", daemon=True)
        closing.start()
        closing.join(patience)
        if closing.is_alive():
            _log.warning("a device that went away is still not closed; it is left behind")
            _leave_at_exit()

    def _close(self) -> None:
        import sounddevice

        try:
            self._stream.abort()
            self._stream.close()
        except sounddevice.PortAudioError as error:
            _log.info("a device that went away was not closed in order: %s", error)
        with _lock:
            _open.discard(id(self))


def open_card(
    kind: Kind,
    device: int | str | None,
    seconds: float,
    callback: Callable[..., None],
    latency: float | None = None,
) -> Card:
    """Open one channel of a device (``None``: the system's default) as 32-bit float, in blocks of ``seconds``.

    The rate is the device's own, or the first of :data:`RATES` that it takes.

    Raises:
        AudioInputError, AudioOutputError: there is none (``no_microphone``, ``no_loudspeaker``), or another program
            has it (``…_busy``).
    """
    words = _WORDS[kind]
    sounddevice = _library(words)
    stream_of = sounddevice.InputStream if kind == "input" else sounddevice.OutputStream
    failed: Exception | None = None
    try:
        own = int(sounddevice.query_devices(device, kind)["default_samplerate"])
    except (sounddevice.PortAudioError, ValueError) as error:
        raise _cannot(words, error) from error
    for rate in dict.fromkeys((own, *RATES)):
        try:
            stream = stream_of(
                samplerate=rate,
                blocksize=int(seconds * rate),
                device=device,
                channels=1,
                dtype="float32",
                latency=latency,
                callback=callback,
            )
        except (sounddevice.PortAudioError, ValueError) as error:
            failed = failed or error
            continue
        if rate != own:
            _log.warning("the %s does not take its own %d Hz; %d Hz instead", words.name, own, rate)
        return Card(stream, rate)
    assert failed is not None
    raise _cannot(words, failed) from failed


def named(kind: Kind, device: int | str | None) -> int | str | None:
    """A device's name for its number, which is another one after :func:`refresh`; others as they are."""
    if not isinstance(device, int):
        return device
    sounddevice = _library(_WORDS[kind])
    try:
        return str(sounddevice.query_devices(device)["name"])
    except (sounddevice.PortAudioError, ValueError):
        return device


def refresh() -> bool:
    """Read the list of devices anew, which PortAudio does only when it starts; False while a stream is open."""
    sounddevice = _library(_WORDS["input"])
    with _lock:
        if _open:
            return False
        # sounddevice offers no public way; its own documentation names these two.
        sounddevice._terminate()
        sounddevice._initialize()
    return True


def _leave_at_exit() -> None:
    """Let the process end without PortAudio's clean-up, which would wait for the device as well."""
    import sounddevice

    atexit.unregister(sounddevice._exit_handler)


def _library(words: _Words) -> ModuleType:
    try:
        import sounddevice
    except OSError as error:
        message = "PortAudio is not installed: apt-get install libportaudio2"
        raise words.missing(message) from error
    module: ModuleType = sounddevice
    return module


def _cannot(words: _Words, error: Exception) -> VoiceError:
    if _DEVICE_UNAVAILABLE in error.args:
        return words.busy(f"The {words.name} is held by another program: close that program")
    return words.missing(f"No {words.name} can be opened: {error}. Connect one")
