"""A PulseAudio server of its own, whose loudspeaker can be recorded and whose microphone can be spoken into."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import soundfile
import soxr

from voice.hear.recogniser import SAMPLE_RATE, Samples

RATE = 48_000
"""Samples a second of the virtual devices."""
SCRIPT = """
load-module module-native-protocol-unix auth-anonymous=1 socket={socket}
load-module module-null-sink sink_name=speaker rate=48000 channels=2
load-module module-null-sink sink_name=room rate=48000 channels=1
load-module module-remap-source source_name=microphone master=room.monitor
set-default-sink speaker
set-default-source microphone
"""
ASOUND = """
pcm.!default { type pulse }
ctl.!default { type pulse }
"""


@dataclass
class SoundServer:
    """The server, and what is played and recorded on it."""

    folder: Path
    environment: dict[str, str]
    playing: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def speak(self, sound: Samples) -> float:
        """Play 16 kHz sound into the microphone; returns when all was played, with the monotonic time of its end.

        A breath of silence comes first: nobody speaks at the very moment at which they are listened to, and the
        player of a busy machine swallows the beginning of what it plays.
        """
        breath = np.zeros(SAMPLE_RATE // 2, np.float32)
        with self._play(np.concatenate([breath, sound])) as process:
            process.wait(timeout=120)
        return time.monotonic()

    @contextmanager
    def murmur(self, seconds: float) -> Iterator[None]:
        """The faint noise of a room in the microphone, which no real one is without."""
        noise = np.random.default_rng(5).normal(0, 10 ** (-65 / 20), round(seconds * SAMPLE_RATE))
        with self._play(noise.astype(np.float32)) as process:
            try:
                yield
            finally:
                process.terminate()

    def record(self, path: Path, device: str = "speaker") -> Recording:
        """Record the loudspeaker (or ``room``: what the microphone hears) from now on."""
        command = [
            "parec", f"--device={device}.monitor", "--format=s16le", f"--rate={RATE}", "--channels=1",
            "--latency-msec=10",
        ]  # fmt: skip
        file = path.open("wb")
        return Recording(
            subprocess.Popen(command, stdout=file, env=self.environment), path, time.monotonic()
        )

    @contextmanager
    def _play(self, sound: Samples) -> Iterator[subprocess.Popen[bytes]]:
        path = self.folder / f"played-{time.monotonic_ns()}.wav"
        soundfile.write(path, soxr.resample(sound, SAMPLE_RATE, RATE), RATE)
        command = ["paplay", "--device=room", "--latency-msec=100", str(path)]
        with subprocess.Popen(command, env=self.environment) as process:
            yield process


@dataclass
class Recording:
    """What the loudspeaker played since ``began`` (monotonic seconds)."""

    process: subprocess.Popen[bytes]
    path: Path
    began: float

    def stop(self) -> Samples:
        """All of it, mono at 48 kHz."""
        self.process.terminate()
        self.process.wait(timeout=10)
        return np.fromfile(self.path, np.int16).astype(np.float32) / np.float32(32768)

    def onset_after(self, sound: Samples, moment: float, level: float = 0.003) -> float | None:
        """Monotonic time of the first sound after ``moment``; None when there is none."""
        start = max(0, round((moment - self.began) * RATE))
        loud = np.flatnonzero(np.abs(sound[start:]) > level)
        return None if not len(loud) else self.began + (start + int(loud[0])) / RATE


@contextmanager
def sound_server(folder: Path) -> Iterator[SoundServer]:
    """Start a server with a virtual microphone and loudspeaker that PortAudio takes for the defaults."""
    socket = folder / "pulse.socket"
    script = folder / "pulse.pa"
    script.write_text(SCRIPT.format(socket=socket), encoding="utf-8")
    asound = folder / "asound.conf"
    asound.write_text(ASOUND, encoding="utf-8")
    environment = os.environ | {
        "XDG_RUNTIME_DIR": str(folder),
        "PULSE_RUNTIME_PATH": str(folder),
        "PULSE_SERVER": f"unix:{socket}",
        "PULSE_COOKIE": str(folder / "cookie"),
        "HOME": str(folder),
        "ALSA_CONFIG_PATH": str(_alsa(folder, asound)),
    }
    command = [
        "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
        "--disallow-exit", "--log-target=stderr", "--log-level=error", "-F", str(script),
    ]  # fmt: skip
    log = (folder / "pulse.log").open("wb")
    with log, subprocess.Popen(command, env=environment, stderr=log) as process:
        try:
            _wait_for(socket, process)
            yield SoundServer(folder, environment)
        finally:
            process.terminate()


def _alsa(folder: Path, asound: Path) -> Path:
    """ALSA's own configuration with our default behind it."""
    path = folder / "alsa.conf"
    path.write_text(f"</usr/share/alsa/alsa.conf>\n<{asound}>\n", encoding="utf-8")
    return path


def _wait_for(socket: Path, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 10
    while not socket.exists():
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError("the sound server did not start")
        time.sleep(0.05)
    time.sleep(0.2)
