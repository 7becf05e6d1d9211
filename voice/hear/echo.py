"""The assistant's own voice taken out of what the microphone brings: WebRTC's echo canceller on the two streams.

The canceller wants, for every 10 ms of the microphone, the 10 ms that were played a constant time before.
Loudspeaker and microphone hand over their blocks in bursts, each on its own thread; so both are counted in samples,
and each block of the microphone carries the count of what was played when it came (``joint.py``). The echo comes later
than its sound by what the devices and the air take; that delay the canceller finds by itself.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from typing import TYPE_CHECKING, Any

import numpy as np

from voice.hear.double_talk import DoubleTalk
from voice.hear.joint import Joint
from voice.hear.level import dbfs
from voice.hear.recogniser import SAMPLE_RATE, Samples

if TYPE_CHECKING:
    from types import ModuleType

    from soxr import ResampleStream

FRAME = SAMPLE_RATE // 100
"""Samples of the 10 ms that WebRTC takes."""
TAIL = 1.0
"""Seconds after the last sound played in which a room and the devices may still return it."""
SILENT = 1e-4
"""Amplitude, -80 dBFS, below which what is played makes no echo."""
SETTLING = 1.5
"""Seconds of played sound until it can be trusted: measured 7 dB in the first two seconds, 20 in the next two."""
CANCELLED_DB = 10.0
"""Echo taken away, dB, in half a second from which it counts as cancelled…"""
INAUDIBLE_DBFS = -50.0
"""…and level of what is left below which there is nothing to take away (a headset)."""
KEPT = 200
"""Frames, 2 s, that are kept as they were heard and without the echo."""
LEAD = 15
"""Frames before a voice rises above the echo in which its first consonant is: the t of 停 takes a tenth of a second."""
_MEASURED = SAMPLE_RATE // 2
_REMEMBERED = 8
_log = logging.getLogger(__name__)


class EchoCanceller:
    """One loudspeaker and one microphone. ``played`` and ``mark`` may come from the devices' threads."""

    def __init__(self) -> None:
        self._rtc: ModuleType | None = None
        self._lock = threading.Lock()
        self._played = 0.0
        self._waiting: list[tuple[Samples, int]] = []
        self.restart()

    def restart(self) -> None:
        """Forget the devices: one of them was opened anew."""
        self._apm: Any = self._processor()
        with self._lock:
            self._waiting = []
            self._reference = Reference(round(self._played))
        self._joint = Joint()
        self._double_talk = DoubleTalk()
        self._recent: deque[tuple[Samples, Samples]] = deque(maxlen=KEPT)
        self._taken = 0
        self._rest = np.zeros(0, np.float32)
        self._active = self._since_sound = 0
        self._before: list[Samples] = []
        self._after: list[Samples] = []
        self._gains: deque[tuple[float, float]] = deque(maxlen=_REMEMBERED)

    def load(self) -> None:
        """Load the library, which takes a third of a second; until then, and without it, sound passes as it is."""
        try:
            from livekit import rtc
        except (ImportError, OSError) as error:  # OSError: its binary does not fit this system
            _log.warning("echo is not cancelled: %s", error)
            return
        self._rtc = rtc
        self._apm = self._processor()

    @property
    def ready(self) -> bool:
        """Whether the assistant's own voice is gone from what :meth:`clean` gives."""
        if self._active < SETTLING * SAMPLE_RATE or not self._gains:
            return False
        good = sum(gain >= CANCELLED_DB or left < INAUDIBLE_DBFS for gain, left in self._gains)
        return 2 * good >= len(self._gains)

    @property
    def outspoken(self) -> bool:
        """Whether somebody speaks louder than the echo; then what :meth:`clean` gives is as it was heard."""
        return self._double_talk.going_on

    def recent(self, count: int) -> Samples:
        """The last ``count`` samples, 2 s at most, that :meth:`clean` gave; but what somebody says louder than the echo
        as it was heard from its first soft sound on.
        """
        frames = list(self._recent)
        began = len(frames) - (self._double_talk.since + LEAD if self.outspoken else 0)
        parts = [heard if at >= began else clean for at, (heard, clean) in enumerate(frames)]
        sound = np.concatenate([*parts, np.zeros(0, np.float32)])
        return sound[max(0, len(sound) - count) :]

    def played(self, block: Samples, rate: int) -> None:
        """Take a block that goes to the loudspeaker."""
        with self._lock:
            self._waiting.append((block, rate))
            self._played += len(block) * SAMPLE_RATE / rate

    def mark(self) -> int:
        """Samples at 16 kHz played so far."""
        return round(self._played)

    def clean(self, sound: Samples, mark: int) -> Samples:
        """The microphone's sound less what was played, in whole frames; ``mark`` as it was when the sound came."""
        with self._lock:
            waiting, self._waiting = self._waiting, []
        for block, rate in waiting:
            self._reference.append(block, rate)
        lead = mark - self._taken - len(self._rest) - len(sound)
        self._joint.follow(lead, sounding=self._sounding)
        whole = np.concatenate([self._rest, sound])
        end = len(whole) - len(whole) % FRAME
        self._rest = whole[end:]
        frames = [self._frame(whole[at : at + FRAME]) for at in range(0, end, FRAME)]
        return np.concatenate(frames) if frames else whole[:0]

    @property
    def _sounding(self) -> bool:
        """Whether something is played, or was a moment ago."""
        return self._active > 0 and self._since_sound <= TAIL * SAMPLE_RATE

    def _frame(self, near: Samples) -> Samples:
        far = self._reference.at(self._taken + self._joint.place)
        self._taken += FRAME
        loud = bool(np.max(np.abs(far)) > SILENT)
        self._since_sound = 0 if loud else self._since_sound + FRAME
        self._active += FRAME if loud and self._apm is not None else 0
        if self._apm is None or not self._sounding:
            self._recent.append((near, near))
            return near
        self._apm.process_reverse_stream(self._packed(far))
        frame = self._packed(near)
        self._apm.process_stream(frame)
        clean = np.frombuffer(bytes(frame.data), np.int16).astype(np.float32) / np.float32(32768)
        if loud:
            self._measure(near, clean)
        self._recent.append((near, clean))
        self._double_talk.notice(dbfs(far), dbfs(near), dbfs(clean))
        return near if self.outspoken and self.ready else clean

    def _measure(self, near: Samples, clean: Samples) -> None:
        self._before.append(near)
        self._after.append(clean)
        if len(self._before) * FRAME >= _MEASURED:
            left = dbfs(np.concatenate(self._after))
            self._gains.append((dbfs(np.concatenate(self._before)) - left, left))
            self._before, self._after = [], []

    def _processor(self) -> Any:  # noqa: ANN401 -- livekit's module is loaded late
        if self._rtc is None:
            return None
        return self._rtc.AudioProcessingModule(echo_cancellation=True, high_pass_filter=True)

    def _packed(self, frame: Samples) -> Any:  # noqa: ANN401 -- livekit's frame
        assert self._rtc is not None
        pcm = (np.clip(frame, -1.0, 1.0) * 32767).astype(np.int16).tobytes()
        return self._rtc.AudioFrame(pcm, SAMPLE_RATE, 1, FRAME)


