"""The loudspeaker on a virtual device, heard through its monitor."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

pytestmark = [
    pytest.mark.device,
    pytest.mark.slow,
    pytest.mark.skipif(
        not (shutil.which("pulseaudio") and shutil.which("parec")), reason="needs pulseaudio"
    ),
]

RATE = 48_000
SCRIPT = """
import json, threading, time as clock
import numpy as np
from voice.errors import EngineError
from voice.speak import loudspeaker
from voice.speak.loudspeaker import Loudspeaker

time = np.arange(24_000) / 24_000
tone = (0.3 * np.sin(2 * np.pi * 440 * time)).astype(np.float32)
tapped = []
speaker = Loudspeaker(tap=lambda block, rate: tapped.append(len(block) / rate))
begun = []
whole = speaker.play([tone, tone], 24_000, begun.append)
clock.sleep(0.3)
threading.Timer(0.8, speaker.stop).start()
stopped = speaker.play([tone] * 5, 24_000)
clock.sleep(0.3)
threading.Timer(0.5, speaker.pause).start()
threading.Timer(1.0, speaker.resume).start()
paused = speaker.play([tone], 24_000)
clock.sleep(0.3)
speaker.chime(tone[:6_000], 24_000)
clock.sleep(0.6)

def broken():
    yield tone
    raise LookupError("broken")

try:
    speaker.play(broken(), 24_000)
    raised = False
except EngineError:
    raised = True
wake = threading.Event()

def hanging():
    yield tone[:2_400]
    wake.wait(60)
    yield tone

loudspeaker.PATIENCE = 0.5
try:
    speaker.play(hanging(), 24_000)
    stuck = ""
except EngineError as error:
    stuck = error.code
def later():
    yield tone[:2_400]
    wake.set()
    clock.sleep(0.3)

after = speaker.play(later(), 24_000)
lost = speaker.lost
speaker.close()
print(json.dumps({"begun": begun, "raised": raised, "stuck": stuck, "after": after.__dict__,
    "tapped": sum(tapped), "lost": [lost, speaker.lost],
    "whole": whole.__dict__, "stopped": stopped.__dict__, "paused": paused.__dict__}))
"""


@pytest.fixture
def pulse(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A sound server of our own with one loudspeaker that leads nowhere."""
    (tmp_path / ".asoundrc").write_text(
        "pcm.!default { type pulse }\nctl.!default { type pulse }\n"
    )
    socket = tmp_path / "pulse.sock"
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "PULSE_SERVER": f"unix:{socket}",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    server = subprocess.Popen(
        [
            "pulseaudio",
            *("-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"),
            *("-L", f"module-native-protocol-unix socket={socket}"),
            *("-L", f"module-null-sink sink_name=out rate={RATE}"),
        ],
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(100):
        if socket.exists():
            break
        time.sleep(0.05)
    yield environment
    server.terminate()
    server.wait(10)


def test_play_stop_pause(pulse: dict[str, str], tmp_path: Path) -> None:
    recording = tmp_path / "heard.f32"
    recorder = subprocess.Popen(
        ["parec", "-d", "out.monitor", "--format=float32le", f"--rate={RATE}", "--channels=1",
         "--latency-msec=10", "--raw", str(recording)],
        env=pulse,
    )  # fmt: skip
    time.sleep(0.5)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=pulse, capture_output=True, timeout=60, check=True
    )
    time.sleep(0.3)
    recorder.terminate()
    recorder.wait(10)
    told = json.loads(done.stdout)
    assert told["begun"] == [0, 1]
    assert told["raised"]
    assert told["whole"] == {"finished": True, "seconds": pytest.approx(2.0), "pieces": 2}
    assert told["stopped"]["finished"] is False
    assert 0.2 <= told["stopped"]["seconds"] <= 1.0
    assert told["paused"] == {"finished": True, "seconds": pytest.approx(1.0), "pieces": 1}
    assert told["stuck"] == "voice_stuck"
    # The maker that hung woke up meanwhile: what it made belongs to nothing any more.
    assert told["after"] == {"finished": True, "seconds": pytest.approx(0.1), "pieces": 1}
    assert told["lost"] == [False, True]
    assert told["tapped"] > 5
    sounds = _stretches(np.fromfile(recording, dtype=np.float32))
    whole, stopped, before, after, chimed = sounds[:5]
    assert round(abs(whole - 2.0), 2) <= 0.05
    assert stopped == pytest.approx(told["stopped"]["seconds"], abs=0.1)
    # It goes on from the beginning of what was interrupted.
    assert 0.1 <= before <= 0.9
    assert after == pytest.approx(1.0, abs=0.1)
    assert chimed == pytest.approx(0.25, abs=0.05)


def _stretches(sound: np.ndarray) -> list[float]:
    """Seconds of each stretch of sound."""
    frame = RATE // 100
    frames = sound[: len(sound) // frame * frame].reshape(-1, frame)
    loud = np.concatenate([[False], np.sqrt((frames**2).mean(axis=1)) > 0.003, [False]])
    edges = np.flatnonzero(np.diff(loud.astype(int)))
    return [float(end - start) / 100 for start, end in zip(edges[::2], edges[1::2], strict=True)]
