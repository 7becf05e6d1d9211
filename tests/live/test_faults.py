"""Devices that go away and come back while it talks."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.live.sound_server import SoundServer
from tests.live.talking import talking
from voice.hear.recogniser import Samples

pytestmark = [
    pytest.mark.device,
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(map(shutil.which, ("pulseaudio", "parec", "paplay"))), reason="needs pulseaudio"
    ),
]


def test_without_microphone_and_loudspeaker_it_goes_on_in_text_until_they_are_back(
    server: SoundServer, spoken: Callable[..., Samples], tmp_path: Path
) -> None:
    with talking(server) as talk:
        talk.wait_for("listening")
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
