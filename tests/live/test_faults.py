"""Devices that go away and come back while it talks."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.live.marks import NEEDS_DEVICES
from tests.live.sound_server import SoundServer
from tests.live.talking import talking
from tests.running import ROOT
from voice import preferences
from voice.config import find_folders
from voice.dialogue.state import Preferences
from voice.hear.recogniser import Samples

pytestmark = NEEDS_DEVICES


def _quickly(server: SoundServer) -> None:
    """Let answers be spoken at the highest rate: most of the time of a test is listening to them."""
    preferences.save(Path(server.environment["VOICE_DATA"]), Preferences(rate=320))


def test_without_microphone_and_loudspeaker_it_goes_on_in_text_until_they_are_back(
    server: SoundServer, spoken: Callable[..., Samples], tmp_path: Path
) -> None:
    _quickly(server)
    with talking(server) as talk:
        talk.begin()
        talk.type("帮助")
        talk.wait_for("speaking")
        server.stop()
        lost = {talk.wait_for("trouble")["what"], talk.wait_for("trouble")["what"]}
        # What nobody could hear is shown, and text goes on.
        talk.type("打电话怎么取消")
        reply = talk.wait_for("reply")
        shown = talk.wait_for("speaking")["text"]
        server.start()
        recording = server.record(tmp_path / "loudspeaker.raw")
        # It is said again when there is a loudspeaker, and then it listens.
        talk.wait_for("spoken")
        talk.wait_for("listening")
        said = recording.stop()
        with server.murmur(60):
            server.speak(spoken("再见"))
            assert talk.end() == 0
    assert lost == {"loudspeaker_lost", "microphone_lost"}
    assert reply["intent"] == "guide.hotline"
    assert shown == "".join(reply["say"])
    assert recording.onset_after(said, recording.began) is not None


def test_a_microphone_pulled_out_in_mid_question_is_told_and_listened_to_again(
    server: SoundServer, spoken: Callable[..., Samples]
) -> None:
    _quickly(server)
    with talking(server) as talk:
        talk.begin()
        with server.speaking(spoken("请问一下打电话怎么取消月卡")):
            talk.wait_for("speech")
            server.pull_out_microphone()
            lost = talk.wait_for("trouble")
        talk.type("打电话怎么取消")
        typed = talk.wait_for("reply")
        talk.wait_for("spoken")
        server.plug_in_microphone()
        talk.wait_for("listening")
        server.speak(spoken("下一步"))
        reply = talk.wait_for("reply")
        talk.wait_for("listening")
        talk.type("再见")
        assert talk.end() == 0
    # A sound server moves the stream elsewhere, and nothing but zeros come.
    assert lost["what"] in ("microphone_lost", "microphone_dead")
    assert typed["intent"] == "guide.hotline"
    assert reply["intent"] == "command.next"


def test_a_muted_microphone_is_told_and_heard_once_it_is_open_again(
    server: SoundServer, spoken: Callable[..., Samples]
) -> None:
    _quickly(server)
    with talking(server) as talk:
        talk.begin()
        server.control("set-source-mute", "microphone", "1")
        dead = talk.wait_for("trouble")
        server.control("set-source-mute", "microphone", "0")
        talk.wait_for("listening")
        server.speak(spoken("打电话怎么取消月卡"))
        reply = talk.wait_for("reply")
        talk.type("再见")
        assert talk.end() == 0
    assert dead["what"] == "microphone_dead"
    assert reply["intent"] == "guide.hotline"


def test_killed_at_any_moment_it_starts_clean_and_knows_what_was_set(
    server: SoundServer, spoken: Callable[..., Samples]
) -> None:
    data = Path(server.environment["VOICE_DATA"])
    rates = [Preferences().rate]
    for moment in (0.0, 0.3, 1.5):
        with talking(server) as talk:
            talk.wait_for("speaking")
            talk.type("慢一点")
            talk.wait_for("speaking")
            talk.type("打电话怎么取消")
            time.sleep(moment)
            talk.process.kill()
            talk.process.wait(timeout=10)
        kept = preferences.load(data)
        assert not kept.broken
        rates.append(kept.preferences.rate)
    with talking(server) as talk:
        talk.begin()
        server.speak(spoken("打电话怎么取消月卡"))
        reply = talk.wait_for("reply")
        talk.type("再见")
        assert talk.end() == 0
    assert rates[1] < rates[0]
    assert rates == sorted(rates, reverse=True)
    assert preferences.load(data).preferences.rate == rates[-1]
    assert reply["intent"] == "guide.hotline"
    assert "trouble" not in [event["event"] for event in talk.events]
    assert not list(data.glob("*.part"))


def test_who_types_for_want_of_a_voice_is_not_listened_to(
    server: SoundServer, tmp_path: Path
) -> None:
    # No files of Kokoro, and no library for the system's voice.
    models, libraries = tmp_path / "models", tmp_path / "libraries"
    whisper = find_folders().models / "whisper-base"
    shutil.copytree(whisper, models / "whisper-base", copy_function=_linked)
    libraries.mkdir()
    (libraries / "pyttsx3.py").write_text("raise ImportError", encoding="utf-8")
    env = server.environment | {"VOICE_MODELS": str(models), "PYTHONPATH": str(libraries)}
    before = _streams(server)
    with subprocess.Popen(
        [sys.executable, "-m", "voice"], env=env, cwd=ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        while "打字" not in process.stdout.readline():
            assert process.poll() is None
        process.stdout.readline()
        assert _streams(server) == before
        process.communicate("再见\n", timeout=60)


def _linked(source: str, target: str) -> None:
    Path(target).symlink_to(source)


def _streams(server: SoundServer) -> list[str]:
    """What plays and records."""
    kinds = ("source-outputs", "sink-inputs")
    return [line for kind in kinds for line in server.control("list", "short", kind).splitlines()]


def test_asked_to_end_by_the_system_it_reports_the_end(server: SoundServer) -> None:
    with talking(server) as talk:
        talk.wait_for("listening")
        talk.process.terminate()
        assert talk.end() == 128 + signal.SIGTERM
