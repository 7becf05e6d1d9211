"""Speaking up while it speaks, with its own voice coming back into the microphone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tests.live.marks import NEEDS_DEVICES
from tests.live.sound_server import SoundServer
from tests.live.talking import Talk, talking
from voice.hear.recogniser import SAMPLE_RATE, Samples

pytestmark = NEEDS_DEVICES

LONG = "帮助"
"""Makes it speak for ten seconds."""
STOPS = (
    ("停一下", "zm_yunyang"),
    ("停", "zm_yunyang"),
    ("别说了", "zf_xiaoxiao"),
    ("停", "zm_yunjian"),
)
"""People say it again, in other words, when it was not heard; on a busy machine so does the test."""


def _let_it_speak(talk: Talk) -> None:
    """Wait until it has said enough for the echo canceller to have settled."""
    talk.type(LONG)
    talk.wait_for("heard")
    for _ in range(2):
        talk.wait_for("speaking")


def test_its_own_voice_does_not_interrupt_it(server: SoundServer) -> None:
    server.echo(50)
    with talking(server) as talk:
        talk.wait_for("listening")
        for _ in range(2):
            talk.type(LONG)
            talk.wait_for("spoken")
            talk.wait_for("listening")
        talk.type("再见")
        assert talk.end() == 0
    assert [event["text"] for event in talk.events if event["event"] == "heard"] == [
        LONG,
        LONG,
        "再见",
    ]


def test_a_stop_word_takes_over(server: SoundServer, spoken: Callable[..., Samples]) -> None:
    server.echo(50)
    stops = [spoken(words, voice=voice) for words, voice in STOPS]
    with talking(server) as talk:
        talk.wait_for("listening")
        for stop in stops:
            _let_it_speak(talk)
            server.speak(stop)
            event = talk.wait_for_any("reply", "spoken")
            if event.get("intent") == "command.stop":
                break
            if event["event"] == "reply":
                talk.wait_for("spoken")
        told = [(each["event"], each.get("text", "")) for each in talk.events]
        assert event.get("intent") == "command.stop", " ".join(
            f"{name}:{text}" for name, text in told if name != "speaking"
        )
        talk.wait_for("listening")
        talk.type("再见")
        assert talk.end() == 0
    assert "paused" in [event["event"] for event in talk.events]


def test_a_cough_lets_it_go_on_where_it_was(server: SoundServer) -> None:
    server.echo(50)
    noise = np.random.default_rng(8).normal(0, 0.2, SAMPLE_RATE // 3).astype(np.float32)
    with talking(server) as talk:
        talk.wait_for("listening")
        _let_it_speak(talk)
        server.speak(noise)
        talk.wait_for("spoken")
        talk.wait_for("listening")
        talk.type("再见")
        assert talk.end() == 0
    names = [event["event"] for event in talk.events]
    assert names.count("heard") == 2
    assert names.count("paused") == names.count("resumed")
    said = "".join(event["text"] for event in talk.events if event["event"] == "speaking")
    replies = [event["say"] for event in talk.events if event["event"] == "reply"]
    assert said == "".join(sentence for say in replies for sentence in say)
