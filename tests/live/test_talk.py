"""``voice talk`` on a virtual microphone and loudspeaker: a question goes in as sound, and the answer is heard."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soxr

from tests.live.marks import NEEDS_DEVICES
from tests.live.sound_server import RATE, SoundServer
from tests.live.talking import talking
from tests.running import call, digits
from voice.hear.recogniser import SAMPLE_RATE, Samples
from voice.hear.whisper import Whisper

pytestmark = NEEDS_DEVICES


def _words(sound: Samples, whisper: Whisper) -> str:
    heard = soxr.resample(sound, RATE, SAMPLE_RATE).astype(np.float32)
    return whisper.transcribe(heard).text


def test_a_spoken_question_gets_a_spoken_answer(
    server: SoundServer, spoken: Callable[..., Samples], whisper: Whisper, tmp_path: Path
) -> None:
    with talking(server) as talk:
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
    with talking(server) as talk:
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
    with talking(server) as talk:
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
