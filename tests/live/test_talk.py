"""``voice talk`` on a virtual microphone and loudspeaker: a question goes in as sound, and the answer is heard."""

from __future__ import annotations

import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soxr

from tests.live.sound_server import RATE, SoundServer, sound_server
from tests.running import PATIENCE, ROOT, call, digits, environment
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.hear.whisper import Whisper

pytestmark = [
    pytest.mark.device,
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(map(shutil.which, ("pulseaudio", "parec", "paplay"))), reason="needs pulseaudio"
    ),
]


@pytest.fixture
def server(tmp_path: Path, pytestconfig: pytest.Config) -> Iterator[SoundServer]:
    assert pytestconfig.cache is not None
    folder = tmp_path / "sound"
    folder.mkdir()
    with sound_server(folder) as server:
        server.environment = server.environment | {
            name: value
            for name, value in environment(tmp_path / "data", pytestconfig.cache).items()
            if name.startswith(("VOICE_", "PYTHON"))
        }
        with server.murmur(600):
            yield server


class Talk:
    """A running ``voice talk --json``."""

    def __init__(self, process: subprocess.Popen[bytes], keyboard: int) -> None:
        self.process = process
        self.keyboard = keyboard
        self.events: list[dict[str, Any]] = []

    def wait_for(self, name: str) -> dict[str, Any]:
        """Read events up to the next one with this name."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            event: dict[str, Any] = json.loads(line)
            self.events.append(event)
            if event["event"] == name:
                return event
        raise AssertionError(f"it ended without {name}: {[e['event'] for e in self.events]}")

    def type(self, line: str) -> None:
        """Type a line on its keyboard."""
        os.write(self.keyboard, (line + "\n").encode())

    def end(self) -> int:
        """Read to the end; the exit code."""
        self.wait_for("bye")
        return self.process.wait(timeout=60)


@contextmanager
def _talking(server: SoundServer) -> Iterator[Talk]:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "voice", "talk", "--json"]
    with subprocess.Popen(
        command, env=server.environment, cwd=ROOT, stdin=theirs,
        stdout=subprocess.PIPE, stderr=(server.folder / "talk.log").open("wb"),
    ) as process:  # fmt: skip
        limit = threading.Timer(PATIENCE, process.kill)
        limit.start()
        try:
            yield Talk(process, ours)
        finally:
            limit.cancel()
            process.kill()
            os.close(ours)
            os.close(theirs)
    assert b"Traceback" not in (server.folder / "talk.log").read_bytes()


def _words(sound: Samples, whisper: Whisper) -> str:
    heard = soxr.resample(sound, RATE, SAMPLE_RATE).astype(np.float32)
    return whisper.transcribe(heard).text


def test_a_spoken_question_gets_a_spoken_answer(
    server: SoundServer, spoken: Callable[..., Samples], whisper: Whisper, tmp_path: Path
) -> None:
    with _talking(server) as talk:
        talk.wait_for("listening")
        recording = server.record(tmp_path / "loudspeaker.raw")
        ended = server.speak(spoken("打电话怎么取消月卡"))
        reply = talk.wait_for("reply")
        talk.wait_for("listening")
        sound = recording.stop()
        talk.type("再见")
        assert talk.end() == 0
    assert reply["intent"] == "guide.hotline"
    assert recording.onset_after(sound, ended) is not None
    assert "10010" in digits(_words(sound, whisper))
    names = [event["event"] for event in talk.events]
    assert "trouble" not in names
    # It never answered its own voice: a question and a typed goodbye, two things heard.
    assert names.count("heard") == 2
    times = [event["t"] for event in talk.events]
    assert times == sorted(times)


def test_typing_and_enter_work_while_it_talks(server: SoundServer) -> None:
    with _talking(server) as talk:
        talk.wait_for("speaking")
        talk.type("打电话怎么取消")
        talk.wait_for("interrupted")
        talk.wait_for("speaking")
        talk.type("")
        talk.wait_for("interrupted")
        talk.wait_for("listening")
        talk.type("再见")
        assert talk.end() == 0


def test_ctrl_c_says_goodbye(server: SoundServer, whisper: Whisper, tmp_path: Path) -> None:
    with _talking(server) as talk:
        talk.wait_for("listening")
        recording = server.record(tmp_path / "loudspeaker.raw")
        talk.process.send_signal(signal.SIGINT)
        assert talk.end() == 130
        assert "再见" in _words(recording.stop(), whisper)


def test_the_doctor_is_content_where_everything_works(server: SoundServer) -> None:
    done = call("doctor", env=server.environment)
    assert done.returncode == 0, done.stdout.decode()
    assert done.stdout.decode().splitlines()[-1].startswith("都好了")
    assert b"Traceback" not in done.stderr
