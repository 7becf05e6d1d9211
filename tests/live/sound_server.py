"""A PulseAudio server of its own, whose loudspeaker can be recorded and whose microphone can be spoken into."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr

from voice.hear.recogniser import SAMPLE_RATE, Samples

RATE = 48_000
"""Samples a second of the virtual devices."""
SOCKET = "pulse.socket"
SCRIPT = """
load-module module-native-protocol-unix auth-anonymous=1 socket={socket}
load-module module-null-sink sink_name=speaker rate=48000 channels=2
load-module module-null-sink sink_name=room rate=48000 channels=1
set-default-sink speaker
"""
MICROPHONE = ("module-remap-source", "source_name=microphone", "master=room.monitor")
ASOUND = """
pcm.!default { type pulse }
ctl.!default { type pulse }
"""


@dataclass
class SoundServer:
    """The server, and what is played and recorded on it."""

    folder: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    def speak(self, sound: Samples) -> float:
        """Play 16 kHz sound into the microphone; returns when all was played, with the monotonic time of its end.

        A breath of silence comes first: nobody speaks at the very moment at which they are listened to, and the
        player of a busy machine swallows the beginning of what it plays.
        """
        with self.speaking(sound) as process:
            process.wait(timeout=120)
        return time.monotonic()

    @contextmanager
    def speaking(self, sound: Samples) -> Iterator[subprocess.Popen[bytes]]:
        """The same, going on meanwhile; waits for its end behind the block."""
        breath = np.zeros(SAMPLE_RATE // 2, np.float32)
        with self._play(np.concatenate([breath, sound])) as process:
            yield process

    def plug_in_microphone(self) -> None:
        """Let there be a microphone, the default one."""
        self.control("load-module", *MICROPHONE)
        self.control("set-default-source", "microphone")

    def pull_out_microphone(self) -> None:
        """Take the microphone alone away."""
        self.control("unload-module", "module-remap-source")

    def echo(self, percent: int) -> None:
        """Let the microphone hear the loudspeaker from now on, at so many percent of PulseAudio's (cubic) volume."""
        self.control(
            "load-module",
            "module-loopback",
            "source=speaker.monitor",
            "sink=room",
            "latency_msec=40",
        )
        streams = self.control("list", "short", "sink-inputs").splitlines()
        (number,) = [stream.split()[0] for stream in streams if "module-loopback" in stream]
        self.control("set-sink-input-volume", number, f"{percent}%")

    def start(self) -> None:
        """Start the server, as a machine does, or as after :meth:`stop` somebody who plugs everything in."""
        command = [
            "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
            "--disallow-exit", "--log-target=stderr", "--log-level=error", "-F", str(self.folder / "pulse.pa"),
        ]  # fmt: skip
        with (self.folder / "pulse.log").open("ab") as log:
            self.process = subprocess.Popen(command, env=self.environment, stderr=log)
        _wait_for(self.folder / SOCKET, self.process)
        self.plug_in_microphone()

    def stop(self) -> None:
        """Take microphone and loudspeaker away."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(timeout=10)
        (self.folder / SOCKET).unlink(missing_ok=True)

    def control(self, *words: str) -> str:
        """Say something to the sound server."""
        done = subprocess.run(
            ["pactl", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=30,
            check=True,
        )
        return done.stdout

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

    def silence_after(self, sound: Samples, moment: float, level: float = 0.003) -> float | None:
        """Monotonic time from which nothing is heard for 0.3 s, after ``moment``; None when it never is."""
        frame = RATE // 100
        start = max(0, round((moment - self.began) * RATE))
        loud = np.abs(sound[start : len(sound) - (len(sound) - start) % frame]).reshape(-1, frame)
        quiet = loud.max(axis=1) <= level
        for at in range(len(quiet) - 30):
            if quiet[at : at + 30].all():
                return self.began + (start + at * frame) / RATE
        return None

    def onset_after(self, sound: Samples, moment: float, level: float = 0.003) -> float | None:
        """Monotonic time of the first sound after ``moment``; None when there is none."""
        start = max(0, round((moment - self.began) * RATE))
        loud = np.flatnonzero(np.abs(sound[start:]) > level)
        return None if not len(loud) else self.began + (start + int(loud[0])) / RATE


@contextmanager
def sound_server(folder: Path) -> Iterator[SoundServer]:
    """Start a server with a virtual microphone and loudspeaker that PortAudio takes for the defaults."""
    socket = folder / SOCKET
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
    server = SoundServer(folder, environment)
    server.start()
    try:
        yield server
    finally:
        server.stop()


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