class Reference:
    """What was played, at 16 kHz, by its place in the stream; about two seconds back."""

    KEPT = 2 * SAMPLE_RATE

    def __init__(self, start: int = 0) -> None:
        """``start``: the place of the first sample that comes."""
        self._rate = 0
        self._resampler: ResampleStream | None = None
        self._start = start
        self._sound = np.zeros(0, np.float32)

    def append(self, block: Samples, rate: int) -> None:
        """Take the next block, at any rate."""
        import soxr

        if rate != self._rate or self._resampler is None:
            # The low quality keeps back less than a millisecond, the high one twenty.
            self._resampler = soxr.ResampleStream(
                rate, SAMPLE_RATE, 1, dtype="float32", quality="LQ"
            )
            self._rate = rate
        self._sound = np.concatenate([self._sound, self._resampler.resample_chunk(block)])
        surplus = len(self._sound) - 2 * self.KEPT
        if surplus > 0:
            self._sound = self._sound[surplus + self.KEPT :]
            self._start += surplus + self.KEPT

    def at(self, place: int) -> Samples:
        """The frame at ``place``; silence where nothing is known."""
        frame = np.zeros(FRAME, np.float32)
        begin = place - self._start
        low, high = max(0, begin), min(len(self._sound), begin + FRAME)
        if high > low:
            frame[low - begin : high - begin] = self._sound[low:high]
        return frame
